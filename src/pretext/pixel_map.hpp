// A rearrangement of an image's pixels. Rearranged images are never stored: kernels read the original through the map.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "data/dataset.hpp"

namespace quarterturn {

/// A map as a table: out[i] = in[table[i]].
using PixelTable = std::array<std::uint16_t, kImagePixels>;

/// table[r * 28 + c] = index(r, c)
template <class Index>
constexpr void fill_table(PixelTable& table, const Index& index) {
  for (std::size_t i = 0; i < kImagePixels; ++i) {
    table[i] = static_cast<std::uint16_t>(
        index(static_cast<std::int32_t>(i / kImageSide), static_cast<std::int32_t>(i % kImageSide)));
  }
}

/// out[r][c] = in[at(r, c)] on 28x28 images. Turns and mirrors are walks with fixed strides; only other maps need a
/// table. Kernels walk a quarter turn, which is faster than to look up.
struct PixelMap {
  std::int32_t base = 0;
  std::int32_t row = static_cast<std::int32_t>(kImageSide);
  std::int32_t column = 1;
  bool strided = false;  ///< at(r, c) is base + r * row + c * column, else table[r * 28 + c]
  PixelTable table{};    ///< zeros where strided, which take no room in the engine's file

  /// From index(r, c), the number of the original's pixel; the strides are found from it.
  template <class Index>
  static constexpr PixelMap from(const Index& index) {
    PixelMap map;
    map.base = index(0, 0);
    map.row = index(1, 0) - map.base;
    map.column = index(0, 1) - map.base;
    map.strided = true;
    for (std::int32_t i = 0; i < kPixels; ++i) {
      map.strided = map.strided && index(i / kSide, i % kSide) == map.at(i / kSide, i % kSide);
    }
    for (std::int32_t i = 0; i < kPixels && !map.strided; ++i) {
      map.table[static_cast<std::size_t>(i)] = static_cast<std::uint16_t>(index(i / kSide, i % kSide));
    }
    return map;
  }

  /// Number of the original's pixel that the map shows at (r, c).
  [[nodiscard]] constexpr std::int32_t at(std::int32_t r, std::int32_t c) const {
    if (strided) return base + r * row + c * column;
    return table[static_cast<std::size_t>(r) * kImageSide + static_cast<std::size_t>(c)];
  }

 private:
  static constexpr auto kSide = static_cast<std::int32_t>(kImageSide);
  static constexpr auto kPixels = static_cast<std::int32_t>(kImagePixels);
};

/// The image as the map shows it.
constexpr std::array<std::uint8_t, kImagePixels> mapped(std::span<const std::uint8_t> image, const PixelMap& map) {
  std::array<std::uint8_t, kImagePixels> out{};
  for (std::size_t i = 0; i < kImagePixels; ++i) {
    const auto r = static_cast<std::int32_t>(i / kImageSide);
    const auto c = static_cast<std::int32_t>(i % kImageSide);
    out[i] = image[static_cast<std::size_t>(map.at(r, c))];
  }
  return out;
}

}  // namespace quarterturn
