#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iomanip>
#include <limits>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/native/message_text.hpp"
#include "core/philox.hpp"
#include "training/experiment.hpp"
#include "training/safetensors.hpp"
#include "training_support.hpp"

namespace quarterturn {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::make_compute;
using testing::make_experiment;
using testing::run_to_end;
using testing::small_data;
using testing::small_settings;

std::vector<float> copy(std::span<const float> values) { return {values.begin(), values.end()}; }

std::string fault_of(const ExperimentSettings& settings, const DataSource& data = small_data()) {
  const auto compute = make_compute();
  const auto experiment = Experiment::create(*compute, data, settings);
  return experiment.ok() ? "no fault" : message_text(experiment.error());
}

/// One undisturbed run, for the tests that only look at its end.
struct Undisturbed {
  std::unique_ptr<Compute> compute = make_compute();
  std::unique_ptr<Experiment> experiment = make_experiment(*compute);
  std::string signature = run_to_end(*experiment);
};
const Undisturbed& undisturbed() {
  static const Undisturbed run;
  return run;
}

// ---- the course of an experiment ------------------------------------------------------------------------------------

TEST(Experiment, GoesThroughAllRunsToTheEnd) {
  const Experiment& experiment = *undisturbed().experiment;
  EXPECT_EQ(experiment.progress().phase(), "finished") << message_text(experiment.failure());
  EXPECT_EQ(experiment.history(Run::pretext).size(), 2U);
  EXPECT_EQ(experiment.history(Run::random).size(), 3U);
  EXPECT_EQ(experiment.history(Run::supervised).size(), 2U);
  EXPECT_EQ(undisturbed().signature.size(), 16U);
  for (const auto arm : {Run::self_supervised, Run::random, Run::supervised}) {
    ASSERT_NE(experiment.result(arm), nullptr);
    EXPECT_EQ(experiment.result(arm)->test.count, 12U);
    EXPECT_EQ(experiment.result(arm)->full_test.count, 12U);
  }
  ASSERT_NE(experiment.pretext_result(), nullptr);
  EXPECT_EQ(experiment.pretext_result()->count, 48U);
  EXPECT_EQ(experiment.result(Run::pretext), nullptr);
}

TEST(Experiment, LearnsSomething) {
  const auto history = undisturbed().experiment->history(Run::pretext);
  EXPECT_LT(history[1].loss, history[0].loss);
  const auto supervised = undisturbed().experiment->history(Run::supervised);
  EXPECT_LT(supervised[1].loss, supervised[0].loss);
}

TEST(Experiment, TheFirstPretextBatchIsImages1OnWithFourTurnsEach) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  experiment->step();

  std::vector<std::uint32_t> image;
  std::vector<std::uint8_t> turn;
  for (std::uint32_t i = 1; i <= 19; ++i) {
    for (std::uint8_t k = 0; k < 4; ++k) {
      image.push_back(i);
      turn.push_back(k);
    }
  }
  Network by_hand = Network::pretext(small_settings().seed);
  Optimizer adam(OptimizerKind::adam, kRotNet.parameters());
  const BatchResult result =
      by_hand.train_step(*compute, ImageBatch{small_data().train.pixels.data(), image, turn, turn, Preset::unit}, adam);
  EXPECT_EQ(copy(experiment->rotnet().parameters()), copy(by_hand.parameters()));
  EXPECT_DOUBLE_EQ(experiment->progress().loss, result.loss_sum / 76);
  EXPECT_DOUBLE_EQ(experiment->progress().accuracy, result.correct / 76.0);
}

TEST(Experiment, TheLastPretextBatchIsShortAndEndsWithImage0) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  // 80 images: 320 rows, four batches of 76 and one of 16, images 77, 78, 79, 0.
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(experiment->step().epochs.empty());
  Network by_hand = Network::pretext(0);
  std::ranges::copy(experiment->rotnet().parameters(), by_hand.parameters().begin());
  const Advance last = experiment->step();
  ASSERT_EQ(last.epochs.size(), 1U);

  std::vector<std::uint32_t> image;
  std::vector<std::uint8_t> turn;
  for (const std::uint32_t i : {77U, 78U, 79U, 0U}) {
    for (std::uint8_t k = 0; k < 4; ++k) {
      image.push_back(i);
      turn.push_back(k);
    }
  }
  const BatchResult short_batch =
      by_hand.evaluate(*compute, ImageBatch{small_data().train.pixels.data(), image, turn, turn, Preset::unit});
  const EpochRecord& record = last.epochs[0].record;
  const auto again = make_experiment(*compute);
  for (int i = 0; i < 4; ++i) again->step();
  const double long_batches = again->progress().loss * 304;
  EXPECT_NEAR(record.loss, (long_batches + short_batch.loss_sum) / 320, 1e-9);
}

TEST(Experiment, FrozenArmsLeaveTheTrunksAlone) {
  const Experiment& experiment = *undisturbed().experiment;
  const auto compute = make_compute();
  const auto fresh = make_experiment(*compute);
  const auto trunk_of = [](const Network& classifier) { return copy(classifier.parameters().first(kTrunkParameters)); };
  EXPECT_EQ(trunk_of(experiment.classifier(Run::random)), trunk_of(fresh->classifier(Run::random)));
  EXPECT_EQ(trunk_of(experiment.classifier(Run::self_supervised)),
            copy(experiment.rotnet().parameters().first(kTrunkParameters)));
  EXPECT_NE(trunk_of(experiment.classifier(Run::supervised)), trunk_of(fresh->classifier(Run::supervised)));
  EXPECT_NE(trunk_of(fresh->classifier(Run::supervised)), trunk_of(fresh->classifier(Run::random)));

  const auto pretext = make_experiment(*compute);
  while (pretext->progress().in(Run::pretext)) pretext->step();
  EXPECT_EQ(copy(pretext->rotnet().parameters()), copy(experiment.rotnet().parameters()))
      << "the pretext network must not move after its run";
}

