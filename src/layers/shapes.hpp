// Shapes of the experiment's networks, their parameter buffers and a worker's workspace, all in types: every buffer is
// one aligned allocation seen through one of these structs.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/aligned_buffer.hpp"
#include "models/architecture.hpp"

namespace quarterturn {

inline constexpr Layer kConv1 = kTrunk.layer(0);
inline constexpr Layer kConv2 = kTrunk.layer(2);
inline constexpr Layer kConv3 = kRotNet.layer(kTrunkLayers);
inline constexpr int kSide = kTrunk.input().height;          ///< 28, the input image
inline constexpr int kPooled1 = kTrunk.output_of(1).height;  ///< 7, after conv1 (14x14) and its pool
inline constexpr int kCells1 = kPooled1 * kPooled1;
inline constexpr int kChannels1 = kConv1.outputs;
inline constexpr int kPooled2 = kTrunk.output_of(3).height;  ///< 3
inline constexpr int kConv2Used = 2 * kPooled2;              ///< of conv2's 7x7 outputs the VALID pool uses 6x6
inline constexpr int kCells2 = kPooled2 * kPooled2;
inline constexpr int kChannels2 = kConv2.outputs;
inline constexpr int kFeatureCount = static_cast<int>(kFeatures);  ///< 288
inline constexpr int kConv3Side = kRotNet.output_of(kTrunkLayers).height;
inline constexpr int kChannels3 = kConv3.outputs;
inline constexpr int kConv3Count = kConv3Side * kConv3Side * kChannels3;  ///< 64
inline constexpr int kTaps = kConv1.window * kConv1.window;               ///< 3x3, row-major
/// Logits and their weights are padded to whole panels of one widest vector; as many panels are computed as the outputs
/// need.
inline constexpr int kLogitPanel = 16;
inline constexpr int kVariantStride = 32;  ///< of the pretext network's last weights, from row to row
inline constexpr int kDigitStride = 16;    ///< of a head's
inline constexpr int kLogitStride = std::max(kVariantStride, kDigitStride);  ///< of any network's logits
static_assert(kMaxVariants <= kVariantStride && kVariantStride % kLogitPanel == 0, "room for every pretext task");
static_assert(kDigits <= kDigitStride && kDigitStride % kLogitPanel == 0, "room for the digits");
inline constexpr int kPoints = 64;  ///< Winograd F(6x6, 3x3): 8x8 products a tile

/// Images that go through all layers together. 24 = whole tiles of 4, 6 and 8 rows, and the block's transformed
/// activations (600 KB) still fit a core's level-2 cache or nearly so.
inline constexpr int kBlockRows = 24;
static_assert(kBlockRows % 4 == 0 && kBlockRows % 6 == 0 && kBlockRows % 8 == 0, "whole matrix tiles of every build");
/// Gradients are summed per task, then over tasks by a tree. The grid depends on the batch alone.
inline constexpr int kMaxTasks = 16;

// Parameter buffers, Keras' layouts.
struct Conv1Weights {
  float kernel[kTaps][kChannels1];
  float bias[kChannels1];
};
struct Conv2Weights {
  float kernel[kTaps][kChannels1][kChannels2];
  float bias[kChannels2];
};
struct Conv3Weights {
  float kernel[kTaps][kChannels2][kChannels3];
  float bias[kChannels3];
};
struct TrunkWeights {
  Conv1Weights conv1;
  Conv2Weights conv2;
};
/// The pretext network without its dense layer, which follows: [kConv3Count][outputs], then [outputs].
struct RotNetWeights {
  TrunkWeights trunk;
  Conv3Weights conv3;
};
inline constexpr std::size_t kRotNetDense = sizeof(RotNetWeights) / sizeof(float);  ///< where the dense layer begins
/// Where the classifier's head begins; a head alone is [kFeatureCount][kDigits], then [kDigits].
inline constexpr std::size_t kClassifierHead = sizeof(TrunkWeights) / sizeof(float);
static_assert(sizeof(TrunkWeights) == kTrunk.parameters() * sizeof(float));
static_assert(kRotNetDense + (kConv3Count + 1) * 4 == kRotNet.parameters());
static_assert(kClassifierHead + kHead.parameters() == kClassifier.parameters());

/// Matrices that are walked side by side are padded by a cache line: at a distance of a power of two they would all
/// fall into the same few sets of a level-1 cache.
inline constexpr int kLinePad = 16;
inline constexpr int kKernel2 = kChannels1 * kChannels2;  ///< conv2's weights of one tap or of one point

/// Of a dense layer's weights with their padding: the pretext network's, or a head's.
inline constexpr int kDenseFloats = std::max(kConv3Count * kVariantStride, kFeatureCount* kDigitStride);

/// Weights as the kernels read them, made again after each optimiser step.
struct alignas(kAlignment) PreparedWeights {
  float conv2_points[kPoints][kKernel2 + kLinePad];             ///< U = G g G^T, [in][out] at each point
  float conv2_points_transposed[kPoints][kKernel2 + kLinePad];  ///< U^T, [out][in], for the gradient by the input
  float conv2_transposed[kTaps][kChannels2][kChannels1];        ///< scratch of the line above
  /// conv2's output where its whole neighbourhood is blank, by (row 0 or not, column 0 or not): see
  /// winograd_convolution.
  float conv2_blank[2][2][kChannels2];
  float conv1_blank[kChannels1];  ///< relu(conv1.bias): conv1's output on a blank window
  float conv3_transposed[kTaps][kChannels3][kChannels2];
  float dense_padded[kDenseFloats];      ///< [in][stride], zero-padded columns
  float dense_transposed[kDenseFloats];  ///< [out][in]
  float dense_bias[kLogitStride];
};

/// conv2's kernel gradient is made for this many input channels at a time, so that it stays in a level-1 cache.
inline constexpr int kKernelChunk = 16;

/// Everything one worker needs for one block of images.
struct alignas(kAlignment) BlockWorkspace {
  float picture[kSide + 1][32];        ///< the turned image in floats; row and column 28 are the SAME padding
  float pooled1[kCells1][kChannels1];  ///< one image's conv1 output after pooling, or its gradient
  float windows[kBlockRows][kCells1][kTaps * 4];  ///< per live window: [tap][offset in the 2x2 pool]
  std::uint64_t live[kBlockRows];                 ///< bit y*7+x: the window holds ink
  std::uint8_t winner1[kBlockRows][kCells1][kChannels1];
  float points1[kPoints][kBlockRows * kChannels1 + kLinePad];      ///< V = B^T d B, later its gradient
  float points2[kPoints][kBlockRows * kChannels2 + kLinePad];      ///< M = V U, later dM = A dY A^T
  float points_gradient[8][kKernelChunk * kChannels2 + kLinePad];  ///< dU of one row of points and some input channels
  float kernel_gradient[3][8][kKernel2 + kLinePad];                ///< dU G: [kx][row of points]
  float conv2_blank_sums[2][2][kChannels2];                        ///< sums of dY for the blank correction
  std::uint32_t doubt[kCells2];                                    ///< of one image: bit c, channel c hangs on rounding
  float features[kBlockRows][kFeatureCount];
  float features_gradient[kBlockRows][kFeatureCount];
  std::uint8_t winner2[kBlockRows][kFeatureCount];
  float conv3[kBlockRows][kConv3Count];
  float conv3_gradient[kBlockRows][kConv3Count];
  float logits[kBlockRows * kLogitStride];
  float logits_gradient[kBlockRows * kLogitStride];
  float dense_gradient[kDenseFloats];
};

}  // namespace quarterturn
