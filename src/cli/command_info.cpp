#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/data_choice.hpp"
#include "cli/options.hpp"
#include "cli/report.hpp"
#include "cli/text.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"
#include "parallel/processors.hpp"

namespace quarterturn::cli {
namespace {

int execute_info(const Options& options) {
  const Result<std::unique_ptr<Compute>> made = Compute::create({options.threads, options.isa});
  if (!made.ok()) return complain(message_text(made.error()), kExitFailure);
  warn_of_threads(options);
  const Compute& compute = *made.value();
  Result<DataChoice> choice = choose_data(options.data);
  if (!choice.ok()) return complain(message_text(choice.error()), kExitUsage);
  const Result<DataSource> data = load(choice.value());
  if (const int code = check_json_output(options, data_files(choice.value())); code != 0) return code;

  Json json = {{"program", "quarterturn"}, {"environment", environment_json(compute)}};
  if (data.ok()) {
    json["data"] = data_json(data.value(), notebook_splits(data.value().train.count(), data.value().test.count()));
  } else {
    json["data"] = {{"error", message_text(data.error())}};
  }
  json["data"]["reason"] = choice.value().reason;

  std::string available;
  for (const auto& isa : Compute::available_isas()) available += (available.empty() ? "" : ", ") + std::string(isa);
  std::string text = "Quarterturn " QUARTERTURN_VERSION "\n";
  text += "  build             " + build_text() + "\n";
  text += "  instruction set   " + std::string(compute.isa()) + ", " + std::to_string(compute.lanes()) +
          " floats at a time (available: " + available + ")\n";
  text += "  arithmetic        " + arithmetic_text(compute) + "\n";
  const unsigned processors = usable_processors();
  text += "  threads           " + std::to_string(compute.threads()) + " (" + std::to_string(processors) +
          (processors == 1 ? " processor" : " processors") + " may be used)\n";
  if (data.ok()) {
    text += "  data              " + printable(data_title(data.value().source)) + ": " +
            thousands(data.value().train.count()) + " training and " + thousands(data.value().test.count()) +
            " test images\n                    (" + printable(choice.value().reason) + ")\n  data hash         " +
            data_hash(data.value()) + "\n";
  } else {
    text += "  data              not usable: " + printable(message_text(data.error())) + "\n                    (" +
            printable(choice.value().reason) + ")\n";
  }
  return answer(options, json, text);
}

}  // namespace

Command add_info_command(CLI::App& program) {
  CLI::App* parser = program.add_subcommand("info");
  const auto options = std::make_shared<Options>();
  options->command = "info";
  parser->description(
      "Version, build, instruction set, threads, and the data found\n\n"
      "Shows what this program was built with and what it finds on this machine.");
  add_data_option(*parser, *options);
  add_json_option(*parser, *options);
  add_machine_options(*parser, *options);
  parser->footer("Example:\n  quarterturn info --data /path/to/mnist");
  return {parser, [options] { return execute_info(*options); }};
}

}  // namespace quarterturn::cli
