// Convolution 3x3, stride 2, SAME, 32 -> 16 channels, then ReLU: [3][3][32] -> [2][2][16].
//
// SAME pads one row and column on each side, so output (oy, ox) reads the 2x2 cells (oy + dy, ox + dx) through taps
// (1 - oy + dy, 1 - ox + dx), dy, dx in {0, 1}: 16 of 36 products. Each is a matrix product over the block's images.
#pragma once

#include "layers/shapes.hpp"
#include "simd/matrix_tile.hpp"
#include "simd/simd.hpp"

namespace quarterturn::QUARTERTURN_ISA {

static_assert(kConv3 == convolution("conv3", kChannels3, 3, 2) && kPooled2 == 3 && kConv3Side == 2,
              "each output reads 2x2 of the 3x3 cells");
static_assert(kChannels2 % kLanes == 0 && kChannels3 % kLanes == 0 && kChannels2 % 4 == 0, "whole vectors");

struct ThirdConvolution {
  static void prepare(const Conv3Weights& weights, PreparedWeights& prepared) {
    for (int tap = 0; tap < kTaps; ++tap) {
      for (int input = 0; input < kChannels2; input += 4) {
        for (int output = 0; output < kChannels3; output += 4) {
          transpose_four(&weights.kernel[tap][input][output], kChannels3,
                         &prepared.conv3_transposed[tap][output][input], kChannels2);
        }
      }
    }
  }

  /// work.features -> work.conv3
  static void forward(const Conv3Weights& weights, int rows, BlockWorkspace& work) {
    for_each_product([&](int output, int cell, int tap, bool first) {
      const float* x = &work.features[0][cell * kChannels2];
      float* y = &work.conv3[0][output * kChannels3];
      constexpr Strides<kFeatureCount, 1, kChannels3, kConv3Count> strides;
      if (first) {
        multiply_rows<false, kChannels3>(strides, rows, kChannels2, x, weights.kernel[tap][0], y);
      } else {
        multiply_rows<true, kChannels3>(strides, rows, kChannels2, x, weights.kernel[tap][0], y);
      }
    });
    for (int row = 0; row < rows; ++row) {
      for (int at = 0; at < kConv3Count; at += kLanes) {
        const Vec y = load(&work.conv3[row][at]) + load(&weights.bias[at % kChannels3]);
        store(&work.conv3[row][at], xsimd::select(y <= splat(0.0F), splat(0.0F), y));
      }
    }
  }

  /// work.conv3_gradient -> work.features_gradient; adds to `gradient`.
  static void backward(const PreparedWeights& prepared, int rows, BlockWorkspace& work, Conv3Weights& gradient) {
    for (int c = 0; c < kChannels3; c += kLanes) {
      Vec bias = load(&gradient.bias[c]);
      for (int row = 0; row < rows; ++row) {
        for (int output = 0; output < kConv3Side * kConv3Side; ++output) {
          const int at = output * kChannels3 + c;
          const Vec g =
              xsimd::select(load(&work.conv3[row][at]) > splat(0.0F), load(&work.conv3_gradient[row][at]), splat(0.0F));
          store(&work.conv3_gradient[row][at], g);
          bias = bias + g;
        }
      }
      store(&gradient.bias[c], bias);
    }
    for (int row = 0; row < rows; ++row) {
      for (int at = 0; at < kFeatureCount; at += kLanes) store(&work.features_gradient[row][at], splat(0.0F));
    }
    for_each_product([&](int output, int cell, int tap, bool) {
      const float* g = &work.conv3_gradient[0][output * kChannels3];
      multiply<true, kChannels2, kChannels3>(Strides<1, kFeatureCount, kConv3Count, kChannels3>{}, rows,
                                             &work.features[0][cell * kChannels2], g, gradient.kernel[tap][0]);
      multiply_rows<true, kChannels2>(Strides<kConv3Count, 1, kChannels2, kFeatureCount>{}, rows, kChannels3, g,
                                      prepared.conv3_transposed[tap][0], &work.features_gradient[0][cell * kChannels2]);
    });
  }

 private:
  /// visit(output, input cell, tap, is this the output's first product)
  template <class Visit>
  static void for_each_product(const Visit& visit) {
    for (int output = 0; output < kConv3Side * kConv3Side; ++output) {
      const int oy = output / kConv3Side;
      const int ox = output % kConv3Side;
      for (int dy = 0; dy < 2; ++dy) {
        for (int dx = 0; dx < 2; ++dx) {
          visit(output, (oy + dy) * kPooled2 + ox + dx, (1 - oy + dy) * 3 + 1 - ox + dx, dy + dx == 0);
        }
      }
    }
  }
};

}  // namespace quarterturn::QUARTERTURN_ISA
