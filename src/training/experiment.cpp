#include "training/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/confusion.hpp"
#include "core/decimal.hpp"
#include "core/hash.hpp"
#include "core/join.hpp"
#include "data/quarter_turn.hpp"
#include "training/experiment_state.hpp"
#include "training/history.hpp"

namespace quarterturn {
namespace {

constexpr std::array<RandomPurpose, kRuns> kShuffles = {
    RandomPurpose::pretext_shuffle, RandomPurpose::self_supervised_shuffle, RandomPurpose::random_shuffle,
    RandomPurpose::supervised_shuffle};

constexpr bool frozen(Run run) { return run == Run::self_supervised || run == Run::random; }

double seconds_between(Experiment::State::Clock::time_point from, Experiment::State::Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

bool all_finite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

/// A tenth of the rate to two digits, so that it reads well; 0 where that is no float any more.
float lower_rate(float rate) {
  float lower = 0.0F;
  return read_decimal(decimal(static_cast<double>(rate) / 10.0, 2), lower) ? lower : 0.0F;
}

Status check_labels(const Dataset& set, std::size_t first, std::size_t last, const char* which) {
  if (set.labels.size() != set.count()) {
    return Error{join({"the ", which, " set has ", set.labels.size(), " labels for ", set.count(),
                       " images; give one label an image"})};
  }
  for (std::size_t i = first; i < last; ++i) {
    if (set.labels[i] >= kDigits) {
      return Error{
          join({"label ", i, " of the ", which, " set is ", set.labels[i], "; the networks know the classes 0..9"})};
    }
  }
  return Ok{};
}

/// The validation part must leave something to train on.
Status check_split(Run run, const FitSettings& fit, std::uint32_t rows) {
  if (training_part(rows, fit.validation_split) != 0) return Ok{};
  return Error{join({name(run), ".validationSplit of ", decimal(fit.validation_split), " leaves nothing of ", rows,
                     " to train on; lower it"})};
}

std::uint32_t used_labels(const ExperimentSettings& settings, const Splits& splits) {
  return std::min(settings.labels, static_cast<std::uint32_t>(splits.downstream.count()));
}

}  // namespace

// ---- construction ---------------------------------------------------------------------------------------------------

Experiment::State::State(Compute& the_compute, const DataSource& the_data, const ExperimentSettings& the_settings,
                         const Splits& the_splits)
    : compute(the_compute),
      data(the_data),
      settings(the_settings),
      splits(the_splits),
      rotnet(settings.seed, RandomPurpose::pretext_weights),
      adam(RotNet::kParameters),
      self_supervised_head(settings.seed, RandomPurpose::self_supervised_head_weights),
      self_supervised_sgd(Head::kParameters),
      random_trunk(kTrunkParameters),
      random_head(settings.seed, RandomPurpose::random_head_weights),
      random_sgd(Head::kParameters),
      supervised(settings.seed, RandomPurpose::supervised_weights),
      supervised_sgd(Classifier::kParameters),
      features(std::size_t{settings.labels} * kFeatures),
      test_features(std::size_t{kEvaluationRows} * kFeatures),
      probabilities(std::size_t{kEvaluationRows} * kDigits),
      test_head(0, RandomPurpose::test),
      good(3 * RotNet::kParameters),
      beginning(RotNet::kParameters),
      batch_image(kMaxBatch),
      batch_turn(kMaxBatch),
      batch_label(kMaxBatch) {
  const Classifier fresh(settings.seed, RandomPurpose::random_weights);
  std::copy_n(fresh.parameters().begin(), kTrunkParameters, random_trunk.data());
  fits.reserve(kRuns);
  for (const Run each : kAllRuns) {
    const auto rows =
        each == Run::pretext ? static_cast<std::uint32_t>(rotation_rows(splits.pretext.count())) : settings.labels;
    fits.emplace_back(settings[each], settings.seed, kShuffles[static_cast<std::size_t>(each)], rows);
    learning_rate(each) = settings[each].learning_rate;
  }
  start_run(Run::pretext);
}

Status Experiment::check(const DataSource& data, const ExperimentSettings& settings) {
  const Splits splits = notebook_splits(data.train.count(), data.test.count());
  if (splits.pretext.count() == 0 || splits.downstream.count() == 0) {
    return Error{join({"the training set has ", data.train.count(),
                       " images, too few for a pretext part and a labelled part; give 11 or more"})};
  }
  if (splits.test.count() == 0) return Error{"the test set has no images; give at least one"};
  Status ranges = quarterturn::check(settings);
  if (!ranges) return ranges;
  const std::uint32_t labels = used_labels(settings, splits);
  for (const Status& status : {check_labels(data.train, splits.downstream.first, splits.downstream.last, "training"),
                               check_labels(data.test, 0, data.test.count(), "test"),
                               check_split(Run::pretext, settings[Run::pretext],
                                           static_cast<std::uint32_t>(rotation_rows(splits.pretext.count())))}) {
    if (!status) return status;
  }
  for (const Run arm : kArms) {
    Status status = check_split(arm, settings[arm], labels);
    if (!status) return status;
  }
  return Ok{};
}

Result<std::unique_ptr<Experiment>> Experiment::create(Compute& compute, const DataSource& data,
                                                       const ExperimentSettings& wanted) {
  const Status possible = check(data, wanted);
  if (!possible) return possible.error();
  const Splits splits = notebook_splits(data.train.count(), data.test.count());
  ExperimentSettings settings = wanted;
  settings.labels = used_labels(wanted, splits);
  std::string note;
  if (settings.labels < wanted.labels) {
    note = join({"labels: ", settings.labels, " are used instead of ", wanted.labels,
                 ", because the labelled part of the data has no more"});
  }
  if (!has_room(State::bytes(settings, splits))) {
    return Error{join({"no memory for an experiment with ", settings.labels, " labels beside ",
                       data.train.count() + data.test.count(), " images and ", compute.threads(),
                       " threads; load fewer images, choose fewer threads or lower labels"})};
  }
  auto state = std::make_unique<State>(compute, data, settings, splits);
  state->note = std::move(note);
  return std::unique_ptr<Experiment>(new Experiment(std::move(state)));
}

Experiment::Experiment(std::unique_ptr<State> state) : state_(std::move(state)) {}
Experiment::~Experiment() = default;

// ---- state ----------------------------------------------------------------------------------------------------------

Run Experiment::State::run() const {
  if (phase < Phase::finished) return static_cast<Run>(phase);
  if (phase == Phase::finished) return Run::supervised;
  for (const Run each : kAllRuns) {
    const bool done = each == Run::pretext ? rotation.has_value() : results[static_cast<std::size_t>(each)].has_value();
    if (!done) return each;
  }
  return Run::supervised;
}

std::size_t Experiment::State::bytes(const ExperimentSettings& settings, const Splits& splits) {
  constexpr std::size_t kFloats = 7 * RotNet::kParameters + 3 * Classifier::kParameters + 6 * Head::kParameters +
                                  kTrunkParameters + kEvaluationRows * (kFeatures + kDigits);
  constexpr std::size_t kSlack = 200'000;
  std::size_t bytes = (kFloats + std::size_t{settings.labels} * kFeatures) * sizeof(float) + kSlack;
  bytes += (rotation_rows(splits.pretext.count()) + 3 * std::size_t{settings.labels}) * sizeof(std::uint32_t);
  for (const FitSettings& fit : settings.fit) bytes += fit.epochs * sizeof(EpochRecord);
  return bytes;
}

std::span<const float> Experiment::State::trunk(Run arm) const {
  if (arm == Run::random) return random_trunk.span();
  return (arm == Run::supervised ? supervised.parameters() : rotnet.parameters()).first(kTrunkParameters);
}

std::span<const float> Experiment::State::head(Run arm) const {
  if (arm == Run::supervised) return supervised.parameters().subspan(kTrunkParameters);
  return arm == Run::random ? random_head.parameters() : self_supervised_head.parameters();
}

Sgd& Experiment::State::sgd(Run arm) {
  if (arm == Run::supervised) return supervised_sgd;
  return arm == Run::random ? random_sgd : self_supervised_sgd;
}

float& Experiment::State::learning_rate(Run of) {
  return of == Run::pretext ? adam.learning_rate : sgd(of).learning_rate;
}

std::array<std::span<float>, 3> Experiment::State::moving() {
  switch (run()) {
    case Run::pretext:
      return {rotnet.parameters(), adam.m.span(), adam.v.span()};
    case Run::self_supervised:
      return {self_supervised_head.parameters(), self_supervised_sgd.velocity.span(), {}};
    case Run::random:
      return {random_head.parameters(), random_sgd.velocity.span(), {}};
    case Run::supervised:
      break;
  }
  return {supervised.parameters(), supervised_sgd.velocity.span(), {}};
}

void Experiment::State::keep_good() {
  float* to = good.data();
  for (const std::span<float> part : moving()) to = std::copy(part.begin(), part.end(), to);
  good_position = fit().position();
  good_adam_step = adam.step;
  if (fit().begun()) return;
  beginning_known = true;
  const std::span<const float> weights = moving().front();
  std::copy(weights.begin(), weights.end(), beginning.data());
}

void Experiment::State::enter(Stage next) {
  stage = next;
  cursor = 0;
  validation = {};
  tested = {};
}

void Experiment::State::start_run(Run next) {
  phase = static_cast<Phase>(next);
  after_prepare = Stage::train;
  if (settings[next].epochs == 0) {
    enter(Stage::test);
  } else {
    enter(frozen(next) ? Stage::prepare : Stage::train);
  }
  recent_seconds = recent_rows = pending_seconds = pending_rows = 0.0;
  keep_good();
}

void Experiment::State::fail(const char* what, bool good_fails) {
  const Run of = run();
  failure =
      fit().finished()
          ? join({name(of), " failed after its training: "})
          : join({name(of), " stopped in epoch ", fit().epoch() + 1, ", step ", std::max(fit().step(), 1U), ": "});
  failure += join({what, " at learning rate ", decimal(learning_rate(of)), "; "});

  const float* from = good.data();
  for (const std::span<float> part : moving()) {
    std::copy_n(from, part.size(), part.begin());
    from += part.size();
  }
  adam.step = good_adam_step;
  fit().rewind(good_position);
  const bool from_beginning = good_fails && beginning_known && fit().begun();
  if (from_beginning) {
    const auto parts = moving();
    std::copy_n(beginning.data(), parts[0].size(), parts[0].begin());
    for (const std::span<float> part : {parts[1], parts[2]}) std::fill(part.begin(), part.end(), 0.0F);
    if (of == Run::pretext) adam.step = 0;
    fit() = Fit(settings[of], settings.seed, kShuffles[static_cast<std::size_t>(of)], fit().rows());
  }

  const float rate = lower_rate(learning_rate(of));
  if ((good_fails && !from_beginning) || rate == 0.0F) {
    failure += "lower the rate and start again";
  } else {
    recovery = Recovery{of, rate};
    if (!fit().begun()) {
      failure += "it is back at its beginning";
    } else if (fit().step() == 0) {
      failure += join({"it is back at the end of epoch ", fit().epoch()});
    } else {
      failure += join({"it is back at epoch ", fit().epoch() + 1, ", step ", fit().step()});
    }
    failure += join({": lower the rate, say to ", decimal(rate), ", and go on"});
  }
  phase = Phase::failed;
}

void Experiment::State::watch_weights() {
  if (!over() && stage == Stage::train && !all_finite(moving().front())) fail("a weight is not finite", false);
}

// A speed from single steps would be nonsense where the clock is coarse (browsers round it to 1 ms or worse), so time
// is gathered until there is enough of it, then old speed fades by half every four such pieces.
void Experiment::State::account(double seconds, std::size_t rows) {
  constexpr double kPiece = 0.02;
  constexpr double kFade = 0.84;
  pending_seconds += seconds;
  pending_rows += static_cast<double>(rows);
  if (pending_seconds < kPiece) return;
  recent_seconds = kFade * recent_seconds + pending_seconds;
  recent_rows = kFade * recent_rows + pending_rows;
  pending_seconds = pending_rows = 0.0;
}

std::uint64_t Experiment::State::data_fingerprint() const {
  if (fingerprint == 0) {
    Fnv1a hash;
    for (const Dataset* set : {&data.train, &data.test}) {
      hash.add_value(static_cast<std::uint64_t>(set->count()));
      hash.add(set->pixels.data(), set->pixels.size());
      hash.add(set->labels.data(), set->labels.size());
    }
    fingerprint = hash.value();
  }
  return fingerprint;
}

// ---- batches --------------------------------------------------------------------------------------------------------

ImageBatch Experiment::State::image_batch(std::span<const std::uint32_t> rows) {
  ImageBatch batch;
  batch.preset = settings.preset;
  batch.image = std::span(batch_image).first(rows.size());
  batch.label = std::span(batch_label).first(rows.size());
  if (run() == Run::pretext) {
    batch.pixels = data.train.pixels.data() + splits.pretext.first * kImagePixels;
    batch.turn = std::span(batch_turn).first(rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const RotationRow row = rotation_row(rows[r], splits.pretext.count());
      batch_image[r] = row.image;
      batch_turn[r] = row.turn;
      batch_label[r] = row.turn;
    }
  } else {
    batch.pixels = data.train.pixels.data() + splits.downstream.first * kImagePixels;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      batch_image[r] = rows[r];
      batch_label[r] = data.train.labels[splits.downstream.first + rows[r]];
    }
  }
  return batch;
}

FeatureBatch Experiment::State::feature_batch(std::span<const std::uint32_t> rows) {
  for (std::size_t r = 0; r < rows.size(); ++r) {
    batch_label[r] = data.train.labels[splits.downstream.first + rows[r]];
  }
  return {features.data(), rows, std::span(batch_label).first(rows.size())};
}

BatchResult Experiment::State::evaluate(std::span<const std::uint32_t> rows) {
  switch (run()) {
    case Run::pretext:
      return rotnet.evaluate(compute, image_batch(rows));
    case Run::self_supervised:
      return self_supervised_head.evaluate(compute, feature_batch(rows));
    case Run::random:
      return random_head.evaluate(compute, feature_batch(rows));
    case Run::supervised:
      break;
  }
  return supervised.evaluate(compute, image_batch(rows));
}

// ---- the work -------------------------------------------------------------------------------------------------------

bool Experiment::State::unit(Advance& report) {
  const bool is_step = stage == Stage::train;
  switch (stage) {
    case Stage::prepare:
      prepare();
      break;
    case Stage::train:
      train(report);
      break;
    case Stage::validate:
      validate(report);
      break;
    case Stage::test:
    case Stage::full_test:
      test();
      break;
  }
  mark = Clock::now();
  return is_step;
}

void Experiment::State::prepare() {
  const std::uint32_t count = std::min(kEvaluationRows, settings.labels - cursor);
  std::iota(batch_image.data(), batch_image.data() + count, cursor);
  ImageBatch batch;
  batch.pixels = data.train.pixels.data() + splits.downstream.first * kImagePixels;
  batch.image = std::span(batch_image).first(count);
  batch.preset = settings.preset;
  extract_features(compute, trunk(run()), batch,
                   features.span().subspan(std::size_t{cursor} * kFeatures, std::size_t{count} * kFeatures));
  cursor += count;
  if (cursor == settings.labels) enter(after_prepare);
}

void Experiment::State::train(Advance& report) {
  const std::span<const std::uint32_t> rows = fit().batch();
  BatchResult result;
  switch (run()) {
    case Run::pretext:
      result = rotnet.train_step(compute, image_batch(rows), adam);
      break;
    case Run::self_supervised:
      result = self_supervised_head.train_step(compute, feature_batch(rows), self_supervised_sgd);
      break;
    case Run::random:
      result = random_head.train_step(compute, feature_batch(rows), random_sgd);
      break;
    case Run::supervised:
      result = supervised.train_step(compute, image_batch(rows), supervised_sgd);
      break;
  }
  const Clock::time_point now = Clock::now();
  const double seconds = seconds_between(mark, now);
  account(seconds, rows.size());
  const bool epoch_done = fit().add(result, seconds);
  if (!std::isfinite(result.loss_sum)) {
    // The loss is that of the weights before the step.
    fail("the loss is not finite", fit().step() == good_position.step + 1);
  } else if (epoch_done) {
    watch_weights();
    const auto parts = moving();
    if (over()) return;
    if (!all_finite(parts[1]) || !all_finite(parts[2])) {
      fail("the optimiser's state is not finite", false);
    } else if (fit().validation_rows() != 0) {
      enter(Stage::validate);
    } else {
      close_epoch(report);
    }
  }
}

void Experiment::State::validate(Advance& report) {
  const std::uint32_t count = std::min(kEvaluationRows, fit().validation_rows() - cursor);
  // evaluate() may gather into batch_image, so the rows need a place of their own.
  std::array<std::uint32_t, kEvaluationRows> rows{};
  std::iota(rows.data(), rows.data() + count, fit().training_rows() + cursor);
  const BatchResult part = evaluate(std::span(rows).first(count));
  validation.loss_sum += part.loss_sum;
  validation.correct += part.correct;
  cursor += count;
  if (cursor != fit().validation_rows()) return;
  if (std::isfinite(validation.loss_sum)) {
    close_epoch(report);
  } else {
    // A run taken up between an epoch's last step and its validation has nothing better to go back to.
    fail("the validation loss is not finite", fit().step() == good_position.step);
  }
}

void Experiment::State::close_epoch(Advance& report) {
  report.epochs.push_back({run(), fit().close_epoch(validation)});
  keep_good();
  enter(fit().finished() ? Stage::test : Stage::train);
}

void Experiment::State::test() {
  if (run() == Run::pretext) {
    test_rotation();
  } else {
    test_arm();
  }
}

void Experiment::State::test_rotation() {
  const std::size_t images = std::min(kRotationImages, data.test.count());
  const std::size_t rows = rotation_rows(images);
  const std::size_t count = std::min<std::size_t>(kEvaluationRows, rows - cursor);
  for (std::size_t r = 0; r < count; ++r) {
    batch_image[r] = static_cast<std::uint32_t>((cursor + r) / kTurns);
    batch_turn[r] = static_cast<std::uint8_t>((cursor + r) % kTurns);
  }
  const std::span<const std::uint8_t> turns = std::span(batch_turn).first(count);
  const ImageBatch batch{data.test.pixels.data(), std::span(batch_image).first(count), turns, turns, settings.preset};
  tested.loss += rotnet.evaluate(compute, batch).loss_sum;
  rotnet.predict(compute, batch, probabilities.span().first(count * kTurns));
  tally(probabilities.span().first(count * kTurns), kTurns, turns, tested.confusion);
  cursor += static_cast<std::uint32_t>(count);
  if (cursor != rows) return;
  tested.count = cursor;
  tested.correct = correct(tested.confusion);
  tested.loss /= cursor;
  if (!std::isfinite(tested.loss)) {
    fail("the test loss is not finite", true);
    return;
  }
  rotation = tested;
  start_run(Run::self_supervised);
}

void Experiment::State::test_arm() {
  const Slice slice = stage == Stage::test ? splits.test : Slice{0, data.test.count()};
  const std::size_t first = slice.first + cursor;
  const std::size_t count = std::min<std::size_t>(kEvaluationRows, slice.last - first);
  std::iota(batch_image.data(), batch_image.data() + count, 0U);
  const std::span<const std::uint32_t> rows = std::span(batch_image).first(count);
  const std::span<const std::uint8_t> labels = std::span(data.test.labels).subspan(first, count);
  // A classifier is its trunk and its head; one pass through the trunk then serves loss and predictions.
  const std::span<const float> weights = head(run());
  std::copy(weights.begin(), weights.end(), test_head.parameters().begin());
  const ImageBatch images{data.test.pixels.data() + first * kImagePixels, rows, {}, {}, settings.preset};
  extract_features(compute, trunk(run()), images, test_features.span().first(count * kFeatures));
  const FeatureBatch batch{test_features.data(), rows, labels};
  tested.loss += test_head.evaluate(compute, batch).loss_sum;
  test_head.predict(compute, batch, probabilities.span().first(count * kDigits));
  tally(probabilities.span().first(count * kDigits), kDigits, labels, tested.confusion);
  cursor += static_cast<std::uint32_t>(count);
  if (cursor != slice.count()) return;
  tested.count = cursor;
  tested.correct = correct(tested.confusion);
  tested.loss /= cursor;
  if (!std::isfinite(tested.loss)) {
    fail("the test loss is not finite", true);
    return;
  }
  if (stage == Stage::test) {
    small_test = tested;
    enter(Stage::full_test);
    return;
  }
  results[static_cast<std::size_t>(run())] = ArmResult{small_test, tested};
  if (run() == Run::supervised) {
    phase = Phase::finished;
  } else {
    start_run(static_cast<Run>(static_cast<std::uint8_t>(run()) + 1));
  }
}

// ---- the public face ------------------------------------------------------------------------------------------------

Advance Experiment::advance(double milliseconds) {
  State& s = *state_;
  Advance report;
  const State::Clock::time_point start = State::Clock::now();
  s.mark = start;
  while (!s.over()) {
    s.unit(report);
    if (!(seconds_between(start, s.mark) * 1000.0 < milliseconds)) break;  // also on a NaN
  }
  s.watch_weights();
  report.more = !s.over();
  return report;
}

Advance Experiment::step() {
  State& s = *state_;
  Advance report;
  s.mark = State::Clock::now();
  bool stepped = false;
  while (!s.over()) {
    stepped = s.unit(report) || stepped;
    // The validation that ends an epoch belongs to its last step.
    if (stepped ? s.stage != Stage::validate : s.stage == Stage::train) break;
  }
  s.watch_weights();
  report.more = !s.over();
  return report;
}

Progress Experiment::progress() const {
  const State& s = *state_;
  const Fit& fit = s.fit(s.run());
  Progress progress;
  progress.phase = s.phase;
  progress.epoch = fit.epoch();
  progress.epochs = fit.epochs();
  progress.step = fit.step();
  progress.steps = fit.steps();
  progress.loss = fit.running_loss();
  progress.accuracy = fit.running_accuracy();
  const double seconds = s.recent_seconds > 0.0 ? s.recent_seconds : s.pending_seconds;
  const double rows = s.recent_seconds > 0.0 ? s.recent_rows : s.pending_rows;
  if (seconds > 0.0) progress.images_per_second = rows / seconds;
  if (progress.images_per_second > 0.0 && !s.over() && !fit.finished()) {
    const double done = std::min(fit.step() * s.settings[s.run()].batch, fit.training_rows());
    const double left = static_cast<double>(fit.epochs() - fit.epoch()) * fit.training_rows() - done;
    progress.remaining_seconds = left / progress.images_per_second;
  }
  return progress;
}

const ExperimentSettings& Experiment::settings() const { return state_->settings; }
const Splits& Experiment::splits() const { return state_->splits; }
std::string_view Experiment::note() const { return state_->note; }
std::string_view Experiment::failure() const { return state_->failure; }
const Experiment::Recovery* Experiment::recovery() const {
  const std::optional<Recovery>& recovery = state_->recovery;
  return recovery.has_value() ? &*recovery : nullptr;
}

Status Experiment::go_on(float rate) {
  State& s = *state_;
  if (!s.recovery.has_value()) {
    return Error{s.phase == Phase::failed ? join({"the run cannot go on: ", s.failure})
                                          : std::string("nothing has failed, so there is nothing to go on from")};
  }
  if (!std::isfinite(rate) || rate <= 0.0F) return Error{"the learning rate must be a number above 0"};
  const Run run = s.recovery->run;
  s.recovery.reset();
  s.failure.clear();
  s.start_run(run);
  set_learning_rate(run, rate);
  return Ok{};
}
std::span<const EpochRecord> Experiment::history(Run run) const { return state_->fit(run).history(); }
std::uint32_t Experiment::stopped_early(Run run) const { return state_->fit(run).stopped_early(); }

const ArmResult* Experiment::result(Run arm) const {
  const std::optional<ArmResult>& result = state_->results[static_cast<std::size_t>(arm)];
  return result.has_value() ? &*result : nullptr;
}

const TestResult* Experiment::rotation_result() const {
  const std::optional<TestResult>& rotation = state_->rotation;
  return rotation.has_value() ? &*rotation : nullptr;
}

void Experiment::set_learning_rate(Run run, float rate) {
  if (!std::isfinite(rate) || rate <= 0.0F || rate == state_->learning_rate(run)) return;
  if (state_->fit(run).begun()) state_->rate_changed_midway = true;
  state_->learning_rate(run) = rate;
  state_->settings[run].learning_rate = rate;
}

bool Experiment::rate_changed_midway() const { return state_->rate_changed_midway; }

const RotNet& Experiment::rotnet() const { return state_->rotnet; }

Classifier Experiment::classifier(Run arm) const {
  Classifier whole(state_->settings.seed);
  const std::span<const float> trunk = state_->trunk(arm);
  const std::span<const float> head = state_->head(arm);
  std::copy(head.begin(), head.end(), std::copy(trunk.begin(), trunk.end(), whole.parameters().begin()));
  return whole;
}

Experiment::Prediction Experiment::predict(std::span<const std::uint8_t> image) {
  State& s = *state_;
  Prediction prediction{};
  const std::uint32_t row = 0;
  ImageBatch batch;
  batch.pixels = image.data();
  batch.image = std::span(&row, 1);
  batch.preset = s.settings.preset;
  std::array<float, kFeatures> features{};
  FeatureBatch feature;
  feature.features = features.data();
  feature.row = batch.image;
  // The self-supervised arm's trunk is the rotation network's.
  s.rotnet.predict(s.compute, batch, prediction.rotation, features);
  s.self_supervised_head.predict(s.compute, feature, prediction.arms[0]);
  extract_features(s.compute, s.trunk(Run::random), batch, features);
  s.random_head.predict(s.compute, feature, prediction.arms[1]);
  s.supervised.predict(s.compute, batch, prediction.arms[2]);
  return prediction;
}

std::string Experiment::signature() const {
  const State& s = *state_;
  Fnv1a hash;
  for (const std::span<const float> weights :
       {s.rotnet.parameters(), s.self_supervised_head.parameters(), s.random_trunk.span(), s.random_head.parameters(),
        s.supervised.parameters()}) {
    hash.add(weights.data(), weights.size_bytes());
  }
  for (const Run run : kAllRuns) add_to_signature(hash, history(run));
  return hash.text();
}

}  // namespace quarterturn
