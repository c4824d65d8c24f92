// IDX, the format of MNIST's files: two zero bytes, an element type, the number of dimensions, each dimension as a
// big-endian 32-bit number, then the elements (http://yann.lecun.com/exdb/mnist).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "data/dataset.hpp"

namespace quarterturn {

/// A view of an IDX file of unsigned bytes; `values` lies inside the bytes that were parsed.
struct IdxView {
  std::vector<std::uint32_t> dimensions;
  std::span<const std::uint8_t> values;
};

/// An IDX file of unsigned bytes as its header has it.
struct IdxHeader {
  std::vector<std::uint32_t> dimensions;
  std::size_t bytes;  ///< of the header; the elements follow
};

/// A header has no more bytes.
inline constexpr std::size_t kMaxIdxHeader = 20;

/// Whether the bytes begin as an IDX file does (two zero bytes, a known element type, 1..4 dimensions).
bool looks_like_idx(std::span<const std::uint8_t> bytes);

/// Checks header, element type (unsigned byte only) and length. `name` stands for the file in messages.
/// Allocates nothing that the header claims and the bytes do not hold.
Result<IdxView> parse_idx(std::span<const std::uint8_t> bytes, std::string_view name);

/// The same from the file's first bytes (kMaxIdxHeader, or all of a shorter file) and its length, for files that are
/// looked at before they are copied.
Result<IdxHeader> parse_idx_header(std::span<const std::uint8_t> start, std::uint64_t file_bytes,
                                   std::string_view name);
/// The number of images or labels of such a file; for faults see parse_idx_images and parse_idx_labels.
Result<std::size_t> idx_image_count(std::span<const std::uint8_t> start, std::uint64_t file_bytes,
                                    std::string_view name);
Result<std::size_t> idx_label_count(std::span<const std::uint8_t> start, std::uint64_t file_bytes,
                                    std::string_view name);
/// Labels from position `first` on must be below `classes`.
Status check_idx_labels(std::span<const std::uint8_t> labels, std::size_t first, std::string_view name,
                        unsigned classes = 10);
/// As many labels as images.
Status check_idx_pair(std::size_t images, std::string_view images_name, std::size_t labels,
                      std::string_view labels_name);

/// Images [count][28][28]; at least one. Other sizes and numbers of dimensions are errors.
Result<std::vector<std::uint8_t>> parse_idx_images(std::span<const std::uint8_t> bytes, std::string_view name);

/// Labels [count], each below `classes`.
Result<std::vector<std::uint8_t>> parse_idx_labels(std::span<const std::uint8_t> bytes, std::string_view name,
                                                   unsigned classes = 10);

/// Labelled images: as above, and as many labels as images.
Result<Dataset> parse_idx_dataset(std::span<const std::uint8_t> images, std::string_view images_name,
                                  std::span<const std::uint8_t> labels, std::string_view labels_name);

/// IDX bytes of a set's images ([count][28][28]) and labels ([count]).
std::vector<std::uint8_t> write_idx_images(std::span<const std::uint8_t> pixels);
std::vector<std::uint8_t> write_idx_labels(std::span<const std::uint8_t> labels);

/// The bytes of a training and a test set, uncompressed. Both test spans empty: there are no test files, and the last
/// seventh of the training images becomes the test set (MNIST's own proportion).
struct IdxFiles {
  std::span<const std::uint8_t> train_images;
  std::span<const std::uint8_t> train_labels;
  std::span<const std::uint8_t> test_images = {};
  std::span<const std::uint8_t> test_labels = {};
};

/// Names for messages, in the order of IdxFiles.
struct IdxNames {
  std::string train_images = "train-images-idx3-ubyte";
  std::string train_labels = "train-labels-idx1-ubyte";
  std::string test_images = "t10k-images-idx3-ubyte";
  std::string test_labels = "t10k-labels-idx1-ubyte";
};

/// Training and test set from IDX bytes. `origin` says where the bytes came from ("files in mnist/"); the source text
/// names MNIST only if the images and labels are MNIST's to the last byte.
Result<DataSource> load_mnist_bytes(const IdxFiles& files, std::string_view origin, const IdxNames& names = {});

/// Splits one set: the last seventh becomes the test set. Needs at least 7 images.
Result<DataSource> split_off_test(Dataset all, std::string_view name);
/// What is said of fewer.
Error too_few_for_test(std::size_t count, std::string_view name);

/// "MNIST" when the pair of sets is MNIST's to the last byte (by 64-bit FNV-1a), otherwise empty.
std::string_view recognise(const DataSource& data);

}  // namespace quarterturn
