// Files that a command reads: "-" is standard input.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace quarterturn::cli {

/// Whether the name stands for standard input.
inline bool is_standard_input(const std::string& path) { return path == "-"; }

/// The whole file. Read once, from beginning to end, so that it may be a pipe.
Result<std::vector<std::uint8_t>> read_input(const std::string& path);

/// How messages name it.
std::string input_name(const std::string& path);

}  // namespace quarterturn::cli
