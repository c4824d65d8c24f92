#include "analysis/pca.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace quarterturn {
namespace {

// More vectors than are wanted: the convergence rate is then the ratio of the first eigenvalue outside the block to the
// one wanted, not of neighbours.
constexpr std::size_t kBlock = 8;
constexpr int kMaxIterations = 300;
// Relative change of the wanted eigenvalues; the error of the vectors is about its square root times a gap factor.
constexpr double kTolerance = 1e-14;

/// Row by row; zero at first.
class Matrix {
 public:
  Matrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns), values_(rows * columns, 0.0) {}
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  double& operator()(std::size_t row, std::size_t column) { return values_[row * columns_ + column]; }
  double operator()(std::size_t row, std::size_t column) const { return values_[row * columns_ + column]; }

 private:
  std::size_t rows_;
  std::size_t columns_;
  std::vector<double> values_;
};

/// sum_k a(i, k) b(k, j), or a(k, i) b(k, j) where `transposed`.
Matrix product(const Matrix& a, const Matrix& b, bool transposed = false) {
  const std::size_t rows = transposed ? a.columns() : a.rows();
  Matrix out(rows, b.columns());
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t k = 0; k < b.rows(); ++k) {
      const double factor = transposed ? a(k, i) : a(i, k);
      for (std::size_t j = 0; j < b.columns(); ++j) out(i, j) += factor * b(k, j);
    }
  }
  return out;
}

double dot_columns(const Matrix& m, std::size_t a, std::size_t b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < m.rows(); ++i) sum += m(i, a) * m(i, b);
  return sum;
}

/// Modified Gram-Schmidt, twice ("twice is enough", Giraud et al. 2005). A column without anything new becomes zero.
void orthonormalise(Matrix& block) {
  for (std::size_t j = 0; j < block.columns(); ++j) {
    const double before = std::sqrt(dot_columns(block, j, j));
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t i = 0; i < j; ++i) {
        const double along = dot_columns(block, i, j);
        for (std::size_t k = 0; k < block.rows(); ++k) block(k, j) -= along * block(k, i);
      }
    }
    const double after = std::sqrt(dot_columns(block, j, j));
    const double scale = after > before * 1e-12 && after > 0.0 ? 1.0 / after : 0.0;
    for (std::size_t k = 0; k < block.rows(); ++k) block(k, j) *= scale;
  }
}

/// Cyclic Jacobi on a small symmetric matrix: rotates `small` to diagonal form and returns the rotations' product.
Matrix diagonalise(Matrix& small) {
  const std::size_t n = small.rows();
  Matrix vectors(n, n);
  for (std::size_t i = 0; i < n; ++i) vectors(i, i) = 1.0;
  for (int sweep = 0; sweep < 30; ++sweep) {
    double off = 0.0;
    double diagonal = 0.0;
    for (std::size_t p = 0; p < n; ++p) {
      diagonal += small(p, p) * small(p, p);
      for (std::size_t q = p + 1; q < n; ++q) off += small(p, q) * small(p, q);
    }
    if (off <= 1e-30 * diagonal) break;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        if (small(p, q) == 0.0) continue;
        const double theta = (small(q, q) - small(p, p)) / (2.0 * small(p, q));
        const double t = (theta >= 0.0 ? 1.0 : -1.0) / (std::fabs(theta) + std::sqrt(theta * theta + 1.0));
        const double c = 1.0 / std::sqrt(t * t + 1.0);
        const double s = t * c;
        const auto rotate = [c, s](double& a, double& b) {
          const double old = a;
          a = c * old - s * b;
          b = s * old + c * b;
        };
        for (std::size_t k = 0; k < n; ++k) rotate(small(k, p), small(k, q));
        for (std::size_t k = 0; k < n; ++k) {
          rotate(small(p, k), small(q, k));
          rotate(vectors(k, p), vectors(k, q));
        }
      }
    }
  }
  return vectors;
}

/// Rows of features less their mean, one at a time: a copy of all in double precision would not fit a small heap.
class Centred {
 public:
  Centred(std::span<const float> features, std::size_t columns)
      : features_(features), mean_(columns, 0.0), row_(columns) {
    for (std::size_t i = 0; i < features.size(); ++i) mean_[i % columns] += static_cast<double>(features[i]);
    for (double& mean : mean_) mean /= static_cast<double>(rows());
  }
  [[nodiscard]] std::size_t rows() const { return features_.size() / mean_.size(); }
  /// Valid until the next call.
  const std::vector<double>& row(std::size_t r) {
    for (std::size_t c = 0; c < row_.size(); ++c) {
      row_[c] = static_cast<double>(features_[r * row_.size() + c]) - mean_[c];
    }
    return row_;
  }

