// Arms as a list: any of them in any order, fine-tuning, Adam.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "analysis/confusion.hpp"
#include "analysis/paired.hpp"
#include "core/native/message_text.hpp"
#include "reference/networks.hpp"
#include "training/experiment.hpp"
#include "training/fit.hpp"
#include "training/safetensors.hpp"
#include "training_support.hpp"

namespace quarterturn {
namespace {
namespace arms_test {

using ::testing::HasSubstr;
using testing::make_compute;
using testing::make_experiment;
using testing::run_to_end;
using testing::small_data;
using testing::small_settings;

constexpr ArmList kWholeNetworks = {Run::supervised, Run::supervised_adam, Run::fine_tuned, Run::fine_tuned_adam};

ExperimentSettings settings_with(const ArmList& arms) {
  ExperimentSettings settings = small_settings();
  settings.arms = arms;
  for (const auto arm : kWholeNetworks) settings[arm] = {4, 3, arm == Run::supervised ? 0.01F : 0.002F, true, 0.2F, 7};
  return settings;
}

std::vector<float> weights_of_arm(const Experiment& experiment, quarterturn::Run arm) {
  const Network network = experiment.classifier(arm);
  return {network.parameters().begin(), network.parameters().end()};
}

/// Goes on until this run is under way.
void go_to(Experiment& experiment, quarterturn::Run run) {
  while (!experiment.progress().in(run) && experiment.step().more) {
  }
}

std::string list_fault(std::string_view list) {
  ExperimentSettings settings;
  const Status status = set(settings, "arms", std::string(list));
  return status.ok() ? "" : message_text(status.error());
}

TEST(Arms, TheTableNamesEachRunOnce) {
  std::set<std::string_view> names;
  for (const auto run : kAllRuns) {
    EXPECT_TRUE(names.insert(name(run)).second) << name(run);
    EXPECT_EQ(run_named(name(run)), run);
    EXPECT_EQ(ExperimentSettings{}[run].epochs, 50U);
  }
  EXPECT_EQ(text_of(ExperimentSettings{}.arms), "self_supervised,random,supervised");
  for (const auto arm : kWholeNetworks) {
    const FitSettings fit = ExperimentSettings{}[arm];
    EXPECT_EQ(fit.batch, 32U) << name(arm);
    EXPECT_EQ(fit.patience, 7U) << name(arm);
    EXPECT_FLOAT_EQ(fit.learning_rate, 0.001F) << name(arm);
  }
}

TEST(Arms, AListIsCheckedAsAWhole) {
  EXPECT_EQ(list_fault("supervised_adam,random"), "");
  EXPECT_EQ(list_fault("none"), "");
  EXPECT_EQ(list_fault(""), "") << "no arm at all is the pretext task alone";
  for (const char* bad : {"supervised,supervised", "random,foo", "pretext", "random,", ",random", "random, supervised",
                          "Random", "none,random", "random\nx"}) {
    EXPECT_THAT(list_fault(bad), HasSubstr("give a list of self_supervised, random")) << bad;
    EXPECT_FALSE(arms_named(bad).has_value()) << bad;
  }
  ExperimentSettings settings;
  EXPECT_FALSE(set(settings, "arms", 5.0).ok());
  EXPECT_EQ(settings.arms, kNotebookArms) << "a fault changes nothing";
  ASSERT_TRUE(set(settings, "armList", std::string("fine_tuned,random")).ok());
  EXPECT_EQ(text_of(settings.arms), "fine_tuned,random");
  EXPECT_EQ(arms_named(text_of(settings.arms)), settings.arms);
  ASSERT_TRUE(set(settings, "arms.fine_tuned_adam.learningRate", 0.5).ok());
  EXPECT_EQ(settings[Run::fine_tuned_adam].learning_rate, 0.5F);
  EXPECT_THAT(message_text(set(settings, "arms.foo.batch", 3.0).error()), HasSubstr("fine_tuned_adam"));
}

TEST(Arms, OnlyThoseOfTheListAreMadeInItsOrder) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute, settings_with({Run::supervised_adam, Run::self_supervised}));
  std::vector<quarterturn::Run> seen;
  for (bool more = true; more;) {
    const Advance advance = experiment->step();
    for (const Advance::Epoch& epoch : advance.epochs) {
      if (seen.empty() || seen.back() != epoch.run) seen.push_back(epoch.run);
    }
    more = advance.more;
  }
  EXPECT_EQ(seen, (std::vector{Run::pretext, Run::supervised_adam, Run::self_supervised}));
  EXPECT_NE(experiment->result(Run::supervised_adam), nullptr);
  EXPECT_EQ(experiment->result(Run::supervised), nullptr);
  EXPECT_TRUE(experiment->history(Run::supervised).empty());
  EXPECT_EQ(experiment->stopped_early(Run::supervised), 0U);
  EXPECT_TRUE(experiment->predicted(Run::supervised).empty());
  experiment->set_learning_rate(Run::supervised, 0.5F);  // of no run: nothing happens
  const Experiment::Prediction prediction = experiment->predict(small_data().test.image(0));
  ASSERT_EQ(prediction.arms.size(), 2U);
  EXPECT_EQ(prediction.arms[0].run, Run::supervised_adam);
  EXPECT_EQ(prediction.arms[1].run, Run::self_supervised);

