// Compiled once per instruction set (QUARTERTURN_ISA, QUARTERTURN_ISA_NAME and the matching compiler flags).
#include "models/kernels.hpp"

#include <cstring>

#include "layers/dense.hpp"
#include "layers/first_convolution.hpp"
#include "layers/softmax_cross_entropy.hpp"
#include "layers/third_convolution.hpp"
#include "layers/winograd_convolution.hpp"
#include "optim/optimizer_kernels.hpp"

namespace quarterturn::QUARTERTURN_ISA {

namespace {

using RotNetDense = Dense<kConv3Count, kVariantStride>;
using HeadDense = Dense<kFeatureCount, kDigitStride>;

/// A parameter buffer as the network's struct.
template <class Weights>
const Weights& as(const float* parameters) {
  return *reinterpret_cast<const Weights*>(parameters);
}
template <class Weights>
Weights& as(float* parameters) {
  return *reinterpret_cast<Weights*>(parameters);
}

// The trunk: conv1, conv2 with their pools.

void prepare_trunk_part(const TrunkWeights& weights, bool training, int part, PreparedWeights& prepared) {
  for (int c = part * kChannels1 / kPrepareParts; c < (part + 1) * kChannels1 / kPrepareParts; ++c) {
    WinogradConvolution::prepare_points(weights.conv2, c, prepared);
  }
  if (training) {
    for (int c = part * kChannels2 / kPrepareParts; c < (part + 1) * kChannels2 / kPrepareParts; c += 4) {
      WinogradConvolution::prepare_points_transposed(weights.conv2, c, prepared);
    }
  }
  if (part == 0) {
    for (int c = 0; c < kChannels1; c += kLanes) {
      const Vec b = load(&weights.conv1.bias[c]);
      store(&prepared.conv1_blank[c], xsimd::select(b <= splat(0.0F), splat(0.0F), b));
    }
    WinogradConvolution::prepare_blank(weights.conv2, prepared);
  }
}

void trunk_forward(const TrunkWeights& weights, const PreparedWeights& prepared, const Block& block,
                   BlockWorkspace& work) {
  const auto first_convolution = [&](int row) {
    const std::uint8_t* image = block.pixels + std::size_t{block.row[row]} * kSide * kSide;
    const PixelMap* map = block.variant == nullptr ? nullptr : block.maps + block.variant[row];
    FirstConvolution::forward(weights.conv1, prepared.conv1_blank, image, map, block.unit, row, work);
  };
  for (int row = 0; row < block.rows; ++row) {
    first_convolution(row);
    WinogradConvolution::transform_input(row, work);
  }
  WinogradConvolution::multiply_forward(prepared, block.rows, work);
  for (int row = 0; row < block.rows; ++row) {
    if (WinogradConvolution::transform_output(prepared, row, work)) {
      first_convolution(row);
      WinogradConvolution::settle(weights.conv2, prepared, row, work);
    }
  }
}

/// From work.features_gradient.
void trunk_backward(const TrunkWeights& weights, const PreparedWeights& prepared, int rows, BlockWorkspace& work,
                    TrunkWeights& gradient) {
  std::memset(work.conv2_blank_sums, 0, sizeof work.conv2_blank_sums);
  for (int row = 0; row < rows; ++row) WinogradConvolution::transform_output_gradient(row, work);
  WinogradConvolution::multiply_backward(prepared, rows, work, gradient.conv2);
  for (int row = 0; row < rows; ++row) {
    WinogradConvolution::transform_input_gradient(row, work);
    FirstConvolution::backward(weights.conv1, row, work, gradient.conv1);
  }
}

void prepare_trunk(const float* weights, int /*outputs*/, bool training, int part, PreparedWeights& prepared) {
  prepare_trunk_part(as<TrunkWeights>(weights), training, part, prepared);
}

BatchResult trunk_features(const float* weights, const PreparedWeights& prepared, const Block& block,
                           BlockWorkspace& work, float* /*probabilities*/) {
  trunk_forward(as<TrunkWeights>(weights), prepared, block, work);
  return {};
}

// RotNet: trunk, conv3, dense.

void prepare_rotnet(const float* parameters, int outputs, bool training, int part, PreparedWeights& prepared) {
  const auto& weights = as<RotNetWeights>(parameters);
  prepare_trunk_part(weights.trunk, training, part, prepared);
  if (part == kPrepareParts - 1) {
    if (training) ThirdConvolution::prepare(weights.conv3, prepared);
    RotNetDense::prepare(parameters + kRotNetDense, outputs, prepared);
  }
}

BatchResult rotnet_forward(const float* parameters, const PreparedWeights& prepared, const Block& block,
                           BlockWorkspace& work, float* probabilities) {
  const auto& weights = as<RotNetWeights>(parameters);
  trunk_forward(weights.trunk, prepared, block, work);
  ThirdConvolution::forward(weights.conv3, block.rows, work);
  RotNetDense::forward(prepared, block.outputs, block.rows, work.conv3[0], work);
  return SoftmaxCrossEntropy::forward(block.outputs, block.rows, block.label, work, probabilities);
}

BatchResult rotnet_gradient(const float* parameters, const PreparedWeights& prepared, const Block& block, float scale,
                            BlockWorkspace& work, float* gradients) {
  const auto& weights = as<RotNetWeights>(parameters);
  auto& gradient = as<RotNetWeights>(gradients);
  const BatchResult result = rotnet_forward(parameters, prepared, block, work, nullptr);
  SoftmaxCrossEntropy::backward(block.outputs, block.rows, block.label, scale, work);
  RotNetDense::backward_weights(block.outputs, block.rows, work.conv3[0], work, gradients + kRotNetDense);
  RotNetDense::backward_input(prepared, block.outputs, block.rows, work, work.conv3_gradient[0]);
  ThirdConvolution::backward(prepared, block.rows, work, gradient.conv3);
  trunk_backward(weights.trunk, prepared, block.rows, work, gradient.trunk);
  return result;
}

// Classifier: trunk, dense.

void prepare_classifier(const float* parameters, int outputs, bool training, int part, PreparedWeights& prepared) {
  prepare_trunk_part(as<TrunkWeights>(parameters), training, part, prepared);
  if (part == kPrepareParts - 1) HeadDense::prepare(parameters + kClassifierHead, outputs, prepared);
}

BatchResult classifier_forward(const float* parameters, const PreparedWeights& prepared, const Block& block,
                               BlockWorkspace& work, float* probabilities) {
  trunk_forward(as<TrunkWeights>(parameters), prepared, block, work);
  HeadDense::forward(prepared, kDigits, block.rows, work.features[0], work);
  return SoftmaxCrossEntropy::forward(kDigits, block.rows, block.label, work, probabilities);
}

BatchResult classifier_gradient(const float* parameters, const PreparedWeights& prepared, const Block& block,
                                float scale, BlockWorkspace& work, float* gradients) {
  const BatchResult result = classifier_forward(parameters, prepared, block, work, nullptr);
  SoftmaxCrossEntropy::backward(kDigits, block.rows, block.label, scale, work);
  HeadDense::backward_weights(kDigits, block.rows, work.features[0], work, gradients + kClassifierHead);
  HeadDense::backward_input(prepared, kDigits, block.rows, work, work.features_gradient[0]);
  trunk_backward(as<TrunkWeights>(parameters), prepared, block.rows, work, as<TrunkWeights>(gradients));
  return result;
}

// Head on given features.

void prepare_head(const float* parameters, int outputs, bool /*training*/, int /*part*/, PreparedWeights& prepared) {
  HeadDense::prepare(parameters, outputs, prepared);
}

BatchResult head_forward(const float* /*parameters*/, const PreparedWeights& prepared, const Block& block,
                         BlockWorkspace& work, float* probabilities) {
  for (int row = 0; row < block.rows; ++row) {
    std::memcpy(work.features[row], block.features + std::size_t{block.row[row]} * kFeatureCount,
                sizeof work.features[row]);
  }
  HeadDense::forward(prepared, kDigits, block.rows, work.features[0], work);
  return SoftmaxCrossEntropy::forward(kDigits, block.rows, block.label, work, probabilities);
}

BatchResult head_gradient(const float* parameters, const PreparedWeights& prepared, const Block& block, float scale,
                          BlockWorkspace& work, float* gradients) {
  const BatchResult result = head_forward(parameters, prepared, block, work, nullptr);
  SoftmaxCrossEntropy::backward(kDigits, block.rows, block.label, scale, work);
  HeadDense::backward_weights(kDigits, block.rows, work.features[0], work, gradients);
  return result;
}

/// (1 + e)(1 - e) - 1 = -e^2, which rounding the product first would lose.
bool fuses() {
  const volatile float e = 0x1p-13F;
  const Vec result = madd(splat(1.0F + e), splat(1.0F - e), splat(-1.0F));
  alignas(kAlignment) float lanes[kLanes];
  store(lanes, result);
  return lanes[0] != 0.0F;
}

/// Twelve chains hide the latency of four cycles at two multiply-adds a cycle with room to spare, and twelve sums and
/// two operands fit sixteen registers.
double spin_multiply_adds(float* scratch) {
  constexpr int kChains = 12;
  constexpr int kRounds = 1 << 18;
  Vec sum[kChains];
  for (Vec& s : sum) s = load(scratch);
  const Vec x = splat(0.5F);
  const Vec y = splat(1.0F);
  QUARTERTURN_ROLLED for (int round = 0; round < kRounds; ++round) {
    for (Vec& s : sum) s = madd(s, x, y);
  }
  Vec total = sum[0];
  for (int i = 1; i < kChains; ++i) total = total + sum[i];
  store(scratch, total * splat(0.0F));
  return 2.0 * kChains * kRounds * kLanes;
}

}  // namespace

/// The table of this instruction set.
const Kernels& kernels();
const Kernels& kernels() {
  static constexpr Kernels kTable = {
      QUARTERTURN_ISA_NAME,
      kLanes,
      fuses,
      spin_multiply_adds,
      {{kPrepareParts, prepare_rotnet, rotnet_gradient, rotnet_forward},
       {kPrepareParts, prepare_classifier, classifier_gradient, classifier_forward},
       {1, prepare_head, head_gradient, head_forward}},
      {kPrepareParts, prepare_trunk, nullptr, trunk_features},
      sum_gradients<kMaxTasks>,
      kUpdates,
  };
  return kTable;
}

}  // namespace quarterturn::QUARTERTURN_ISA
