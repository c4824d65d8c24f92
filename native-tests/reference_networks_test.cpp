// The double-precision networks: rows against numpy.rot90, gradients against central finite differences, steps
// against the optimiser's formula.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/philox.hpp"
#include "reference/networks.hpp"

namespace quarterturn::reference {
namespace {

using Values = std::vector<double>;

void fill_random(std::span<double> values, double spread, std::uint32_t stream) {
  const Philox random(11, RandomPurpose::test, stream);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = spread * (2.0 * static_cast<double>(random.uniform(i)) - 1.0);
  }
}

struct Images {
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint32_t> image;
  std::vector<std::uint8_t> turn;
  std::vector<std::uint8_t> label;
};

// Noise without blank regions: every pre-activation is different, so no tie and no exact zero spoils a difference.
Images noise_images(std::size_t rows, unsigned classes) {
  const Philox random(12, RandomPurpose::test);
  Images images;
  images.pixels.resize(rows * kImagePixels);
  for (std::size_t i = 0; i < images.pixels.size(); ++i) {
    images.pixels[i] = static_cast<std::uint8_t>(random.bits(i) >> 24);
  }
  for (std::uint32_t r = 0; r < rows; ++r) {
    images.image.push_back(r);
    images.turn.push_back(static_cast<std::uint8_t>(r % 4));
    images.label.push_back(static_cast<std::uint8_t>((3 * r + 1) % classes));
  }
  return images;
}

Batch batch_of(const Images& images, Preset preset) {
  return make_batch(images.pixels.data(), images.image, images.turn, images.label, preset);
}

// A sample of each layer's parameters, spread over the layer: {first, count} in the parameter buffer.
struct Section {
  std::string name;
  std::size_t first;
  std::size_t count;
};

void expect_sampled_differences(Values& parameters, const Values& gradient, const std::vector<Section>& sections,
                                const std::function<double()>& mean_loss) {
  constexpr double kStep = 1e-7;
  constexpr std::size_t kSamples = 24;
  for (const Section& section : sections) {
    double largest = 0.0;
    for (std::size_t i = 0; i < section.count; ++i) largest = std::max(largest, std::abs(gradient[section.first + i]));
    ASSERT_GT(largest, 1e-4) << section.name << ": the gradient vanishes, the check would be empty";
    for (std::size_t sample = 0; sample < std::min(kSamples, section.count); ++sample) {
      const std::size_t i = section.first + sample * section.count / std::min(kSamples, section.count);
      const double held = parameters[i];
      parameters[i] = held + kStep;
      const double above = mean_loss();
      parameters[i] = held - kStep;
      const double below = mean_loss();
      parameters[i] = held;
      EXPECT_NEAR(gradient[i], (above - below) / (2.0 * kStep), 1e-5 * largest) << section.name << ", parameter " << i;
    }
  }
}

const std::vector<Section> kTrunkSections = {
    {"conv1.kernel", 0, 576}, {"conv1.bias", 576, 64}, {"conv2.kernel", 640, 18432}, {"conv2.bias", 19072, 32}};

std::vector<Section> with_trunk(std::vector<Section> sections) {
  sections.insert(sections.begin(), kTrunkSections.begin(), kTrunkSections.end());
  return sections;
}

TEST(ReferenceBatch, TurnsAsNumpyRot90) {
  // Marks at (0,0) = 1, (0,1) = 2, (1,0) = 3. One turn counter-clockwise carries (y,x) to (27-x, y).
  std::vector<std::uint8_t> pixels(2 * kImagePixels);
  std::uint8_t* image = pixels.data() + kImagePixels;
  image[0] = 1;
  image[1] = 2;
  image[28] = 3;
  const std::vector<std::uint32_t> rows = {1, 1, 1, 1};
  const std::vector<std::uint8_t> turns = {0, 1, 2, 3};
  const Batch batch = make_batch(pixels.data(), rows, turns, turns, Preset::notebook);
  ASSERT_EQ(batch.rows(), 4U);
  const auto at = [&](std::size_t row, std::size_t y, std::size_t x) {
    return batch.input[row * kImagePixels + y * kImageSide + x];
  };
  EXPECT_EQ((Values{at(0, 0, 0), at(0, 0, 1), at(0, 1, 0)}), (Values{1, 2, 3}));
  EXPECT_EQ((Values{at(1, 27, 0), at(1, 26, 0), at(1, 27, 1)}), (Values{1, 2, 3}));
  EXPECT_EQ((Values{at(2, 27, 27), at(2, 27, 26), at(2, 26, 27)}), (Values{1, 2, 3}));
  EXPECT_EQ((Values{at(3, 0, 27), at(3, 1, 27), at(3, 0, 26)}), (Values{1, 2, 3}));
  double sum = 0.0;
  for (const double pixel : batch.input) sum += pixel;
  EXPECT_EQ(sum, 24.0);
}

TEST(ReferenceBatch, PresetScalesPixels) {
  std::vector<std::uint8_t> pixels(kImagePixels, 51);
  const std::vector<std::uint32_t> rows = {0};
  EXPECT_EQ(make_batch(pixels.data(), rows, {}, {}, Preset::notebook).input[5], 51.0);
  EXPECT_EQ(make_batch(pixels.data(), rows, {}, {}, Preset::unit).input[5], 0.2);
}

TEST(ReferenceRotNet, FiniteDifferences) {
  const Images images = noise_images(3, 4);
  const Batch batch = batch_of(images, Preset::unit);
  RotNet net;
  fill_random(net.parameters, 0.15, 1);
  Values gradient(kRotNetParameters, -1.0);
  const Loss loss = net.gradient(batch, gradient);
  EXPECT_EQ(loss.sum, net.loss(batch).sum);
  expect_sampled_differences(net.parameters, gradient,
                             with_trunk({{"conv3.kernel", 19104, 4608},
                                         {"conv3.bias", 23712, 16},
                                         {"dense.kernel", 23728, 256},
                                         {"dense.bias", 23984, 4}}),
                             [&] { return net.loss(batch).sum / 3.0; });
}

TEST(ReferenceRotNet, FiniteDifferencesWithTwentyFourVariants) {
  const Images images = noise_images(3, 24);
  const Batch batch = batch_of(images, Preset::unit);
  RotNet net{24};
  fill_random(net.parameters, 0.15, 8);
  Values gradient(net.parameters.size(), -1.0);
  net.gradient(batch, gradient);
  expect_sampled_differences(net.parameters, gradient,
                             with_trunk({{"conv3.kernel", 19104, 4608},
                                         {"conv3.bias", 23712, 16},
                                         {"dense.kernel", 23728, 1536},
                                         {"dense.bias", 25264, 24}}),
                             [&] { return net.loss(batch).sum / 3.0; });
}

TEST(ReferenceClassifier, FiniteDifferences) {
  const Images images = noise_images(2, 10);
  const Batch batch = batch_of(images, Preset::unit);
  Classifier net;
  fill_random(net.parameters, 0.15, 2);
  Values gradient(kClassifierParameters, -1.0);
  const Loss loss = net.gradient(batch, gradient);
  EXPECT_EQ(loss.sum, net.loss(batch).sum);
  expect_sampled_differences(net.parameters, gradient,
                             with_trunk({{"head.kernel", 19104, 2880}, {"head.bias", 21984, 10}}),
                             [&] { return net.loss(batch).sum / 2.0; });
}

TEST(ReferenceHead, GradientIsTheClassifiersHeadPart) {
  const Images images = noise_images(5, 10);
  const Batch batch = batch_of(images, Preset::unit);
  Classifier net;
  fill_random(net.parameters, 0.15, 3);
  Values whole(kClassifierParameters);
  const Loss expected = net.gradient(batch, whole);

  Head head;
  std::copy(net.parameters.begin() + kTrunkParameters, net.parameters.end(), head.parameters.begin());
  const Values features = net.features(batch);
  ASSERT_EQ(features.size(), 5 * kFeatures);
  Values gradient(kHeadParameters);
  const Loss loss = head.gradient(features, images.label, gradient);
  EXPECT_EQ(loss.sum, expected.sum);
  EXPECT_EQ(loss.correct, expected.correct);
  EXPECT_EQ(gradient, Values(whole.begin() + kTrunkParameters, whole.end()));
}

// A row's logits and gradient do not depend on its neighbours: the batch's gradient is the mean of its rows'.
TEST(ReferenceRotNet, BatchGradientIsTheMeanOfRows) {
  Images images = noise_images(3, 4);
  std::fill(images.pixels.begin(), images.pixels.begin() + 400, std::uint8_t{0});
  RotNet net;
  fill_random(net.parameters, 0.15, 4);
  Values whole(kRotNetParameters);
  const Loss loss = net.gradient(batch_of(images, Preset::unit), whole);
  Values mean(kRotNetParameters);
  double sum = 0.0;
  for (std::size_t r = 0; r < 3; ++r) {
    Images one = images;
    one.image = {images.image[r]};
    one.turn = {images.turn[r]};
    one.label = {images.label[r]};
    Values gradient(kRotNetParameters);
    sum += net.gradient(batch_of(one, Preset::unit), gradient).sum;
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += gradient[i] / 3.0;
  }
  EXPECT_NEAR(loss.sum, sum, 1e-12 * sum);
  for (std::size_t i = 0; i < mean.size(); ++i) ASSERT_NEAR(whole[i], mean[i], 1e-12) << "parameter " << i;
}

// With zero biases a blank image gives exactly-zero pre-activations everywhere. ReLU passes no gradient at zero, so
// only the last bias can learn from it.
TEST(ReferenceRotNet, BlankImageWithZeroBiasesMovesOnlyTheLastBias) {
  Images images = noise_images(2, 4);
  std::fill(images.pixels.begin(), images.pixels.end(), std::uint8_t{0});
  RotNet net;
  fill_random(net.parameters, 0.15, 5);
  for (const auto& [first, count] :
       std::vector<std::pair<std::size_t, std::size_t>>{{576, 64}, {19072, 32}, {23712, 16}, {23984, 4}}) {
    std::fill_n(net.parameters.begin() + static_cast<std::ptrdiff_t>(first), count, 0.0);
  }
  Values gradient(kRotNetParameters, -1.0);
  const Loss loss = net.gradient(batch_of(images, Preset::unit), gradient);
  EXPECT_NEAR(loss.sum, 2.0 * std::log(4.0), 1e-14);
  for (std::size_t i = 0; i < 23984; ++i) ASSERT_EQ(gradient[i], 0.0) << "parameter " << i;
  // Mean over labels 1 and 0 of 1/4 - one_hot.
  const Values expected = {-0.25, -0.25, 0.25, 0.25};
  for (std::size_t c = 0; c < 4; ++c) EXPECT_NEAR(gradient[23984 + c], expected[c], 1e-15);
}

TEST(ReferenceRotNet, TrainStepIsGradientThenAdam) {
  const Batch batch = batch_of(noise_images(2, 4), Preset::unit);
  RotNet net;
  fill_random(net.parameters, 0.15, 6);
  const Values before = net.parameters;
  Values gradient(kRotNetParameters);
  const Loss expected = net.gradient(batch, gradient);
  Adam adam(kRotNetParameters);
  const Loss loss = net.train_step(batch, adam);
  EXPECT_EQ(loss.sum, expected.sum);
  for (std::size_t i = 0; i < before.size(); ++i) {
    // First step: lr sqrt(1 - b2) / (1 - b1) * (1 - b1) g / (sqrt((1 - b2) g^2) + eps)
    const double root = std::sqrt(0.001);
    const double step = 0.001 * root * gradient[i] / (root * std::abs(gradient[i]) + 1e-7);
    ASSERT_NEAR(net.parameters[i], before[i] - step, 1e-12) << "parameter " << i;
  }
}

TEST(ReferenceClassifier, StepsLowerTheLoss) {
  const Batch batch = batch_of(noise_images(4, 10), Preset::unit);
  Classifier net;
  fill_random(net.parameters, 0.1, 7);
  Sgd sgd(kClassifierParameters);
  const double first = net.train_step(batch, sgd).sum;
  for (int step = 0; step < 5; ++step) net.train_step(batch, sgd);
  EXPECT_LT(net.loss(batch).sum, first);
}

}  // namespace
}  // namespace quarterturn::reference
