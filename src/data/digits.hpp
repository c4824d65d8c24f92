// A procedural generator of handwritten-looking digits, so that everything works with nothing downloaded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "data/dataset.hpp"

namespace quarterturn {

/// Calls the body once for each task in [0, tasks), on any thread and in any order, and returns when all have ended.
using TaskRunner = std::function<void(int tasks, const std::function<void(int task)>& body)>;
void run_in_turn(int tasks, const std::function<void(int task)>& body);

/// Images first_index .. first_index + count - 1 of the endless labelled sequence that belongs to `seed`. Image i is
/// a pure function of (seed, i) and of the generator's version, the same in every build: the arithmetic is + - * / and
/// sqrt only.
/// Each is normalised as MNIST was: ink in a 20x20 box, aspect kept, centre of mass in the middle of 28x28.
/// Images do not depend on each other, so `run` may spread the work over threads.
Dataset generate_digits(std::uint64_t seed, std::uint64_t first_index, std::size_t count,
                        const TaskRunner& run = run_in_turn);

/// The same for places [first, last) of a set that begins with image first_index of the sequence and has room for them.
void generate_digits(std::uint64_t seed, std::uint64_t first_index, Dataset& set, std::size_t first, std::size_t last,
                     const TaskRunner& run = run_in_turn);

/// Index of the first test image in the sequence: far behind any training set, so that the test set does not depend
/// on the number of training images.
inline constexpr std::uint64_t kGeneratedTestIndex = std::uint64_t{1} << 40;

/// Version of the generator: the same seed gives other images in another version. Older versions are not kept.
/// 1: few variants of each digit, whose linear probes read 10 points more than MNIST's. 2: as varied as MNIST.
inline constexpr unsigned kGeneratorVersion = 2;

/// The source of these digits (DataSource): "generated:VERSION:SEED".
std::string generated_name(std::uint64_t seed);

/// The version of the generator whose digits have this name; 0: it is not the name of generated digits.
unsigned generated_version(std::string_view name);

/// A training set (images 0 ..) and a test set (images kGeneratedTestIndex ..) of generated digits.
DataSource generated_source(std::uint64_t seed, std::size_t train_count, std::size_t test_count,
                            const TaskRunner& run = run_in_turn);

}  // namespace quarterturn
