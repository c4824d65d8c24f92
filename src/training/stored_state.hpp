// What a checkpoint says beside the weights, whatever its version.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "training/fit.hpp"
#include "training/safetensors.hpp"
#include "training/settings.hpp"
#include "training/training_run.hpp"

namespace quarterturn {

struct StoredState {
  ExperimentSettings settings;
  std::uint64_t fingerprint = 0;  ///< of the data
  std::string source;             ///< the data's name
  std::string arithmetic;         ///< "fused", "unfused", "mixed"; empty: the file does not say
  bool finished = false;
  bool failed = false;
  std::optional<Run> run;  ///< the present one; nothing: the first that has no result
  Stage stage = Stage::train;
  Fit::Position position;
  std::optional<TrainingRun::Failure> failure;  ///< of a failed run; its recovery stands in the next line
  std::optional<float> recovery_rate;
  // By Run.
  std::array<bool, kRuns> rate_changed{};
  std::array<std::uint32_t, kRuns> optimizer_steps{};
  std::array<bool, kRuns> has_trunk{};  ///< of arms that are fine-tuned
};

/// checkpoint_damaged
Error broken_checkpoint(const Message& what);

/// A number that is a whole one from 0 to 2^32 - 1.
bool as_count(double value, std::uint32_t& count);
/// The bytes of a tensor of type F64.
std::vector<double> doubles(std::span<const std::uint8_t> bytes);

/// Version 1 kept numbers as text and the position as one table.
Result<StoredState> read_state_version_1(const SafetensorsView& file);

}  // namespace quarterturn
