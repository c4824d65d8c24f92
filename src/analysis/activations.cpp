#include "analysis/activations.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "models/architecture.hpp"
#include "pretext/quarter_turns.hpp"

namespace quarterturn {
namespace {

/// One 3x3 convolution, ReLU and 2x2 pool on square maps.
struct Stage {
  std::size_t side;
  std::size_t stride;
  std::size_t before;  ///< zeros in front of each axis; SAME puts the odd one behind
  std::size_t channels;
  std::size_t filters;
  std::size_t pooled;
};
constexpr std::size_t kKernel = 3;
/// Of the trunk's layers `at` (convolution) and `at` + 1 (pool). conv2's 7x7 outputs leave their last row and column to
/// no window of the pool.
constexpr Stage stage(std::size_t at) {
  const Layer& layer = kTrunk.layer(at);
  const Shape input = kTrunk.input_of(at);
  const int padding = (kTrunk.output_of(at).height - 1) * layer.stride + layer.window - input.height;
  return {static_cast<std::size_t>(input.height),  static_cast<std::size_t>(layer.stride),
          static_cast<std::size_t>(padding / 2),   static_cast<std::size_t>(input.channels),
          static_cast<std::size_t>(layer.outputs), static_cast<std::size_t>(kTrunk.output_of(at + 1).height)};
}
static_assert(kTrunk.layer(0).window == kKernel && kTrunk.layer(2).window == kKernel && kTrunk.layer(1).window == 2 &&
              kTrunk.layer(3).window == 2);
constexpr Stage kStage1 = stage(0);
constexpr Stage kStage2 = stage(2);
constexpr std::size_t kMostFilters = std::max(kStage1.filters, kStage2.filters);

/// kernel [3][3][channels][filters], then the biases [filters].
constexpr std::size_t weights_of(const Stage& stage) {
  return (kKernel * kKernel * stage.channels + 1) * stage.filters;
}

/// Sums of all filters at output pixel (row, column), before the ReLU.
void convolve(const Stage& stage, std::span<const float> input, std::span<const float> weights, std::size_t row,
              std::size_t column, std::span<float> sums) {
  const std::span<const float> bias = weights.last(stage.filters);
  std::copy(bias.begin(), bias.end(), sums.begin());
  for (std::size_t i = 0; i < kKernel * kKernel; ++i) {
    // A pixel before the first one wraps to a huge number, and is outside like one behind the last.
    const std::size_t y = row * stage.stride + i / kKernel - stage.before;
    const std::size_t x = column * stage.stride + i % kKernel - stage.before;
    if (y >= stage.side || x >= stage.side) continue;
    for (std::size_t c = 0; c < stage.channels; ++c) {
      const float value = input[(y * stage.side + x) * stage.channels + c];
      const std::span<const float> taps = weights.subspan((i * stage.channels + c) * stage.filters, stage.filters);
      for (std::size_t f = 0; f < stage.filters; ++f) sums[f] += value * taps[f];
    }
  }
}

/// The pool takes the largest of four, and of 0: ReLU and maximum may change places.
std::vector<float> run(const Stage& stage, std::span<const float> input, std::span<const float> weights) {
  std::vector<float> output(stage.pooled * stage.pooled * stage.filters);
  std::array<float, kMostFilters> room{};
  const std::span<float> sums = std::span(room).first(stage.filters);
  for (std::size_t cell = 0; cell < 4 * stage.pooled * stage.pooled; ++cell) {
    const std::size_t window = cell / 4;
    const std::size_t row = 2 * (window / stage.pooled) + cell % 4 / 2;
    const std::size_t column = 2 * (window % stage.pooled) + cell % 2;
    convolve(stage, input, weights, row, column, sums);
    float* out = output.data() + window * stage.filters;
    for (std::size_t f = 0; f < stage.filters; ++f) out[f] = std::max(out[f], sums[f]);
  }
  return output;
}

}  // namespace

Activations activations(std::span<const float> trunk, std::span<const std::uint8_t> image, unsigned turns,
                        Preset preset) {
  const std::array<std::uint8_t, kImagePixels> turned = quarter_turned(image, turns);
  std::array<float, kImagePixels> input{};
  const float scale = preset == Preset::unit ? 1.0F / 255.0F : 1.0F;
  for (std::size_t i = 0; i < kImagePixels; ++i) input[i] = static_cast<float>(turned[i]) * scale;
  Activations result;
  result.stage1 = run(kStage1, input, trunk.first(weights_of(kStage1)));
  result.stage2 = run(kStage2, result.stage1, trunk.subspan(weights_of(kStage1), weights_of(kStage2)));
  return result;
}

}  // namespace quarterturn