TEST(Experiment, ValidationAndTestFiguresAreThoseOfFixedWeights) {
  const auto compute = make_compute();
  const Experiment& experiment = *undisturbed().experiment;
  const DataSource& data = small_data();
  const Network supervised = experiment.classifier(Run::supervised);

  // Downstream is train[80:88]; its last two are validation.
  const std::vector<std::uint32_t> validation = {86, 87};
  const std::vector<std::uint8_t> label = {data.train.labels[86], data.train.labels[87]};
  const BatchResult held =
      supervised.evaluate(*compute, ImageBatch{data.train.pixels.data(), validation, {}, label, Preset::unit});
  const EpochRecord& last = experiment.history(Run::supervised).back();
  EXPECT_NEAR(last.validation_loss, held.loss_sum / 2, 1e-6);
  EXPECT_DOUBLE_EQ(last.validation_accuracy, held.correct / 2.0);

  std::vector<std::uint32_t> all(data.test.count());
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  for (const auto arm : {Run::self_supervised, Run::random, Run::supervised}) {
    const Network classifier = experiment.classifier(arm);
    const BatchResult whole =
        classifier.evaluate(*compute, ImageBatch{data.test.pixels.data(), all, {}, data.test.labels, Preset::unit});
    const TestResult& full = experiment.result(arm)->full_test;
    EXPECT_EQ(full.correct, whole.correct) << name(arm);
    EXPECT_NEAR(full.loss, whole.loss_sum / 12, 1e-5) << name(arm);
    std::array<std::uint32_t, kDigits> by_label{};
    for (const std::uint8_t digit : data.test.labels) ++by_label[digit];
    for (std::size_t digit = 0; digit < kDigits; ++digit) {
      std::uint32_t sum = 0;
      for (const std::uint32_t cell : full.confusion[digit]) sum += cell;
      EXPECT_EQ(sum, by_label[digit]) << name(arm) << ", digit " << digit;
    }
  }
}

TEST(Experiment, LargeTestSetsAreTestedInPieces) {
  static const DataSource data = generated_source(11, 22, 610);
  const auto compute = make_compute();
  ExperimentSettings settings = small_settings();
  for (FitSettings& fit : settings.fit) fit.epochs = 0;
  const auto experiment = make_experiment(*compute, settings, data);
  run_to_end(*experiment, 0.0);
  ASSERT_NE(experiment->result(Run::supervised), nullptr);
  const ArmResult& result = *experiment->result(Run::supervised);
  EXPECT_EQ(result.test.count, 300U);
  EXPECT_EQ(result.full_test.count, 610U);
  EXPECT_EQ(experiment->pretext_result()->count, 2440U);

  std::vector<std::uint32_t> part(300);
  for (std::uint32_t i = 0; i < 300; ++i) part[i] = 300 + i;
  const std::span<const std::uint8_t> labels = std::span(data.test.labels).subspan(300, 300);
  const Network classifier = experiment->classifier(Run::supervised);
  const BatchResult by_hand =
      classifier.evaluate(*compute, ImageBatch{data.test.pixels.data(), part, {}, labels, Preset::unit});
  EXPECT_EQ(result.test.correct, by_hand.correct) << "the notebook's test slice is test[300:600]";
}

/// The prediction is, bit for bit, that of the experiment's present weights in networks and workspaces of their own.
void expect_own_prediction(Experiment& experiment, const char* when) {
  SCOPED_TRACE(when);
  const DataSource& data = small_data();
  const Experiment::Prediction prediction = experiment.predict(data.test.image(3));
  const auto compute = make_compute();
  const std::vector<std::uint32_t> row = {3};
  const ImageBatch batch{data.test.pixels.data(), row, {}, {}, Preset::unit};
  std::vector<float> rotation(4);
  experiment.rotnet().predict(*compute, batch, rotation);
  EXPECT_EQ(prediction.pretext, rotation);
  for (std::size_t i = 0; i < 3; ++i) {
    std::array<float, kDigits> digits{};
    experiment.classifier(static_cast<quarterturn::Run>(i + 1)).predict(*compute, batch, digits);
    EXPECT_EQ(prediction.arms[i].digits, digits) << "arm " << i;
  }
}

TEST(Experiment, APredictionIsOfThePresentWeightsHoweverTheyCameAbout) {
  const auto compute = make_compute(2);
  const auto experiment = make_experiment(*compute);
  expect_own_prediction(*experiment, "untrained");
  experiment->step();
  expect_own_prediction(*experiment, "after a step");
  const std::vector<std::uint8_t> early = experiment->checkpoint();

  experiment->set_learning_rate(Run::pretext, 1e25F);
  while (experiment->advance(1e9).more) {
  }
  ASSERT_EQ(experiment->progress().phase(), "failed");
  expect_own_prediction(*experiment, "after a failure");
  ASSERT_TRUE(experiment->go_on(0.001F).ok());
  expect_own_prediction(*experiment, "resumed");

  for (const auto arm : kNotebookArms) {
    while (!experiment->progress().in(arm)) experiment->step();
    expect_own_prediction(*experiment, "as the next arm begins");
    experiment->step();
    expect_own_prediction(*experiment, "after the arm's first step");
  }
  const std::vector<std::uint8_t> weights = experiment->save_weights();
  ASSERT_TRUE(experiment->restore(early).ok());
  expect_own_prediction(*experiment, "restored");

  const auto fresh = make_experiment(*compute);
  expect_own_prediction(*fresh, "another experiment on the same threads");
  ASSERT_TRUE(fresh->load_weights(weights).ok());
  expect_own_prediction(*fresh, "with loaded weights");
}

TEST(Experiment, PredictingInBetweenChangesNothing) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  do {
    experiment->predict(small_data().test.image(1));
  } while (experiment->advance(0.0).more);
  EXPECT_EQ(experiment->signature(), undisturbed().signature);
}

TEST(Experiment, EarlyStoppingEndsARun) {
  const auto compute = make_compute();
  ExperimentSettings settings = small_settings();
  settings[Run::pretext].epochs = 0;
  settings[Run::random].epochs = 0;
  settings[Run::supervised].epochs = 0;
  settings[Run::self_supervised] = {16, 50, 1e-9F, true, 0.2F, 3};  // a rate too low to change any answer
  const auto experiment = make_experiment(*compute, settings);
  run_to_end(*experiment);
  EXPECT_EQ(experiment->stopped_early(Run::self_supervised), 4U);
  EXPECT_EQ(experiment->history(Run::self_supervised).size(), 4U);
  EXPECT_EQ(experiment->stopped_early(Run::random), 0U);
}

