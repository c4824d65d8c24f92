// Principal components: the 2-D picture of a latent space.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace quarterturn {

/// The two directions of largest variance and where each row lies along them.
struct Projection {
  std::vector<float> x;                     ///< [rows]
  std::vector<float> y;                     ///< [rows]
  std::array<double, 2> explained{};        ///< share of the total variance, 0..1
  std::array<std::vector<double>, 2> axes;  ///< [columns] each, of length 1; the largest loading is positive
};

/// Projects mean-centred `features` ([rows][columns], row-major, finite) on their first two principal components.
/// A component without variance has coordinates 0 and explains 0. No rows give an empty projection.
Projection project(std::span<const float> features, std::size_t columns);

}  // namespace quarterturn
