#include "analysis/pca.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace quarterturn {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// More vectors than are wanted: the convergence rate is then the ratio of the first eigenvalue outside the block to the
// one wanted, not of neighbours.
constexpr Index kBlock = 8;
constexpr int kMaxIterations = 300;
// Relative change of the wanted eigenvalues; the error of the vectors is about its square root times a gap factor.
constexpr double kTolerance = 1e-14;

/// Modified Gram-Schmidt, twice ("twice is enough", Giraud et al. 2005). A column without anything new becomes zero.
void orthonormalise(MatrixXd& block) {
  for (Index j = 0; j < block.cols(); ++j) {
    const double before = block.col(j).norm();
    for (int pass = 0; pass < 2; ++pass) {
      for (Index i = 0; i < j; ++i) block.col(j) -= block.col(i).dot(block.col(j)) * block.col(i);
    }
    const double after = block.col(j).norm();
    if (after > before * 1e-12 && after > 0.0) {
      block.col(j) /= after;
    } else {
      block.col(j).setZero();
    }
  }
}

/// Cyclic Jacobi on a small symmetric matrix: rotates `small` to diagonal form and collects the rotations in `vectors`.
void diagonalise(MatrixXd& small, MatrixXd& vectors) {
  const Index n = small.rows();
  vectors = MatrixXd::Identity(n, n);
  for (int sweep = 0; sweep < 30; ++sweep) {
    double off = 0.0;
    for (Index p = 0; p < n; ++p) {
      for (Index q = p + 1; q < n; ++q) off += small(p, q) * small(p, q);
    }
    if (off <= 1e-30 * small.diagonal().squaredNorm()) return;
    for (Index p = 0; p < n; ++p) {
      for (Index q = p + 1; q < n; ++q) {
        if (small(p, q) == 0.0) continue;
        const double theta = (small(q, q) - small(p, p)) / (2.0 * small(p, q));
        const double t = (theta >= 0.0 ? 1.0 : -1.0) / (std::fabs(theta) + std::sqrt(theta * theta + 1.0));
        const double c = 1.0 / std::sqrt(t * t + 1.0);
        const double s = t * c;
        for (Index k = 0; k < n; ++k) {
          const double a = small(k, p);
          const double b = small(k, q);
          small(k, p) = c * a - s * b;
          small(k, q) = s * a + c * b;
        }
        for (Index k = 0; k < n; ++k) {
          const double a = small(p, k);
          const double b = small(q, k);
          small(p, k) = c * a - s * b;
          small(q, k) = s * a + c * b;
          const double v = vectors(k, p);
          const double w = vectors(k, q);
          vectors(k, p) = c * v - s * w;
          vectors(k, q) = s * v + c * w;
        }
      }
    }
  }
}

}  // namespace

// Subspace iteration with Rayleigh-Ritz (Golub and Van Loan, "Matrix Computations", 8.2): a full eigendecomposition of
// 288 x 288 would cost some hundred times more.
Projection project(std::span<const float> features, std::size_t columns) {
  Projection result;
  const std::size_t row_count = columns == 0 ? 0 : features.size() / columns;
  if (row_count == 0) return result;
  const auto rows = static_cast<Index>(row_count);
  const auto width = static_cast<Index>(columns);

  using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const MatrixXd centred = [&] {
    MatrixXd matrix = Eigen::Map<const RowMajor>(features.data(), rows, width).cast<double>();
    matrix.rowwise() -= matrix.colwise().mean().eval();
    return matrix;
  }();
  MatrixXd covariance = MatrixXd::Zero(width, width);
  covariance.selfadjointView<Eigen::Lower>().rankUpdate(centred.transpose());
  covariance.triangularView<Eigen::StrictlyUpper>() = covariance.transpose();
  const double total = covariance.trace();

  const Index block_size = std::min(kBlock, width);
  MatrixXd block(width, block_size);
  for (Index j = 0; j < block_size; ++j) {
    // Any start will do that is not orthogonal to the answer.
    for (Index i = 0; i < width; ++i)
      block(i, j) = static_cast<double>((i * 7919 + j * 104729 + 13) % 1009) / 1009 - 0.5;
  }
  orthonormalise(block);
  MatrixXd small(block_size, block_size);
  MatrixXd turn(block_size, block_size);
  MatrixXd ritz(width, block_size);
  std::array<double, 2> values{};
  std::array<Index, 2> best{};
  for (int iteration = 0; iteration < kMaxIterations; ++iteration) {
    const MatrixXd image = covariance * block;
    small.noalias() = block.transpose() * image;
    diagonalise(small, turn);
    // The two largest Ritz values. small(j, j) belongs to block * turn.col(j).
    best = {0, 0};
    for (Index j = 1; j < block_size; ++j) {
      if (small(j, j) > small(best[0], best[0])) best[0] = j;
    }
    best[1] = best[0] == 0 && block_size > 1 ? 1 : 0;
    for (Index j = 0; j < block_size; ++j) {
      if (j != best[0] && small(j, j) > small(best[1], best[1])) best[1] = j;
    }
    const std::array<double, 2> found = {small(best[0], best[0]), small(best[1], best[1])};
    const double change = std::max(std::fabs(found[0] - values[0]), std::fabs(found[1] - values[1]));
    values = found;
    ritz.noalias() = block * turn;
    if (iteration > 0 && change <= kTolerance * found[0]) break;
    block.noalias() = image * turn;
    orthonormalise(block);
  }

  for (std::size_t component = 0; component < 2; ++component) {
    VectorXd axis = VectorXd::Zero(width);
    const bool exists = static_cast<Index>(component) < block_size && values[component] > total * 1e-12;
    if (exists) axis = ritz.col(best[component]).normalized();
    Index loading = 0;
    axis.cwiseAbs().maxCoeff(&loading);
    if (axis(loading) < 0.0) axis = -axis;
    const VectorXd coordinates = centred * axis;
    std::vector<float>& out = component == 0 ? result.x : result.y;
    out.resize(row_count);
    Eigen::Map<Eigen::VectorXf>(out.data(), rows) = coordinates.cast<float>();
    result.explained[component] = exists ? values[component] / total : 0.0;
    result.axes[component].assign(axis.data(), axis.data() + width);
  }
  return result;
}

}  // namespace quarterturn
