#include "analysis/linear_probe.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "analysis/linear_algebra.hpp"

namespace quarterturn {
namespace {

using Eigen::Index;

// Rows that are worked on side by side: a compiler keeps a column of them in vector registers.
constexpr Index kSideBySide = 8;
using Lanes = Eigen::Matrix<double, kSideBySide, 1>;
using Block = Eigen::Matrix<double, kSideBySide, Eigen::Dynamic>;  ///< [kSideBySide][columns]

/// Rows first .. of `features`, zeros behind the last.
void load(Block& block, const FeatureMap& features, Index first) {
  for (Index i = 0; i < kSideBySide; ++i) {
    if (first + i < features.rows()) {
      block.row(i) = features.row(first + i).cast<double>();
    } else {
      block.row(i).setZero();
    }
  }
}

/// block * vector
Lanes product(const Block& block, const double* vector) {
  Lanes sum = Lanes::Zero();
  for (Index j = 0; j < block.cols(); ++j) sum += vector[j] * block.col(j);
  return sum;
}

/// Multiplications with an addition of each stage of a fit: M, T and Q, and the rows of S with their forms; what is
/// left is little.
std::array<double, 6> work_of(std::size_t rows, std::size_t columns, bool chosen) {
  const auto size = static_cast<double>(std::min(rows, columns));
  const auto length = static_cast<double>(std::max(rows, columns));
  constexpr double kForms = 12.0 * kProbePenalties.size();  // of ten classes
  return {0.0,
          length * size * size / 2.0,
          size * size * size * 2.0 / 3.0,
          0.0,
          chosen ? static_cast<double>(rows) * size * (size + kForms) : 0.0,
          0.0};
}

/// The scores of each block of rows are given to `use`: the first row, the class, the scores.
void score(const LinearClassifier& classifier, std::span<const float> features, const auto& use) {
  const std::size_t classes = classifier.classes.size();
  const std::size_t columns = classifier.weights.size() / classes;
  const FeatureMap rows = feature_map(features, columns);
  Block block(kSideBySide, rows.cols());
  for (Index first = 0; first < rows.rows(); first += kSideBySide) {
    load(block, rows, first);
    const Index count = std::min(kSideBySide, rows.rows() - first);
    for (std::size_t k = 0; k < classes; ++k) {
      const Lanes found = product(block, classifier.weights.data() + k * columns);
      for (Index i = 0; i < count; ++i) {
        use(static_cast<std::size_t>(first + i), k, found(i) + classifier.intercepts[k]);
      }
    }
  }
}

}  // namespace

void classify(const LinearClassifier& classifier, std::span<const float> features, std::span<std::uint8_t> answers) {
  std::vector<double> best(answers.size());
  score(classifier, features, [&](std::size_t row, std::size_t k, double value) {
    if (k > 0 && !(value > best[row])) return;
    best[row] = value;
    answers[row] = classifier.classes[k];
  });
}

std::vector<double> scores(const LinearClassifier& classifier, std::span<const float> features) {
  const std::size_t classes = classifier.classes.size();
  std::vector<double> all(features.size() / (classifier.weights.size() / classes) * classes);
  score(classifier, features, [&](std::size_t row, std::size_t k, double value) { all[row * classes + k] = value; });
  return all;
}

// Where there are at least as many rows as features, M = Z'Z, else M = ZZ' (the dual form), so that M is the smaller of
// the two. M = Q T Q' with T tridiagonal is computed once; then each penalty costs one factorisation of a tridiagonal
// matrix, T + a I = L D L' (L: ones and a subdiagonal), and
//   R = Z (dual: the identity), S = R Q, C = Q' Z' Yc (dual: Q' Yc), B = (T + a I)^-1 C
//   quadratic form      q_i = s_i' (T + a I)^-1 s_i = sum_j g_j^2 / D_j with L g = s_i
//   row left out        e_i = (Yc_i - s_i' B) / (1 - 1/n - q_i)           dual: s_i' B / (q_i - 1 / (n a))
//   weights             W = Q B                                           dual: Z' Q B
// The dual q_i is ((M + a I)^-1)_ii. The means of Yc and Z are 0, so 1 / (n a) is what the vector of ones, an
// eigenvector of ZZ' for the eigenvalue 0, has in it: the intercept is not penalised. Rows of S are made a block at a
// time and used for all penalties, so that neither Z nor S is stored.
struct LinearProbe::State {
  enum class Stage : std::uint8_t { centre, form, tridiagonal, factor, choose, weights, ready };

