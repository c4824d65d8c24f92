// A rearrangement of an image's pixels. Rearranged images are never stored: kernels read the original through the map.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "data/dataset.hpp"

namespace quarterturn {

/// out[i] = in[source[i]] on 28x28 images. Turns and mirrors are also walks with fixed strides: pixel (r, c) of the
/// result is pixel base + r * row + c * column of the original. Kernels walk a quarter turn, which is faster than to
/// look up.
struct PixelMap {
  std::array<std::uint16_t, kImagePixels> source{};
  std::int32_t base = 0;
  std::int32_t row = static_cast<std::int32_t>(kImageSide);
  std::int32_t column = 1;
  bool strided = false;  ///< base, row and column say all that `source` says

  /// From index(r, c), the number of the original's pixel; the strides are found from it.
  template <class Index>
  static constexpr PixelMap from(const Index& index) {
    constexpr auto kSideOfImage = static_cast<std::int32_t>(kImageSide);
    PixelMap map;
    map.base = index(0, 0);
    map.row = index(1, 0) - map.base;
    map.column = index(0, 1) - map.base;
    map.strided = true;
    std::size_t i = 0;
    for (std::int32_t r = 0; r < kSideOfImage; ++r) {
      for (std::int32_t c = 0; c < kSideOfImage; ++c) {
        const std::int32_t from = index(r, c);
        map.source[i++] = static_cast<std::uint16_t>(from);
        map.strided = map.strided && from == map.base + r * map.row + c * map.column;
      }
    }
    return map;
  }
};

/// The image as the map shows it.
constexpr std::array<std::uint8_t, kImagePixels> mapped(std::span<const std::uint8_t> image, const PixelMap& map) {
  std::array<std::uint8_t, kImagePixels> out{};
  for (std::size_t i = 0; i < kImagePixels; ++i) out[i] = image[map.source[i]];
  return out;
}

}  // namespace quarterturn
