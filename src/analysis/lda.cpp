#include "analysis/lda.hpp"

#include <Eigen/Cholesky>
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
    // (I - u u') C (I - u u') = C - u w' - w u', where w = C u - (u' C u) / 2 u
    const Eigen::VectorXd unit = other.normalized();
    Eigen::VectorXd image = covariance.selfadjointView<Eigen::Lower>() * unit;
    image -= 0.5 * unit.dot(image) * unit;
    covariance.selfadjointView<Eigen::Lower>().rankUpdate(unit, image, -1.0);
  }
  const Result<LeadingPairs> pairs = leading_pairs(covariance);
  if (!pairs) return pairs.error();
  if (!(pairs.value().values(0) > total * kNoVariance)) return Eigen::VectorXd(Eigen::VectorXd::Zero(points.cols()));
  return Eigen::VectorXd(pairs.value().vectors.col(0));
}

}  // namespace

// Within-class covariance S = 1/n sum (x - m_c)(x - m_c)', shrunk towards its mean variance (O. Ledoit and M. Wolf, "A
// well-conditioned estimator for large-dimensional covariance matrices", 2004): with a few hundred points in 288
// dimensions S alone is all but singular. With P S P' = L D L' (P: a permutation) and W = D^-1/2 L^-1 P, W S W' = I,
// and the discriminants, S_between a = lambda S a, are a = W' u for the principal directions u of the class means Z = W
// (m_c - m) sqrt(n_c / n). These are Z v / |Z v| for the eigenvectors v of Z' Z, which has no more rows than there are
// classes. LDLT and not LLT: it needs no product or solver of whole matrices, each some kilobytes of a download.
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
  const Eigen::LDLT<Eigen::Ref<Eigen::MatrixXd>> ldlt(within);  // in place
  if (ldlt.info() != Eigen::Success || !(ldlt.vectorD().minCoeff() > 0.0)) {
    return Error{MessageCode::lda_covariance};
  }
  const Eigen::VectorXd deviations = ldlt.vectorD().cwiseSqrt();

  Eigen::MatrixXd whitened(points.cols(), classes.means.cols());
  for (Eigen::Index k = 0; k < whitened.cols(); ++k) {
    Eigen::VectorXd column = (classes.means.col(k) - mean) * std::sqrt(classes.counts(k) / rows);
    column = ldlt.transpositionsP() * column;
    ldlt.matrixL().solveInPlace(column);
    whitened.col(k) = column.cwiseQuotient(deviations);
  }
  const double between = whitened.squaredNorm();
  const Result<LeadingPairs> pairs = leading_pairs(whitened.transpose().lazyProduct(whitened));
  if (!pairs) return pairs.error();

  result.mean.assign(mean.begin(), mean.end());
  Eigen::VectorXd axis = Eigen::VectorXd::Zero(points.cols());
  for (std::size_t component = 0; component < 2; ++component) {
    const auto i = static_cast<Eigen::Index>(component);
    const double value = pairs.value().values(i);
    if (value > between * kNoDiscriminant) {
      axis = whitened.lazyProduct(pairs.value().vectors.col(i));
      axis = axis.normalized().cwiseQuotient(deviations);
      ldlt.matrixU().solveInPlace(axis);
      axis = ldlt.transpositionsP().transpose() * axis;
      result.explained[component] = value / between;
    } else {
      Result<Eigen::VectorXd> widest = widest_across(points, mean, axis);
      if (!widest) return widest.error();
      axis = std::move(widest).value();
      // To a deviation of 1 within the classes: |D^1/2 L' P a| = 1.
      const Eigen::VectorXd permuted = ldlt.transpositionsP() * axis;
      const double deviation = deviations.cwiseProduct(ldlt.matrixU() * permuted).norm();
      if (deviation > 0.0) axis /= deviation;
    }
    result.axes[component] = with_stable_sign(axis);
  }
  return result;
}

}  // namespace quarterturn
