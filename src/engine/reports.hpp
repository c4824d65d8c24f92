// What the engine reports: plain structs, words as text. Names of runs: "pretext" and those of the arms
// (training/runs.hpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/paired.hpp"
#include "training/experiment.hpp"

namespace quarterturn {

struct EngineInfo {
  std::string version;
  std::string isa;     ///< with hyphens: "wasm-simd"
  bool fused = false;  ///< multiply-add rounds once: runs agree to the last bit only within one arithmetic family
  std::uint32_t lanes = 0;
  std::uint32_t threads = 0;
  std::size_t heap_bytes = 0;  ///< of a fixed heap; 0: memory is not limited
};

struct DataInfo {
  std::string source;  ///< a name, or "generated:VERSION:SEED"
  std::size_t train = 0;
  std::size_t test = 0;
  std::size_t train_available = 0;  ///< images in the files, of which the first `train` are loaded
  std::size_t test_available = 0;
  Splits splits;
};

struct TaskReport {
  std::string_view name;  ///< "turns"
  std::string_view text;  ///< what is asked
  std::vector<std::string> class_names;
};

/// The settings of the present experiment. Learning rates are the present ones.
struct SettingsReport {
  ExperimentSettings settings;
  std::uint32_t labels = 0;
  std::string_view preset;           ///< "unit" or "notebook"
  TaskReport task;                   ///< the pretext task
  bool rate_changed_midway = false;  ///< after its run's first step: the settings alone no longer give the weights
  std::optional<Message> note;       ///< what was changed in the settings given so that they can run
  std::string_view arithmetic;       ///< "fused", "unfused", or "mixed": then no settings give the weights
};

/// Validation figures are NaN where there is no validation part.
struct EpochReport : EpochRecord {
  std::string_view run;
};

struct ProgressReport : Progress {
  std::string_view word;           ///< for the phase: a run, "finished" or "failed"
  std::optional<Message> failure;  ///< why the phase is "failed"
  /// A failed run can go on from its last good epoch, at a lower rate such as this one.
  struct Recovery {
    std::string_view run;
    double rate;
  };
  std::optional<Recovery> recovery;
};

struct AdvanceReport {
  bool more = false;
  std::vector<EpochReport> epochs;  ///< that ended
  ProgressReport progress;
};

struct TestReport {
  std::uint32_t correct = 0;
  std::uint32_t count = 0;
  double accuracy = 0.0;
  double loss = 0.0;
  std::vector<std::vector<std::uint32_t>> confusion;  ///< [label][predicted]
};

struct ArmReport {
  TestReport test;
  TestReport full_test;
  std::uint32_t stopped_early = 0;  ///< epoch after which early stopping ended the run; 0 where it did not
};

struct ResultsReport {
  struct Arm {
    std::string_view name;
    std::optional<ArmReport> result;
  };
  std::string_view task;  ///< the pretext task
  std::optional<TestReport> pretext;
  std::vector<Arm> arms;  ///< of the experiment's list
};

struct LayerReport {
  std::string name;
  std::string kind;
  std::string output;  ///< "14x14x64", or "10"
  std::size_t parameters = 0;
  bool trainable = false;
};

struct ProbeProgress {
  bool done = false;
  double progress = 0.0;  ///< 0..1
};

/// One fit of the exact linear probe.
struct ProbeDrawReport {
  std::size_t first = 0;  ///< its first row in the labelled slice
  double penalty = 0.0;   ///< given, or chosen by leaving one row out
  std::uint32_t right = 0;
  double accuracy = 0.0;
};

/// On the notebook's test images.
struct ProbeNotebookReport {
  double right = 0.0;
  std::uint32_t of = 0;
  double accuracy = 0.0;
  double low = 0.0;
  double high = 0.0;
};

/// What the probe reads from the features with one number of labels, on the whole test set. Of several draws the mean.
struct ProbeBudgetReport {
  std::uint32_t labels = 0;
  double penalty = 0.0;  ///< of the first draw
  double right = 0.0;
  std::uint32_t of = 0;  ///< test images
  double accuracy = 0.0;
  double low = 0.0;  ///< 95% interval over the test images (analysis/interval.hpp)
  double high = 0.0;
  std::vector<std::uint8_t> marks;  ///< [of] the class that the first draw gives each test image
  ProbeNotebookReport notebook;
  std::vector<ProbeDrawReport> draws;
};

struct ProbeReport {
  std::string features;
  std::uint32_t epoch = 0;  ///< epochs and steps that the trunk had been trained for when the probe was begun
  std::uint32_t step = 0;
  std::vector<ProbeBudgetReport> budgets;
};

/// Two directions to look at feature vectors f from: f lies at axes . (f - mean).
struct AxesReport {
  std::vector<double> mean;
  std::array<std::vector<double>, 2> axes;
  std::array<double, 2> explained{};  ///< share of the variance, or of the variance between the classes
};

}  // namespace quarterturn
