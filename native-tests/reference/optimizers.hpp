// Glorot-uniform limits, Adam and SGD with momentum, plain and in double precision, as Keras 3 defines them.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace quarterturn::reference {

/// Kernels start uniform in [-limit, limit], limit = sqrt(6 / (fan_in + fan_out))
/// (Glorot and Bengio, AISTATS 2010). Dense: fans are inputs and outputs.
inline double glorot_uniform_limit(std::size_t fan_in, std::size_t fan_out) {
  return std::sqrt(6.0 / static_cast<double>(fan_in + fan_out));
}

/// Convolution: fans are kernel^2 times the channels on each side.
inline double glorot_uniform_limit(std::size_t kernel, std::size_t in_channels, std::size_t out_channels) {
  return glorot_uniform_limit(kernel * kernel * in_channels, kernel * kernel * out_channels);
}

/// m += (1 - b1) (g - m);  v += (1 - b2) (g^2 - v);  w -= lr sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + eps)
struct Adam {
  explicit Adam(std::size_t parameters) : m(parameters), v(parameters) {}

  double learning_rate = 0.001;
  double beta_1 = 0.9;
  double beta_2 = 0.999;
  double epsilon = 1e-7;
  std::uint32_t step = 0;
  std::vector<double> m;
  std::vector<double> v;

  void update(std::span<double> weights, std::span<const double> gradient) {
    ++step;
    const double alpha = learning_rate * std::sqrt(1.0 - std::pow(beta_2, step)) / (1.0 - std::pow(beta_1, step));
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double g = gradient[i];
      m[i] += (1.0 - beta_1) * (g - m[i]);
      v[i] += (1.0 - beta_2) * (g * g - v[i]);
      weights[i] -= alpha * m[i] / (std::sqrt(v[i]) + epsilon);
    }
  }
};

/// v = momentum v - lr g;  w += v
struct Sgd {
  explicit Sgd(std::size_t parameters) : velocity(parameters) {}

  double learning_rate = 0.001;
  double momentum = 0.9;
  std::vector<double> velocity;

  void update(std::span<double> weights, std::span<const double> gradient) {
    for (std::size_t i = 0; i < weights.size(); ++i) {
      velocity[i] = momentum * velocity[i] - learning_rate * gradient[i];
      weights[i] += velocity[i];
    }
  }
};

}  // namespace quarterturn::reference
