// Output files: complete or untouched, checked before the work, saved elsewhere where the place asked for fails.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace quarterturn::cli {

/// A file that will be written, and how many bytes it will have at least.
struct PlannedFile {
  std::string path;
  std::size_t bytes = 0;
};

/// Fails early, before the work, where the files could not be written: a folder, a missing or locked folder, no room on
/// the disk for one of them or for all together. Leaves nothing behind and does not touch an existing file. Says
/// nothing of how long the room will last.
Status check_outputs(const std::vector<PlannedFile>& files);

/// Writes `bytes` to a temporary file beside `path`, then renames it. A failure leaves an existing file as it was.
/// Devices and pipes are written directly. So is an existing file that cannot be replaced (a mount point of its own, a
/// folder that may not be changed): only a disk that fails in the middle of that damages the file.
Status write_output(const std::string& path, std::span<const std::uint8_t> bytes);
Status write_output(const std::string& path, std::string_view text);

/// Several files that are to change together: all are written elsewhere before the first one is replaced. Fails with
/// nothing changed and nothing left behind where a signal that catch_interrupts() catches comes before that.
Status write_outputs(const std::vector<std::pair<std::string, std::vector<std::uint8_t>>>& files);

/// Where write_or_rescue() has put the bytes.
struct Written {
  std::string path;   ///< the file that holds them; empty: none does
  std::string fault;  ///< one line, where it is not the file asked for; names the other one
};
/// write_output(), and where that fails a new file "<name>.saved" in the current folder, else in the folder for
/// temporary files, else in the home folder.
Written write_or_rescue(const std::string& path, std::span<const std::uint8_t> bytes);
Written write_or_rescue(const std::string& path, std::string_view text);

/// A file that a command line names, and the option that names it.
struct NamedFile {
  std::string option;  ///< "--save"
  std::string path;    ///< empty: not given; "-" of an input: standard input
};
/// The fault where two of `outputs` are one file, or an output is one of `inputs` or the file that standard output or
/// standard error goes to; by whatever spelling or link. Empty: all differ. Devices such as /dev/null may be shared.
std::string shared_file_fault(const std::vector<NamedFile>& outputs, const std::vector<NamedFile>& inputs);

}  // namespace quarterturn::cli
