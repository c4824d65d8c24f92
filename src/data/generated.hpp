// Generated digits as a source that makes what is asked for: the room is there at once, the images are made later.
#pragma once

#include <cstddef>
#include <cstdint>

#include "data/dataset.hpp"
#include "data/digits.hpp"

namespace quarterturn {

/// Fills a training set (images 0 .. of the seed's sequence) and then a test set (images kGeneratedTestIndex ..), in
/// that order and piece by piece. Each image is the same however the work is cut.
class GeneratedDigits {
 public:
  explicit GeneratedDigits(std::uint64_t seed) : seed_(seed) {}

  /// Sets of these sizes whose images are blank until they are made.
  [[nodiscard]] DataSource lay_out(std::size_t train_count, std::size_t test_count) const;

  /// Makes the next `count` images of `data`, which lay_out gave, or all that are missing.
  void make(DataSource& data, std::size_t count, const TaskRunner& run = run_in_turn);

  /// Images made so far, those of the training set first.
  [[nodiscard]] std::size_t made() const { return made_; }
  [[nodiscard]] bool complete(const DataSource& data) const { return made_ == data.train.count() + data.test.count(); }

 private:
  std::uint64_t seed_;
  std::size_t made_ = 0;
};

}  // namespace quarterturn
