#include "training/probe_run.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>

#include "models/architecture.hpp"
#include "models/networks.hpp"
#include "training/experiment.hpp"

namespace quarterturn {
namespace {

/// Images whose features are made at once: a few milliseconds of work for the slowest build.
constexpr std::size_t kImagesAtOnce = 32;

std::size_t draws_of(const ProbePlan& plan, std::uint32_t labels, std::size_t slice) {
  return static_cast<std::size_t>(std::min<std::uint64_t>(plan.draws, slice / labels));
}

double mean_of(const std::vector<ProbeDraw>& draws, std::uint32_t ProbeDraw::* right) {
  double sum = 0.0;
  for (const ProbeDraw& draw : draws) sum += draw.*right;
  return sum / static_cast<double>(draws.size());
}

}  // namespace

double ProbeBudget::right() const { return mean_of(draws, &ProbeDraw::right); }
double ProbeBudget::notebook() const { return mean_of(draws, &ProbeDraw::notebook); }

std::size_t ProbeRun::bytes(const ProbePlan& plan, std::size_t slice, bool pixels, std::size_t test_images) {
  const std::size_t columns = pixels ? kImagePixels : kFeatures;
  std::size_t fits = 0;
  std::size_t rows = 0;
  std::size_t largest = 0;
  for (const std::uint32_t labels : plan.labels) {
    const std::size_t draws = draws_of(plan, labels, slice);
    fits += draws;
    rows = std::max(rows, draws * labels);
    largest = std::max(largest, LinearProbe::bytes(labels, columns));
  }
  return fits * kDigits * columns * sizeof(double) + rows * columns * sizeof(float) + largest +
         plan.labels.size() * test_images + kTrunkParameters * sizeof(float) + kImagesAtOnce * columns * sizeof(float);
}

std::optional<std::vector<float>> probed_trunk(const Experiment& experiment, std::string_view features) {
  const auto trunk_of = [](std::span<const float> weights) {
    const std::span<const float> trunk = weights.first(kTrunkParameters);
    return std::vector<float>(trunk.begin(), trunk.end());
  };
  if (features == "pretext") return trunk_of(experiment.rotnet().parameters());
  if (features == "untrained") return trunk_of(experiment.untrained_trunk());
  const std::optional<Run> arm = run_named(features);
  if (!arm.has_value()) return std::nullopt;
  const Network network = experiment.classifier(*arm);
  return trunk_of(network.parameters());
}

Status ProbeRun::check(const DataSource& data, const ProbePlan& plan) {
  const std::size_t slice = notebook_splits(data.train.count(), data.test.count()).downstream.count();
  if (plan.labels.empty() || plan.labels.size() > kMaxProbeBudgets) {
    return Error{MessageCode::probe_budgets, {kMaxProbeBudgets}};
  }
  for (const std::uint32_t labels : plan.labels) {
    if (labels < 1 || labels > slice) {
      return Error{MessageCode::probe_labels, {slice, labels}};
    }
  }
  if (plan.penalty.has_value() && !(std::isfinite(*plan.penalty) && *plan.penalty > 0.0)) {
    return Error{MessageCode::probe_penalty};
  }
  if (plan.draws < 1 || plan.draws > kMaxProbeDraws) {
    return Error{MessageCode::probe_draws, {kMaxProbeDraws}};
  }
  if (data.train.labels.empty() || data.test.labels.empty()) return Error{MessageCode::probe_no_labels};
  return Ok{};
}

Result<std::unique_ptr<ProbeRun>> ProbeRun::create(Compute& compute, const DataSource& data, Preset preset,
                                                   std::optional<std::span<const float>> trunk, ProbePlan plan) {
  if (const Status status = check(data, plan); !status) return status.error();
  return std::unique_ptr<ProbeRun>(new ProbeRun(compute, data, preset, trunk, std::move(plan)));
}

ProbeRun::ProbeRun(Compute& compute, const DataSource& data, Preset preset, std::optional<std::span<const float>> trunk,
                   ProbePlan plan)
    : compute_(compute),
      data_(data),
      splits_(notebook_splits(data.train.count(), data.test.count())),
      preset_(preset),
      plan_(std::move(plan)),
      columns_(trunk.has_value() ? kFeatures : kImagePixels) {
  if (trunk.has_value()) {
    trunk_ = AlignedBuffer<float>(trunk->size());
    std::copy(trunk->begin(), trunk->end(), trunk_.span().begin());
  }
  std::size_t rows = 0;
  for (std::size_t b = 0; b < plan_.labels.size(); ++b) {
    const std::uint32_t labels = plan_.labels[b];
    ProbeBudget& budget = budgets_.emplace_back();
    budget.labels = labels;
    budget.marks.resize(data.test.count());
    for (std::size_t draw = 0; draw < draws_of(plan_, labels, splits_.downstream.count()); ++draw) {
      budget.draws.push_back({draw * labels, 0.0, 0, 0});
      fits_.push_back({b, draw, {}});
      rows = std::max(rows, (draw + 1) * labels);
    }
  }
  labelled_.resize(rows * columns_);
  batch_.resize(kImagesAtOnce * columns_);
}

/// Of the images first .. of `set`, as many as `features` has rows.
void ProbeRun::make_features(const Dataset& set, std::size_t first, std::span<float> features) {
  const std::size_t count = features.size() / columns_;
  if (trunk_.size() == 0) {
    for (std::size_t i = 0; i < features.size(); ++i) {
      features[i] = static_cast<float>(set.pixels[first * kImagePixels + i]) / 255.0F;
    }
    return;
  }
  std::vector<std::uint32_t> index(count);
  for (std::size_t i = 0; i < count; ++i) index[i] = static_cast<std::uint32_t>(first + i);
  ImageBatch batch;
  batch.pixels = set.pixels.data();
  batch.image = index;
  batch.preset = preset_;
  extract_features(compute_, trunk_.span(), batch, features);
}

/// The smallest piece of work: features of some labelled images, a piece of a fit, features of some test images, or the
/// answers of one fit to these.
Status ProbeRun::unit() {
  const std::size_t rows = labelled_.size() / columns_;
  if (labelled_ready_ < rows) {
    const std::size_t count = std::min(kImagesAtOnce, rows - labelled_ready_);
    make_features(data_.train, splits_.downstream.first + labelled_ready_,
                  std::span(labelled_).subspan(labelled_ready_ * columns_, count * columns_));
    labelled_ready_ += count;
    return Ok{};
  }
  if (fits_ready_ < fits_.size()) {
    Fit& fit = fits_[fits_ready_];
    ProbeDraw& draw = budgets_[fit.budget].draws[fit.draw];
    const std::size_t labels = budgets_[fit.budget].labels;
    if (!probe_.has_value()) {
      probe_.emplace(std::span<const float>(labelled_).subspan(draw.first * columns_, labels * columns_),
                     std::span(data_.train.labels).subspan(splits_.downstream.first + draw.first, labels),
                     plan_.penalty);
    }
    if (probe_->advance()) return Ok{};
    Result<LinearClassifier> found = probe_->result();
    probe_.reset();
    if (!found) return found.error();
    fit.classifier = std::move(found).value();
    draw.penalty = fit.classifier.penalty;
    if (++fits_ready_ == fits_.size()) labelled_ = std::vector<float>();
    return Ok{};
  }
  const std::size_t count = std::min(kImagesAtOnce, test_images() - tested_);
  const std::span<float> features = std::span(batch_).first(count * columns_);
  if (tested_fits_ == 0) make_features(data_.test, tested_, features);
  const Fit& fit = fits_[tested_fits_];
  ProbeBudget& budget = budgets_[fit.budget];
  ProbeDraw& draw = budget.draws[fit.draw];
  std::array<std::uint8_t, kImagesAtOnce> answers{};
  classify(fit.classifier, features, std::span(answers).first(count));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t image = tested_ + i;
    const std::uint32_t right = answers[i] == data_.test.labels[image] ? 1 : 0;
    draw.right += right;
    if (image >= splits_.test.first && image < splits_.test.last) draw.notebook += right;
    if (fit.draw == 0) budget.marks[image] = answers[i];
  }
  if (++tested_fits_ == fits_.size()) {
    tested_fits_ = 0;
    tested_ += count;
  }
  return Ok{};
}

Result<bool> ProbeRun::advance(double milliseconds) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  while (tested_ < test_images()) {
    if (const Status status = unit(); !status) return status.error();
    if (std::chrono::duration<double, std::milli>(Clock::now() - start).count() >= milliseconds) break;
  }
  return tested_ < test_images();
}

double ProbeRun::progress() const {
  // The fits take about as long as the answers to the test images.
  const auto share = [](double done, std::size_t all) { return all == 0 ? 1.0 : done / static_cast<double>(all); };
  const double fits = static_cast<double>(fits_ready_) + (probe_.has_value() ? probe_->progress() : 0.0);
  return 0.5 * share(fits, fits_.size()) + 0.5 * share(static_cast<double>(tested_), test_images());
}

}  // namespace quarterturn
