// Numbers that go wrong, and settings and data at the edge: a run ends well, or says why not and can go on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/native/message_text.hpp"
#include "training_support.hpp"

namespace quarterturn::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

bool finite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

std::vector<float> weights_of(const Experiment& experiment) {
  std::vector<float> all(experiment.rotnet().parameters().begin(), experiment.rotnet().parameters().end());
  for (const auto arm : kNotebookArms) {
    const Network network = experiment.classifier(arm);
    all.insert(all.end(), network.parameters().begin(), network.parameters().end());
  }
  return all;
}

/// Goes to the end, and where it fails, takes up the offer to go on at a lower rate. Either way nothing may be left
/// that is not finite. Gives the failure that stays; empty: the run has finished.
std::string end_of(Experiment& experiment) {
  for (int offers = 0; offers < 50; ++offers) {
    while (experiment.advance(1e9).more) {
    }
    EXPECT_TRUE(finite(weights_of(experiment)));
    for (const auto run : kAllRuns) {
      for (const EpochRecord& record : experiment.history(run)) EXPECT_TRUE(std::isfinite(record.loss));
    }
    if (experiment.progress().finished) {
      EXPECT_EQ(message_text(experiment.failure()), "");
      for (const auto arm : kNotebookArms) {
        const ArmResult& result = *experiment.result(arm);
        EXPECT_TRUE(std::isfinite(result.full_test.loss));
        EXPECT_LE(result.full_test.correct, result.full_test.count);
      }
      return {};
    }
    EXPECT_EQ(experiment.progress().phase(), "failed");
    EXPECT_THAT(message_text(experiment.failure()), AllOf(HasSubstr("not finite"), HasSubstr("lower the rate")));
    if (experiment.recovery() == nullptr) return message_text(experiment.failure());
    const Recovery recovery = *experiment.recovery();
    EXPECT_LT(recovery.rate, experiment.settings()[recovery.run].learning_rate);
    EXPECT_TRUE(experiment.go_on(recovery.rate).ok());
  }
  return "there is no end to the offers";
}

ExperimentSettings quick_settings() {
  ExperimentSettings settings = small_settings();
  for (FitSettings& fit : settings.fit) fit.epochs = 2;
  return settings;
}

// ---- the watch ------------------------------------------------------------------------------------------------------

TEST(Watch, AFailedRunIsBackAtItsLastEpochsEndAndGoesOnAsIfNothingHadHappened) {
  const auto compute = make_compute();
  ExperimentSettings settings = small_settings();
  settings[Run::pretext].epochs = 4;
  const auto undisturbed = make_experiment(*compute, settings);
  const auto experiment = make_experiment(*compute, settings);
  for (Experiment* each : {undisturbed.get(), experiment.get()}) {
    while (each->progress().epoch < 2) each->step();
  }
  const std::vector<float> good = weights_of(*experiment);
  experiment->set_learning_rate(Run::pretext, 1e25F);
  while (experiment->advance(1.0).more) {
  }
  ASSERT_EQ(experiment->progress().phase(), "failed");
  EXPECT_THAT(message_text(experiment->failure()),
              AllOf(HasSubstr("pretext stopped in epoch 3, step "), HasSubstr("at learning rate 1e+25"),
                    HasSubstr("it is back at the end of epoch 2: lower the rate, say to 1e+24, and go on")));
  EXPECT_EQ(weights_of(*experiment), good);
  EXPECT_EQ(experiment->progress().epoch, 2U);
  EXPECT_EQ(experiment->progress().step, 0U);
  ASSERT_NE(experiment->recovery(), nullptr);
  EXPECT_EQ(experiment->recovery()->run, Run::pretext);

  EXPECT_FALSE(experiment->go_on(std::numeric_limits<float>::quiet_NaN()).ok());
  EXPECT_FALSE(experiment->go_on(0.0F).ok());
  const auto saved = experiment->checkpoint();
  ASSERT_TRUE(experiment->go_on(settings[Run::pretext].learning_rate).ok());
  EXPECT_EQ(message_text(experiment->failure()), "");
  EXPECT_TRUE(experiment->rate_changed_midway());
  EXPECT_FALSE(experiment->go_on(0.1F).ok()) << "nothing has failed now";
  const std::string expected = run_to_end(*undisturbed);
  EXPECT_EQ(run_to_end(*experiment), expected);

  const auto fresh = make_experiment(*compute);
  ASSERT_TRUE(fresh->restore(saved).ok());
  ASSERT_NE(fresh->recovery(), nullptr);
  EXPECT_EQ(fresh->recovery()->rate, 1e24F);
  ASSERT_TRUE(fresh->go_on(settings[Run::pretext].learning_rate).ok());
  EXPECT_EQ(run_to_end(*fresh), expected);
}

