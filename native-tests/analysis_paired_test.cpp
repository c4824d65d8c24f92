#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "analysis/paired.hpp"

namespace quarterturn {
namespace {

TEST(Paired, TheIntervalIsThatOfTheFormulaByHand) {
  // n = 100, b = 15, c = 5: difference 0.1; 15 + 5 - 100 / 100 = 19; 1.96 sqrt(19) / 100 = 0.0854344...
  const PairedDifference found = paired_difference(100, 15, 5);
  EXPECT_DOUBLE_EQ(found.difference, 0.1);
  EXPECT_NEAR(found.low, 0.0145656, 1e-7);
  EXPECT_NEAR(found.high, 0.1854344, 1e-7);
  EXPECT_TRUE(found.clear());

  // The two changed over: the same with the other sign.
  const PairedDifference other = paired_difference(100, 5, 15);
  EXPECT_DOUBLE_EQ(other.difference, -found.difference);
  EXPECT_DOUBLE_EQ(other.low, -found.high);
  EXPECT_DOUBLE_EQ(other.high, -found.low);
  EXPECT_TRUE(other.clear());

  // n = 10,000, b = 120, c = 100: 0.002 -+ 1.96 sqrt(220 - 400 / 10000) / 10000 = 0.002 -+ 0.0029069.
  const PairedDifference close = paired_difference(10'000, 120, 100);
  EXPECT_NEAR(close.low, -0.0009069, 1e-7);
  EXPECT_NEAR(close.high, 0.0049069, 1e-7);
  EXPECT_FALSE(close.clear());
}

TEST(Paired, Limits) {
  const PairedDifference same = paired_difference(50, 0, 0);
  EXPECT_EQ(same.difference, 0.0);
  EXPECT_EQ(same.low, 0.0);
  EXPECT_EQ(same.high, 0.0);
  EXPECT_FALSE(same.clear()) << "nothing differs";

  const PairedDifference all = paired_difference(50, 50, 0);
  EXPECT_EQ(all.difference, 1.0);
  EXPECT_EQ(all.low, 1.0);
  EXPECT_EQ(all.high, 1.0);

  const PairedDifference none = paired_difference(0, 0, 0);
  EXPECT_EQ(none.count, 0U);
  EXPECT_EQ(none.difference, 0.0);
  EXPECT_FALSE(none.clear());

  // Few images: 0.5 + 0.98 would be more than all of them.
  const PairedDifference few = paired_difference(2, 1, 0);
  EXPECT_EQ(few.high, 1.0);
  EXPECT_LT(few.low, 0.0);
}

TEST(Paired, CountsTheImagesOnWhichOneAloneIsRight) {
  const std::vector<std::uint8_t> labels = {1, 2, 3, 4, 5, 6};
  const std::vector<std::uint8_t> first = {1, 2, 3, 0, 0, 6};
  const std::vector<std::uint8_t> second = {1, 0, 0, 4, 9, 6};
  const PairedDifference found = paired_difference(first, second, labels);
  EXPECT_EQ(found.count, 6U);
  EXPECT_EQ(found.only_first, 2U);
  EXPECT_EQ(found.only_second, 1U);
  EXPECT_DOUBLE_EQ(found.difference, 1.0 / 6.0);
  EXPECT_EQ(paired_difference({}, {}, {}).count, 0U);
}

}  // namespace
}  // namespace quarterturn
