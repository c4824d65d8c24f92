// Options that several commands share, and how they become settings. Each command owns one Options and adds the
// groups that make sense for it.
#pragma once

#include <CLI/CLI.hpp>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "training/experiment.hpp"

namespace quarterturn::cli {

inline constexpr int kExitFailure = 1;
inline constexpr int kExitUsage = 2;

/// What the user said about the fit of one training run, or of several; empty: nothing.
struct FitOverrides {
  std::optional<std::uint32_t> batch;
  std::optional<std::uint32_t> epochs;
  std::optional<float> learning_rate;
  std::optional<bool> shuffle;
  std::optional<float> validation_split;
  std::optional<std::uint32_t> patience;
};

struct Options {
  std::string command;  ///< "run", "pretext", ...

  // machine
  unsigned threads = 0;  ///< 0: as many as the machine has
  std::string isa;       ///< empty: the widest

  // data
  std::string data;  ///< a folder, "generated" or "generated:TRAIN:TEST:SEED"; empty: search

  // experiment
  std::uint64_t seed = 1;
  std::vector<std::uint64_t> seeds;  ///< several runs; empty: `seed` alone
  Preset preset = Preset::unit;
  std::optional<std::uint32_t> labels;
  FitOverrides all;                           ///< --epochs, --batch, ...
  FitOverrides arms_together;                 ///< --arms-epochs, ...
  std::array<FitOverrides, kRuns> run_alone;  ///< --pretext-epochs, --random-epochs, ...
  std::vector<std::string> arms;              ///< head: the chosen arms; empty: all three

  // files
  std::string init;
  std::string save;
  std::string json;
  std::string checkpoint;
  double checkpoint_every = 30.0;  ///< seconds
  std::string resume;

  // what is printed
  bool show = false;
  bool verbose = false;

  [[nodiscard]] bool json_to_stdout() const { return json == "-"; }
};

void add_machine_options(CLI::App& command, Options& options);
void add_data_option(CLI::App& command, Options& options);
/// `runs`: the training runs that the command makes.
void add_experiment_options(CLI::App& command, Options& options, const std::vector<Run>& runs);
/// --seeds; after add_experiment_options.
void add_seeds_option(CLI::App& command, Options& options);
void add_training_file_options(CLI::App& command, Options& options);
void add_json_option(CLI::App& command, Options& options);

/// Whole numbers without sign; the message of a failure names option, text and range.
CLI::Validator whole_number(std::uint64_t low, std::uint64_t high);
/// A finite decimal number.
CLI::Validator decimal_number(double low, double high);

/// "1..5", "1,4,9", "1..3,7": the seeds in the order given. Fails on bad text, repeated seeds and more than 1,000.
Result<std::vector<std::uint64_t>> parse_seeds(const std::string& text);

/// The settings of one seed: the defaults, then --epochs and the like, then --arms-..., then those of one run alone.
/// Runs outside `runs` get no epochs. Labels default to as many as the downstream slice has, at most 1,000.
ExperimentSettings experiment_settings(const Options& options, const std::vector<Run>& runs, std::uint64_t seed,
                                       std::size_t downstream_images);

/// The shell command that makes the same run again: data, init weights and every setting that is not the default.
std::string reproducing_command(const Options& options, const std::vector<Run>& runs,
                                const ExperimentSettings& settings, const std::string& data_option,
                                const std::string& isa_option);

/// `text` as one word of a POSIX shell.
std::string shell_quoted(const std::string& text);

/// "self-supervised": the name of a run for people and in options (dashes instead of underscores).
std::string dashed_name(Run run);

}  // namespace quarterturn::cli
