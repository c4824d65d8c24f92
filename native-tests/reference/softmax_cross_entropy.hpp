// Softmax and categorical cross-entropy on logits, plain and in double precision.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace quarterturn::reference {

/// What a batch gave, before any division.
struct Loss {
  double sum = 0.0;           ///< over rows, of -log softmax(logits)[label]
  std::uint32_t correct = 0;  ///< rows whose largest logit (the first of equals) is the label's
};

/// probabilities [batch][classes] = softmax of logits [batch][classes]; finite for any finite logits.
void softmax(std::size_t batch, std::size_t classes, std::span<const double> logits, std::span<double> probabilities);

/// One label a row, each below `classes`. Finite for any finite logits.
Loss softmax_cross_entropy_forward(std::size_t batch, std::size_t classes, std::span<const double> logits,
                                   std::span<const std::uint8_t> labels);

/// Gradient of the mean loss: logits_gradient [batch][classes] = (softmax(logits) - one_hot(label)) / batch.
void softmax_cross_entropy_backward(std::size_t batch, std::size_t classes, std::span<const double> logits,
                                    std::span<const std::uint8_t> labels, std::span<double> logits_gradient);

}  // namespace quarterturn::reference
