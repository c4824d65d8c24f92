// The jigsaw task: in which order are the image's four quarters? (After Noroozi and Favaro, "Unsupervised Learning of
// Visual Representations by Solving Jigsaw Puzzles", ECCV 2016, who order nine tiles.)
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "pretext/pixel_map.hpp"

namespace quarterturn {

inline constexpr std::size_t kQuarters = 4;
inline constexpr std::size_t kJigsawOrders = 24;

/// Order `variant` of the quarters, in lexicographic order: place q, row by row, shows quarter order[q]. 0 is the image
/// as it is.
constexpr std::array<std::size_t, kQuarters> jigsaw_order(std::size_t variant) {
  std::array<std::size_t, kQuarters> order = {0, 1, 2, 3};
  std::size_t orders = kJigsawOrders;  // of the places from `place` on
  for (std::size_t place = 0; place + 1 < kQuarters; ++place) {
    orders /= kQuarters - place;
    const std::size_t from = place + variant / orders;
    variant %= orders;
    const std::size_t chosen = order[from];
    for (std::size_t i = from; i > place; --i) order[i] = order[i - 1];
    order[place] = chosen;
  }
  return order;
}

inline void fill_jigsaw(std::size_t variant, PixelTable& table) {
  const std::array<std::size_t, kQuarters> order = jigsaw_order(variant);
  fill_table(table, [&order](std::int32_t r, std::int32_t c) {
    constexpr auto kSide = static_cast<std::int32_t>(kImageSide);
    constexpr std::int32_t kHalf = kSide / 2;
    static_assert(kSide == 2 * kHalf, "quarters of one size");
    const auto quarter =
        static_cast<std::int32_t>(order[static_cast<std::size_t>(r / kHalf) * 2 + static_cast<std::size_t>(c / kHalf)]);
    return (quarter / 2 * kHalf + r % kHalf) * kSide + quarter % 2 * kHalf + c % kHalf;
  });
}

/// "1234": the quarters at the four places, row by row.
inline std::string jigsaw_name(std::size_t variant) {
  std::string name;
  for (const std::size_t quarter : jigsaw_order(variant)) name += static_cast<char>('1' + quarter);
  return name;
}

}  // namespace quarterturn
