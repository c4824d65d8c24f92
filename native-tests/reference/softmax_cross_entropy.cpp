#include "reference/softmax_cross_entropy.hpp"

#include <algorithm>
#include <cmath>

namespace quarterturn::reference {

// p[c] = exp(z[c] - max z) / sum over j of exp(z[j] - max z). The shift keeps every exponent at or below 0.
void softmax(std::size_t batch, std::size_t classes, std::span<const double> logits, std::span<double> probabilities) {
  for (std::size_t n = 0; n < batch; ++n) {
    const auto z = logits.subspan(n * classes, classes);
    const auto p = probabilities.subspan(n * classes, classes);
    const double largest = *std::max_element(z.begin(), z.end());
    double sum = 0.0;
    for (std::size_t c = 0; c < classes; ++c) {
      p[c] = std::exp(z[c] - largest);
      sum += p[c];
    }
    for (double& probability : p) probability /= sum;
  }
}

// L = log sum over j of exp(z[j] - max z) - (z[label] - max z): no probability is ever rounded to 0 before a log.
Loss softmax_cross_entropy_forward(std::size_t batch, std::size_t classes, std::span<const double> logits,
                                   std::span<const std::uint8_t> labels) {
  Loss loss;
  for (std::size_t n = 0; n < batch; ++n) {
    const auto z = logits.subspan(n * classes, classes);
    const auto largest = std::max_element(z.begin(), z.end());  // the first of equals
    double sum = 0.0;
    for (const double logit : z) sum += std::exp(logit - *largest);
    loss.sum += std::log(sum) - (z[labels[n]] - *largest);
    if (largest - z.begin() == labels[n]) ++loss.correct;
  }
  return loss;
}

void softmax_cross_entropy_backward(std::size_t batch, std::size_t classes, std::span<const double> logits,
                                    std::span<const std::uint8_t> labels, std::span<double> logits_gradient) {
  softmax(batch, classes, logits, logits_gradient);
  for (std::size_t n = 0; n < batch; ++n) {
    logits_gradient[n * classes + labels[n]] -= 1.0;
  }
  for (double& gradient : logits_gradient) gradient /= static_cast<double>(batch);
}

}  // namespace quarterturn::reference
