// Predicted classes from probabilities, and their table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace quarterturn {

/// [label][predicted]
template <std::size_t Classes>
using ConfusionMatrix = std::array<std::array<std::uint32_t, Classes>, Classes>;

/// Index of the largest value, the first of equals (numpy.argmax). A NaN is never the largest.
inline std::size_t largest(std::span<const float> values) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i] > values[best]) best = i;
  }
  return best;
}

/// Counts rows of probabilities ([labels.size()][classes]) into the matrix. classes <= Classes, every label < Classes.
template <std::size_t Classes>
void tally(std::span<const float> probabilities, std::size_t classes, std::span<const std::uint8_t> labels,
           ConfusionMatrix<Classes>& matrix) {
  for (std::size_t row = 0; row < labels.size(); ++row) {
    ++matrix[labels[row]][largest(probabilities.subspan(row * classes, classes))];
  }
}

/// Rows on the diagonal: rightly predicted.
template <std::size_t Classes>
std::uint32_t correct(const ConfusionMatrix<Classes>& matrix) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < Classes; ++i) sum += matrix[i][i];
  return sum;
}

}  // namespace quarterturn
