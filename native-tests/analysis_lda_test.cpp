#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "analysis/lda.hpp"
#include "axes_golden.hpp"
#include "core/native/message_text.hpp"
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

using Matrix = std::vector<std::vector<double>>;

double form(const std::vector<double>& a, const Matrix& matrix, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += a[i] * std::inner_product(b.begin(), b.end(), matrix[i].begin(), 0.0);
  }
  return sum;
}

/// The textbook in plain loops: S_between a = lambda S_within a and a' S_within a = 1, with Ledoit and Wolf's estimate
/// as they write it, image by image. Together the discriminants explain the trace of S_within^-1 S_between;
/// `discriminants` of them are wanted.
void expect_textbook(const Points& points, std::size_t discriminants) {
  const std::size_t rows = points.labels.size();
  const std::size_t columns = points.columns;
  const auto n = static_cast<double>(rows);
  std::vector<double> mean(columns, 0.0);
  for (std::size_t i = 0; i < points.features.size(); ++i) mean[i % columns] += points.features[i] / n;
  Matrix inner(rows, std::vector<double>(columns));
  Matrix between(columns, std::vector<double>(columns, 0.0));
  for (std::uint8_t label = 0; label < 10; ++label) {
    const auto count = static_cast<double>(std::count(points.labels.begin(), points.labels.end(), label));
    if (count == 0.0) continue;
    std::vector<double> centre(columns, 0.0);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns && points.labels[r] == label; ++c) {
        centre[c] += points.features[r * columns + c] / count;
      }
    }
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns && points.labels[r] == label; ++c) {
        inner[r][c] = points.features[r * columns + c] - centre[c];
      }
    }
    for (std::size_t i = 0; i < columns; ++i) {
      for (std::size_t j = 0; j < columns; ++j) {
        between[i][j] += count / n * (centre[i] - mean[i]) * (centre[j] - mean[j]);
      }
    }
  }
  Matrix within(columns, std::vector<double>(columns, 0.0));
  for (const std::vector<double>& x : inner) {
    for (std::size_t i = 0; i < columns; ++i) {
      for (std::size_t j = 0; j < columns; ++j) within[i][j] += x[i] * x[j] / n;
    }
  }
  double variance = 0.0;
  for (std::size_t i = 0; i < columns; ++i) variance += within[i][i] / static_cast<double>(columns);
  double noise = 0.0;
  for (const std::vector<double>& x : inner) {
    for (std::size_t i = 0; i < columns; ++i) {
      for (std::size_t j = 0; j < columns; ++j) noise += std::pow(x[i] * x[j] - within[i][j], 2) / (n * n);
    }
  }
  double apart = 0.0;
  for (std::size_t i = 0; i < columns; ++i) {
    for (std::size_t j = 0; j < columns; ++j) apart += std::pow(within[i][j] - (i == j ? variance : 0.0), 2);
  }
  const double shrinkage = std::min(1.0, noise / apart);
  for (std::size_t i = 0; i < columns; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      within[i][j] = (1.0 - shrinkage) * within[i][j] + (i == j ? shrinkage * variance : 0.0);
    }
  }

  const Result<Discriminant> found = discriminate(points.features, points.columns, points.labels);
  ASSERT_TRUE(found.ok()) << message_text(found.error());
  const Discriminant& got = found.value();
  EXPECT_NEAR(got.shrinkage, shrinkage, 1e-9);
  for (std::size_t c = 0; c < columns; ++c) EXPECT_NEAR(got.mean[c], mean[c], 1e-10);
  EXPECT_GE(got.explained[0], got.explained[1]);
  EXPECT_LE(got.explained[0] + got.explained[1], 1.0 + 1e-9);
  for (std::size_t i = 0; i < discriminants; ++i) {
    const std::vector<double>& axis = got.axes[i];
    EXPECT_NEAR(form(axis, within, axis), 1.0, 1e-9);
    if (discriminants == 2) {
      EXPECT_NEAR(form(got.axes[0], within, got.axes[1]), 0.0, 1e-9);
    }
    const double lambda = form(axis, between, axis);
    EXPECT_GT(lambda, 0.0);
    EXPECT_NEAR(got.explained[i] / got.explained[0], lambda / form(got.axes[0], between, got.axes[0]), 1e-9);
    double residual = 0.0;
    double size = 0.0;
    for (std::size_t r = 0; r < columns; ++r) {
      const double left = std::inner_product(axis.begin(), axis.end(), between[r].begin(), 0.0);
      const double right = lambda * std::inner_product(axis.begin(), axis.end(), within[r].begin(), 0.0);
      residual += std::pow(left - right, 2);
      size += left * left;
    }
    EXPECT_LT(std::sqrt(residual / size), 1e-9) << "axis " << i << " is no discriminant";
    const auto largest =
        std::max_element(axis.begin(), axis.end(), [](double a, double b) { return std::fabs(a) < std::fabs(b); });
    EXPECT_GT(*largest, 0.0) << "the sign is not the stable one";
  }
}

