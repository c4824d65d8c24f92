#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/compare_report.hpp"
#include "cli/console.hpp"
#include "cli/data_choice.hpp"
#include "cli/interrupt.hpp"
#include "cli/options.hpp"
#include "cli/probe_report.hpp"
#include "cli/text.hpp"
#include "cli/training_command.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"
#include "pretext/task.hpp"
#include "training/probe_run.hpp"

namespace quarterturn::cli {
namespace {

/// Trained beside the probes, with each budget.
constexpr ArmList kComparedArms = {Run::supervised, Run::supervised_adam, Run::fine_tuned, Run::fine_tuned_adam};

struct CompareOptions : Options {
  std::vector<std::string> tasks;      ///< empty: all
  std::vector<std::uint32_t> budgets;  ///< empty: the probe's default
};

/// Whether an arm's weights depend on the pretext network's.
bool on_pretext(Run arm) {
  return spec_of(arm).features == FeatureSource::pretext || spec_of(arm).features == FeatureSource::fine_tuned;
}

/// One comparison at work.
class Comparing {
 public:
  Comparing(const CompareOptions& options, const DataSource& data, Compute& compute, const DataChoice& choice)
      : options_(options),
        data_(data),
        compute_(compute),
        choice_(choice),
        splits_(notebook_splits(data.train.count(), data.test.count())),
        arms_(options.arms.value_or(kComparedArms)),
        console_(options.json_to_stdout()) {
    for (const PretextTask& task : pretext_tasks()) {
      const auto& wanted = options.tasks;
      if (wanted.empty() || std::find(wanted.begin(), wanted.end(), dashed(task.name)) != wanted.end()) {
        tasks_.push_back(&task);
      }
    }
    found_.labels = options.budgets.empty() ? default_probe_labels(splits_) : options.budgets;
    describe_curves();
  }

  int run() {
    const ProbePlan plan{found_.labels, std::nullopt, 1};
    if (const Status status = ProbeRun::check(data_, plan); !status.ok()) {
      return complain(message_text(status.error()), kExitUsage);
    }
    catch_interrupts();
    console_.print("Quarterturn " QUARTERTURN_VERSION ": " + std::string(compute_.isa()) + ", " +
                   std::to_string(compute_.threads()) + (compute_.threads() == 1 ? " thread, " : " threads, ") +
                   arithmetic_text(compute_) + "\nData: " + printable(data_title(data_.source)) + " (" +
                   printable(choice_.reason) + ")\n" + std::to_string(found_.curves.size()) + " curves of " +
                   std::to_string(found_.labels.size()) + " budgets of labels\n\n");
    int code = 0;
    std::string stopped;
    const std::vector<std::uint64_t> seeds = wanted_seeds();
    for (const std::uint64_t seed : seeds) {
      const Clock::time_point start = Clock::now();
      prefix_ = "seed " + std::to_string(seed) + ", ";
      Result<SeedCurves> curves = compare(seed);
      const std::string fault = curves.ok() ? std::string() : message_text(curves.error());
      if (curves.ok()) {
        found_.seeds.push_back(std::move(curves).value());
        console_.clear_live();
        console_.print("Seed " + std::to_string(seed) + ": done in " + duration(seconds_since(start)) + "\n");
        if (interrupt_signal() == 0) continue;
      }
      code = interrupt_signal() != 0 ? 128 + interrupt_signal() : kExitFailure;
      stopped = fault.empty() ? signal_text(code - 128) + " after seed " + std::to_string(seed) : fault;
      if (found_.seeds.size() == seeds.size()) {
        stopped += ", when all was complete";
      } else {
        stopped += found_.seeds.empty() ? "; nothing was kept" : "; the finished seeds before it are kept";
      }
      break;
    }
    return finish(code, stopped, seeds);
  }

 private:
  [[nodiscard]] std::vector<std::uint64_t> wanted_seeds() const {
    return options_.seeds.empty() ? std::vector{options_.seed.value_or(ExperimentSettings{}.seed)} : options_.seeds;
  }

