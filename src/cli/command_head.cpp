#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/options.hpp"
#include "cli/training_command.hpp"

namespace quarterturn::cli {
namespace {

int execute_head(const Options& options) {
  Plan plan;
  plan.init_pretext_only = true;
  for (const Run arm : options.arms.value_or(kNotebookArms)) {
    const bool chosen = options.chosen.empty() || std::find(options.chosen.begin(), options.chosen.end(),
                                                            dashed_name(arm)) != options.chosen.end();
    if (chosen) plan.runs.push_back(arm);
  }
  if (plan.runs.empty()) return complain("--arms none leaves nothing to train; name at least one arm", kExitUsage);
  const auto from_pretext = std::find_if(plan.runs.begin(), plan.runs.end(), [](Run arm) {
    const FeatureSource features = spec_of(arm).features;
    return features == FeatureSource::pretext || features == FeatureSource::fine_tuned;
  });
  if (options.init.empty() && options.resume.empty() && from_pretext != plan.runs.end()) {
    return complain("the " + dashed_name(*from_pretext) +
                        " arm needs a trained RotNet; give --init FILE (quarterturn pretext --save FILE makes one), "
                        "or choose --arm random or --arm supervised",
                    kExitUsage);
  }
  return train_and_report(options, plan);
}

}  // namespace

Command add_head_command(CLI::App& program) {
  CLI::App* parser = program.add_subcommand("head");
  const auto options = std::make_shared<Options>();
  options->command = "head";
  parser->description(
      "The arms alone: digit classifiers on a trained RotNet\n\n"
      "Trains the digit classifiers on labelled images and tests them. The self-supervised arm takes its frozen\n"
      "features from the RotNet in --init, and so do fine-tuned ones their first weights; the others need none.");
  std::vector<std::string> names;
  names.reserve(kNotebookArms.size());
  for (const Run arm : kNotebookArms) names.push_back(dashed_name(arm));
  CLI::Option* const one =
      parser
          ->add_option("--arm", options->chosen,
                       "self-supervised, random or supervised; may be repeated (default: all three)")
          ->check(one_of(names))
          ->type_name("NAME")
          ->type_size(1)
          ->expected(1)
          ->take_all()
          ->group("Experiment");
  add_arms_option(*parser, *options);
  one->excludes(parser->get_option("--arms"));
  add_data_option(*parser, *options);
  add_experiment_options(*parser, *options, {kArms.begin(), kArms.end()});
  parser->add_option("--init", options->init, "Weights file with a trained RotNet")->type_name("FILE")->group("Files");
  add_training_file_options(*parser, *options);
  add_json_option(*parser, *options);
  add_machine_options(*parser, *options);
  parser->footer(
      std::string("Settings of one arm: put --self-supervised-, --random-, --supervised- and so on before\n") +
      fit_option_list() +
      ".\n"
      "\n"
      "Examples:\n"
      "  quarterturn head --init rotnet.safetensors\n"
      "  quarterturn head --init rotnet.safetensors --arm self-supervised --labels 100\n"
      "  quarterturn head --arm supervised --epochs 20 --save supervised.safetensors");
  return {parser, [options] { return execute_head(*options); }};
}

}  // namespace quarterturn::cli
