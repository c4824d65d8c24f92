#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "analysis/activations.hpp"
#include "reference/networks.hpp"
#include "training_support.hpp"

namespace quarterturn {
namespace {

/// Initial weights with biases that are not zero, so that a lost one is seen.
Network network() {
  Network rotnet = Network::pretext(5);
  for (const TensorInfo& tensor : tensors(kRotNet)) {
    if (tensor.rank != 1) continue;
    for (std::size_t i = 0; i < tensor.size(); ++i) {
      rotnet.parameters()[tensor.offset + i] = 0.02F * static_cast<float>(i % 7) - 0.05F;
    }
  }
  return rotnet;
}

void expect_near(const std::vector<float>& got, const std::vector<double>& expected) {
  ASSERT_EQ(got.size(), expected.size());
  const double largest = *std::max_element(expected.begin(), expected.end());
  ASSERT_GT(largest, 0.0) << "nothing is active";
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], 1e-5 * largest) << i;
}

TEST(Activations, AgreeWithTheReferenceForEveryTurnAndPreset) {
  const Network rotnet = network();
  const std::span<const float> trunk = rotnet.parameters().first(kTrunkParameters);
  const std::vector<double> exact(trunk.begin(), trunk.end());
  const Dataset& digits = testing::small_data().test;
  for (const Preset preset : {Preset::unit, Preset::notebook}) {
    for (std::uint8_t turn = 0; turn < 4; ++turn) {
      const std::uint32_t index = turn;
      const reference::Batch batch =
          reference::make_batch(digits.pixels.data(), std::span(&index, 1), std::span(&turn, 1), {}, preset);
      const reference::Trunk expected = reference::trunk_forward(exact, batch.input);
      const Activations got = activations(trunk, digits.image(index), turn, preset);
      expect_near(got.stage1, expected.pool1);
      expect_near(got.stage2, expected.pool2);
    }
  }
}

TEST(Activations, SecondStageIsTheFeatures) {
  const Network rotnet = network();
  const std::span<const float> trunk = rotnet.parameters().first(kTrunkParameters);
  const Dataset& digits = testing::small_data().test;
  const std::uint32_t index = 3;
  ImageBatch batch;
  batch.pixels = digits.pixels.data();
  batch.image = std::span(&index, 1);
  std::vector<float> features(kFeatures);
  const auto compute = testing::make_compute();
  extract_features(*compute, trunk, batch, features);
  const Activations got = activations(trunk, digits.image(index), 0, Preset::unit);
  expect_near(got.stage2, std::vector<double>(features.begin(), features.end()));
}

TEST(Activations, ABlackImageGivesTheBiasesAlone) {
  const Network rotnet = network();
  const std::vector<std::uint8_t> black(kImagePixels);
  const Activations got = activations(rotnet.parameters().first(kTrunkParameters), black, 0, Preset::unit);
  for (std::size_t i = 0; i < got.stage1.size(); ++i) {
    EXPECT_EQ(got.stage1[i], std::max(0.0F, 0.02F * static_cast<float>(i % 64 % 7) - 0.05F));
  }
}

}  // namespace
}  // namespace quarterturn
