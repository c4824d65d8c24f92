#include "data/drawing.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/join.hpp"
#include "data/raster.hpp"

namespace quarterturn {
namespace {

// Only + - * / and sqrt on floating-point numbers, so that a drawing is answered alike in every build.

constexpr std::size_t kDigitBox = 20;
constexpr int kCentre = 14;  // MNIST's centre of mass lies in 13.5 .. 14.5, counted in pixel numbers

/// Stroke widths in pixels of the final image between which a drawing is left as it is: about MNIST's 5th and 95th
/// percentiles by stroke_width().
constexpr float kThinnest = 1.9F;
constexpr float kBroadest = 3.9F;

/// Columns [x0, x1) and rows [y0, y1).
struct Box {
  std::size_t x0, y0, x1, y1;
  [[nodiscard]] std::size_t width() const { return x1 - x0; }
  [[nodiscard]] std::size_t height() const { return y1 - y0; }
  [[nodiscard]] std::size_t longer() const { return std::max(width(), height()); }
  [[nodiscard]] bool empty() const { return x1 <= x0; }
};

template <class Ink>
Box ink_box(std::size_t width, std::size_t height, Ink ink) {
  Box box{width, height, 0, 0};
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      if (ink(x, y) > 0) {
        box = {std::min(box.x0, x), std::min(box.y0, y), std::max(box.x1, x + 1), std::max(box.y1, y + 1)};
      }
    }
  }
  return box;
}

/// The box scaled so that its longer side becomes `side` pixels; each pixel is the mean over its area, and what lies
/// beyond the box counts as no ink.
template <class Ink>
Raster fit(const Box& box, std::size_t side, Ink ink) {
  const double scale = static_cast<double>(box.longer()) / static_cast<double>(side);  // source pixels per pixel
  const auto pixels = [&](std::size_t length) {
    return std::min(side, (length * side + box.longer() - 1) / box.longer());
  };
  Raster out(pixels(box.width()), pixels(box.height()));
  const auto overlap = [](double low, double high, std::size_t cell) {
    const auto left = static_cast<double>(cell);
    return std::max(0.0, std::min(high, left + 1.0) - std::max(low, left));
  };
  for (std::size_t y = 0; y < out.height; ++y) {
    const double top = static_cast<double>(y) * scale;
    const double bottom = top + scale;
    const std::size_t last_row = std::min(box.height(), static_cast<std::size_t>(bottom) + 1);
    for (std::size_t x = 0; x < out.width; ++x) {
      const double left = static_cast<double>(x) * scale;
      const double right = left + scale;
      const std::size_t last_column = std::min(box.width(), static_cast<std::size_t>(right) + 1);
      double sum = 0.0;
      for (std::size_t v = static_cast<std::size_t>(top); v < last_row; ++v) {
        double row = 0.0;
        for (std::size_t u = static_cast<std::size_t>(left); u < last_column; ++u) {
          row += overlap(left, right, u) * static_cast<double>(ink(box.x0 + u, box.y0 + v));
        }
        sum += row * overlap(top, bottom, v);
      }
      out.at(x, y) = static_cast<float>(sum / (scale * scale));
    }
  }
  return out;
}

constexpr float kFar = 1e12F;

/// Squared distance transform of one row or column: values[i] becomes the least (i - j)^2 + values[j]
/// (Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions", 2012).
void squared_distances(std::span<float> values, std::vector<float>& copy, std::vector<std::size_t>& apex,
                       std::vector<float>& border) {
  const std::size_t n = values.size();
  copy.assign(values.begin(), values.end());
  apex.assign(n, 0);
  border.assign(n + 1, 0.0F);
  std::size_t k = 0;
  border[0] = -kFar;
  border[1] = kFar;
  const auto square = [](std::size_t i) { return static_cast<float>(i * i); };
  for (std::size_t q = 1; q < n; ++q) {
    float meet = 0.0F;
    for (;;) {
      const std::size_t p = apex[k];
      meet = ((copy[q] + square(q)) - (copy[p] + square(p))) / (2.0F * static_cast<float>(q - p));
      if (meet > border[k] || k == 0) {
        break;
      }
      --k;
    }
    if (meet > border[k]) {
      ++k;
    }
    apex[k] = q;
    border[k] = k == 0 ? -kFar : meet;
    border[k + 1] = kFar;
  }
  k = 0;
  for (std::size_t q = 0; q < n; ++q) {
    while (border[k + 1] < static_cast<float>(q)) {
      ++k;
    }
    const float d = static_cast<float>(q) - static_cast<float>(apex[k]);
    values[q] = d * d + copy[apex[k]];
  }
}

