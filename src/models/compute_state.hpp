// Inside of Compute: what networks.cpp and tests need and nobody else.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/aligned_buffer.hpp"
#include "models/compute.hpp"
#include "models/kernels.hpp"
#include "parallel/worker_team.hpp"

namespace quarterturn {

struct Compute::State {
  /// Largest network, rounded up to whole vectors of any width: distance between two tasks' gradients.
  static constexpr std::size_t kSlab = round_up(
      std::max(pretext_architecture(kMaxVariants).parameters(), kClassifier.parameters()), kAlignment / sizeof(float));

  /// On at most this many threads, each thread prepares all weights for itself in a training step: they are a megabyte,
  /// and moving it from the cache of the thread that made it takes longer than making it. More threads share one copy:
  /// beside a set of MNIST's size an engine in the browser has no room for more.
  static constexpr unsigned kOwnPreparedThreads = 2;

  const Kernels* kernels = nullptr;
  std::unique_ptr<WorkerTeam> team;
  AlignedBuffer<BlockWorkspace> work;       ///< [threads]
  AlignedBuffer<PreparedWeights> prepared;  ///< [threads] up to kOwnPreparedThreads, else [1]
  AlignedBuffer<float> slabs;               ///< [kMaxTasks][kSlab]
  AlignedBuffer<float> gradient;            ///< [kSlab]
};

/// The kernels called `wanted`, where that is empty those that QUARTERTURN_ISA names, else the first. Fails when no
/// `runnable` kernels have the name (the message lists those there are) or there are none at all.
Result<const Kernels*> choose_kernels(std::span<const Kernels* const> runnable, std::string_view wanted);

}  // namespace quarterturn