// ---- slices, threads, seeds -----------------------------------------------------------------------------------------

TEST(Experiment, SlicesDoNotChangeTheWeights) {
  const auto compute = make_compute();
  const auto smallest = make_experiment(*compute);
  EXPECT_EQ(run_to_end(*smallest, 0.0), undisturbed().signature);
  const auto slices = make_experiment(*compute);
  EXPECT_EQ(run_to_end(*slices, 5.0), undisturbed().signature);
  const auto steps = make_experiment(*compute);
  while (steps->step().more) {
  }
  EXPECT_EQ(steps->signature(), undisturbed().signature);
}

TEST(Experiment, AStepIsOneTrainingStepOrTheWorkBetweenRuns) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  EXPECT_EQ(experiment->progress().steps, 5U);
  for (std::uint32_t i = 1; i < 5; ++i) {
    experiment->step();
    EXPECT_EQ(experiment->progress().step, i);
  }
  EXPECT_EQ(experiment->step().epochs.size(), 1U);
  EXPECT_EQ(experiment->progress().epoch, 1U);
  for (int i = 0; i < 5; ++i) experiment->step();
  EXPECT_EQ(experiment->progress().phase(), "pretext") << "its test is still to come";
  experiment->step();
  EXPECT_EQ(experiment->progress().phase(), "self_supervised");
  EXPECT_EQ(experiment->progress().step, 0U);
  EXPECT_NE(experiment->pretext_result(), nullptr);
  EXPECT_TRUE(experiment->step().epochs.empty());
  const Advance second = experiment->step();  // six rows in batches of four; validation comes with the last step
  ASSERT_EQ(second.epochs.size(), 1U);
  EXPECT_EQ(second.epochs[0].run, Run::self_supervised);
  EXPECT_FALSE(std::isnan(second.epochs[0].record.validation_loss));
}

TEST(Experiment, EveryEpochIsReportedOnce) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  std::map<quarterturn::Run, std::uint32_t> reported;
  bool more = true;
  while (more) {
    const Advance advance = experiment->advance(1.0);
    for (const Advance::Epoch& epoch : advance.epochs) EXPECT_EQ(epoch.record.epoch, ++reported[epoch.run]);
    more = advance.more;
  }
  for (const auto& [run, epochs] : reported) EXPECT_EQ(epochs, experiment->history(run).size());
  EXPECT_EQ(reported.size(), 1 + kNotebookArms.size());
  EXPECT_FALSE(experiment->advance(1.0).more);
}

TEST(Experiment, OneToFourThreadsGiveTheSameSignature) {
  for (const unsigned threads : {2U, 3U, 4U}) {
    const auto compute = make_compute(threads);
    const auto experiment = make_experiment(*compute);
    EXPECT_EQ(run_to_end(*experiment), undisturbed().signature) << threads << " threads";
  }
}

TEST(Experiment, AnotherSeedGivesAnotherSignature) {
  const auto compute = make_compute();
  ExperimentSettings settings = small_settings();
  settings.seed = 4;
  const auto experiment = make_experiment(*compute, settings);
  EXPECT_NE(run_to_end(*experiment), undisturbed().signature);
}

TEST(Experiment, ProgressShowsSpeedAndRemainingTime) {
  const auto compute = make_compute();
  ExperimentSettings settings = small_settings();
  settings[Run::pretext].epochs = 5000;
  const auto experiment = make_experiment(*compute, settings);
  experiment->advance(60.0);
  const Progress progress = experiment->progress();
  EXPECT_GT(progress.images_per_second, 0.0);
  EXPECT_GT(progress.remaining_seconds, 0.0);
  EXPECT_TRUE(std::isfinite(progress.remaining_seconds));
  const double rows = 5000.0 * 320 - 320.0 * progress.epoch - 76.0 * progress.step;
  EXPECT_NEAR(progress.remaining_seconds, rows / progress.images_per_second, 1e-6 * progress.remaining_seconds);
}

// ---- faults ---------------------------------------------------------------------------------------------------------

TEST(Experiment, ALossThatIsNotFiniteStopsTheRun) {
  const auto compute = make_compute();
  ExperimentSettings settings = small_settings();
  settings[Run::pretext].learning_rate = 1e9F;
  settings[Run::pretext].epochs = 50;
  const auto experiment = make_experiment(*compute, settings);
  while (experiment->advance(1e9).more) {
  }
  EXPECT_EQ(experiment->progress().phase(), "failed");
  EXPECT_THAT(message_text(experiment->failure()),
              AllOf(HasSubstr("pretext"), HasSubstr("epoch "), HasSubstr("step "), HasSubstr("not finite"),
                    HasSubstr("1e+09"), HasSubstr("lower the rate")));
  EXPECT_FALSE(experiment->advance(1.0).more);
  EXPECT_FALSE(experiment->step().more);
  EXPECT_EQ(experiment->result(Run::self_supervised), nullptr);
}

TEST(Experiment, AnArmThatDivergesIsNamed) {
  const auto compute = make_compute();
  ExperimentSettings settings = small_settings();
  settings[Run::pretext].epochs = 0;
  settings[Run::supervised].learning_rate = 1e30F;
  const auto experiment = make_experiment(*compute, settings);
  while (experiment->advance(1e9).more) {
  }
  EXPECT_EQ(experiment->progress().phase(), "failed");
  EXPECT_THAT(message_text(experiment->failure()), HasSubstr("supervised stopped in epoch 1"));
  EXPECT_NE(experiment->result(Run::random), nullptr) << "what was finished stays";
}

