#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "analysis/confusion.hpp"
#include "analysis/pca.hpp"
#include "axes_golden.hpp"
#include "core/native/message_text.hpp"
#include "core/philox.hpp"

namespace quarterturn {
namespace {

/// Rows spread along a few random directions with the given standard deviations, around a mean far from zero.
std::vector<float> cloud(std::size_t rows, std::size_t columns, const std::vector<float>& deviations, float noise,
                         std::uint64_t seed) {
  const Philox random(seed, RandomPurpose::test);
  std::uint64_t next = 0;
  const auto draw = [&] {
    float sum = 0.0F;
    for (int i = 0; i < 12; ++i) sum += random.uniform(next++);
    return sum - 6.0F;
  };
  std::vector<float> directions(deviations.size() * columns);
  for (float& value : directions) value = draw() / std::sqrt(static_cast<float>(columns));
  std::vector<float> data(rows * columns);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) data[r * columns + c] = 3.0F + noise * draw();
    for (std::size_t d = 0; d < deviations.size(); ++d) {
      const float along = deviations[d] * draw();
      for (std::size_t c = 0; c < columns; ++c) data[r * columns + c] += along * directions[d * columns + c];
    }
  }
  return data;
}

/// sum_i a[i] b[i]
double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// The definition, in plain loops: orthonormal axes, C a = lambda a for the covariance C, lambda the variance of the
/// coordinates, and no direction of larger variance, which power iterations from the rest of C look for.
void expect_principal(const std::vector<float>& data, std::size_t columns) {
  const std::size_t rows = data.size() / columns;
  std::vector<double> mean(columns, 0.0);
  for (std::size_t i = 0; i < data.size(); ++i) mean[i % columns] += data[i] / static_cast<double>(rows);
  std::vector<std::vector<double>> covariance(columns, std::vector<double>(columns, 0.0));
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t i = 0; i < columns; ++i) {
      const double deviation = (data[r * columns + i] - mean[i]) / static_cast<double>(rows);
      for (std::size_t j = 0; j < columns; ++j) covariance[i][j] += deviation * (data[r * columns + j] - mean[j]);
    }
  }
  double total = 0.0;
  for (std::size_t i = 0; i < columns; ++i) total += covariance[i][i];

  const Projection projection = project(data, columns).value();
  ASSERT_EQ(projection.x.size(), rows);
  ASSERT_EQ(projection.y.size(), rows);
  const auto& axes = projection.axes;
  EXPECT_NEAR(dot(axes[0], axes[1]), 0.0, 1e-12);
  EXPECT_GE(projection.explained[0], projection.explained[1]);
  EXPECT_LE(projection.explained[0] + projection.explained[1], 1.0 + 1e-12);
  for (std::size_t c = 0; c < columns; ++c) EXPECT_NEAR(projection.mean[c], mean[c], 1e-12 * std::fabs(mean[c]));
  for (std::size_t component = 0; component < 2; ++component) {
    const std::vector<double>& axis = axes[component];
    const double value = projection.explained[component] * total;
    EXPECT_NEAR(dot(axis, axis), 1.0, 1e-12);
    for (std::size_t i = 0; i < columns; ++i) EXPECT_NEAR(dot(covariance[i], axis), value * axis[i], 1e-12 * total);
    const auto largest =
        std::max_element(axis.begin(), axis.end(), [](double a, double b) { return std::fabs(a) < std::fabs(b); });
    EXPECT_GT(*largest, 0.0) << "the sign is not the stable one";
    double variance = 0.0;
    for (std::size_t r = 0; r < rows; ++r) {
      double along = 0.0;
      for (std::size_t c = 0; c < columns; ++c) along += (data[r * columns + c] - mean[c]) * axis[c];
      variance += along * along / static_cast<double>(rows);
      EXPECT_NEAR((component == 0 ? projection.x : projection.y)[r], along, 1e-6 * std::sqrt(total));
    }
    EXPECT_NEAR(variance, value, 1e-12 * total);
    // What the axes so far leave of the covariance has no eigenvalue above the one just found.
    for (std::size_t i = 0; i < columns; ++i) {
      for (std::size_t j = 0; j < columns; ++j) covariance[i][j] -= value * axis[i] * axis[j];
    }
    std::vector<double> other(columns);
    for (std::size_t i = 0; i < columns; ++i) other[i] = 1.0 + static_cast<double>(i * 7919 % 101);
    double rest = 0.0;
    for (int iteration = 0; iteration < 100; ++iteration) {
      std::vector<double> image(columns);
      for (std::size_t i = 0; i < columns; ++i) image[i] = dot(covariance[i], other);
      rest = std::sqrt(dot(image, image) / dot(other, other));
      if (rest < 1e-13 * total) break;
      for (std::size_t i = 0; i < columns; ++i) other[i] = image[i] / rest;
    }
    EXPECT_LE(rest, value + 1e-12 * total) << "component " << component << " is not the largest";
  }
}

