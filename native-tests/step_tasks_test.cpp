// The task grid of a training step, which the benchmark reckons with.
#include <gtest/gtest.h>

#include <tuple>

#include "models/networks.hpp"

namespace quarterturn {
namespace {

std::tuple<int, int, int> grid(Compute& compute, const Network& network, std::size_t rows) {
  const StepTasks tasks = step_tasks(compute, network, rows);
  return {tasks.prepare, tasks.gradient, tasks.update};
}

TEST(StepTasks, FollowTheRowsAndNotTheThreads) {
  for (const unsigned threads : {1U, 3U}) {
    const auto made = Compute::create({threads});
    ASSERT_TRUE(made.ok());
    Compute& compute = *made.value();
    const Network pretext = Network::pretext(1, 4);
    const Network head = Network::head(1, RandomPurpose::random_head_weights);
    EXPECT_EQ(grid(compute, pretext, 192), std::tuple(8, 8, 8));
    EXPECT_EQ(grid(compute, Network::classifier(1), 32), std::tuple(8, 4, 8));
    EXPECT_EQ(grid(compute, head, 64), std::tuple(1, 8, 8));
    // Small batches are cut finer, large ones give a task several blocks.
    EXPECT_EQ(grid(compute, pretext, 1), std::tuple(8, 1, 8));
    EXPECT_EQ(grid(compute, pretext, 9), std::tuple(8, 2, 8));
    EXPECT_EQ(grid(compute, pretext, kMaxBatch), std::tuple(8, 15, 8));
  }
}

}  // namespace
}  // namespace quarterturn