TEST(Experiment, SettingsThatCannotRunAreNamed) {
  ExperimentSettings settings = small_settings();
  settings[Run::pretext].batch = 0;
  EXPECT_THAT(fault_of(settings), AllOf(HasSubstr("pretext.batch"), HasSubstr("1..1024")));
  settings = small_settings();
  settings[Run::random].batch = 1025;
  EXPECT_THAT(fault_of(settings), HasSubstr("random.batch is 1025"));
  settings = small_settings();
  settings[Run::supervised].epochs = 1000000;
  EXPECT_THAT(fault_of(settings), HasSubstr("supervised.epochs"));
  settings = small_settings();
  settings[Run::self_supervised].learning_rate = 0.0F;
  EXPECT_THAT(fault_of(settings), HasSubstr("self_supervised.learningRate"));
  settings[Run::self_supervised].learning_rate = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(fault_of(settings), HasSubstr("self_supervised.learningRate"));
  settings = small_settings();
  settings[Run::random].validation_split = 1.0F;
  EXPECT_THAT(fault_of(settings), HasSubstr("random.validationSplit"));
  settings[Run::random].validation_split = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(fault_of(settings), HasSubstr("random.validationSplit"));
  settings[Run::random].validation_split = 0.999F;
  EXPECT_THAT(fault_of(settings), HasSubstr("leaves nothing"));
  settings = small_settings();
  settings.labels = 0;
  EXPECT_THAT(fault_of(settings), HasSubstr("labels is 0"));
}

TEST(Experiment, LabelsAreAtMostTheDownstreamSlice) {
  const auto compute = make_compute();
  ExperimentSettings settings = small_settings();
  EXPECT_EQ(make_experiment(*compute, settings)->settings().labels, 8U);
  settings.labels = 4;
  const auto experiment = make_experiment(*compute, settings);
  EXPECT_EQ(experiment->settings().labels, 4U);
  run_to_end(*experiment);
  EXPECT_NE(experiment->signature(), undisturbed().signature);
}

TEST(Experiment, DataThatCannotBeTrainedOnIsNamed) {
  DataSource data = generated_source(1, 22, 5);
  data.train.labels.pop_back();
  EXPECT_THAT(fault_of(small_settings(), data), HasSubstr("training set has 21 labels for 22 images"));
  data = generated_source(1, 22, 5);
  data.test.labels[2] = 10;
  EXPECT_THAT(fault_of(small_settings(), data), AllOf(HasSubstr("label 2 of the test set is 10"), HasSubstr("0..9")));
  data = generated_source(1, 22, 5);
  data.train.pixels.clear();
  data.train.labels.clear();
  EXPECT_THAT(fault_of(small_settings(), data), HasSubstr("training set has 0 images"));
  data = generated_source(1, 22, 5);
  data.test = {};
  EXPECT_THAT(fault_of(small_settings(), data), HasSubstr("test set"));
}

// ---- learning rate --------------------------------------------------------------------------------------------------

TEST(Experiment, ALearningRateActsFromTheNextStepOn) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  experiment->set_learning_rate(Run::random, 0.02F);
  EXPECT_FLOAT_EQ(experiment->settings()[Run::random].learning_rate, 0.02F);
  EXPECT_FALSE(experiment->rate_changed_midway()) << "the random arm has not begun";
  experiment->step();
  experiment->set_learning_rate(Run::pretext, 0.5F);
  EXPECT_TRUE(experiment->rate_changed_midway());
  experiment->step();

  const auto plain = make_experiment(*compute);
  plain->step();
  const std::vector<float> before = copy(plain->rotnet().parameters());
  plain->step();
  // The second step is 500 times as long.
  const std::vector<float> slow = copy(plain->rotnet().parameters());
  const std::vector<float> fast = copy(experiment->rotnet().parameters());
  double ratio = 0.0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (std::fabs(slow[i] - before[i]) > 5e-4F)
      ratio = std::max(ratio, static_cast<double>((fast[i] - before[i]) / (slow[i] - before[i])));
  }
  EXPECT_NEAR(ratio, 500.0, 5.0);

  experiment->set_learning_rate(Run::pretext, std::numeric_limits<float>::infinity());
  experiment->set_learning_rate(Run::pretext, -1.0F);
  EXPECT_FLOAT_EQ(experiment->settings()[Run::pretext].learning_rate, 0.5F);
}

// ---- checkpoints ----------------------------------------------------------------------------------------------------

TEST(Checkpoint, GoesOnToTheSameSignatureFromAnywhere) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  const Philox random(99, RandomPurpose::test);
  std::uint64_t position = 0;
  std::uint32_t next = 0;
  std::size_t restored = 0;
  bool more = true;
  // At random, and so often that every stage of every run is met: about a quarter of all units of work.
  while (more) {
    more = experiment->advance(0.0).more;
    if (++position < next) continue;
    next = static_cast<std::uint32_t>(position) + 1 + random.below(position, 6);
    const std::vector<std::uint8_t> saved = experiment->checkpoint();
    ExperimentSettings other = small_settings();
    other.seed = 77;
    other[Run::pretext].epochs = 9;
    const auto fresh = make_experiment(*compute, other);
    const Status status = fresh->restore(saved);
    ASSERT_TRUE(status.ok()) << message_text(status.error()) << " at " << position;
    EXPECT_EQ(fresh->signature(), experiment->signature()) << "at " << position;
    EXPECT_EQ(fresh->progress().phase(), experiment->progress().phase());
    EXPECT_EQ(fresh->progress().epoch, experiment->progress().epoch);
    EXPECT_EQ(fresh->progress().step, experiment->progress().step);
    EXPECT_EQ(fresh->progress().loss, experiment->progress().loss);
    EXPECT_EQ(fresh->settings().seed, 3U);
    if (restored++ % 4 == 0 || !more) {
      EXPECT_EQ(run_to_end(*fresh), undisturbed().signature) << "at " << position;
      for (const auto arm : {Run::self_supervised, Run::random, Run::supervised}) {
        const ArmResult* want = undisturbed().experiment->result(arm);
        const ArmResult* got = fresh->result(arm);
        ASSERT_NE(got, nullptr);
        EXPECT_EQ(got->test.correct, want->test.correct);
        EXPECT_EQ(got->full_test.loss, want->full_test.loss);
        EXPECT_EQ(got->full_test.confusion, want->full_test.confusion);
        EXPECT_EQ(fresh->stopped_early(arm), undisturbed().experiment->stopped_early(arm));
      }
      EXPECT_EQ(fresh->pretext_result()->correct, undisturbed().experiment->pretext_result()->correct);
    }
  }
  EXPECT_GT(restored, 8U);
}

