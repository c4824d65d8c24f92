// Drawings and pictures brought to MNIST's form.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "core/native/message_text.hpp"
#include "data/digits.hpp"
#include "data/drawing.hpp"

namespace quarterturn {
namespace {

struct Pad {
  std::size_t width;
  std::size_t height;
  std::vector<std::uint8_t> grey = std::vector<std::uint8_t>(width * height, std::uint8_t{0});

  /// A line with round ends and a soft edge.
  void line(double ax, double ay, double bx, double by, double pen) {
    for (std::size_t y = 0; y < height; ++y) {
      for (std::size_t x = 0; x < width; ++x) {
        const double px = static_cast<double>(x) - ax;
        const double py = static_cast<double>(y) - ay;
        const double length2 = (bx - ax) * (bx - ax) + (by - ay) * (by - ay);
        const double t = std::clamp((px * (bx - ax) + py * (by - ay)) / length2, 0.0, 1.0);
        const double d = std::hypot(px - t * (bx - ax), py - t * (by - ay));
        const double ink = 255.0 * std::clamp(pen / 2 - d + 0.5, 0.0, 1.0);
        grey[y * width + x] = std::max(grey[y * width + x], static_cast<std::uint8_t>(ink));
      }
    }
  }
  /// A seven, `size` high, its upper left corner at (x, y).
  void seven(double x, double y, double size, double pen) {
    line(x, y, x + 0.6 * size, y, pen);
    line(x + 0.6 * size, y, x + 0.2 * size, y + size, pen);
  }
  [[nodiscard]] DigitImage centred(Polarity polarity = Polarity::light_on_dark) const {
    const auto result = centre_drawing(grey, width, height, polarity);
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : message_text(result.error()));
    return result.ok() ? result.value() : DigitImage{};
  }
};

struct Measure {
  double mass = 0, x = 0, y = 0;
  std::size_t box = 0;
};

Measure measure(const DigitImage& image) {
  Measure m;
  std::size_t x0 = 28, x1 = 0, y0 = 28, y1 = 0;
  for (std::size_t y = 0; y < 28; ++y) {
    for (std::size_t x = 0; x < 28; ++x) {
      const double v = image[y * 28 + x];
      m.mass += v / 255.0;
      m.x += v / 255.0 * static_cast<double>(x);
      m.y += v / 255.0 * static_cast<double>(y);
      if (v > 0) {
        x0 = std::min(x0, x);
        x1 = std::max(x1, x);
        y0 = std::min(y0, y);
        y1 = std::max(y1, y);
      }
    }
  }
  m.x /= m.mass;
  m.y /= m.mass;
  m.box = std::max(x1 - x0, y1 - y0) + 1;
  return m;
}

double mean_difference(const DigitImage& a, const DigitImage& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += std::abs(static_cast<double>(a[i]) - b[i]);
  }
  return sum / static_cast<double>(a.size());
}

/// The same, the second image moved by up to a pixel: a small change may tip the rounding of the centre of mass.
double nearest_difference(const DigitImage& a, const DigitImage& b) {
  double least = 255.0;
  for (const std::ptrdiff_t move : {-29, -28, -27, -1, 0, 1, 27, 28, 29}) {
    DigitImage moved = b;
    std::rotate(moved.begin(), moved.begin() + (move + 784) % 784, moved.end());
    least = std::min(least, mean_difference(a, moved));
  }
  return least;
}

TEST(Drawing, EmptyGivesZeros) {
  const DigitImage zeros{};
  EXPECT_EQ((Pad{280, 280}.centred()), zeros);
  EXPECT_EQ((Pad{1, 1}.centred()), zeros);
  Pad white{30, 20};
  std::fill(white.grey.begin(), white.grey.end(), std::uint8_t{255});
  EXPECT_EQ(white.centred(Polarity::dark_on_light), zeros);
}

TEST(Drawing, FillsTheBoxAndCentresTheMass) {
  for (const double size : {40.0, 90.0, 150.0, 220.0}) {
    Pad pad{280, 280};
    pad.seven(25, 30, size, 18);
    const Measure m = measure(pad.centred());
    EXPECT_EQ(m.box, 20U) << size;
    EXPECT_NEAR(m.x, 14.0, 0.501) << size;
    EXPECT_NEAR(m.y, 14.0, 0.501) << size;
  }
}

TEST(Drawing, DoesNotDependOnThePlace) {
  Pad first{280, 280};
  first.seven(20, 20, 120, 16);
  Pad second{280, 280};
  second.seven(131, 97, 120, 16);
  EXPECT_EQ(first.centred(), second.centred());
  Pad third{400, 300};
  third.seven(20, 20, 120, 16);
  EXPECT_EQ(first.centred(), third.centred());
}

TEST(Drawing, HardlyDependsOnTheScale) {
  Pad small{140, 140};
  small.seven(15, 15, 90, 11);
  Pad large{1120, 1120};
  large.seven(120, 120, 720, 88);
  EXPECT_LT(nearest_difference(small.centred(), large.centred()), 3.0);
}

TEST(Drawing, KeepsTheAspect) {
  Pad pad{200, 200};
  for (std::size_t y = 40; y < 140; ++y) {
    std::fill_n(pad.grey.begin() + static_cast<std::ptrdiff_t>(y * 200 + 90), 15, std::uint8_t{255});
  }
  // 15 x 100 becomes 3 x 20, full ink.
  const DigitImage image = pad.centred();
  EXPECT_EQ(std::count(image.begin(), image.end(), std::uint8_t{255}), 60);
  EXPECT_EQ(image[13 * 28 + 13], 255);
  EXPECT_EQ(image[13 * 28 + 14], 255);
  EXPECT_EQ(image[13 * 28 + 15], 255);
  EXPECT_EQ(image[13 * 28 + 12], 0);
  EXPECT_NEAR(measure(image).mass, 60.0, 1e-9);
}

