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

constexpr std::size_t kStages = 8;
/// Multiplications with an addition of each stage of a fit: M, T and Q, and the rows of S with their forms; what is
/// left is little.
std::array<double, kStages> work_of(std::size_t rows, std::size_t columns, bool chosen) {
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

}  // namespace

std::vector<double> scores(const LinearClassifier& classifier, std::span<const float> features) {
  const std::size_t classes = classifier.classes.size();
  const std::size_t columns = classifier.weights.size() / classes;
  const FeatureMap rows = feature_map(features, columns);
  std::vector<double> all(static_cast<std::size_t>(rows.rows()) * classes);
  RowBlock block(kSideBySide, rows.cols());
  for (Index first = 0; first < rows.rows(); first += kSideBySide) {
    load(block, rows, first);
    const Index count = std::min(kSideBySide, rows.rows() - first);
    for (std::size_t k = 0; k < classes; ++k) {
      const Lanes found = product(block, classifier.weights.data() + k * columns);
      for (Index i = 0; i < count; ++i) {
        all[static_cast<std::size_t>(first + i) * classes + k] = found(i) + classifier.intercepts[k];
      }
    }
  }
  return all;
}

void classify(const LinearClassifier& classifier, std::span<const float> features, std::span<std::uint8_t> answers) {
  const std::size_t classes = classifier.classes.size();
  const std::vector<double> all = scores(classifier, features);
  for (std::size_t row = 0; row < answers.size(); ++row) {
    const double* const found = all.data() + row * classes;
    answers[row] = classifier.classes[static_cast<std::size_t>(std::max_element(found, found + classes) - found)];
  }
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
  enum class Stage : std::uint8_t { centre, form, tridiagonal, carry, factor, choose, back, weights, ready };

  State(std::span<const float> given_features, std::span<const std::uint8_t> given_labels,
        std::optional<double> given_penalty)
      : features(feature_map(given_features, given_features.size() / given_labels.size())),
        labels(given_labels),
        given(given_penalty.value_or(0.0)),
        penalties(given_penalty.has_value() ? std::span<const double>(&given, 1) : kProbePenalties),
        dual(features.rows() < features.cols()),
        size(std::min(features.rows(), features.cols())),
        errors(penalties.size()) {
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

  /// An entry of Z.
  [[nodiscard]] double standardised(Index row, Index j) const {
    return (static_cast<double>(features(row, j)) - mean(j)) * scale(j);
  }

  void centre() {
    const auto n = static_cast<double>(rows());
    mean = mean_of(features);
    scale.setZero(columns());
    for (Index r = 0; r < rows(); ++r) {
      for (Index j = 0; j < columns(); ++j) {
        const double away = static_cast<double>(features(r, j)) - mean(j);
        scale(j) += away * away;
      }
    }
    // As scikit-learn: a variance that rounding alone explains is none.
    constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
    for (Index j = 0; j < columns(); ++j) {
      const double variance = scale(j) / n;
      const double noise = n * mean(j) * kEpsilon;
      finite = finite && std::isfinite(variance);
      scale(j) = variance > n * kEpsilon * variance + noise * noise ? 1.0 / std::sqrt(variance) : 0.0;
    }
    target_means.setZero(classes());
    for (Index r = 0; r < rows(); ++r) target_means(class_of(r)) += 1.0;
    for (Index k = 0; k < classes(); ++k) target_means(k) = 2.0 * target_means(k) / n - 1.0;
    matrix.setZero(size, size);
    right.setZero(size, classes());
    for (Index r = 0; dual && r < rows(); ++r) {
      for (Index k = 0; k < classes(); ++k) right(r, k) = target(r, k);
    }
    next(true, finite ? Stage::form : Stage::ready);
  }

  /// Adds some rows of Z to Z'Z and Z' Yc; dual: some columns to ZZ'.
  void form() {
    const Index count = dual ? columns() : rows();
    Vectors vectors(size, kVectorsAtOnce);
    for (Index i = 0; i < kVectorsAtOnce; ++i, ++place) {
      for (Index j = 0; j < size; ++j) {
        vectors(j, i) = place >= count ? 0.0 : dual ? standardised(j, place) : standardised(place, j);
        // Z' Yc = Z' Y, and the rows of Z add up to 0
        if (!dual && place < count) right(j, class_of(place)) += 2.0 * vectors(j, i);
      }
    }
    add_products(matrix, vectors);
    factors.setZero(size - 1);
    next(place >= count, Stage::tridiagonal);
  }

  void tridiagonalise() {
    if (place < size - 1) tridiagonalise_column(matrix, factors, place++);
    next(place >= size - 1, Stage::carry);
  }

  /// block * Q
  void times_q(RowBlock& block) const {
    for (Index i = 0; i < size - 1; ++i) reflect(block, i, &matrix(0, i), factors(i));
  }
  /// block * Q'
  void times_q_transposed(RowBlock& block) const {
    for (Index i = size - 2; i >= 0; --i) reflect(block, i, &matrix(0, i), factors(i));
  }
  /// Some columns of `right`, from `place` on, as rows: times Q or Q'.
  void change_right(bool transposed) {
    RowBlock block(kSideBySide, size);
    block.setZero();
    const Index count = std::min(kSideBySide, classes() - place);
    for (Index j = 0; j < size; ++j) {
      for (Index i = 0; i < count; ++i) block(i, j) = right(j, place + i);
    }
    if (transposed) {
      times_q_transposed(block);
    } else {
      times_q(block);
    }
    for (Index j = 0; j < size; ++j) {
      for (Index i = 0; i < count; ++i) right(j, place + i) = block(i, j);
    }
    place += kSideBySide;
  }

  /// (Z' Yc)' Q, some classes at a time.
  void carry() {
    change_right(false);
    next(place >= classes(), Stage::factor);
  }

  /// Penalty p: L, D^-1 and B.
  void factor_for(Index p) {
    for (Index j = 0; j < size; ++j) {
      double pivot = matrix(j, j) + penalties[static_cast<std::size_t>(p)];
      below(j, p) = 0.0;
      if (j > 0) {
        const double off = matrix(j, j - 1);
        below(j, p) = off * inverse(j - 1, p);
        pivot -= off * below(j, p);
      }
      inverse(j, p) = 1.0 / pivot;
    }
    for (Index k = 0; k < classes(); ++k) {
      double* const b = &solutions(0, p * classes() + k);
      for (Index j = 0; j < size; ++j) b[j] = right(j, k) - (j > 0 ? below(j, p) * b[j - 1] : 0.0);
      for (Index j = size - 1; j >= 0; --j) {
        b[j] = b[j] * inverse(j, p) - (j + 1 < size ? below(j + 1, p) * b[j + 1] : 0.0);
      }
    }
  }

  void factor() {
    const auto count = static_cast<Index>(penalties.size());
    below.setZero(size, count);
    inverse.setZero(size, count);
    solutions.setZero(size, count * classes());
    for (Index p = 0; p < count; ++p) factor_for(p);
    // One row alone has no other that could foretell it.
    next(true, penalties.size() == 1 || rows() == 1 ? Stage::back : Stage::choose);
  }

  /// Adds the squares of e for some rows.
  void choose() {
    RowBlock block(kSideBySide, size);
    block.setZero();
    const Index count = std::min(kSideBySide, rows() - place);
    for (Index i = 0; i < count; ++i) {
      for (Index j = 0; j < size; ++j) {
        block(i, j) = dual ? (j == place + i ? 1.0 : 0.0) : standardised(place + i, j);
      }
    }
    times_q(block);
    const auto n = static_cast<double>(rows());
    for (std::size_t p = 0; p < penalties.size(); ++p) {
      const auto column_of = static_cast<Index>(p);
      const Lanes form = quadratic_form(block, &below(0, column_of), &inverse(0, column_of));
      for (Index k = 0; k < classes(); ++k) {
        const Lanes fitted = product(block, &solutions(0, column_of * classes() + k));
        for (Index i = 0; i < count; ++i) {
          const double left_out = dual ? fitted(i) / (form(i) - 1.0 / (n * penalties[p]))
                                       : (target(place + i, k) - fitted(i)) / (1.0 - 1.0 / n - form(i));
          errors[p] += left_out * left_out;
        }
      }
    }
    place += kSideBySide;
    next(place >= rows(), Stage::back);
  }

  /// B' Q' of the best penalty, some classes at a time.
  void carry_back() {
    if (place == 0) {
      const auto best = static_cast<std::size_t>(std::min_element(errors.begin(), errors.end()) - errors.begin());
      found.penalty = penalties[best];
      right = solutions.middleCols(static_cast<Index>(best) * classes(), classes());
      found.weights.resize(static_cast<std::size_t>(columns() * classes()));
    }
    change_right(true);
    next(place >= classes(), Stage::weights);
  }

  /// The weights on the features as they are, a class at a time.
  void make_weights() {
    double* const weights = found.weights.data() + place * columns();
    for (Index j = 0; !dual && j < size; ++j) weights[j] = right(j, place);
    for (Index r = 0; dual && r < size; ++r) {
      for (Index j = 0; j < columns(); ++j) weights[j] += standardised(r, j) * right(r, place);
    }
    double intercept = target_means(place);
    for (Index j = 0; j < columns(); ++j) {
      weights[j] *= scale(j);
      intercept -= weights[j] * mean(j);
    }
    found.intercepts.push_back(intercept);
    ++place;
    next(place >= classes(), Stage::ready);
  }

  FeatureMap features;
  std::span<const std::uint8_t> labels;
  double given;                       ///< penalty
  std::span<const double> penalties;  ///< that are tried
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
  Eigen::MatrixXd below;         ///< [size][penalties] the subdiagonal of L in row j, for each penalty
  Eigen::MatrixXd inverse;       ///< [size][penalties] D^-1
  Eigen::MatrixXd solutions;     ///< [size][penalties * classes] B of each penalty
  std::vector<double> errors;    ///< [penalties]
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
    case State::Stage::carry:
      state_->carry();
      break;
    case State::Stage::factor:
      state_->factor();
      break;
    case State::Stage::choose:
      state_->choose();
      break;
    case State::Stage::back:
      state_->carry_back();
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
  const std::array<double, kStages> work = work_of(rows, columns, chosen);
  return std::accumulate(work.begin(), work.end(), 0.0);
}

double LinearProbe::progress() const {
  const auto rows = static_cast<std::size_t>(state_->rows());
  const auto columns = static_cast<std::size_t>(state_->columns());
  const std::array<double, kStages> work = work_of(rows, columns, state_->penalties.size() > 1);
  const auto of = [](std::size_t count) { return static_cast<double>(count); };
  const std::array<double, kStages> steps = {
      1.0, of(std::max(rows, columns)), of(std::min(rows, columns)), 1.0, 1.0, of(rows), 1.0, 1.0};
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
  if (!state_->finite) return Error{MessageCode::features_diverged};
  return state_->found;
}

std::span<const double> LinearProbe::left_out_errors() const {
  return state_->penalties.size() > 1 ? std::span<const double>(state_->errors) : std::span<const double>();
}

}  // namespace quarterturn
