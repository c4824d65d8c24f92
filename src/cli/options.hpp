// Options that several commands share, and how they become settings. Each command owns one Options and adds the
// groups that make sense for it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "training/experiment.hpp"

namespace CLI {
class App;
class Validator;
}  // namespace CLI

namespace quarterturn {
class Compute;
}  // namespace quarterturn

namespace quarterturn::cli {

struct DataChoice;

inline constexpr int kExitFailure = 1;
inline constexpr int kExitUsage = 2;

/// Help group of options that only a help text's footer speaks of. (With CLI11's own way of hiding an option, an empty
/// group, its error messages lack the name.)
inline constexpr const char* kUnlisted = "Unlisted";

/// What the user said about the fit of one training run, or of several: a value for each line of kFitTable; empty:
/// nothing.
using FitOverrides = std::array<std::optional<SettingValue>, kFitTable.size()>;

struct Options {
  std::string command;  ///< "run", "pretext", ...

  // machine
  unsigned threads = 0;  ///< 0: as many as the machine has
  std::string isa;       ///< empty: the widest

  // data
  std::string data;  ///< a folder, "generated" or "generated:TRAIN:TEST:SEED"; empty: search

  // experiment
  std::optional<std::uint64_t> seed;
  std::vector<std::uint64_t> seeds;  ///< several runs; empty: `seed` alone
  std::optional<Preset> preset;
  const PretextTask* task = nullptr;  ///< null: not given
  std::optional<std::uint32_t> labels;
  FitOverrides all;                           ///< --epochs, --batch, ...
  FitOverrides arms_together;                 ///< --arms-epochs, ...
  std::array<FitOverrides, kRuns> run_alone;  ///< --pretext-epochs, --random-epochs, ...
  std::optional<ArmList> arms;                ///< --arms; nothing: the notebook's
  std::vector<std::string> chosen;            ///< head: those of the notebook's arms that are trained; empty: all

  // files
  std::string init;
  std::string save;
  std::string json;
  std::string checkpoint;
  double checkpoint_every = 30.0;  ///< seconds
  std::string resume;

  // what the run must be
  std::string expect;       ///< its signature; empty: any
  std::string expect_data;  ///< the hash of its images, as data_hash(); empty: any

  // what is printed
  bool show = false;
  bool verbose = false;

  [[nodiscard]] bool json_to_stdout() const { return json == "-"; }
};

void add_machine_options(CLI::App& command, Options& options);
/// Warns on standard error of more threads than the process has processors.
void warn_of_threads(const Options& options);
void add_data_option(CLI::App& command, Options& options);
/// --expect-data
void add_expect_data_option(CLI::App& command, Options& options);
/// `runs`: the training runs that the command makes.
void add_experiment_options(CLI::App& command, Options& options, const std::vector<Run>& runs);
/// --arms
void add_arms_option(CLI::App& command, Options& options, const ArmList& defaults = kNotebookArms);
/// --epochs and the like, for all runs, for the arms together and for each.
void add_fit_options(CLI::App& command, Options& options, const std::vector<Run>& runs);
/// The pretext run, then the arms.
std::vector<Run> runs_of(const ArmList& arms);
/// "self-supervised,random": arms as --arms has them.
std::string arms_text(const ArmList& arms);
/// --seeds; after add_experiment_options.
void add_seeds_option(CLI::App& command, Options& options);
/// --save, --checkpoint, --resume, --expect and what is printed.
void add_training_file_options(CLI::App& command, Options& options);
void add_preset_option(CLI::App& command, Options& options);
/// --seed; without a text, that of the setting.
void add_seed_option(CLI::App& command, Options& options, const std::string& text = {});
/// --labels of probes: one number or several.
void add_budgets_option(CLI::App& command, std::vector<std::uint32_t>& budgets);
/// --pretext, which lists the tasks; `text` says what it chooses.
void add_pretext_option(CLI::App& command, const PretextTask*& chosen, const std::string& text);
void add_json_option(CLI::App& command, Options& options);

/// Whole numbers without sign; the message of a failure names option, text and range.
CLI::Validator whole_number(std::uint64_t low, std::uint64_t high);
/// One of a few words.
CLI::Validator one_of(std::vector<std::string> words);
/// A finite decimal number.
CLI::Validator decimal_number(double low, double high);

/// "1..5", "1,4,9", "1..3,7": the seeds in the order given. Fails on bad text, repeated seeds and more than 1,000.
Result<std::vector<std::uint64_t>> parse_seeds(const std::string& text);

/// Puts what the user said over `settings`: --epochs and the like, then --arms-..., then those of one run alone. Only
/// `runs` are touched.
void apply_options(const Options& options, const std::vector<Run>& runs, ExperimentSettings& settings);

/// The settings of a new experiment. Runs outside `runs` get no epochs.
ExperimentSettings experiment_settings(const Options& options, const std::vector<Run>& runs, std::uint64_t seed);

/// How the settings of a checkpoint contradict the options or the command; empty: not at all.
std::string resume_fault(const Options& options, const std::vector<Run>& runs, const ExperimentSettings& stored);

/// What a reproducing command says beside the settings. Empty texts and lists are left out.
struct Reproduction {
  std::string data;                    ///< text of --data
  std::string data_hash;               ///< of --expect-data
  std::string isa;                     ///< of --isa
  std::string signature;               ///< of --expect
  std::vector<std::uint64_t> seeds;    ///< in place of the settings' one
  std::vector<std::string> tasks;      ///< of --pretext, in place of the settings' one
  std::vector<std::uint32_t> budgets;  ///< of --labels, in place of the settings' one
  ArmList default_arms = kNotebookArms;
};
/// With data and instruction set as they are; `hash`: data_hash() of the images.
Reproduction reproduction_of(const DataChoice& choice, const std::string& hash, const Compute& compute);
/// "quarterturn COMMAND --data ... --preset ...": how every such command begins.
std::string reproduction_start(const Options& options, Preset preset, const Reproduction& reproduction);
/// The shell command that makes the same run again: data, init weights and every setting that is not the default.
std::string reproducing_command(const Options& options, const std::vector<Run>& runs,
                                const ExperimentSettings& settings, std::size_t downstream_images,
                                const Reproduction& reproduction);

/// "epochs, batch, ... or patience": the options of a fit for help texts.
std::string fit_option_list();

/// A fit setting's value as the command line has it.
std::string option_text(const SettingInfo& info, const SettingValue& value);

/// "10,30": a list as an option has it.
std::string list_text(const std::vector<std::string>& words);
std::string list_text(const std::vector<std::uint64_t>& numbers);
std::string list_text(const std::vector<std::uint32_t>& numbers);

/// `text` as one word of a POSIX shell.
std::string shell_quoted(const std::string& text);

/// "learning-rate": a name as the command line has it (dashes instead of underscores).
std::string dashed(std::string_view name);
/// "turns-mirrors": the name of a pretext task for people and in options.
std::string dashed_name(const PretextTask& task);

/// "self-supervised": the name of a run for people and in options (dashes instead of underscores).
std::string dashed_name(Run run);

}  // namespace quarterturn::cli
