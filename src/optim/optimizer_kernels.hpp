// The optimisers' arithmetic and the sum of the tasks' gradients, over parameters [first, last). Lanes run across
// parameters; a rest of fewer than a vector is done in a padded one, so every parameter sees the same operations.
#pragma once

#include <cstddef>

#include "optim/optimizers.hpp"
#include "simd/simd.hpp"

namespace quarterturn::QUARTERTURN_ISA {

/// out[i] = sum over tasks of slabs[task * stride + i], added pairwise as a binary tree: (0+1)+(2+3), ...
/// The tree depends on the number of tasks alone.
inline void sum_gradients(const float* slabs, std::size_t stride, int tasks, std::size_t first, std::size_t last,
                          float* out) {
  constexpr int kDepth = 8;  // up to 2^7 tasks
  for (std::size_t i = first; i < last; i += kLanes) {
    Vec partial[kDepth];
    int size[kDepth];
    int depth = 0;
    for (int task = 0; task < tasks; ++task) {
      partial[depth] = load(slabs + static_cast<std::size_t>(task) * stride + i);
      size[depth] = 1;
      ++depth;
      while (depth > 1 && size[depth - 2] == size[depth - 1]) {
        partial[depth - 2] = partial[depth - 2] + partial[depth - 1];
        size[depth - 2] *= 2;
        --depth;
      }
    }
    while (depth > 1) {
      partial[depth - 2] = partial[depth - 2] + partial[depth - 1];
      --depth;
    }
    store(out + i, partial[0]);
  }
}

/// See Adam; `rate` = corrected_rate().
inline void adam_update(float* w, float* m, float* v, const float* g, std::size_t first, std::size_t last,
                        const Adam& adam, float rate) {
  const Vec step1 = splat(1.0F - adam.beta_1);
  const Vec step2 = splat(1.0F - adam.beta_2);
  const Vec epsilon = splat(adam.epsilon);
  const Vec alpha = splat(rate);
  for (std::size_t i = first; i < last; i += kLanes) {
    const Vec gradient = load(g + i);
    const Vec m_old = load(m + i);
    const Vec v_old = load(v + i);
    const Vec m_new = madd(gradient - m_old, step1, m_old);
    const Vec v_new = madd(gradient * gradient - v_old, step2, v_old);
    store(m + i, m_new);
    store(v + i, v_new);
    store(w + i, load(w + i) - m_new * alpha / (xsimd::sqrt(v_new) + epsilon));
  }
}

/// See Sgd.
inline void sgd_update(float* w, float* velocity, const float* g, std::size_t first, std::size_t last, const Sgd& sgd) {
  const Vec momentum = splat(sgd.momentum);
  const Vec rate = splat(sgd.learning_rate);
  for (std::size_t i = first; i < last; i += kLanes) {
    const Vec v_new = momentum * load(velocity + i) - rate * load(g + i);
    store(velocity + i, v_new);
    store(w + i, load(w + i) + v_new);
  }
}

}  // namespace quarterturn::QUARTERTURN_ISA
