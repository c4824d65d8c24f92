// Rectified linear unit, plain and in double precision.
#pragma once

#include <cstddef>
#include <span>

namespace quarterturn::reference {

/// y = max(x, 0); the two may be the same memory.
inline void relu_forward(std::span<const double> input, std::span<double> output) {
  for (std::size_t i = 0; i < input.size(); ++i) output[i] = input[i] > 0.0 ? input[i] : 0.0;
}

/// dx = dy where y > 0, else 0: at x = 0 the gradient is 0, as in TensorFlow. dy and dx may be the same memory.
inline void relu_backward(std::span<const double> output, std::span<const double> output_gradient,
                          std::span<double> input_gradient) {
  for (std::size_t i = 0; i < output.size(); ++i) input_gradient[i] = output[i] > 0.0 ? output_gradient[i] : 0.0;
}

}  // namespace quarterturn::reference
