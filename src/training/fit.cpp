#include "training/fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace quarterturn {

std::uint32_t training_part(std::uint32_t rows, float validation_split) {
  constexpr std::uint64_t kParts = 1'000'000;
  const auto held = static_cast<std::uint64_t>(std::llround(static_cast<double>(validation_split) * 1e6));
  return static_cast<std::uint32_t>(rows * (kParts - std::min(held, kParts)) / kParts);
}

Fit::Fit(const FitSettings& settings, std::uint64_t seed, RandomPurpose shuffle_purpose, std::uint32_t rows)
    : settings_(settings),
      seed_(seed),
      shuffle_purpose_(shuffle_purpose),
      rows_(rows),
      training_rows_(training_part(rows, settings.validation_split)),
      order_(settings.shuffle ? training_rows_ : std::min(settings.batch, training_rows_)),
      early_stopping_(settings.patience) {
  history_.reserve(settings.epochs);
  arrange();
}

// Starts from the identity every time, so the order of epoch e does not depend on the orders before it.
void Fit::arrange() {
  if (!settings_.shuffle) return arrange_batch();
  std::iota(order_.begin(), order_.end(), 0U);
  shuffle(Philox(seed_, shuffle_purpose_, epoch()), order_.data(), training_rows());
}

void Fit::arrange_batch() {
  if (!settings_.shuffle) std::iota(order_.begin(), order_.end(), seen());
}

std::uint32_t Fit::steps() const { return (training_rows() + settings_.batch - 1) / settings_.batch; }

std::uint32_t Fit::seen() const { return std::min(step_ * settings_.batch, training_rows()); }

std::span<const std::uint32_t> Fit::batch() const {
  const std::uint32_t first = seen();
  return std::span(order_).subspan(settings_.shuffle ? first : 0, std::min(settings_.batch, training_rows() - first));
}

bool Fit::add(const BatchResult& result, double seconds) {
  loss_sum_ += result.loss_sum;
  correct_ += result.correct;
  seconds_ += seconds;
  ++step_;
  arrange_batch();
  return step_ == steps();
}

const EpochRecord& Fit::close_epoch(const BatchResult& validation) {
  const double held = validation_rows();
  const bool validates = validation_rows() != 0;
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  record_epoch({epoch() + 1, running_loss(), running_accuracy(), validates ? validation.loss_sum / held : kNone,
                validates ? validation.correct / held : kNone, seconds_});
  step_ = 0;
  loss_sum_ = 0.0;
  correct_ = 0;
  seconds_ = 0.0;
  arrange();
  return history_.back();
}

void Fit::record_epoch(const EpochRecord& record) {
  history_.push_back(record);
  if (early_stopping_.update(record.accuracy) && epoch() < settings_.epochs) stopped_early_ = epoch();
}

double Fit::running_loss() const {
  if (step_ != 0) return loss_sum_ / seen();
  return history_.empty() ? 0.0 : history_.back().loss;
}

double Fit::running_accuracy() const {
  if (step_ != 0) return static_cast<double>(correct_) / seen();
  return history_.empty() ? 0.0 : history_.back().accuracy;
}

bool Fit::resume(std::span<const EpochRecord> history, const Position& position) {
  if (begun() || history.size() > settings_.epochs || position.step > steps()) return false;
  for (const EpochRecord& record : history) {
    if (finished() || record.epoch != epoch() + 1) return false;
    record_epoch(record);
  }
  if (finished() && position.step != 0) return false;
  rewind(position);
  arrange();
  return true;
}

void Fit::rewind(const Position& position) {
  step_ = position.step;
  loss_sum_ = position.loss_sum;
  correct_ = position.correct;
  seconds_ = position.seconds;
  arrange_batch();
}

}  // namespace quarterturn