/// Distance of every pixel to the nearest one for which `inside` is `wanted`; kFar-ish where there is none.
Raster distance_to(const Raster& image, float threshold, bool wanted) {
  Raster distance(image.width, image.height);
  for (std::size_t i = 0; i < image.values.size(); ++i) {
    distance.values[i] = (image.values[i] >= threshold) == wanted ? 0.0F : kFar;
  }
  std::vector<float> copy;
  std::vector<std::size_t> apex;
  std::vector<float> border;
  std::vector<float> column(image.height);
  for (std::size_t x = 0; x < image.width; ++x) {
    for (std::size_t y = 0; y < image.height; ++y) {
      column[y] = distance.at(x, y);
    }
    squared_distances(column, copy, apex, border);
    for (std::size_t y = 0; y < image.height; ++y) {
      distance.at(x, y) = column[y];
    }
  }
  for (std::size_t y = 0; y < image.height; ++y) {
    squared_distances(std::span(distance.values).subspan(y * image.width, image.width), copy, apex, border);
  }
  for (float& value : distance.values) {
    value = std::sqrt(value);
  }
  return distance;
}

/// Depth below the ink's edge in pixels, negative outside. The edge runs midway between ink and paper pixels.
Raster signed_depth(const Raster& image) {
  // Relative to the ink's own mean, so that a line thinner than a pixel, which is grey everywhere, stays connected.
  float sum = 0.0F;
  float squares = 0.0F;
  for (const float value : image.values) {
    sum += value;
    squares += value * value;
  }
  const float threshold = 0.4F * squares / sum;
  Raster depth = distance_to(image, threshold, false);
  const Raster outside = distance_to(image, threshold, true);
  for (std::size_t i = 0; i < depth.values.size(); ++i) {
    depth.values[i] = depth.values[i] > 0.0F ? depth.values[i] - 0.5F : 0.5F - outside.values[i];
  }
  return depth;
}

/// Mean stroke width. The depths in a long stroke of width w run evenly from 0 to w/2, so their mean is w/4.
float stroke_width(const Raster& depth) {
  float sum = 0.0F;
  float count = 0.0F;
  for (const float value : depth.values) {
    if (value > 0.0F) {
      sum += value;
      count += 1.0F;
    }
  }
  return count > 0.0F ? 4.0F * sum / count : 0.0F;
}

/// Moves the ink's edge so that the stroke width comes into MNIST's range once the drawing fills the box again.
/// `fine` has kFine pixels per final pixel and a margin of paper.
constexpr std::size_t kFine = 4;
constexpr std::size_t kMargin = 4 * kFine;

bool normalise_width(Raster& fine) {
  const Raster depth = signed_depth(fine);
  const float width = stroke_width(depth) / static_cast<float>(kFine);
  const float target = std::clamp(width, kThinnest, kBroadest);
  if (width == target) {
    return false;
  }
  // Taking e off each side makes the stroke w - 2e and the box 20 - 2e; scaled back to 20 the stroke shall be t:
  // (w - 2e) * 20 / (20 - 2e) = t. Parts thinner than the mean must survive, hence the upper bound.
  const auto box = static_cast<float>(kDigitBox);
  const float inset = std::min(0.5F * box * (width - target) / (box - target), 0.3F * width);
  for (std::size_t i = 0; i < fine.values.size(); ++i) {
    const float edge = depth.values[i] - inset * static_cast<float>(kFine);
    fine.values[i] = 255.0F * std::clamp(edge + 0.5F, 0.0F, 1.0F);
  }
  return true;
}

/// Moves the fitted box by whole pixels so that its centre of mass comes to the middle.
DigitImage place(const Raster& ink) {
  DigitImage image{};
  std::uint32_t mass = 0;
  std::uint32_t mass_x = 0;
  std::uint32_t mass_y = 0;
  std::vector<std::uint8_t> grey(ink.values.size());
  for (std::uint32_t y = 0; y < ink.height; ++y) {
    for (std::uint32_t x = 0; x < ink.width; ++x) {
      const std::size_t i = y * ink.width + x;
      grey[i] = static_cast<std::uint8_t>(std::clamp(ink.values[i] + 0.5F, 0.0F, 255.0F));
      mass += grey[i];
      mass_x += grey[i] * x;
      mass_y += grey[i] * y;
    }
  }
  if (mass == 0) {
    return image;
  }
  const auto shift = [mass](std::uint32_t moment, std::size_t length) {
    const int centre = static_cast<int>((moment + mass / 2) / mass);
    return static_cast<std::size_t>(std::clamp(kCentre - centre, 0, static_cast<int>(kImageSide - length)));
  };
  const std::size_t right = shift(mass_x, ink.width);
  const std::size_t down = shift(mass_y, ink.height);
  for (std::size_t y = 0; y < ink.height; ++y) {
    for (std::size_t x = 0; x < ink.width; ++x) {
      image[(y + down) * kImageSide + x + right] = grey[y * ink.width + x];
    }
  }
  return image;
}

