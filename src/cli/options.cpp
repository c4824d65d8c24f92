#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "cli/console.hpp"
#include "cli/data_choice.hpp"
#include "cli/text.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"
#include "models/compute.hpp"
#include "parallel/processors.hpp"

namespace quarterturn::cli {
namespace {

constexpr std::size_t kMaxSeeds = 1000;

template <class T>
bool parse_whole(std::string_view text, T& value) {
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && end.ec == std::errc() && end.ptr == text.data() + text.size();
}

constexpr std::size_t fit_place(std::string_view name) {
  std::size_t place = 0;
  while (kFitTable[place].info.name != name) ++place;
  return place;
}
constexpr std::size_t kEpochsPlace = fit_place("epochs");

/// Settings that are rarely given for all runs at once: only the footer of a help text speaks of them.
bool is_rare(std::string_view name) { return name == "shuffle" || name == "validation_split" || name == "patience"; }

std::optional<SettingValue> parse_value(const SettingInfo& info, const std::string& text) {
  switch (info.kind) {
    case SettingKind::count:
      if (std::uint64_t whole = 0; parse_whole(text, whole) && whole < (std::uint64_t{1} << 53)) {
        return static_cast<double>(whole);
      }
      return std::nullopt;
    case SettingKind::real:
      // Read as the float that is stored: a double in between could round another way.
      if (float real = 0.0F; parse_whole(text, real)) return static_cast<double>(real);
      return std::nullopt;
    case SettingKind::flag:
      if (text == "true" || text == "false") return text == "true";
      return std::nullopt;
    case SettingKind::seed:
    case SettingKind::word:
    case SettingKind::arms:
      break;
  }
  return text;
}

/// "(default 50)", or "(default: pretext 192, self-supervised 64, else 32)".
std::string default_text(const Setting<FitSettings>& setting, const std::vector<Run>& runs) {
  const ExperimentSettings defaults;
  const auto text = [&](Run run) { return option_text(setting.info, value_of(setting, defaults[run])); };
  const auto rest_agrees = [&](auto first) {
    return std::all_of(first, runs.end(), [&](Run run) { return text(run) == text(*first); });
  };
  if (rest_agrees(runs.begin())) return "(default " + text(runs.front()) + ")";
  std::string list = "(default: ";
  auto run = runs.begin();
  for (; !rest_agrees(run); ++run) list += dashed_name(*run) + " " + text(*run) + ", ";
  return list + "else " + text(*run) + ")";
}

std::string type_name(SettingKind kind) {
  return kind == SettingKind::count ? "N" : (kind == SettingKind::real ? "NUMBER" : "true|false");
}

std::string not_whole(const std::string& text, std::uint64_t low, std::uint64_t high) {
  return "'" + printable(text) + "' is not a whole number from " + std::to_string(low) + " to " + std::to_string(high);
}

/// The options of `overrides` under --<prefix>batch and so on.
void add_fit_options(CLI::App& command, FitOverrides& overrides, const std::vector<Run>& runs,
                     const std::string& prefix, const std::string& group) {
  for (std::size_t i = 0; i < kFitTable.size(); ++i) {
    const Setting<FitSettings>& setting = kFitTable[i];
    const SettingInfo& info = setting.info;
    const auto check = [&info](std::string& text) -> std::string {
      const std::optional<SettingValue> value = parse_value(info, text);
      if (value.has_value() && check_value(info, info.name, *value).ok()) return {};
      if (info.kind != SettingKind::count) return "'" + printable(text) + "' is not " + message_text(range_of(info));
      return not_whole(text, static_cast<std::uint64_t>(info.least), static_cast<std::uint64_t>(info.most));
    };
    command
        .add_option_function<std::string>(
            "--" + prefix + dashed(info.name),
            [&info, &value = overrides[i]](const std::string& text) { value = parse_value(info, text); },
            std::string(info.text) + " " + default_text(setting, runs))
        ->check(CLI::Validator(check, ""))
        ->type_name(type_name(info.kind))
        ->group(prefix.empty() && is_rare(info.name) ? kUnlisted : group);
  }
}

void apply(const FitOverrides& overrides, FitSettings& fit) {
  for (std::size_t i = 0; i < kFitTable.size(); ++i) {
    if (const std::optional<SettingValue>& value = overrides[i]; value.has_value()) {
      static_cast<void>(set_value(kFitTable[i], kFitTable[i].info.name, *value, fit));  // checked when it was read
    }
  }
}

/// Appends the option where the setting differs from the default: once where all `runs` agree, else once for arms that
/// agree, else run by run.
void append_fit_option(std::string& command, const std::vector<Run>& runs, const ExperimentSettings& settings,
                       const Setting<FitSettings>& setting) {
  const ExperimentSettings defaults;
  const auto value = [&](Run run) { return value_of(setting, settings[run]); };
  const auto append = [&](const std::string& prefix, Run run) {
    command += " --" + prefix + dashed(setting.info.name) + " " + option_text(setting.info, value(run));
  };
  const auto changed = [&](Run run) { return value(run) != value_of(setting, defaults[run]); };
  const auto agree = [&](auto first) {
    return std::all_of(first, runs.end(), [&](Run run) { return value(run) == value(*first); });
  };
  if (std::none_of(runs.begin(), runs.end(), changed)) return;
  if (agree(runs.begin())) {
    append("", runs.front());
    return;
  }
  auto rest = runs.begin();
  if (*rest == Run::pretext) {
    if (changed(*rest)) append("pretext-", *rest);
    ++rest;
    if (agree(rest)) {
      if (std::any_of(rest, runs.end(), changed)) append("arms-", *rest);
      return;
    }
  }
  for (; rest != runs.end(); ++rest) {
    if (changed(*rest)) append(dashed_name(*rest) + "-", *rest);
  }
}

const SettingInfo& experiment_setting(std::string_view name) {
  return std::find_if(kExperimentTable.begin(), kExperimentTable.end(),
                      [name](const auto& setting) { return setting.info.name == name; })
      ->info;
}

std::uint32_t default_labels(std::size_t downstream_images) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(ExperimentSettings{}.labels, downstream_images));
}

