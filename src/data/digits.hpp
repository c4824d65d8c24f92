// A procedural generator of handwritten-looking digits, so that everything works with nothing downloaded.
#pragma once

#include <cstddef>
#include <cstdint>

#include "data/dataset.hpp"

namespace quarterturn {

/// Images first_index .. first_index + count - 1 of the endless labelled sequence that belongs to `seed`. Image i is
/// a pure function of (seed, i), the same in every build: the arithmetic is + - * / and sqrt only.
/// Each is normalised as MNIST was: ink in a 20x20 box, aspect kept, centre of mass in the middle of 28x28.
Dataset generate_digits(std::uint64_t seed, std::uint64_t first_index, std::size_t count);

/// Index of the first test image in the sequence: far behind any training set, so that the test set does not depend
/// on the number of training images.
inline constexpr std::uint64_t kGeneratedTestIndex = std::uint64_t{1} << 40;

/// A training set (images 0 ..) and a test set (images kGeneratedTestIndex ..) of generated digits.
DataSource generated_source(std::uint64_t seed, std::size_t train_count, std::size_t test_count);

}  // namespace quarterturn