 private:
  std::span<const float> features_;
  std::vector<double> mean_;
  std::vector<double> row_;
};

/// X^T X: both halves, of which one is computed.
Matrix scatter(Centred& x, std::size_t columns) {
  Matrix out(columns, columns);
  for (std::size_t r = 0; r < x.rows(); ++r) {
    const std::vector<double>& row = x.row(r);
    for (std::size_t i = 0; i < columns; ++i) {
      for (std::size_t j = 0; j <= i; ++j) out(i, j) += row[i] * row[j];
    }
  }
  for (std::size_t i = 0; i < columns; ++i) {
    for (std::size_t j = 0; j < i; ++j) out(j, i) = out(i, j);
  }
  return out;
}

}  // namespace

// Subspace iteration with Rayleigh-Ritz (Golub and Van Loan, "Matrix Computations", 8.2): a full eigendecomposition of
// 288 x 288 would cost some hundred times more.
Projection project(std::span<const float> features, std::size_t columns) {
  Projection result;
  const std::size_t rows = columns == 0 ? 0 : features.size() / columns;
  if (rows == 0) return result;

  Centred centred(features.first(rows * columns), columns);
  const Matrix covariance = scatter(centred, columns);
  double total = 0.0;
  for (std::size_t i = 0; i < columns; ++i) total += covariance(i, i);

  const std::size_t size = std::min(kBlock, columns);
  Matrix block(columns, size);
  for (std::size_t i = 0; i < columns; ++i) {
    // Any start will do that is not orthogonal to the answer.
    for (std::size_t j = 0; j < size; ++j) {
      block(i, j) = static_cast<double>((i * 7919 + j * 104729 + 13) % 1009) / 1009 - 0.5;
    }
  }
  orthonormalise(block);
  Matrix ritz(columns, size);
  std::array<double, 2> values{};
  std::array<std::size_t, 2> best{};
  for (int iteration = 0; iteration < kMaxIterations; ++iteration) {
    const Matrix image = product(covariance, block);
    Matrix small = product(block, image, true);
    const Matrix turn = diagonalise(small);
    // The two largest Ritz values. small(j, j) belongs to column j of block * turn.
    best = {0, 0};
    for (std::size_t j = 1; j < size; ++j) {
      if (small(j, j) > small(best[0], best[0])) best[0] = j;
    }
    best[1] = best[0] == 0 && size > 1 ? 1 : 0;
    for (std::size_t j = 0; j < size; ++j) {
      if (j != best[0] && small(j, j) > small(best[1], best[1])) best[1] = j;
    }
    const std::array<double, 2> found = {small(best[0], best[0]), small(best[1], best[1])};
    const double change = std::max(std::fabs(found[0] - values[0]), std::fabs(found[1] - values[1]));
    values = found;
    ritz = product(block, turn);
    if (iteration > 0 && change <= kTolerance * found[0]) break;
    block = product(image, turn);
    orthonormalise(block);
  }

  for (std::size_t component = 0; component < 2; ++component) {
    std::vector<double>& axis = result.axes[component];
    axis.assign(columns, 0.0);
    const bool exists = component < size && values[component] > total * 1e-12;
    if (exists) {
      const std::size_t column = best[component];
      double scale = 1.0 / std::sqrt(dot_columns(ritz, column, column));
      std::size_t loading = 0;
      for (std::size_t i = 1; i < columns; ++i) {
        if (std::fabs(ritz(i, column)) > std::fabs(ritz(loading, column))) loading = i;
      }
      if (ritz(loading, column) < 0.0) scale = -scale;
      for (std::size_t i = 0; i < columns; ++i) axis[i] = scale * ritz(i, column);
      result.explained[component] = values[component] / total;
    }
    std::vector<float>& out = component == 0 ? result.x : result.y;
    out.resize(rows);
    for (std::size_t r = 0; r < rows; ++r) {
      const std::vector<double>& row = centred.row(r);
      double sum = 0.0;
      for (std::size_t i = 0; i < columns; ++i) sum += row[i] * axis[i];
      out[r] = static_cast<float>(sum);
    }
  }
  return result;
}

}  // namespace quarterturn
