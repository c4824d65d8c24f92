#include "cli/input_file.hpp"

#include "data/native/files.hpp"

namespace quarterturn::cli {

Result<std::vector<std::uint8_t>> read_input(const std::string& path) {
  return is_standard_input(path) ? read_standard_input() : read_file(path);
}

std::string input_name(const std::string& path) { return is_standard_input(path) ? "standard input" : path; }

}  // namespace quarterturn::cli
