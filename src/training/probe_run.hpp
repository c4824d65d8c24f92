// One question to the exact linear probe: which features, how many labels; answered on the whole test set, in pieces.
//
// It copies the weights of the trunk when it is made, so that all its features agree although training goes on between
// two pieces; it changes nothing of the experiment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/linear_probe.hpp"
#include "core/aligned_buffer.hpp"
#include "core/result.hpp"
#include "data/dataset.hpp"
#include "models/compute.hpp"

namespace quarterturn {

class Experiment;

inline constexpr std::size_t kMaxProbeBudgets = 16;
inline constexpr std::uint64_t kMaxProbeDraws = 1000;

/// What is fitted. Draw k of a budget of n labels is rows [k n, (k + 1) n) of the labelled slice, as many draws as lie
/// in it.
struct ProbePlan {
  std::vector<std::uint32_t> labels;  ///< budgets
  std::optional<double> penalty;      ///< without one, the best by leaving one row out
  std::uint64_t draws = 1;            ///< of each budget, at most
};

/// One fit and its answers on the test set.
struct ProbeDraw {
  std::size_t first = 0;       ///< its first row in the labelled slice
  double penalty = 0.0;        ///< given or chosen
  std::uint32_t right = 0;     ///< of all test images
  std::uint32_t notebook = 0;  ///< of the notebook's test images (Splits::test)
};

struct ProbeBudget {
  std::uint32_t labels = 0;
  std::vector<ProbeDraw> draws;
  std::vector<std::uint8_t> marks;  ///< [test images] the class that the first draw gives each
  /// Test images, and notebook's test images, that a draw gets right: the mean.
  [[nodiscard]] double right() const;
  [[nodiscard]] double notebook() const;
};

/// The trunk whose features are probed, [kTrunkParameters]: of "pretext", "untrained" or an arm of the experiment's
/// list at its present weights; nothing for "pixels".
std::optional<std::vector<float>> probed_trunk(const Experiment& experiment, std::string_view features);

class ProbeRun {
 public:
  /// Error: no budget or too many, one of 0 or above the labelled slice, a penalty that is not above 0, no draw, no
  /// test images or no labels.
  static Status check(const DataSource& data, const ProbePlan& plan);
  /// `trunk`: kTrunkParameters floats; without them the features are the pixels. `compute` and `data` must outlive it.
  /// Fails where check() does.
  static Result<std::unique_ptr<ProbeRun>> create(Compute& compute, const DataSource& data, Preset preset,
                                                  std::optional<std::span<const float>> trunk, ProbePlan plan);
  /// Bytes that a run of a plan that check() passes takes at most.
  static std::size_t bytes(const ProbePlan& plan, std::size_t slice, bool pixels, std::size_t test_images);

  /// Works for about `milliseconds`, at least one piece: some milliseconds. False: it is finished.
  Result<bool> advance(double milliseconds);
  [[nodiscard]] double progress() const;  ///< 0..1
  /// In the order of the plan; whole once advance() has given false.
  [[nodiscard]] std::span<const ProbeBudget> budgets() const { return budgets_; }
  [[nodiscard]] const Splits& splits() const { return splits_; }
  [[nodiscard]] std::size_t test_images() const { return data_.test.count(); }

 private:
  ProbeRun(Compute& compute, const DataSource& data, Preset preset, std::optional<std::span<const float>> trunk,
           ProbePlan plan);

  void make_features(const Dataset& set, std::size_t first, std::span<float> features);
  Status unit();

  struct Fit {
    std::size_t budget;
    std::size_t draw;
    LinearClassifier classifier;
  };

  Compute& compute_;
  const DataSource& data_;
  Splits splits_;
  Preset preset_;
  AlignedBuffer<float> trunk_;  // empty: pixels
  ProbePlan plan_;
  std::size_t columns_;
  std::vector<ProbeBudget> budgets_;
  std::vector<float> labelled_;  // features of the labelled rows, [rows][columns]
  std::size_t labelled_ready_ = 0;
  std::vector<Fit> fits_;
  std::size_t fits_ready_ = 0;
  std::optional<LinearProbe> probe_;  // the present fit
  std::vector<float> batch_;          // features of some test images
  std::size_t tested_ = 0;            // test images that all fits have answered
  std::size_t tested_fits_ = 0;       // fits that have answered the present batch
};

}  // namespace quarterturn
