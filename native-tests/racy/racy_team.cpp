// The worker team with a mistake: every hand-over between its threads is relaxed, so that nothing orders what one has
// written before what another reads. ThreadSanitizer must report it; a run in which it is silent shows that its silence
// about the real team means nothing.
#include <atomic>
#include <cstdio>
#include <memory>
#include <vector>

#include "core/join.hpp"
#include "core/result.hpp"
#include "parallel/thread.hpp"

// All headers are in: only the team's own code is changed.
#define memory_order_acquire memory_order_relaxed
#define memory_order_release memory_order_relaxed
#define memory_order_acq_rel memory_order_relaxed
#include "../../src/parallel/worker_team.cpp"  // NOLINT(bugprone-suspicious-include): see above

int main() {
  const auto team = quarterturn::WorkerTeam::create(4);
  if (!team.ok()) return 2;
  std::vector<int> runs(16, 0);
  for (int round = 0; round < 200; ++round)
    team.value()->run(static_cast<int>(runs.size()), [&](int task, int) { ++runs[static_cast<std::size_t>(task)]; });
  int sum = 0;
  for (const int count : runs) sum += count;
  std::printf("%d tasks have run\n", sum);
  return 0;
}