  // An arm is the same in whatever list it stands.
  const auto whole = make_experiment(
      *compute, settings_with({Run::self_supervised, Run::random, Run::supervised, Run::supervised_adam}));
  run_to_end(*whole);
  EXPECT_EQ(weights_of_arm(*whole, Run::supervised_adam), weights_of_arm(*experiment, Run::supervised_adam));
  EXPECT_EQ(weights_of_arm(*whole, Run::self_supervised), weights_of_arm(*experiment, Run::self_supervised));
}

TEST(Arms, WithoutAnyThePretextTaskIsAll) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute, settings_with({}));
  run_to_end(*experiment);
  EXPECT_TRUE(experiment->progress().finished);
  EXPECT_NE(experiment->pretext_result(), nullptr);
  EXPECT_TRUE(experiment->predict(small_data().test.image(0)).arms.empty());
  const auto resumed = make_experiment(*compute);
  ASSERT_TRUE(resumed->restore(experiment->checkpoint()).ok());
  EXPECT_TRUE(resumed->progress().finished);
  EXPECT_EQ(resumed->signature(), experiment->signature());

  // And the arms can come later.
  const auto direct = make_experiment(*compute, settings_with(kWholeNetworks));
  const std::string expected = run_to_end(*direct);
  ASSERT_TRUE(resumed->with_arms(settings_with(kWholeNetworks)).ok());
  EXPECT_EQ(run_to_end(*resumed), expected);
  ASSERT_TRUE(resumed->with_arms(settings_with({})).ok());
  EXPECT_TRUE(resumed->progress().finished);
  EXPECT_EQ(resumed->signature(), experiment->signature());
}

// ---- what the whole-network arms train ------------------------------------------------------------------------------

struct WholeNetworkCase {
  quarterturn::Run arm;
  OptimizerKind optimizer;
  bool from_pretext;
};

class WholeNetworkArm : public ::testing::TestWithParam<WholeNetworkCase> {};

/// The supervised network, written out by hand: the seed's supervised weights, with the pretext network's trunk where
/// the arm is fine-tuned; the supervised order; the optimiser.
TEST_P(WholeNetworkArm, IsTheSupervisedNetworkFromItsFirstWeightsByItsOptimiser) {
  const auto [arm, kind, from_pretext] = GetParam();
  const auto compute = make_compute();
  const ExperimentSettings settings = settings_with({arm});
  const auto experiment = make_experiment(*compute, settings);

  go_to(*experiment, arm);
  Network by_hand = Network::classifier(settings.seed);
  if (from_pretext) {
    std::ranges::copy(experiment->rotnet().parameters().first(kTrunkParameters), by_hand.parameters().begin());
  }
  EXPECT_EQ(weights_of_arm(*experiment, arm),
            std::vector<float>(by_hand.parameters().begin(), by_hand.parameters().end()))
      << "before its first step";

  run_to_end(*experiment);
  const Splits& splits = experiment->splits();
  Optimizer optimizer(kind, kClassifier.parameters(), settings[arm].learning_rate);
  Fit fit(settings[arm], settings.seed, RandomPurpose::supervised_shuffle,
          static_cast<std::uint32_t>(splits.downstream.count()));
  const std::uint8_t* const pixels = small_data().train.pixels.data() + splits.downstream.first * kImagePixels;
  while (!fit.finished()) {
    const std::vector<std::uint32_t> rows(fit.batch().begin(), fit.batch().end());
    std::vector<std::uint8_t> labels;
    for (const std::uint32_t row : rows) labels.push_back(small_data().train.labels[splits.downstream.first + row]);
    const BatchResult result =
        by_hand.train_step(*compute, ImageBatch{pixels, rows, {}, labels, settings.preset, {}}, optimizer);
    if (fit.add(result, 0.0)) fit.close_epoch({});
  }
  EXPECT_EQ(weights_of_arm(*experiment, arm),
            std::vector<float>(by_hand.parameters().begin(), by_hand.parameters().end()));
  ASSERT_EQ(experiment->history(arm).size(), fit.history().size());
  for (std::size_t i = 0; i < fit.history().size(); ++i) {
    EXPECT_EQ(experiment->history(arm)[i].loss, fit.history()[i].loss);
  }
}

