// The end of a command that answers once: its JSON where that is asked for, else its text.
#pragma once

#include <string_view>

#include "cli/options.hpp"
#include "cli/report.hpp"

namespace quarterturn::cli {

/// With `--json -` only `json`, on standard output; else `text`, and `json` in the file that --json names. Returns the
/// exit code; what could not be written has been said.
int answer(const Options& options, const Json& json, std::string_view text);

}  // namespace quarterturn::cli
