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
#include "cli/weights_file.hpp"
#include "core/join.hpp"

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
  std::optional<Preset> preset;
  bool pretext = false;
  bool supervised = false;
};

Result<ProbedFile> read_probed(const std::string& path) {
  ProbedFile file;
  if (path.empty()) return file;
  Result<std::vector<std::uint8_t>> bytes = read_input(path);
  if (!bytes.ok()) return bytes.error();
  file.bytes = std::move(bytes).value();
  const Result<std::optional<Preset>> preset = stored_preset(file.bytes, path);
  if (!preset.ok()) return preset.error();
  file.preset = preset.value();
  for (const auto& [prefix, has] : {std::pair{"rotnet", &file.pretext}, std::pair{"supervised", &file.supervised}}) {
    const Result<bool> found = has_network(file.bytes, prefix, path);
    if (!found.ok()) return found.error();
    *has = found.value();
  }
  return file;
}

/// Those asked for; else all that have been trained, and the untrained ones and the pixels beside them.
std::vector<ProbeFeatures> chosen_features(const ProbeOptions& options, const ProbedFile& file, bool resumed) {
  std::vector<ProbeFeatures> chosen;
  for (const ProbeFeatures& each : kProbeFeatures) {
    const bool trained = each.name == "pretext"      ? resumed || file.pretext
                         : each.name == "supervised" ? resumed || file.supervised
                                                     : true;
    const bool asked = std::find(options.features.begin(), options.features.end(), each.name) != options.features.end();
    if (options.features.empty() ? trained : asked) chosen.push_back(each);
  }
  return chosen;
}

int execute_probe(const ProbeOptions& options) {
  const bool resumed = !options.resume.empty();
  const std::string& path = resumed ? options.resume : options.init;
  if (const Status status =
          check_json_output(options, {{resumed ? "the file of --resume" : "the file of --init", path}});
      !status.ok()) {
    return complain(status.error().message, kExitFailure);
  }
  const Result<ProbedFile> file = read_probed(path);
  if (!file.ok()) return complain(file.error().message, kExitFailure);
  const std::vector<ProbeFeatures> features = chosen_features(options, file.value(), resumed);
  for (const ProbeFeatures& each : features) {
    const bool missing = (each.name == "pretext" && !resumed && !file.value().pretext) ||
                         (each.name == "supervised" && !resumed && !file.value().supervised);
    if (!missing) continue;
    return complain("--features " + std::string(each.name) +
                        " needs that network's trained weights; give --init FILE (quarterturn run --save FILE makes "
                        "one) or --resume FILE (a checkpoint)",
                    kExitUsage);
  }

  Result<DataChoice> choice = choose_data(options.data);
  if (!choice.ok()) return complain(choice.error().message, kExitUsage);
  const Result<DataSource> data = load(choice.value());
  if (!data.ok()) return complain(data.error().message, kExitFailure);
  const Splits splits = notebook_splits(data.value().train.count(), data.value().test.count());
  ProbePlan plan{options.budgets, options.penalty, options.draws};
  if (plan.labels.empty()) plan.labels = default_probe_labels(splits);
  if (const Status status = ProbeRun::check(data.value(), plan); !status.ok()) {
    return complain(status.error().message, kExitUsage);
  }
  const Result<std::unique_ptr<Compute>> compute = Compute::create({options.threads, options.isa});
  if (!compute.ok()) return complain(compute.error().message, kExitFailure);
  warn_of_threads(options);

  // An experiment is what holds the networks; nothing of it is trained here.
  ExperimentSettings settings;
  settings.seed = options.seed.value_or(settings.seed);
  settings.preset = options.preset.value_or(file.value().preset.value_or(settings.preset));
  const Result<std::unique_ptr<Experiment>> experiment = Experiment::create(*compute.value(), data.value(), settings);
  if (!experiment.ok()) return complain(experiment.error().message, kExitFailure);
  if (!file.value().bytes.empty()) {
    const Status status = resumed ? experiment.value()->restore(file.value().bytes)
                                  : experiment.value()->load_weights(file.value().bytes);
    if (!status.ok()) return complain("'" + printable(path) + "': " + status.error().message, kExitFailure);
  }
  const Result<std::vector<ProbeAnswers>> answers =
      probe(*compute.value(), data.value(), *experiment.value(), features, plan);
  if (!answers.ok()) return complain(answers.error().message, kExitFailure);
  const ExperimentSettings& used = experiment.value()->settings();
  return answer(options,
                {{"program", "quarterturn"},
                 {"command", "probe"},
                 {"environment", environment_json(*compute.value())},
                 {"data", data_json(data.value(), splits)},
                 {"weights", path.empty() ? Json(nullptr) : Json(path)},
                 {"seed", used.seed},
                 {"preset", std::string(name(used.preset))},
                 {"probes", probe_json(answers.value(), splits, data.value())}},
                probe_text(answers.value(), splits, data.value()));
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
  names.reserve(kProbeFeatures.size());
  for (const ProbeFeatures& each : kProbeFeatures) names.emplace_back(each.name);
  parser
      ->add_option("--features", options->features,
                   "pretext, untrained, supervised or pixels; may be repeated, or a list with commas\n"
                   "(default: those of the networks in the file, untrained and pixels)")
      ->check(one_of(names))
      ->type_name("NAME")
      ->delimiter(',')
      ->group("Experiment");
  parser
      ->add_option("--labels", options->budgets,
                   "Labelled images, one number or several with commas\n(default 10,30,100,300,1000)")
      ->check(whole_number(1, 1'000'000))
      ->type_name("LIST")
      ->delimiter(',')
      ->group("Experiment");
  parser->add_option("--penalty", options->penalty, "The penalty, instead of the best one")
      ->check(decimal_number(1e-9, 1e9))
      ->type_name("NUMBER")
      ->group("Experiment");
  parser
      ->add_option("--draws", options->draws,
                   "Fit up to so many separate sets of labelled images of each size, and print\nthe mean (default 1)")
      ->check(whole_number(1, kMaxProbeDraws))
      ->type_name("N")
      ->group("Experiment");
  parser->add_option("--seed", options->seed, "Seed of the untrained weights (default 1, or that of --resume)")
      ->check(whole_number(0, UINT64_MAX))
      ->type_name("N")
      ->group("Experiment");
  add_preset_option(*parser, *options);
  add_data_option(*parser, *options);
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