TEST(Checkpoint, KeepsAChangedLearningRate) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  experiment->step();
  experiment->set_learning_rate(Run::pretext, 0.0123F);
  experiment->step();
  const std::vector<std::uint8_t> saved = experiment->checkpoint();
  const std::string end = run_to_end(*experiment);
  EXPECT_NE(end, undisturbed().signature);
  const auto fresh = make_experiment(*compute);
  ASSERT_TRUE(fresh->restore(saved).ok());
  EXPECT_TRUE(fresh->rate_changed_midway());
  EXPECT_EQ(fresh->settings()[Run::pretext].learning_rate, 0.0123F);
  EXPECT_EQ(run_to_end(*fresh), end);
}

TEST(Checkpoint, KeepsAFailure) {
  const auto compute = make_compute();
  ExperimentSettings settings = small_settings();
  settings[Run::pretext].learning_rate = 1e9F;
  settings[Run::pretext].epochs = 50;
  const auto experiment = make_experiment(*compute, settings);
  while (experiment->advance(1e9).more) {
  }
  ASSERT_EQ(experiment->progress().phase(), "failed");
  const auto fresh = make_experiment(*compute);
  const Status status = fresh->restore(experiment->checkpoint());
  ASSERT_TRUE(status.ok()) << message_text(status.error());
  EXPECT_EQ(fresh->progress().phase(), "failed");
  EXPECT_EQ(message_text(fresh->failure()), message_text(experiment->failure()));
}

TEST(Checkpoint, OfAnotherVersionOfTheGeneratorIsRefusedByNameUnlessItsDigitsAreLoaded) {
  const auto compute = make_compute();
  DataSource older = small_data();
  older.source = "built-in generated digits, seed 7 (not handwriting)";
  older.test.pixels[5] ^= 1U;
  const auto experiment = make_experiment(*compute, small_settings(), older);
  experiment->step();
  const std::vector<std::uint8_t> saved = experiment->checkpoint();

  const auto present = make_experiment(*compute);
  const std::string before = present->signature();
  const Status status = present->restore(saved);
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(message_text(status.error()), AllOf(HasSubstr("built-in digits of version 1"),
                                                  HasSubstr("makes version 2"), HasSubstr("quarterturn digits")));
  EXPECT_EQ(present->signature(), before);

  DataSource files = older;
  files.source = "IDX images from folder old";
  const auto loaded = make_experiment(*compute, small_settings(), files);
  EXPECT_TRUE(loaded->restore(saved));
  EXPECT_EQ(loaded->signature(), experiment->signature());
}

TEST(Checkpoint, OtherDataPresetOrVersionIsRefusedAndNothingChanges) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  experiment->step();
  std::vector<std::uint8_t> saved = experiment->checkpoint();

  DataSource other_data = small_data();
  other_data.test.pixels[5] ^= 1U;
  other_data.source = "some other digits";
  const auto other = make_experiment(*compute, small_settings(), other_data);
  const std::string before = other->signature();
  Status status = other->restore(saved);
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(message_text(status.error()), AllOf(HasSubstr("other data"), HasSubstr("some other digits")));
  EXPECT_EQ(other->signature(), before);

  ExperimentSettings notebook = small_settings();
  notebook.preset = Preset::notebook;
  const auto raw = make_experiment(*compute, notebook);
  status = raw->restore(saved);
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(message_text(status.error()), HasSubstr("preset unit"));

  const std::string version = "\"quarterturn.checkpoint\":\"2\"";
  const auto place = std::search(saved.begin(), saved.end(), version.begin(), version.end());
  ASSERT_NE(place, saved.end());
  *(place + static_cast<std::ptrdiff_t>(version.size()) - 2) = '9';
  status = experiment->restore(saved);
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(message_text(status.error()), AllOf(HasSubstr("version 9"), HasSubstr("versions 1 and 2")));

  status = experiment->restore(experiment->save_weights());
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(message_text(status.error()), HasSubstr("no checkpoint"));
}

TEST(Checkpoint, ADamagedFileIsRefusedAndNothingChanges) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  for (int i = 0; i < 8; ++i) experiment->step();
  const std::vector<std::uint8_t> saved = experiment->checkpoint();
  const auto victim = make_experiment(*compute);
  victim->step();
  const std::string before = victim->signature();
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{7}, std::size_t{100}, saved.size() / 2, saved.size() - 1}) {
    EXPECT_FALSE(victim->restore(std::span(saved).first(length)).ok()) << length;
  }
  // Another value for one entry at a time, of the same length, so that the file stays well-formed.
  const std::vector<std::pair<std::string, std::string>> edits = {
      {"\"state\":\"training\"", "\"state\":\"traininx\""},
      {"\"state\":\"training\"", "\"state\":\"finished\""},
      {"\"run\":\"pretext\"", "\"run\":\"pretexx\""},
      {"\"stage\":\"train\"", "\"stage\":\"trail\""},
      {"\"arithmetic\":\"fused\"", "\"arithmetic\":\"fussy\""},
      {"\"byte_order\":\"little\"", "\"byte_order\":\"middle\""},
      {"\"settings.preset\":\"unit\"", "\"settings.preset\":\"unix\""},
      {"\"settings.pretext.batch\"", "\"settings.pretext.botch\""},
      {"\"settings.seed\"", "\"settings.sead\""},
      {"\"position.step\"", "\"position.stop\""},
      {"\"rotnet.conv1.kernel\"", "\"rotnet.conv9.kernel\""},
      {"\"history.random\"", "\"history.randon\""},
      {"\"optimizer.pretext.m\"", "\"optimizer.pretext.w\""},
  };
  for (const auto& [from, to] : edits) {
    std::vector<std::uint8_t> damaged = saved;
    const auto place = std::search(damaged.begin(), damaged.end(), from.begin(), from.end());
    ASSERT_NE(place, damaged.end()) << from;
    std::copy(to.begin(), to.end(), place);
    const Status status = victim->restore(damaged);
    ASSERT_FALSE(status.ok()) << to;
    EXPECT_THAT(message_text(status.error()), HasSubstr("checkpoint")) << to;
    EXPECT_EQ(victim->signature(), before) << to;
  }
  // Whatever bytes the tables hold, restoring ends in an answer and a usable experiment.
  const Philox random(5, RandomPurpose::test);
  for (std::uint64_t i = 0; i < 40; ++i) {
    std::vector<std::uint8_t> damaged = saved;
    const std::size_t header = saved[0] + 256U * saved[1];
    for (std::uint64_t j = 0; j < 4; ++j) {
      const std::size_t at = 8 + header + random.below(8 * i + 2 * j, 600);  // the tables come first
      damaged[at] = static_cast<std::uint8_t>(random.bits(8 * i + 2 * j + 1));
    }
    const auto fresh = make_experiment(*compute);
    if (fresh->restore(damaged).ok()) fresh->step();
  }
}

