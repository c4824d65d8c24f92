#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/training_command.hpp"

namespace quarterturn::cli {

Command add_pretext_command(CLI::App& program) {
  CLI::App* parser = program.add_subcommand("pretext");
  const auto options = std::make_shared<Options>();
  options->command = "pretext";
  Plan plan{{Run::pretext}};
  plan.init_pretext_only = true;
  plan.pretext_only = true;
  parser->description(
      "The pretext task alone: train RotNet, save its weights\n\n"
      "Trains RotNet to tell by how many quarter turns an image was rotated, or another pretext task (--pretext). "
      "Labels\n"
      "are not used.\n"
      "The saved weights are what 'quarterturn head --init FILE' builds on.");
  add_data_option(*parser, *options);
  add_experiment_options(*parser, *options, plan.runs);
  parser->add_option("--init", options->init, "Begin from this RotNet instead of random weights")
      ->type_name("FILE")
      ->group("Files");
  add_training_file_options(*parser, *options);
  add_json_option(*parser, *options);
  add_machine_options(*parser, *options);
  parser->footer(
      "Also understood: --shuffle true|false, --validation-split PART, --patience N.\n"
      "\n"
      "Examples:\n"
      "  quarterturn pretext --epochs 10 --save rotnet.safetensors\n"
      "  quarterturn pretext --pretext jigsaw --epochs 10 --show\n"
      "  quarterturn pretext --init rotnet.safetensors --epochs 10 --save rotnet-20.safetensors");
  return {parser, [options, plan] { return train_and_report(*options, plan); }};
}

}  // namespace quarterturn::cli
