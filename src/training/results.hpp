// What training and testing give.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/architecture.hpp"
#include "training/settings.hpp"

namespace quarterturn {

/// One finished epoch. Training figures are sample-weighted means while the weights moved (as Keras reports them).
struct EpochRecord {
  std::uint32_t epoch = 0;  ///< from 1
  double loss = 0.0;
  double accuracy = 0.0;
  double validation_loss = 0.0;  ///< NaN where there is no validation part
  double validation_accuracy = 0.0;
  double seconds = 0.0;  ///< time in training steps; not part of the signature
};

/// Classes that a confusion matrix has room for.
inline constexpr std::size_t kMaxClasses = 32;
static_assert(kMaxVariants <= static_cast<int>(kMaxClasses) && kDigits <= static_cast<int>(kMaxClasses));

/// Accuracy on one set of images with fixed weights.
struct TestResult {
  std::uint32_t correct = 0;
  std::uint32_t count = 0;
  double loss = 0.0;
  std::array<std::array<std::uint32_t, kMaxClasses>, kMaxClasses> confusion{};  ///< [label][predicted]
  [[nodiscard]] double accuracy() const { return count == 0 ? 0.0 : static_cast<double>(correct) / count; }
};

struct ArmResult {
  TestResult test;       ///< the notebook's 300
  TestResult full_test;  ///< the whole test set
};

/// What one advance() did: epochs that ended (with their run), and whether anything is left to do.
struct Advance {
  struct Epoch {
    Run run;
    EpochRecord record;
  };
  std::vector<Epoch> epochs;
  bool more = false;
};

/// How a failed run can go on.
struct Recovery {
  Run run;
  float rate;  ///< a lower one to try
};

}  // namespace quarterturn