/// The file as version 1 had it: numbers as text, one table for the position.
std::vector<std::uint8_t> as_version_1(const Experiment& experiment, const std::vector<std::uint8_t>& file) {
  const auto parsed = SafetensorsView::parse(file);
  EXPECT_TRUE(parsed.ok());
  const SafetensorsView& view = parsed.value();
  const auto number = [&](const std::string& key) {
    double value = 0.0;
    std::memcpy(&value, view.find(key)->bytes.data(), sizeof value);
    return value;
  };
  const auto text = [](double value) {
    std::ostringstream out;
    out << std::setprecision(9) << value;
    return out.str();
  };
  SafetensorsWriter old;
  old.add_metadata("quarterturn.checkpoint", "1");
  old.add_metadata("data.source", *view.metadata("data.source"));
  std::ostringstream fingerprint;
  fingerprint << std::hex << experiment.data_fingerprint();
  old.add_metadata("data.fingerprint", fingerprint.str());
  old.add_metadata("phase", std::string(experiment.progress().phase()));
  old.add_metadata("failure", *view.metadata("failure"));
  old.add_metadata("rate_changed_midway", experiment.rate_changed_midway() ? "1" : "0");
  old.add_metadata("seed", std::to_string(experiment.settings().seed));
  old.add_metadata("preset", *view.metadata("settings.preset"));
  old.add_metadata("labels", text(number("settings.labels")));
  if (view.find("recovery.rate") != nullptr) old.add_metadata("recovery.rate", text(number("recovery.rate")));
  for (const auto run : {Run::pretext, Run::self_supervised, Run::random, Run::supervised}) {
    for (const char* key : {"batch", "epochs", "learning_rate", "shuffle", "validation_split", "patience"}) {
      const std::string full = std::string(name(run)) + "." + key;
      old.add_metadata(full, text(number("settings." + full)));
    }
  }
  for (const auto& [tensor_name, tensor] : view.tensors()) {
    const auto begins = [&](std::string_view prefix) { return tensor_name.starts_with(prefix); };
    if (begins("settings.") || begins("position.") || begins("rate_changed.") || begins("data.") ||
        begins("recovery.") || tensor_name.ends_with(".step")) {
      continue;
    }
    old.add(tensor_name, tensor.type, tensor.shape, tensor.bytes);
  }
  constexpr std::array<std::string_view, 5> kStages = {"prepare", "train", "validate", "test", "full_test"};
  const auto stage = std::find(kStages.begin(), kStages.end(), *view.metadata("stage")) - kStages.begin();
  const std::vector<double> position = {static_cast<double>(stage),  number("position.step"),
                                        number("position.loss_sum"), number("position.correct"),
                                        number("position.seconds"),  number("optimizer.pretext.step")};
  old.add("position", {position.size()}, position);
  return old.write();
}

TEST(Checkpoint, OfVersion1IsResumedToTheSameSignature) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  bool more = true;
  for (int position = 0; more; ++position) {
    if (position % 5 == 0) {
      const auto fresh = make_experiment(*compute);
      const Status status = fresh->restore(as_version_1(*experiment, experiment->checkpoint()));
      ASSERT_TRUE(status.ok()) << message_text(status.error()) << " at " << position;
      EXPECT_EQ(fresh->signature(), experiment->signature()) << "at " << position;
      EXPECT_EQ(fresh->progress().phase(), experiment->progress().phase());
      if (position % 15 == 0) {
        EXPECT_EQ(run_to_end(*fresh), undisturbed().signature) << "at " << position;
      }
    }
    more = experiment->step().more;
  }
  const auto fresh = make_experiment(*compute);
  ASSERT_TRUE(fresh->restore(as_version_1(*experiment, experiment->checkpoint())).ok());
  EXPECT_EQ(fresh->progress().phase(), "finished");
  EXPECT_EQ(fresh->result(Run::random)->test.correct, experiment->result(Run::random)->test.correct);
}

TEST(Checkpoint, ResumedOnTheOtherArithmeticFamilyTheRunIsMixed) {
  std::array<std::string, 2> isas;  // unfused, fused
  for (const std::string_view isa : Compute::available_isas()) {
    const auto compute = Compute::create({1, isa});
    isas.at(compute.value()->fused() ? 1 : 0) = isa;
  }
  if (isas[0].empty() || isas[1].empty()) GTEST_SKIP() << "this machine has one arithmetic family";
  const auto unfused = std::move(Compute::create({1, isas[0]})).value();
  const auto fused = std::move(Compute::create({1, isas[1]})).value();
  const auto begun = make_experiment(*unfused);
  EXPECT_EQ(begun->arithmetic(), "unfused");
  begun->step();
  const auto resumed = make_experiment(*fused);
  ASSERT_TRUE(resumed->restore(begun->checkpoint()).ok());
  EXPECT_EQ(resumed->arithmetic(), "unfused") << "nothing was computed yet";
  resumed->step();
  EXPECT_EQ(resumed->arithmetic(), "mixed");
  const auto again = make_experiment(*unfused);
  ASSERT_TRUE(again->restore(resumed->checkpoint()).ok());
  again->step();
  EXPECT_EQ(again->arithmetic(), "mixed") << "it stays so";
}