TEST(Pca, FindsTheOrthonormalDirectionsOfLargestVariance) {
  expect_principal(cloud(80, 288, {5, 3, 2, 1}, 0.1F, 1), 288);
  expect_principal(cloud(400, 50, {4, 3.8F, 3.6F, 3.4F, 3.2F, 3, 2.8F, 2.6F, 2.4F, 2.2F}, 0.2F, 2), 50);
  expect_principal(cloud(200, 60, {}, 1.0F, 6), 60);
  expect_principal(cloud(40, 3, {2, 1}, 0.1F, 3), 3);
  expect_principal(cloud(40, 2, {2, 1}, 0.3F, 4), 2);
  expect_principal(cloud(5, 72, {2, 1}, 0.1F, 5), 72);
}

TEST(Pca, AgreesWithScikitLearn) {
  for (const golden::AxesCase& wanted : golden::axes_cases()) {
    SCOPED_TRACE(wanted.expected.at("name").get<std::string>());
    const nlohmann::json& pca = wanted.expected.at("pca");
    const Projection got = project(wanted.features, wanted.columns).value();
    golden::expect_all_near(got.mean, wanted.expected.at("mean"), 1e-12);
    golden::expect_all_near(got.explained, pca.at("explained"), 1e-12);
    for (std::size_t i = 0; i < 2; ++i) golden::expect_all_near(got.axes[i], pca.at("axes")[i], 1e-10);
    EXPECT_FLOAT_EQ(got.x.back(), pca.at("last")[0].get<float>());
    EXPECT_FLOAT_EQ(got.y.back(), pca.at("last")[1].get<float>());
  }
}

TEST(Pca, NumbersThatAreNotFiniteAreAnError) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    std::vector<float> data = cloud(30, 12, {2, 1}, 0.1F, 8);
    data[100] = bad;
    const Result<Projection> got = project(data, 12);
    ASSERT_FALSE(got.ok());
    EXPECT_NE(message_text(got.error()).find("did not converge"), std::string::npos) << message_text(got.error());
  }
}

TEST(Pca, TheLargestFloatsConverge) {
  std::vector<float> data(20 * 4);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = (i * 7919 % 13 < 6 ? -3e38F : 3e38F);
  const Result<Projection> got = project(data, 4);
  ASSERT_TRUE(got.ok()) << message_text(got.error());
  EXPECT_GT(got.value().explained[0], 0.25);
  EXPECT_NEAR(dot(got.value().axes[0], got.value().axes[1]), 0.0, 1e-12);
}

TEST(Pca, EqualVariancesGiveTheSameAxesEveryTime) {
  // Any direction of this plane is principal; the answer must still be one, and the same one.
  const std::vector<float> square = {1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0};
  const Projection got = project(square, 3).value();
  EXPECT_NEAR(got.explained[0], 0.5, 1e-12);
  EXPECT_NEAR(got.explained[1], 0.5, 1e-12);
  EXPECT_EQ(got.axes[0][2], 0.0);
  EXPECT_EQ(got.axes, project(square, 3).value().axes);
}

