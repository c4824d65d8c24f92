// native-tests/golden/axes.json: what numpy, scipy and scikit-learn find, and the points that they find it in.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <span>
#include <vector>

namespace quarterturn::golden {

struct AxesCase {
  nlohmann::json expected;
  std::size_t columns = 0;
  std::vector<float> features;
  std::vector<std::uint8_t> labels;
};

/// The formula of make_axes.py.
inline AxesCase axes_case(const nlohmann::json& expected) {
  AxesCase found{expected, expected.at("columns").get<std::size_t>(), {}, {}};
  const auto classes = expected.at("classes").get<std::size_t>();
  std::uint32_t state = 12345;
  for (std::size_t r = 0; r < expected.at("rows").get<std::size_t>(); ++r) {
    const std::size_t label = r % classes;
    found.labels.push_back(static_cast<std::uint8_t>(label));
    for (std::size_t c = 0; c < found.columns; ++c) {
      state = (state * 1103515245U + 12345U) & 0x7fffffffU;
      const int noise = static_cast<int>((state >> 16U) % 33) - 16;
      const int value = noise * static_cast<int>(1 + c % 3) + 6 * static_cast<int>((label * 5 + c * 7) % 11);
      found.features.push_back(static_cast<float>(c % 4 == 3 ? std::max(value, 0) : value) / 8.0F);
    }
  }
  EXPECT_EQ(std::accumulate(found.features.begin(), found.features.end(), 0.0), expected.at("sum").get<double>())
      << "these are not the points of make_axes.py";
  return found;
}

inline std::vector<AxesCase> axes_cases() {
  std::ifstream file(std::filesystem::path(QUARTERTURN_SOURCE_DIR) / "native-tests" / "golden" / "axes.json");
  EXPECT_TRUE(file.is_open()) << "golden/axes.json cannot be read";
  const nlohmann::json golden = nlohmann::json::parse(file);
  std::vector<AxesCase> cases;
  for (const nlohmann::json& expected : golden.at("cases")) cases.push_back(axes_case(expected));
  return cases;
}

inline void expect_all_near(std::span<const double> got, const nlohmann::json& expected, double tolerance) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i].get<double>(), tolerance) << i;
}

}  // namespace quarterturn::golden
