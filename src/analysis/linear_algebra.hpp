// What PCA and LDA share, with Eigen: scatter matrices and their leading eigenvectors, in double precision.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace quarterturn {

/// Features [rows][columns], row-major, as an Eigen matrix that refers to them.
using FeatureMap = Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

/// columns > 0.
FeatureMap feature_map(std::span<const float> features, std::size_t columns);

/// [columns], summed in the order of the rows. rows > 0.
Eigen::VectorXd mean_of(const FeatureMap& features);

/// Lower triangle of the sum of (x_r - centre(r)) (x_r - centre(r))' over all rows r, [columns][columns]; the upper
/// triangle holds zeros. `centre(r)` is a column vector. `each` is called with every centred row as a column vector.
/// Row by row: a copy of all rows in double precision would not fit beside an experiment into the fixed memory of a
/// browser, and an update by blocks of rows is Eigen's matrix product, which every visitor would download.
template <class Centre, class Each>
Eigen::MatrixXd scatter(const FeatureMap& features, const Centre& centre, const Each& each) {
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(features.cols(), features.cols());
  Eigen::VectorXd centred(features.cols());
  for (Eigen::Index r = 0; r < features.rows(); ++r) {
    centred = features.row(r).transpose().cast<double>() - centre(r);
    sum.selfadjointView<Eigen::Lower>().rankUpdate(centred);
    each(centred);
  }
  return sum;
}

/// The same around one centre for all rows.
Eigen::MatrixXd scatter(const FeatureMap& features, const Eigen::VectorXd& centre);

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
