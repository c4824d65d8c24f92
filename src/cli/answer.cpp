#include "cli/answer.hpp"

#include "cli/console.hpp"
#include "cli/output_file.hpp"
#include "core/native/message_text.hpp"

namespace quarterturn::cli {

int check_json_output(const Options& options, const std::vector<NamedFile>& inputs) {
  if (options.json.empty() || options.json_to_stdout()) return 0;
  if (const std::string fault = shared_file_fault({{"--json", options.json}}, inputs); !fault.empty()) {
    return complain(fault, kExitUsage);
  }
  const Status status = check_outputs({{options.json, kLeastJsonBytes}});
  return status.ok() ? 0 : complain(message_text(status.error()), kExitFailure);
}

int write_json(const Options& options, const Json& json) {
  if (options.json.empty()) return 0;
  if (options.json_to_stdout()) return print_standard_output(json_text(json));
  const Written written = write_or_rescue(options.json, json_text(json));
  return written.fault.empty() ? 0 : complain(written.fault, kExitFailure);
}

int answer(const Options& options, const Json& json, std::string_view text) {
  if (options.json_to_stdout()) return write_json(options, json);
  Console console;
  console.print(text);
  return console.finish(write_json(options, json));
}

}  // namespace quarterturn::cli
