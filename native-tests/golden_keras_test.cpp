// The double-precision networks against Keras: the same weights, images and order must give the same losses. Against
// Keras in float64 the agreement is near rounding, which leaves no room for another formula; against Keras in float32
// it is as close as float32 allows.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "golden_fixtures.hpp"
#include "pretext/task.hpp"
#include "reference/networks.hpp"

namespace quarterturn {
namespace {

using golden::ArmRows;
using golden::Fixtures;
using golden::RotationRows;

// Plain loops without optimisation, under sanitizers, are slow: a debug build checks the beginning of each run.
#if !defined(NDEBUG) || defined(QUARTERTURN_SANITIZERS)
constexpr bool kSlow = true;
#else
constexpr bool kSlow = false;
#endif
constexpr std::size_t kPretextSteps = kSlow ? 3 : 20;
constexpr std::size_t kArmSteps = kSlow ? 10 : 75;  // of all three epochs

// Keras 3.15 rounds these constants to float32 whatever the precision of the run: SGD's momentum, and Adam's betas
// where it raises them to the power t (not where it takes 1 - beta).
constexpr double kKerasMomentum = 0.9F;
constexpr double kKerasBeta1 = 0.9F;
constexpr double kKerasBeta2 = 0.999F;

double keras_learning_rate(const reference::Adam& adam, double learning_rate) {
  const double t = adam.step + 1.0;
  const double keras = std::sqrt(1.0 - std::pow(kKerasBeta2, t)) / (1.0 - std::pow(kKerasBeta1, t));
  return learning_rate * keras * (1.0 - std::pow(adam.beta_1, t)) / std::sqrt(1.0 - std::pow(adam.beta_2, t));
}

// Keras in float64 and these loops differ in the order of their sums alone; the raw preset's arms amplify that.
constexpr double kExactTolerance = 1e-9;
constexpr double kExactArmTolerance = 1e-6;

std::vector<double> widened(const std::vector<float>& values) { return {values.begin(), values.end()}; }

class GoldenReferencePretext : public ::testing::TestWithParam<golden::PretextCase> {};

TEST_P(GoldenReferencePretext, StepsAgreeWithKeras) {
  QUARTERTURN_REQUIRE_GOLDEN_IMAGES();
  const auto& [biases, preset] = GetParam();
  const Fixtures& fixtures = Fixtures::get();
  const golden::Run keras = fixtures.run("pretext", biases, preset);
  const RotationRows rows(fixtures.pretext_count);
  ASSERT_EQ(keras.float64.steps.size(), 20U);

  reference::RotNet net{4, widened(golden::rotnet_parameters(golden::initial(biases)))};
  ASSERT_EQ(net.parameters.size(), reference::kRotNetParameters);
  reference::Adam adam(reference::kRotNetParameters);
  for (std::size_t step = 0; step < kPretextSteps; ++step) {
    const std::size_t first = step * keras.batch;
    const std::size_t count = std::min(keras.batch, rows.image.size() - first);
    const std::span turns = std::span(rows.turn).subspan(first, count);
    adam.learning_rate = keras_learning_rate(adam, 0.001);
    const reference::Loss loss =
        net.train_step(reference::make_batch(fixtures.images.pixels.data(), std::span(rows.image).subspan(first, count),
                                             turns, turns, golden::preset_of(preset)),
                       adam);
    const std::string what = "step " + std::to_string(step + 1);
    const auto n = static_cast<double>(count);
    const std::vector<double>& exact = keras.float64.steps[step];
    const std::vector<double>& rounded = keras.float32.steps[step];
    golden::expect_near(loss.sum, loss.correct, n, exact[0], exact[1], kExactTolerance, 0, what + " against float64");
    golden::expect_near(loss.sum, loss.correct, n, rounded[0], rounded[1], golden::kLossTolerance, 0,
                        what + " against float32");
  }
}

INSTANTIATE_TEST_SUITE_P(Keras, GoldenReferencePretext,
                         ::testing::Combine(::testing::Values("zero", "spread"), ::testing::Values("unit", "notebook")),
                         golden::pretext_name);

class GoldenReferenceJigsaw : public ::testing::TestWithParam<const char*> {};

TEST_P(GoldenReferenceJigsaw, StepsAgreeWithKeras) {
  QUARTERTURN_REQUIRE_GOLDEN_IMAGES();
  const golden::Jigsaw jigsaw;
  const golden::Run& keras = jigsaw.runs.at(GetParam());
  const PretextTask& task = *pretext_task_named("jigsaw");
  const std::vector<PixelMap> maps = maps_of(task);
  const RotationRows rows(jigsaw.images, static_cast<std::uint8_t>(task.classes));

  reference::RotNet net{task.classes, widened(jigsaw.start)};
  ASSERT_EQ(net.parameters.size(), reference::rotnet_parameters(task.classes));
  reference::Adam adam(net.parameters.size());
  for (std::size_t step = 0; step < std::min(kPretextSteps, keras.float64.steps.size()); ++step) {
    const std::size_t first = step * keras.batch;
    const std::size_t count = std::min(keras.batch, rows.image.size() - first);
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint32_t> image;
    for (std::size_t r = first; r < first + count; ++r) {
      const auto puzzle = mapped(Fixtures::get().images.image(rows.image[r]), maps[rows.turn[r]]);
      pixels.insert(pixels.end(), puzzle.begin(), puzzle.end());
      image.push_back(static_cast<std::uint32_t>(r - first));
    }
    adam.learning_rate = keras_learning_rate(adam, 0.001);
    const reference::Loss loss =
        net.train_step(reference::make_batch(pixels.data(), image, {}, std::span(rows.turn).subspan(first, count),
                                             golden::preset_of(GetParam())),
                       adam);
    const std::string what = "step " + std::to_string(step + 1);
    const auto n = static_cast<double>(count);
    const std::vector<double>& exact = keras.float64.steps[step];
    golden::expect_near(loss.sum, loss.correct, n, exact[0], exact[1], kExactTolerance, 0, what + " against float64");
  }
}

INSTANTIATE_TEST_SUITE_P(Keras, GoldenReferenceJigsaw, ::testing::Values("unit", "notebook"),
                         [](const auto& instance) { return std::string(instance.param); });

class GoldenReferenceArm : public ::testing::TestWithParam<golden::ArmCase> {};

TEST_P(GoldenReferenceArm, EpochsAgreeWithKeras) {
  QUARTERTURN_REQUIRE_GOLDEN_IMAGES();
  const auto& [arm, biases, preset] = GetParam();
  const Fixtures& fixtures = Fixtures::get();
  const golden::Run keras = fixtures.run(arm, biases, preset);
  const ArmRows rows(fixtures);
  ASSERT_EQ(keras.float64.epochs.size(), 3U);
  const bool frozen = !golden::trains_trunk(arm);

  reference::Classifier net{widened(golden::arm_parameters(arm, biases, preset))};
  ASSERT_EQ(net.parameters.size(), reference::kClassifierParameters);
  reference::Head head;
  std::copy(net.parameters.begin() + reference::kTrunkParameters, net.parameters.end(), head.parameters.begin());

  const auto batch_of = [&](std::size_t first, std::size_t count) {
    return reference::make_batch(fixtures.images.pixels.data(), std::span(rows.image).subspan(first, count), {},
                                 rows.label.subspan(first, count), golden::preset_of(preset));
  };
  const std::vector<double> features = frozen ? net.features(batch_of(0, ArmRows::kAll)) : std::vector<double>{};
  const auto features_of = [&](std::size_t first, std::size_t count) {
    return std::span(features).subspan(first * reference::kFeatures, count * reference::kFeatures);
  };

  reference::Sgd sgd(frozen ? reference::kHeadParameters : reference::kClassifierParameters);
  sgd.momentum = kKerasMomentum;
  reference::Adam adam(reference::kClassifierParameters);
  const auto train = [&](std::size_t first, std::size_t count) {
    if (frozen) return head.train_step(features_of(first, count), rows.label.subspan(first, count), sgd);
    if (arm == "supervised") return net.train_step(batch_of(first, count), sgd);
    adam.learning_rate = keras_learning_rate(adam, 0.001);
    return net.train_step(batch_of(first, count), adam);
  };
  constexpr std::size_t kHeldOut = ArmRows::kAll - ArmRows::kTrain;
  std::size_t step = 0;
  for (std::size_t epoch = 0; epoch < keras.float64.epochs.size(); ++epoch) {
    reference::Loss training;
    for (std::size_t first = 0; first < ArmRows::kTrain; first += keras.batch, ++step) {
      if (step >= kArmSteps) return;
      const std::size_t count = std::min(keras.batch, ArmRows::kTrain - first);
      const reference::Loss loss = train(first, count);
      training.sum += loss.sum;
      training.correct += loss.correct;
      golden::expect_near(loss.sum, loss.correct, static_cast<double>(count), keras.float64.steps[step][0],
                          keras.float64.steps[step][1], kExactArmTolerance, 0, "step " + std::to_string(step + 1));
    }
    const reference::Loss validation =
        frozen ? head.loss(features_of(ArmRows::kTrain, kHeldOut), rows.label.subspan(ArmRows::kTrain, kHeldOut))
               : net.loss(batch_of(ArmRows::kTrain, kHeldOut));
    const std::vector<double>& row = keras.float64.epochs[epoch];
    const std::string what = "epoch " + std::to_string(epoch + 1);
    golden::expect_near(training.sum, training.correct, ArmRows::kTrain, row[0], row[1], kExactArmTolerance, 0, what);
    golden::expect_near(validation.sum, validation.correct, kHeldOut, row[2], row[3], kExactArmTolerance, 0,
                        what + " validation");
  }
}

INSTANTIATE_TEST_SUITE_P(Keras, GoldenReferenceArm,
                         ::testing::Combine(::testing::Values("self_supervised", "random", "supervised",
                                                              "supervised_adam"),
                                            ::testing::Values("zero", "spread"), ::testing::Values("unit", "notebook")),
                         golden::arm_name);

}  // namespace
}  // namespace quarterturn
