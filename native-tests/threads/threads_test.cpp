// The worker team and training under random delays at every point where threads may overtake each other.
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "../training_support.hpp"
#include "parallel/worker_team.hpp"
#include "schedule.hpp"

namespace quarterturn {
namespace {

using testing::schedule_points;
using testing::use_schedule;

/// How many random schedules: more with `npm test -- --thorough`.
std::uint64_t schedules() {
  const bool thorough = std::getenv("QUARTERTURN_THOROUGH") != nullptr;
#if defined(QUARTERTURN_SANITIZERS)
  return thorough ? 40 : 8;
#elif defined(QUARTERTURN_EMULATED)
  return thorough ? 8 : 3;
#else
  return thorough ? 40 : 12;
#endif
}

class Schedules : public ::testing::Test {
 protected:
  void TearDown() override { use_schedule(0); }
};

std::unique_ptr<WorkerTeam> team_of(unsigned threads) {
  auto team = WorkerTeam::create(threads);
  EXPECT_TRUE(team.ok());
  return std::move(team).value();
}

TEST_F(Schedules, EveryTaskRunsOnceAndIsSeenToHaveEnded) {
  for (std::uint64_t seed = 1; seed <= schedules(); ++seed) {
    use_schedule(seed);
    for (const unsigned threads : {1U, 2U, 4U, 7U}) {
      const auto team = team_of(threads);
      for (const int tasks : {0, 1, 2, 3, 16, 5, 40, 1}) {
        // Plain numbers: the end of run() must be enough for the caller to see them.
        std::vector<int> runs(static_cast<std::size_t>(tasks), 0);
        std::vector<int> worker_of(runs.size(), -1);
        team->run(tasks, [&](int task, int worker) {
          ++runs[static_cast<std::size_t>(task)];
          worker_of[static_cast<std::size_t>(task)] = worker;
        });
        for (std::size_t task = 0; task < runs.size(); ++task) {
          ASSERT_EQ(runs[task], 1) << "task " << task << " of " << tasks << ", schedule " << seed;
          ASSERT_GE(worker_of[task], 0);
          ASSERT_LT(worker_of[task], static_cast<int>(threads));
        }
      }
    }
  }
}

TEST_F(Schedules, WorkersShareNothingBetweenTwoRounds) {
  for (std::uint64_t seed = 1; seed <= schedules(); ++seed) {
    use_schedule(seed);
    const auto team = team_of(4);
    std::vector<std::uint64_t> sums(4, 0);
    std::uint64_t value = 1;  // written by the caller between rounds, read by every task
    std::uint64_t expected = 0;
    for (int round = 0; round < 25; ++round) {
      value = value * 3 + static_cast<std::uint64_t>(round);
      team->run(6, [&](int, int worker) { sums[static_cast<std::size_t>(worker)] += value; });
      expected += 6 * value;
      ASSERT_EQ(std::accumulate(sums.begin(), sums.end(), std::uint64_t{0}), expected) << "schedule " << seed;
    }
  }
}

TEST_F(Schedules, ATeamEndsWhereverItsWorkersAre) {
  for (std::uint64_t seed = 1; seed <= 4 * schedules(); ++seed) {
    use_schedule(seed);
    const auto team = team_of(1 + static_cast<unsigned>(seed % 6));
    if (seed % 3 != 0) team->run(static_cast<int>(seed % 9), [](int, int) {});
  }
}

TEST_F(Schedules, TrainingGivesOneSignatureWhateverTheDelays) {
  const DataSource data = generated_source(7, 66, 12);
  ExperimentSettings settings = testing::small_settings();
  for (FitSettings& fit : settings.fit) fit.epochs = 1;
  std::set<std::string> signatures;
  const auto train = [&](unsigned threads) {
    const auto compute = testing::make_compute(threads);
    signatures.insert(testing::run_to_end(*testing::make_experiment(*compute, settings, data)));
  };
  use_schedule(0);
  train(1);
  for (std::uint64_t seed = 1; seed <= schedules(); ++seed) {
    use_schedule(seed);
    train(2);
    train(4);
    EXPECT_GT(schedule_points(), 100U) << "the delays are not where the threads are";
  }
  EXPECT_EQ(signatures.size(), 1U);
}

}  // namespace
}  // namespace quarterturn
