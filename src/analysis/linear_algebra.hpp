// What PCA and LDA share, with Eigen: scatter matrices and their leading eigenvectors, in double precision.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace quarterturn {

/// Share of the total variance below which an eigenvalue is rounding noise.
inline constexpr double kNoVariance = 1e-12;

/// Features [rows][columns], row-major, as an Eigen matrix that refers to them.
using FeatureMap = Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

/// columns > 0.
FeatureMap feature_map(std::span<const float> features, std::size_t columns);

/// [columns], summed in the order of the rows. rows > 0.
Eigen::VectorXd mean_of(const FeatureMap& features);

struct Scatter {
  Eigen::MatrixXd sum;         ///< of c c' over all centred rows c, [columns][columns]; the lower triangle, else zeros
  double fourth_powers = 0.0;  ///< sum of |c|^4
};

/// c is row r less the column `of[r]` of `centres` ([columns][]); with `of` empty, less the first.
Scatter scatter(const FeatureMap& features, const Eigen::MatrixXd& centres, std::span<const Eigen::Index> of = {});

/// The two largest eigenvalues of a symmetric matrix and their eigenvectors.
struct LeadingPairs {
  Eigen::Vector2d values = Eigen::Vector2d::Zero();  ///< falling
  Eigen::MatrixX2d vectors;                          ///< [size][2], each of length 1
};

/// Reads the lower triangle of `matrix` [size][size]. Where size is 1, the second value is 0 and its vector zero.
/// Error: the eigenvalue iteration does not converge, as with numbers that are not finite.
Result<LeadingPairs> leading_pairs(const Eigen::MatrixXd& matrix);

/// An eigenvector's sign is arbitrary: returns `axis` with the sign that makes its largest loading, of equals the
/// first, positive.
std::vector<double> with_stable_sign(const Eigen::VectorXd& axis);

}  // namespace quarterturn
