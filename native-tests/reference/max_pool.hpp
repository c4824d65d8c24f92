// Max pooling 2x2, stride 2, VALID, plain and in double precision.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace quarterturn::reference {

/// NHWC. VALID: a last odd row or column belongs to no window and gets no gradient.
struct MaxPool {
  std::size_t batch;
  std::size_t height;
  std::size_t width;
  std::size_t channels;

  [[nodiscard]] std::size_t output_height() const { return height / 2; }
  [[nodiscard]] std::size_t output_width() const { return width / 2; }
  [[nodiscard]] std::size_t input_size() const { return batch * height * width * channels; }
  [[nodiscard]] std::size_t output_size() const { return batch * output_height() * output_width() * channels; }
};

/// output [batch][height/2][width/2][channels]; `winner`, of the same size, is the cell of each window that holds its
/// maximum: 0 upper left, 1 upper right, 2 lower left, 3 lower right; the first of equals.
void max_pool_forward(const MaxPool& shape, std::span<const double> input, std::span<double> output,
                      std::span<std::uint8_t> winner);

/// Overwrites `input_gradient`: the whole gradient goes to the winner.
void max_pool_backward(const MaxPool& shape, std::span<const std::uint8_t> winner,
                       std::span<const double> output_gradient, std::span<double> input_gradient);

}  // namespace quarterturn::reference
