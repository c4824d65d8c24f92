#include "cli/training_command.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cli/console.hpp"
#include "cli/data_choice.hpp"
#include "cli/interrupt.hpp"
#include "cli/output_file.hpp"
#include "cli/report.hpp"
#include "cli/text.hpp"
#include "cli/weights_file.hpp"
#include "core/join.hpp"
#include "data/native/files.hpp"
#include "pretext/quarter_turns.hpp"

namespace quarterturn::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// Longest time between two looks at Ctrl-C.
constexpr double kSliceMilliseconds = 20.0;
constexpr double kLiveLineSeconds = 0.1;
/// The notebook turns image 4 and predicts image 9 of the downstream slice.
constexpr std::size_t kTurnedImage = 4;
constexpr std::size_t kPredictedImage = 9;

constexpr std::string_view kSeedMark = "{seed}";

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::vector<std::uint64_t> seeds_of(const Options& options) {
  return options.seeds.empty() ? std::vector{options.seed.value_or(ExperimentSettings{}.seed)} : options.seeds;
}

std::string with_seed(std::string path, std::uint64_t seed) {
  for (std::size_t at = path.find(kSeedMark); at != std::string::npos; at = path.find(kSeedMark, at)) {
    const std::string digits = std::to_string(seed);
    path.replace(at, kSeedMark.size(), digits);
    at += digits.size();
  }
  return path;
}

std::string where(const Experiment& experiment) {
  const Progress progress = experiment.progress();
  if (progress.over()) return "the end";
  const std::string run = dashed_name(progress.run);
  if (progress.epoch >= progress.epochs) return "the test of " + run;
  return run + ", epoch " + std::to_string(progress.epoch + 1) + " of " + std::to_string(progress.epochs) + ", step " +
         std::to_string(progress.step) + " of " + std::to_string(progress.steps);
}

std::string live_line(const Experiment& experiment, const std::string& prefix) {
  const Progress progress = experiment.progress();
  if (progress.over()) return prefix;
  const std::string run = dashed_name(progress.run);
  if (progress.epoch >= progress.epochs) return prefix + run + ": testing";
  return prefix + run + ": epoch " + std::to_string(progress.epoch + 1) + " of " + std::to_string(progress.epochs) +
         ", loss " + fixed(progress.loss, 4) + ", accuracy " + percent(progress.accuracy) + ", " +
         thousands(static_cast<std::uint64_t>(progress.images_per_second)) + " images/s, " +
         duration(progress.remaining_seconds) + " left";
}

std::string epoch_line(const Advance::Epoch& epoch, const Experiment& experiment) {
  const EpochRecord& record = epoch.record;
  std::string line = dashed_name(epoch.run) + " epoch " + std::to_string(record.epoch) + " of " +
                     std::to_string(experiment.settings()[epoch.run].epochs) + ": loss " + fixed(record.loss, 4) +
                     ", accuracy " + percent(record.accuracy);
  if (record.validation_loss == record.validation_loss) {  // not NaN: there is a validation part
    line += ", validation loss " + fixed(record.validation_loss, 4) + ", validation accuracy " +
            percent(record.validation_accuracy);
  }
  return line + ", " + fixed(record.seconds, 2) + " s\n";
}

enum class Ending : std::uint8_t { done, failed, interrupted };

/// Drives one experiment to its end, a failure or Ctrl-C, writing checkpoints. A checkpoint that cannot be written
/// is a failure: the run would be lost silently.
class Driver {
 public:
  Driver(Experiment& experiment, const Options& options, const Plan& plan, Console& console, std::string prefix)
      : experiment_(experiment), options_(options), plan_(plan), console_(console), prefix_(std::move(prefix)) {}

  Result<Ending> drive() {
    Clock::time_point saved = Clock::now();
    Clock::time_point shown = saved - std::chrono::seconds(1);
    bool more = !over();
    while (more) {
      if (interrupt_signal() != 0) {
        if (const Status status = save(); !status.ok()) return status.error();
        return Ending::interrupted;
      }
      const Advance advance = experiment_.advance(kSliceMilliseconds);
      if (options_.verbose) {
        for (const auto& epoch : advance.epochs) console_.print(prefix_ + epoch_line(epoch, experiment_));
      }
      more = advance.more && !over();
      if (console_.has_live_line() && seconds_since(shown) >= kLiveLineSeconds) {
        console_.live(live_line(experiment_, prefix_));
        shown = Clock::now();
      }
      if (more && seconds_since(saved) >= options_.checkpoint_every) {
        if (const Status status = save(); !status.ok()) return status.error();
        saved = Clock::now();
      }
    }
    console_.clear_live();
    if (const Status status = save(); !status.ok()) return status.error();
    return experiment_.progress().failed ? Ending::failed : Ending::done;
  }

