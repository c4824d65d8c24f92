// safetensors (https://huggingface.co/docs/safetensors): an 8-byte little-endian header length, a JSON header that
// gives each tensor's type, shape and place, then the tensors without holes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace quarterturn {

/// A tensor inside the bytes that were parsed.
struct TensorView {
  std::string type;  ///< "F32", "F64", "U32", "U8", ... as the file has it
  std::vector<std::uint64_t> shape;
  std::span<const std::uint8_t> bytes;
};

using NamedTensor = std::pair<std::string, TensorView>;

/// "F32 [3, 3, 1, 64]"
std::string describe(std::string_view type, std::span<const std::uint64_t> shape);

/// A parsed file: views into the bytes given to parse(), which must outlive it.
class SafetensorsView {
 public:
  /// Checks all that the format demands: lengths, JSON, known types, shapes that fit their bytes, no duplicate names,
  /// no overlaps, no holes. The message names the tensor at fault.
  static Result<SafetensorsView> parse(std::span<const std::uint8_t> file);

  /// By name.
  [[nodiscard]] const std::vector<NamedTensor>& tensors() const { return tensors_; }
  /// Null where the file has no such tensor.
  [[nodiscard]] const TensorView* find(std::string_view name) const;
  /// The tensor's bytes if it has this type and shape; otherwise a message with what was found and what was wanted.
  [[nodiscard]] Result<std::span<const std::uint8_t>> get(std::string_view name, std::string_view type,
                                                          std::span<const std::uint64_t> shape) const;
  /// Value of a __metadata__ entry; null where there is none.
  [[nodiscard]] const std::string* metadata(std::string_view key) const;
  /// All of __metadata__.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& metadata() const { return metadata_; }

 private:
  std::vector<NamedTensor> tensors_;
  std::vector<std::pair<std::string, std::string>> metadata_;
};

/// Collects tensors and makes the file; each name once. The bytes given to add() are copied by write(), so they must
/// live until then.
class SafetensorsWriter {
 public:
  void add(std::string name, std::string_view type, std::vector<std::uint64_t> shape,
           std::span<const std::uint8_t> bytes);
  void add(std::string name, std::vector<std::uint64_t> shape, std::span<const float> values);
  void add(std::string name, std::vector<std::uint64_t> shape, std::span<const double> values);
  /// Bytes that need not live on.
  void add_copy(std::string name, std::string_view type, std::vector<std::uint64_t> shape,
                std::span<const std::uint8_t> bytes);
  /// Bytes outside ASCII become '?'.
  void add_metadata(std::string key, std::string value);

  /// Tensors in order of falling element size, then name, so that each is aligned.
  [[nodiscard]] std::vector<std::uint8_t> write() const;

 private:
  std::vector<NamedTensor> tensors_;
  std::vector<std::pair<std::string, std::string>> metadata_;
  std::forward_list<std::vector<std::uint8_t>> copies_;
};

}  // namespace quarterturn
