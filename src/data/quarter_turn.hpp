// Quarter turns as index maps: a turned image is never stored, it is read through (base, row stride, column stride).
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

#include "data/dataset.hpp"

namespace quarterturn {

/// Pixel (r, c) of the turned image is pixel number `base + r * row + c * column` of the original.
struct QuarterTurnMap {
  std::int32_t base;
  std::int32_t row;
  std::int32_t column;

  [[nodiscard]] constexpr std::int32_t source(std::int32_t r, std::int32_t c) const {
    return base + r * row + c * column;
  }
};

/// The map of numpy.rot90(image, k) for a square image: k quarter turns counter-clockwise (k is taken modulo 4).
///   k = 0: out[r][c] = in[r][c]              k = 2: out[r][c] = in[side-1-r][side-1-c]
///   k = 1: out[r][c] = in[c][side-1-r]       k = 3: out[r][c] = in[side-1-c][r]
constexpr QuarterTurnMap quarter_turn_map(unsigned k, std::int32_t side = static_cast<std::int32_t>(kImageSide)) {
  switch (k % 4) {
    case 1:
      return {side - 1, -1, side};
    case 2:
      return {side * side - 1, -side, -1};
    case 3:
      return {side * (side - 1), 1, -side};
    default:
      return {0, side, 1};
  }
}

/// numpy.rot90(image, k) of one square image; `image` and `turned` hold side * side pixels and must not overlap.
template <class T>
constexpr void quarter_turn(std::span<const T> image, unsigned k, std::span<T> turned, std::size_t side = kImageSide) {
  assert(image.size() >= side * side && turned.size() >= side * side);
  const auto n = static_cast<std::int32_t>(side);
  const QuarterTurnMap map = quarter_turn_map(k, n);
  std::size_t i = 0;
  for (std::int32_t r = 0; r < n; ++r) {
    for (std::int32_t c = 0; c < n; ++c) {
      turned[i++] = image[static_cast<std::size_t>(map.source(r, c))];
    }
  }
}

/// A 28x28 image turned k quarter turns counter-clockwise.
constexpr std::array<std::uint8_t, kImagePixels> quarter_turned(std::span<const std::uint8_t> image, unsigned k) {
  std::array<std::uint8_t, kImagePixels> turned{};
  quarter_turn<std::uint8_t>(image, k, turned);
  return turned;
}

/// One row of the rotation set.
struct RotationRow {
  std::uint32_t image;  ///< index within the slice
  std::uint8_t turn;    ///< quarter turns counter-clockwise, which is also the class
};

/// Rows of the rotation set of `images` images: four turns each.
constexpr std::size_t rotation_rows(std::size_t images) { return 4 * images; }

/// The notebook's row order. It writes image i to rows 4i-4 .. 4i-1, so image 0 wraps to the end: images
/// 1, 2, ..., images-1, 0 with turns 0, 1, 2, 3 each. 0 <= row < 4 * images.
constexpr RotationRow rotation_row(std::size_t row, std::size_t images) {
  assert(row < rotation_rows(images));
  return {static_cast<std::uint32_t>((row / 4 + 1) % images), static_cast<std::uint8_t>(row % 4)};
}

}  // namespace quarterturn
