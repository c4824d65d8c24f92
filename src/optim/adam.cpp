#include <cmath>

#include "optim/optimizers.hpp"

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

float Adam::corrected_rate() const {
  const std::uint32_t t = step + 1;
  const double correction =
      std::sqrt(1.0 - power(static_cast<float>(beta_2), t)) / (1.0 - power(static_cast<float>(beta_1), t));
  return static_cast<float>(static_cast<double>(learning_rate) * correction);
}

}  // namespace quarterturn
