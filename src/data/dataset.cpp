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

Fnv1a hash_of(const DataSource& data, std::size_t train_count) {
  Fnv1a hash;
  const auto add = [&hash](const Dataset& set, std::size_t count) {
    hash.add_value(static_cast<std::uint64_t>(count));
    hash.add(set.pixels.data(), std::min(set.pixels.size(), count * kImagePixels));
    hash.add(set.labels.data(), std::min(set.labels.size(), count));
  };
  add(data.train, train_count);
  add(data.test, data.test.count());
  return hash;
}

std::string data_hash(const DataSource& data) {
  const Splits splits = notebook_splits(data.train.count(), data.test.count());
  return hash_of(data, std::max(splits.pretext.last, splits.downstream.last)).text();
}

}  // namespace quarterturn