TEST(Drawing, AveragesAreas) {
  // 6 x 40 becomes 3 x 20, each pixel the mean of two columns: (255 + 101) / 2.
  Pad pad{40, 40};
  for (std::size_t y = 0; y < 40; ++y) {
    for (std::size_t x = 0; x < 6; ++x) {
      pad.grey[y * 40 + x] = x % 2 == 0 ? 255 : 101;
    }
  }
  const DigitImage image = pad.centred();
  EXPECT_EQ(std::count(image.begin(), image.end(), std::uint8_t{178}), 3 * 20);
}

// A digit that already has MNIST's form is left alone.
TEST(Drawing, LeavesNormalisedDigitsUnchanged) {
  const Dataset set = generate_digits(8, 0, 500);
  for (std::size_t i = 0; i < set.count(); ++i) {
    const auto image = centre_drawing(set.image(i), 28, 28);
    ASSERT_TRUE(image.ok());
    ASSERT_TRUE(std::ranges::equal(image.value(), set.image(i))) << i;
  }
}

// Pens from hair to brush: the ink of a seven with MNIST's stroke widths lies between that of a 1.5 and a 5 pixel pen.
TEST(Drawing, BringsStrokesNearMnistsWidth) {
  const double length = 20.0 * (0.6 + std::hypot(0.4, 1.0)) * 0.95;
  for (const double pen : {1.0, 3.0, 8.0, 16.0, 30.0, 45.0}) {
    Pad pad{280, 280};
    pad.seven(30, 30, 200, pen);
    const Measure m = measure(pad.centred());
    EXPECT_GT(m.mass, 1.5 * length) << pen;
    EXPECT_LT(m.mass, 5.0 * length) << pen;
    EXPECT_EQ(m.box, 20U) << pen;
  }
}

TEST(Drawing, HairlinesStayWhole) {
  Pad pad{280, 280};
  pad.line(40, 20, 200, 250, 1.0);
  const DigitImage image = pad.centred();
  for (std::size_t y = 4; y < 23; ++y) {
    const auto row = image.begin() + static_cast<std::ptrdiff_t>(y * 28);
    EXPECT_GT(*std::max_element(row, row + 28), 60) << y;
  }
}

TEST(Drawing, Polarity) {
  Pad dark{100, 80};
  dark.seven(20, 10, 60, 7);
  Pad light = dark;
  for (std::uint8_t& v : light.grey) {
    v = static_cast<std::uint8_t>(255 - v);
  }
  EXPECT_EQ(detect_polarity(dark.grey, 100, 80), Polarity::light_on_dark);
  EXPECT_EQ(detect_polarity(light.grey, 100, 80), Polarity::dark_on_light);
  EXPECT_EQ(light.centred(Polarity::dark_on_light), dark.centred());
  EXPECT_EQ(detect_polarity(std::vector<std::uint8_t>(12, 255), 4, 3), Polarity::dark_on_light);
  EXPECT_EQ(detect_polarity(std::vector<std::uint8_t>(12, 0), 4, 3), Polarity::light_on_dark);
}

TEST(Drawing, PictureToInk) {
  Pad pad{100, 80};
  pad.seven(20, 10, 60, 7);
  const auto same = picture_to_ink(pad.grey, 100, 80);
  ASSERT_TRUE(same.ok());
  EXPECT_EQ(same.value(), pad.grey);

  // Grey pencil on noisy off-white paper.
  std::vector<std::uint8_t> scan(pad.grey.size());
  for (std::size_t i = 0; i < scan.size(); ++i) {
    const std::size_t noise = i * 2654435761U >> 7 & 7;
    scan[i] = static_cast<std::uint8_t>(238 - noise - pad.grey[i] / 2);
  }
  const auto ink = picture_to_ink(scan, 100, 80);
  ASSERT_TRUE(ink.ok());
  EXPECT_EQ(*std::max_element(ink.value().begin(), ink.value().end()), 255);
  const auto centred = centre_drawing(ink.value(), 100, 80);
  ASSERT_TRUE(centred.ok());
  EXPECT_LT(nearest_difference(centred.value(), pad.centred()), 3.0);

  const auto blank = picture_to_ink(std::vector<std::uint8_t>(12, 255), 4, 3);
  ASSERT_TRUE(blank.ok());
  EXPECT_THAT(blank.value(), testing::Each(0));
}

TEST(Drawing, SizeFaults) {
  const std::vector<std::uint8_t> pixels(100, 1);
  const auto fault = [&](std::size_t width, std::size_t height) {
    const auto result = centre_drawing(pixels, width, height);
    EXPECT_FALSE(picture_to_ink(pixels, width, height).ok());
    return result.ok() ? std::string("no error") : message_text(result.error());
  };
  EXPECT_THAT(fault(10, 11), testing::HasSubstr("100 pixels for a size of 10x11"));
  EXPECT_THAT(fault(0, 10), testing::HasSubstr("0x10"));
  EXPECT_THAT(fault(8193, 1), testing::HasSubstr("1 to 8192"));
  EXPECT_THAT(fault(std::size_t{1} << 33, std::size_t{1} << 31), testing::HasSubstr("out of range"));
}

TEST(Drawing, ASinglePointIsADot) {
  Pad pad{50, 50};
  pad.grey[25 * 50 + 25] = 9;
  const Measure m = measure(pad.centred());
  EXPECT_GT(m.mass, 0.0);
  EXPECT_NEAR(m.x, 14.0, 0.501);
}

}  // namespace
}  // namespace quarterturn
