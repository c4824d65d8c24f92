#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/data_choice.hpp"
#include "cli/input_file.hpp"
#include "cli/options.hpp"
#include "cli/probe_report.hpp"
#include "cli/text.hpp"
#include "cli/weights_file.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"

namespace quarterturn::cli {
namespace {

struct ProbeOptions : Options {
  std::vector<std::string> features;
  std::vector<std::uint32_t> budgets;
  std::optional<double> penalty;
  std::uint64_t draws = 1;
};

/// The trained networks that a probe may read, and the pixel scale that they were trained with.
struct ProbedFile {
  std::vector<std::uint8_t> bytes;  ///< empty: there is none
  StoredChoices choices;
  std::vector<Run> trained;  ///< runs whose networks it holds
};

Result<ProbedFile> read_probed(const std::string& path) {
  ProbedFile file;
  if (path.empty()) return file;
  Result<std::vector<std::uint8_t>> bytes = read_input(path);
  if (!bytes.ok()) return bytes.error();
  file.bytes = std::move(bytes).value();
  const Result<StoredChoices> choices = stored_choices(file.bytes, path);
  if (!choices.ok()) return choices.error();
  file.choices = choices.value();
  for (const Run run : kAllRuns) {
    const Result<bool> found = has_network(file.bytes, tensor_prefix(run), path);
    if (!found.ok()) return found.error();
    if (found.value()) file.trained.push_back(run);
  }
  return file;
}

bool has_trained(const ProbedFile& file, const ProbeFeatures& features) {
  return !features.run.has_value() ||
         std::find(file.trained.begin(), file.trained.end(), *features.run) != file.trained.end();
}

/// Those asked for; else all that have been trained, and the untrained ones and the pixels beside them.
std::vector<ProbeFeatures> chosen_features(const ProbeOptions& options, const ProbedFile& file) {
  std::vector<ProbeFeatures> chosen;
  for (const ProbeFeatures& each : probe_features(kArms)) {
    const bool asked = std::find(options.features.begin(), options.features.end(), each.name) != options.features.end();
    if (options.features.empty() ? has_trained(file, each) : asked) chosen.push_back(each);
  }
  return chosen;
}

/// The command that fits the same probes again.
std::string command_of(const ProbeOptions& options, const ExperimentSettings& used, const Reproduction& reproduction) {
  std::string command = reproduction_start(options, used.preset, reproduction);
  command += " --seed " + std::to_string(used.seed);
  if (!options.features.empty()) command += " --features " + list_text(options.features);
  if (!options.budgets.empty()) command += " --labels " + list_text(options.budgets);
  if (options.penalty.has_value()) command += " --penalty " + shortest(*options.penalty);
  if (options.draws != ProbeOptions{}.draws) command += " --draws " + std::to_string(options.draws);
  if (!options.init.empty()) command += " --init " + shell_quoted(options.init);
  if (!options.resume.empty()) command += " --resume " + shell_quoted(options.resume);
  if (!reproduction.isa.empty()) command += " --isa " + reproduction.isa;
  return command;
}

int execute_probe(const ProbeOptions& options) {
  const bool resumed = !options.resume.empty();
  const std::string& path = resumed ? options.resume : options.init;
  const Result<ProbedFile> file = read_probed(path);
  if (!file.ok()) return complain(message_text(file.error()), kExitFailure);
  const std::vector<ProbeFeatures> features = chosen_features(options, file.value());
  for (const ProbeFeatures& each : features) {
    if (has_trained(file.value(), each)) continue;
    return complain("--features " + each.name +
                        " needs that network's trained weights; give --init FILE (quarterturn run --save FILE makes "
                        "one) or --resume FILE (a checkpoint)",
                    kExitUsage);
  }

  Result<DataChoice> choice = choose_data(options.data);
  if (!choice.ok()) return complain(message_text(choice.error()), kExitUsage);
  const Result<DataSource> data = load(choice.value());
  if (!data.ok()) return complain(message_text(data.error()), kExitFailure);
  std::vector<NamedFile> inputs = data_files(choice.value());
  inputs.push_back({resumed ? "the file of --resume" : "the file of --init", path});
  if (const int code = check_json_output(options, inputs); code != 0) return code;
  if (const Status status = check_expected_data(data.value(), options.expect_data); !status.ok()) {
    return complain(message_text(status.error()), kExitFailure);
  }
  const Splits splits = notebook_splits(data.value().train.count(), data.value().test.count());
  ProbePlan plan{options.budgets, options.penalty, options.draws};
  if (plan.labels.empty()) plan.labels = default_probe_labels(splits);
  if (const Status status = ProbeRun::check(data.value(), plan); !status.ok()) {
    return complain(message_text(status.error()), kExitUsage);
  }
  const Result<std::unique_ptr<Compute>> compute = Compute::create({options.threads, options.isa});
  if (!compute.ok()) return complain(message_text(compute.error()), kExitFailure);
  warn_of_threads(options);

  // An experiment is what holds the networks; nothing of it is trained here.
  ExperimentSettings settings;
  settings.seed = options.seed.value_or(settings.seed);
  settings.preset = options.preset.value_or(file.value().choices.preset.value_or(settings.preset));
  if (file.value().choices.task != nullptr) settings.pretext_task = file.value().choices.task;
  settings.arms = {};
  for (const Run run : file.value().trained) settings.arms.add(run);
  const Result<std::unique_ptr<Experiment>> experiment = Experiment::create(*compute.value(), data.value(), settings);
  if (!experiment.ok()) return complain(message_text(experiment.error()), kExitFailure);
  if (!file.value().bytes.empty()) {
    const Status status = resumed ? experiment.value()->restore(file.value().bytes)
                                  : experiment.value()->load_weights(file.value().bytes);
    if (!status.ok()) return complain("'" + printable(path) + "': " + message_text(status.error()), kExitFailure);
  }
  const Result<std::vector<ProbeAnswers>> answers =
      probe(*compute.value(), data.value(), *experiment.value(), features, plan);
  if (!answers.ok()) return complain(message_text(answers.error()), kExitFailure);
  const ExperimentSettings& used = experiment.value()->settings();
  const std::string command =
      command_of(options, used, reproduction_of(choice.value(), data_hash(data.value()), *compute.value()));
  return answer(options,
                {{"program", "quarterturn"},
                 {"command", "probe"},
                 {"environment", environment_json(*compute.value())},
                 {"data", data_json(data.value(), splits)},
                 {"weights", path.empty() ? Json(nullptr) : Json(path)},
                 {"seed", used.seed},
                 {"preset", std::string(name(used.preset))},
                 {"reproduce", command},
                 {"probes", probe_json(answers.value(), splits, data.value())}},
                probe_text(answers.value(), splits, data.value()) + "Reproduce: " + command + "\n");
}

}  // namespace

Command add_probe_command(CLI::App& program) {
  CLI::App* parser = program.add_subcommand("probe");
  const auto options = std::make_shared<ProbeOptions>();
  options->command = "probe";
  parser->description(
      "What a linear classifier reads from features, exactly\n\n"
      "Ridge regression on frozen features of the first labelled images, tested on all test images: no epochs, no\n"
      "learning rate, always the same answer. The penalty is the one of 13 from 0.01 to 10,000 with the least error "
      "on\n"
      "labelled images that are left out one at a time.");
  std::vector<std::string> names;
  for (const ProbeFeatures& each : probe_features(kArms)) names.push_back(each.name);
  parser
      ->add_option("--features", options->features,
                   "pretext, untrained, pixels, or an arm that trains its own: supervised,\nsupervised_adam, "
                   "fine_tuned, fine_tuned_adam; may be repeated, or a list with commas\n"
                   "(default: those of the networks in the file, untrained and pixels)")
      ->check(one_of(names))
      ->type_name("NAME")
      ->delimiter(',')
      ->group("Experiment");
  add_budgets_option(*parser, options->budgets);
  parser->add_option("--penalty", options->penalty, "The penalty, instead of the best one")
      ->check(decimal_number(1e-9, 1e9))
      ->type_name("NUMBER")
      ->group("Experiment");
  parser
      ->add_option(
          "--draws", options->draws,
          "The most separate sets of labelled images of each size that are fitted; the\nmean is printed (default 1)")
      ->check(whole_number(1, kMaxProbeDraws))
      ->type_name("N")
      ->group("Experiment");
  add_seed_option(*parser, *options, "Seed of the untrained weights (default 1, or that of --resume)");
  add_preset_option(*parser, *options);
  add_data_option(*parser, *options);
  add_expect_data_option(*parser, *options);
  CLI::Option* init =
      parser->add_option("--init", options->init, "Trained weights (quarterturn run --save FILE makes them)")
          ->type_name("FILE")
          ->group("Files");
  parser->add_option("--resume", options->resume, "A checkpoint, whose networks are probed as they are")
      ->type_name("FILE")
      ->group("Files")
      ->excludes(init);
  add_json_option(*parser, *options);
  add_machine_options(*parser, *options);
  parser->footer(
      "Examples:\n"
      "  quarterturn probe --init weights.safetensors\n"
      "  quarterturn probe --features untrained --labels 10,100 --draws 10\n"
      "  quarterturn probe --resume state.safetensors --features pretext --json -");
  return {parser, [options] { return execute_probe(*options); }};
}

}  // namespace quarterturn::cli