  void describe_curves() {
    for (const PretextTask* task : tasks_) {
      found_.curves.push_back({dashed(task->name), "pretext", std::string(task->name), "probe"});
    }
    found_.curves.push_back({"untrained", "untrained", "", "probe"});
    found_.references.push_back(found_.curves.size() - 1);
    if (tasks_.size() > 1) found_.references.push_back(0);
    found_.curves.push_back({"pixels", "pixels", "", "probe"});
    for (const Run arm : arms_) {
      const std::string learning(kOptimizers[static_cast<std::size_t>(spec_of(arm).optimizer)].name);
      if (!on_pretext(arm)) {
        found_.curves.push_back({dashed_name(arm), std::string(name(arm)), "", learning});
        continue;
      }
      for (const PretextTask* task : tasks_) {
        const std::string title = dashed_name(arm) + (tasks_.size() > 1 ? " of " + dashed(task->name) : "");
        found_.curves.push_back({title, std::string(name(arm)), std::string(task->name), learning});
      }
    }
  }

  /// The place of a curve that describe_curves() made; `task` empty: of none.
  [[nodiscard]] std::size_t place(std::string_view features, std::string_view task) const {
    const auto found = std::find_if(found_.curves.begin(), found_.curves.end(), [&](const Curve& curve) {
      return curve.features == features && curve.task == task;
    });
    return static_cast<std::size_t>(found - found_.curves.begin());
  }

  Status stop_or_show(const std::string& line) {
    if (interrupt_signal() != 0) {
      return error_of(signal_text(interrupt_signal()) + " in " + prefix_ + where_);
    }
    if (console_.reader_gone() && options_.json.empty()) return error_of("nobody reads the text any more");
    if (console_.has_live_line() && seconds_since(shown_) >= kLiveLineSeconds) {
      console_.live(line);
      shown_ = Clock::now();
    }
    return Ok{};
  }

  Status drive(Experiment& experiment) {
    while (!experiment.progress().over()) {
      if (const Status status = stop_or_show(live_line(experiment, prefix_ + where_ + ": ")); !status.ok()) {
        return status;
      }
      experiment.advance(kSliceMilliseconds);
    }
    if (experiment.progress().failed) {
      return error_of(prefix_ + where_ + ": " + message_text(experiment.failure()));
    }
    return Ok{};
  }

  /// The exact probe on a trunk's features, or on the pixels.
  Status probe(std::optional<std::span<const float>> trunk, Preset preset, std::vector<Marks>& marks) {
    const Result<std::unique_ptr<ProbeRun>> run =
        ProbeRun::create(compute_, data_, preset, trunk, {found_.labels, std::nullopt, 1});
    if (!run.ok()) return run.error();
    for (bool more = true; more;) {
      if (const Status status = stop_or_show(prefix_ + where_ + ": " + percent(run.value()->progress()));
          !status.ok()) {
        return status;
      }
      const Result<bool> advanced = run.value()->advance(kSliceMilliseconds);
      if (!advanced.ok()) return error_of(prefix_ + where_ + ": " + message_text(advanced.error()));
      more = advanced.value();
    }
    for (const ProbeBudget& budget : run.value()->budgets()) marks.push_back(budget.marks);
    return Ok{};
  }

  Result<SeedCurves> compare(std::uint64_t seed) {
    SeedCurves curves{seed, std::vector<std::vector<Marks>>(found_.curves.size())};
    for (const PretextTask* task : tasks_) {
      if (const Status status = compare(*task, task == tasks_.front(), curves); !status.ok()) return status.error();
    }
    return curves;
  }