  /// T + a I for one penalty.
  struct Factor {
    double penalty;
    Eigen::VectorXd inverse;   ///< 1 / D
    Eigen::VectorXd below;     ///< subdiagonal of L
    Eigen::MatrixXd solution;  ///< B, [size][classes]
  };

  State(std::span<const float> given, std::span<const std::uint8_t> given_labels, std::optional<double> given_penalty)
      : features(feature_map(given, given.size() / given_labels.size())),
        labels(given_labels),
        penalty(given_penalty),
        dual(features.rows() < features.cols()),
        size(std::min(features.rows(), features.cols())) {
    std::array<bool, 256> present{};
    for (const std::uint8_t label : labels) present[label] = true;
    for (std::size_t label = 0; label < present.size(); ++label) {
      column[label] = static_cast<Index>(found.classes.size());
      if (present[label]) found.classes.push_back(static_cast<std::uint8_t>(label));
    }
  }

  [[nodiscard]] Index rows() const { return features.rows(); }
  [[nodiscard]] Index columns() const { return features.cols(); }
  [[nodiscard]] Index classes() const { return static_cast<Index>(found.classes.size()); }
  [[nodiscard]] Index class_of(Index row) const { return column[labels[static_cast<std::size_t>(row)]]; }
  /// Entry of Yc.
  [[nodiscard]] double target(Index row, Index k) const { return (class_of(row) == k ? 1.0 : -1.0) - target_means(k); }

  /// Goes on to the next stage, or to the next place within this one.
  void next(bool stage_over, Stage after) {
    place = stage_over ? 0 : place;
    stage = stage_over ? after : stage;
  }

  void centre() {
    const auto n = static_cast<double>(rows());
    mean = mean_of(features);
    scale.setZero(columns());
    for (Index r = 0; r < rows(); ++r) {
      scale += (features.row(r).transpose().cast<double>() - mean).cwiseAbs2();
    }
    scale /= n;
    finite = std::isfinite(scale.sum());
    // As scikit-learn: a variance that rounding alone explains is none.
    constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
    for (Index j = 0; j < columns(); ++j) {
      const double noise = n * mean(j) * kEpsilon;
      scale(j) = scale(j) > n * kEpsilon * scale(j) + noise * noise ? 1.0 / std::sqrt(scale(j)) : 0.0;
    }
    target_means.setConstant(classes(), -1.0);
    for (Index r = 0; r < rows(); ++r) target_means(class_of(r)) += 2.0 / n;
    matrix.setZero(size, size);
    right.setZero(size, classes());
    if (dual) {
      for (Index k = 0; k < classes(); ++k) {
        for (Index r = 0; r < rows(); ++r) right(r, k) = target(r, k);
      }
    }
    next(true, finite ? Stage::form : Stage::ready);
  }

  /// Adds some rows of Z to Z'Z and Z' Yc; dual: some columns to ZZ'.
  void form() {
    const Index count = dual ? columns() : rows();
    Vectors vectors(size, kVectorsAtOnce);
    for (Index i = 0; i < kVectorsAtOnce; ++i, ++place) {
      if (place >= count) {
        vectors.col(i).setZero();
      } else if (dual) {
        vectors.col(i) = features.col(place).cast<double>();
        vectors.col(i) = scale(place) * (vectors.col(i).array() - mean(place)).matrix();
      } else {
        vectors.col(i) = (features.row(place).transpose().cast<double>() - mean).cwiseProduct(scale);
        right.col(class_of(place)) += 2.0 * vectors.col(i);  // Z' Yc = Z' Y, and the rows of Z add up to 0
      }
    }
    add_products(matrix, vectors);
    factors.resize(size - 1);
    next(place >= count, Stage::tridiagonal);
  }

  void tridiagonalise() {
    if (place < size - 1) tridiagonalise_column(matrix, factors, place++);
    next(place >= size - 1, Stage::factor);
  }