TEST(Lda, AgreesWithScikitLearnAndScipy) {
  for (const golden::AxesCase& wanted : golden::axes_cases()) {
    SCOPED_TRACE(wanted.expected.at("name").get<std::string>());
    const nlohmann::json& lda = wanted.expected.at("lda");
    const Discriminant got = discriminate(wanted.features, wanted.columns, wanted.labels).value();
    EXPECT_NEAR(got.shrinkage, lda.at("shrinkage").get<double>(), 1e-12);
    golden::expect_all_near(got.mean, wanted.expected.at("mean"), 1e-12);
    for (std::size_t i = 0; i < lda.at("axes").size(); ++i) {
      EXPECT_NEAR(got.explained[i], lda.at("explained")[i].get<double>(), 1e-10);
      golden::expect_all_near(got.axes[i], lda.at("axes")[i], 1e-10);
    }
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
  EXPECT_NEAR(across, 0.0, 1e-9);
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

TEST(Lda, FeaturesThatNeverChangeHaveNoPart) {
  Points points = classes({40, 60, 30}, 12, 0.6F, 5);
  for (std::size_t r = 0; r < points.labels.size(); ++r) points.features[r * 12 + 3] = 7.0F;
  expect_textbook(points, 2);
  const Discriminant got = discriminate(points.features, 12, points.labels).value();
  EXPECT_NEAR(got.axes[0][3], 0.0, 1e-9);
  EXPECT_NEAR(got.axes[1][3], 0.0, 1e-9);
}

TEST(Lda, ClassesWithTheSameMeanAreLookedAtByTheirSpread) {
  // Twice the same points under two labels.
  Points points{{}, {}, 3};
  for (std::uint8_t label = 0; label < 2; ++label) {
    for (int i = 0; i < 20; ++i) {
      points.features.insert(points.features.end(), {static_cast<float>(i), static_cast<float>(i % 3), 1.0F});
      points.labels.push_back(label);
    }
  }
  const Discriminant got = discriminate(points.features, 3, points.labels).value();
  EXPECT_EQ(got.explained[0], 0.0);
  EXPECT_EQ(got.explained[1], 0.0);
  EXPECT_GT(got.axes[0][0], 10.0 * std::fabs(got.axes[0][1]));
  EXPECT_GT(got.axes[1][1], 10.0 * std::fabs(got.axes[1][0]));
}

TEST(Lda, OneColumnHasOneAxis) {
  const Discriminant got =
      discriminate(std::vector<float>{0, 1, 5, 6}, 1, std::vector<std::uint8_t>{3, 3, 9, 9}).value();
  EXPECT_NEAR(got.explained[0], 1.0, 1e-12);
  EXPECT_GT(got.axes[0][0], 0.0);
  EXPECT_EQ(got.axes[1], std::vector<double>{0.0});
}

TEST(Lda, NumbersThatAreNotFiniteAreAnError) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    Points points = classes({10, 10}, 6, 0.6F, 6);
    points.features[31] = bad;
    const Result<Discriminant> got = discriminate(points.features, points.columns, points.labels);
    ASSERT_FALSE(got.ok());
    EXPECT_NE(message_text(got.error()).find("finite"), std::string::npos) << message_text(got.error());
  }
}

TEST(Lda, SaysWhatItNeeds) {
  EXPECT_NE(message_text(discriminate({}, 3, {}).error()).find("two classes"), std::string::npos);
  const std::vector<float> features(12, 1.0F);
  EXPECT_FALSE(discriminate(features, 3, std::vector<std::uint8_t>{2, 2, 2, 2}).ok());
  EXPECT_NE(message_text(discriminate(features, 3, std::vector<std::uint8_t>{0, 0, 1, 1}).error()).find("differ"),
            std::string::npos);
}

}  // namespace
}  // namespace quarterturn
