#include "schedule.hpp"

#include <atomic>
#include <chrono>
#include <thread>

namespace quarterturn {
namespace {

std::atomic<std::uint64_t> schedule_seed{0};
std::atomic<std::uint64_t> passed{0};

/// splitmix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
std::uint64_t scrambled(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

}  // namespace

/// Called by the worker team. Half the time nothing, else a yield, a short spin, or a sleep longer than a worker looks
/// before it sleeps. No ordering: the hook must not hide a race.
void schedule_point() {
  const std::uint64_t seed = schedule_seed.load(std::memory_order_relaxed);
  const std::uint64_t point = passed.fetch_add(1, std::memory_order_relaxed);
  if (seed == 0) return;
  const std::uint64_t chance = scrambled(seed ^ scrambled(point));
  switch (chance % 8) {
    case 0:
    case 1:
      std::this_thread::yield();
      break;
    case 2:
      for (std::uint64_t turn = chance >> 8 & 0xFFF; turn > 0; --turn)
        std::atomic_signal_fence(std::memory_order_seq_cst);
      break;
    case 3:
      std::this_thread::sleep_for(std::chrono::microseconds(chance >> 8 & 0x7F));
      break;
    default:
      break;
  }
}

namespace testing {

void use_schedule(std::uint64_t seed) {
  schedule_seed = seed;
  passed = 0;
}

std::uint64_t schedule_points() { return passed; }

}  // namespace testing
}  // namespace quarterturn
