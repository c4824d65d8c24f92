#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <vector>

#include "analysis/lda.hpp"
#include "core/philox.hpp"

namespace quarterturn {
namespace {

struct Points {
  std::vector<float> features;
  std::vector<std::uint8_t> labels;
  std::size_t columns;
};

/// Classes around random centres, stretched differently along each column.
Points classes(const std::vector<std::size_t>& counts, std::size_t columns, float apart, std::uint64_t seed) {
  const Philox random(seed, RandomPurpose::test);
  std::uint64_t next = 0;
  const auto draw = [&] {
    float sum = 0.0F;
    for (int i = 0; i < 12; ++i) sum += random.uniform(next++);
    return sum - 6.0F;
  };
  Points points{{}, {}, columns};
  for (std::size_t label = 0; label < counts.size(); ++label) {
    std::vector<float> centre(columns);
    for (float& value : centre) value = 2.0F + apart * draw();
    for (std::size_t i = 0; i < counts[label]; ++i) {
      points.labels.push_back(static_cast<std::uint8_t>(label));
      const float common = draw();
      for (std::size_t c = 0; c < columns; ++c) {
        points.features.push_back(centre[c] + 0.3F * common + (0.2F + static_cast<float>(c % 7) / 7.0F) * draw());
      }
    }
  }
  return points;
}

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The textbook: S_between v = lambda S_within v by Eigen, with Ledoit and Wolf's estimate as they write it, image by
/// image.
void expect_textbook(const Points& points, Eigen::Index discriminants) {
  const auto rows = static_cast<Eigen::Index>(points.labels.size());
  const auto columns = static_cast<Eigen::Index>(points.columns);
  const Eigen::MatrixXd x = Eigen::Map<const RowMajor>(points.features.data(), rows, columns).cast<double>();
  const Eigen::RowVectorXd mean = x.colwise().mean();
  Eigen::MatrixXd inner = x;
  Eigen::MatrixXd between = Eigen::MatrixXd::Zero(columns, columns);
  for (int label = 0; label < 10; ++label) {
    Eigen::RowVectorXd centre = Eigen::RowVectorXd::Zero(columns);
    double count = 0.0;
    for (Eigen::Index r = 0; r < rows; ++r) {
      if (points.labels[static_cast<std::size_t>(r)] != label) continue;
      centre += x.row(r);
      count += 1.0;
    }
    if (count == 0.0) continue;
    centre /= count;
    for (Eigen::Index r = 0; r < rows; ++r) {
      if (points.labels[static_cast<std::size_t>(r)] == label) inner.row(r) -= centre;
    }
    between += count / static_cast<double>(rows) * (centre - mean).transpose() * (centre - mean);
  }
  const Eigen::MatrixXd sample = inner.transpose() * inner / static_cast<double>(rows);
  const double variance = sample.trace() / static_cast<double>(columns);
  const Eigen::MatrixXd target = variance * Eigen::MatrixXd::Identity(columns, columns);
  double noise = 0.0;
  for (Eigen::Index r = 0; r < rows; ++r) {
    noise += (inner.row(r).transpose() * inner.row(r) - sample).squaredNorm();
  }
  noise /= static_cast<double>(rows) * static_cast<double>(rows);
  const double shrinkage = std::min(1.0, noise / (sample - target).squaredNorm());
  const Eigen::MatrixXd within = (1.0 - shrinkage) * sample + shrinkage * target;
  const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> solver(between, within);

  const Result<Discriminant> found = discriminate(points.features, points.columns, points.labels);
  ASSERT_TRUE(found.ok()) << found.error().message;
  const Discriminant& got = found.value();
  EXPECT_NEAR(got.shrinkage, shrinkage, 1e-9);
  for (Eigen::Index c = 0; c < columns; ++c) EXPECT_NEAR(got.mean[static_cast<std::size_t>(c)], mean(c), 1e-10);
  for (Eigen::Index component = 0; component < discriminants; ++component) {
    const auto i = static_cast<std::size_t>(component);
    EXPECT_NEAR(got.explained[i], solver.eigenvalues()(columns - 1 - component) / solver.eigenvalues().sum(), 1e-6);
    const Eigen::Map<const Eigen::VectorXd> axis(got.axes[i].data(), columns);
    // Eigen's vectors have v' S_within v = 1, too.
    EXPECT_NEAR(axis.dot(within * axis), 1.0, 1e-9);
    EXPECT_NEAR(std::fabs(axis.dot(within * solver.eigenvectors().col(columns - 1 - component))), 1.0, 1e-6);
    Eigen::Index loading = 0;
    axis.cwiseAbs().maxCoeff(&loading);
    EXPECT_GT(axis(loading), 0.0) << "the sign is not the stable one";
  }
}

TEST(Lda, AgreesWithTheTextbook) {
  expect_textbook(classes({60, 40, 50}, 20, 0.5F, 1), 2);
  expect_textbook(classes({30, 90, 20, 60, 50, 40, 30, 30, 20, 70}, 40, 0.3F, 2), 2);
}

TEST(Lda, FewerPointsThanDimensions) { expect_textbook(classes({12, 15, 9, 14}, 72, 0.4F, 3), 2); }

TEST(Lda, TwoClassesHaveOneDiscriminantAndASecondAxisWithSpread) {
  const Points points = classes({40, 60}, 12, 0.6F, 4);
  expect_textbook(points, 1);
  const Discriminant got = discriminate(points.features, points.columns, points.labels).value();
  EXPECT_NEAR(got.explained[0], 1.0, 1e-9);
  EXPECT_EQ(got.explained[1], 0.0);
  double across = 0.0;
  double length = 0.0;
  for (std::size_t c = 0; c < points.columns; ++c) {
    across += got.axes[0][c] * got.axes[1][c];
    length += got.axes[1][c] * got.axes[1][c];
  }
  EXPECT_NEAR(across, 0.0, 1e-5);
  EXPECT_GT(length, 0.0);
}

TEST(Lda, PartsClassesThatPrincipalComponentsMix) {
  // Two thin, long clouds side by side: the spread is along column 0, the difference along column 1.
  Points points{{}, {}, 2};
  for (int i = 0; i < 40; ++i) {
    const float wobble = static_cast<float>(i % 3) - 1.0F;
    points.features.insert(points.features.end(), {static_cast<float>(i), 0.1F * wobble + (i % 2 == 0 ? 0.0F : 1.0F)});
    points.labels.push_back(static_cast<std::uint8_t>(i % 2));
  }
  const Discriminant got = discriminate(points.features, 2, points.labels).value();
  EXPECT_GT(std::fabs(got.axes[0][1]), 10.0 * std::fabs(got.axes[0][0]));
  for (std::size_t i = 0; i < 40; ++i) {
    const double place = got.axes[0][0] * (points.features[2 * i] - got.mean[0]) +
                         got.axes[0][1] * (points.features[2 * i + 1] - got.mean[1]);
    EXPECT_EQ(place > 0.0, points.labels[i] == 1) << i;
  }
}

TEST(Lda, SaysWhatItNeeds) {
  EXPECT_NE(discriminate({}, 3, {}).error().message.find("two classes"), std::string::npos);
  const std::vector<float> features(12, 1.0F);
  EXPECT_FALSE(discriminate(features, 3, std::vector<std::uint8_t>{2, 2, 2, 2}).ok());
  EXPECT_NE(discriminate(features, 3, std::vector<std::uint8_t>{0, 0, 1, 1}).error().message.find("differ"),
            std::string::npos);
}

}  // namespace
}  // namespace quarterturn
