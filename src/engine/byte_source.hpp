// Bytes that lie somewhere else, such as in an array of JavaScript outside of the engine's memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace quarterturn {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  [[nodiscard]] virtual std::size_t size() const = 0;
  /// Copies bytes [first, first + to.size()), which must exist.
  virtual void read(std::size_t first, std::span<std::uint8_t> to) const = 0;

 protected:
  ByteSource() = default;
  ByteSource(const ByteSource&) = default;
  ByteSource& operator=(const ByteSource&) = default;
};

/// Bytes in memory, which must outlive this.
class SpanSource final : public ByteSource {
 public:
  explicit SpanSource(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  [[nodiscard]] std::size_t size() const override { return bytes_.size(); }
  void read(std::size_t first, std::span<std::uint8_t> to) const override {
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(first), to.size(), to.begin());
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

}  // namespace quarterturn
