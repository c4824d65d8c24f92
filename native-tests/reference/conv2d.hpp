// Convolution, plain and in double precision.
#pragma once

#include <cstddef>
#include <span>

namespace quarterturn::reference {

/// One spatial axis of a convolution with TensorFlow's SAME padding:
///   output = ceil(n / s),  total = max((output - 1) s + k - n, 0),  before = total / 2,  after = total - before.
struct SamePadding {
  std::size_t output;
  std::size_t before;
  std::size_t after;
};
SamePadding same_padding(std::size_t input, std::size_t kernel, std::size_t stride);

/// Square kernel, equal strides, SAME padding. Layouts: input and output NHWC, kernel HWIO.
struct Conv2d {
  std::size_t batch;
  std::size_t height;
  std::size_t width;
  std::size_t in_channels;
  std::size_t out_channels;
  std::size_t kernel;
  std::size_t stride;

  [[nodiscard]] SamePadding rows() const { return same_padding(height, kernel, stride); }
  [[nodiscard]] SamePadding columns() const { return same_padding(width, kernel, stride); }
  [[nodiscard]] std::size_t input_size() const { return batch * height * width * in_channels; }
  [[nodiscard]] std::size_t output_size() const { return batch * rows().output * columns().output * out_channels; }
  [[nodiscard]] std::size_t kernel_size() const { return kernel * kernel * in_channels * out_channels; }
};

/// output [batch][oh][ow][out] = bias [out] + input [batch][height][width][in] * kernel [k][k][in][out]
void conv2d_forward(const Conv2d& shape, std::span<const double> input, std::span<const double> kernel,
                    std::span<const double> bias, std::span<double> output);

/// Overwrites the three gradients. `input_gradient` may be empty where none is wanted (the first layer).
void conv2d_backward(const Conv2d& shape, std::span<const double> input, std::span<const double> kernel,
                     std::span<const double> output_gradient, std::span<double> input_gradient,
                     std::span<double> kernel_gradient, std::span<double> bias_gradient);

}  // namespace quarterturn::reference
