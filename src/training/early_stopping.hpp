// EarlyStopping as keras.callbacks.EarlyStopping(monitor="accuracy", patience=n) has it.
#pragma once

#include <cstdint>

namespace quarterturn {

/// Counts epochs without a strictly better training accuracy than the best so far. Weights are not restored.
class EarlyStopping {
 public:
  /// `patience` 0: never stops.
  explicit EarlyStopping(std::uint32_t patience) : patience_(patience) {}

  /// Takes an epoch's training accuracy; true when that was the `patience`-th epoch in a row that was no better.
  bool update(double accuracy) {
    if (accuracy > best_) {
      best_ = accuracy;
      waited_ = 0;
      return false;
    }
    ++waited_;
    return patience_ != 0 && waited_ >= patience_;
  }

 private:
  std::uint32_t patience_;
  std::uint32_t waited_ = 0;
  double best_ = -1.0;  // below every accuracy: the first epoch always counts as better
};

}  // namespace quarterturn
