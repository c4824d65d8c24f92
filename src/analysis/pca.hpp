// Principal components: the 2-D picture of a latent space.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace quarterturn {

/// The two directions of largest variance and where each row lies along them: axes[i] . (row - mean).
struct Projection {
  std::vector<float> x;                     ///< [rows]
  std::vector<float> y;                     ///< [rows]
  std::array<double, 2> explained{};        ///< share of the total variance, 0..1
  std::vector<double> mean;                 ///< [columns]
  std::array<std::vector<double>, 2> axes;  ///< [columns] each, of length 1; the largest loading is positive
};

/// Projects mean-centred `features` ([rows][columns], row-major) on their first two principal components, as
/// scikit-learn's PCA(n_components=2, svd_solver="covariance_eigh") does but for the sign convention.
/// A component without variance has a zero axis, coordinates 0 and explains 0. No rows give an empty projection.
/// Error: a feature is not finite, or the eigenvalue iteration does not converge.
Result<Projection> project(std::span<const float> features, std::size_t columns);

}  // namespace quarterturn
