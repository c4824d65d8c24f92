#include "cli/program.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <sstream>
#include <utility>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "core/join.hpp"

namespace quarterturn::cli {
namespace {

/// CLI11's help without the unlisted options and with one line a command.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    if (group == kUnlisted) return {};
    return CLI::Formatter::make_group(group, is_positional, std::move(options));
  }
  std::string make_subcommand(const CLI::App* command) const override {
    const std::string description = command->get_description();
    std::ostringstream line;
    CLI::detail::format_help(line, command->get_name(), description.substr(0, description.find('\n')), column_width_);
    return line.str();
  }
  std::string make_help(const CLI::App* command, std::string name, CLI::AppFormatMode mode) const override {
    std::string text = CLI::Formatter::make_help(command, name, mode);
    for (std::size_t at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n", at)) text.erase(at, 1);
    return text;
  }
};

/// CLI11's message as one line that also says where help is.
std::string usage_message(const CLI::ParseError& error, const std::string& command) {
  std::string message = error.what();
  if (error.get_name() == "RequiredError" && command == "quarterturn") message = "no command given";
  std::replace(message.begin(), message.end(), '\n', ' ');
  message = printable(message);
  while (!message.empty() && (message.back() == ' ' || message.back() == '.')) message.pop_back();
  return message + "; see " + command + " --help";
}

}  // namespace

Result<Request> parse_command_line(std::vector<std::string> arguments) {
  const auto owner = std::make_shared<CLI::App>(
      "Quarterturn: a network learns to see by undoing quarter turns.\n"
      "Self-supervised learning (RotNet) on 28x28 digits, beside a supervised network and random features.\n",
      "quarterturn");
  CLI::App& program = *owner;
  program.set_version_flag("--version", "quarterturn " QUARTERTURN_VERSION);
  program.set_help_flag("-h,--help", "Show this help");
  program.require_subcommand(1);
  const auto formatter = std::make_shared<HelpFormatter>();
  formatter->column_width(34);
  program.formatter(formatter);
  const std::vector<Command> commands = {
      add_run_command(program),   add_pretext_command(program), add_head_command(program),
      add_probe_command(program), add_predict_command(program), add_digits_command(program),
      add_bench_command(program), add_info_command(program),
  };
  program.footer(
      "Each command has its own help: quarterturn run --help\n"
      "\n"
      "Examples:\n"
      "  quarterturn run                                     the whole experiment, once\n"
      "  quarterturn run --seeds 1..5 --json runs.json       five times, with mean and standard deviation\n"
      "  quarterturn pretext --save rotnet.safetensors       the pretext task alone\n"
      "  quarterturn head --init rotnet.safetensors          the classifiers on its features\n"
      "  quarterturn probe --init rotnet.safetensors         what a linear classifier reads from them\n"
      "\n"
      "Exit codes: 0 success, 1 failure, 2 bad usage. Ctrl-C and other signals end the program as they end any other\n"
      "(130 in a shell), after what is finished has been kept.");
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    program.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // --help, --version
      std::ostringstream text;
      program.exit(error, text, text);
      return Request{text.str(), {}};
    }
    std::string command = "quarterturn";
    for (const Command& each : commands) {
      if (each.parser->parsed()) command += " " + each.parser->get_name();
    }
    const std::vector<std::string> left = program.remaining(true);
    const bool no_command = command == "quarterturn";
    // CLI11 asks for a command first; the user's slip is what stands there instead of one.
    if (!left.empty() && (no_command || error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError))) {
      const std::string kind = no_command ? "command or option" : "argument of " + command;
      return Error{"'" + printable(left.front()) + "' is no " + kind + "; see " + command + " --help"};
    }
    return Error{usage_message(error, command)};
  }
  for (const Command& each : commands) {
    if (each.parser->parsed()) return Request{{}, [owner, execute = each.execute] { return execute(); }};
  }
  return Error{"no command given; see quarterturn --help"};
}

}  // namespace quarterturn::cli
