// Images and labels as the rest of the engine sees them.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/hash.hpp"

namespace quarterturn {

inline constexpr std::size_t kImageSide = 28;
inline constexpr std::size_t kImagePixels = kImageSide * kImageSide;

/// 8-bit grey images [count][28][28] with labels [count] (0..9, or up to 255 classes in foreign files).
struct Dataset {
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;  ///< empty: unlabelled

  [[nodiscard]] std::size_t count() const { return pixels.size() / kImagePixels; }
  [[nodiscard]] std::span<const std::uint8_t> image(std::size_t i) const {
    assert(i < count());
    return {pixels.data() + i * kImagePixels, kImagePixels};
  }
};

/// A training and a test set and where they came from; `source` is the name that was given, or
/// "generated:VERSION:SEED", and is shown beside every figure made from them.
struct DataSource {
  Dataset train;
  Dataset test;
  std::string source;
};

/// How pixels enter the networks: as the notebook runs them (raw 0..255) or divided by 255.
enum class Preset : std::uint8_t { notebook, unit };

/// Half-open range of images [first, last).
struct Slice {
  std::size_t first;
  std::size_t last;
  [[nodiscard]] std::size_t count() const { return last - first; }
};

/// The notebook's slices: pretext train[0:10000], downstream train[10000:11000], test test[300:600].
struct Splits {
  Slice pretext{0, 10000};
  Slice downstream{10000, 11000};
  Slice test{300, 600};
};

/// The notebook's slices where the data set is large enough; on a smaller one the same proportions
/// (10/11 and 1/11 of train; test 300:600, or all of a test set below 600 images).
Splits notebook_splits(std::size_t train_count, std::size_t test_count);

/// Hash of the first `train_count` images of train and all of test, with their labels.
Fnv1a hash_of(const DataSource& data, std::size_t train_count);

/// 16 hexadecimal digits over every image and label that a run on `data` uses: train up to the end of the slices, and
/// all of test. The rest of a large file does not count, so that a page that loads only what it needs has the same
/// hash.
std::string data_hash(const DataSource& data);

}  // namespace quarterturn