  /// block * H_i
  void reflect(Block& block, Index i) const {
    const double* vector = matrix.col(i).data();
    Lanes sum = block.col(i + 1);
    for (Index j = i + 2; j < size; ++j) sum += vector[j] * block.col(j);
    sum *= factors(i);
    block.col(i + 1) -= sum;
    for (Index j = i + 2; j < size; ++j) block.col(j) -= vector[j] * sum;
  }
  void times_q(Block& block) const {
    for (Index i = 0; i < size - 1; ++i) reflect(block, i);
  }
  void times_q_transposed(Block& block) const {
    for (Index i = size - 2; i >= 0; --i) reflect(block, i);
  }
  /// Each column of `vectors` [size][] as a row of blocks that `change` is called with.
  void change_columns(Eigen::MatrixXd& vectors, void (State::*change)(Block&) const) const {
    Block block(kSideBySide, size);
    for (Index first = 0; first < vectors.cols(); first += kSideBySide) {
      const Index count = std::min(kSideBySide, vectors.cols() - first);
      block.setZero();
      for (Index i = 0; i < count; ++i) block.row(i) = vectors.col(first + i).transpose();
      (this->*change)(block);
      for (Index i = 0; i < count; ++i) vectors.col(first + i) = block.row(i).transpose();
    }
  }

  [[nodiscard]] Factor factor_for(double a) const {
    Factor factor{a, Eigen::VectorXd(size), Eigen::VectorXd(size), right};
    Eigen::MatrixXd& solution = factor.solution;
    for (Index j = 0; j < size; ++j) {
      double pivot = matrix(j, j) + a;
      factor.below(j) = 0.0;
      if (j > 0) {
        const double off = matrix(j, j - 1);
        factor.below(j) = off * factor.inverse(j - 1);
        pivot -= off * factor.below(j);
        solution.row(j) -= factor.below(j) * solution.row(j - 1);
      }
      factor.inverse(j) = 1.0 / pivot;
    }
    for (Index j = size - 1; j >= 0; --j) {
      solution.row(j) *= factor.inverse(j);
      if (j + 1 < size) solution.row(j) -= factor.below(j + 1) * solution.row(j + 1);
    }
    return factor;
  }

  void factor() {
    change_columns(right, &State::times_q);  // C' = (Z' Yc)' Q
    if (penalty.has_value()) {
      tried.push_back(factor_for(*penalty));
    } else {
      errors.assign(kProbePenalties.size(), 0.0);
      for (const double a : kProbePenalties) tried.push_back(factor_for(a));
    }
    // One row alone has no other that could foretell it.
    next(true, penalty.has_value() || rows() == 1 ? Stage::weights : Stage::choose);
  }

  /// Adds the squares of e for some rows.
  void choose() {
    Block block(kSideBySide, size);
    if (dual) {
      block.setZero();
      for (Index i = 0; i < kSideBySide && place + i < size; ++i) block(i, place + i) = 1.0;
    } else {
      load(block, features, place);
      for (Index j = 0; j < size; ++j) block.col(j) = scale(j) * (block.col(j).array() - mean(j)).matrix();
    }
    times_q(block);
    const auto n = static_cast<double>(rows());
    const Index count = std::min(kSideBySide, rows() - place);
    for (std::size_t p = 0; p < tried.size(); ++p) {
      const Factor& factor = tried[p];
      Lanes forward = block.col(0);
      Lanes form = factor.inverse(0) * forward.cwiseAbs2();
      for (Index j = 1; j < size; ++j) {
        forward = block.col(j) - factor.below(j) * forward;
        form += factor.inverse(j) * forward.cwiseAbs2();
      }
      for (Index k = 0; k < classes(); ++k) {
        const Lanes fitted = product(block, factor.solution.col(k).data());
        for (Index i = 0; i < count; ++i) {
          const double left_out = dual ? fitted(i) / (form(i) - 1.0 / (n * factor.penalty))
                                       : (target(place + i, k) - fitted(i)) / (1.0 - 1.0 / n - form(i));
          errors[p] += left_out * left_out;
        }
      }
    }
    place += kSideBySide;
    next(place >= rows(), Stage::weights);
  }

