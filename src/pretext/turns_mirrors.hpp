// Turns and mirrors together: the eight symmetries of a square.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "pretext/quarter_turns.hpp"

namespace quarterturn {

inline constexpr std::size_t kTurnsMirrors = 2 * kTurns;

/// Class k < 4: numpy.rot90(image, k). Class 4 + k: numpy.rot90(numpy.fliplr(image), k).
inline void fill_turn_mirror(std::size_t variant, PixelTable& table) {
  fill_table(table, [variant](std::int32_t r, std::int32_t c) {
    constexpr auto kSide = static_cast<std::int32_t>(kImageSide);
    const std::int32_t source = quarter_turn_source(variant % kTurns, r, c);
    return variant < kTurns ? source : source / kSide * kSide + kSide - 1 - source % kSide;
  });
}

/// "90", or "mirrored 90": mirrored left to right, then turned.
inline std::string turn_mirror_name(std::size_t variant) {
  return (variant < kTurns ? "" : "mirrored ") + turn_name(variant % kTurns);
}

}  // namespace quarterturn