/// 16 hexadecimal digits, which become small letters.
CLI::Validator hash_digits() {
  return {[](std::string& text) -> std::string {
            std::transform(text.begin(), text.end(), text.begin(),
                           [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
            if (text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string::npos) return {};
            return "'" + printable(text) + "' is not 16 hexadecimal digits, as a run prints them";
          },
          ""};
}

CLI::Validator isa_name() {
  return {[](std::string& text) -> std::string {
            std::string known;
            for (const std::string_view isa : Compute::available_isas()) {
              if (isa == text) return {};
              known += (known.empty() ? "" : ", ") + std::string(isa);
            }
            return "'" + printable(text) + "' does not run here; choose one of " + known;
          },
          ""};
}

}  // namespace

CLI::Validator whole_number(std::uint64_t low, std::uint64_t high) {
  return {[low, high](std::string& text) -> std::string {
            std::uint64_t value = 0;
            if (parse_whole(text, value) && value >= low && value <= high) {
              text = std::to_string(value);  // CLI11 would read "010" as octal
              return {};
            }
            return not_whole(text, low, high);
          },
          ""};
}

CLI::Validator one_of(std::vector<std::string> words) {
  return {[words = std::move(words)](std::string& text) -> std::string {
            std::string list;
            for (const std::string& word : words) {
              if (word == text) return {};
              list += (list.empty() ? "" : ", ") + word;
            }
            return "'" + printable(text) + "' is not one of " + list;
          },
          ""};
}

CLI::Validator decimal_number(double low, double high) {
  return {[low, high](std::string& text) -> std::string {
            double value = 0.0;
            if (parse_whole(text, value) && std::isfinite(value) && value >= low && value <= high) return {};
            return "'" + printable(text) + "' is not a number from " + shortest(static_cast<float>(low)) + " to " +
                   shortest(static_cast<float>(high));
          },
          ""};
}

std::string dashed(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

std::string dashed_name(Run run) { return dashed(name(run)); }
std::string dashed_name(const PretextTask& task) { return dashed(task.name); }

std::string fit_option_list() {
  std::string list;
  for (std::size_t i = 0; i < kFitTable.size(); ++i) {
    list += (i == 0 ? "" : (i + 1 == kFitTable.size() ? " or " : ", ")) + dashed(kFitTable[i].info.name);
  }
  return list;
}

std::string option_text(const SettingInfo& info, const SettingValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* word = std::get_if<std::string>(&value)) return *word;
  const double number = *std::get_if<double>(&value);
  return info.kind == SettingKind::count ? std::to_string(static_cast<std::uint64_t>(number))
                                         : shortest(static_cast<float>(number));
}

void add_machine_options(CLI::App& command, Options& options) {
  command
      .add_option("--threads", options.threads,
                  "Worker threads, 1 to 32 (default: one for each processor\nthat the program may use)")
      ->check(whole_number(1, kMaxThreads))
      ->type_name("N")
      ->group("Machine");
  command.add_option("--isa", options.isa, "Instruction set; 'quarterturn info' lists them (default: the widest)")
      ->check(isa_name())
      ->type_name("NAME")
      ->group("Machine");
}

void warn_of_threads(const Options& options) {
  const unsigned processors = usable_processors();
  if (options.threads <= processors) return;
  warn(std::to_string(options.threads) + " threads share " + std::to_string(processors) +
       (processors == 1 ? " processor" : " processors") +
       " that this program may use, which is slower than --threads " + std::to_string(processors));
}

void add_data_option(CLI::App& command, Options& options) {
  command
      .add_option("--data", options.data,
                  "Folder with MNIST's four files (or any like them), or 'generated', or\n"
                  "'generated:TRAIN:TEST:SEED'. Default: the folder that QUARTERTURN_MNIST\n"
                  "names, else data/mnist, else generated digits")
      ->check(CLI::Validator([](std::string& text) { return data_option_fault(text); }, ""))
      ->type_name("DIR|generated")
      ->group("Data");
}

void add_preset_option(CLI::App& command, Options& options) {
  command
      .add_option_function<std::string>(
          "--preset",
          [&options](const std::string& text) {
            options.preset = text == "notebook" ? Preset::notebook : Preset::unit;
          },
          std::string(experiment_setting("preset").text) +
              ".\nDefault: unit, or what --init and --resume were made with")
      ->check(one_of({"unit", "notebook"}))
      ->type_name("unit|notebook")
      ->group("Experiment");
}

void add_pretext_option(CLI::App& command, const PretextTask*& chosen, const std::string& text) {
  std::vector<std::string> tasks;
  std::string list;
  for (const PretextTask& task : pretext_tasks()) {
    tasks.push_back(dashed_name(task));
    list += "\n  " + tasks.back() + ": " + std::string(task.text);
  }
  command
      .add_option_function<std::string>(
          "--pretext",
          [&chosen](const std::string& word) {
            for (const PretextTask& task : pretext_tasks()) {
              if (dashed_name(task) == word) chosen = &task;
            }
          },
          text + " (default " + tasks.front() + "):" + list)
      ->check(one_of(tasks))
      ->type_name("TASK")
      ->group("Experiment");
}

void add_seed_option(CLI::App& command, Options& options, const std::string& text) {
  command
      .add_option("--seed", options.seed,
                  text.empty() ? std::string(experiment_setting("seed").text) + " (default 1)" : text)
      ->check(whole_number(0, UINT64_MAX))
      ->type_name("N")
      ->group("Experiment");
}

void add_budgets_option(CLI::App& command, std::vector<std::uint32_t>& budgets) {
  command
      .add_option("--labels", budgets,
                  "Labelled images, one number or several with commas\n(default 10,30,100,300,1000)")
      ->check(whole_number(1, 1'000'000))
      ->type_name("LIST")
      ->delimiter(',')
      ->group("Experiment");
}

void add_experiment_options(CLI::App& command, Options& options, const std::vector<Run>& runs) {
  const std::string group = "Experiment";
  add_seed_option(command, options);
  add_preset_option(command, options);
  if (runs.front() == Run::pretext) {
    add_pretext_option(command, options.task, std::string(experiment_setting(kPretextTaskPath).text));
  }
  const bool has_arms = runs.size() > 1 || runs.front() != Run::pretext;
  if (has_arms) {
    command.add_option("--labels", options.labels, std::string(experiment_setting("labels").text) + " (default 1000)")
        ->check(whole_number(1, 1'000'000))
        ->type_name("N")
        ->group(group);
  }
  add_fit_options(command, options, runs);
}

void add_fit_options(CLI::App& command, Options& options, const std::vector<Run>& runs) {
  add_fit_options(command, options.all, runs, "", "Experiment");
  if (runs.size() == 1) return;
  for (const Run run : runs) {
    add_fit_options(command, options.run_alone[static_cast<std::size_t>(run)], {run}, dashed_name(run) + "-",
                    kUnlisted);
  }
  if (runs.front() == Run::pretext) {
    add_fit_options(command, options.arms_together, {runs.begin() + 1, runs.end()}, "arms-", kUnlisted);
  }
}

void add_arms_option(CLI::App& command, Options& options, const ArmList& defaults) {
  const auto read = [](std::string text) {
    std::replace(text.begin(), text.end(), '-', '_');
    return arms_named(text);
  };
  std::string all;
  for (const Run arm : kArms) all += (all.empty() ? "" : ", ") + dashed_name(arm);
  command
      .add_option_function<std::string>(
          "--arms", [&options, read](const std::string& text) { options.arms = read(text); },
          std::string(experiment_setting("arms").text) + ": some of\n" + all + ",\nor none (default " +
              arms_text(defaults) + ")")
      ->check(CLI::Validator(
          [read, all](std::string& text) -> std::string {
            if (read(text).has_value()) return {};
            return "'" + printable(text) + "' is not a list of arms, each at most once, such as " +
                   arms_text(kNotebookArms) + "; there are " + all + ", or none";
          },
          ""))
      ->type_name("LIST")
      ->group("Experiment");
}

std::vector<Run> runs_of(const ArmList& arms) {
  std::vector<Run> runs = {Run::pretext};
  runs.insert(runs.end(), arms.begin(), arms.end());
  return runs;
}

std::string arms_text(const ArmList& arms) { return dashed(text_of(arms)); }

void add_seeds_option(CLI::App& command, Options& options) {
  const auto check = [](std::string& text) -> std::string {
    const auto seeds = parse_seeds(text);
    return seeds.ok() ? std::string() : message_text(seeds.error());
  };
  CLI::Option* seeds = command
                           .add_option_function<std::string>(
                               "--seeds",
                               [&options](const std::string& text) {
                                 if (const auto parsed = parse_seeds(text); parsed.ok()) options.seeds = parsed.value();
                               },
                               "Repeat for several seeds, 1..5 or 1,4,9, and print mean and standard deviation")
                           ->check(CLI::Validator(check, ""))
                           ->type_name("LIST")
                           ->group("Experiment");
  seeds->excludes(command.get_option("--seed"));
}

void add_training_file_options(CLI::App& command, Options& options) {
  command.add_option("--save", options.save, "Write the trained weights (safetensors)")
      ->type_name("FILE")
      ->group("Files");
  command.add_option("--checkpoint", options.checkpoint, "Write the whole state now and then, and on Ctrl-C")
      ->type_name("FILE")
      ->group("Files");
  command.add_option("--checkpoint-every", options.checkpoint_every, "Seconds between two checkpoints (default 30)")
      ->check(decimal_number(0.0, 1e6))
      ->type_name("SECONDS")
      ->group("Files");
  command.add_option("--resume", options.resume, "Go on from a checkpoint, with the settings it was made with")
      ->type_name("FILE")
      ->group("Files");
  command.add_option("--expect", options.expect, "Fail where the run ends with another signature than this")
      ->check(hash_digits())
      ->type_name("SIGNATURE")
      ->group("Experiment");
  add_expect_data_option(command, options);
  command.add_flag("--show", options.show, "Also print pictures, a stem plot and confusion matrices")->group("Output");
  command.add_flag("--verbose", options.verbose, "One line an epoch while it trains")->group("Output");
}

void add_expect_data_option(CLI::App& command, Options& options) {
  command
      .add_option("--expect-data", options.expect_data, "Fail at once where the images are not those with this hash")
      ->check(hash_digits())
      ->type_name("HASH")
      ->group("Data");
}

void add_json_option(CLI::App& command, Options& options) {
  command
      .add_option("--json", options.json,
                  "Write everything as JSON; '-' puts it on standard output\nand the text on standard error")
      ->type_name("FILE|-")
      ->group("Output");
}

Result<std::vector<std::uint64_t>> parse_seeds(const std::string& text) {
  std::vector<std::uint64_t> seeds;
  std::set<std::uint64_t> seen;
  const auto fault = [&](const std::string& why) {
    return error_of("'" + printable(text) + "' " + why + "; write them like 1..5 or 1,4,9");
  };
  std::string_view rest = text;
  while (true) {
    const std::size_t comma = rest.find(',');
    const std::string_view part = rest.substr(0, comma);
    const std::size_t dots = part.find("..");
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    bool good = parse_whole(part.substr(0, dots), first);
    last = first;
    if (good && dots != std::string_view::npos) good = parse_whole(part.substr(dots + 2), last);
    if (!good) return fault("is not a list of seeds");
    if (last < first) return fault("has a range that runs backwards");
    if (last - first >= kMaxSeeds || seeds.size() + (last - first) >= kMaxSeeds) {
      return fault("holds more than " + std::to_string(kMaxSeeds) + " seeds");
    }
    for (std::uint64_t i = 0; i <= last - first; ++i) {
      if (!seen.insert(first + i).second) return fault("names a seed twice");
      seeds.push_back(first + i);
    }
    if (comma == std::string_view::npos) return seeds;
    rest = rest.substr(comma + 1);
  }
}

void apply_options(const Options& options, const std::vector<Run>& runs, ExperimentSettings& settings) {
  settings.seed = options.seed.value_or(settings.seed);
  settings.preset = options.preset.value_or(settings.preset);
  settings.labels = options.labels.value_or(settings.labels);
  settings.arms = options.arms.value_or(settings.arms);
  if (options.task != nullptr) settings.pretext_task = options.task;
  for (const Run run : runs) {
    FitSettings& fit = settings[run];
    apply(options.all, fit);
    if (run != Run::pretext) apply(options.arms_together, fit);
    apply(options.run_alone[static_cast<std::size_t>(run)], fit);
  }
}

ExperimentSettings experiment_settings(const Options& options, const std::vector<Run>& runs, std::uint64_t seed) {
  ExperimentSettings settings;
  apply_options(options, runs, settings);
  settings.seed = seed;
  for (const Run run : kAllRuns) {
    if (std::find(runs.begin(), runs.end(), run) == runs.end()) settings[run].epochs = 0;
  }
  return settings;
}

std::string resume_fault(const Options& options, const std::vector<Run>& runs, const ExperimentSettings& stored) {
  ExperimentSettings asked = stored;
  apply_options(options, runs, asked);
  if (asked.seed != stored.seed) return "it was made with --seed " + std::to_string(stored.seed);
  if (asked.preset != stored.preset) return "it was made with --preset " + std::string(name(stored.preset));
  if (asked.pretext_task != stored.pretext_task)
    return "it was made with --pretext " + dashed_name(*stored.pretext_task);
  if (asked.labels != stored.labels) return "it was made with --labels " + std::to_string(stored.labels);
  if (asked.arms != stored.arms) return "it was made with --arms " + arms_text(stored.arms);
  for (const Run run : runs_of(stored.arms)) {
    const auto r = static_cast<std::size_t>(run);
    for (const Setting<FitSettings>& setting : kFitTable) {
      const SettingValue made = value_of(setting, stored[run]);
      if (made == value_of(setting, asked[run])) continue;
      return "it was made with --" + dashed_name(run) + "-" + dashed(setting.info.name) + " " +
             option_text(setting.info, made);
    }
    const bool wanted = std::find(runs.begin(), runs.end(), run) != runs.end();
    const bool zero_asked = options.all[kEpochsPlace].has_value() || options.run_alone[r][kEpochsPlace].has_value() ||
                            (run != Run::pretext && options.arms_together[kEpochsPlace].has_value());
    const std::uint32_t epochs = stored[run].epochs;
    if (wanted && epochs == 0 && !zero_asked)
      return "it was made by another command, which does not train " + dashed_name(run);
    if (!wanted && epochs != 0) return "it was made by another command, which also trains " + dashed_name(run);
  }
  return {};
}

std::string shell_quoted(const std::string& text) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=+,@%";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

std::string list_text(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) append_item(text, word, ",");
  return text;
}
std::string list_text(const std::vector<std::uint64_t>& numbers) {
  std::string text;
  for (const std::uint64_t number : numbers) append_item(text, std::to_string(number), ",");
  return text;
}
std::string list_text(const std::vector<std::uint32_t>& numbers) {
  return list_text(std::vector<std::uint64_t>(numbers.begin(), numbers.end()));
}

