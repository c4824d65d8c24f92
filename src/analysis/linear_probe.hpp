// The exact linear probe: how much of the labels a linear classifier reads from features. Ridge regression onto targets
// -1 and +1, one column a class, in double precision: no epochs, no learning rate, no random numbers.
//
// It is scikit-learn's StandardScaler followed by RidgeClassifierCV with its default scoring. With Z [rows][columns]
// the standardised features (mean and population standard deviation of the training rows; a constant feature is 0), Y
// the targets, Yc these less their means, and n rows:
//
//   weights       W = (Z'Z + a I)^-1 Z' Yc = Z' (ZZ' + a I)^-1 Yc     the intercept is the mean of Y: not penalised
//   left out      e_i = (Yc_i - z_i W) / (1 - 1/n - h_i)              what row i lacks when all others are fitted
//   leverage      h_i = z_i' (Z'Z + a I)^-1 z_i = 1 - a ((ZZ' + a I)^-1)_ii
//
// The penalty a is the one of the 13 values 10^-2, 10^-1.5, ..., 10^4 with the least sum of squares of e over all rows
// and classes, of equals the smallest; the standardisation is not made again for each row left out.
// Source: scikit-learn, _RidgeGCV; R. Rifkin and R. Lippert, "Notes on Regularized Least Squares", 2007.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace quarterturn {

/// The penalties that are tried.
inline constexpr std::array kProbePenalties = {
    0.01,  0.03162277660168379, 0.1,    0.31622776601683794, 1.0,    3.1622776601683795, 10.0, 31.622776601683793,
    100.0, 316.22776601683796,  1000.0, 3162.2776601683795,  10000.0};

/// A linear classifier of feature vectors f: class classes[k] has the score weights[k] . f + intercepts[k].
struct LinearClassifier {
  double penalty = 0.0;               ///< with which it was fitted
  std::vector<std::uint8_t> classes;  ///< those of the training rows, rising
  std::vector<double> weights;        ///< [classes][columns]
  std::vector<double> intercepts;     ///< [classes]
};

/// The class of the largest score, of equals the first, for each row of `features` ([answers.size()][columns]).
void classify(const LinearClassifier& classifier, std::span<const float> features, std::span<std::uint8_t> answers);

/// The scores [rows][classes] of the rows of `features` ([rows][columns]).
std::vector<double> scores(const LinearClassifier& classifier, std::span<const float> features);

/// A fit in small pieces, some milliseconds each: what it gives does not depend on when they are done.
class LinearProbe {
 public:
  /// `features` [labels.size()][columns], at least one row and one column, with classes 0..255; both must outlive the
  /// fit. Without a penalty (above 0) the best of kProbePenalties is chosen. Classes that no row has are no columns.
  LinearProbe(std::span<const float> features, std::span<const std::uint8_t> labels, std::optional<double> penalty);
  LinearProbe(LinearProbe&&) noexcept;
  LinearProbe& operator=(LinearProbe&&) noexcept;
  ~LinearProbe();

  /// Bytes that a fit takes while it is made.
  static std::size_t bytes(std::size_t rows, std::size_t columns);

  /// Multiplications with an addition that most of its time goes into; `chosen`: the penalty is not given.
  static double multiply_adds(std::size_t rows, std::size_t columns, bool chosen);

  /// Does one piece. False: the fit was ready already.
  bool advance();
  [[nodiscard]] double progress() const;  ///< 0..1, by multiply_adds()
  /// Once advance() has given false. Error: a feature is not finite.
  [[nodiscard]] Result<LinearClassifier> result() const;
  /// Sum of the squares of e for each of kProbePenalties; empty where the penalty was given.
  [[nodiscard]] std::span<const double> left_out_errors() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace quarterturn