// ---- pretext tasks --------------------------------------------------------------------------------------------------

ExperimentSettings task_settings(std::string_view task) {
  ExperimentSettings settings = small_settings();
  settings.pretext_task = pretext_task_named(task);
  settings[Run::pretext].epochs = 1;
  return settings;
}

TEST(PretextTask, OneSignatureForAnyThreadsAndSlices) {
  std::set<std::string> signatures;
  for (const unsigned threads : {1U, 2U, 4U}) {
    const auto compute = make_compute(threads);
    for (const double budget : {0.0, 1e9}) {
      const auto experiment = make_experiment(*compute, task_settings("jigsaw"));
      signatures.insert(run_to_end(*experiment, budget));
      EXPECT_EQ(experiment->pretext_result()->count, 12U * 24U);
      EXPECT_EQ(experiment->rotnet().parameters().size(), 25288U);
    }
  }
  EXPECT_EQ(signatures.size(), 1U);
}

TEST(PretextTask, EachGivesAnotherSignature) {
  const auto compute = make_compute();
  std::set<std::string> signatures;
  for (const PretextTask& task : pretext_tasks()) {
    signatures.insert(run_to_end(*make_experiment(*compute, task_settings(task.name))));
  }
  EXPECT_EQ(signatures.size(), pretext_tasks().size());
}

TEST(PretextTask, ACheckpointBringsItsTaskAndIsResumed) {
  const auto compute = make_compute();
  for (const char* task : {"mirrors", "jigsaw"}) {
    const auto whole = make_experiment(*compute, task_settings(task));
    std::vector<std::vector<std::uint8_t>> saved = {whole->checkpoint()};
    for (int step = 0; whole->advance(0.0).more; ++step) {
      if (step % 12 == 0) saved.push_back(whole->checkpoint());
    }
    saved.push_back(whole->checkpoint());
    for (const std::vector<std::uint8_t>& file : saved) {
      const auto fresh = make_experiment(*compute);
      const Status status = fresh->restore(file);
      ASSERT_TRUE(status.ok()) << message_text(status.error());
      EXPECT_EQ(fresh->task().name, task);
      EXPECT_EQ(run_to_end(*fresh), whole->signature());
      EXPECT_EQ(fresh->pretext_result()->confusion, whole->pretext_result()->confusion);
    }
  }
}

/// The file without one entry of its metadata.
std::vector<std::uint8_t> without(const std::vector<std::uint8_t>& file, std::string_view key) {
  const auto parsed = SafetensorsView::parse(file);
  EXPECT_TRUE(parsed.ok());
  SafetensorsWriter writer;
  for (const auto& [name, value] : parsed.value().metadata()) {
    if (name != key) writer.add_metadata(name, value);
  }
  for (const auto& [name, tensor] : parsed.value().tensors()) {
    writer.add(name, tensor.type, tensor.shape, tensor.bytes);
  }
  return writer.write();
}

TEST(PretextTask, ACheckpointWithoutOneIsOfTheTurns) {
  const auto compute = make_compute();
  const auto fresh = make_experiment(*compute, task_settings("jigsaw"));
  const std::vector<std::uint8_t> old = without(undisturbed().experiment->checkpoint(), "settings.pretext.task");
  const Status status = fresh->restore(old);
  ASSERT_TRUE(status.ok()) << message_text(status.error());
  EXPECT_EQ(fresh->task().name, "turns");
  EXPECT_EQ(fresh->signature(), undisturbed().signature);
  EXPECT_EQ(fresh->pretext_result()->correct, undisturbed().experiment->pretext_result()->correct);
}

TEST(PretextTask, WeightsOfAnotherTaskAreRefused) {
  const auto compute = make_compute();
  const auto mirrors = make_experiment(*compute, task_settings("mirrors"));
  const auto turns = make_experiment(*compute);
  const std::string before = turns->signature();
  EXPECT_THAT(message_text(turns->load_weights(mirrors->save_weights()).error()),
              HasSubstr("their pretext task is \"mirrors\", that of this experiment is \"turns\""));
  EXPECT_FALSE(turns->load_weights(mirrors->checkpoint()).ok());
  EXPECT_EQ(turns->signature(), before);
  const auto again = make_experiment(*compute, task_settings("mirrors"));
  EXPECT_TRUE(again->load_weights(mirrors->save_weights()).ok());
}

TEST(PretextTask, TheArmsCannotBeginAgainOnAnother) {
  const auto compute = make_compute();
  const auto arms = make_experiment(*compute);
  ASSERT_TRUE(arms->restore(undisturbed().experiment->checkpoint()).ok());
  ExperimentSettings other = small_settings();
  other.pretext_task = pretext_task_named("mirrors");
  EXPECT_THAT(message_text(arms->with_arms(other).error()), HasSubstr("pretext.task differs"));
}

TEST(Experiment, WithArmsKeepsThePretextRunAndBeginsTheArmsAgain) {
  const auto compute = make_compute();
  ExperimentSettings wanted = small_settings();
  wanted.labels = 6;
  wanted[Run::random].learning_rate = 0.02F;
  const auto direct = make_experiment(*compute, wanted);
  const std::string expected = run_to_end(*direct);

  const auto arms = make_experiment(*compute);
  ASSERT_TRUE(arms->restore(undisturbed().experiment->checkpoint()).ok());
  ExperimentSettings other = wanted;
  other[Run::pretext].batch = 64;
  EXPECT_THAT(message_text(arms->with_arms(other).error()), HasSubstr("pretext.batch"));
  other = wanted;
  other.seed = 4;
  EXPECT_THAT(message_text(arms->with_arms(other).error()), HasSubstr("seed"));
  EXPECT_EQ(arms->signature(), undisturbed().signature) << "a refusal changes nothing";

  const Status again = arms->with_arms(wanted);
  ASSERT_TRUE(again.ok()) << message_text(again.error());
  EXPECT_TRUE(arms->progress().in(Run::self_supervised));
  EXPECT_EQ(arms->pretext_result()->correct, direct->pretext_result()->correct);
  EXPECT_EQ(arms->result(Run::random), nullptr);
  EXPECT_EQ(run_to_end(*arms), expected);

  const auto young = make_experiment(*compute);
  young->step();
  EXPECT_THAT(message_text(young->with_arms(small_settings()).error()), HasSubstr("not finished"));
}

