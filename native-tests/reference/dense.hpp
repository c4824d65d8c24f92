// Fully connected layer, plain and in double precision.
#pragma once

#include <cstddef>
#include <span>

namespace quarterturn::reference {

/// Layouts: input [batch][inputs], kernel [inputs][outputs], output [batch][outputs].
struct Dense {
  std::size_t batch;
  std::size_t inputs;
  std::size_t outputs;
};

/// Y = X W + b
void dense_forward(const Dense& shape, std::span<const double> input, std::span<const double> kernel,
                   std::span<const double> bias, std::span<double> output);

/// Overwrites the three gradients. `input_gradient` may be empty where none is wanted.
void dense_backward(const Dense& shape, std::span<const double> input, std::span<const double> kernel,
                    std::span<const double> output_gradient, std::span<double> input_gradient,
                    std::span<double> kernel_gradient, std::span<double> bias_gradient);

}  // namespace quarterturn::reference
