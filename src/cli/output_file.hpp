// Output files that are either complete or untouched.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace quarterturn::cli {

/// Fails early, before the work, where `path` could not be written at its end: a folder, a missing or locked folder.
/// Leaves nothing behind and does not touch an existing file.
Status check_writable(const std::string& path);

/// Writes `bytes` under a temporary name beside `path`, then renames. A failure leaves an existing file as it was.
/// Devices and pipes are written directly.
Status write_output(const std::string& path, std::span<const std::uint8_t> bytes);
Status write_output(const std::string& path, std::string_view text);

}  // namespace quarterturn::cli
