// The rotation task: which of four quarter turns was made (Gidaris, Singh and Komodakis, "Unsupervised Representation
// Learning by Predicting Image Rotations", ICLR 2018).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "pretext/pixel_map.hpp"

namespace quarterturn {

inline constexpr std::size_t kTurns = 4;

/// Number of the pixel of a square image that numpy.rot90(image, k) shows at (r, c): k = 0..3 quarter turns
/// counter-clockwise.
///   k = 0: out[r][c] = in[r][c]              k = 2: out[r][c] = in[side-1-r][side-1-c]
///   k = 1: out[r][c] = in[c][side-1-r]       k = 3: out[r][c] = in[side-1-c][r]
constexpr std::int32_t quarter_turn_source(std::size_t k, std::int32_t r, std::int32_t c,
                                           std::int32_t side = static_cast<std::int32_t>(kImageSide)) {
  const std::int32_t last = side - 1;
  switch (k) {
    case 1:
      return c * side + last - r;
    case 2:
      return (last - r) * side + last - c;
    case 3:
      return (last - c) * side + r;
    default:
      return r * side + c;
  }
}

inline constexpr std::array<PixelMap, kTurns> kQuarterTurnMaps = [] {
  std::array<PixelMap, kTurns> maps{};
  for (std::size_t k = 0; k < kTurns; ++k) {
    maps[k] = PixelMap::from([k](std::int32_t r, std::int32_t c) { return quarter_turn_source(k, r, c); });
  }
  return maps;
}();

inline void fill_turn(std::size_t k, PixelTable& table) {
  fill_table(table, [k](std::int32_t r, std::int32_t c) { return quarter_turn_source(k, r, c); });
}

/// Degrees counter-clockwise.
inline std::string turn_name(std::size_t k) {
  constexpr std::array<const char*, kTurns> kNames = {"0", "90", "180", "270"};
  return kNames[k];
}

/// A 28x28 image turned k quarter turns counter-clockwise (k is taken modulo 4).
constexpr std::array<std::uint8_t, kImagePixels> quarter_turned(std::span<const std::uint8_t> image, unsigned k) {
  return mapped(image, kQuarterTurnMaps[k % kTurns]);
}

}  // namespace quarterturn