  /// All curves of one task; with the first also those that depend on none.
  Status compare(const PretextTask& task, bool first, SeedCurves& curves) {
    ExperimentSettings settings = experiment_settings(options_, {kAllRuns.begin(), kAllRuns.end()}, curves.seed);
    settings.preset = options_.preset.value_or(settings.preset);
    settings.pretext_task = &task;
    settings.arms = {};
    where_ = dashed(task.name);
    const Result<std::unique_ptr<Experiment>> created = Experiment::create(compute_, data_, settings);
    if (!created.ok()) return created.error();
    Experiment& experiment = *created.value();
    Status status = drive(experiment);
    const auto probe_curve = [&](std::string_view features, std::string_view of,
                                 std::optional<std::span<const float>> trunk) {
      where_ = "probe of " + dashed(of.empty() ? features : of);
      if (status.ok()) status = probe(trunk, settings.preset, curves.marks[place(features, of)]);
    };
    probe_curve("pretext", task.name, experiment.rotnet().parameters().first(kTrunkParameters));
    if (first) {
      probe_curve("untrained", "", experiment.untrained_trunk());
      std::vector<Marks>& pixels = curves.marks[place("pixels", "")];
      if (found_.seeds.empty()) {
        probe_curve("pixels", "", std::nullopt);
      } else {
        pixels = found_.seeds.front().marks[place("pixels", "")];  // they know no seed
      }
    }
    ArmList arms;
    for (const Run arm : arms_) {
      if (first || on_pretext(arm)) arms.add(arm);
    }
    for (const std::uint32_t labels : found_.labels) {
      if (!status.ok() || arms.empty()) break;
      ExperimentSettings few = settings;
      few.arms = arms;
      few.labels = labels;
      where_ = dashed(task.name) + ", " + thousands(labels) + " labels";
      status = experiment.with_arms(few);
      if (status.ok()) status = drive(experiment);
      if (!status.ok()) break;
      for (const Run arm : arms) {
        const std::span<const std::uint8_t> predicted = experiment.predicted(arm);
        curves.marks[place(name(arm), on_pretext(arm) ? task.name : "")].emplace_back(predicted.begin(),
                                                                                      predicted.end());
      }
    }
    return status;
  }

  /// The whole comparison, also where only its first seeds are finished.
  [[nodiscard]] std::string command_of(const ExperimentSettings& settings,
                                       const std::vector<std::uint64_t>& seeds) const {
    Reproduction reproduction = reproduction_of(choice_, data_hash(data_), compute_);
    if (seeds.size() > 1) reproduction.seeds = seeds;
    if (tasks_.size() < pretext_tasks().size()) {
      for (const PretextTask* task : tasks_) reproduction.tasks.push_back(dashed_name(*task));
    }
    if (found_.labels != default_probe_labels(splits_)) reproduction.budgets = found_.labels;
    reproduction.default_arms = kComparedArms;
    return reproducing_command(options_, runs_of(arms_), settings, settings.labels, reproduction);
  }

  int finish(int code, const std::string& stopped, const std::vector<std::uint64_t>& seeds) {
    const bool complete = found_.seeds.size() == seeds.size();
    console_.clear_live();
    if (!found_.seeds.empty()) {
      console_.print("\n" + comparison_text(found_, data_));
      if (complete) console_.print("Time: " + duration(seconds_since(start_)) + " in all\n");
      ExperimentSettings settings = experiment_settings(options_, {kAllRuns.begin(), kAllRuns.end()}, seeds.front());
      settings.arms = arms_;
      const std::string command = command_of(settings, seeds);
      console_.print("Reproduce: " + command + "\n");
      Json fits = Json::object();
      for (const Run run : runs_of(arms_)) fits[std::string(name(run))] = fit_json(settings[run]);
      Json tasks = Json::array();
      for (const PretextTask* task : tasks_) tasks.push_back(std::string(task->name));
      const int written =
          write_json(options_, {{"program", "quarterturn"},
                                {"command", "compare"},
                                {"complete", complete},
                                {"stopped", complete || stopped.empty() ? Json(nullptr) : Json(stopped)},
                                {"environment", environment_json(compute_)},
                                {"data", data_json(data_, splits_)},
                                {"seconds", seconds_since(start_)},
                                {"preset", std::string(name(settings.preset))},
                                {"fit", std::move(fits)},
                                {"tasks", std::move(tasks)},
                                {"labels", found_.labels},
                                {"seeds", seeds},
                                {"reproduce", command},
                                {"curves", comparison_json(found_, data_)}});
      if (code == 0) code = written;
    }
    if (console_.reader_gone() && options_.json.empty() && closed_pipe_code() != 0) return closed_pipe_code();
    if (!stopped.empty()) complain(stopped, code);
    return console_.finish(code);
  }

