// A batch without copies: rows point at 8-bit images and say how far each is turned.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "data/dataset.hpp"
#include "layers/batch_result.hpp"

namespace quarterturn {

/// Row r is image `image[r]` of `pixels`, turned counter-clockwise by `turn[r]` quarter turns (numpy.rot90 k),
/// of class `label[r]`. Nothing is owned.
struct ImageBatch {
  const std::uint8_t* pixels = nullptr;  ///< [count][28][28]
  std::span<const std::uint32_t> image;  ///< [rows]
  std::span<const std::uint8_t> turn;    ///< [rows], or empty: nothing is turned
  std::span<const std::uint8_t> label;   ///< [rows], or empty where no loss is wanted
  Preset preset = Preset::unit;

  [[nodiscard]] std::size_t rows() const { return image.size(); }
};

/// Row r is feature vector `row[r]` of `features` ([count][288]).
struct FeatureBatch {
  const float* features = nullptr;
  std::span<const std::uint32_t> row;
  std::span<const std::uint8_t> label;

  [[nodiscard]] std::size_t rows() const { return row.size(); }
};

}  // namespace quarterturn
