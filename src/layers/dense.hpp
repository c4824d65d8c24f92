// Dense layer on the block's rows: z[row][out] = b[out] + sum_in x[row][in] w[in][out].
//
// 4 or 10 outputs fill no vector, so weights and logits are padded with zero columns to whole panels of kLogitPanel.
// How many outputs there are, a pretext task says at run time; as many panels are computed as they need.
#pragma once

#include "layers/shapes.hpp"
#include "simd/matrix_tile.hpp"
#include "simd/simd.hpp"

namespace quarterturn::QUARTERTURN_ISA {

/// Columns of the panels that hold so many outputs.
constexpr int panel_columns(int outputs) { return (outputs + kLogitPanel - 1) / kLogitPanel * kLogitPanel; }

/// `kStride`: of the padded weights, and so the most outputs. Weights and their gradient are [kInputs][outputs], then
/// [outputs].
template <int kInputs, int kStride>
struct Dense {
  static_assert(kStride % kLogitPanel == 0 && kStride <= kLogitStride, "logits come in whole panels");
  static_assert(kInputs * kStride <= kDenseFloats, "PreparedWeights and dense_gradient hold kDenseFloats");
  static_assert(kLogitPanel % kLanes == 0 && kInputs % kLanes == 0, "whole vectors");

  static void prepare(const float* weights, int outputs, PreparedWeights& prepared) {
    const float* bias = weights + kInputs * outputs;
    QUARTERTURN_ROLLED for (int output = 0; output < panel_columns(outputs); ++output) {
      const bool real = output < outputs;
      prepared.dense_bias[output] = real ? bias[output] : 0.0F;
      QUARTERTURN_ROLLED for (int input = 0; input < kInputs; ++input) {
        const float w = real ? weights[input * outputs + output] : 0.0F;
        prepared.dense_padded[input * kStride + output] = w;
        prepared.dense_transposed[output * kInputs + input] = w;
      }
    }
  }

  /// x: [rows][kInputs] -> work.logits
  static void forward(const PreparedWeights& prepared, int outputs, int rows, const float* x, BlockWorkspace& work) {
    QUARTERTURN_ROLLED for (int panel = 0; panel < outputs; panel += kLogitPanel) {
      multiply_rows<false, kLogitPanel>(Strides<kInputs, 1, kStride, kLogitStride>{}, rows, kInputs, x,
                                        prepared.dense_padded + panel, work.logits + panel);
      for (int row = 0; row < rows; ++row) {
        for (int c = panel; c < panel + kLogitPanel; c += kLanes) {
          float* z = work.logits + row * kLogitStride + c;
          store(z, load(z) + load(&prepared.dense_bias[c]));
        }
      }
    }
  }

  /// From work.logits_gradient: adds to `gradient`.
  static void backward_weights(int outputs, int rows, const float* x, BlockWorkspace& work, float* gradient) {
    QUARTERTURN_ROLLED for (int panel = 0; panel < outputs; panel += kLogitPanel) {
      multiply<false, kInputs, kLogitPanel>(Strides<1, kInputs, kLogitStride, kStride>{}, rows, x,
                                            work.logits_gradient + panel, work.dense_gradient + panel);
    }
    QUARTERTURN_ROLLED for (int input = 0; input < kInputs; ++input) {
      QUARTERTURN_ROLLED for (int output = 0; output < outputs; ++output) {
        gradient[input * outputs + output] += work.dense_gradient[input * kStride + output];
      }
    }
    float* bias = gradient + kInputs * outputs;
    QUARTERTURN_ROLLED for (int row = 0; row < rows; ++row) {
      QUARTERTURN_ROLLED for (int output = 0; output < outputs; ++output) bias[output] +=
          work.logits_gradient[row * kLogitStride + output];
    }
  }

  /// From work.logits_gradient: x_gradient [rows][kInputs].
  static void backward_input(const PreparedWeights& prepared, int outputs, int rows, const BlockWorkspace& work,
                             float* x_gradient) {
    multiply_rows<false, kInputs>(Strides<kLogitStride, 1, kInputs, kInputs>{}, rows, outputs, work.logits_gradient,
                                  prepared.dense_transposed, x_gradient);
  }
};

}  // namespace quarterturn::QUARTERTURN_ISA
