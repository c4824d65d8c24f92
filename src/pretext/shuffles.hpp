// A control: four fixed random shuffles of all pixels. It can be solved without seeing strokes, so what it teaches is
// what any training of the features teaches. No class shows the image as it is: one that did would let the network see
// strokes in a quarter of the rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>

#include "core/philox.hpp"
#include "pretext/pixel_map.hpp"

namespace quarterturn {

inline constexpr std::size_t kShuffles = 4;

/// The same on every machine and in every run.
inline void fill_shuffle(std::size_t variant, PixelTable& table) {
  std::iota(table.begin(), table.end(), std::uint16_t{0});
  const Philox random(0, RandomPurpose::pixel_shuffle, static_cast<std::uint32_t>(variant));
  shuffle(random, table.data(), static_cast<std::uint32_t>(kImagePixels));
}

inline std::string shuffle_name(std::size_t variant) { return {static_cast<char>('A' + variant)}; }

}  // namespace quarterturn
