// Photographs of digits: what is found beside shadows, lines, frames and specks is what a clean picture shows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "data/digits.hpp"
#include "data/drawing.hpp"
#include "data/native/photo.hpp"

namespace quarterturn {
namespace {

constexpr std::size_t kSide = 420;
constexpr std::size_t kScale = 10;
#ifdef QUARTERTURN_SANITIZERS
constexpr std::size_t kDigitsTried = 2;  // what is found is a matter of all of them, how it is found of each
#else
constexpr std::size_t kDigitsTried = 8;
#endif

/// Ink 0..1 of digit `i` at (x, y) of a large picture, bilinear in between.
double ink(const Dataset& digits, std::size_t i, std::size_t x, std::size_t y) {
  constexpr std::size_t kPlace = 70;
  const double u = (static_cast<double>(x) - kPlace) / kScale - 0.5;
  const double v = (static_cast<double>(y) - kPlace) / kScale - 0.5;
  const auto grey = [&](double column, double row) {
    if (column < 0 || row < 0 || column > 27 || row > 27) return 0.0;
    return static_cast<double>(digits.image(i)[static_cast<std::size_t>(row) * 28 + static_cast<std::size_t>(column)]);
  };
  const double left = std::floor(u);
  const double top = std::floor(v);
  const double a = grey(left, top) * (left + 1 - u) + grey(left + 1, top) * (u - left);
  const double b = grey(left, top + 1) * (left + 1 - u) + grey(left + 1, top + 1) * (u - left);
  return std::clamp(3.0 * (a * (top + 1 - v) + b * (v - top) - 90.0), 0.0, 255.0) / 255.0;
}

double noise(std::size_t x, std::size_t y) {  // -1..1
  const std::uint32_t hash =
      static_cast<std::uint32_t>(x * 2654435761U) ^ static_cast<std::uint32_t>(y * 40503U * 65537U);
  return static_cast<double>((hash ^ hash >> 15) * 2246822519U >> 16 & 0xFFFFU) / 32767.5 - 1.0;
}

using Shade = std::function<double(double ink, std::size_t x, std::size_t y)>;

using Inks = std::vector<double>;  // [kSide][kSide]

Inks inks(const Dataset& digits, std::size_t i) {
  Inks all;
  all.reserve(kSide * kSide);
  for (std::size_t y = 0; y < kSide; ++y) {
    for (std::size_t x = 0; x < kSide; ++x) all.push_back(ink(digits, i, x, y));
  }
  return all;
}

std::vector<std::uint8_t> picture(const Inks& ink, const Shade& shade) {
  std::vector<std::uint8_t> grey(kSide * kSide);
  for (std::size_t y = 0; y < kSide; ++y) {
    for (std::size_t x = 0; x < kSide; ++x) {
      const std::size_t at = y * kSide + x;
      grey[at] = static_cast<std::uint8_t>(std::clamp(shade(ink[at], x, y), 0.0, 255.0));
    }
  }
  return grey;
}

double paper(double ink) { return 235.0 - 205.0 * ink; }

DigitImage centred(const FoundDigit& found) {
  const auto image = centre_drawing(found.ink, found.width, found.height);
  EXPECT_TRUE(image.ok());
  return image.ok() ? image.value() : DigitImage{};
}

/// Mean difference where the second image may be moved by a pixel.
double difference(const DigitImage& a, const DigitImage& b) {
  double least = 255.0;
  for (const std::ptrdiff_t move : {-29, -28, -27, -1, 0, 1, 27, 28, 29}) {
    double sum = 0.0;
    for (std::ptrdiff_t p = 0; p < 784; ++p) {
      const auto q = static_cast<std::size_t>((p + move + 784) % 784);
      sum += std::abs(static_cast<double>(a[static_cast<std::size_t>(p)]) - b[q]);
    }
    least = std::min(least, sum / 784.0);
  }
  return least;
}

struct Kind {
  const char* name;
  Shade shade;
};

const std::vector<Kind>& kinds() {
  const auto edge = [](std::size_t x, std::size_t y, std::size_t at) {
    return x == at || y == at || x == kSide - 1 - at || y == kSide - 1 - at;
  };
  static const std::vector<Kind> all = {
      {"faint pencil", [](double i, auto x, auto y) { return 235.0 - 50.0 * i + 4.0 * noise(x, y); }},
      {"soft shadow", [](double i, auto x, auto) { return paper(i) * (1.0 - 0.55 * static_cast<double>(x) / kSide); }},
      {"hard shadow",
       [](double i, auto x, auto y) {
         return paper(i) * (static_cast<double>(x) + 0.4 * static_cast<double>(y) < 0.55 * kSide ? 0.5 : 1.0);
       }},
      {"vignette",
       [](double i, auto x, auto y) {
         const double u = static_cast<double>(x) / kSide - 0.5;
         const double v = static_cast<double>(y) / kSide - 0.5;
         return paper(i) * (1.0 - 0.9 * (u * u + v * v)) + 8.0 * noise(x, y);
       }},
      {"ruled paper",
       [](double i, auto, auto y) {
         const double line = y % 35 < 2 ? 175.0 : 235.0;
         return line + (30.0 - line) * i;
       }},
      {"squared paper",
       [](double i, auto x, auto y) {
         const double line = y % 35 < 2 || x % 35 < 2 ? 175.0 : 235.0;
         return line + (30.0 - line) * i;
       }},
      {"dark lines", [](double i, auto, auto y) { return y % 70 < 2 ? 40.0 : paper(i); }},
      {"black scan edge", [](double i, auto x, auto) { return x < 8 ? 10.0 : paper(i); }},
      {"broad black scan edge", [](double i, auto x, auto y) { return x < 30 || y < 12 ? 10.0 : paper(i); }},
      {"frame on the border", [=](double i, auto x, auto y) { return edge(x, y, 0) ? 0.0 : paper(i); }},
      {"frame inside",
       [=](double i, auto x, auto y) {
         const bool in = x >= 20 && y >= 20 && x < kSide - 20 && y < kSide - 20;
         return in && edge(x, y, 20) ? 0.0 : paper(i);
       }},
      {"speck",
       [](double i, auto x, auto y) {
         const auto u = static_cast<double>(x) - 15;
         const auto v = static_cast<double>(y) - 400;
         return u * u + v * v < 9 ? 30.0 : paper(i);
       }},
      {"chalk", [](double i, auto x, auto y) { return 60.0 + 170.0 * i + 6.0 * noise(x, y); }},
      {"white on black", [](double i, auto, auto) { return 255.0 * i; }},
  };
  return all;
}

TEST(Photo, EveryKindShowsWhatACleanPictureShows) {
  const Dataset digits = generate_digits(3, 0, kDigitsTried);
  const Shade clean = [](double i, auto, auto) { return paper(i); };
  std::vector<std::size_t> good(kinds().size(), 0);
  for (std::size_t i = 0; i < kDigitsTried; ++i) {
    const Inks ink = inks(digits, i);
    const auto expected = find_digit(picture(ink, clean), kSide, kSide);
    ASSERT_TRUE(expected.ok());
    EXPECT_THAT(expected.value().doubts, testing::IsEmpty());
    for (std::size_t k = 0; k < kinds().size(); ++k) {
      const auto found = find_digit(picture(ink, kinds()[k].shade), kSide, kSide);
      ASSERT_TRUE(found.ok());
      const bool alike = difference(centred(found.value()), centred(expected.value())) < 8.0;
      if (alike || !found.value().doubts.empty()) ++good[k];
    }
  }
  for (std::size_t k = 0; k < kinds().size(); ++k) {
    EXPECT_GE(good[k], kDigitsTried - 1) << kinds()[k].name << ": " << good[k] << " of " << kDigitsTried;
  }
}

TEST(Photo, ACleanPictureIsCentredAsADrawingIs) {
  const Dataset digits = generate_digits(4, 0, kDigitsTried);
  for (std::size_t i = 0; i < kDigitsTried; ++i) {
    const std::vector<std::uint8_t> drawing = picture(inks(digits, i), [](double v, auto, auto) { return 255.0 * v; });
    const auto as_drawing = centre_drawing(drawing, kSide, kSide);
    const auto found = find_digit(drawing, kSide, kSide);
    ASSERT_TRUE(as_drawing.ok() && found.ok());
    EXPECT_LT(difference(centred(found.value()), as_drawing.value()), 6.0) << i;
  }
}

TEST(Photo, DoubtsAreSaid) {
  const Dataset digits = generate_digits(5, 0, 4);
  const auto doubts = [](const std::vector<std::uint8_t>& grey, std::size_t width) {
    const auto found = find_digit(grey, width, grey.size() / width);
    EXPECT_TRUE(found.ok());
    std::string text;
    for (const std::string& doubt : found.value().doubts) text += doubt + ";";
    return text;
  };
  EXPECT_THAT(doubts(std::vector<std::uint8_t>(200 * 100, 240), 200), testing::HasSubstr("no ink stands out"));
  EXPECT_THAT(doubts(picture(inks(digits, 0), [](double, auto x, auto y) { return 200.0 + 6.0 * noise(x, y); }), kSide),
              testing::Not(testing::IsEmpty()));
  // Two digits side by side.
  std::vector<std::uint8_t> two(2 * kSide * kSide);
  for (std::size_t y = 0; y < kSide; ++y) {
    for (std::size_t x = 0; x < 2 * kSide; ++x) {
      two[y * 2 * kSide + x] = static_cast<std::uint8_t>(paper(ink(digits, x / kSide, x % kSide, y)));
    }
  }
  EXPECT_THAT(doubts(two, 2 * kSide), testing::HasSubstr("more than one figure"));
}

TEST(Photo, AFigureOfFewPixelsIsDoubted) {
  const auto doubts = [](std::size_t picture, std::size_t figure) {
    std::vector<std::uint8_t> grey(picture * picture, 240);
    for (std::size_t y = 0; y < figure; ++y) {
      for (std::size_t x = 0; x < 3; ++x) grey[(y + 5) * picture + x + 9] = 20;
    }
    const auto found = find_digit(grey, picture, picture);
    EXPECT_TRUE(found.ok());
    return testing::PrintToString(found.value().doubts);
  };
  EXPECT_THAT(doubts(28, 11), testing::HasSubstr("only 11 pixels long"));
  EXPECT_THAT(doubts(100, 11), testing::HasSubstr("pixels long"));
  EXPECT_THAT(doubts(28, 20), testing::Not(testing::HasSubstr("pixels long")));
  EXPECT_THAT(doubts(28, 0), testing::Not(testing::HasSubstr("pixels long")));
}

TEST(Photo, AThinDigitOnSquaredPaperIsFound) {
  // A stroke that covers less than the lines do.
  const auto stroke = [](std::size_t x, std::size_t y) { return x >= 200 && x < 222 && y >= 100 && y < 300; };
  std::vector<std::uint8_t> clean(kSide * kSide);
  std::vector<std::uint8_t> squared(kSide * kSide);
  for (std::size_t i = 0; i < clean.size(); ++i) {
    const std::size_t x = i % kSide;
    const std::size_t y = i / kSide;
    clean[i] = stroke(x, y) ? 30 : 235;
    squared[i] = stroke(x, y) ? 30 : (y % 35 < 2 || x % 35 < 2 ? 175 : 235);
  }
  const auto expected = find_digit(clean, kSide, kSide);
  const auto found = find_digit(squared, kSide, kSide);
  ASSERT_TRUE(expected.ok() && found.ok());
  EXPECT_THAT(found.value().doubts, testing::IsEmpty());
  EXPECT_LT(difference(centred(found.value()), centred(expected.value())), 8.0);
}

TEST(Photo, SizesOfAllKinds) {
  for (const auto& [width, height] : std::vector<std::pair<std::size_t, std::size_t>>{
           {1, 1}, {28, 28}, {63, 63}, {64, 1}, {1, 64}, {8192, 1}, {3, 5000}, {2000, 70}}) {
    std::vector<std::uint8_t> grey(width * height, 250);
    grey[grey.size() / 2] = 0;
    const auto found = find_digit(grey, width, height);
    ASSERT_TRUE(found.ok()) << width << "x" << height;
    EXPECT_EQ(found.value().ink.size(), found.value().width * found.value().height);
    EXPECT_TRUE(centre_drawing(found.value().ink, found.value().width, found.value().height).ok());
  }
  EXPECT_FALSE(find_digit(std::vector<std::uint8_t>(10), 3, 3).ok());
  EXPECT_FALSE(find_digit({}, 0, 0).ok());
  EXPECT_FALSE(find_digit(std::vector<std::uint8_t>(8193), 8193, 1).ok());
}

}  // namespace
}  // namespace quarterturn
