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

#include "golden_fixtures.hpp"
#include "models/networks.hpp"

namespace quarterturn {
namespace {

using golden::ArmRows;
using golden::Fixtures;
using golden::RotationRows;

// A row whose two largest logits lie within rounding of each other may fall either way.
constexpr double kRowsOff = 1;

// How far from Keras' last weights the engine may end, as a part of the way that they went. Adam's first steps follow a
// gradient's sign alone, so the few weights whose gradient is rounding noise go where they like (2.6e-3 of the way
// seen).
constexpr double kEndDistance = 1e-2;

// With raw pixels the arms double a rounding error every step or two, and one pre-activation that falls to the other
// side of zero is enough to start it: they are compared over their first steps, at least and at most so many.
constexpr std::size_t kLeastRawSteps = 7;
constexpr std::size_t kMostRawSteps = 12;

std::vector<std::unique_ptr<Compute>> computes() {
  std::vector<std::unique_ptr<Compute>> all;
  for (const std::string_view isa : Compute::available_isas()) {
    auto compute = Compute::create({.threads = 2, .isa = isa});
    EXPECT_TRUE(compute.ok()) << (compute.ok() ? "" : compute.error().message);
    if (compute.ok()) all.push_back(std::move(compute).value());
  }
  EXPECT_FALSE(all.empty());
  return all;
}

template <class Network>
void set_parameters(Network& network, std::span<const float> values) {
  ASSERT_EQ(values.size(), Network::kParameters);
  std::copy(values.begin(), values.end(), network.parameters().begin());
}

class GoldenEnginePretext : public ::testing::TestWithParam<golden::PretextCase> {};

TEST_P(GoldenEnginePretext, StepsAgreeWithKeras) {
  QUARTERTURN_REQUIRE_GOLDEN_IMAGES();
  const auto& [biases, preset] = GetParam();
  const Fixtures& fixtures = Fixtures::get();
  const golden::Run keras = fixtures.run("pretext", biases, preset);
  const RotationRows rows(fixtures.pretext_count);
  ASSERT_EQ(keras.steady_steps(), 20U) << "Keras itself does not repeat this run in another precision";
  const std::vector<float> start = golden::rotnet_parameters(golden::initial(biases));
  const std::vector<float> end = golden::rotnet_parameters(golden::trained(biases, preset));

  for (const auto& compute : computes()) {
    const std::string isa(compute->isa());
    RotNet net(1);
    set_parameters(net, start);
    Adam adam(RotNet::kParameters);
    for (std::size_t step = 0; step < keras.float32.steps.size(); ++step) {
      const std::size_t first = step * keras.batch;
      const std::size_t count = std::min(keras.batch, rows.image.size() - first);
      const std::span turns = std::span(rows.turn).subspan(first, count);
      const BatchResult result =
          net.train_step(*compute,
                         {fixtures.images.pixels.data(), std::span(rows.image).subspan(first, count), turns, turns,
                          golden::preset_of(preset)},
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
    EXPECT_LT(std::sqrt(distance), kEndDistance * std::sqrt(way)) << isa << ", weights after the last step";
  }
}

INSTANTIATE_TEST_SUITE_P(Keras, GoldenEnginePretext,
                         ::testing::Combine(::testing::Values("zero", "spread"), ::testing::Values("unit", "notebook")),
                         golden::pretext_name);

class GoldenEngineArm : public ::testing::TestWithParam<golden::ArmCase> {};

TEST_P(GoldenEngineArm, EpochsAgreeWithKeras) {
  QUARTERTURN_REQUIRE_GOLDEN_IMAGES();
  const auto& [arm, biases, preset] = GetParam();
  const Fixtures& fixtures = Fixtures::get();
  const golden::Run keras = fixtures.run(arm, biases, preset);
  const ArmRows rows(fixtures);
  const bool frozen = arm != "supervised";
  const std::vector<float> start = golden::arm_parameters(arm, biases, preset);
  ASSERT_EQ(start.size(), Classifier::kParameters);
  const bool raw = preset == "notebook";
  const std::size_t steady_steps = raw ? std::min(keras.steady_steps(), kMostRawSteps) : keras.steady_steps();
  ASSERT_GE(steady_steps, raw ? kLeastRawSteps : keras.float32.steps.size())
      << "Keras itself does not repeat this run in another precision";

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
    Classifier net(1);
    set_parameters(net, start);
    Head head(1, RandomPurpose::random_head_weights);
    set_parameters(head, std::span(start).subspan(kTrunkParameters));
    std::vector<float> features(frozen ? ArmRows::kAll * kFeatures : 0);
    if (frozen) {
      extract_features(*compute, net.parameters().first(kTrunkParameters), images_of(0, ArmRows::kAll), features);
    }
    const auto features_of = [&](std::size_t first, std::size_t count) {
      return FeatureBatch{features.data(), std::span(feature_rows).subspan(first, count),
                          rows.label.subspan(first, count)};
    };

    Sgd sgd(frozen ? Head::kParameters : Classifier::kParameters);
    constexpr std::size_t kHeldOut = ArmRows::kAll - ArmRows::kTrain;
    std::size_t step = 0;
    for (std::size_t epoch = 0; step < steady_steps; ++epoch) {
      BatchResult training;
      for (std::size_t first = 0; first < ArmRows::kTrain && step < steady_steps; first += keras.batch, ++step) {
        const std::size_t count = std::min(keras.batch, ArmRows::kTrain - first);
        const BatchResult result = frozen ? head.train_step(*compute, features_of(first, count), sgd)
                                          : net.train_step(*compute, images_of(first, count), sgd);
        training.loss_sum += result.loss_sum;
        training.correct += result.correct;
        golden::expect_near(result.loss_sum, result.correct, static_cast<double>(count), keras.float32.steps[step][0],
                            keras.float32.steps[step][1], golden::kLossTolerance, kRowsOff,
                            isa + ", step " + std::to_string(step + 1));
      }
      if (raw || !keras.steady_epoch(epoch)) break;
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
                         ::testing::Combine(::testing::Values("self_supervised", "random", "supervised"),
                                            ::testing::Values("zero", "spread"), ::testing::Values("unit", "notebook")),
                         golden::arm_name);

}  // namespace
}  // namespace quarterturn
