// The inside of Experiment, shared by the state machine (experiment.cpp) and by saving and loading (checkpoint.cpp).
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/aligned_buffer.hpp"
#include "training/experiment.hpp"
#include "training/fit.hpp"

namespace quarterturn {

/// Rows evaluated between two looks at the clock: about the work of one training step. Fixed, because the order of a
/// sum is part of its last bits.
inline constexpr std::uint32_t kEvaluationRows = 256;
/// Test images whose four turns give the rotation result.
inline constexpr std::size_t kRotationImages = 2000;

/// What a run is doing. A run goes prepare (frozen arms), then train and validate by turns, then test, full_test
/// (arms).
enum class Stage : std::uint8_t { prepare, train, validate, test, full_test };

struct Experiment::State {
  using Clock = std::chrono::steady_clock;

  /// Of memory that an experiment takes, a little more than less.
  static std::size_t bytes(const ExperimentSettings& settings, const Splits& splits);
  State(Compute& compute, const DataSource& data, const ExperimentSettings& settings, const Splits& splits);

  Compute& compute;
  const DataSource& data;
  ExperimentSettings settings;  // learning rates are the present ones
  Splits splits;

  RotNet rotnet;
  Adam adam;
  Head self_supervised_head;
  Sgd self_supervised_sgd;
  AlignedBuffer<float> random_trunk;
  Head random_head;
  Sgd random_sgd;
  Classifier supervised;
  Sgd supervised_sgd;

  std::vector<Fit> fits;  // by Run
  Phase phase = Phase::pretext;
  Stage stage = Stage::train;
  Stage after_prepare = Stage::train;
  std::uint32_t cursor = 0;  // rows done of a stage that goes through rows once
  BatchResult validation;
  TestResult tested;      // sums so far of the test under way
  TestResult small_test;  // the finished test while full_test goes on
  std::array<std::optional<ArmResult>, kRuns> results;
  std::optional<TestResult> rotation;
  std::string note;
  std::string failure;
  std::optional<Recovery> recovery;
  bool rate_changed_midway = false;

  // Work space of a step; nothing is allocated later.
  AlignedBuffer<float> features;       // [labels][kFeatures] of the present frozen arm
  AlignedBuffer<float> test_features;  // [kEvaluationRows][kFeatures]
  AlignedBuffer<float> probabilities;  // [kEvaluationRows][kDigits]
  Head test_head;
  AlignedBuffer<float> good;  // moving() of the present run at its last epoch's end, or where it began or was taken up
  Fit::Position good_position;
  std::uint32_t good_adam_step = 0;
  AlignedBuffer<float> beginning;  // the present run's weights before its first step
  bool beginning_known = false;    // false: it was taken up after that
  std::vector<std::uint32_t> batch_image;
  std::vector<std::uint8_t> batch_turn;
  std::vector<std::uint8_t> batch_label;

  Clock::time_point mark;  // end of the latest unit of work
  double recent_seconds = 0.0;
  double recent_rows = 0.0;
  double pending_seconds = 0.0;
  double pending_rows = 0.0;
  mutable std::uint64_t fingerprint = 0;  // of the data; 0: not yet known

  [[nodiscard]] bool over() const { return phase == Phase::finished || phase == Phase::failed; }
  /// The present run; the last one when all is over.
  [[nodiscard]] Run run() const;
  [[nodiscard]] Fit& fit() { return fits[static_cast<std::size_t>(run())]; }
  [[nodiscard]] const Fit& fit(Run of) const { return fits[static_cast<std::size_t>(of)]; }
  /// Trunk and head weights of an arm.
  [[nodiscard]] std::span<const float> trunk(Run arm) const;
  [[nodiscard]] std::span<const float> head(Run arm) const;
  Sgd& sgd(Run arm);
  /// Present learning rate of a run's optimiser.
  float& learning_rate(Run of);

  /// What a training step of the present run moves: its weights, then its optimiser's state.
  std::array<std::span<float>, 3> moving();
  void start_run(Run next);
  /// Fails the run where a step has left a weight that is not finite: a rectifier can hide it from the loss.
  void watch_weights();
  /// The smallest piece of work: one training step, or kEvaluationRows rows of anything else. True for a step.
  bool unit(Advance& report);
  /// Hash of every pixel and label.
  [[nodiscard]] std::uint64_t data_fingerprint() const;

 private:
  void prepare();
  void train(Advance& report);
  void validate(Advance& report);
  void test();
  void test_rotation();
  void test_arm();
  void close_epoch(Advance& report);
  void enter(Stage next);
  void keep_good();
  /// Goes back to the last good place, or to the beginning where `good_fails`: the fault is one of those weights.
  void fail(const char* what, bool good_fails);
  void account(double seconds, std::size_t rows);

  /// Batches of the present run's training set, gathered into the work space.
  ImageBatch image_batch(std::span<const std::uint32_t> rows);
  FeatureBatch feature_batch(std::span<const std::uint32_t> rows);
  BatchResult evaluate(std::span<const std::uint32_t> rows);
};

}  // namespace quarterturn
