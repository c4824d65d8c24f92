// What a batch gave.
#pragma once

#include <cstdint>

namespace quarterturn {

/// Sums over rows, before any division: the caller weights by rows.
struct BatchResult {
  double loss_sum = 0.0;      ///< of the categorical cross-entropy
  std::uint32_t correct = 0;  ///< rows whose largest logit (the first of equals) is the label's

  BatchResult& operator+=(const BatchResult& other) {
    loss_sum += other.loss_sum;
    correct += other.correct;
    return *this;
  }
};

}  // namespace quarterturn
