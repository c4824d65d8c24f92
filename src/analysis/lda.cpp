#include "analysis/lda.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/linear_algebra.hpp"

namespace quarterturn {
namespace {

// A floor under the shrinkage, for points that all lie in a plane: Ledoit and Wolf's may then leave S singular.
constexpr double kLeastShrinkage = 1e-6;
// Share of the variance between the classes below which there is no further discriminant.
constexpr double kNoDiscriminant = 1e-9;

/// The points by class: [rows] -> column of `means`.
struct Classes {
  std::vector<Eigen::Index> of;  ///< [rows]
  Eigen::VectorXd counts;        ///< [classes]
  Eigen::MatrixXd means;         ///< [columns][classes], labels rising
};

Classes classes_of(const FeatureMap& points, std::span<const std::uint8_t> labels) {
  std::array<Eigen::Index, 256> column{};  // 1 where the label is present, then its column
  for (const std::uint8_t label : labels) column[label] = 1;
  Eigen::Index number = 0;
  for (Eigen::Index& of_label : column) {
    number += of_label;
    of_label = number - 1;
  }
  Classes classes;
  classes.counts.setZero(number);
  classes.means.setZero(points.cols(), number);
  for (Eigen::Index r = 0; r < points.rows(); ++r) {
    const Eigen::Index k = column[labels[static_cast<std::size_t>(r)]];
    classes.of.push_back(k);
    classes.counts(k) += 1.0;
    classes.means.col(k) += points.row(r).transpose().cast<double>();
  }
  for (Eigen::Index k = 0; k < number; ++k) classes.means.col(k) /= classes.counts(k);
  return classes;
}

/// The lower triangle of `within` (covariance S within the classes) becomes (1 - shrinkage) S + shrinkage tr(S) /
/// columns I. Returns Ledoit and Wolf's shrinkage. `fourth_powers`: the sum of |x|^4 over the centred points.
double shrink(Eigen::MatrixXd& within, double fourth_powers, double rows) {
  const double trace = within.trace();
  const double variance = trace / static_cast<double>(within.rows());
  const double squares = 2.0 * within.squaredNorm() - within.diagonal().squaredNorm();  // |S|^2, Frobenius
  const double apart = squares - variance * trace;                                      // |S - variance I|^2
  const double noise = (fourth_powers / rows - squares) / rows;                         // mean |S - true S|^2
  const double shrinkage = apart > 0.0 ? std::clamp(noise / apart, 0.0, 1.0) : 1.0;
  within *= 1.0 - shrinkage;
  within.diagonal().array() += std::max(shrinkage, kLeastShrinkage) * variance;
  return shrinkage;
}

/// The direction of largest spread of `points` across `other` (zero: of any direction), zero where there is none.
Result<Eigen::VectorXd> widest_across(const FeatureMap& points, const Eigen::VectorXd& mean,
                                      const Eigen::VectorXd& other) {
  Eigen::MatrixXd covariance = scatter(points, mean).sum;
  const double total = covariance.trace();
  if (other.squaredNorm() > 0.0) {
    Eigen::VectorXd room(other.size());
    transform(covariance, other.normalized(), 1.0, room);
  }
  const Result<LeadingPairs> pairs = leading_pairs(covariance);
  if (!pairs) return pairs.error();
  if (!(pairs.value().values(0) > total * kNoVariance)) return Eigen::VectorXd(Eigen::VectorXd::Zero(points.cols()));
  return Eigen::VectorXd(pairs.value().vectors.col(0));
}

/// W with W S W' = I: S = Q T Q' with T tridiagonal, T = L D L' (L: ones and a subdiagonal), W = D^-1/2 L^-1 Q'.
class Whitening {
 public:
  /// `covariance` S: its lower triangle counts.
  explicit Whitening(Eigen::MatrixXd covariance)
      : matrix_(std::move(covariance)), factors_(tridiagonalise(matrix_)), deviations_(matrix_.diagonal()) {
    below_.setZero(matrix_.rows());
    for (Eigen::Index j = 0; j < size(); ++j) {
      if (j > 0) {
        below_(j) = matrix_(j, j - 1) / deviations_(j - 1);
        deviations_(j) -= matrix_(j, j - 1) * below_(j);
      }
      definite_ = definite_ && deviations_(j) > 0.0;
    }
    deviations_ = deviations_.cwiseSqrt();
  }
  [[nodiscard]] bool definite() const { return definite_; }

