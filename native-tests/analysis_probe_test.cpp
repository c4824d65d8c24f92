// The exact linear probe against a naive one (a dense solve for each penalty, a refit for each row left out) and
// against scikit-learn.
#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

#include "analysis/linear_probe.hpp"
#include "core/native/message_text.hpp"

namespace quarterturn {
namespace {

struct ProbePoints {
  std::size_t columns;
  std::vector<float> features;  ///< [labels.size()][columns]
  std::vector<std::uint8_t> labels;
};

double noise(std::uint64_t& state) {  // -1..1
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<double>(state >> 40) / static_cast<double>(1 << 23) - 1.0;
}

/// Points around a centre for each class; of each five features one is constant.
ProbePoints probe_points(std::size_t rows, std::size_t columns, std::span<const std::uint8_t> classes,
                         std::uint64_t seed) {
  ProbePoints points{columns, {}, {}};
  std::uint64_t state = seed;
  std::vector<double> centres(classes.size() * columns);
  for (double& centre : centres) centre = noise(state);
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t k =
        r < classes.size()
            ? r
            : static_cast<std::size_t>((noise(state) + 1.0) / 2.0 * 0.999 * static_cast<double>(classes.size()));
    points.labels.push_back(classes[k]);
    for (std::size_t j = 0; j < columns; ++j) {
      const double value = 3.0 + static_cast<double>(j) + centres[k * columns + j] + 1.5 * noise(state);
      points.features.push_back(j % 5 == 4 ? 0.7F : static_cast<float>(value));
    }
  }
  return points;
}

LinearProbe whole_probe(const ProbePoints& points, std::optional<double> penalty = std::nullopt) {
  LinearProbe probe(points.features, points.labels, penalty);
  double before = -1.0;
  while (probe.advance()) {
    EXPECT_GE(probe.progress(), before);
    before = probe.progress();
    EXPECT_LE(before, 1.0);
  }
  EXPECT_EQ(probe.progress(), 1.0);
  return probe;
}

struct NaiveProbe {
  Eigen::MatrixXd z;  ///< standardised, [rows][columns]
  Eigen::MatrixXd y;  ///< [rows][classes]
};

NaiveProbe naive_probe(const ProbePoints& points, std::span<const std::uint8_t> classes) {
  const auto rows = static_cast<Eigen::Index>(points.labels.size());
  const auto columns = static_cast<Eigen::Index>(points.columns);
  NaiveProbe naive{Eigen::MatrixXd(rows, columns), Eigen::MatrixXd(rows, static_cast<Eigen::Index>(classes.size()))};
  for (Eigen::Index j = 0; j < columns; ++j) {
    double mean = 0.0;
    double variance = 0.0;
    const auto at = [&](Eigen::Index r) {
      return static_cast<double>(points.features[static_cast<std::size_t>(r * columns + j)]);
    };
    for (Eigen::Index r = 0; r < rows; ++r) mean += at(r) / static_cast<double>(rows);
    for (Eigen::Index r = 0; r < rows; ++r) variance += (at(r) - mean) * (at(r) - mean) / static_cast<double>(rows);
    for (Eigen::Index r = 0; r < rows; ++r) naive.z(r, j) = variance > 1e-20 ? (at(r) - mean) / std::sqrt(variance) : 0;
  }
  for (Eigen::Index r = 0; r < rows; ++r) {
    for (std::size_t k = 0; k < classes.size(); ++k) {
      naive.y(r, static_cast<Eigen::Index>(k)) = points.labels[static_cast<std::size_t>(r)] == classes[k] ? 1.0 : -1.0;
    }
  }
  return naive;
}

/// [columns + 1][classes]: weights of the rows for which `in` holds, and the intercepts below.
Eigen::MatrixXd naive_weights(const NaiveProbe& naive, double penalty, Eigen::Index left_out) {
  const Eigen::Index columns = naive.z.cols();
  Eigen::MatrixXd design(naive.z.rows(), columns + 1);
  design << naive.z, Eigen::VectorXd::Ones(naive.z.rows());
  if (left_out >= 0) design.row(left_out).setZero();
  Eigen::MatrixXd normal = design.transpose() * design;
  normal.diagonal().head(columns).array() += penalty;  // not the intercept
  return normal.ldlt().solve(design.transpose() * naive.y);
}

double naive_left_out_error(const NaiveProbe& naive, double penalty) {
  double sum = 0.0;
  for (Eigen::Index r = 0; r < naive.z.rows(); ++r) {
    const Eigen::MatrixXd weights = naive_weights(naive, penalty, r);
    const Eigen::RowVectorXd fitted = naive.z.row(r) * weights.topRows(naive.z.cols()) + weights.bottomRows(1);
    sum += (naive.y.row(r) - fitted).squaredNorm();
  }
  return sum;
}

struct ProbeShape {
  std::size_t rows;
  std::size_t columns;
};

class ProbeAgainstNaive : public ::testing::TestWithParam<ProbeShape> {};

// Fewer rows than features, as many, more; sizes below, at and above the blocks of eight.
TEST_P(ProbeAgainstNaive, LeftOutErrorsPenaltyAndScoresAgree) {
  const std::vector<std::uint8_t> classes = {0, 3, 4, 9};
  const ProbePoints points = probe_points(GetParam().rows, GetParam().columns, classes, 5);
  const LinearProbe probe = whole_probe(points);
  const Result<LinearClassifier> found = probe.result();
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found.value().classes, classes);

