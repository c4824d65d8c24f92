#include "analysis/interval.hpp"

#include <algorithm>
#include <cmath>

namespace quarterturn {

Interval wilson_interval(double correct, double count) {
  if (!(count > 0.0)) return {0.0, 1.0};
  constexpr double kZ = 1.959963984540054;
  const double p = correct / count;
  const double scale = 1.0 / (1.0 + kZ * kZ / count);
  const double centre = scale * (p + kZ * kZ / (2.0 * count));
  const double half = scale * kZ * std::sqrt(p * (1.0 - p) / count + kZ * kZ / (4.0 * count * count));
  return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

}  // namespace quarterturn
