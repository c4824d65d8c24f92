#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/training_command.hpp"

namespace quarterturn::cli {

Command add_run_command(CLI::App& program) {
  CLI::App* parser = program.add_subcommand("run");
  const auto options = std::make_shared<Options>();
  options->command = "run";
  Plan plan{{Run::pretext, Run::self_supervised, Run::random, Run::supervised}};
  plan.probes = true;
  parser->description(
      "The whole experiment: pretext task, three arms, tests\n\n"
      "Trains RotNet to tell by how many quarter turns an image was rotated (the pretext task, no labels).\n"
      "Then trains three digit classifiers on 1,000 labelled images and tests them:\n"
      "  self-supervised  a new last layer on RotNet's features, which stay frozen\n"
      "  random           a new last layer on features that were never trained\n"
      "  supervised       the same network, all of it trained");
  add_data_option(*parser, *options);
  add_experiment_options(*parser, *options, plan.runs);
  add_seeds_option(*parser, *options);
  parser->add_option("--init", options->init, "Begin from these weights instead of random ones")
      ->type_name("FILE")
      ->group("Files");
  add_training_file_options(*parser, *options);
  add_json_option(*parser, *options);
  add_machine_options(*parser, *options);
  parser->footer(
      std::string(
          "Settings of a part: put --pretext-, --arms-, --self-supervised-, --random- or --supervised- before\n") +
      fit_option_list() +
      ",\nas in --pretext-epochs 10 or --random-patience 0.\n"
      "\n"
      "Examples:\n"
      "  quarterturn run --seed 1 --save weights.safetensors --json run.json\n"
      "  quarterturn run --preset notebook --seeds 1..5\n"
      "  quarterturn run --data generated --epochs 3 --show\n"
      "  quarterturn run --checkpoint state.safetensors          (Ctrl-C stops, then)\n"
      "  quarterturn run --checkpoint state.safetensors --resume state.safetensors");
  return {parser, [options, plan] { return train_and_report(*options, plan); }};
}

}  // namespace quarterturn::cli
