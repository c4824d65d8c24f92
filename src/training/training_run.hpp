// One training run as an object: its data, its network, its optimiser, its fit and its results. An Experiment is an
// ordered list of these.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/aligned_buffer.hpp"
#include "data/dataset.hpp"
#include "models/networks.hpp"
#include "optim/optimizers.hpp"
#include "pretext/task.hpp"
#include "training/fit.hpp"
#include "training/results.hpp"
#include "training/settings.hpp"

namespace quarterturn {

/// Whose trunk makes the features that a run trains on.
enum class TrunkSource : std::uint8_t {
  own,       ///< its own, which it trains
  pretext,   ///< the pretext network's, frozen
  untrained  ///< fresh weights, frozen
};

/// What a run is, apart from its settings.
struct RunSpec {
  Run run;
  std::string_view prefix;  ///< of its tensors in files: "rotnet", "supervised"
  NetworkKind network;
  RandomPurpose weights;
  RandomPurpose shuffle;
  OptimizerKind optimizer;
  TrunkSource trunk;
};

/// In the order in which the runs are made.
inline constexpr std::array<RunSpec, kRuns> kRunSpecs = {{
    {Run::pretext, "rotnet", NetworkKind::pretext, RandomPurpose::pretext_weights, RandomPurpose::pretext_shuffle,
     OptimizerKind::adam, TrunkSource::own},
    {Run::self_supervised, "self_supervised", NetworkKind::head, RandomPurpose::self_supervised_head_weights,
     RandomPurpose::self_supervised_shuffle, OptimizerKind::sgd, TrunkSource::pretext},
    {Run::random, "random", NetworkKind::head, RandomPurpose::random_head_weights, RandomPurpose::random_shuffle,
     OptimizerKind::sgd, TrunkSource::untrained},
    {Run::supervised, "supervised", NetworkKind::classifier, RandomPurpose::supervised_weights,
     RandomPurpose::supervised_shuffle, OptimizerKind::sgd, TrunkSource::own},
}};

/// Rows evaluated between two looks at the clock: about the work of one training step. Fixed, because the order of a
/// sum is part of its last bits.
inline constexpr std::uint32_t kEvaluationRows = 256;
/// Test images whose variants give the pretext result.
inline constexpr std::size_t kPretextTestImages = 2000;

/// What a run is doing. A run goes prepare (frozen trunk), then train and validate by turns, then test (arms: the
/// notebook's images), full_test.
enum class Stage : std::uint8_t { prepare, train, validate, test, full_test };
/// "prepare", "train", ...
std::string_view name(Stage stage);

/// What the runs of an experiment share: they work one after the other. Nothing is allocated after its construction.
struct RunContext {
  RunContext(Compute& compute, const DataSource& data, const Splits& splits, const ExperimentSettings& settings);

  Compute& compute;
  const DataSource& data;
  Splits splits;
  Preset preset;
  std::uint32_t labels;
  std::vector<PixelMap> maps;  ///< of the pretext task, by class

  AlignedBuffer<float> features;       ///< [labels][kFeatures] of the present run with a frozen trunk
  AlignedBuffer<float> test_features;  ///< [kEvaluationRows][kFeatures]
  AlignedBuffer<float> probabilities;  ///< [kEvaluationRows][kMaxClasses]
  Network test_head;
  AlignedBuffer<float> good;       ///< weights, then optimiser state, of the present run's latest valid place
  AlignedBuffer<float> beginning;  ///< the present run's weights before its first step
  std::vector<std::uint32_t> batch_image;
  std::vector<std::uint8_t> batch_variant;
  std::vector<std::uint8_t> batch_label;
};

class TrainingRun {
 public:
  /// `trunk`: kTrunkParameters weights that stay where they are, where the spec's trunk is frozen; else empty.
  TrainingRun(const RunSpec& spec, const ExperimentSettings& settings, RunContext& context,
              std::span<const float> trunk);