Reproduction reproduction_of(const DataChoice& choice, const std::string& hash, const Compute& compute) {
  Reproduction reproduction;
  reproduction.data = data_option(choice);
  // What --data says of generated digits makes them; a folder may hold anything, somewhere else.
  if (!choice.folder.empty()) reproduction.data_hash = hash;
  // Another instruction set of this machine may belong to the other arithmetic family, so it is part of the command.
  const auto isas = Compute::available_isas();
  if (!isas.empty() && compute.isa() != isas.front()) reproduction.isa = compute.isa();
  return reproduction;
}

std::string reproduction_start(const Options& options, Preset preset, const Reproduction& reproduction) {
  std::string command = "quarterturn " + options.command + " --data " + shell_quoted(reproduction.data);
  if (!reproduction.data_hash.empty()) command += " --expect-data " + reproduction.data_hash;
  return command + " --preset " + std::string(name(preset));
}

std::string reproducing_command(const Options& options, const std::vector<Run>& runs,
                                const ExperimentSettings& settings, std::size_t downstream_images,
                                const Reproduction& reproduction) {
  std::string command = reproduction_start(options, settings.preset, reproduction);
  if (reproduction.seeds.empty()) {
    command += " --seed " + std::to_string(settings.seed);
  } else {
    command += " --seeds " + list_text(reproduction.seeds);
  }
  if (!reproduction.tasks.empty()) {
    command += " --pretext " + list_text(reproduction.tasks);
  } else if (runs.front() == Run::pretext && settings.pretext_task != ExperimentSettings{}.pretext_task) {
    command += " --pretext " + dashed_name(*settings.pretext_task);
  }
  for (const auto& arm : options.chosen) command += " --arm " + arm;
  if (settings.arms != reproduction.default_arms) command += " --arms " + arms_text(settings.arms);
  const bool has_arms = runs.size() > 1 || runs.front() != Run::pretext;
  if (!reproduction.budgets.empty()) {
    command += " --labels " + list_text(reproduction.budgets);
  } else if (has_arms && settings.labels != default_labels(downstream_images)) {
    command += " --labels " + std::to_string(settings.labels);
  }
  for (const Setting<FitSettings>& setting : kFitTable) append_fit_option(command, runs, settings, setting);
  if (!options.init.empty()) command += " --init " + shell_quoted(options.init);
  if (!reproduction.isa.empty()) command += " --isa " + reproduction.isa;
  if (!reproduction.signature.empty()) command += " --expect " + reproduction.signature;
  return command;
}

}  // namespace quarterturn::cli