  /// The weights on the features as they are, a class at a time.
  void make_weights() {
    if (place == 0) {
      const auto best = std::min_element(errors.begin(), errors.end());  // of none: the one penalty that was given
      std::swap(tried.front(), tried[static_cast<std::size_t>(best - errors.begin())]);
      tried.resize(1);
      change_columns(tried.front().solution, &State::times_q_transposed);
      found.penalty = tried.front().penalty;
    }
    Eigen::VectorXd weights = tried.front().solution.col(place);
    if (dual) {
      const Eigen::VectorXd rows_of = weights;
      weights.setZero(columns());
      for (Index r = 0; r < rows(); ++r) {
        weights += rows_of(r) * (features.row(r).transpose().cast<double>() - mean);
      }
      weights = weights.cwiseProduct(scale);
    }
    weights = weights.cwiseProduct(scale);
    found.weights.insert(found.weights.end(), weights.begin(), weights.end());
    found.intercepts.push_back(target_means(place) - weights.dot(mean));
    ++place;
    next(place >= classes(), Stage::ready);
  }

  FeatureMap features;
  std::span<const std::uint8_t> labels;
  std::optional<double> penalty;
  bool dual;
  Index size;                       ///< of M
  std::array<Index, 256> column{};  ///< of a class
  bool finite = true;
  Stage stage = Stage::centre;
  Index place = 0;               ///< within the stage
  Eigen::VectorXd mean;          ///< [columns] of the features
  Eigen::VectorXd scale;         ///< [columns] 1 / standard deviation, 0 for a constant feature
  Eigen::VectorXd target_means;  ///< [classes] of Y
  Eigen::MatrixXd matrix;        ///< M, then T and the vectors of Q
  Eigen::VectorXd factors;       ///< of Q
  Eigen::MatrixXd right;         ///< Z' Yc (dual: Yc), then C; [size][classes]
  std::vector<Factor> tried;
  std::vector<double> errors;
  LinearClassifier found;
};

LinearProbe::LinearProbe(std::span<const float> features, std::span<const std::uint8_t> labels,
                         std::optional<double> penalty)
    : state_(std::make_unique<State>(features, labels, penalty)) {
  assert(!labels.empty() && features.size() >= labels.size() && features.size() % labels.size() == 0);
}
LinearProbe::LinearProbe(LinearProbe&&) noexcept = default;
LinearProbe& LinearProbe::operator=(LinearProbe&&) noexcept = default;
LinearProbe::~LinearProbe() = default;

std::size_t LinearProbe::bytes(std::size_t rows, std::size_t columns) {
  constexpr std::size_t kVectors = 12 * kProbePenalties.size() + 64;  // of ten classes, and blocks
  const std::size_t size = std::min(rows, columns);
  return sizeof(double) * (size * size + kVectors * size + 16 * columns);
}

bool LinearProbe::advance() {
  switch (state_->stage) {
    case State::Stage::centre:
      state_->centre();
      break;
    case State::Stage::form:
      state_->form();
      break;
    case State::Stage::tridiagonal:
      state_->tridiagonalise();
      break;
    case State::Stage::factor:
      state_->factor();
      break;
    case State::Stage::choose:
      state_->choose();
      break;
    case State::Stage::weights:
      state_->make_weights();
      break;
    case State::Stage::ready:
      return false;
  }
  return true;
}

double LinearProbe::multiply_adds(std::size_t rows, std::size_t columns, bool chosen) {
  const std::array<double, 6> work = work_of(rows, columns, chosen);
  return std::accumulate(work.begin(), work.end(), 0.0);
}

double LinearProbe::progress() const {
  const auto rows = static_cast<std::size_t>(state_->rows());
  const auto columns = static_cast<std::size_t>(state_->columns());
  const std::array<double, 6> work = work_of(rows, columns, !state_->penalty.has_value());
  const std::array steps = {1.0,
                            static_cast<double>(std::max(rows, columns)),
                            static_cast<double>(std::min(rows, columns)),
                            1.0,
                            static_cast<double>(rows),
                            1.0};
  const auto stage = static_cast<std::size_t>(state_->stage);
  double all = 0.0;
  double done = 0.0;
  for (std::size_t s = 0; s < work.size(); ++s) {
    all += work[s];
    if (s < stage) done += work[s];
    if (s == stage) done += work[s] * std::min(1.0, static_cast<double>(state_->place) / steps[s]);
  }
  return state_->stage == State::Stage::ready ? 1.0 : done / all;
}

Result<LinearClassifier> LinearProbe::result() const {
  assert(state_->stage == State::Stage::ready);
  if (!state_->finite) return Error{"the features are not finite numbers; the training has diverged"};
  return state_->found;
}

std::span<const double> LinearProbe::left_out_errors() const { return state_->errors; }

}  // namespace quarterturn
