// Linear discriminants: the 2-D picture in which the classes of labelled points lie apart.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace quarterturn {

/// Where a point x lies along axis a: a . (x - mean).
struct Discriminant {
  std::vector<double> mean;                 ///< [columns] of all points
  std::array<std::vector<double>, 2> axes;  ///< [columns] each; within-class deviation 1, the largest loading positive
  std::array<double, 2> explained{};        ///< share of the variance between the classes, 0..1
  double shrinkage = 0.0;                   ///< Ledoit and Wolf's, 0..1
};

/// Fisher's discriminants of `features` ([labels.size()][columns], row-major) with classes 0..255.
/// The covariance within the classes is shrunk as scikit-learn's ledoit_wolf(x - class mean, assume_centered=True)
/// does. Two classes have one discriminant only; the second axis is then the first principal component of what the
/// first axis leaves, and explains 0. An axis is zero where the points differ in no further direction. Error: fewer
/// than two classes, no class has any spread, a feature is not finite, or Eigen's decompositions fail.
Result<Discriminant> discriminate(std::span<const float> features, std::size_t columns,
                                  std::span<const std::uint8_t> labels);

}  // namespace quarterturn
