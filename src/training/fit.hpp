// The fit loop's book-keeping for one training run, as keras.Model.fit does it: the validation part, the order of the
// rows, the batches, the metrics of an epoch, early stopping and the history. It knows nothing of any network.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/philox.hpp"
#include "layers/batch_result.hpp"
#include "training/early_stopping.hpp"
#include "training/results.hpp"
#include "training/settings.hpp"

namespace quarterturn {

/// Rows left for training when the last part is held back for validation: floor(rows * (1 - validation_split)),
/// with the split taken to six decimals, so that 0.2 of 1,000 is 200 although 0.2F is not 0.2.
std::uint32_t training_part(std::uint32_t rows, float validation_split);

/// One training run over rows 0 .. rows-1. The caller trains on batch(), reports with add(), and when that ends an
/// epoch evaluates rows training_rows() .. rows-1 and calls close_epoch(). Allocates in the constructor only.
class Fit {
 public:
  Fit(const FitSettings& settings, std::uint64_t seed, RandomPurpose shuffle_purpose, std::uint32_t rows);

  [[nodiscard]] std::uint32_t rows() const { return rows_; }
  [[nodiscard]] std::uint32_t training_rows() const { return training_rows_; }
  [[nodiscard]] std::uint32_t validation_rows() const { return rows_ - training_rows(); }
  /// Steps an epoch, the last short one included.
  [[nodiscard]] std::uint32_t steps() const;
  [[nodiscard]] std::uint32_t epochs() const { return settings_.epochs; }

  /// Rows of the next step.
  [[nodiscard]] std::span<const std::uint32_t> batch() const;
  /// Takes the result of the step on batch(); true when it was the epoch's last.
  bool add(const BatchResult& result, double seconds);
  /// Ends the epoch: writes its record and arranges the rows of the next one. `validation` is the sum over the
  /// validation rows; without any it is ignored.
  const EpochRecord& close_epoch(const BatchResult& validation);

  /// Whether the run is over: all epochs done, or stopped early.
  [[nodiscard]] bool finished() const { return stopped_early_ != 0 || epoch() >= settings_.epochs; }
  /// Epoch after which EarlyStopping ended the run; 0 where it did not (also where that was the last epoch anyway).
  [[nodiscard]] std::uint32_t stopped_early() const { return stopped_early_; }
  /// Finished epochs.
  [[nodiscard]] std::uint32_t epoch() const { return static_cast<std::uint32_t>(history_.size()); }
  /// Finished steps of the present epoch.
  [[nodiscard]] std::uint32_t step() const { return step_; }
  [[nodiscard]] bool begun() const { return step_ != 0 || !history_.empty(); }
  [[nodiscard]] std::span<const EpochRecord> history() const { return history_; }

  /// Sample-weighted means over the steps done in the present epoch; before its first step those of the last epoch.
  [[nodiscard]] double running_loss() const;
  [[nodiscard]] double running_accuracy() const;

  /// What cannot be derived from the history, for checkpoints.
  struct Position {
    std::uint32_t step = 0;
    double loss_sum = 0.0;
    std::uint32_t correct = 0;
    double seconds = 0.0;
  };
  [[nodiscard]] Position position() const { return {step_, loss_sum_, correct_, seconds_}; }
  /// Puts a fresh run to where another one was. False if that place does not exist in this run.
  [[nodiscard]] bool resume(std::span<const EpochRecord> history, const Position& position);
  /// Back to an earlier place of the present epoch.
  void rewind(const Position& position);

 private:
  void arrange();
  void arrange_batch();
  void record_epoch(const EpochRecord& record);
  [[nodiscard]] std::uint32_t seen() const;

  FitSettings settings_;
  std::uint64_t seed_;
  RandomPurpose shuffle_purpose_;
  std::uint32_t rows_;
  std::uint32_t training_rows_;
  // Shuffled: the training rows in the order of the present epoch. Else, since a jigsaw has 240,000: those of the next
  // step.
  std::vector<std::uint32_t> order_;
  std::vector<EpochRecord> history_;
  EarlyStopping early_stopping_;
  std::uint32_t stopped_early_ = 0;
  std::uint32_t step_ = 0;
  double loss_sum_ = 0.0;
  std::uint32_t correct_ = 0;
  double seconds_ = 0.0;
};

}  // namespace quarterturn