 private:
  [[nodiscard]] bool over() const {
    return plan_.pretext_only ? experiment_.rotation_result() != nullptr : experiment_.progress().finished;
  }

  Status save() {
    if (options_.checkpoint.empty()) return Ok{};
    return write_output(options_.checkpoint, experiment_.checkpoint());
  }

  Experiment& experiment_;
  const Options& options_;
  const Plan& plan_;
  Console& console_;
  std::string prefix_;
};

Status check_outputs(const Options& options, std::uint64_t seed) {
  for (const std::string& path : {with_seed(options.save, seed), options.checkpoint}) {
    if (path.empty()) continue;
    if (Status status = check_writable(path); !status.ok()) return status;
  }
  if (!options.json.empty() && !options.json_to_stdout()) return check_writable(options.json);
  return Ok{};
}

/// The files that a run begins from, read before anything is computed.
struct Beginning {
  std::vector<std::uint8_t> init;    ///< weights; empty: none
  std::vector<std::uint8_t> resume;  ///< checkpoint; empty: none
  Preset preset = Preset::unit;      ///< the user's, else the one that these files were made with
};

Result<Beginning> read_beginning(const Options& options, const Plan& plan) {
  Beginning beginning;
  if (!options.init.empty()) {
    Result<std::vector<std::uint8_t>> file = read_file(options.init);
    if (file.ok()) {
      const Result<std::optional<Preset>> preset = stored_preset(file.value(), options.init);
      if (!preset.ok()) return preset.error();
      beginning.preset = preset.value().value_or(beginning.preset);
      if (plan.init_pretext_only) file = keep_network(file.value(), "rotnet", options.init);
    }
    if (!file.ok()) return file.error();
    beginning.init = std::move(file).value();
  }
  if (!options.resume.empty()) {
    Result<std::vector<std::uint8_t>> file = read_file(options.resume);
    if (!file.ok()) return file.error();
    const Result<std::optional<Preset>> preset = stored_preset(file.value(), options.resume);
    if (!preset.ok()) return preset.error();
    beginning.preset = preset.value().value_or(beginning.preset);
    beginning.resume = std::move(file).value();
  }
  beginning.preset = options.preset.value_or(beginning.preset);
  return beginning;
}

Status load_init(Experiment& experiment, const Beginning& beginning, const Options& options) {
  if (options.init.empty()) return Ok{};
  const Status status = experiment.load_weights(beginning.init);
  if (!status.ok()) return Error{"'" + options.init + "': " + status.error().message};
  return Ok{};
}

/// The rest of a run from a checkpoint, which brings its settings along.
Status load_checkpoint(Experiment& experiment, const Beginning& beginning, const Options& options, const Plan& plan) {
  if (options.resume.empty()) return Ok{};
  const Status status = experiment.restore(beginning.resume);
  if (!status.ok()) return Error{"'" + options.resume + "': " + status.error().message};
  // A run that diverged is resumed by giving it another rate.
  if (const Recovery* recovery = experiment.recovery(); recovery != nullptr) {
    const Run run = recovery->run;
    ExperimentSettings asked = experiment.settings();
    apply_options(options, plan.runs, asked);
    if (asked[run].learning_rate != experiment.settings()[run].learning_rate) {
      if (const Status gone = experiment.go_on(asked[run].learning_rate); !gone.ok()) return gone;
    }
  }
  const std::string fault = resume_fault(options, plan.runs, experiment.settings());
  if (!fault.empty()) return Error{"'" + options.resume + "' cannot be resumed like this: " + fault};
  return Ok{};
}

Status save_weights(const Experiment& experiment, const std::string& path, const Plan& plan) {
  const std::vector<std::uint8_t> weights = experiment.save_weights();
  if (!plan.pretext_only) return write_output(path, weights);
  // The arms' untrained weights would only be in the way of a later --init.
  const Result<std::vector<std::uint8_t>> rotnet = keep_network(weights, "rotnet", path);
  if (!rotnet.ok()) return rotnet.error();
  return write_output(path, rotnet.value());
}

std::string interrupted_message(const Experiment& experiment, const Options& options, const std::string& command) {
  std::string message =
      interrupt_signal() == 2 ? "stopped by Ctrl-C" : "stopped by signal " + std::to_string(interrupt_signal());
  message += " in " + where(experiment);
  if (options.checkpoint.empty()) return message + "; nothing was kept (--checkpoint FILE keeps the state)";
  const std::string file = shell_quoted(options.checkpoint);
  return message + "; go on with: " + command + " --checkpoint " + file + " --resume " + file;
}

/// What failed, where the last good weights are, and how to go on. `saved`: the file they were saved to, or empty.
std::string failed_message(const Experiment& experiment, const std::string& saved, const std::string& checkpoint,
                           const std::string& command) {
  std::string message(experiment.failure());
  if (!saved.empty()) message += "; the last good weights are in " + printable(saved);
  if (checkpoint.empty() || experiment.recovery() == nullptr) return message;
  const std::string file = shell_quoted(checkpoint);
  return message + "; the command: " + command + " --checkpoint " + file + " --resume " + file;
}

