#include "training/training_run.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/confusion.hpp"
#include "core/decimal.hpp"
#include "core/join.hpp"

namespace quarterturn {
namespace {

bool all_finite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

/// A tenth of the rate to two digits, so that it reads well; 0 where that is no float any more.
float lower_rate(float rate) {
  float lower = 0.0F;
  return read_decimal(decimal(static_cast<double>(rate) / 10.0, 2), lower) ? lower : 0.0F;
}

/// Of the largest network.
constexpr std::size_t kMostParameters =
    std::max(pretext_architecture(kMaxVariants).parameters(), kClassifier.parameters());

std::uint32_t rows_of_run(const RunSpec& spec, const RunContext& context) {
  if (spec.run != Run::pretext) return context.labels;
  return static_cast<std::uint32_t>(pretext_rows(context.splits.pretext.count(), context.maps.size()));
}

}  // namespace

std::string_view name(Stage stage) {
  constexpr std::array<std::string_view, 5> kNames = {"prepare", "train", "validate", "test", "full_test"};
  return kNames[static_cast<std::size_t>(stage)];
}

RunContext::RunContext(Compute& the_compute, const DataSource& the_data, const Splits& the_splits,
                       const ExperimentSettings& settings)
    : compute(the_compute),
      data(the_data),
      splits(the_splits),
      preset(settings.preset),
      labels(settings.labels),
      maps(maps_of(*settings.pretext_task)),
      features(std::size_t{settings.labels} * kFeatures),
      test_features(std::size_t{kEvaluationRows} * kFeatures),
      probabilities(std::size_t{kEvaluationRows} * kMaxClasses),
      test_head(Network::head(0, RandomPurpose::test)),
      good(kMostParameters + 2 * round_up(kMostParameters, kAlignment)),
      beginning(kMostParameters),
      batch_image(kMaxBatch),
      batch_variant(kMaxBatch),
      batch_label(kMaxBatch) {}

TrainingRun::TrainingRun(const RunSpec& spec, const ExperimentSettings& settings, RunContext& context,
                         std::span<const float> trunk)
    : network(spec.network, Philox(settings.seed, spec.weights), settings.pretext_task->classes),
      optimizer(spec.optimizer, network.parameters().size(), settings[spec.run].learning_rate),
      spec_(&spec),
      context_(&context),
      settings_(settings[spec.run]),
      seed_(settings.seed),
      trunk_(trunk),
      fit_(settings_, settings.seed, spec.shuffle, rows_of_run(spec, context)) {}

std::span<const float> TrainingRun::trunk() const {
  return frozen() ? trunk_ : network.parameters().first(kTrunkParameters);
}

std::span<const float> TrainingRun::head() const {
  return frozen() ? network.parameters() : network.parameters().subspan(kTrunkParameters);
}

void TrainingRun::copy_from(const TrainingRun& other) {
  std::copy(other.network.parameters().begin(), other.network.parameters().end(), network.parameters().begin());
  std::copy(other.optimizer.buffer().begin(), other.optimizer.buffer().end(), optimizer.buffer().begin());
  optimizer.step = other.optimizer.step;
  optimizer.learning_rate = other.optimizer.learning_rate;
  fit_ = other.fit_;
  result = other.result;
  rate_changed_midway = other.rate_changed_midway;
}

// ---- stages and places ----------------------------------------------------------------------------------------------

void TrainingRun::enter(Stage next) {
  stage_ = next;
  cursor_ = 0;
  validation_ = {};
  tested_ = {};
}

void TrainingRun::start() {
  after_prepare_ = Stage::train;
  if (settings_.epochs == 0) {
    enter(spec_->run == Run::pretext ? Stage::full_test : Stage::test);
  } else {
    enter(frozen() ? Stage::prepare : Stage::train);
  }
  keep_good();
}

bool TrainingRun::enter_saved(Stage saved) {
  const bool possible =
      saved == Stage::prepare || saved == Stage::train ? !fit_.finished() && fit_.step() < fit_.steps()
      : saved == Stage::validate ? !fit_.finished() && fit_.step() == fit_.steps() && fit_.validation_rows() != 0
                                 : fit_.finished() && fit_.step() == 0;
  if (!possible) return false;
  start();
  // A stage that goes through rows begins again: its sums are not saved, and give the same again.
  beginning_known_ = !fit_.begun();
  if (saved == Stage::test || saved == Stage::full_test) {
    enter(spec_->run == Run::pretext ? Stage::full_test : Stage::test);
  } else if (saved == Stage::validate) {
    (stage_ == Stage::prepare ? after_prepare_ : stage_) = saved;
  }
  return true;
}

void TrainingRun::keep_good() {
  const std::span<const float> weights = network.parameters();
  const std::span<const float> state = optimizer.buffer();
  std::copy(state.begin(), state.end(), std::copy(weights.begin(), weights.end(), context_->good.data()));
  good_position_ = fit_.position();
  good_step_ = optimizer.step;
  if (fit_.begun()) return;
  beginning_known_ = true;
  std::copy(weights.begin(), weights.end(), context_->beginning.data());
}

TrainingRun::Failure TrainingRun::fail(const char* what, bool good_fails) {
  Failure failure;
  std::string& message = failure.message;
  message = fit_.finished() ? join({name(spec_->run), " failed after its training: "})
                            : join({name(spec_->run), " stopped in epoch ", fit_.epoch() + 1, ", step ",
                                    std::max(fit_.step(), 1U), ": "});
  message += join({what, " at learning rate ", decimal(optimizer.learning_rate), "; "});

  const std::span<float> weights = network.parameters();
  const std::span<float> state = optimizer.buffer();
  std::copy_n(context_->good.data(), weights.size(), weights.begin());
  std::copy_n(context_->good.data() + weights.size(), state.size(), state.begin());
  optimizer.step = good_step_;
  fit_.rewind(good_position_);
  const bool from_beginning = good_fails && beginning_known_ && fit_.begun();
  if (from_beginning) {
    std::copy_n(context_->beginning.data(), weights.size(), weights.begin());
    std::fill(state.begin(), state.end(), 0.0F);
    optimizer.step = 0;
    fit_ = Fit(settings_, seed_, spec_->shuffle, fit_.rows());
  }

  const float rate = lower_rate(optimizer.learning_rate);
  if ((good_fails && !from_beginning) || rate == 0.0F) {
    message += "lower the rate and start again";
    return failure;
  }
  failure.recovery = Recovery{spec_->run, rate};
  if (!fit_.begun()) {
    message += "it is back at its beginning";
  } else if (fit_.step() == 0) {
    message += join({"it is back at the end of epoch ", fit_.epoch()});
  } else {
    message += join({"it is back at epoch ", fit_.epoch() + 1, ", step ", fit_.step()});
  }
  message += join({": lower the rate, say to ", decimal(rate), ", and go on"});
  return failure;
}

std::optional<TrainingRun::Failure> TrainingRun::weights_failure() {
  if (stage_ != Stage::train || all_finite(network.parameters())) return std::nullopt;
  return fail("a weight is not finite", false);
}

// ---- batches --------------------------------------------------------------------------------------------------------

std::span<const std::uint8_t> TrainingRun::gather_labels(std::span<const std::uint32_t> rows) {
  RunContext& c = *context_;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    c.batch_label[r] = c.data.train.labels[c.splits.downstream.first + rows[r]];
  }
  return std::span(c.batch_label).first(rows.size());
}

