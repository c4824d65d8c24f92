// Files on disk, native builds only: reading, gzip, folders of IDX files and pictures. Every message names the file,
// the fault and the fix.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "data/dataset.hpp"

namespace quarterturn {

/// Largest file, compressed or not, that is read: 1 GiB.
inline constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;

/// The whole file, no more than `limit` bytes.
Result<std::vector<std::uint8_t>> read_file(const std::string& path, std::size_t limit = kMaxFileBytes);
/// The same of standard input.
Result<std::vector<std::uint8_t>> read_standard_input(std::size_t limit = kMaxFileBytes);
Status write_file(const std::string& path, std::span<const std::uint8_t> bytes);

/// Inflates gzip bytes to at most `limit` bytes. Corrupt, truncated and trailing data are errors.
Result<std::vector<std::uint8_t>> gunzip(std::span<const std::uint8_t> bytes, std::string_view name,
                                         std::size_t limit = kMaxFileBytes);

/// The bytes, inflated if they are gzip (told by the first two, not by the name).
Result<std::vector<std::uint8_t>> inflated(Result<std::vector<std::uint8_t>> bytes, std::string_view name,
                                           std::size_t limit = kMaxFileBytes);
/// The file, inflated if it is gzip.
Result<std::vector<std::uint8_t>> read_maybe_gzip(const std::string& path, std::size_t limit = kMaxFileBytes);

/// The data set that find_idx_files finds in a folder. Without both test files the last seventh of train becomes the
/// test set; with only one of them it is an error. A set that is not MNIST to the last byte is described by the first
/// line of the folder's SOURCE.txt, if there is one.
Result<DataSource> load_mnist_folder(const std::string& folder);

/// Images [count][28][28] of one IDX file, plain or .gz.
Result<std::vector<std::uint8_t>> load_idx_images(const std::string& path);

/// A grey picture, [height][width], as stored: light stays light.
struct Picture {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<std::uint8_t> pixels;
};

/// A PNG (any colour type and depth, transparency over white), PGM or PPM (P2, P3, P5, P6), told by its first bytes;
/// colours become luma.
Result<Picture> load_picture(const std::string& path);
Result<Picture> parse_picture(std::span<const std::uint8_t> bytes, std::string_view name);

}  // namespace quarterturn