Status check_size(std::size_t pixels, std::size_t width, std::size_t height) {
  const std::string size = join({width, "x", height});
  if (width == 0 || height == 0 || width > kMaxDrawingSide || height > kMaxDrawingSide) {
    return Error{MessageCode::drawing_size, {size, kMaxDrawingSide}};
  }
  if (pixels != width * height) {
    return Error{MessageCode::drawing_pixels, {pixels, size}};
  }
  return Ok{};
}

std::uint8_t quantile(std::vector<std::uint8_t> values, std::size_t numerator, std::size_t denominator) {
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) * numerator / denominator);
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

std::vector<std::uint8_t> border_pixels(std::span<const std::uint8_t> grey, std::size_t width, std::size_t height) {
  std::vector<std::uint8_t> border;
  for (std::size_t x = 0; x < width; ++x) {
    border.push_back(grey[x]);
    border.push_back(grey[(height - 1) * width + x]);
  }
  for (std::size_t y = 1; y + 1 < height; ++y) {
    border.push_back(grey[y * width]);
    border.push_back(grey[y * width + width - 1]);
  }
  return border;
}

}  // namespace

Result<DigitImage> centre_drawing(std::span<const std::uint8_t> grey, std::size_t width, std::size_t height,
                                  Polarity polarity) {
  if (const Status status = check_size(grey.size(), width, height); !status) {
    return status.error();
  }
  const unsigned flip = polarity == Polarity::dark_on_light ? 0xFFU : 0U;
  const auto ink = [&](std::size_t x, std::size_t y) { return grey[y * width + x] ^ flip; };
  const Box box = ink_box(width, height, ink);
  if (box.empty()) {
    return DigitImage{};
  }
  // At MNIST's own scale there is nothing to repair: such an image comes out as it went in.
  if (box.longer() != kDigitBox) {
    const Raster scaled = fit(box, kDigitBox * kFine, ink);
    Raster fine(scaled.width + 2 * kMargin, scaled.height + 2 * kMargin);
    for (std::size_t y = 0; y < scaled.height; ++y) {
      for (std::size_t x = 0; x < scaled.width; ++x) {
        fine.at(x + kMargin, y + kMargin) = scaled.at(x, y);
      }
    }
    if (normalise_width(fine)) {
      const auto repaired = [&](std::size_t x, std::size_t y) { return fine.at(x, y); };
      const Box repaired_box = ink_box(fine.width, fine.height, repaired);
      if (!repaired_box.empty()) {
        return place(fit(repaired_box, kDigitBox, repaired));
      }
    }
  }
  return place(fit(box, kDigitBox, ink));
}

Polarity detect_polarity(std::span<const std::uint8_t> grey, std::size_t width, std::size_t height) {
  if (!check_size(grey.size(), width, height)) {
    return Polarity::light_on_dark;
  }
  const auto [least, most] = std::minmax_element(grey.begin(), grey.end());
  const unsigned paper = quantile(border_pixels(grey, width, height), 1, 2);
  const unsigned twice_middle = *least == *most ? 255U : unsigned{*least} + *most;
  return 2 * paper > twice_middle ? Polarity::dark_on_light : Polarity::light_on_dark;
}

Result<std::vector<std::uint8_t>> picture_to_ink(std::span<const std::uint8_t> grey, std::size_t width,
                                                 std::size_t height) {
  if (const Status status = check_size(grey.size(), width, height); !status) {
    return status.error();
  }
  std::vector<std::uint8_t> ink(grey.begin(), grey.end());
  if (detect_polarity(grey, width, height) == Polarity::dark_on_light) {
    for (std::uint8_t& value : ink) {
      value = static_cast<std::uint8_t>(255 - value);
    }
  }
  std::vector<std::uint8_t> border = border_pixels(ink, width, height);
  const int paper = quantile(border, 1, 2);
  int most = 0;
  for (const std::uint8_t value : ink) {
    most = std::max(most, value - paper);
  }
  for (std::uint8_t& value : border) {
    value = static_cast<std::uint8_t>(std::abs(value - paper));
  }
  // The quarter keeps ink alive where the digit runs over the border.
  const int noise = std::min<int>(quantile(std::move(border), 9, 10), most / 4);
  const int range = most - noise;
  // Full contrast already: stretching would only shift the greys of a clean picture.
  const bool faint = range < 240;
  for (std::uint8_t& value : ink) {
    const int above = std::max(0, value - paper - noise);
    value = static_cast<std::uint8_t>(faint && range > 0 ? (above * 255 + range / 2) / range : above);
  }
  return ink;
}

}  // namespace quarterturn