/// Faults of the options that only their combination shows; empty: none.
std::string combination_fault(const Options& options) {
  const bool several = options.seeds.size() > 1;
  if (several && (!options.checkpoint.empty() || !options.resume.empty())) {
    return "--checkpoint and --resume hold one run; give them with --seed instead of --seeds";
  }
  if (several && !options.save.empty() && options.save.find(kSeedMark) == std::string::npos) {
    return "--save with several seeds needs {seed} in the file name, as in weights-{seed}.safetensors";
  }
  return {};
}

/// One command at work: what all its seeds share.
class Session {
 public:
  Session(const Options& options, const Plan& plan, const Beginning& beginning, const DataChoice& choice,
          const DataSource& data, Compute& compute)
      : options_(options),
        plan_(plan),
        beginning_(beginning),
        choice_(choice),
        data_(data),
        compute_(compute),
        splits_(notebook_splits(data.train.count(), data.test.count())),
        several_(options.seeds.size() > 1),
        console_(options.json_to_stdout()) {
    // Another instruction set of this machine may belong to the other arithmetic family, so it is part of the command.
    const auto isas = Compute::available_isas();
    if (!isas.empty() && compute.isa() != isas.front()) isa_option_ = compute.isa();
  }

  int run() {
    if (options_.labels.has_value() && *options_.labels > splits_.downstream.count()) {
      return complain("--labels " + std::to_string(*options_.labels) +
                          " is more than the downstream slice has; give 1 to " +
                          std::to_string(splits_.downstream.count()),
                      kExitUsage);
    }
    catch_interrupts();
    print_beginning();
    const std::vector<std::uint64_t> seeds = seeds_of(options_);
    for (const std::uint64_t seed : seeds) {
      const int code = run_seed(seed);
      if (code != 0) {
        if (!finished_.empty()) console_.print("\n" + seeds_text(finished_, splits_, data_));
        return code;
      }
    }
    if (several_) {
      console_.print("\n" + seeds_text(finished_, splits_, data_) + "Time: " + duration(seconds_since(start_)) +
                     " in all\n");
    }
    if (const Status status = write_json(); !status.ok()) return complain(status.error().message, kExitFailure);
    if (const Status status = console_.finish(); !status.ok()) return complain(status.error().message, kExitFailure);
    return 0;
  }

 private:
  void print_beginning() {
    console_.print("Quarterturn " QUARTERTURN_VERSION ": " + std::string(compute_.isa()) + ", " +
                   std::to_string(compute_.threads()) + (compute_.threads() == 1 ? " thread, " : " threads, ") +
                   arithmetic_text(compute_) + "\nData: " + printable(data_.source) + " (" + printable(choice_.reason) +
                   ")\n" + shapes_text(splits_));
    if (options_.show) console_.print(rotations_text(data_, splits_.pretext.first + kTurnedImage, console_.columns()));
    console_.print(layers_text(plan_.runs));
  }

  int run_seed(std::uint64_t asked_seed) {
    const Clock::time_point start = Clock::now();
    ExperimentSettings settings = experiment_settings(options_, plan_.runs, asked_seed);
    settings.preset = beginning_.preset;
    const Result<std::unique_ptr<Experiment>> created = Experiment::create(compute_, data_, settings);
    if (!created.ok()) return complain(created.error().message, kExitFailure);
    Experiment& experiment = *created.value();
    if (const Status status = load_init(experiment, beginning_, options_); !status.ok()) {
      return complain(status.error().message, kExitFailure);
    }
    if (const Status status = load_checkpoint(experiment, beginning_, options_, plan_); !status.ok()) {
      return complain(status.error().message, kExitFailure);
    }
    const std::uint64_t seed = experiment.settings().seed;
    const auto command_with = [&](const ExperimentSettings& used) {
      return reproducing_command(options_, plan_.runs, used, splits_.downstream.count(), data_option(choice_),
                                 isa_option_);
    };
    const std::string command = command_with(experiment.settings());
    if (!plan_.pretext_only && !experiment.note().empty())
      console_.print("Note: " + std::string(experiment.note()) + "\n");

    Driver driver(experiment, options_, plan_, console_, several_ ? "seed " + std::to_string(seed) + ": " : "");
    const Result<Ending> ending = driver.drive();
    console_.clear_live();
    if (!ending.ok()) return complain(ending.error().message, kExitFailure);
    if (ending.value() == Ending::failed) {
      // Not under the name of a finished run's weights: an older file may lie there.
      const std::string saved = options_.save.empty() ? "" : with_seed(options_.save, seed) + ".last-good";
      if (!saved.empty()) {
        const Status status = save_weights(experiment, saved, plan_);
        if (!status.ok())
          return complain(std::string(experiment.failure()) + "; " + status.error().message, kExitFailure);
      }
      ExperimentSettings lowered = experiment.settings();
      const Recovery* recovery = experiment.recovery();
      if (recovery != nullptr) lowered[recovery->run].learning_rate = recovery->rate;
      return complain(failed_message(experiment, saved, options_.checkpoint, command_with(lowered)), kExitFailure);
    }
    if (ending.value() == Ending::interrupted) {
      return complain(interrupted_message(experiment, options_, command), 128 + interrupt_signal());
    }

    if (!options_.save.empty()) {
      const Status status = save_weights(experiment, with_seed(options_.save, seed), plan_);
      if (!status.ok()) return complain(status.error().message, kExitFailure);
    }
    if (!options_.json.empty()) {
      Json run = run_json(experiment, plan_.runs, data_);
      run["seconds"] = seconds_since(start);
      run["reproduce"] = experiment.rate_changed_midway() ? Json(nullptr) : Json(command);
      runs_json_.push_back(std::move(run));
    }
    if (several_) {
      finished_.push_back(seed_result(experiment));
      console_.print("Seed " + std::to_string(seed) + ": done in " + duration(seconds_since(start)) + ", signature " +
                     experiment.signature() + "\n  " + command + "\n");
    } else {
      print_run(experiment, seed, command);
    }
    return 0;
  }

