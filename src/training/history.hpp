// A run's epoch records as bytes: for the signature and for checkpoints.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "core/hash.hpp"
#include "training/results.hpp"

namespace quarterturn {

/// Columns of a saved history: epoch, loss, accuracy, validation loss, validation accuracy, seconds.
inline constexpr std::size_t kHistoryColumns = 6;

/// Every figure that training determines, seconds left out. A NaN stands for "none" and may have any bits, so all NaNs
/// count as one.
inline void add_to_signature(Fnv1a& hash, std::span<const EpochRecord> history) {
  for (const EpochRecord& record : history) {
    hash.add_value(record.epoch);
    for (const double value : {record.loss, record.accuracy, record.validation_loss, record.validation_accuracy}) {
      hash.add_value(std::isnan(value) ? -1.0 : value);
    }
  }
}

/// [epochs][kHistoryColumns]
inline std::vector<double> encode(std::span<const EpochRecord> history) {
  std::vector<double> table;
  table.reserve(history.size() * kHistoryColumns);
  for (const EpochRecord& record : history) {
    table.insert(table.end(), {static_cast<double>(record.epoch), record.loss, record.accuracy, record.validation_loss,
                               record.validation_accuracy, record.seconds});
  }
  return table;
}

/// The inverse of encode().
inline std::vector<EpochRecord> decode_history(std::span<const double> table) {
  std::vector<EpochRecord> history;
  history.reserve(table.size() / kHistoryColumns);
  for (std::size_t i = 0; i + kHistoryColumns <= table.size(); i += kHistoryColumns) {
    // A number outside 0 .. 2^32-1 becomes epoch 0, which no history has.
    const double epoch = table[i] >= 0.0 && table[i] < 0x1p32 ? table[i] : 0.0;
    history.push_back(
        {static_cast<std::uint32_t>(epoch), table[i + 1], table[i + 2], table[i + 3], table[i + 4], table[i + 5]});
  }
  return history;
}

}  // namespace quarterturn