/// And the same in double precision, by Keras' formulas.
TEST_P(WholeNetworkArm, AgreesWithTheTwin) {
  const auto [arm, kind, from_pretext] = GetParam();
  const auto compute = make_compute();
  const ExperimentSettings settings = settings_with({arm});
  const auto experiment = make_experiment(*compute, settings);
  go_to(*experiment, arm);
  const std::vector<float> start = weights_of_arm(*experiment, arm);
  run_to_end(*experiment);
  const std::vector<float> end = weights_of_arm(*experiment, arm);

  reference::Classifier twin;
  std::ranges::copy(start, twin.parameters.begin());
  reference::Sgd sgd(start.size());
  reference::Adam adam(start.size());
  sgd.learning_rate = adam.learning_rate = static_cast<double>(settings[arm].learning_rate);
  const Splits& splits = experiment->splits();
  Fit fit(settings[arm], settings.seed, RandomPurpose::supervised_shuffle,
          static_cast<std::uint32_t>(splits.downstream.count()));
  const std::uint8_t* const pixels = small_data().train.pixels.data() + splits.downstream.first * kImagePixels;
  std::vector<double> gradient(start.size());
  while (!fit.finished()) {
    const std::vector<std::uint32_t> rows(fit.batch().begin(), fit.batch().end());
    std::vector<std::uint8_t> labels;
    for (const std::uint32_t row : rows) labels.push_back(small_data().train.labels[splits.downstream.first + row]);
    const reference::Loss loss =
        twin.gradient(reference::make_batch(pixels, rows, {}, labels, settings.preset), gradient);
    if (kind == OptimizerKind::adam) {
      adam.update(twin.parameters, gradient);
    } else {
      sgd.update(twin.parameters, gradient);
    }
    if (fit.add({loss.sum, static_cast<std::uint32_t>(loss.correct)}, 0.0)) {
      const EpochRecord& record = fit.close_epoch({});
      EXPECT_NEAR(experiment->history(arm)[record.epoch - 1].loss, record.loss, 1e-4) << "epoch " << record.epoch;
    }
  }
  double distance = 0.0;
  double way = 0.0;
  for (std::size_t i = 0; i < end.size(); ++i) {
    distance += std::pow(static_cast<double>(end[i]) - twin.parameters[i], 2);
    way += std::pow(static_cast<double>(end[i]) - static_cast<double>(start[i]), 2);
  }
  EXPECT_GT(way, 0.0);
  // Adam divides by the size of a gradient, so that of one that is nothing but rounding it makes a whole step.
  EXPECT_LT(std::sqrt(distance), (kind == OptimizerKind::adam ? 0.05 : 1e-3) * std::sqrt(way));
}

INSTANTIATE_TEST_SUITE_P(Arms, WholeNetworkArm,
                         ::testing::Values(WholeNetworkCase{Run::supervised, OptimizerKind::sgd, false},
                                           WholeNetworkCase{Run::supervised_adam, OptimizerKind::adam, false},
                                           WholeNetworkCase{Run::fine_tuned, OptimizerKind::sgd, true},
                                           WholeNetworkCase{Run::fine_tuned_adam, OptimizerKind::adam, true}),
                         [](const auto& one) { return std::string(name(one.param.arm)); });

TEST(Arms, FineTuningChangesNeitherThePretextNetworkNorTheFrozenArms) {
  const auto compute = make_compute();
  const auto plain = make_experiment(*compute, settings_with({Run::self_supervised}));
  run_to_end(*plain);
  const auto tuned = make_experiment(*compute, settings_with({Run::fine_tuned, Run::self_supervised}));
  run_to_end(*tuned);
  EXPECT_TRUE(std::ranges::equal(plain->rotnet().parameters(), tuned->rotnet().parameters()));
  EXPECT_EQ(weights_of_arm(*plain, Run::self_supervised), weights_of_arm(*tuned, Run::self_supervised));
}

