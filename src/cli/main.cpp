// The `quarterturn` program: the experiment on the command line.
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/options.hpp"

namespace {

using quarterturn::cli::Command;
using quarterturn::cli::complain;
using quarterturn::cli::kExitFailure;
using quarterturn::cli::kExitUsage;

/// CLI11's message as one line that also says where help is.
std::string usage_message(const CLI::ParseError& error, const std::string& command) {
  std::string message = error.what();
  for (char& c : message) {
    if (c == '\n') c = ' ';
  }
  while (!message.empty() && (message.back() == ' ' || message.back() == '.')) message.pop_back();
  return message + "; see " + command + " --help";
}

int run(int argc, char** argv) {
  CLI::App program(
      "Quarterturn: a network learns to see by undoing quarter turns.\n"
      "Self-supervised learning (RotNet) on 28x28 digits, beside a supervised network and random features.",
      "quarterturn");
  program.set_version_flag("--version", "quarterturn " QUARTERTURN_VERSION);
  program.set_help_flag("-h,--help", "Show this help");
  program.require_subcommand(1);
  program.get_formatter()->column_width(34);
  const std::vector<Command> commands = {
      quarterturn::cli::add_run_command(program),    quarterturn::cli::add_pretext_command(program),
      quarterturn::cli::add_head_command(program),   quarterturn::cli::add_predict_command(program),
      quarterturn::cli::add_digits_command(program), quarterturn::cli::add_info_command(program),
  };
  program.footer(
      "Each command has its own help: quarterturn run --help\n"
      "\n"
      "Examples:\n"
      "  quarterturn run                                     the whole experiment, once\n"
      "  quarterturn run --seeds 1..5 --json runs.json       five times, with mean and standard deviation\n"
      "  quarterturn pretext --save rotnet.safetensors       the pretext task alone\n"
      "  quarterturn head --init rotnet.safetensors          the classifiers on its features\n"
      "\n"
      "Exit codes: 0 success, 1 failure, 2 bad usage, 130 stopped by Ctrl-C.");
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // --help, --version
      program.exit(error);
      const auto status = quarterturn::cli::write_standard_output("");
      return status.ok() ? 0 : complain(status.error().message, kExitFailure);
    }
    std::string command = "quarterturn";
    for (const Command& each : commands) {
      if (each.parser->parsed()) command += " " + each.parser->get_name();
    }
    return complain(usage_message(error, command), kExitUsage);
  }
  for (const Command& each : commands) {
    if (each.parser->parsed()) return each.execute();
  }
  return complain("no command given; see quarterturn --help", kExitUsage);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    return complain("out of memory", kExitFailure);
  } catch (const std::exception& error) {
    return complain(error.what(), kExitFailure);
  }
}
