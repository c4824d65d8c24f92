// Dense layer on the block's rows: z[row][out] = b[out] + sum_in x[row][in] w[in][out].
//
// 4 or 10 outputs fill no vector, so weights and logits are padded with zero columns to kLogitStride.
#pragma once

#include "layers/shapes.hpp"
#include "simd/matrix_tile.hpp"
#include "simd/simd.hpp"

namespace quarterturn::QUARTERTURN_ISA {

template <int kInputs, int kOutputs>
struct Dense {
  using Weights = DenseWeights<kInputs, kOutputs>;
  static_assert(kOutputs <= kLogitStride, "logits are padded to kLogitStride");
  static_assert(kInputs <= kFeatureCount, "PreparedWeights and dense_gradient hold kFeatureCount inputs");
  static_assert(kLogitStride % kLanes == 0 && kInputs % kLanes == 0, "whole vectors");

  static void prepare(const Weights& weights, PreparedWeights& prepared) {
    QUARTERTURN_ROLLED for (int output = 0; output < kLogitStride; ++output) {
      const bool real = output < kOutputs;
      prepared.dense_bias[output] = real ? weights.bias[output] : 0.0F;
      QUARTERTURN_ROLLED for (int input = 0; input < kInputs; ++input) {
        const float w = real ? weights.kernel[input][output] : 0.0F;
        prepared.dense_padded[input][output] = w;
        prepared.dense_transposed[output][input] = w;
      }
    }
  }

  /// x: [rows][kInputs] -> work.logits
  static void forward(const PreparedWeights& prepared, int rows, const float* x, BlockWorkspace& work) {
    multiply_rows<false, kLogitStride>(Strides<kInputs, 1, kLogitStride, kLogitStride>{}, rows, kInputs, x,
                                       prepared.dense_padded[0], work.logits[0]);
    for (int row = 0; row < rows; ++row) {
      for (int c = 0; c < kLogitStride; c += kLanes) {
        store(&work.logits[row][c], load(&work.logits[row][c]) + load(&prepared.dense_bias[c]));
      }
    }
  }

  /// From work.logits_gradient: adds to `gradient`.
  static void backward_weights(int rows, const float* x, BlockWorkspace& work, Weights& gradient) {
    multiply<false, kInputs, kLogitStride>(Strides<1, kInputs, kLogitStride, kLogitStride>{}, rows, x,
                                           work.logits_gradient[0], work.dense_gradient[0]);
    QUARTERTURN_ROLLED for (int input = 0; input < kInputs; ++input) {
      QUARTERTURN_ROLLED for (int output = 0; output < kOutputs; ++output) {
        gradient.kernel[input][output] += work.dense_gradient[input][output];
      }
    }
    QUARTERTURN_ROLLED for (int row = 0; row < rows; ++row) {
      QUARTERTURN_ROLLED for (int output = 0; output < kOutputs; ++output) gradient.bias[output] +=
          work.logits_gradient[row][output];
    }
  }

  /// From work.logits_gradient: x_gradient [rows][kInputs].
  static void backward_input(const PreparedWeights& prepared, int rows, const BlockWorkspace& work, float* x_gradient) {
    multiply_rows<false, kInputs>(Strides<kLogitStride, 1, kFeatureCount, kInputs>{}, rows, kOutputs,
                                  work.logits_gradient[0], prepared.dense_transposed[0], x_gradient);
  }
};

}  // namespace quarterturn::QUARTERTURN_ISA
