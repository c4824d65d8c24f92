#include "analysis/lda.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "analysis/pca.hpp"

namespace quarterturn {
namespace {

/// Lower triangle L of `matrix` = L L', in place; false where it is not positive definite.
bool cholesky(std::vector<double>& matrix, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = matrix[i * size + j];
      for (std::size_t k = 0; k < j; ++k) sum -= matrix[i * size + k] * matrix[j * size + k];
      if (i == j && !(sum > 0.0)) return false;
      matrix[i * size + j] = i == j ? std::sqrt(sum) : sum / matrix[j * size + j];
    }
  }
  return true;
}

/// x = L^-1 x
void solve_lower(const std::vector<double>& lower, std::vector<double>& x) {
  const std::size_t size = x.size();
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < i; ++k) x[i] -= lower[i * size + k] * x[k];
    x[i] /= lower[i * size + i];
  }
}

/// x = L'^-1 x
void solve_upper(const std::vector<double>& lower, std::vector<double>& x) {
  const std::size_t size = x.size();
  for (std::size_t i = size; i-- > 0;) {
    x[i] /= lower[i * size + i];
    for (std::size_t k = 0; k < i; ++k) x[k] -= lower[i * size + k] * x[i];
  }
}

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// The first principal component of the features without their part along `axis`.
std::vector<double> best_of_the_rest(std::span<const float> features, std::span<const double> mean,
                                     std::span<const double> axis) {
  const std::size_t columns = axis.size();
  const double length = dot(axis, axis);
  std::vector<float> rest(features.size());
  for (std::size_t first = 0; first < features.size(); first += columns) {
    double along = 0.0;
    for (std::size_t c = 0; c < columns; ++c) along += (features[first + c] - mean[c]) * axis[c];
    for (std::size_t c = 0; c < columns; ++c) {
      rest[first + c] = static_cast<float>(features[first + c] - mean[c] - along / length * axis[c]);
    }
  }
  return project(rest, columns).axes[0];
}

}  // namespace

// Within-class covariance S = 1/n sum (x - m_c)(x - m_c)', shrunk towards its mean variance (O. Ledoit and M. Wolf, "A
// well-conditioned estimator for large-dimensional covariance matrices", 2004): with a few hundred points in 288
// dimensions S alone is all but singular. With S = L L', the discriminants are the principal components of the class
// means in the coordinates L^-1 x, where every class is a unit ball.
Result<Discriminant> discriminate(std::span<const float> features, std::size_t columns,
                                  std::span<const std::uint8_t> labels) {
  const std::size_t rows = labels.size();
  std::vector<std::size_t> counts(256, 0);
  for (const std::uint8_t label : labels) ++counts[label];
  if (std::count_if(counts.begin(), counts.end(), [](std::size_t count) { return count > 0; }) < 2) {
    return Error{"discriminants need points of at least two classes"};
  }

  Discriminant result;
  result.mean.assign(columns, 0.0);
  std::vector<double> means(256 * columns, 0.0);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      means[labels[r] * columns + c] += features[r * columns + c];
      result.mean[c] += features[r * columns + c];
    }
  }
  for (std::size_t label = 0; label < 256; ++label) {
    for (std::size_t c = 0; c < columns && counts[label] > 0; ++c) {
      means[label * columns + c] /= static_cast<double>(counts[label]);
    }
  }
  for (double& value : result.mean) value /= static_cast<double>(rows);

  std::vector<double> within(columns * columns, 0.0);
  std::vector<double> point(columns);
  double fourth_powers = 0.0;
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      point[c] = features[r * columns + c] - means[labels[r] * columns + c];
    }
    for (std::size_t i = 0; i < columns; ++i) {
      // Features behind a ReLU and a pool are often 0 for a whole class.
      if (point[i] == 0.0) continue;
      for (std::size_t j = 0; j <= i; ++j) within[i * columns + j] += point[i] * point[j];
    }
    const double square = dot(point, point);
    fourth_powers += square * square;
  }
  double trace = 0.0;
  double squares = 0.0;  // |S|^2, Frobenius
  for (std::size_t i = 0; i < columns; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double& value = within[i * columns + j];
      value /= static_cast<double>(rows);
      squares += (i == j ? 1.0 : 2.0) * value * value;
    }
    trace += within[i * columns + i];
  }
  if (!(trace > 0.0)) return Error{"discriminants need classes whose points differ"};
  const double variance = trace / static_cast<double>(columns);
  const double apart = squares - variance * trace;  // |S - variance I|^2
  const double noise =
      (fourth_powers / static_cast<double>(rows) - squares) / static_cast<double>(rows);  // mean |S - true S|^2
  result.shrinkage = apart > 0.0 ? std::clamp(noise / apart, 0.0, 1.0) : 1.0;
  for (std::size_t i = 0; i < columns; ++i) {
    for (std::size_t j = 0; j <= i; ++j) within[i * columns + j] *= 1.0 - result.shrinkage;
    // A floor for the case of points in a plane, which Ledoit and Wolf may leave singular.
    within[i * columns + i] += std::max(result.shrinkage, 1e-6) * variance;
  }
  if (!cholesky(within, columns)) return Error{"the features are not finite numbers"};

  // Each mean twice, at plus and minus its place and weighted by its share, so that centring changes nothing.
  std::vector<float> ends;
  for (std::size_t label = 0; label < 256; ++label) {
    if (counts[label] == 0) continue;
    const double weight = std::sqrt(static_cast<double>(counts[label]) / static_cast<double>(2 * rows));
    for (std::size_t c = 0; c < columns; ++c) point[c] = weight * (means[label * columns + c] - result.mean[c]);
    solve_lower(within, point);
    for (const float sign : {1.0F, -1.0F}) {
      for (const double value : point) ends.push_back(sign * static_cast<float>(value));
    }
  }
  Projection whitened = project(ends, columns);
  result.explained = whitened.explained;
  for (std::size_t component = 0; component < 2; ++component) {
    std::vector<double>& axis = result.axes[component];
    // 1e-9: what single precision leaves of a second direction where there is none.
    if (result.explained[component] > 1e-9) {
      axis = std::move(whitened.axes[component]);
      solve_upper(within, axis);
    } else {
      result.explained[component] = 0.0;
      axis =
          component == 0 ? project(features, columns).axes[0] : best_of_the_rest(features, result.mean, result.axes[0]);
      // To a deviation of 1 within the classes: |L' a| = 1.
      double square = 0.0;
      for (std::size_t j = 0; j < columns; ++j) {
        double sum = 0.0;
        for (std::size_t i = j; i < columns; ++i) sum += within[i * columns + j] * axis[i];
        square += sum * sum;
      }
      for (double& value : axis) value *= square > 0.0 ? 1.0 / std::sqrt(square) : 0.0;
    }
    const auto largest =
        std::max_element(axis.begin(), axis.end(), [](double a, double b) { return std::fabs(a) < std::fabs(b); });
    if (largest != axis.end() && *largest < 0.0) {
      for (double& value : axis) value = -value;
    }
  }
  return result;
}

}  // namespace quarterturn
