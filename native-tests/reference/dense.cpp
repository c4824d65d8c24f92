#include "reference/dense.hpp"

#include <algorithm>

namespace quarterturn::reference {

// Y[n,o] = b[o] + sum over i of X[n,i] W[i,o]
void dense_forward(const Dense& shape, std::span<const double> input, std::span<const double> kernel,
                   std::span<const double> bias, std::span<double> output) {
  for (std::size_t n = 0; n < shape.batch; ++n) {
    double* y = output.data() + n * shape.outputs;
    std::copy_n(bias.data(), shape.outputs, y);
    for (std::size_t i = 0; i < shape.inputs; ++i) {
      const double x = input[n * shape.inputs + i];
      for (std::size_t o = 0; o < shape.outputs; ++o) y[o] += x * kernel[i * shape.outputs + o];
    }
  }
}

// db[o] = sum over n of dY[n,o];  dW = X^T dY;  dX = dY W^T
void dense_backward(const Dense& shape, std::span<const double> input, std::span<const double> kernel,
                    std::span<const double> output_gradient, std::span<double> input_gradient,
                    std::span<double> kernel_gradient, std::span<double> bias_gradient) {
  std::fill(kernel_gradient.begin(), kernel_gradient.end(), 0.0);
  std::fill(bias_gradient.begin(), bias_gradient.end(), 0.0);
  for (std::size_t n = 0; n < shape.batch; ++n) {
    const double* dy = output_gradient.data() + n * shape.outputs;
    for (std::size_t o = 0; o < shape.outputs; ++o) bias_gradient[o] += dy[o];
    for (std::size_t i = 0; i < shape.inputs; ++i) {
      const double x = input[n * shape.inputs + i];
      double dx = 0.0;
      for (std::size_t o = 0; o < shape.outputs; ++o) {
        kernel_gradient[i * shape.outputs + o] += x * dy[o];
        dx += kernel[i * shape.outputs + o] * dy[o];
      }
      if (!input_gradient.empty()) input_gradient[n * shape.inputs + i] = dx;
    }
  }
}

}  // namespace quarterturn::reference