  /// Each row x becomes W x.
  void whiten(RowBlock& rows) const {
    times_q(rows, matrix_, factors_);
    for (Eigen::Index j = 1; j < size(); ++j) rows.col(j) -= below_(j) * rows.col(j - 1);
    for (Eigen::Index j = 0; j < size(); ++j) rows.col(j) /= deviations_(j);
  }
  /// Each row x becomes W' x.
  void whiten_transposed(RowBlock& rows) const {
    for (Eigen::Index j = 0; j < size(); ++j) rows.col(j) /= deviations_(j);
    for (Eigen::Index j = size() - 1; j > 0; --j) rows.col(j - 1) -= below_(j) * rows.col(j);
    times_q_transposed(rows, matrix_, factors_);
  }
  /// Each row x becomes W'^-1 x, whose length is the deviation along x.
  void unwhiten_transposed(RowBlock& rows) const {
    times_q(rows, matrix_, factors_);
    for (Eigen::Index j = 1; j < size(); ++j) rows.col(j - 1) += below_(j) * rows.col(j);
    for (Eigen::Index j = 0; j < size(); ++j) rows.col(j) *= deviations_(j);
  }

 private:
  [[nodiscard]] Eigen::Index size() const { return matrix_.rows(); }

  Eigen::MatrixXd matrix_;  ///< Q and T
  Eigen::VectorXd factors_;
  Eigen::VectorXd deviations_;  ///< the diagonal of D^1/2
  Eigen::VectorXd below_;       ///< the subdiagonal of L, row by row
  bool definite_ = true;
};

}  // namespace

// Within-class covariance S = 1/n sum (x - m_c)(x - m_c)', shrunk towards its mean variance (O. Ledoit and M. Wolf, "A
// well-conditioned estimator for large-dimensional covariance matrices", 2004): with a few hundred points in 288
// dimensions S alone is all but singular. With W S W' = I the discriminants, S_between a = lambda S a, are a = W' u for
// the principal directions u of the class means Z = W (m_c - m) sqrt(n_c / n). These are Z v / |Z v| for the
// eigenvectors v of Z' Z, which has no more rows than there are classes.
Result<Discriminant> discriminate(std::span<const float> features, std::size_t columns,
                                  std::span<const std::uint8_t> labels) {
  if (std::all_of(labels.begin(), labels.end(), [&](std::uint8_t label) { return label == labels.front(); })) {
    return Error{MessageCode::lda_classes};
  }
  if (columns == 0) return Error{MessageCode::lda_features};
  const FeatureMap points = feature_map(features, columns);
  const auto rows = static_cast<double>(points.rows());
  const Classes classes = classes_of(points, labels);
  const Eigen::VectorXd mean = mean_of(points);

  auto [within, fourth_powers] = scatter(points, classes.means, classes.of);
  within /= rows;
  if (!std::isfinite(within.trace())) return Error{MessageCode::features_not_finite};
  if (!(within.trace() > 0.0)) return Error{MessageCode::lda_same};
  Discriminant result;
  result.shrinkage = shrink(within, fourth_powers, rows);
  const Whitening whitening(std::move(within));
  if (!whitening.definite()) return Error{MessageCode::lda_covariance};

  RowBlock block(kSideBySide, points.cols());
  Eigen::MatrixXd whitened(points.cols(), classes.means.cols());
  for (Eigen::Index k = 0; k < whitened.cols(); ++k) {
    block.setZero();
    block.row(0) = (classes.means.col(k) - mean) * std::sqrt(classes.counts(k) / rows);
    whitening.whiten(block);
    whitened.col(k) = block.row(0);
  }
  const double between = whitened.squaredNorm();
  Eigen::MatrixXd products = whitened.transpose().lazyProduct(whitened);
  const Result<LeadingPairs> pairs = leading_pairs(products);
  if (!pairs) return pairs.error();

  result.mean.assign(mean.begin(), mean.end());
  Eigen::VectorXd axis = Eigen::VectorXd::Zero(points.cols());
  for (std::size_t component = 0; component < 2; ++component) {
    const auto i = static_cast<Eigen::Index>(component);
    const double value = pairs.value().values(i);
    if (value > between * kNoDiscriminant) {
      axis = whitened.lazyProduct(pairs.value().vectors.col(i));
      block.setZero();
      block.row(0) = axis.normalized();
      whitening.whiten_transposed(block);
      axis = block.row(0);
      result.explained[component] = value / between;
    } else {
      Result<Eigen::VectorXd> widest = widest_across(points, mean, axis);
      if (!widest) return widest.error();
      axis = std::move(widest).value();
      // To a deviation of 1 within the classes.
      block.setZero();
      block.row(0) = axis;
      whitening.unwhiten_transposed(block);
      const double deviation = block.row(0).norm();
      if (deviation > 0.0) axis /= deviation;
    }
    result.axes[component] = with_stable_sign(axis);
  }
  return result;
}

}  // namespace quarterturn
