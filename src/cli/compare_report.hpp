// Label curves: the test accuracy over the number of labelled images, a curve for each kind of features and each way to
// learn from them, over several seeds; as text and as JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/report.hpp"
#include "data/dataset.hpp"

namespace quarterturn::cli {

/// What a curve is about.
struct Curve {
  std::string title;     ///< for people: "turns", "fine-tuned-adam of turns"
  std::string features;  ///< "pretext", "untrained", "pixels" or the arm's name
  std::string task;      ///< the pretext task that it depends on; empty: none
  std::string learning;  ///< "probe", "sgd" or "adam"
};

/// The classes that one seed gave the test images, with one budget of labels.
using Marks = std::vector<std::uint8_t>;

/// One seed: marks[curve][budget].
struct SeedCurves {
  std::uint64_t seed = 0;
  std::vector<std::vector<Marks>> marks;
};

struct Comparison {
  std::vector<Curve> curves;
  std::vector<std::uint32_t> labels;  ///< the budgets
  std::vector<SeedCurves> seeds;      ///< that are finished
  /// Curves that the others are compared with.
  std::vector<std::size_t> references;
};

/// Accuracies, and differences to each reference. With one seed intervals of 95% over the test images, with several
/// the standard deviation over the seeds and in how many of them the interval of the difference leaves zero out.
std::string comparison_text(const Comparison& comparison, const DataSource& data);
Json comparison_json(const Comparison& comparison, const DataSource& data);

}  // namespace quarterturn::cli
