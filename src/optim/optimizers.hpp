// Adam and SGD with momentum as Keras 3 defines them. State lives beside the weights it moves, in their order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/aligned_buffer.hpp"

namespace quarterturn {

/// m += (1 - b1) (g - m);  v += (1 - b2) (g^2 - v);  w -= lr sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + eps)
/// (Kingma and Ba, ICLR 2015, with epsilon outside the bias correction, as keras.optimizers.Adam has it.) Keras
/// subtracts 1 - b in double precision but raises a b rounded to single precision to the power t; so does this.
struct Adam {
  explicit Adam(std::size_t parameters) : m(parameters), v(parameters) {}

  float learning_rate = 0.001F;
  double beta_1 = 0.9;
  double beta_2 = 0.999;
  float epsilon = 1e-7F;
  std::uint32_t step = 0;  ///< steps done; t of the next step is step + 1
  AlignedBuffer<float> m;
  AlignedBuffer<float> v;

  /// lr sqrt(1 - b2^t) / (1 - b1^t) for t = step + 1: plain multiplications and a square root, so the same everywhere.
  [[nodiscard]] float corrected_rate() const;
};

/// v = momentum * v - lr * g;  w += v   (keras.optimizers.SGD, nesterov = False)
struct Sgd {
  explicit Sgd(std::size_t parameters) : velocity(parameters) {}

  float learning_rate = 0.001F;
  float momentum = 0.9F;
  AlignedBuffer<float> velocity;
};

}  // namespace quarterturn
