// The digit in a photograph or scan: between shadows, ruled lines, frames, dark edges and specks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace quarterturn {

/// What find_digit has found.
struct FoundDigit {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<std::uint8_t> ink;    ///< [height][width], light on black, as centre_drawing wants it
  std::vector<std::string> doubts;  ///< why this may not be the digit that is meant, in words; empty: it looks like one
};

/// Finds the ink of one digit in a grey picture [height][width], dark on light or light on dark, and drops all else.
///
/// 1. Ink is the minority: the median of all pixels is paper.
/// 2. Paper is what a closing (grey morphology: maximum, then minimum, over a square broader than any stroke) leaves.
///    It follows shadows, also those with sharp edges, and everything dark along the picture's border.
/// 3. Ink is what is darker than that paper by half as much as the digit is, so that printed lines drop out; and what
///    is not much thinner than the broadest stroke, so that frames and dark lines do. Where that leaves a doubt, and
///    there is ink more than twice as dark, it is looked for once more.
/// 4. Of the connected parts the largest one counts, with those close to it. One of few pixels is doubted.
///
/// Pictures larger than 1,024 pixels are worked on, and come back, at that size; those below 64 pixels hold no more
/// than a digit and are left to picture_to_ink. Fails on the sizes that centre_drawing refuses.
Result<FoundDigit> find_digit(std::span<const std::uint8_t> grey, std::size_t width, std::size_t height);

}  // namespace quarterturn