TEST(Pca, RowsInAnotherOrderGiveTheSamePicture) {
  const std::size_t columns = 20;
  const std::vector<float> data = cloud(50, columns, {3, 2}, 0.1F, 7);
  std::vector<float> reversed(data.size());
  for (std::size_t r = 0; r < 50; ++r) {
    std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(r * columns), columns,
                reversed.begin() + static_cast<std::ptrdiff_t>((49 - r) * columns));
  }
  const Projection there = project(data, columns).value();
  const Projection back = project(reversed, columns).value();
  for (std::size_t r = 0; r < 50; ++r) {
    EXPECT_NEAR(there.x[r], back.x[49 - r], 1e-4);
    EXPECT_NEAR(there.y[r], back.y[49 - r], 1e-4);
  }
}

TEST(Pca, DataWithoutSpread) {
  const Projection none = project({}, 288).value();
  EXPECT_TRUE(none.x.empty());
  const Projection same = project(std::vector<float>(10 * 4, 2.5F), 4).value();
  EXPECT_EQ(same.explained[0], 0.0);
  EXPECT_EQ(same.x, std::vector<float>(10, 0.0F));
  EXPECT_EQ(same.y, std::vector<float>(10, 0.0F));

  std::vector<float> line(10 * 4, 1.0F);
  for (std::size_t r = 0; r < 10; ++r) line[r * 4 + 2] = static_cast<float>(r);
  const Projection one = project(line, 4).value();
  EXPECT_NEAR(one.explained[0], 1.0, 1e-12);
  EXPECT_EQ(one.explained[1], 0.0);
  EXPECT_NEAR(one.axes[0][2], 1.0, 1e-12);
  EXPECT_FLOAT_EQ(one.x[9], 4.5F);
  EXPECT_EQ(one.y, std::vector<float>(10, 0.0F));
}

TEST(Pca, OnePointLiesAtZero) {
  const Projection one = project(std::vector<float>{4, 5, 6}, 3).value();
  EXPECT_EQ(one.mean, (std::vector<double>{4, 5, 6}));
  EXPECT_EQ(one.explained[0], 0.0);
  EXPECT_EQ(one.x, std::vector<float>{0.0F});
  EXPECT_EQ(one.y, std::vector<float>{0.0F});
}

TEST(Pca, ASingleColumn) {
  const Projection one = project(std::vector<float>{1, 2, 3}, 1).value();
  EXPECT_NEAR(one.explained[0], 1.0, 1e-12);
  EXPECT_EQ(one.explained[1], 0.0);
  EXPECT_FLOAT_EQ(one.x[2], 1.0F);
}

TEST(Confusion, LargestIsTheFirstOfEquals) {
  EXPECT_EQ(largest(std::vector<float>{0.1F, 0.4F, 0.4F}), 1U);
  EXPECT_EQ(largest(std::vector<float>{0.5F, 0.5F}), 0U);
  EXPECT_EQ(largest(std::vector<float>{0.1F, std::numeric_limits<float>::quiet_NaN(), 0.2F}), 2U);
}

TEST(Confusion, CountsLabelsByRowAndPredictionsByColumn) {
  ConfusionMatrix<3> matrix{};
  const std::vector<float> probabilities = {0.9F, 0.1F, 0.0F, 0.1F, 0.2F, 0.7F, 0.2F, 0.5F, 0.3F};
  const std::vector<std::uint8_t> labels = {0, 1, 1};
  tally(std::span<const float>(probabilities), 3, std::span<const std::uint8_t>(labels), matrix);
  EXPECT_EQ(matrix[0][0], 1U);
  EXPECT_EQ(matrix[1][2], 1U);
  EXPECT_EQ(matrix[1][1], 1U);
  EXPECT_EQ(matrix[2][1], 0U);
  EXPECT_EQ(correct(matrix), 2U);
}

}  // namespace
}  // namespace quarterturn
