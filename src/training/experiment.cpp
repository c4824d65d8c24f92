#include "training/experiment.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/decimal.hpp"
#include "core/hash.hpp"
#include "core/join.hpp"
#include "training/experiment_state.hpp"
#include "training/history.hpp"

namespace quarterturn {
namespace {

double seconds_between(Experiment::State::Clock::time_point from, Experiment::State::Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

std::uint32_t pretext_rows_of(const ExperimentSettings& settings, const Splits& splits) {
  return static_cast<std::uint32_t>(pretext_rows(splits.pretext.count(), settings.pretext_task->classes));
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

/// Of the two settings, which one differs that the pretext run depends on; empty: none.
std::string pretext_difference(const ExperimentSettings& a, const ExperimentSettings& b) {
  if (a.seed != b.seed) return "seed";
  if (a.preset != b.preset) return "preset";
  if (a.pretext_task != b.pretext_task) return std::string(kPretextTaskPath);
  for (const Setting<FitSettings>& setting : kFitTable) {
    if (value_of(setting, a[Run::pretext]) != value_of(setting, b[Run::pretext])) {
      return join({"pretext.", setting.info.script_name});
    }
  }
  return {};
}

}  // namespace

// ---- construction ---------------------------------------------------------------------------------------------------

Experiment::State::State(Compute& compute, const DataSource& data, const ExperimentSettings& the_settings,
                         const Splits& splits)
    : settings(the_settings),
      context(compute, data, splits, settings),
      untrained_trunk(kTrunkParameters),
      arithmetic(compute.fused() ? "fused" : "unfused") {
  const Network fresh = Network::classifier(settings.seed, RandomPurpose::random_weights);
  std::copy_n(fresh.parameters().begin(), kTrunkParameters, untrained_trunk.data());
  runs.reserve(kRunSpecs.size());
  for (const RunSpec& spec : kRunSpecs) {
    std::span<const float> trunk;
    if (spec.trunk == TrunkSource::untrained) trunk = untrained_trunk.span();
    if (spec.trunk == TrunkSource::pretext) trunk = run(Run::pretext).network.parameters().first(kTrunkParameters);
    runs.emplace_back(spec, settings, context, trunk);
  }
  start(0);
}

Status Experiment::check(const DataSource& data, const ExperimentSettings& settings) {
  const Splits splits = notebook_splits(data.train.count(), data.test.count());
  if (splits.pretext.count() == 0 || splits.downstream.count() == 0) {
    return Error{join({"the training set has ", data.train.count(),
                       " images, too few for a pretext part and a labelled part; give 11 or more"})};
  }
  if (splits.test.count() == 0) return Error{"the test set has no images; give at least one"};
  const std::uint32_t labels = used_labels(settings, splits);
  Status status = quarterturn::check(settings);
  if (status) status = check_labels(data.train, splits.downstream.first, splits.downstream.last, "training");
  if (status) status = check_labels(data.test, 0, data.test.count(), "test");
  if (status) status = check_split(Run::pretext, settings[Run::pretext], pretext_rows_of(settings, splits));
  for (const Run arm : kArms) {
    if (status) status = check_split(arm, settings[arm], labels);
  }
  return status;
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

Status Experiment::with_arms(const ExperimentSettings& wanted) {
  const State& done = *state_;
  if (!done.run(Run::pretext).tested()) {
    return Error{"the pretext run is not finished, so the arms cannot begin again on it; finish it first"};
  }
  const std::string different = pretext_difference(done.settings, wanted);
  if (!different.empty()) {
    return Error{
        join({different, " differs from that of the finished pretext run; keep it, or start a new experiment"})};
  }
  Result<std::unique_ptr<Experiment>> made = create(done.context.compute, done.context.data, wanted);
  if (!made) return made.error();
  State& fresh = *made.value()->state_;
  fresh.run(Run::pretext).copy_from(done.run(Run::pretext));
  fresh.arithmetic = done.arithmetic;
  fresh.fingerprint = done.fingerprint;
  fresh.start(1);
  state_ = std::move(made.value()->state_);
  return Ok{};
}

Experiment::Experiment(std::unique_ptr<State> state) : state_(std::move(state)) {}
Experiment::~Experiment() = default;

// ---- state ----------------------------------------------------------------------------------------------------------

std::size_t Experiment::State::bytes(const ExperimentSettings& settings, const Splits& splits) {
  constexpr std::size_t kFloats = 7 * pretext_architecture(kMaxVariants).parameters() + 3 * kClassifier.parameters() +
                                  6 * kHead.parameters() + kTrunkParameters +
                                  kEvaluationRows * (kFeatures + kMaxClasses);
  constexpr std::size_t kSlack = 200'000;
  std::size_t bytes = (kFloats + std::size_t{settings.labels} * kFeatures) * sizeof(float) + kSlack;
  bytes += 3 * std::size_t{settings.labels} * sizeof(std::uint32_t);
  if (settings[Run::pretext].shuffle) bytes += pretext_rows_of(settings, splits) * sizeof(std::uint32_t);
  bytes += settings.pretext_task->classes * sizeof(PixelMap);
  for (const FitSettings& fit : settings.fit) bytes += fit.epochs * sizeof(EpochRecord);
  return bytes;
}

void Experiment::State::start(std::size_t next) {
  present = next;
  forget_speed();
  run().start();
}

void Experiment::State::fail(TrainingRun::Failure why) {
  failure = std::move(why.message);
  recovery = why.recovery;
}

void Experiment::State::watch_weights() {
  if (over()) return;
  if (std::optional<TrainingRun::Failure> why = run().weights_failure()) fail(std::move(*why));
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
  if (fingerprint == 0) fingerprint = hash_of(context.data, context.data.train.count()).value();
  return fingerprint;
}

bool Experiment::State::unit(Advance& report) {
  const std::string_view family = context.compute.fused() ? "fused" : "unfused";
  if (arithmetic != family) arithmetic = "mixed";
  TrainingRun::Outcome outcome = run().work([&] { return seconds_between(mark, Clock::now()); });
  if (outcome.step) account(outcome.seconds, outcome.rows);
  if (outcome.epoch != nullptr) report.epochs.push_back({run().spec().run, *outcome.epoch});
  if (outcome.failure.has_value()) {
    fail(std::move(*outcome.failure));
  } else if (outcome.ended) {
    if (present + 1 < runs.size()) {
      start(present + 1);
    } else {
      finished = true;
    }
  }
  mark = Clock::now();
  return outcome.step;
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
    const Stage stage = s.run().stage();
    if (stepped ? stage != Stage::validate : stage == Stage::train) break;
  }
  s.watch_weights();
  report.more = !s.over();
  return report;
}

Progress Experiment::progress() const {
  const State& s = *state_;
  const Fit& fit = s.run().fit();
  Progress progress;
  progress.run = s.run().spec().run;
  progress.finished = s.finished;
  progress.failed = !s.failure.empty();
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
    const double done = std::min(fit.step() * s.settings[progress.run].batch, fit.training_rows());
    const double left = static_cast<double>(fit.epochs() - fit.epoch()) * fit.training_rows() - done;
    progress.remaining_seconds = left / progress.images_per_second;
  }
  return progress;
}

const ExperimentSettings& Experiment::settings() const { return state_->settings; }
const Splits& Experiment::splits() const { return state_->context.splits; }
std::string_view Experiment::note() const { return state_->note; }
std::string_view Experiment::failure() const { return state_->failure; }
std::string_view Experiment::arithmetic() const { return state_->arithmetic; }
std::uint64_t Experiment::data_fingerprint() const { return state_->data_fingerprint(); }

const Recovery* Experiment::recovery() const {
  const std::optional<Recovery>& recovery = state_->recovery;
  return recovery.has_value() ? &*recovery : nullptr;
}

Status Experiment::go_on(float rate) {
  State& s = *state_;
  if (!s.recovery.has_value()) {
    return Error{!s.failure.empty() ? join({"the run cannot go on: ", s.failure})
                                    : std::string("nothing has failed, so there is nothing to go on from")};
  }
  if (!std::isfinite(rate) || rate <= 0.0F) return Error{"the learning rate must be a number above 0"};
  const Run run = s.recovery->run;
  s.recovery.reset();
  s.failure.clear();
  s.start(static_cast<std::size_t>(run));
  set_learning_rate(run, rate);
  return Ok{};
}

std::span<const EpochRecord> Experiment::history(Run run) const { return state_->run(run).fit().history(); }
std::uint32_t Experiment::stopped_early(Run run) const { return state_->run(run).fit().stopped_early(); }

const ArmResult* Experiment::result(Run arm) const {
  const std::optional<ArmResult>& result = state_->run(arm).result;
  return arm != Run::pretext && result.has_value() ? &*result : nullptr;
}

std::span<const PixelMap> Experiment::maps() const { return state_->context.maps; }

const TestResult* Experiment::pretext_result() const {
  const std::optional<ArmResult>& result = state_->run(Run::pretext).result;
  return result.has_value() ? &result->full_test : nullptr;
}

void Experiment::set_learning_rate(Run run, float rate) {
  TrainingRun& of = state_->run(run);
  if (!std::isfinite(rate) || rate <= 0.0F || rate == of.optimizer.learning_rate) return;
  if (of.fit().begun()) of.rate_changed_midway = true;
  of.optimizer.learning_rate = rate;
  state_->settings[run].learning_rate = rate;
}

bool Experiment::rate_changed_midway() const {
  return std::any_of(state_->runs.begin(), state_->runs.end(),
                     [](const TrainingRun& run) { return run.rate_changed_midway; });
}

const Network& Experiment::rotnet() const { return state_->run(Run::pretext).network; }

Network Experiment::classifier(Run arm) const {
  assert(arm != Run::pretext);
  Network whole = Network::classifier(state_->settings.seed);
  const TrainingRun& run = state_->run(arm);
  const std::span<const float> trunk = run.trunk();
  const std::span<const float> head = run.head();
  std::copy(head.begin(), head.end(), std::copy(trunk.begin(), trunk.end(), whole.parameters().begin()));
  return whole;
}

Experiment::Prediction Experiment::predict(std::span<const std::uint8_t> image) {
  assert(image.size() == kImagePixels);
  State& s = *state_;
  Compute& compute = s.context.compute;
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
  // The self-supervised arm's trunk is the pretext network's.
  prediction.pretext.resize(rotnet().outputs());
  rotnet().predict(compute, batch, prediction.pretext, features);
  for (std::size_t i = 0; i < kArms.size(); ++i) {
    const TrainingRun& run = s.run(kArms[i]);
    if (run.spec().trunk == TrunkSource::untrained) extract_features(compute, run.trunk(), batch, features);
    const Batch read = run.frozen() ? Batch(feature) : Batch(batch);
    run.network.predict(compute, read, prediction.arms[i]);
  }
  return prediction;
}

std::string Experiment::signature() const {
  Fnv1a hash;
  for (const TrainingRun& run : state_->runs) {
    // The self-supervised arm's trunk is the pretext network's, which stands before it.
    if (run.spec().trunk == TrunkSource::untrained) hash.add(run.trunk().data(), run.trunk().size_bytes());
    hash.add(run.network.parameters().data(), run.network.parameters().size_bytes());
  }
  for (const TrainingRun& run : state_->runs) add_to_signature(hash, run.fit().history());
  return hash.text();
}

}  // namespace quarterturn
