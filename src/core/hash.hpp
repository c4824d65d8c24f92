// The signature of a run: FNV-1a, 64 bits, over the exact bytes of weights and history.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace quarterturn {

/// 64-bit FNV-1a (Fowler, Noll, Vo), fed piece by piece.
class Fnv1a {
 public:
  void add(const void* data, std::size_t bytes) {
    const auto* p = static_cast<const unsigned char*>(data);
    for (std::size_t i = 0; i < bytes; ++i) {
      state_ = (state_ ^ p[i]) * 0x100000001B3ULL;
    }
  }
  template <class T>
  void add_value(const T& value) {
    add(&value, sizeof value);
  }
  [[nodiscard]] std::uint64_t value() const { return state_; }
  /// 16 hexadecimal digits.
  [[nodiscard]] std::string text() const {
    std::string digits(16, '0');
    for (std::size_t i = 0; i < 16; ++i) {
      digits[15 - i] = "0123456789abcdef"[(state_ >> (4 * i)) & 15];
    }
    return digits;
  }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

}  // namespace quarterturn
