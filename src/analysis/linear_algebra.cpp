#include "analysis/linear_algebra.hpp"

#include <Eigen/Eigenvalues>

namespace quarterturn {

FeatureMap feature_map(std::span<const float> features, std::size_t columns) {
  return {features.data(), static_cast<Eigen::Index>(features.size() / columns), static_cast<Eigen::Index>(columns)};
}

Eigen::VectorXd mean_of(const FeatureMap& features) {
  Eigen::VectorXd mean = Eigen::VectorXd::Zero(features.cols());
  for (Eigen::Index r = 0; r < features.rows(); ++r) mean += features.row(r).transpose().cast<double>();
  mean /= static_cast<double>(features.rows());
  return mean;
}

Eigen::MatrixXd scatter(const FeatureMap& features, const Eigen::VectorXd& centre) {
  return scatter(features, [&centre](Eigen::Index) -> const Eigen::VectorXd& { return centre; }, [](const auto&) {});
}

Result<LeadingPairs> leading_pairs(const Eigen::MatrixXd& matrix) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix);
  if (solver.info() != Eigen::Success) {
    return Error{"the eigenvectors of the features did not converge; a feature is not finite or far too large"};
  }
  const Eigen::Index size = matrix.rows();
  LeadingPairs pairs;
  pairs.vectors.setZero(size, 2);
  for (Eigen::Index i = 0; i < std::min<Eigen::Index>(2, size); ++i) {
    pairs.values(i) = solver.eigenvalues()(size - 1 - i);
    pairs.vectors.col(i) = solver.eigenvectors().col(size - 1 - i);
  }
  return pairs;
}

std::vector<double> with_stable_sign(const Eigen::VectorXd& axis) {
  Eigen::Index largest = 0;
  axis.cwiseAbs().maxCoeff(&largest);
  std::vector<double> turned(axis.begin(), axis.end());
  if (axis(largest) < 0.0) {
    for (double& value : turned) value = -value;
  }
  return turned;
}

}  // namespace quarterturn