Batch TrainingRun::batch(std::span<const std::uint32_t> rows) {
  RunContext& c = *context_;
  if (frozen()) return FeatureBatch{c.features.data(), rows, gather_labels(rows)};
  if (spec_->run != Run::pretext) {
    return ImageBatch{c.data.train.pixels.data() + c.splits.downstream.first * kImagePixels,
                      rows,
                      {},
                      gather_labels(rows),
                      c.preset,
                      {}};
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const PretextRow row = pretext_row(rows[r], c.splits.pretext.count(), c.maps.size());
    c.batch_image[r] = row.image;
    c.batch_variant[r] = row.variant;
  }
  const std::span<const std::uint8_t> variants = std::span(c.batch_variant).first(rows.size());
  return ImageBatch{c.data.train.pixels.data() + c.splits.pretext.first * kImagePixels,
                    std::span(c.batch_image).first(rows.size()),
                    variants,
                    variants,
                    c.preset,
                    c.maps};
}

// ---- the work -------------------------------------------------------------------------------------------------------

void TrainingRun::after_step(const BatchResult& given, Outcome& outcome) {
  const bool epoch_done = fit_.add(given, outcome.seconds);
  if (!std::isfinite(given.loss_sum)) {
    // The loss is that of the weights before the step.
    outcome.failure = fail("the loss is not finite", fit_.step() == good_position_.step + 1);
  } else if (epoch_done) {
    outcome.failure = weights_failure();
    if (outcome.failure.has_value()) return;
    if (!all_finite(optimizer.buffer())) {
      outcome.failure = fail("the optimiser's state is not finite", false);
    } else if (fit_.validation_rows() != 0) {
      enter(Stage::validate);
    } else {
      close_epoch(outcome);
    }
  }
}

void TrainingRun::evaluate(Outcome& outcome) {
  switch (stage_) {
    case Stage::prepare:
      return prepare();
    case Stage::validate:
      return validate(outcome);
    case Stage::train:
      return;
    case Stage::test:
    case Stage::full_test:
      break;
  }
  if (spec_->run == Run::pretext) {
    test_pretext(outcome);
  } else {
    test_arm(outcome);
  }
}

