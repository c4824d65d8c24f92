// A grey image with values between whole numbers.
#pragma once

#include <cstddef>
#include <vector>

namespace quarterturn {

/// Grey values [height][width], 0 .. 255 but not whole numbers.
struct Raster {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<float> values;

  Raster(std::size_t w, std::size_t h) : width(w), height(h), values(w * h, 0.0F) {}
  float& at(std::size_t x, std::size_t y) { return values[y * width + x]; }
  [[nodiscard]] float at(std::size_t x, std::size_t y) const { return values[y * width + x]; }
};

}  // namespace quarterturn