TEST(Watch, InItsFirstEpochARunIsBackAtItsBeginningAndThenIsTheRunOfThatRate) {
  const auto compute = make_compute();
  // A head alone does not diverge: its loss is bounded, and so is its gradient.
  for (const auto run : {kAllRuns[0], kAllRuns[3]}) {
    ExperimentSettings settings = quick_settings();
    const auto undisturbed = make_experiment(*compute, settings);
    settings[run].learning_rate = 1e30F;
    const auto experiment = make_experiment(*compute, settings);
    while (experiment->advance(1e9).more) {
    }
    ASSERT_EQ(experiment->progress().phase(), "failed") << name(run);
    EXPECT_THAT(message_text(experiment->failure()),
                AllOf(HasSubstr(std::string(name(run)) + " stopped in epoch 1"), HasSubstr("back at its beginning")));
    ASSERT_NE(experiment->recovery(), nullptr);
    EXPECT_EQ(experiment->recovery()->run, run);
    ASSERT_TRUE(experiment->go_on(quick_settings()[run].learning_rate).ok());
    EXPECT_FALSE(experiment->rate_changed_midway());
    EXPECT_EQ(run_to_end(*experiment), run_to_end(*undisturbed)) << name(run);
  }
}

TEST(Watch, AWeightThatIsNotFiniteIsSeenWhereTheLossHidesIt) {
  const auto compute = make_compute();
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                          -std::numeric_limits<float>::infinity()}) {
    const auto experiment = make_experiment(*compute);
    while (experiment->progress().epoch < 1) experiment->step();
    const std::vector<float> good = weights_of(*experiment);
    experiment->step();
    // conv3's bias: what it leads to goes through a rectifier.
    const_cast<Network&>(experiment->rotnet()).parameters()[kTrunkParameters + 4608] = bad;
    experiment->step();
    ASSERT_EQ(experiment->progress().phase(), "failed") << bad;
    EXPECT_THAT(message_text(experiment->failure()), HasSubstr("not finite"));
    EXPECT_EQ(weights_of(*experiment), good) << bad;
  }
}

TEST(Watch, WeightsThatAreNoGoodThemselvesAreNotOffered) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  for (float& weight : const_cast<Network&>(experiment->rotnet()).parameters()) weight *= 1e30F;
  const auto huge = make_experiment(*compute);
  ASSERT_TRUE(huge->load_weights(experiment->save_weights()).ok());
  while (huge->advance(1e9).more) {
  }
  ASSERT_EQ(huge->progress().phase(), "failed");
  EXPECT_EQ(huge->recovery(), nullptr);
  EXPECT_THAT(message_text(huge->failure()), HasSubstr("lower the rate and start again"));
  const Status status = huge->go_on(0.1F);
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(message_text(status.error()), HasSubstr("cannot go on"));
}