// ---- weights --------------------------------------------------------------------------------------------------------

TEST(Weights, RoundTripStartsTheSameRun) {
  const auto compute = make_compute();
  const ExperimentSettings other = small_settings();
  const auto giver = make_experiment(*compute, other);
  const std::vector<std::uint8_t> saved = giver->save_weights();
  const auto parsed = SafetensorsView::parse(saved);
  ASSERT_TRUE(parsed.ok());
  const auto kernel = parsed.value().get("rotnet.conv1.kernel", "F32", std::array<std::uint64_t, 4>{3, 3, 1, 64});
  ASSERT_TRUE(kernel.ok()) << message_text(kernel.error());
  EXPECT_TRUE(parsed.value().get("supervised.head.bias", "F32", std::array<std::uint64_t, 1>{10}).ok());
  EXPECT_TRUE(parsed.value().get("random.conv2.kernel", "F32", std::array<std::uint64_t, 4>{3, 3, 64, 32}).ok());
  EXPECT_TRUE(parsed.value().get("self_supervised.head.kernel", "F32", std::array<std::uint64_t, 2>{288, 10}).ok());
  EXPECT_EQ(parsed.value().find("self_supervised.conv1.kernel"), nullptr) << "that trunk is rotnet's";
  std::size_t values = 0;
  for (const auto& [tensor_name, tensor] : parsed.value().tensors()) values += tensor.bytes.size() / 4;
  EXPECT_EQ(values, 23988U + 2890U + 21994U + 21994U);

  // Same shuffles, hence the same seed; weights of its own are thrown away first.
  const auto taker = make_experiment(*compute, other);
  std::vector<std::uint8_t> noise = saved;
  for (std::size_t i = noise.size() - 4; i > 100000; i -= 4) {
    const float value = 0.01F;
    std::memcpy(noise.data() + i, &value, sizeof value);
  }
  ASSERT_TRUE(taker->load_weights(noise).ok());
  EXPECT_NE(taker->signature(), giver->signature());
  ASSERT_TRUE(taker->load_weights(saved).ok());
  EXPECT_EQ(taker->signature(), giver->signature());
  EXPECT_EQ(run_to_end(*taker), undisturbed().signature);
}

TEST(Weights, TensorsThatTheFileLacksKeepTheirValues) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  const std::vector<float> before = copy(experiment->rotnet().parameters());
  const std::vector<float> bias(64, 0.25F);
  SafetensorsWriter writer;
  writer.add("rotnet.conv1.bias", {64}, bias);
  ASSERT_TRUE(experiment->load_weights(writer.write()).ok());
  const std::vector<float> after = copy(experiment->rotnet().parameters());
  std::size_t changed = 0;
  for (std::size_t i = 0; i < before.size(); ++i) changed += before[i] != after[i];
  EXPECT_EQ(changed, 64U);
}

TEST(Weights, FeaturesFollowWeightsThatAreLoadedBeforeTheArmBegins) {
  const auto compute = make_compute();
  const auto giver = make_experiment(*compute);
  const std::vector<std::uint8_t> saved = giver->save_weights();
  const auto experiment = make_experiment(*compute);
  while (!experiment->progress().in(Run::random)) experiment->step();  // its features are extracted by now
  SafetensorsWriter writer;
  const std::vector<float> bias(32, 0.0F);
  writer.add("random.conv2.bias", {32}, bias);  // what it is anyway
  ASSERT_TRUE(experiment->load_weights(writer.write()).ok());
  EXPECT_EQ(run_to_end(*experiment), undisturbed().signature);
}

TEST(Weights, FaultsNameTheTensorAndChangeNothing) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  const std::string before = experiment->signature();
  const auto fault = [&](const char* tensor, std::vector<std::uint64_t> shape, const std::vector<float>& values) {
    SafetensorsWriter writer;
    const std::vector<float> good(64, 1.0F);
    writer.add("rotnet.conv1.bias", {64}, good);
    writer.add(tensor, std::move(shape), values);
    const Status status = experiment->load_weights(writer.write());
    EXPECT_EQ(experiment->signature(), before) << tensor;
    return status.ok() ? std::string("no fault") : message_text(status.error());
  };
  EXPECT_THAT(fault("rotnet.conv2.bias", {31}, std::vector<float>(31)),
              AllOf(HasSubstr("rotnet.conv2.bias"), HasSubstr("F32 [31]"), HasSubstr("F32 [32]")));
  EXPECT_THAT(fault("supervized.head.bias", {10}, std::vector<float>(10)), HasSubstr("supervized.head.bias"));
  std::vector<float> broken(32);
  broken[7] = std::numeric_limits<float>::infinity();
  EXPECT_THAT(fault("rotnet.conv2.bias", {32}, broken),
              AllOf(HasSubstr("7 of rotnet.conv2.bias"), HasSubstr("finite")));
  const Status none = experiment->load_weights(SafetensorsWriter().write());
  ASSERT_FALSE(none.ok());
  EXPECT_THAT(message_text(none.error()), HasSubstr("no tensors"));
  EXPECT_FALSE(experiment->load_weights(std::vector<std::uint8_t>{1, 2, 3}).ok());

  experiment->step();
  const Status late = experiment->load_weights(experiment->save_weights());
  ASSERT_FALSE(late.ok());
  EXPECT_THAT(message_text(late.error()), AllOf(HasSubstr("rotnet."), HasSubstr("before pretext begins")));
}

TEST(Weights, ACheckpointServesAsAWeightsFile) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  const Status status = experiment->load_weights(undisturbed().experiment->checkpoint());
  ASSERT_TRUE(status.ok()) << message_text(status.error());
  EXPECT_EQ(copy(experiment->rotnet().parameters()), copy(undisturbed().experiment->rotnet().parameters()));
}

}  // namespace
}  // namespace quarterturn
