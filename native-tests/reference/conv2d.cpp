#include "reference/conv2d.hpp"

#include <algorithm>

namespace quarterturn::reference {

namespace {

// Calls visit(i, w, o) for every kernel tap that falls inside the image: offsets of the first channel in the input, of
// the tap's [in][out] matrix in the kernel, and of the first channel in the output.
template <class Visit>
void for_each_tap(const Conv2d& shape, Visit visit) {
  const SamePadding rows = shape.rows();
  const SamePadding columns = shape.columns();
  for (std::size_t n = 0; n < shape.batch; ++n) {
    for (std::size_t oy = 0; oy < rows.output; ++oy) {
      for (std::size_t ox = 0; ox < columns.output; ++ox) {
        const std::size_t o = ((n * rows.output + oy) * columns.output + ox) * shape.out_channels;
        for (std::size_t ky = 0; ky < shape.kernel; ++ky) {
          for (std::size_t kx = 0; kx < shape.kernel; ++kx) {
            const std::size_t padded_y = oy * shape.stride + ky;
            const std::size_t padded_x = ox * shape.stride + kx;
            if (padded_y < rows.before || padded_y - rows.before >= shape.height) continue;
            if (padded_x < columns.before || padded_x - columns.before >= shape.width) continue;
            const std::size_t iy = padded_y - rows.before;
            const std::size_t ix = padded_x - columns.before;
            const std::size_t i = ((n * shape.height + iy) * shape.width + ix) * shape.in_channels;
            const std::size_t w = (ky * shape.kernel + kx) * shape.in_channels * shape.out_channels;
            visit(i, w, o);
          }
        }
      }
    }
  }
}

}  // namespace

SamePadding same_padding(std::size_t input, std::size_t kernel, std::size_t stride) {
  const std::size_t output = (input + stride - 1) / stride;
  const std::size_t covered = (output - 1) * stride + kernel;
  const std::size_t total = covered > input ? covered - input : 0;
  return {output, total / 2, total - total / 2};
}

// Y[n,oy,ox,o] = b[o] + sum over ky,kx,c of X[n, oy s + ky - before, ox s + kx - before, c] W[ky,kx,c,o]
void conv2d_forward(const Conv2d& shape, std::span<const double> input, std::span<const double> kernel,
                    std::span<const double> bias, std::span<double> output) {
  const std::size_t out_channels = shape.out_channels;
  for (std::size_t o = 0; o < shape.output_size(); o += out_channels) {
    std::copy_n(bias.data(), out_channels, output.data() + o);
  }
  for_each_tap(shape, [&](std::size_t i, std::size_t w, std::size_t o) {
    double* y = output.data() + o;
    for (std::size_t c = 0; c < shape.in_channels; ++c) {
      const double x = input[i + c];
      const double* row = kernel.data() + w + c * out_channels;
      for (std::size_t k = 0; k < out_channels; ++k) y[k] += x * row[k];
    }
  });
}

// db[o] = sum of dY[n,oy,ox,o];  dW[ky,kx,c,o] = sum of X[..,c] dY[..,o];  dX[..,c] = sum of W[ky,kx,c,o] dY[..,o],
// each over the same (input, tap, output) triples that the forward pass visits.
void conv2d_backward(const Conv2d& shape, std::span<const double> input, std::span<const double> kernel,
                     std::span<const double> output_gradient, std::span<double> input_gradient,
                     std::span<double> kernel_gradient, std::span<double> bias_gradient) {
  const std::size_t out_channels = shape.out_channels;
  std::fill(input_gradient.begin(), input_gradient.end(), 0.0);
  std::fill(kernel_gradient.begin(), kernel_gradient.end(), 0.0);
  std::fill(bias_gradient.begin(), bias_gradient.end(), 0.0);
  for (std::size_t o = 0; o < shape.output_size(); o += out_channels) {
    for (std::size_t k = 0; k < out_channels; ++k) bias_gradient[k] += output_gradient[o + k];
  }
  for_each_tap(shape, [&](std::size_t i, std::size_t w, std::size_t o) {
    const double* dy = output_gradient.data() + o;
    for (std::size_t c = 0; c < shape.in_channels; ++c) {
      const double x = input[i + c];
      double* row = kernel_gradient.data() + w + c * out_channels;
      for (std::size_t k = 0; k < out_channels; ++k) row[k] += x * dy[k];
    }
    if (input_gradient.empty()) return;
    for (std::size_t c = 0; c < shape.in_channels; ++c) {
      const double* row = kernel.data() + w + c * out_channels;
      double sum = 0.0;
      for (std::size_t k = 0; k < out_channels; ++k) sum += row[k] * dy[k];
      input_gradient[i + c] += sum;
    }
  });
}

}  // namespace quarterturn::reference
