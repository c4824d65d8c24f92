#include "data/generated.hpp"

#include <algorithm>

namespace quarterturn {

DataSource GeneratedDigits::lay_out(std::size_t train_count, std::size_t test_count) const {
  DataSource data;
  data.train.pixels.resize(train_count * kImagePixels);
  data.train.labels.resize(train_count);
  data.test.pixels.resize(test_count * kImagePixels);
  data.test.labels.resize(test_count);
  data.source = generated_name(seed_);
  return data;
}

void GeneratedDigits::make(DataSource& data, std::size_t count, const TaskRunner& run) {
  const std::size_t train = data.train.count();
  const std::size_t missing = train + data.test.count() - made_;
  const std::size_t last = made_ + std::min(count, missing);
  // Images before..before + set.count() - 1 of the whole are those of `set`.
  const auto part = [&](Dataset& set, std::uint64_t first_index, std::size_t before) {
    const std::size_t from = std::max(made_, before) - before;
    const std::size_t to = std::min(std::max(last, before) - before, set.count());
    if (from < to) generate_digits(seed_, first_index, set, from, to, run);
  };
  part(data.train, 0, 0);
  part(data.test, kGeneratedTestIndex, train);
  made_ = last;
}

}  // namespace quarterturn
