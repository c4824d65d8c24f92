// The mirror task: was the image mirrored left to right, up to down, both ways or not at all?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "pretext/pixel_map.hpp"

namespace quarterturn {

inline constexpr std::size_t kMirrors = 4;

/// Bit 0 of the class: columns are reversed. Bit 1: rows are.
inline void fill_mirror(std::size_t variant, PixelTable& table) {
  constexpr auto kLast = static_cast<std::int32_t>(kImageSide) - 1;
  fill_table(table, [variant](std::int32_t r, std::int32_t c) {
    const std::int32_t y = (variant & 2U) != 0 ? kLast - r : r;
    const std::int32_t x = (variant & 1U) != 0 ? kLast - c : c;
    return y * static_cast<std::int32_t>(kImageSide) + x;
  });
}

inline std::string mirror_name(std::size_t variant) {
  constexpr std::array<const char*, kMirrors> kNames = {"none", "left-right", "up-down", "both"};
  return kNames[variant];
}

}  // namespace quarterturn
