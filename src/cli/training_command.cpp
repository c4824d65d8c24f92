#include "cli/training_command.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cli/answer.hpp"
#include "cli/console.hpp"
#include "cli/data_choice.hpp"
#include "cli/input_file.hpp"
#include "cli/interrupt.hpp"
#include "cli/output_file.hpp"
#include "cli/probe_report.hpp"
#include "cli/report.hpp"
#include "cli/text.hpp"
#include "cli/weights_file.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"
#include "pretext/quarter_turns.hpp"

namespace quarterturn::cli {
namespace {

/// The notebook shows the turns of image 4 and predicts image 9 of the downstream slice.
constexpr std::size_t kTurnedImage = 4;
constexpr std::size_t kPredictedImage = 9;

constexpr std::string_view kSeedMark = "{seed}";
/// Behind the name of --save: the weights before a failure. An older file of a finished run may have that name.
constexpr std::string_view kLastGood = ".last-good";

std::vector<std::uint64_t> seeds_of(const Options& options) {
  return options.seeds.empty() ? std::vector{options.seed.value_or(ExperimentSettings{}.seed)} : options.seeds;
}

/// Those that are known before a file is read: the seed of --resume is in the checkpoint.
std::vector<std::uint64_t> known_seeds(const Options& options) {
  return options.resume.empty() ? seeds_of(options) : std::vector<std::uint64_t>{};
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

/// `unread`: nobody reads the text any more, and no file was asked for.
enum class Ending : std::uint8_t { done, failed, interrupted, unread };

bool has_output_file(const Options& options) {
  return !options.save.empty() || !options.json.empty() || !options.checkpoint.empty();
}

/// Why no command gives this run again; empty where one does.
std::string why_not_reproducible(const Experiment& experiment) {
  if (experiment.arithmetic() == "mixed") {
    return "The run is mixed: it was resumed on a machine or an instruction set that rounds differently, so no command "
           "reproduces it.";
  }
  if (experiment.rate_changed_midway()) {
    return "The learning rate was changed while this run trained, so no command reproduces it.";
  }
  return {};
}

/// Drives one experiment to its end, a failure or Ctrl-C, writing checkpoints. One that cannot be written is reported
/// and tried again; the last one goes elsewhere then, so that a disk that is full for a while costs no run.
class Driver {
 public:
  Driver(Experiment& experiment, const Options& options, const Plan& plan, Console& console, std::string prefix)
      : experiment_(experiment), options_(options), plan_(plan), console_(console), prefix_(std::move(prefix)) {}

  Ending drive() {
    Clock::time_point saved = Clock::now();
    Clock::time_point shown = saved - std::chrono::seconds(1);
    bool more = !over();
    while (more) {
      if (interrupt_signal() != 0) return end(Ending::interrupted);
      const Advance advance = experiment_.advance(kSliceMilliseconds);
      if (options_.verbose) {
        for (const auto& epoch : advance.epochs) console_.print(prefix_ + epoch_line(epoch, experiment_));
      }
      if (console_.reader_gone() && !has_output_file(options_)) return end(Ending::unread);
      more = advance.more && !over();
      if (console_.has_live_line() && seconds_since(shown) >= kLiveLineSeconds) {
        console_.live(live_line(experiment_, prefix_));
        shown = Clock::now();
      }
      if (more && !options_.checkpoint.empty() && seconds_since(saved) >= options_.checkpoint_every) {
        save();
        saved = Clock::now();
      }
    }
    return end(experiment_.progress().failed ? Ending::failed : Ending::done);
  }

  /// The last checkpoint: the file that holds it, and the fault where it is not the file asked for.
  [[nodiscard]] const Written& checkpoint() const { return checkpoint_; }

 private:
  [[nodiscard]] bool over() const {
    return plan_.pretext_only ? experiment_.pretext_result() != nullptr : experiment_.progress().finished;
  }

  void save() {
    const Status status = write_output(options_.checkpoint, experiment_.checkpoint());
    if (!status.ok() && !warned_) {
      console_.clear_live();
      warn(message_text(status.error()) + "; the training goes on, and later checkpoints are tried");
    }
    warned_ = !status.ok();
  }

  Ending end(Ending ending) {
    console_.clear_live();
    if (!options_.checkpoint.empty()) checkpoint_ = write_or_rescue(options_.checkpoint, experiment_.checkpoint());
    return ending;
  }

  Experiment& experiment_;
  const Options& options_;
  const Plan& plan_;
  Console& console_;
  std::string prefix_;
  bool warned_ = false;
  Written checkpoint_;
};

/// What the weights file of a run holds.
Result<std::vector<std::uint8_t>> weights_of(const Experiment& experiment, const std::string& path, const Plan& plan) {
  std::vector<std::uint8_t> weights = experiment.save_weights();
  // The arms' untrained weights would only be in the way of a later --init.
  if (plan.pretext_only) return keep_network(weights, "rotnet", path);
  return weights;
}

std::vector<NamedFile> outputs_of(const Options& options, const std::vector<std::uint64_t>& seeds) {
  std::vector<NamedFile> outputs;
  if (!options.save.empty()) {
    for (const std::uint64_t seed : seeds) {
      outputs.push_back({"--save", with_seed(options.save, seed)});
      outputs.push_back({"--save, after a failure,", with_seed(options.save, seed) + std::string(kLastGood)});
    }
  }
  outputs.push_back({"--checkpoint", options.checkpoint});
  if (!options.json_to_stdout()) outputs.push_back({"--json", options.json});
  return outputs;
}

/// Two outputs that are one file, or an output that would destroy what the run begins from. Going on in the same
/// checkpoint, or from the same weights, is meant.
std::string shared_output_fault(const Options& options, const std::vector<std::uint64_t>& seeds,
                                const DataChoice& choice) {
  const std::vector<NamedFile> outputs = outputs_of(options, seeds);
  const NamedFile init{"the file of --init", options.init};
  const NamedFile resume{"the file of --resume", options.resume};
  std::string fault = shared_file_fault(outputs, data_files(choice));
  for (const NamedFile& output : outputs) {
    if (!fault.empty()) break;
    std::vector<NamedFile> inputs;
    if (output.option != "--save") inputs.push_back(init);
    if (output.option != "--checkpoint") inputs.push_back(resume);
    fault = shared_file_fault({output}, inputs);
  }
  return fault;
}

/// What will be written, with as many bytes as are known: those of a run's weights and of its checkpoint.
std::vector<PlannedFile> planned_files(const Options& options, const std::vector<std::uint64_t>& seeds,
                                       std::size_t weights, std::size_t checkpoint) {
  std::vector<PlannedFile> files;
  if (!options.checkpoint.empty()) files.push_back({options.checkpoint, checkpoint});
  if (!options.save.empty()) {
    for (const std::uint64_t seed : seeds) files.push_back({with_seed(options.save, seed), weights});
  }
  if (!options.json.empty() && !options.json_to_stdout()) files.push_back({options.json, kLeastJsonBytes});
  return files;
}

/// Whether the disks have room for what will be written.
Status check_room(const Experiment& experiment, const Options& options, const std::vector<std::uint64_t>& seeds,
                  const Plan& plan) {
  std::size_t weights = 0;
  if (!options.save.empty()) {
    const Result<std::vector<std::uint8_t>> bytes = weights_of(experiment, options.save, plan);
    if (!bytes.ok()) return bytes.error();
    weights = bytes.value().size();
  }
  const std::size_t checkpoint = options.checkpoint.empty() ? 0 : experiment.checkpoint().size();
  return check_outputs(planned_files(options, seeds, weights, checkpoint));
}

/// The files that a run begins from, read before anything is computed.
struct Beginning {
  std::vector<std::uint8_t> init;    ///< weights; empty: none
  std::vector<std::uint8_t> resume;  ///< checkpoint; empty: none
  /// The user's, else those that these files were made with.
  Preset preset = Preset::unit;
  const PretextTask* task = ExperimentSettings{}.pretext_task;
};

Status take_choices(std::span<const std::uint8_t> file, const std::string& path, Beginning& beginning) {
  const Result<StoredChoices> stored = stored_choices(file, path);
  if (!stored.ok()) return stored.error();
  beginning.preset = stored.value().preset.value_or(beginning.preset);
  if (stored.value().task != nullptr) beginning.task = stored.value().task;
  return Ok{};
}

Result<Beginning> read_beginning(const Options& options, const Plan& plan) {
  Beginning beginning;
  if (!options.init.empty()) {
    Result<std::vector<std::uint8_t>> file = read_input(options.init);
    if (file.ok()) {
      if (const Status status = take_choices(file.value(), options.init, beginning); !status.ok()) {
        return status.error();
      }
      if (plan.init_pretext_only) file = keep_network(file.value(), "rotnet", options.init);
    }
    if (!file.ok()) return file.error();
    beginning.init = std::move(file).value();
  }
  if (!options.resume.empty()) {
    Result<std::vector<std::uint8_t>> file = read_input(options.resume);
    if (!file.ok()) return file.error();
    if (const Status status = take_choices(file.value(), options.resume, beginning); !status.ok()) {
      return status.error();
    }
    beginning.resume = std::move(file).value();
  }
  beginning.preset = options.preset.value_or(beginning.preset);
  if (options.task != nullptr) beginning.task = options.task;
  return beginning;
}

Status load_init(Experiment& experiment, const Beginning& beginning, const Options& options) {
  if (options.init.empty()) return Ok{};
  const Status status = experiment.load_weights(beginning.init);
  if (!status.ok()) return error_of("'" + options.init + "': " + message_text(status.error()));
  return Ok{};
}

/// The rest of a run from a checkpoint, which brings its settings along.
Status load_checkpoint(Experiment& experiment, const Beginning& beginning, const Options& options, const Plan& plan) {
  if (options.resume.empty()) return Ok{};
  const Status status = experiment.restore(beginning.resume);
  if (!status.ok()) return error_of("'" + options.resume + "': " + message_text(status.error()));
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
  if (!fault.empty()) return error_of("'" + options.resume + "' cannot be resumed like this: " + fault);
  return Ok{};
}

/// How a stopped or failed run goes on from its checkpoint; empty where it has none.
std::string resume_text(const std::string& checkpoint, const std::string& command) {
  if (checkpoint.empty()) return {};
  const std::string file = shell_quoted(checkpoint);
  return command + " --checkpoint " + file + " --resume " + file;
}

/// Faults of the options that only their combination shows; empty: none.
std::string combination_fault(const Options& options) {
  const bool several = options.seeds.size() > 1;
  if (several && (!options.checkpoint.empty() || !options.resume.empty())) {
    return "--checkpoint and --resume hold one run; give them with --seed instead of --seeds";
  }
  if (several && !options.expect.empty())
    return "--expect is the signature of one run; give it with --seed instead of --seeds";
  for (const auto& [option, path] :
       {std::pair{"--save", &options.save}, std::pair{"--checkpoint", &options.checkpoint}}) {
    if (*path == "-")
      return std::string(option) + " needs a file; only --json can go to the standard output, as --json -";
  }
  if (options.init == "-" && options.resume == "-") return "--init and --resume cannot both read the standard input";
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
        data_hash_(data_hash(data)),
        console_(options.json_to_stdout()) {}

  int run() {
    if (options_.labels.has_value() && *options_.labels > splits_.downstream.count()) {
      return complain("--labels " + std::to_string(*options_.labels) +
                          " is more than the downstream slice has; give 1 to " +
                          std::to_string(splits_.downstream.count()),
                      kExitUsage);
    }
    catch_interrupts();
    print_beginning();
    Stop stop;
    for (const std::uint64_t seed : seeds_of(options_)) {
      stop = run_seed(seed);
      if (stop.code != 0) break;
    }
    return finish(stop);
  }

 private:
  void print_beginning() {
    console_.print("Quarterturn " QUARTERTURN_VERSION ": " + std::string(compute_.isa()) + ", " +
                   std::to_string(compute_.threads()) + (compute_.threads() == 1 ? " thread, " : " threads, ") +
                   arithmetic_text(compute_) + "\nData: " + printable(data_title(data_.source)) + " (" +
                   printable(choice_.reason) + ")\n" + shapes_text(splits_, *beginning_.task));
    if (options_.show) {
      console_.print(variants_text(data_, splits_.pretext.first + kTurnedImage, *beginning_.task, console_.columns()));
    }
    console_.print(layers_text(plan_.runs, *beginning_.task));
  }

  /// Why no further seed is run. Code 0: there is no reason.
  struct Stop {
    int code = 0;
    std::string message;  ///< one line; empty: nothing is left to say
  };

  static Stop failure(const Error& error) { return {kExitFailure, message_text(error)}; }

  Stop run_seed(std::uint64_t asked_seed) {
    const Clock::time_point start = Clock::now();
    ExperimentSettings settings = experiment_settings(options_, plan_.runs, asked_seed);
    settings.preset = beginning_.preset;
    settings.pretext_task = beginning_.task;
    const Result<std::unique_ptr<Experiment>> created = Experiment::create(compute_, data_, settings);
    if (!created.ok()) return failure(created.error());
    Experiment& experiment = *created.value();
    if (const Status status = load_init(experiment, beginning_, options_); !status.ok()) return failure(status.error());
    if (const Status status = load_checkpoint(experiment, beginning_, options_, plan_); !status.ok()) {
      return failure(status.error());
    }
    const std::uint64_t seed = experiment.settings().seed;
    if (runs_json_.empty()) {
      const std::vector<std::uint64_t> seeds = several_ ? options_.seeds : std::vector{seed};
      if (!options_.resume.empty()) {  // only now its seed is known, which may be part of a name
        const std::string fault = shared_output_fault(options_, seeds, choice_);
        if (!fault.empty()) return {kExitUsage, fault};
      }
      const Status status = check_room(experiment, options_, seeds, plan_);
      if (!status.ok()) return failure(status.error());
    }
    if (!plan_.pretext_only && experiment.note().has_value())
      console_.print("Note: " + message_text(experiment.note()) + "\n");

    Driver driver(experiment, options_, plan_, console_, several_ ? "seed " + std::to_string(seed) + ": " : "");
    const Ending ending = driver.drive();
    const Written& checkpoint = driver.checkpoint();
    if (!checkpoint.fault.empty()) report(checkpoint.fault);
    switch (ending) {
      case Ending::failed:
        return failed(experiment, checkpoint.path);
      case Ending::interrupted:
        return interrupted(experiment, checkpoint.path);
      case Ending::unread:
        return {closed_pipe_code() != 0 ? closed_pipe_code() : kExitFailure, {}};
      case Ending::done:
        break;
    }

    const std::string signature = experiment.signature();
    const std::string command = command_of(experiment.settings(), signature);
    Json probes_json;
    if (several_) {
      finished_.push_back(seed_result(experiment, plan_.runs, data_));
      console_.print("Seed " + std::to_string(seed) + ": done in " + duration(seconds_since(start)) + ", signature " +
                     signature + "\n  " +
                     (why_not_reproducible(experiment).empty() ? command : why_not_reproducible(experiment)) + "\n");
    } else {
      std::string probes_text;
      if (plan_.probes) {
        const Result<std::vector<ProbeAnswers>> probes = probe(compute_, data_, experiment, probe_features(plan_.runs),
                                                               {default_probe_labels(splits_), std::nullopt, 1});
        if (probes.ok()) {
          probes_text = probe_text(probes.value(), splits_, data_);
          probes_json = probe_json(probes.value(), splits_, data_);
        } else {
          report(message_text(probes.error()));
        }
      }
      print_run(experiment, command, probes_text);
    }
    if (!options_.save.empty()) {
      const Written written = save_weights(experiment, with_seed(options_.save, seed));
      if (!written.fault.empty()) report(written.fault);
      if (!several_ && !written.path.empty()) console_.print("Weights: " + printable(written.path) + "\n");
    }
    Json run = run_json(experiment, plan_.runs, data_);
    if (!probes_json.is_null()) run["probes"] = std::move(probes_json);
    run["seconds"] = seconds_since(start);
    run["arithmetic"] = experiment.arithmetic();
    run["reproduce"] = why_not_reproducible(experiment).empty() ? Json(command) : Json(nullptr);
    if (!options_.expect.empty()) run["expected_signature"] = options_.expect;
    runs_json_.push_back(std::move(run));
    if (!options_.expect.empty() && options_.expect != signature) {
      return {kExitFailure, "the run ends with signature " + signature + ", not with " + options_.expect +
                                " as --expect says: other data, settings, initial weights, arithmetic (here " +
                                (compute_.fused() ? "fused" : "unfused") + ") or another version of the program"};
    }
    // What a signal came too late to stop is whole, but the shell that sent it must know of it.
    if (interrupt_signal() != 0) {
      return {128 + interrupt_signal(), signal_text(interrupt_signal()) + " after the end of the run" +
                                            (several_ ? " of seed " + std::to_string(seed) : "") +
                                            ", whose results are complete"};
    }
    if (console_.reader_gone() && !has_output_file(options_) && closed_pipe_code() != 0)
      return {closed_pipe_code(), {}};
    return {};
  }

  Stop interrupted(const Experiment& experiment, const std::string& checkpoint) {
    std::string message = signal_text(interrupt_signal()) + " in ";
    if (several_) message += "seed " + std::to_string(experiment.settings().seed) + ", ";
    message += where(experiment);
    const std::string resume = resume_text(checkpoint, command_of(experiment.settings(), ""));
    if (!resume.empty()) {
      message += "; go on with: " + resume;
    } else if (several_ && !runs_json_.empty()) {
      message += "; this run is not kept, the finished ones before it are";
    } else {
      message += "; nothing was kept (--checkpoint FILE keeps the state)";
    }
    return {128 + interrupt_signal(), message};
  }

  /// What failed, where the last good weights are, and how to go on.
  Stop failed(const Experiment& experiment, const std::string& checkpoint) {
    std::string message = message_text(experiment.failure());
    const std::uint64_t seed = experiment.settings().seed;
    if (several_) message += "; seed " + std::to_string(seed);
    if (!options_.save.empty()) {
      const Written written = save_weights(experiment, with_seed(options_.save, seed) + std::string(kLastGood));
      if (!written.fault.empty()) report(written.fault);
      if (!written.path.empty()) message += "; the last good weights are in " + printable(written.path);
    }
    ExperimentSettings lowered = experiment.settings();
    const Recovery* recovery = experiment.recovery();
    if (recovery != nullptr) {
      lowered[recovery->run].learning_rate = recovery->rate;
      const std::string resume = resume_text(checkpoint, command_of(lowered, ""));
      if (!resume.empty()) message += "; the command: " + resume;
    }
    if (several_ && !runs_json_.empty()) message += "; the finished runs before it are kept";
    return {kExitFailure, message};
  }

  Written save_weights(const Experiment& experiment, const std::string& path) {
    const Result<std::vector<std::uint8_t>> weights = weights_of(experiment, path, plan_);
    if (!weights.ok()) return {{}, message_text(weights.error())};
    return write_or_rescue(path, weights.value());
  }

  /// `signature` empty: not known.
  std::string command_of(const ExperimentSettings& used, const std::string& signature) {
    Reproduction reproduction = reproduction_of(choice_, data_hash_, compute_);
    reproduction.signature = signature;
    return reproducing_command(options_, plan_.runs, used, splits_.downstream.count(), reproduction);
  }

  /// A fault that does not end the command at once, but makes it a failure.
  void report(const std::string& message) {
    console_.clear_live();
    code_ = complain(message, kExitFailure);
  }

  /// The summary, the JSON of the finished runs, and the reason why there are no more.
  int finish(const Stop& stop) {
    const bool complete = stop.code == 0;
    if (several_ && !finished_.empty()) {
      console_.print("\n" + seeds_text(finished_, splits_, data_, *beginning_.task));
      if (complete) console_.print("Time: " + duration(seconds_since(start_)) + " in all\n");
    }
    if (!runs_json_.empty() && !options_.json.empty()) {
      if (const int code = write_json(options_, json(stop)); code != 0) code_ = code;
    }
    console_.clear_live();
    if (!stop.message.empty()) complain(stop.message, stop.code);
    return console_.finish(stop.code != 0 ? stop.code : code_);
  }

  void print_run(Experiment& experiment, const std::string& command, const std::string& probes_text) {
    console_.print(history_text(experiment, plan_.runs));
    if (options_.show && !plan_.pretext_only) {
      const std::size_t index = splits_.downstream.first + std::min(kPredictedImage, splits_.downstream.count() - 1);
      const auto image = quarter_turned(data_.train.image(index), 0);
      console_.print(
          "Predictions for train[" + std::to_string(index) + "], label " + std::to_string(data_.train.labels[index]) +
          "\n" + prediction_text(image, experiment.predict(image), experiment.task(), plan_.runs, console_.columns()));
    }
    console_.print(results_text(experiment, plan_.runs, data_) + probes_text);
    if (options_.show) console_.print(confusion_text(experiment, plan_.runs));
    console_.print("Time: " + duration(seconds_since(start_)) + " in all\nSignature: " + experiment.signature() + " (" +
                   std::string(experiment.arithmetic()) + " arithmetic)\n");
    const std::string why_not = why_not_reproducible(experiment);
    console_.print(why_not.empty() ? "Reproduce: " + command + "\n" : why_not + "\n");
  }

  /// Every finished run. Where the command has stopped before its end, `complete` is false and `stopped` says why.
  Json json(const Stop& stop) {
    const bool complete = runs_json_.size() == seeds_of(options_).size();
    Json json = {{"program", "quarterturn"},
                 {"command", options_.command},
                 {"complete", complete},
                 {"stopped", complete || stop.message.empty() ? Json(nullptr) : Json(stop.message)},
                 {"environment", environment_json(compute_)},
                 {"data", data_json(data_, splits_)},
                 {"seconds", seconds_since(start_)},
                 {"runs", std::move(runs_json_)}};
    if (several_) {
      json["seeds"] = seeds_of(options_);
      json["summary"] = seeds_json(finished_, *beginning_.task);
    }
    return json;
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
  std::string data_hash_;
  Console console_;
  int code_ = 0;  ///< of faults that did not stop the command
  std::vector<SeedResult> finished_;
  Json runs_json_ = Json::array();
};

}  // namespace

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::string signal_text(int signal) {
  return signal == SIGINT ? "stopped by Ctrl-C" : "stopped by signal " + std::to_string(signal);
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

int train_and_report(const Options& options, const Plan& plan) {
  if (const std::string fault = combination_fault(options); !fault.empty()) return complain(fault, kExitUsage);
  if (const Status status = check_outputs(planned_files(options, known_seeds(options), 0, 0)); !status.ok()) {
    return complain(message_text(status.error()), kExitFailure);
  }
  const Result<Beginning> beginning = read_beginning(options, plan);
  if (!beginning.ok()) return complain(message_text(beginning.error()), kExitFailure);
  Result<DataChoice> choice = choose_data(options.data);
  if (!choice.ok()) return complain(message_text(choice.error()), kExitUsage);
  const Result<DataSource> data = load(choice.value());
  if (!data.ok()) return complain(message_text(data.error()), kExitFailure);
  if (const std::string fault = shared_output_fault(options, known_seeds(options), choice.value()); !fault.empty()) {
    return complain(fault, kExitUsage);
  }
  if (const Status status = check_expected_data(data.value(), options.expect_data); !status.ok()) {
    return complain(message_text(status.error()), kExitFailure);
  }
  const Result<std::unique_ptr<Compute>> compute = Compute::create({options.threads, options.isa});
  if (!compute.ok()) return complain(message_text(compute.error()), kExitFailure);
  warn_of_threads(options);
  return Session(options, plan, beginning.value(), choice.value(), data.value(), *compute.value()).run();
}

}  // namespace quarterturn::cli
