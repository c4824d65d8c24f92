#include "data/dataset.hpp"

#include <algorithm>

namespace quarterturn {

Splits notebook_splits(std::size_t train_count, std::size_t test_count) {
  Splits splits;
  if (train_count < splits.downstream.last) {
    // At least one labelled image as soon as there are two, so that both parts of a tiny set can be used.
    const std::size_t labelled = std::max(train_count / 11, std::min<std::size_t>(train_count / 2, 1));
    splits.pretext = {0, train_count - labelled};
    splits.downstream = {train_count - labelled, train_count};
  }
  if (test_count < splits.test.last) {
    splits.test = {0, test_count};
  }
  return splits;
}

}  // namespace quarterturn