  [[nodiscard]] const RunSpec& spec() const { return *spec_; }
  [[nodiscard]] bool frozen() const { return spec_->trunk != TrunkSource::own; }
  [[nodiscard]] const Fit& fit() const { return fit_; }
  [[nodiscard]] Stage stage() const { return stage_; }
  /// The stage that a checkpoint names: features are extracted again after a resume.
  [[nodiscard]] Stage saved_stage() const { return stage_ == Stage::prepare ? after_prepare_ : stage_; }
  [[nodiscard]] bool tested() const { return result.has_value(); }
  /// The weights of its trunk, frozen or its own, and of its head (arms only).
  [[nodiscard]] std::span<const float> trunk() const;
  [[nodiscard]] std::span<const float> head() const;

  Network network;  ///< what is trained
  Optimizer optimizer;
  std::optional<ArmResult> result;   ///< once it was tested; of the pretext run only full_test is filled
  bool rate_changed_midway = false;  ///< a rate was changed after the first step

  /// Takes over a run of the same spec and settings: weights, optimiser, history, results.
  void copy_from(const TrainingRun& other);

  /// Starts at the present place of the fit; a frozen trunk's features come first.
  void start();
  /// Puts a fresh run where a saved one was. False if it cannot be there.
  [[nodiscard]] bool resume(std::span<const EpochRecord> history, const Fit::Position& position) {
    return fit_.resume(history, position);
  }
  /// The present run at this stage; to be called instead of start() after resume(). False where the fit cannot be in
  /// it.
  [[nodiscard]] bool enter_saved(Stage stage);

  /// Why a run cannot go on, and how it could.
  struct Failure {
    std::string message;
    std::optional<Recovery> recovery;
  };
  /// What a piece of work gave.
  struct Outcome {
    bool step = false;                   ///< it was a training step
    double seconds = 0.0;                ///< of the step
    std::size_t rows = 0;                ///< of the step
    bool ended = false;                  ///< the run has been tested, and is over
    const EpochRecord* epoch = nullptr;  ///< that ended
    std::optional<Failure> failure;      ///< the run went back to its latest valid place
  };
  /// The smallest piece of work: one training step, or kEvaluationRows rows of anything else. `elapsed()` gives the
  /// seconds since the last piece.
  template <class Elapsed>
  Outcome work(const Elapsed& elapsed) {
    Outcome outcome;
    if (stage_ == Stage::train) {
      const std::span<const std::uint32_t> rows = fit_.batch();
      const BatchResult given = network.train_step(context_->compute, batch(rows), optimizer);
      outcome.step = true;
      outcome.seconds = elapsed();
      outcome.rows = rows.size();
      after_step(given, outcome);
    } else {
      evaluate(outcome);
    }
    return outcome;
  }
  /// A failure where a step has left a weight that is not finite: a rectifier can hide it from the loss.
  [[nodiscard]] std::optional<Failure> weights_failure();

 private:
  void enter(Stage next);
  void after_step(const BatchResult& given, Outcome& outcome);
  void evaluate(Outcome& outcome);
  void prepare();
  void validate(Outcome& outcome);
  void test_pretext(Outcome& outcome);
  void test_arm(Outcome& outcome);
  /// Adds rows to the sums; `of`: rows of the whole test. True where that was the last part.
  bool add_to_test(const BatchResult& part, std::size_t rows, std::size_t of);
  void close_epoch(Outcome& outcome);
  void keep_good();
  /// Goes back to the latest valid place, or to the beginning where `good_fails`: the fault is one of those weights.
  Failure fail(const char* what, bool good_fails);

  /// Rows of the training set, gathered into the context's buffers.
  Batch batch(std::span<const std::uint32_t> rows);
  [[nodiscard]] std::span<const std::uint8_t> gather_labels(std::span<const std::uint32_t> rows);

  const RunSpec* spec_;
  RunContext* context_;
  FitSettings settings_;
  std::uint64_t seed_;
  std::span<const float> trunk_;
  Fit fit_;
  Stage stage_ = Stage::train;
  Stage after_prepare_ = Stage::train;
  std::uint32_t cursor_ = 0;  // rows done of a stage that goes through rows once
  BatchResult validation_;
  TestResult tested_;      // sums so far of the test under way
  TestResult small_test_;  // the finished test while full_test goes on
  Fit::Position good_position_;
  std::uint32_t good_step_ = 0;
  bool beginning_known_ = false;  // false: it was resumed after its first step
};

}  // namespace quarterturn
