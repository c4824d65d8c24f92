// The optimisers' arithmetic and the sum of the tasks' gradients, over parameters [first, last). Lanes run across
// parameters; a rest of fewer than a vector is done in a padded one, so every parameter sees the same operations.
#pragma once

#include <bit>
#include <cstddef>

#include "layers/shapes.hpp"
#include "optim/optimizers.hpp"
#include "simd/simd.hpp"

namespace quarterturn::QUARTERTURN_ISA {

/// Sum of kTasks vectors that lie `stride` apart, as a binary tree: (0+1)+(2+3), ... A tree of 6 is one of 4 plus one
/// of 2.
template <int kTasks>
QUARTERTURN_INLINE Vec tree_sum(const float* p, std::size_t stride) {
  if constexpr (kTasks == 1) {
    return load(p);
  } else {
    constexpr int kLeft = static_cast<int>(std::bit_ceil(static_cast<unsigned>(kTasks)) / 2);
    return tree_sum<kLeft>(p, stride) + tree_sum<kTasks - kLeft>(p + kLeft * stride, stride);
  }
}

/// out[i] = sum over tasks of slabs[task * stride + i]. The tree depends on the number of tasks (1..kMaxTasks) alone.
template <int kTasks = kMaxTasks>
inline void sum_gradients(const float* slabs, std::size_t stride, int tasks, std::size_t first, std::size_t last,
                          float* out) {
  if constexpr (kTasks > 0) {
    if (tasks != kTasks) return sum_gradients<kTasks - 1>(slabs, stride, tasks, first, last, out);
    for (std::size_t i = first; i < last; i += kLanes) store(out + i, tree_sum<kTasks>(slabs + i, stride));
  }
}

/// One update of parameters [first, last): weights, the optimiser's vectors of state `stride` floats apart, the
/// gradient, and Optimizer::step_rate().
using Update = void(float* w, float* state, std::size_t stride, const float* g, std::size_t first, std::size_t last,
                    float rate);

/// See kAdamBeta1.
inline void adam_update(float* w, float* state, std::size_t stride, const float* g, std::size_t first, std::size_t last,
                        float rate) {
  float* const m = state;
  float* const v = state + stride;
  const Vec step1 = splat(static_cast<float>(1.0 - kAdamBeta1));
  const Vec step2 = splat(static_cast<float>(1.0 - kAdamBeta2));
  const Vec epsilon = splat(kAdamEpsilon);
  const Vec alpha = splat(rate);
  for (std::size_t i = first; i < last; i += kLanes) {
    const Vec gradient = load(g + i);
    const Vec m_old = load(m + i);
    const Vec v_old = load(v + i);
    const Vec m_new = madd(gradient - m_old, step1, m_old);
    const Vec v_new = madd(gradient * gradient - v_old, step2, v_old);
    store(m + i, m_new);
    store(v + i, v_new);
    store(w + i, load(w + i) - divide(m_new * alpha, square_root(v_new) + epsilon));
  }
}

/// See kSgdMomentum.
inline void sgd_update(float* w, float* velocity, std::size_t /*stride*/, const float* g, std::size_t first,
                       std::size_t last, float rate) {
  const Vec momentum = splat(kSgdMomentum);
  const Vec step = splat(rate);
  for (std::size_t i = first; i < last; i += kLanes) {
    const Vec v_new = momentum * load(velocity + i) - step * load(g + i);
    store(velocity + i, v_new);
    store(w + i, load(w + i) + v_new);
  }
}

/// By OptimizerKind.
static constexpr Update* kUpdates[kOptimizerKinds] = {sgd_update, adam_update};

}  // namespace quarterturn::QUARTERTURN_ISA
