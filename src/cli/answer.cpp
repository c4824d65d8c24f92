#include "cli/answer.hpp"

#include "cli/console.hpp"
#include "cli/output_file.hpp"

namespace quarterturn::cli {

int answer(const Options& options, const Json& json, std::string_view text) {
  if (options.json_to_stdout()) {
    const Status status = write_standard_output(json_text(json));
    return status.ok() ? 0 : complain(status.error().message, kExitFailure);
  }
  if (!options.json.empty()) {
    if (const Status status = write_output(options.json, json_text(json)); !status.ok()) {
      return complain(status.error().message, kExitFailure);
    }
  }
  Console console;
  console.print(text);
  if (const Status status = console.finish(); !status.ok()) return complain(status.error().message, kExitFailure);
  return 0;
}

}  // namespace quarterturn::cli
