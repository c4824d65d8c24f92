// What a batch gives beside gradients.
#pragma once

#include <cstdint>

namespace quarterturn {

/// Before any division: the caller weights by rows.
struct BatchResult {
  double loss_sum = 0.0;      ///< sum over rows of the categorical cross-entropy
  std::uint32_t correct = 0;  ///< rows whose largest logit (the first of equals) is the label's
};

}  // namespace quarterturn
