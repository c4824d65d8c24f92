#include "optim/optimizers.hpp"

#include <cmath>

namespace quarterturn {

namespace {

/// base^exponent by repeated squaring: multiplications only, so the same bits everywhere.
double power(double base, std::uint32_t exponent) {
  double result = 1.0;
  for (; exponent != 0; exponent >>= 1) {
    if ((exponent & 1U) != 0) result *= base;
    base *= base;
  }
  return result;
}

}  // namespace

Optimizer::Optimizer(OptimizerKind kind, std::size_t parameters, float rate)
    : learning_rate(rate),
      kind_(kind),
      parameters_(parameters),
      stride_(round_up(parameters, kAlignment / sizeof(float))),
      state_(info().count * stride_) {}

float Optimizer::step_rate() const {
  if (kind_ != OptimizerKind::adam) return learning_rate;
  const std::uint32_t t = step + 1;
  const double correction =
      std::sqrt(1.0 - power(static_cast<float>(kAdamBeta2), t)) / (1.0 - power(static_cast<float>(kAdamBeta1), t));
  return static_cast<float>(static_cast<double>(learning_rate) * correction);
}

}  // namespace quarterturn
