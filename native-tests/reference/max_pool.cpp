#include "reference/max_pool.hpp"

#include <algorithm>

namespace quarterturn::reference {

namespace {

// Calls visit(o, first) for every output element: its offset, and that of the upper left cell of its window.
template <class Visit>
void for_each_window(const MaxPool& shape, Visit visit) {
  for (std::size_t n = 0; n < shape.batch; ++n) {
    for (std::size_t oy = 0; oy < shape.output_height(); ++oy) {
      for (std::size_t ox = 0; ox < shape.output_width(); ++ox) {
        for (std::size_t c = 0; c < shape.channels; ++c) {
          const std::size_t o = ((n * shape.output_height() + oy) * shape.output_width() + ox) * shape.channels + c;
          const std::size_t first = ((n * shape.height + 2 * oy) * shape.width + 2 * ox) * shape.channels + c;
          visit(o, first);
        }
      }
    }
  }
}

std::size_t cell_offset(const MaxPool& shape, std::size_t cell) {
  return ((cell / 2) * shape.width + cell % 2) * shape.channels;
}

}  // namespace

// Y[n,oy,ox,c] = max over dy,dx in {0,1} of X[n, 2 oy + dy, 2 ox + dx, c]
void max_pool_forward(const MaxPool& shape, std::span<const double> input, std::span<double> output,
                      std::span<std::uint8_t> winner) {
  for_each_window(shape, [&](std::size_t o, std::size_t first) {
    output[o] = input[first];
    winner[o] = 0;
    for (std::uint8_t cell = 1; cell < 4; ++cell) {
      const double x = input[first + cell_offset(shape, cell)];
      if (x > output[o]) {
        output[o] = x;
        winner[o] = cell;
      }
    }
  });
}

// dX[winner of (n,oy,ox,c)] = dY[n,oy,ox,c], 0 elsewhere; the windows do not overlap.
void max_pool_backward(const MaxPool& shape, std::span<const std::uint8_t> winner,
                       std::span<const double> output_gradient, std::span<double> input_gradient) {
  std::fill(input_gradient.begin(), input_gradient.end(), 0.0);
  for_each_window(shape, [&](std::size_t o, std::size_t first) {
    input_gradient[first + cell_offset(shape, winner[o])] = output_gradient[o];
  });
}

}  // namespace quarterturn::reference
