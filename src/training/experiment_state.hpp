// The inside of Experiment, shared by the state machine (experiment.cpp) and by saving and loading (checkpoint.cpp).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/aligned_buffer.hpp"
#include "training/experiment.hpp"
#include "training/training_run.hpp"

namespace quarterturn {

struct Experiment::State {
  using Clock = std::chrono::steady_clock;

  /// Of memory that an experiment takes, a little more than less.
  static std::size_t bytes(const ExperimentSettings& settings, const Splits& splits, std::size_t test_images);
  State(Compute& compute, const DataSource& data, const ExperimentSettings& settings, const Splits& splits);
  State(const State&) = delete;  // runs point into it
  State& operator=(const State&) = delete;

  ExperimentSettings settings;  // learning rates are the present ones
  RunContext context;
  AlignedBuffer<float> untrained_trunk;
  std::vector<TrainingRun> runs;  // the pretext run, then the arms of the list
  std::size_t present = 0;
  bool finished = false;
  std::optional<Message> note;
  std::optional<TrainingRun::Failure> failure;  // of the present run
  std::optional<Recovery> recovery;
  std::string arithmetic;

  Clock::time_point mark;  // end of the latest unit of work
  double recent_seconds = 0.0;
  double recent_rows = 0.0;
  double pending_seconds = 0.0;
  double pending_rows = 0.0;
  mutable std::uint64_t fingerprint = 0;  // of the data; 0: not yet known

  [[nodiscard]] bool over() const { return finished || failure.has_value(); }
  [[nodiscard]] TrainingRun& run() { return runs[present]; }
  [[nodiscard]] const TrainingRun& run() const { return runs[present]; }
  /// The run, where the experiment makes it; else null.
  [[nodiscard]] TrainingRun* find(Run of);
  [[nodiscard]] const TrainingRun* find(Run of) const;
  [[nodiscard]] TrainingRun& pretext() { return runs.front(); }
  [[nodiscard]] const TrainingRun& pretext() const { return runs.front(); }

  void start(std::size_t next);
  void forget_speed() { recent_seconds = recent_rows = pending_seconds = pending_rows = 0.0; }
  /// Fails the present run where a step has left a weight that is not finite.
  void watch_weights();
  /// The smallest piece of work. True for a training step.
  bool unit(Advance& report);
  [[nodiscard]] std::uint64_t data_fingerprint() const;

 private:
  void fail(const TrainingRun::Failure& why);
  void account(double seconds, std::size_t rows);
};

}  // namespace quarterturn
