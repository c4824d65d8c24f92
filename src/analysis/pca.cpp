#include "analysis/pca.hpp"

#include <Eigen/Core>

#include "analysis/linear_algebra.hpp"

namespace quarterturn {

Result<Projection> project(std::span<const float> features, std::size_t columns) {
  Projection result;
  const std::size_t rows = columns == 0 ? 0 : features.size() / columns;
  if (rows == 0) return result;

  const FeatureMap points = feature_map(features, columns);
  const Eigen::VectorXd mean = mean_of(points);
  const Eigen::MatrixXd covariance = scatter(points, mean).sum;  // times the number of rows, which no result depends on
  const double total = covariance.trace();
  const Result<LeadingPairs> pairs = leading_pairs(covariance);
  if (!pairs) return pairs.error();

  result.mean.assign(mean.begin(), mean.end());
  for (std::size_t component = 0; component < 2; ++component) {
    std::vector<double>& axis = result.axes[component];
    const double value = pairs.value().values(static_cast<Eigen::Index>(component));
    if (value > total * kNoVariance) {
      axis = with_stable_sign(pairs.value().vectors.col(static_cast<Eigen::Index>(component)));
      result.explained[component] = value / total;
    } else {
      axis.assign(columns, 0.0);
    }
    const Eigen::Map<const Eigen::VectorXd> direction(axis.data(), points.cols());
    std::vector<float>& along = component == 0 ? result.x : result.y;
    along.resize(rows);
    for (std::size_t r = 0; r < rows; ++r) {
      const auto row = points.row(static_cast<Eigen::Index>(r)).transpose().cast<double>();
      along[r] = static_cast<float>((row - mean).dot(direction));
    }
  }
  return result;
}

}  // namespace quarterturn