  const CompareOptions& options_;
  const DataSource& data_;
  Compute& compute_;
  const DataChoice& choice_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_;
  Splits splits_;
  ArmList arms_;
  std::vector<const PretextTask*> tasks_;
  Console console_;
  Comparison found_;
  std::string prefix_;  // of the live line: the seed
  std::string where_;   // what is done for it
};

int execute_compare(const CompareOptions& options) {
  Result<DataChoice> choice = choose_data(options.data);
  if (!choice.ok()) return complain(message_text(choice.error()), kExitUsage);
  const Result<DataSource> data = load(choice.value());
  if (!data.ok()) return complain(message_text(data.error()), kExitFailure);
  if (const int code = check_json_output(options, data_files(choice.value())); code != 0) return code;
  if (const Status status = check_expected_data(data.value(), options.expect_data); !status.ok()) {
    return complain(message_text(status.error()), kExitFailure);
  }
  const Result<std::unique_ptr<Compute>> compute = Compute::create({options.threads, options.isa});
  if (!compute.ok()) return complain(message_text(compute.error()), kExitFailure);
  warn_of_threads(options);
  return Comparing(options, data.value(), *compute.value(), choice.value()).run();
}

}  // namespace

Command add_compare_command(CLI::App& program) {
  CLI::App* parser = program.add_subcommand("compare");
  const auto options = std::make_shared<CompareOptions>();
  options->command = "compare";
  parser->description(
      "Label curves: pretext tasks, untrained features, pixels and trained networks\n\n"
      "Trains RotNet on each pretext task and reads its features by the exact linear probe with 10 to 1,000 labels.\n"
      "Beside it stand untrained features, raw pixels and the arms of --arms, each trained again for every number of\n"
      "labels. Differences are taken image by image on the whole test set.");
  std::vector<std::string> tasks;
  std::string list;
  for (const PretextTask& task : pretext_tasks()) {
    tasks.push_back(dashed(task.name));
    list += (list.empty() ? "" : ", ") + tasks.back();
  }
  parser->add_option("--pretext", options->tasks, "Pretext tasks, several with commas: " + list + "\n(default: all)")
      ->check(one_of(tasks))
      ->type_name("LIST")
      ->delimiter(',')
      ->group("Experiment");
  add_budgets_option(*parser, options->budgets);
  add_arms_option(*parser, *options, kComparedArms);
  add_seed_option(*parser, *options);
  add_seeds_option(*parser, *options);
  add_preset_option(*parser, *options);
  add_fit_options(*parser, *options, {kAllRuns.begin(), kAllRuns.end()});
  add_data_option(*parser, *options);
  add_expect_data_option(*parser, *options);
  add_json_option(*parser, *options);
  add_machine_options(*parser, *options);
  parser->footer("Settings of a part: put --pretext-, --arms- or an arm's name, as --fine-tuned-adam-, before\n" +
                 fit_option_list() +
                 ".\n"
                 "\n"
                 "Examples:\n"
                 "  quarterturn compare --seeds 1..5 --json curves.json\n"
                 "  quarterturn compare --arms none --labels 10,100,1000\n"
                 "  quarterturn compare --arms supervised-adam,fine-tuned-adam --pretext-epochs 10");
  return {parser, [options] { return execute_compare(*options); }};
}

}  // namespace quarterturn::cli
