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

// rankUpdate() with a matrix is Eigen's matrix product, which every visitor would download.
void add_products(Eigen::MatrixXd& sum, const Vectors& vectors) {
  const Eigen::Index size = sum.rows();
  for (Eigen::Index k = 0; k < size; ++k) {
    sum.col(k).tail(size - k) += vectors.bottomRows(size - k).lazyProduct(vectors.row(k).transpose());
  }
}

void tridiagonalise_column(Eigen::MatrixXd& matrix, Eigen::VectorXd& factors, Eigen::Index column) {
  const Eigen::Index below = matrix.rows() - column - 1;
  auto vector = matrix.col(column).tail(below);
  auto rest = matrix.bottomRightCorner(below, below);
  double length = 0.0;
  double factor = 0.0;
  vector.makeHouseholderInPlace(factor, length);
  vector(0) = 1.0;
  auto image = factors.tail(below);  // what is no factor yet serves as the place of A v
  image.noalias() = rest.selfadjointView<Eigen::Lower>() * (factor * vector);
  image += (-0.5 * factor * image.dot(vector)) * vector;
  rest.selfadjointView<Eigen::Lower>().rankUpdate(vector, image, -1.0);
  vector(0) = length;
  factors(column) = factor;
}

void load(RowBlock& block, const FeatureMap& features, Eigen::Index first) {
  block.setZero();
  const Eigen::Index last = std::min(first + kSideBySide, features.rows());
  for (Eigen::Index r = first; r < last; ++r) {
    for (Eigen::Index j = 0; j < features.cols(); ++j) block(r - first, j) = static_cast<double>(features(r, j));
  }
}

Lanes product(const RowBlock& block, const double* vector) {
  Lanes sum = Lanes::Zero();
  for (Eigen::Index j = 0; j < block.cols(); ++j) sum += vector[j] * block.col(j);
  return sum;
}

void reflect(RowBlock& block, Eigen::Index i, const double* vector, double factor) {
  Lanes sum = block.col(i + 1);
  for (Eigen::Index j = i + 2; j < block.cols(); ++j) sum += vector[j] * block.col(j);
  sum *= factor;
  block.col(i + 1) -= sum;
  for (Eigen::Index j = i + 2; j < block.cols(); ++j) block.col(j) -= vector[j] * sum;
}

Lanes quadratic_form(const RowBlock& block, const double* below, const double* inverse) {
  Lanes forward = Lanes::Zero();  // L^-1 s
  Lanes form = Lanes::Zero();
  for (Eigen::Index j = 0; j < block.cols(); ++j) {
    forward = block.col(j) - below[j] * forward;
    form += inverse[j] * forward.cwiseAbs2();
  }
  return form;
}

// A copy of all rows in double precision would not fit beside an experiment into the fixed memory of a browser.
Scatter scatter(const FeatureMap& features, const Eigen::MatrixXd& centres, std::span<const Eigen::Index> of) {
  const Eigen::Index size = features.cols();
  Scatter result;
  result.sum.setZero(size, size);
  Vectors rows(size, kVectorsAtOnce);
  for (Eigen::Index first = 0; first < features.rows(); first += kVectorsAtOnce) {
    for (Eigen::Index i = 0; i < kVectorsAtOnce; ++i) {
      const Eigen::Index r = first + i;
      if (r < features.rows()) {
        const Eigen::Index centre = of.empty() ? 0 : of[static_cast<std::size_t>(r)];
        rows.col(i) = features.row(r).transpose().cast<double>() - centres.col(centre);
      } else {
        rows.col(i).setZero();
      }
      const double square = rows.col(i).squaredNorm();
      result.fourth_powers += square * square;
    }
    add_products(result.sum, rows);
  }
  return result;
}

Result<LeadingPairs> leading_pairs(const Eigen::MatrixXd& matrix) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix);
  if (solver.info() != Eigen::Success) {
    return Error{MessageCode::eigenvectors};
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