TEST(Watch, WhereTheLastEpochsEndIsNoGoodItselfARunIsBackAtItsBeginning) {
  const auto compute = make_compute();
  const DataSource data = generated_source(1, 330, 100);
  ExperimentSettings settings;
  for (FitSettings& fit : settings.fit) fit.epochs = 0;
  settings[Run::supervised].epochs = 3;
  settings.preset = Preset::notebook;
  const auto undisturbed = make_experiment(*compute, settings, data);
  bool met = false;
  for (float rate = 800.0F; rate < 3000.0F && !met; rate += 100.0F) {
    ExperimentSettings wild = settings;
    wild[Run::supervised].learning_rate = rate;
    const auto experiment = make_experiment(*compute, wild, data);
    while (experiment->advance(1e9).more) {
    }
    // The weights at an epoch's end were finite, and the first loss of the next epoch was not.
    const std::string failure = message_text(experiment->failure());
    met = failure.find("stopped in epoch 1,") == std::string::npos && failure.find("beginning") != std::string::npos;
    if (!met) continue;
    EXPECT_TRUE(experiment->history(Run::supervised).empty());
    ASSERT_TRUE(experiment->go_on(settings[Run::supervised].learning_rate).ok());
    EXPECT_FALSE(experiment->rate_changed_midway());
    EXPECT_EQ(run_to_end(*experiment), run_to_end(*undisturbed));
  }
  EXPECT_TRUE(met) << "no rate led there";
}

TEST(Watch, ACheckpointWithAWeightThatIsNotFiniteIsRefused) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  const_cast<Network&>(experiment->rotnet()).parameters()[5] = std::numeric_limits<float>::quiet_NaN();
  const auto fresh = make_experiment(*compute);
  const Status status = fresh->restore(experiment->checkpoint());
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(message_text(status.error()), AllOf(HasSubstr("element 5 of rotnet.conv1.kernel"), HasSubstr("damaged")));
  EXPECT_EQ(fresh->progress().phase(), "pretext");
}

// ---- settings at the edge -------------------------------------------------------------------------------------------

// Under a sanitizer, where a run takes ten times as long, the ends and the middle stand for all rates.
#ifdef QUARTERTURN_SANITIZERS
const std::vector<float> kRates = {1e-9F, 1e-3F, 10.0F};
#else
const std::vector<float> kRates = {1e-9F, 1e-6F, 1e-3F, 0.1F, 1.0F, 10.0F};
#endif

TEST(Edges, LearningRates) {
  const auto compute = make_compute();
  for (const Preset preset : {Preset::unit, Preset::notebook}) {
    for (const float rate : kRates) {
      ExperimentSettings settings = quick_settings();
      settings.preset = preset;
      for (FitSettings& fit : settings.fit) fit.learning_rate = rate;
      EXPECT_EQ(end_of(*make_experiment(*compute, settings)), "") << rate;
    }
  }
}

TEST(Edges, BatchSizes) {
  const auto compute = make_compute(2);
  for (const std::uint32_t batch : {1U, 2U, 7U, 191U, 1023U, 1024U}) {
    ExperimentSettings settings = quick_settings();
    for (FitSettings& fit : settings.fit) {
      fit.batch = batch;
      fit.epochs = 1;
    }
    EXPECT_EQ(end_of(*make_experiment(*compute, settings)), "") << batch;
  }
  ExperimentSettings settings = quick_settings();
  for (const std::uint32_t batch : {0U, 1025U}) {
    settings[Run::random].batch = batch;
    const auto made = Experiment::create(*compute, small_data(), settings);
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(message_text(made.error()), HasSubstr("random.batch"));
  }
}