// ---- checkpoints, slices, threads -----------------------------------------------------------------------------------

constexpr ArmList kMixedList = {Run::fine_tuned_adam, Run::random, Run::supervised_adam};

const std::string& mixed_signature() {
  static const std::string signature = [] {
    const auto compute = make_compute();
    return run_to_end(*make_experiment(*compute, settings_with(kMixedList)));
  }();
  return signature;
}

TEST(Arms, ACheckpointOfAnyMomentGoesOnToTheSameSignature) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute, settings_with(kMixedList));
  bool more = true;
  for (int step = 0; more; ++step) {
    // Every place of the fine-tuned run, a few of the others.
    if (experiment->progress().in(Run::fine_tuned_adam) || step % 5 == 0) {
      const auto resumed = make_experiment(*compute);  // of the default list: the checkpoint brings its own
      const Status status = resumed->restore(experiment->checkpoint());
      ASSERT_TRUE(status.ok()) << message_text(status.error()) << " at " << step;
      EXPECT_EQ(resumed->settings().arms, kMixedList);
      EXPECT_EQ(resumed->signature(), experiment->signature()) << "at " << step;
      EXPECT_EQ(run_to_end(*resumed), mixed_signature()) << "at " << step;
    }
    more = experiment->step().more;
  }
  EXPECT_EQ(experiment->signature(), mixed_signature());
}

TEST(Arms, SlicesAndThreadsDoNotMatter) {
  for (const unsigned threads : {1U, 3U}) {
    const auto compute = make_compute(threads);
    const auto sliced = make_experiment(*compute, settings_with(kMixedList));
    EXPECT_EQ(run_to_end(*sliced, 0.0), mixed_signature()) << threads;
  }
}

TEST(Arms, AnotherListOnTheSamePretextRunIsThatRunFromTheStart) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  run_to_end(*experiment);
  ASSERT_TRUE(experiment->with_arms(settings_with(kMixedList)).ok());
  EXPECT_TRUE(experiment->progress().in(Run::fine_tuned_adam));
  EXPECT_EQ(run_to_end(*experiment), mixed_signature());
}

TEST(Arms, ACheckpointWhoseListLacksItsRunIsRefused) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute, settings_with(kMixedList));
  go_to(*experiment, Run::supervised_adam);
  const std::vector<std::uint8_t> good = experiment->checkpoint();
  std::string text(good.begin(), good.end());
  const std::string from = "fine_tuned_adam,random,supervised_adam";
  const std::string to = "fine_tuned_adam,random,self_supervised";
  ASSERT_EQ(from.size(), to.size());
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, from.size(), to);
  const auto resumed = make_experiment(*compute);
  EXPECT_FALSE(resumed->restore(std::vector<std::uint8_t>(text.begin(), text.end())).ok());
}

TEST(Arms, AFailedFineTunedRunGoesBackToThePretextWeights) {
  const auto compute = make_compute();
  ExperimentSettings settings = settings_with({Run::fine_tuned});
  settings[Run::fine_tuned].learning_rate = 1e30F;
  const auto experiment = make_experiment(*compute, settings);
  run_to_end(*experiment);
  ASSERT_TRUE(experiment->progress().failed);
  EXPECT_THAT(message_text(experiment->failure()), HasSubstr("fine_tuned"));
  const std::vector<float> weights = weights_of_arm(*experiment, Run::fine_tuned);
  EXPECT_TRUE(
      std::equal(weights.begin(), weights.begin() + kTrunkParameters, experiment->rotnet().parameters().begin()));
  ASSERT_TRUE(experiment->go_on(settings_with({})[Run::fine_tuned].learning_rate).ok());
  const auto direct = make_experiment(*compute, settings_with({Run::fine_tuned}));
  EXPECT_EQ(run_to_end(*experiment), run_to_end(*direct));
}

// ---- weights files --------------------------------------------------------------------------------------------------