  void print_run(Experiment& experiment, std::uint64_t seed, const std::string& command) {
    console_.print(history_text(experiment, plan_.runs));
    if (options_.show && !plan_.pretext_only) {
      const std::size_t index = splits_.downstream.first + std::min(kPredictedImage, splits_.downstream.count() - 1);
      const auto image = quarter_turned(data_.train.image(index), 0);
      console_.print("Predictions for train[" + std::to_string(index) + "], label " +
                     std::to_string(data_.train.labels[index]) + "\n" +
                     prediction_text(image, experiment.predict(image), plan_.runs, console_.columns()));
    }
    console_.print(results_text(experiment, plan_.runs, data_));
    if (options_.show) console_.print(confusion_text(experiment, plan_.runs));
    if (experiment.rate_changed_midway()) {
      console_.print(
          "The learning rate was changed while this run trained, so the command below does not reproduce it.\n");
    }
    std::string end = "Time: " + duration(seconds_since(start_)) + " in all\nSignature: " + experiment.signature() +
                      " (" + (compute_.fused() ? "fused" : "unfused") + " arithmetic)\nReproduce: " + command + "\n";
    if (!options_.save.empty()) end += "Weights: " + printable(with_seed(options_.save, seed)) + "\n";
    console_.print(end);
  }

  Status write_json() {
    if (options_.json.empty()) return Ok{};
    Json json = {{"program", "quarterturn"},
                 {"command", options_.command},
                 {"environment", environment_json(compute_)},
                 {"data", data_json(data_, splits_)},
                 {"seconds", seconds_since(start_)},
                 {"runs", std::move(runs_json_)}};
    if (several_) json["summary"] = seeds_json(finished_);
    return options_.json_to_stdout() ? write_standard_output(json_text(json))
                                     : write_output(options_.json, json_text(json));
  }

  const Options& options_;
  const Plan& plan_;
  const Beginning& beginning_;
  const DataChoice& choice_;
  const DataSource& data_;
  Compute& compute_;
  Clock::time_point start_ = Clock::now();
  Splits splits_;
  bool several_;
  std::string isa_option_;
  Console console_;
  std::vector<SeedResult> finished_;
  Json runs_json_ = Json::array();
};

}  // namespace

int train_and_report(const Options& options, const Plan& plan) {
  if (const std::string fault = combination_fault(options); !fault.empty()) return complain(fault, kExitUsage);
  const std::vector<std::uint64_t> seeds = seeds_of(options);
  for (const std::uint64_t seed : seeds) {
    const Status status = check_outputs(options, seed);
    if (!status.ok()) return complain(status.error().message, kExitFailure);
  }
  const Result<Beginning> beginning = read_beginning(options, plan);
  if (!beginning.ok()) return complain(beginning.error().message, kExitFailure);
  const Result<DataChoice> choice = choose_data(options.data);
  if (!choice.ok()) return complain(choice.error().message, kExitUsage);
  const Result<DataSource> data = load(choice.value());
  if (!data.ok()) return complain(data.error().message, kExitFailure);
  const Result<std::unique_ptr<Compute>> compute = Compute::create({options.threads, options.isa});
  if (!compute.ok()) return complain(compute.error().message, kExitFailure);
  return Session(options, plan, beginning.value(), choice.value(), data.value(), *compute.value()).run();
}

}  // namespace quarterturn::cli