  const NaiveProbe naive = naive_probe(points, classes);
  std::size_t best = 0;
  std::vector<double> errors;
  errors.reserve(kProbePenalties.size());
  for (const double penalty : kProbePenalties) errors.push_back(naive_left_out_error(naive, penalty));
  for (std::size_t p = 0; p < errors.size(); ++p) {
    if (errors[p] < errors[best]) best = p;
    EXPECT_NEAR(probe.left_out_errors()[p], errors[p], 1e-6 * errors[p]) << kProbePenalties[p];
  }
  EXPECT_EQ(found.value().penalty, kProbePenalties[best]);
  const Eigen::MatrixXd weights = naive_weights(naive, kProbePenalties[best], -1);
  const std::vector<double> given = scores(found.value(), points.features);
  std::vector<std::uint8_t> answers(points.labels.size());
  classify(found.value(), points.features, answers);
  for (Eigen::Index r = 0; r < naive.z.rows(); ++r) {
    const Eigen::RowVectorXd wanted = naive.z.row(r) * weights.topRows(naive.z.cols()) + weights.bottomRows(1);
    Eigen::Index winner = 0;
    wanted.maxCoeff(&winner);
    EXPECT_EQ(answers[static_cast<std::size_t>(r)], classes[static_cast<std::size_t>(winner)]);
    for (std::size_t k = 0; k < classes.size(); ++k) {
      EXPECT_NEAR(given[static_cast<std::size_t>(r) * classes.size() + k], wanted(static_cast<Eigen::Index>(k)), 1e-8);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, ProbeAgainstNaive,
                         ::testing::Values(ProbeShape{4, 1}, ProbeShape{5, 12}, ProbeShape{8, 40}, ProbeShape{12, 12},
                                           ProbeShape{13, 12}, ProbeShape{19, 33}, ProbeShape{41, 17},
                                           ProbeShape{64, 8}),
                         [](const auto& shape) {
                           return std::to_string(shape.param.rows) + "Rows" + std::to_string(shape.param.columns) +
                                  "Columns";
                         });

TEST(LinearProbeTest, TakesThePenaltyThatIsGiven) {
  const std::vector<std::uint8_t> classes = {1, 2};
  const ProbePoints points = probe_points(20, 7, classes, 9);
  const LinearProbe probe = whole_probe(points, 2.5);
  EXPECT_TRUE(probe.left_out_errors().empty());
  EXPECT_EQ(probe.result().value().penalty, 2.5);
  const NaiveProbe naive = naive_probe(points, classes);
  const Eigen::MatrixXd weights = naive_weights(naive, 2.5, -1);
  const double wanted = naive.z.row(3).dot(weights.col(1).head(7)) + weights(7, 1);
  EXPECT_NEAR(scores(probe.result().value(), points.features)[3 * 2 + 1], wanted, 1e-10);
}

TEST(LinearProbeTest, OneRowOneClassAndConstantFeaturesHaveAnAnswer) {
  for (const std::size_t rows : {std::size_t{1}, std::size_t{2}, std::size_t{9}}) {
    ProbePoints points{3, std::vector<float>(rows * 3, 2.0F), std::vector<std::uint8_t>(rows, 7)};
    const LinearProbe probe = whole_probe(points);
    const LinearClassifier found = probe.result().value();
    EXPECT_EQ(found.classes, std::vector<std::uint8_t>{7});
    EXPECT_EQ(found.penalty, kProbePenalties.front());
    EXPECT_EQ(found.weights, std::vector<double>(3, 0.0));
    std::vector<std::uint8_t> answers(rows);
    classify(found, points.features, answers);
    EXPECT_EQ(answers, points.labels);
  }
  // Nothing to tell the classes by: the larger one.
  const ProbePoints points{2, std::vector<float>(10, 0.1F), {4, 6, 6, 4, 6}};
  std::vector<std::uint8_t> answers(5);
  classify(whole_probe(points).result().value(), points.features, answers);
  EXPECT_EQ(answers, std::vector<std::uint8_t>(5, 6));
}

TEST(LinearProbeTest, SaysThatFeaturesAreNotFinite) {
  for (const float bad : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    ProbePoints points = probe_points(9, 4, std::vector<std::uint8_t>{0, 1}, 3);
    points.features[6] = bad;
    const LinearProbe probe = whole_probe(points);
    ASSERT_FALSE(probe.result().ok());
    EXPECT_NE(message_text(probe.result().error()).find("not finite"), std::string::npos);
  }
}

/// The formula of make_probe.py; the rows that are tested stand behind those that are fitted.
ProbePoints golden_points(const nlohmann::json& expected, std::size_t tested) {
  ProbePoints points{expected.at("columns").get<std::size_t>(), {}, {}};
  const auto labels = expected.at("labels").get<std::vector<int>>();
  std::uint32_t state = 12345;
  for (std::size_t r = 0; r < expected.at("rows").get<std::size_t>() + tested; ++r) {
    const int label = labels[r % labels.size()];
    points.labels.push_back(static_cast<std::uint8_t>(label));
    for (std::size_t c = 0; c < points.columns; ++c) {
      state = (state * 1103515245U + 12345U) & 0x7fffffffU;
      const int noise_of = static_cast<int>((state >> 16U) % 33) - 16;
      const int column = static_cast<int>(c);
      const int value = noise_of * (4 + column % 5) + 6 * ((label * 5 + column * 7) % 11);
      const float shown = static_cast<float>(c % 4 == 3 ? std::max(value, 0) : value) / 8.0F;
      points.features.push_back(c % 7 == 6 ? 0.625F : shown);
    }
  }
  EXPECT_EQ(std::accumulate(points.features.begin(), points.features.end(), 0.0), expected.at("sum").get<double>())
      << "these are not the points of make_probe.py";
  return points;
}

TEST(LinearProbeTest, AgreesWithScikitLearn) {
  std::ifstream file(std::filesystem::path(QUARTERTURN_SOURCE_DIR) / "native-tests" / "golden" / "probe.json");
  ASSERT_TRUE(file.is_open()) << "golden/probe.json cannot be read";
  const nlohmann::json golden = nlohmann::json::parse(file);
  const auto tested = golden.at("tested").get<std::size_t>();
  ASSERT_EQ(golden.at("cases").size(), 10U);
  for (const nlohmann::json& expected : golden.at("cases")) {
    SCOPED_TRACE(expected.at("name").get<std::string>());
    const ProbePoints all = golden_points(expected, tested);
    const std::size_t rows = all.labels.size() - tested;
    const auto split = static_cast<std::ptrdiff_t>(rows);
    const ProbePoints fitted{all.columns,
                             {all.features.begin(), all.features.begin() + split * static_cast<int>(all.columns)},
                             {all.labels.begin(), all.labels.begin() + split}};
    const std::span<const float> test = std::span(all.features).subspan(rows * all.columns);
    const bool given = expected.at("given").get<bool>();
    const LinearProbe probe =
        whole_probe(fitted, given ? std::optional(expected.at("penalty").get<double>()) : std::nullopt);
    const LinearClassifier found = probe.result().value();
    EXPECT_EQ(found.classes, expected.at("labels").get<std::vector<std::uint8_t>>());
    EXPECT_NEAR(found.penalty, expected.at("penalty").get<double>(), 1e-12 * found.penalty);
    if (!given) {
      ASSERT_EQ(probe.left_out_errors().size(), expected.at("errors").size());
      for (std::size_t p = 0; p < kProbePenalties.size(); ++p) {
        const auto error = expected.at("errors")[p].get<double>();
        EXPECT_NEAR(probe.left_out_errors()[p], error, 1e-6 * error) << kProbePenalties[p];
      }
    }
    const std::vector<double> got = scores(found, test);
    const std::size_t classes = found.classes.size();
    for (std::size_t r = 0; r < expected.at("scores").size(); ++r) {
      for (std::size_t k = 0; k < classes; ++k) {
        EXPECT_NEAR(got[r * classes + k], expected.at("scores")[r][k].get<double>(), 1e-8) << r << ", " << k;
      }
    }
    std::vector<std::uint8_t> answers(tested);
    classify(found, test, answers);
    EXPECT_EQ(answers, expected.at("answers").get<std::vector<std::uint8_t>>());
  }
}

}  // namespace
}  // namespace quarterturn
