// Two classifiers on the same images.
#pragma once

#include <cstdint>
#include <span>

namespace quarterturn {

/// The first classifier's accuracy minus the second's. Both saw the same images, so only those count on which exactly
/// one of them is right (Q. McNemar, Psychometrika 12, 1947).
struct PairedDifference {
  std::uint32_t count = 0;        ///< images; n
  std::uint32_t only_first = 0;   ///< the first alone is right; b
  std::uint32_t only_second = 0;  ///< the second alone is right; c
  double difference = 0.0;        ///< (b - c) / n
  double low = 0.0;               ///< 95% interval: (b - c) / n -+ 1.96 sqrt(b + c - (b - c)^2 / n) / n, within -1 .. 1
  double high = 0.0;

  /// The interval leaves zero out.
  [[nodiscard]] bool clear() const { return low > 0.0 || high < 0.0; }
};

PairedDifference paired_difference(std::uint32_t count, std::uint32_t only_first, std::uint32_t only_second);

/// Predicted classes of both and the true ones, [images] each. No images: all zero.
PairedDifference paired_difference(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second,
                                   std::span<const std::uint8_t> labels);

}  // namespace quarterturn
