#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "analysis/confusion.hpp"
#include "analysis/pca.hpp"
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

/// Against Eigen's full decomposition.
void expect_principal(const std::vector<float>& data, std::size_t columns, double tolerance) {
  using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto rows = static_cast<Eigen::Index>(data.size() / columns);
  const auto width = static_cast<Eigen::Index>(columns);
  Eigen::MatrixXd x = Eigen::Map<const RowMajor>(data.data(), rows, width).cast<double>();
  x.rowwise() -= x.colwise().mean().eval();
  const Eigen::MatrixXd covariance = x.transpose() * x;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance);

  const Projection projection = project(data, columns);
  ASSERT_EQ(projection.x.size(), static_cast<std::size_t>(rows));
  ASSERT_EQ(projection.y.size(), static_cast<std::size_t>(rows));
  for (Eigen::Index component = 0; component < 2; ++component) {
    const auto c = static_cast<std::size_t>(component);
    EXPECT_NEAR(projection.explained[c], solver.eigenvalues()(width - 1 - component) / covariance.trace(), 1e-10);
    const Eigen::Map<const Eigen::VectorXd> axis(projection.axes[c].data(), width);
    EXPECT_NEAR(axis.norm(), 1.0, 1e-12);
    EXPECT_NEAR(std::fabs(axis.dot(solver.eigenvectors().col(width - 1 - component))), 1.0, tolerance);
    Eigen::Index largest_loading = 0;
    axis.cwiseAbs().maxCoeff(&largest_loading);
    EXPECT_GT(axis(largest_loading), 0.0) << "the sign is not the stable one";
    const Eigen::VectorXd coordinates = x * axis;
    const std::vector<float>& got = component == 0 ? projection.x : projection.y;
    for (Eigen::Index r = 0; r < rows; ++r) {
      EXPECT_FLOAT_EQ(got[static_cast<std::size_t>(r)], static_cast<float>(coordinates(r)));
    }
  }
}

TEST(Pca, AgreesWithTheFullDecomposition) {
  expect_principal(cloud(80, 288, {5, 3, 2, 1}, 0.1F, 1), 288, 1e-9);
  expect_principal(cloud(400, 50, {4, 3.8F, 3.6F, 3.4F, 3.2F, 3, 2.8F, 2.6F, 2.4F, 2.2F}, 0.2F, 2), 50, 1e-6);
  expect_principal(cloud(40, 3, {2, 1}, 0.1F, 3), 3, 1e-9);
  expect_principal(cloud(40, 2, {2, 1}, 0.3F, 4), 2, 1e-9);
  expect_principal(cloud(5, 72, {2, 1}, 0.1F, 5), 72, 1e-9);
}

TEST(Pca, AgreesOnPureNoise) { expect_principal(cloud(200, 60, {}, 1.0F, 6), 60, 1e-3); }

TEST(Pca, RowsInAnotherOrderGiveTheSamePicture) {
  const std::size_t columns = 20;
  const std::vector<float> data = cloud(50, columns, {3, 2}, 0.1F, 7);
  std::vector<float> reversed(data.size());
  for (std::size_t r = 0; r < 50; ++r) {
    std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(r * columns), columns,
                reversed.begin() + static_cast<std::ptrdiff_t>((49 - r) * columns));
  }
  const Projection there = project(data, columns);
  const Projection back = project(reversed, columns);
  for (std::size_t r = 0; r < 50; ++r) {
    EXPECT_NEAR(there.x[r], back.x[49 - r], 1e-4);
    EXPECT_NEAR(there.y[r], back.y[49 - r], 1e-4);
  }
}

TEST(Pca, DataWithoutSpread) {
  const Projection none = project({}, 288);
  EXPECT_TRUE(none.x.empty());
  const Projection same = project(std::vector<float>(10 * 4, 2.5F), 4);
  EXPECT_EQ(same.explained[0], 0.0);
  EXPECT_EQ(same.x, std::vector<float>(10, 0.0F));
  EXPECT_EQ(same.y, std::vector<float>(10, 0.0F));

  std::vector<float> line(10 * 4, 1.0F);
  for (std::size_t r = 0; r < 10; ++r) line[r * 4 + 2] = static_cast<float>(r);
  const Projection one = project(line, 4);
  EXPECT_NEAR(one.explained[0], 1.0, 1e-12);
  EXPECT_EQ(one.explained[1], 0.0);
  EXPECT_NEAR(one.axes[0][2], 1.0, 1e-12);
  EXPECT_FLOAT_EQ(one.x[9], 4.5F);
  EXPECT_EQ(one.y, std::vector<float>(10, 0.0F));
}

TEST(Pca, ASingleColumn) {
  const Projection one = project(std::vector<float>{1, 2, 3}, 1);
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
