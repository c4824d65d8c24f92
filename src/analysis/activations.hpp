// What one image gives inside the trunk that all networks share: to look at, not to train on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "data/dataset.hpp"

namespace quarterturn {

/// Both conv + ReLU + pool stages, channels last. `stage2` is what extract_features gives, but for rounding.
struct Activations {
  std::vector<float> stage1;  ///< [7][7][64]
  std::vector<float> stage2;  ///< [3][3][32]
};

/// `trunk`: kTrunkParameters floats; `image`: 28x28 pixels, turned counter-clockwise by `turns` quarter turns.
Activations activations(std::span<const float> trunk, std::span<const std::uint8_t> image, unsigned turns,
                        Preset preset);

}  // namespace quarterturn
