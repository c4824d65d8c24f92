// The command line as a whole: which command, with which options.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace quarterturn::cli {

/// What a command line asks for.
struct Request {
  std::string text;              ///< help or version, where that is all
  std::function<int()> execute;  ///< else the command; returns the exit code
};

/// Reads the arguments (without the program's name) and touches no file. A fault is bad usage: one line that says where
/// help is.
Result<Request> parse_command_line(std::vector<std::string> arguments);

}  // namespace quarterturn::cli
