// The engine against Keras: the same weights, images and order must give the same losses within 1e-4 relative, on every
// instruction set that runs here, as long as Keras in float32 agrees with Keras in float64 and with Keras perturbed
// (golden::Run).

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "core/native/message_text.hpp"
#include "golden_fixtures.hpp"
#include "models/networks.hpp"
#include "pretext/task.hpp"

namespace quarterturn {
namespace {

using golden::ArmRows;
using golden::Fixtures;
using golden::RotationRows;

// A row whose two largest logits lie within rounding of each other may fall either way.
constexpr double kRowsOff = 1;

// How far from Keras' last weights the engine may end, in units of the largest distance at which a perturbed run of
// Keras ends, of any pretext run: Adam's first steps follow a gradient's sign alone, so a weight whose gradient is
// rounding noise goes where it likes, and whether a run meets such a weight is chance. A float32 program rounds in
// every step, the perturbed runs are only begun with noise: the factor is that between kLossTolerance and kSteady.
constexpr double kEndFactor = golden::kLossTolerance / golden::kSteady;

double largest_perturbed_end(const Fixtures& fixtures) {
  double largest = 0.0;
  for (const char* biases : {"zero", "spread"}) {
    for (const char* preset : {"unit", "notebook"}) {
      largest = std::max(largest, fixtures.run("pretext", biases, preset).perturbed.end);
    }
  }
  return largest;
}

// With raw pixels the frozen arms are steady at least this long. The self-supervised head's first epoch has 13 steps.
constexpr std::size_t kLeastSelfSupervisedSteps = 13;
constexpr std::size_t kLeastRandomSteps = 12;
// With Adam a weight whose gradient is rounding noise goes where it likes, and a run that meets one leaves the others.
constexpr std::size_t kLeastAdamSteps = 25;  // the first epoch
constexpr std::size_t kLeastRawAdamSteps = 11;

std::vector<std::unique_ptr<Compute>> computes() {
  std::vector<std::unique_ptr<Compute>> all;
  for (const std::string_view isa : Compute::available_isas()) {
    auto compute = Compute::create({.threads = 2, .isa = isa});
    EXPECT_TRUE(compute.ok()) << (compute.ok() ? "" : message_text(compute.error()));
    if (compute.ok()) all.push_back(std::move(compute).value());
  }
  EXPECT_FALSE(all.empty());
  return all;
}

void set_parameters(Network& network, std::span<const float> values) {
  ASSERT_EQ(values.size(), network.parameters().size());
  std::copy(values.begin(), values.end(), network.parameters().begin());
}

class GoldenEnginePretext : public ::testing::TestWithParam<golden::PretextCase> {};

TEST_P(GoldenEnginePretext, StepsAgreeWithKeras) {
  QUARTERTURN_REQUIRE_GOLDEN_IMAGES();
  const auto& [biases, preset] = GetParam();
  const Fixtures& fixtures = Fixtures::get();
  const golden::Run keras = fixtures.run("pretext", biases, preset);
  const RotationRows rows(fixtures.pretext_count);
  ASSERT_EQ(keras.steady_steps(golden::kSteadyPretext), 20U)
      << "Keras itself does not repeat this run in another precision";
  const std::vector<float> start = golden::rotnet_parameters(golden::initial(biases));
  const std::vector<float> end = golden::rotnet_parameters(golden::trained(biases, preset));

  const double largest_end = largest_perturbed_end(fixtures);

  for (const auto& compute : computes()) {
    const std::string isa(compute->isa());
    Network net = Network::pretext(1);
    set_parameters(net, start);
    Optimizer adam(OptimizerKind::adam, kRotNet.parameters());
    for (std::size_t step = 0; step < keras.float32.steps.size(); ++step) {
      const std::size_t first = step * keras.batch;
      const std::size_t count = std::min(keras.batch, rows.image.size() - first);
      const std::span turns = std::span(rows.turn).subspan(first, count);
      const BatchResult result =
          net.train_step(*compute,
                         ImageBatch{fixtures.images.pixels.data(), std::span(rows.image).subspan(first, count), turns,
                                    turns, golden::preset_of(preset)},
                         adam);
      golden::expect_near(result.loss_sum, result.correct, static_cast<double>(count), keras.float32.steps[step][0],
                          keras.float32.steps[step][1], golden::kLossTolerance, kRowsOff,
                          isa + ", step " + std::to_string(step + 1));
    }
    // The way that the weights went, as a whole.
    double distance = 0.0;
    double way = 0.0;
    for (std::size_t i = 0; i < end.size(); ++i) {
      distance += std::pow(static_cast<double>(net.parameters()[i]) - end[i], 2);
      way += std::pow(static_cast<double>(end[i]) - start[i], 2);
    }
    EXPECT_LT(std::sqrt(distance), kEndFactor * largest_end * std::sqrt(way)) << isa << ", weights after the last step";
  }
}

INSTANTIATE_TEST_SUITE_P(Keras, GoldenEnginePretext,
                         ::testing::Combine(::testing::Values("zero", "spread"), ::testing::Values("unit", "notebook")),
                         golden::pretext_name);

class GoldenEngineJigsaw : public ::testing::TestWithParam<const char*> {};

TEST_P(GoldenEngineJigsaw, StepsAgreeWithKeras) {
  QUARTERTURN_REQUIRE_GOLDEN_IMAGES();
  const golden::Jigsaw jigsaw;
  const golden::Run& keras = jigsaw.runs.at(GetParam());
  const PretextTask& task = *pretext_task_named("jigsaw");
  const std::vector<PixelMap> maps = maps_of(task);
  const RotationRows rows(jigsaw.images, static_cast<std::uint8_t>(task.classes));
  ASSERT_EQ(keras.float32.steps.size(), 20U);
  ASSERT_EQ(keras.steady_steps(golden::kSteadyPretext), 20U)
      << "Keras itself does not repeat this run in another precision";
  for (const auto& compute : computes()) {
    Network net = Network::pretext(1, task.classes);
    set_parameters(net, jigsaw.start);
    Optimizer adam(OptimizerKind::adam, net.parameters().size());
    for (std::size_t step = 0; step < keras.float32.steps.size(); ++step) {
      const std::size_t first = step * keras.batch;
      const std::size_t count = std::min(keras.batch, rows.image.size() - first);
      const std::span orders = std::span(rows.turn).subspan(first, count);
      const ImageBatch batch{Fixtures::get().images.pixels.data(),
                             std::span(rows.image).subspan(first, count),
                             orders,
                             orders,
                             golden::preset_of(GetParam()),
                             maps};
      const BatchResult result = net.train_step(*compute, batch, adam);
      golden::expect_near(result.loss_sum, result.correct, static_cast<double>(count), keras.float32.steps[step][0],
                          keras.float32.steps[step][1], golden::kLossTolerance, kRowsOff,
                          std::string(compute->isa()) + ", step " + std::to_string(step + 1));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Keras, GoldenEngineJigsaw, ::testing::Values("unit", "notebook"),
                         [](const auto& instance) { return std::string(instance.param); });

class GoldenEngineArm : public ::testing::TestWithParam<golden::ArmCase> {};

TEST_P(GoldenEngineArm, EpochsAgreeWithKeras) {
  QUARTERTURN_REQUIRE_GOLDEN_IMAGES();
  const auto& [arm, biases, preset] = GetParam();
  const Fixtures& fixtures = Fixtures::get();
  const golden::Run keras = fixtures.run(arm, biases, preset);
  const ArmRows rows(fixtures);
  const bool frozen = !golden::trains_trunk(arm);
  const std::vector<float> start = golden::arm_parameters(arm, biases, preset);
  ASSERT_EQ(start.size(), kClassifier.parameters());
  const std::size_t steady_steps = keras.steady_steps();
  const std::size_t least = arm == "supervised_adam"      ? preset == "unit" ? kLeastAdamSteps : kLeastRawAdamSteps
                            : preset == "unit" || !frozen ? keras.float32.steps.size()
                            : arm == "self_supervised"    ? kLeastSelfSupervisedSteps
                                                          : kLeastRandomSteps;
  ASSERT_GE(steady_steps, least) << "Keras itself does not repeat this run in another precision";
  // Adam divides even the smallest gradients by their own size, so the noise of Winograd's transforms grows faster than
  // that of the other precision by which steady_steps is found; the twin is held to all of them.
  const std::size_t steps = arm == "supervised_adam" ? least : steady_steps;

  const auto images_of = [&](std::size_t first, std::size_t count) {
    return ImageBatch{fixtures.images.pixels.data(),
                      std::span(rows.image).subspan(first, count),
                      {},
                      rows.label.subspan(first, count),
                      golden::preset_of(preset)};
  };
  std::vector<std::uint32_t> feature_rows(ArmRows::kAll);
  std::iota(feature_rows.begin(), feature_rows.end(), 0U);

  for (const auto& compute : computes()) {
    const std::string isa(compute->isa());
    Network net = Network::classifier(1);
    set_parameters(net, start);
    Network head = Network::head(1, RandomPurpose::random_head_weights);
    set_parameters(head, std::span(start).subspan(kTrunkParameters));
    std::vector<float> features(frozen ? ArmRows::kAll * kFeatures : 0);
    if (frozen) {
      extract_features(*compute, net.parameters().first(kTrunkParameters), images_of(0, ArmRows::kAll), features);
    }
    const auto features_of = [&](std::size_t first, std::size_t count) {
      return FeatureBatch{features.data(), std::span(feature_rows).subspan(first, count),
                          rows.label.subspan(first, count)};
    };

    Optimizer optimizer(arm == "supervised_adam" ? OptimizerKind::adam : OptimizerKind::sgd,
                        frozen ? kHead.parameters() : kClassifier.parameters());
    constexpr std::size_t kHeldOut = ArmRows::kAll - ArmRows::kTrain;
    std::size_t step = 0;
    for (std::size_t epoch = 0; step < steps; ++epoch) {
      BatchResult training;
      for (std::size_t first = 0; first < ArmRows::kTrain && step < steps; first += keras.batch, ++step) {
        const std::size_t count = std::min(keras.batch, ArmRows::kTrain - first);
        const BatchResult result = frozen ? head.train_step(*compute, features_of(first, count), optimizer)
                                          : net.train_step(*compute, images_of(first, count), optimizer);
        training.loss_sum += result.loss_sum;
        training.correct += result.correct;
        golden::expect_near(result.loss_sum, result.correct, static_cast<double>(count), keras.float32.steps[step][0],
                            keras.float32.steps[step][1], golden::kLossTolerance, kRowsOff,
                            isa + ", step " + std::to_string(step + 1));
      }
      if (!keras.steady_epoch(epoch)) break;
      const BatchResult validation = frozen ? head.evaluate(*compute, features_of(ArmRows::kTrain, kHeldOut))
                                            : net.evaluate(*compute, images_of(ArmRows::kTrain, kHeldOut));
      const std::vector<double>& row = keras.float32.epochs[epoch];
      const std::string what = isa + ", epoch " + std::to_string(epoch + 1);
      golden::expect_near(training.loss_sum, training.correct, ArmRows::kTrain, row[0], row[1], golden::kLossTolerance,
                          kRowsOff, what);
      golden::expect_near(validation.loss_sum, validation.correct, kHeldOut, row[2], row[3], golden::kLossTolerance,
                          kRowsOff, what + " validation");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Keras, GoldenEngineArm,
                         ::testing::Combine(::testing::Values("self_supervised", "random", "supervised",
                                                              "supervised_adam"),
                                            ::testing::Values("zero", "spread"), ::testing::Values("unit", "notebook")),
                         golden::arm_name);

}  // namespace
}  // namespace quarterturn