TEST(Edges, LabelBudgetsBelowABatchAndBeyondTheData) {
  const auto compute = make_compute();
  const DataSource data = generated_source(7, 220, 12);
  ExperimentSettings settings = quick_settings();
  for (const std::uint32_t labels : {2U, 3U, 4U, 5U, 19U, 20U}) {
    settings.labels = labels;
    const auto experiment = make_experiment(*compute, settings, data);
    EXPECT_EQ(message_text(experiment->note()), "");
    EXPECT_EQ(end_of(*experiment), "") << labels;
  }
  settings.labels = 1000;
  const auto experiment = make_experiment(*compute, settings, data);
  EXPECT_EQ(experiment->settings().labels, 20U);
  EXPECT_THAT(message_text(experiment->note()), HasSubstr("labels: 20 are used instead of 1000"));
  settings.labels = 1;
  const auto made = Experiment::create(*compute, data, settings);
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(message_text(made.error()), HasSubstr("leaves nothing of 1 to train on"));
}

// ---- data at the edge -----------------------------------------------------------------------------------------------

Dataset plain(std::size_t count, std::uint8_t grey, std::size_t classes) {
  Dataset set{std::vector<std::uint8_t>(count * kImagePixels, grey), std::vector<std::uint8_t>(count)};
  for (std::size_t i = 0; i < count; ++i) set.labels[i] = static_cast<std::uint8_t>(i % classes);
  return set;
}

TEST(Edges, BlackWhiteEqualAndSingleClassImages) {
  const auto compute = make_compute();
  Dataset equal = plain(110, 0, 10);
  for (std::size_t i = 0; i < equal.count(); ++i) {
    std::copy_n(small_data().train.pixels.begin(), kImagePixels, equal.pixels.data() + i * kImagePixels);
  }
  Dataset single = small_data().train;
  std::fill(single.labels.begin(), single.labels.end(), std::uint8_t{7});
  const std::vector<std::pair<const char*, Dataset>> sets = {{"black", plain(110, 0, 10)},
                                                             {"white", plain(110, 255, 10)},
                                                             {"equal", equal},
                                                             {"single class", single},
                                                             {"black, single class", plain(110, 0, 1)}};
  for (const auto& [what, train] : sets) {
    const DataSource data{train,
                          {std::vector(train.pixels.begin(), train.pixels.begin() + 20 * kImagePixels),
                           std::vector(train.labels.begin(), train.labels.begin() + 20)},
                          what};
    for (const Preset preset : {Preset::unit, Preset::notebook}) {
      ExperimentSettings settings = quick_settings();
      settings.preset = preset;
      EXPECT_EQ(end_of(*make_experiment(*compute, settings, data)), "") << what;
    }
  }
}

TEST(Edges, FromOneImageTo65000) {
  const auto compute = make_compute(2);
  ExperimentSettings settings = quick_settings();
  for (FitSettings& fit : settings.fit) fit.epochs = 1;
  for (const std::size_t count : {0U, 1U}) {
    const auto made = Experiment::create(*compute, {plain(count, 0, 10), plain(10, 0, 10), "few"}, settings);
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(message_text(made.error()), AllOf(HasSubstr("the training set has "), HasSubstr("give 11 or more")));
  }
  // One labelled image has no fifth that could be kept for validation.
  for (const std::size_t count : {10U, 11U}) {
    const auto made = Experiment::create(*compute, {plain(count, 0, 10), plain(1, 0, 10), "few"}, settings);
    ASSERT_FALSE(made.ok());
    EXPECT_THAT(message_text(made.error()), HasSubstr("validationSplit of 0.2 leaves nothing of 1"));
  }
  for (const auto arm : kNotebookArms) settings[arm].validation_split = 0.0F;
  for (const std::size_t count : {10U, 11U, 21U, 22U, 999U, 65'000U}) {
    const DataSource data{plain(count, 0, 10), plain(1, 0, 10), "plain"};
    settings[Run::pretext].batch = 1024;
    EXPECT_EQ(end_of(*make_experiment(*compute, settings, data)), "") << count;
  }
  const auto none = Experiment::create(*compute, {plain(110, 0, 10), Dataset{}, "no test"}, settings);
  ASSERT_FALSE(none.ok());
  EXPECT_THAT(message_text(none.error()), HasSubstr("the test set has no images"));
}

}  // namespace
}  // namespace quarterturn::testing
