// A batch without copies: rows point at 8-bit images and say through which pixel map each is seen, or at features.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>

#include "data/dataset.hpp"
#include "layers/batch_result.hpp"
#include "pretext/quarter_turns.hpp"

namespace quarterturn {

/// Row r is image `image[r]` of `pixels`, seen through `maps[variant[r]]`, of class `label[r]`. Nothing is owned.
struct ImageBatch {
  const std::uint8_t* pixels = nullptr;   ///< [count][28][28]
  std::span<const std::uint32_t> image;   ///< [rows]
  std::span<const std::uint8_t> variant;  ///< [rows], or empty: images as they are
  std::span<const std::uint8_t> label;    ///< [rows], or empty where no loss is wanted
  Preset preset = Preset::unit;
  std::span<const PixelMap> maps = kQuarterTurnMaps;

  [[nodiscard]] std::size_t rows() const { return image.size(); }
};

/// Row r is feature vector `row[r]` of `features` ([count][288]).
struct FeatureBatch {
  const float* features = nullptr;
  std::span<const std::uint32_t> row;
  std::span<const std::uint8_t> label;

  [[nodiscard]] std::size_t rows() const { return row.size(); }
};

/// What a network reads: images, or features where it has no trunk.
using Batch = std::variant<ImageBatch, FeatureBatch>;

inline std::size_t rows_of(const Batch& batch) {
  return std::visit([](const auto& one) { return one.rows(); }, batch);
}

}  // namespace quarterturn