void TrainingRun::prepare() {
  RunContext& c = *context_;
  const std::uint32_t count = std::min(kEvaluationRows, c.labels - cursor_);
  std::iota(c.batch_image.data(), c.batch_image.data() + count, cursor_);
  const ImageBatch images{c.data.train.pixels.data() + c.splits.downstream.first * kImagePixels,
                          std::span(c.batch_image).first(count),
                          {},
                          {},
                          c.preset,
                          {}};
  extract_features(c.compute, trunk_, images,
                   c.features.span().subspan(std::size_t{cursor_} * kFeatures, std::size_t{count} * kFeatures));
  cursor_ += count;
  if (cursor_ == c.labels) enter(after_prepare_);
}

void TrainingRun::validate(Outcome& outcome) {
  const std::uint32_t count = std::min(kEvaluationRows, fit_.validation_rows() - cursor_);
  // batch() may gather into the context's rows, so these need a place of their own.
  std::array<std::uint32_t, kEvaluationRows> rows{};
  std::iota(rows.data(), rows.data() + count, fit_.training_rows() + cursor_);
  validation_ += network.evaluate(context_->compute, batch(std::span(rows).first(count)));
  cursor_ += count;
  if (cursor_ != fit_.validation_rows()) return;
  if (std::isfinite(validation_.loss_sum)) {
    close_epoch(outcome);
  } else {
    // A run resumed between an epoch's last step and its validation has nothing better to go back to.
    outcome.failure = fail("the validation loss is not finite", fit_.step() == good_position_.step);
  }
}

void TrainingRun::close_epoch(Outcome& outcome) {
  outcome.epoch = &fit_.close_epoch(validation_);
  keep_good();
  if (!fit_.finished()) {
    enter(Stage::train);
  } else {
    enter(spec_->run == Run::pretext ? Stage::full_test : Stage::test);
  }
}

bool TrainingRun::add_to_test(const BatchResult& part, std::size_t rows, std::size_t of) {
  tested_.loss += part.loss_sum;
  cursor_ += static_cast<std::uint32_t>(rows);
  if (cursor_ != of) return false;
  tested_.count = cursor_;
  tested_.correct = correct(tested_.confusion);
  tested_.loss /= cursor_;
  return true;
}

void TrainingRun::test_pretext(Outcome& outcome) {
  RunContext& c = *context_;
  const std::size_t classes = c.maps.size();
  const std::size_t rows = pretext_rows(std::min(kPretextTestImages, c.data.test.count()), classes);
  const std::size_t count = std::min<std::size_t>(kEvaluationRows, rows - cursor_);
  for (std::size_t r = 0; r < count; ++r) {
    c.batch_image[r] = static_cast<std::uint32_t>((cursor_ + r) / classes);
    c.batch_variant[r] = static_cast<std::uint8_t>((cursor_ + r) % classes);
  }
  const std::span<const std::uint8_t> variants = std::span(c.batch_variant).first(count);
  const ImageBatch images{
      c.data.test.pixels.data(), std::span(c.batch_image).first(count), variants, variants, c.preset, c.maps};
  const std::span<float> probabilities = c.probabilities.span().first(count * classes);
  const BatchResult part = network.evaluate(c.compute, images);
  network.predict(c.compute, images, probabilities);
  tally(probabilities, classes, variants, tested_.confusion);
  if (!add_to_test(part, count, rows)) return;
  if (!std::isfinite(tested_.loss)) {
    outcome.failure = fail("the test loss is not finite", true);
    return;
  }
  result = ArmResult{{}, tested_};
  outcome.ended = true;
}

void TrainingRun::test_arm(Outcome& outcome) {
  RunContext& c = *context_;
  const Slice slice = stage_ == Stage::test ? c.splits.test : Slice{0, c.data.test.count()};
  const std::size_t first = slice.first + cursor_;
  const std::size_t count = std::min<std::size_t>(kEvaluationRows, slice.last - first);
  std::iota(c.batch_image.data(), c.batch_image.data() + count, 0U);
  const std::span<const std::uint32_t> rows = std::span(c.batch_image).first(count);
  const std::span<const std::uint8_t> labels = std::span(c.data.test.labels).subspan(first, count);
  // A classifier is its trunk and its head; one pass through the trunk then serves loss and predictions.
  std::copy(head().begin(), head().end(), c.test_head.parameters().begin());
  const ImageBatch images{c.data.test.pixels.data() + first * kImagePixels, rows, {}, {}, c.preset, {}};
  extract_features(c.compute, trunk(), images, c.test_features.span().first(count * kFeatures));
  const FeatureBatch features{c.test_features.data(), rows, labels};
  const std::span<float> probabilities = c.probabilities.span().first(count * kDigits);
  const BatchResult part = c.test_head.evaluate(c.compute, features);
  c.test_head.predict(c.compute, features, probabilities);
  tally(probabilities, kDigits, labels, tested_.confusion);
  if (!add_to_test(part, count, slice.count())) return;
  if (!std::isfinite(tested_.loss)) {
    outcome.failure = fail("the test loss is not finite", true);
    return;
  }
  if (stage_ == Stage::test) {
    small_test_ = tested_;
    enter(Stage::full_test);
    return;
  }
  result = ArmResult{small_test_, tested_};
  outcome.ended = true;
}

}  // namespace quarterturn
