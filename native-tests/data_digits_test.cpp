// The digit generator: the same bytes everywhere, every class, and statistics near MNIST's.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <set>

#include "core/hash.hpp"
#include "core/native/message_text.hpp"
#include "data/digits.hpp"
#include "pretext/quarter_turns.hpp"
#include "pretext/task.hpp"

namespace quarterturn {
namespace {

std::string fingerprint(const Dataset& set) {
  Fnv1a hash;
  hash.add(set.pixels.data(), set.pixels.size());
  hash.add(set.labels.data(), set.labels.size());
  return hash.text();
}

// FNV-1a over the pixels, then the labels, of 1,000 images. Every build, native or WebAssembly, gives these.
TEST(Digits, AreTheSameInEveryBuild) {
  EXPECT_EQ(fingerprint(generate_digits(1, 0, 1000)), "f8ad12c32f6e6a3b");
  EXPECT_EQ(fingerprint(generate_digits(0xFFFFFFFFFFULL, kGeneratedTestIndex, 1000)), "662bef3b3d37cfc6");
}

TEST(Digits, DependOnSeedAndIndexOnly) {
  const Dataset all = generate_digits(5, 0, 40);
  const Dataset part = generate_digits(5, 17, 3);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(std::ranges::equal(part.image(i), all.image(17 + i)));
    EXPECT_EQ(part.labels[i], all.labels[17 + i]);
  }
  EXPECT_NE(generate_digits(6, 0, 40).pixels, all.pixels);
  EXPECT_NE(generate_digits(5 | (1ULL << 32), 0, 40).pixels, all.pixels);
  EXPECT_EQ(generate_digits(5, 0, 0).count(), 0U);
}

TEST(Digits, DoNotDependOnTheOrderOfTheWork) {
  const TaskRunner backwards = [](int tasks, const std::function<void(int)>& body) {
    for (int task = tasks - 1; task >= 0; --task) body(task);
  };
  const Dataset expected = generate_digits(3, 0, 250);
  const Dataset set = generate_digits(3, 0, 250, backwards);
  EXPECT_EQ(set.pixels, expected.pixels);
  EXPECT_EQ(set.labels, expected.labels);
}

TEST(Digits, NoTwoImagesAreAlike) {
  const Dataset set = generate_digits(1, 0, 3000);
  std::set<std::vector<std::uint8_t>> seen;
  for (std::size_t i = 0; i < set.count(); ++i) {
    seen.emplace(set.image(i).begin(), set.image(i).end());
  }
  EXPECT_EQ(seen.size(), set.count());
}

TEST(Digits, EveryClassOccursAboutATenthOfTheTime) {
  const Dataset set = generate_digits(2, 0, 5000);
  std::array<int, 10> counts{};
  for (const std::uint8_t label : set.labels) {
    ASSERT_LT(label, 10);
    ++counts[label];
  }
  for (const int count : counts) {
    EXPECT_NEAR(count, 500, 110);  // five standard deviations of a binomial
  }
}

struct Extent {
  std::size_t x0 = 28, y0 = 28, x1 = 0, y1 = 0;
  double mass = 0, x = 0, y = 0;
};

Extent extent(std::span<const std::uint8_t> image) {
  Extent e;
  for (std::size_t y = 0; y < 28; ++y) {
    for (std::size_t x = 0; x < 28; ++x) {
      const double v = image[y * 28 + x];
      if (v > 0) {
        e.x0 = std::min(e.x0, x);
        e.y0 = std::min(e.y0, y);
        e.x1 = std::max(e.x1, x);
        e.y1 = std::max(e.y1, y);
      }
      e.mass += v;
      e.x += v * static_cast<double>(x);
      e.y += v * static_cast<double>(y);
    }
  }
  e.x /= e.mass;
  e.y /= e.mass;
  return e;
}

// What holds for MNIST's 70,000: the longer side of the ink is 20 and the centre of mass rounds to pixel 14.
TEST(Digits, AreNormalisedAsMnistWas) {
  const Dataset set = generate_digits(1, 0, 3000);
  int on_edge = 0;
  for (std::size_t i = 0; i < set.count(); ++i) {
    const Extent e = extent(set.image(i));
    EXPECT_EQ(std::max(e.x1 - e.x0, e.y1 - e.y0) + 1, 20U) << i;
    // A box that would leave the image stays at its edge, so a few are off the middle.
    const bool held = e.x0 == 0 || e.y0 == 0 || e.x1 == 27 || e.y1 == 27;
    on_edge += held ? 1 : 0;
    if (!held) {
      EXPECT_NEAR(e.x, 14.0, 0.501) << i;
      EXPECT_NEAR(e.y, 14.0, 0.501) << i;
    }
  }
  EXPECT_LT(on_edge, 90);
}

// MNIST: mean 0.1307, standard deviation 0.3081 of 255; about 59 full and 92 grey pixels an image.
TEST(Digits, HaveMnistsGreyStatistics) {
  const Dataset set = generate_digits(1, 0, 5000);
  double sum = 0;
  double squares = 0;
  double full = 0;
  double grey = 0;
  for (const std::uint8_t v : set.pixels) {
    const double value = v / 255.0;
    sum += value;
    squares += value * value;
    full += v > 250 ? 1 : 0;
    grey += v > 0 && v <= 250 ? 1 : 0;
  }
  const auto n = static_cast<double>(set.pixels.size());
  const double mean = sum / n;
  EXPECT_NEAR(mean, 0.1307, 0.008);
  EXPECT_NEAR(std::sqrt(squares / n - mean * mean), 0.3081, 0.012);
  EXPECT_NEAR(full / static_cast<double>(set.count()), 59.0, 8.0);
  EXPECT_NEAR(grey / static_cast<double>(set.count()), 92.0, 10.0);
}

/// Labels by the nearest class mean of another sequence's images.
double nearest_mean_accuracy(const Dataset& train, const Dataset& test) {
  std::array<std::array<double, kImagePixels>, 10> mean{};
  std::array<double, 10> count{};
  for (std::size_t i = 0; i < train.count(); ++i) {
    count[train.labels[i]] += 1;
    for (std::size_t p = 0; p < kImagePixels; ++p) {
      mean[train.labels[i]][p] += train.image(i)[p];
    }
  }
  int correct = 0;
  for (std::size_t i = 0; i < test.count(); ++i) {
    double best = 1e300;
    std::size_t answer = 0;
    for (std::size_t c = 0; c < 10; ++c) {
      double distance = 0;
      for (std::size_t p = 0; p < kImagePixels; ++p) {
        const double d = mean[c][p] / count[c] - test.image(i)[p];
        distance += d * d;
      }
      if (distance < best) {
        best = distance;
        answer = c;
      }
    }
    correct += answer == test.labels[i] ? 1 : 0;
  }
  return correct / static_cast<double>(test.count());
}

// The nearest class mean gets 82% of MNIST right: images that belong to their labels, but not trivially.
TEST(Digits, AreAboutAsHardAsMnistForTheNearestMean) {
  const double accuracy =
      nearest_mean_accuracy(generate_digits(1, 0, 3000), generate_digits(1, kGeneratedTestIndex, 1000));
  EXPECT_GT(accuracy, 0.75);
  EXPECT_LT(accuracy, 0.93);
}

TEST(Digits, SourceIsNamed) {
  const DataSource data = generated_source(9, 30, 20);
  EXPECT_EQ(data.source, "generated:2:9");
  EXPECT_EQ(data_title(data.source), "built-in generated digits, version 2, seed 9 (not handwriting)");
  EXPECT_EQ(data.train.count(), 30U);
  EXPECT_EQ(data.test.count(), 20U);
  EXPECT_EQ(data.train.pixels, generate_digits(9, 0, 30).pixels);
  EXPECT_EQ(data.test.pixels, generated_source(9, 5, 20).test.pixels);
}

TEST(Digits, AVersionIsReadFromItsName) {
  EXPECT_EQ(generated_version(generated_name(1)), kGeneratorVersion);
  EXPECT_EQ(generated_version("built-in generated digits, seed 7 (not handwriting)"), 1U);
  EXPECT_EQ(generated_version("generated:37:7 + 1 of my digits"), 37U);
  EXPECT_EQ(generated_version("generated::7"), 0U);
  EXPECT_EQ(generated_version("built-in generated digits, "), 0U);
  EXPECT_EQ(generated_version("MNIST"), 0U);
  EXPECT_EQ(generated_version(""), 0U);
}

}  // namespace
}  // namespace quarterturn