TEST(Arms, WeightsOfAFineTunedNetworkAreReadAsTheyWereSaved) {
  const auto compute = make_compute();
  const auto trained = make_experiment(*compute, settings_with({Run::fine_tuned}));
  run_to_end(*trained);
  const auto reader = make_experiment(*compute, settings_with({Run::fine_tuned}));
  ASSERT_TRUE(reader->load_weights(trained->save_weights()).ok());
  EXPECT_EQ(weights_of_arm(*reader, Run::fine_tuned), weights_of_arm(*trained, Run::fine_tuned));
  const auto image = small_data().test.image(1);
  EXPECT_EQ(reader->predict(image).arms[0].digits, trained->predict(image).arms[0].digits);

  // A checkpoint remembers that they were read.
  const auto resumed = make_experiment(*compute);
  ASSERT_TRUE(resumed->restore(reader->checkpoint()).ok());
  EXPECT_EQ(run_to_end(*resumed), run_to_end(*reader));

  // An experiment that does not train the arm takes the rest.
  const auto other = make_experiment(*compute, settings_with({Run::self_supervised}));
  ASSERT_TRUE(other->load_weights(trained->save_weights()).ok());
  EXPECT_TRUE(std::ranges::equal(other->rotnet().parameters(), trained->rotnet().parameters()));
}

TEST(Arms, BeforeItsRunAFineTunedNetworkHasThePretextNetworksTrunk) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute, settings_with({Run::random, Run::fine_tuned}));
  experiment->step();
  const std::vector<float> weights = weights_of_arm(*experiment, Run::fine_tuned);
  EXPECT_TRUE(
      std::equal(weights.begin(), weights.begin() + kTrunkParameters, experiment->rotnet().parameters().begin()));
  std::array<float, kDigits> digits{};
  const std::vector<std::uint32_t> row = {2};
  experiment->classifier(Run::fine_tuned)
      .predict(*compute, ImageBatch{small_data().test.pixels.data(), row, {}, {}, Preset::unit}, digits);
  EXPECT_EQ(experiment->predict(small_data().test.image(2)).arms[1].digits, digits);

  // Weights saved now hold no trunk for it, so that a run that begins with them fine-tunes what it has learned.
  const std::vector<std::uint8_t> saved = experiment->save_weights();
  const auto view = SafetensorsView::parse(saved);
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view.value().find("fine_tuned.conv1.kernel"), nullptr);
  EXPECT_NE(view.value().find("fine_tuned.head.kernel"), nullptr);
  const auto again = make_experiment(*compute, settings_with({Run::random, Run::fine_tuned}));
  ASSERT_TRUE(again->load_weights(saved).ok());
  go_to(*again, Run::fine_tuned);
  const std::vector<float> begun = weights_of_arm(*again, Run::fine_tuned);
  EXPECT_TRUE(std::equal(begun.begin(), begun.begin() + kTrunkParameters, again->rotnet().parameters().begin()));
}

// ---- predictions of the test images ---------------------------------------------------------------------------------

TEST(Arms, WhatWasPredictedAgreesWithTheConfusionMatrix) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute, settings_with(kMixedList));
  EXPECT_TRUE(experiment->predicted(Run::random).empty());
  run_to_end(*experiment);
  for (const auto arm : kMixedList) {
    const auto predicted = experiment->predicted(arm);
    ASSERT_EQ(predicted.size(), small_data().test.count());
    ConfusionMatrix<kMaxClasses> confusion{};
    for (std::size_t i = 0; i < predicted.size(); ++i) ++confusion[small_data().test.labels[i]][predicted[i]];
    EXPECT_EQ(confusion, experiment->result(arm)->full_test.confusion) << name(arm);
  }

  const std::vector<std::uint8_t> file = experiment->checkpoint();
  const auto resumed = make_experiment(*compute);
  ASSERT_TRUE(resumed->restore(file).ok());
  for (const auto arm : kMixedList) {
    EXPECT_TRUE(std::ranges::equal(resumed->predicted(arm), experiment->predicted(arm))) << name(arm);
  }

  // A checkpoint that is older than the entry: they are made again.
  const auto view = SafetensorsView::parse(file);
  ASSERT_TRUE(view.ok());
  SafetensorsWriter old;
  for (const auto& [key, value] : view.value().metadata()) old.add_metadata(key, value);
  for (const auto& [key, tensor] : view.value().tensors()) {
    if (!key.starts_with("predicted.")) old.add_copy(key, tensor.type, tensor.shape, tensor.bytes);
  }
  const auto older = make_experiment(*compute);
  const Status status = older->restore(old.write());
  ASSERT_TRUE(status.ok()) << message_text(status.error());
  for (const auto arm : kMixedList) {
    EXPECT_TRUE(std::ranges::equal(older->predicted(arm), experiment->predicted(arm))) << name(arm);
  }
}

}  // namespace arms_test
}  // namespace
}  // namespace quarterturn
