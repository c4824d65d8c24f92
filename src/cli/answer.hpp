// The end of a command: its JSON where that is asked for, else its text.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/report.hpp"

namespace quarterturn::cli {

/// A JSON file has more bytes than this.
inline constexpr std::size_t kLeastJsonBytes = 1000;

/// Early, before the work: complains where the file of --json is one of the command's `inputs` or could not be written.
/// Returns the exit code, 0 where all is well.
int check_json_output(const Options& options, const std::vector<NamedFile>& inputs = {});

/// `json` to where --json puts it, if it is given; to another file, which is named, where that fails. Returns the exit
/// code; what went wrong has been reported.
int write_json(const Options& options, const Json& json);

/// With `--json -` only `json`, on standard output; else `text`, and `json` in the file that --json names. Returns the
/// exit code; what could not be written has been reported.
int answer(const Options& options, const Json& json, std::string_view text);

}  // namespace quarterturn::cli
