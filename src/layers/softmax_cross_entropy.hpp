// Softmax and categorical cross-entropy on logits (Keras computes the loss from the logits too):
//
//   p[c] = exp(z[c] - max z) / sum_c exp(z[c] - max z)        loss = log(sum_c exp(z[c] - max z)) - (z[label] - max z)
//   dloss/dz[c] = (p[c] - [c == label]) * scale               scale = 1 / batch for the mean loss
#pragma once

#include <bit>
#include <cstdint>

#include "layers/batch_result.hpp"
#include "layers/dense.hpp"
#include "layers/shapes.hpp"
#include "simd/simd.hpp"

namespace quarterturn::QUARTERTURN_ISA {

/// log x for normal x > 0, in plain multiplications so that every machine gives the same bits:
/// x = 2^e m, m in [sqrt(1/2), sqrt(2));  log m = 2 atanh(s), s = (m - 1) / (m + 1).  Error about 1e-13.
inline double log_positive(double x) {
  if (!(x > 0.0)) return x * 0.0 / 0.0;
  auto bits = std::bit_cast<std::uint64_t>(x);
  auto exponent = static_cast<std::int64_t>(bits >> 52) - 1023;
  bits = (bits & 0xFFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL;
  double m = std::bit_cast<double>(bits);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    ++exponent;
  }
  const double s = (m - 1.0) / (m + 1.0);
  const double s2 = s * s;
  double series = 0.0;
  for (int odd = 17; odd >= 1; odd -= 2) series = series * s2 + 1.0 / odd;
  return static_cast<double>(exponent) * 0.69314718055994531 + 2.0 * s * series;
}

/// `outputs` logits a row, rows kLogitStride apart.
struct SoftmaxCrossEntropy {
  /// work.logits -> probabilities, unnormalised exponentials stay in work.logits_gradient. `labels` may be null (no
  /// loss), `probabilities` ([rows][outputs]) too.
  static BatchResult forward(int outputs, int rows, const std::uint8_t* labels, BlockWorkspace& work,
                             float* probabilities) {
    BatchResult result;
    QUARTERTURN_ROLLED for (int row = 0; row < rows; ++row) {
      const float* z = work.logits + row * kLogitStride;
      float* e = work.logits_gradient + row * kLogitStride;
      int largest = 0;
      QUARTERTURN_ROLLED for (int c = 1; c < outputs; ++c) {
        if (z[c] > z[largest]) largest = c;
      }
      const Vec maximum = splat(z[largest]);
      QUARTERTURN_ROLLED for (int c = 0; c < panel_columns(outputs); c += kLanes)
          store(e + c, exp(load(z + c) - maximum));
      float sum = 0.0F;
      QUARTERTURN_ROLLED for (int c = 0; c < outputs; ++c) sum += e[c];
      QUARTERTURN_ROLLED for (int c = 0; c < outputs; ++c) e[c] /= sum;
      if (probabilities != nullptr) {
        QUARTERTURN_ROLLED for (int c = 0; c < outputs; ++c) probabilities[row * outputs + c] = e[c];
      }
      if (labels != nullptr) {
        const int label = labels[row];
        double finite = 0.0;  // a logit that is not finite makes this NaN, even where max and exp would hide it
        QUARTERTURN_ROLLED for (int c = 0; c < outputs; ++c) finite += static_cast<double>(z[c]) * 0.0;
        const double distance = static_cast<double>(z[largest]) - static_cast<double>(z[label]);
        result.loss_sum += log_positive(static_cast<double>(sum)) + distance + finite;
        result.correct += static_cast<std::uint32_t>(largest == label);
      }
    }
    return result;
  }

  /// After forward: work.logits_gradient of scale * loss.
  static void backward(int outputs, int rows, const std::uint8_t* labels, float scale, BlockWorkspace& work) {
    for (int row = 0; row < rows; ++row) {
      float* g = work.logits_gradient + row * kLogitStride;
      g[labels[row]] -= 1.0F;
      for (int c = 0; c < outputs; ++c) g[c] *= scale;
      for (int c = outputs; c < panel_columns(outputs); ++c) g[c] = 0.0F;
    }
  }
};

}  // namespace quarterturn::QUARTERTURN_ISA
