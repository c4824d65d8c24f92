// From a drawing or a picture of any size to a 28x28 image as MNIST was made.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "data/dataset.hpp"

namespace quarterturn {

/// Which end of the grey scale is ink.
enum class Polarity : std::uint8_t { light_on_dark, dark_on_light };

/// Largest accepted width and height of a drawing.
inline constexpr std::size_t kMaxDrawingSide = 8192;

using DigitImage = std::array<std::uint8_t, kImagePixels>;

/// Centres a drawing as MNIST was made: the box of all ink is scaled into 20x20 (area average, aspect kept) and moved
/// by whole pixels so that its centre of mass lies in the middle of 28x28. Strokes much thinner or thicker than
/// MNIST's are brought to the edge of its range first. `grey` is [height][width]. No ink gives 784 zeros.
Result<DigitImage> centre_drawing(std::span<const std::uint8_t> grey, std::size_t width, std::size_t height,
                                  Polarity polarity = Polarity::light_on_dark);

/// Guesses the polarity of a picture from its border, which is paper: the median of the border pixels against the
/// mid-grey of the picture's range.
Polarity detect_polarity(std::span<const std::uint8_t> grey, std::size_t width, std::size_t height);

/// A picture (scan, photograph, saved digit) as centre_drawing wants it: ink light on a black ground. Finds the
/// polarity, takes the border's median as paper, drops what differs from paper no more than the border itself does,
/// and stretches the ink to 255. Same errors as centre_drawing.
Result<std::vector<std::uint8_t>> picture_to_ink(std::span<const std::uint8_t> grey, std::size_t width,
                                                 std::size_t height);

}  // namespace quarterturn
