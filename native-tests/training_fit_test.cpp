#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "training/early_stopping.hpp"
#include "training/fit.hpp"

namespace quarterturn {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Lt;

/// Epoch (from 1) after which the accuracies stop the training; 0: never.
std::size_t stops_after(std::uint32_t patience, const std::vector<double>& accuracies) {
  EarlyStopping stopping(patience);
  for (std::size_t i = 0; i < accuracies.size(); ++i) {
    if (stopping.update(accuracies[i])) return i + 1;
  }
  return 0;
}

TEST(EarlyStopping, CountsEpochsInARowWithoutAStrictlyBetterOne) {
  EXPECT_EQ(stops_after(2, {0.5, 0.4, 0.4}), 3U);
  EXPECT_EQ(stops_after(2, {0.5, 0.4, 0.6, 0.6, 0.6}), 5U) << "a better epoch starts the count again";
  EXPECT_EQ(stops_after(2, {0.5, 0.5, 0.5}), 3U) << "an equal epoch is no better";
  EXPECT_EQ(stops_after(2, {0.5, 0.4, 0.45, 0.9}), 3U) << "better than the last is not better than the best";
  EXPECT_EQ(stops_after(1, {0.1, 0.2, 0.3, 0.3}), 4U);
  EXPECT_EQ(stops_after(7, {0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}), 0U) << "six are not seven";
  EXPECT_EQ(stops_after(7, {0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}), 8U);
}

TEST(EarlyStopping, AccuracyZeroInTheFirstEpochIsABest) {
  EXPECT_EQ(stops_after(1, {0.0, 0.0}), 2U);
  EXPECT_EQ(stops_after(1, {0.0, 0.1, 0.2}), 0U);
}

TEST(EarlyStopping, PatienceZeroNeverStops) { EXPECT_EQ(stops_after(0, std::vector<double>(100, 0.5)), 0U); }

TEST(TrainingPart, IsKerasFloorWithoutTheErrorOfFloat) {
  EXPECT_EQ(training_part(1000, 0.2F), 800U);
  EXPECT_EQ(training_part(1000, 0.1F), 900U);
  EXPECT_EQ(training_part(1000, 0.3F), 700U);
  EXPECT_EQ(training_part(60000, 0.15F), 51000U);
  EXPECT_EQ(training_part(7, 0.5F), 3U);
  EXPECT_EQ(training_part(30, 0.2F), 24U);
  EXPECT_EQ(training_part(27, 0.2F), 21U);
  EXPECT_EQ(training_part(1000, 0.0F), 1000U);
}

Fit make_fit(const FitSettings& settings, std::uint32_t rows) {
  return {settings, 5, RandomPurpose::self_supervised_shuffle, rows};
}

/// The rows of one epoch in order; ends it.
std::vector<std::uint32_t> one_epoch(Fit& fit) {
  std::vector<std::uint32_t> rows;
  bool done = false;
  while (!done) {
    const auto batch = fit.batch();
    rows.insert(rows.end(), batch.begin(), batch.end());
    done = fit.add({1.0, 0}, 0.0);
  }
  fit.close_epoch({});
  return rows;
}

TEST(Fit, WithoutShuffleTheRowsComeInOrderAndTheLastBatchIsShort) {
  Fit fit = make_fit({4, 2, 0.001F, false, 0.0F, 0}, 10);
  EXPECT_EQ(fit.steps(), 3U);
  EXPECT_THAT(fit.batch(), ElementsAre(0, 1, 2, 3));
  EXPECT_FALSE(fit.add({}, 0.0));
  EXPECT_THAT(fit.batch(), ElementsAre(4, 5, 6, 7));
  EXPECT_FALSE(fit.add({}, 0.0));
  EXPECT_THAT(fit.batch(), ElementsAre(8, 9));
  EXPECT_TRUE(fit.add({}, 0.0));
  fit.close_epoch({});
  EXPECT_THAT(fit.batch(), ElementsAre(0, 1, 2, 3));
}

TEST(Fit, ValidationIsTheLastPartTakenBeforeShuffling) {
  Fit fit = make_fit({16, 3, 0.001F, true, 0.2F, 0}, 100);
  EXPECT_EQ(fit.training_rows(), 80U);
  EXPECT_EQ(fit.validation_rows(), 20U);
  for (int epoch = 0; epoch < 3; ++epoch) {
    std::vector<std::uint32_t> rows = one_epoch(fit);
    EXPECT_THAT(rows, Each(Lt(80U))) << "a validation row was trained on";
    std::sort(rows.begin(), rows.end());
    std::vector<std::uint32_t> all(80);
    std::iota(all.begin(), all.end(), 0U);
    EXPECT_EQ(rows, all) << "every training row once";
  }
}

TEST(Fit, EveryEpochAndEverySeedHasItsOwnOrder) {
  Fit fit = make_fit({16, 3, 0.001F, true, 0.0F, 0}, 100);
  const auto first = one_epoch(fit);
  const auto second = one_epoch(fit);
  EXPECT_NE(first, second);
  EXPECT_FALSE(std::is_sorted(first.begin(), first.end()));
  Fit again = make_fit({16, 3, 0.001F, true, 0.0F, 0}, 100);
  EXPECT_EQ(one_epoch(again), first);
  Fit other({16, 3, 0.001F, true, 0.0F, 0}, 6, RandomPurpose::self_supervised_shuffle, 100);
  EXPECT_NE(one_epoch(other), first);
}

TEST(Fit, MetricsAreWeightedByRowsNotByBatches) {
  Fit fit = make_fit({4, 1, 0.001F, false, 0.0F, 0}, 6);
  fit.add({4.0, 2}, 0.25);  // four rows of loss 1, two right
  EXPECT_DOUBLE_EQ(fit.running_loss(), 1.0);
  EXPECT_DOUBLE_EQ(fit.running_accuracy(), 0.5);
  EXPECT_TRUE(fit.add({8.0, 2}, 0.5));  // two rows of loss 4, both right
  const EpochRecord& record = fit.close_epoch({});
  EXPECT_EQ(record.epoch, 1U);
  EXPECT_DOUBLE_EQ(record.loss, 2.0);  // the mean of the batches' means would be 2.5
  EXPECT_DOUBLE_EQ(record.accuracy, 4.0 / 6.0);
  EXPECT_DOUBLE_EQ(record.seconds, 0.75);
  EXPECT_TRUE(std::isnan(record.validation_loss));
  EXPECT_TRUE(std::isnan(record.validation_accuracy));
  EXPECT_TRUE(fit.finished());
  EXPECT_EQ(fit.stopped_early(), 0U);
}

TEST(Fit, ValidationFiguresAreMeansOverTheValidationRows) {
  Fit fit = make_fit({8, 1, 0.001F, false, 0.2F, 0}, 10);
  EXPECT_TRUE(fit.add({8.0, 8}, 0.0));
  const EpochRecord& record = fit.close_epoch({3.0, 1});
  EXPECT_DOUBLE_EQ(record.validation_loss, 1.5);
  EXPECT_DOUBLE_EQ(record.validation_accuracy, 0.5);
}

TEST(Fit, StopsEarlyOnTrainingAccuracy) {
  Fit fit = make_fit({8, 50, 0.001F, false, 0.2F, 2}, 10);
  for (const std::uint32_t correct : {5U, 6U, 6U, 4U}) {
    EXPECT_FALSE(fit.finished());
    fit.add({1.0, correct}, 0.0);
    fit.close_epoch({0.0, 2});
  }
  EXPECT_TRUE(fit.finished());
  EXPECT_EQ(fit.stopped_early(), 4U);
  EXPECT_EQ(fit.history().size(), 4U);
}

TEST(Fit, ResumesInTheMiddleOfAnEpoch) {
  const FitSettings settings{16, 5, 0.001F, true, 0.2F, 3};
  Fit fit = make_fit(settings, 100);
  one_epoch(fit);
  fit.add({2.5, 3}, 0.0);
  fit.add({1.5, 4}, 0.0);

  Fit resumed = make_fit(settings, 100);
  ASSERT_TRUE(resumed.resume(fit.history(), fit.position()));
  EXPECT_EQ(resumed.epoch(), 1U);
  EXPECT_EQ(resumed.step(), 2U);
  EXPECT_DOUBLE_EQ(resumed.running_loss(), fit.running_loss());
  const auto want = fit.batch();
  const auto got = resumed.batch();
  EXPECT_TRUE(std::equal(want.begin(), want.end(), got.begin(), got.end()));
}

TEST(Fit, RefusesToResumeWhereNoRunCanBe) {
  const FitSettings settings{16, 2, 0.001F, false, 0.0F, 0};
  const std::vector<EpochRecord> three = {{1, 0, 0, 0, 0, 0}, {2, 0, 0, 0, 0, 0}, {3, 0, 0, 0, 0, 0}};
  EXPECT_FALSE(make_fit(settings, 100).resume(three, {})) << "more epochs than the run has";
  EXPECT_FALSE(make_fit(settings, 100).resume(std::span(three).subspan(1, 1), {})) << "epoch 1 is missing";
  EXPECT_FALSE(make_fit(settings, 100).resume({}, {8, 0.0, 0, 0.0})) << "seven steps make an epoch";
  EXPECT_TRUE(make_fit(settings, 100).resume({}, {7, 0.0, 0, 0.0})) << "all steps done, validation to come";
}

}  // namespace
}  // namespace quarterturn
