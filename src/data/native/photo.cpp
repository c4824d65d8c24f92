#include "data/native/photo.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <utility>

#include "data/drawing.hpp"
#include "data/raster.hpp"

namespace quarterturn {
namespace {

/// Longest side that is worked on, and the longest one of a picture that holds no more than a digit.
constexpr std::size_t kWorkingSide = 1024;
constexpr std::size_t kSmallSide = 63;

/// Of the shorter side: the square of the closing. Broader than strokes, narrower than shadows.
constexpr double kPaperSquare = 0.3;
/// Of the shorter side: half of the square over which noise is averaged.
constexpr double kNoiseSquare = 1.0 / 200.0;
/// Of the digit's own contrast: ink begins here.
constexpr float kInkShare = 0.5F;
/// Of the broadest stroke: what is thinner is a line.
constexpr float kLineShare = 0.15F;
/// Of the main part's area: smaller parts are specks.
constexpr double kSpeckShare = 0.02;
/// Of the main part's longer side: parts that are further away belong to something else.
constexpr double kGapShare = 0.15;
/// Of the main part's area: another part of this size is another figure.
constexpr double kFigureShare = 0.3;
/// Of the picture: a digit covers at least so much, also a thin 1.
constexpr double kDigitShare = 0.005;
/// Pixels of the figure's longer side. MNIST's have 20; one much smaller is blurred when it is enlarged.
constexpr std::size_t kSmallFigure = 14;

/// Each pixel the mean of the `step` x `step` pixels that it stands for.
Raster reduced(std::span<const std::uint8_t> grey, std::size_t width, std::size_t height, std::size_t step) {
  Raster image((width + step - 1) / step, (height + step - 1) / step);
  for (std::size_t y = 0; y < image.height; ++y) {
    for (std::size_t x = 0; x < image.width; ++x) {
      const std::size_t right = std::min(width, (x + 1) * step);
      const std::size_t bottom = std::min(height, (y + 1) * step);
      unsigned sum = 0;
      for (std::size_t v = y * step; v < bottom; ++v) {
        for (std::size_t u = x * step; u < right; ++u) sum += grey[v * width + u];
      }
      image.at(x, y) = static_cast<float>(sum) / static_cast<float>((right - x * step) * (bottom - y * step));
    }
  }
  return image;
}

/// Calls line(first, stride, count) for every row, then for every column.
template <class Line>
void along_both_axes(const Raster& image, const Line& line) {
  for (std::size_t y = 0; y < image.height; ++y) line(y * image.width, std::size_t{1}, image.width);
  for (std::size_t x = 0; x < image.width; ++x) line(x, image.width, image.height);
}

/// Means over squares of 2 * radius + 1, smaller at the border.
void smooth(Raster& image, std::size_t radius) {
  if (radius == 0) return;
  std::vector<double> sums;
  along_both_axes(image, [&](std::size_t first, std::size_t stride, std::size_t count) {
    sums.assign(count + 1, 0.0);
    for (std::size_t i = 0; i < count; ++i)
      sums[i + 1] = sums[i] + static_cast<double>(image.values[first + i * stride]);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t low = i < radius ? 0 : i - radius;
      const std::size_t high = std::min(count, i + radius + 1);
      image.values[first + i * stride] = static_cast<float>((sums[high] - sums[low]) / static_cast<double>(high - low));
    }
  });
}

/// The greatest (or least) values of windows that reach from `left` places before a place to `right` places behind it,
/// for the places -before .. count + behind - 1. Places outside the values are left out.
template <class Better>
std::vector<float> best_in_windows(const std::vector<float>& values, std::size_t before, std::size_t behind,
                                   std::size_t left, std::size_t right, Better better) {
  const auto count = static_cast<std::ptrdiff_t>(values.size());
  std::vector<float> best;
  best.reserve(values.size() + before + behind);
  std::deque<std::ptrdiff_t> candidates;  // places, their values from best to worst
  std::ptrdiff_t next = 0;
  for (std::ptrdiff_t place = -static_cast<std::ptrdiff_t>(before); place < count + static_cast<std::ptrdiff_t>(behind);
       ++place) {
    for (; next < count && next <= place + static_cast<std::ptrdiff_t>(right); ++next) {
      const auto value = [&values](std::ptrdiff_t i) { return values[static_cast<std::size_t>(i)]; };
      while (!candidates.empty() && !better(value(candidates.back()), value(next))) candidates.pop_back();
      candidates.push_back(next);
    }
    while (!candidates.empty() && candidates.front() < place - static_cast<std::ptrdiff_t>(left))
      candidates.pop_front();
    best.push_back(values[static_cast<std::size_t>(candidates.front())]);
  }
  return best;
}

/// Grey closing by a square of 2 * radius + 1: fills what is dark and narrower. The square may stand partly outside the
/// picture, where nothing counts; so what is dark along the border stays dark.
Raster closing(const Raster& image, std::size_t radius) {
  const auto greater = [](float a, float b) { return a > b; };
  const auto less = [](float a, float b) { return a < b; };
  // The squares' greatest values, rows and then columns, for centres up to `radius` outside.
  Raster wide(image.width + 2 * radius, image.height);
  std::vector<float> line(image.width);
  for (std::size_t y = 0; y < image.height; ++y) {
    std::copy_n(image.values.begin() + static_cast<std::ptrdiff_t>(y * image.width), image.width, line.begin());
    const std::vector<float> best = best_in_windows(line, radius, radius, radius, radius, greater);
    std::copy(best.begin(), best.end(), wide.values.begin() + static_cast<std::ptrdiff_t>(y * wide.width));
  }
  Raster closed(image.width, image.height);
  Raster narrow(wide.width, image.height);
  line.resize(image.height);
  for (std::size_t x = 0; x < wide.width; ++x) {
    for (std::size_t y = 0; y < image.height; ++y) line[y] = wide.at(x, y);
    const std::vector<float> best = best_in_windows(line, radius, radius, radius, radius, greater);
    // Centre c stands at c + radius, and the pixel y is in the squares of the centres y - radius .. y + radius.
    const std::vector<float> least = best_in_windows(best, 0, 0, 0, 2 * radius, less);
    for (std::size_t y = 0; y < image.height; ++y) narrow.at(x, y) = least[y];
  }
  line.resize(wide.width);
  for (std::size_t y = 0; y < image.height; ++y) {
    std::copy_n(narrow.values.begin() + static_cast<std::ptrdiff_t>(y * narrow.width), narrow.width, line.begin());
    const std::vector<float> least = best_in_windows(line, 0, 0, 0, 2 * radius, less);
    std::copy_n(least.begin(), image.width, closed.values.begin() + static_cast<std::ptrdiff_t>(y * image.width));
  }
  return closed;
}

float quantile(std::vector<float> values, double share) {
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

/// Chessboard distance of every pixel of the mask to the nearest one outside it; the picture's border counts as inside.
std::vector<float> depths(const std::vector<bool>& mask, std::size_t width, std::size_t height) {
  const auto far = static_cast<float>(width + height);
  std::vector<float> depth(mask.size());
  for (std::size_t i = 0; i < mask.size(); ++i) depth[i] = mask[i] ? far : 0.0F;
  const auto look = [&](std::size_t x, std::size_t y, bool forward) {
    float& here = depth[y * width + x];
    const auto from = [&](std::size_t u, std::size_t v) { here = std::min(here, depth[v * width + u] + 1.0F); };
    if (forward) {
      if (x > 0) from(x - 1, y);
      if (y > 0) from(x, y - 1);
      if (y > 0 && x > 0) from(x - 1, y - 1);
      if (y > 0 && x + 1 < width) from(x + 1, y - 1);
    } else {
      if (x + 1 < width) from(x + 1, y);
      if (y + 1 < height) from(x, y + 1);
      if (y + 1 < height && x + 1 < width) from(x + 1, y + 1);
      if (y + 1 < height && x > 0) from(x - 1, y + 1);
    }
  };
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) look(x, y, true);
  }
  for (std::size_t y = height; y-- > 0;) {
    for (std::size_t x = width; x-- > 0;) look(x, y, false);
  }
  return depth;
}

/// The mask and all that is no further than `radius` from it.
std::vector<bool> grown(const std::vector<bool>& mask, std::size_t width, std::size_t height, float radius) {
  std::vector<bool> outside(mask.size());
  for (std::size_t i = 0; i < mask.size(); ++i) outside[i] = !mask[i];
  const std::vector<float> distance = depths(outside, width, height);
  std::vector<bool> result(mask.size());
  for (std::size_t i = 0; i < mask.size(); ++i) result[i] = distance[i] <= radius;
  return result;
}

/// Takes what is much thinner than the broadest stroke out of the mask.
void drop_lines(std::vector<bool>& mask, std::size_t width, std::size_t height) {
  const std::vector<float> depth = depths(mask, width, height);
  const float least = kLineShare * *std::max_element(depth.begin(), depth.end());
  if (least < 1.0F) return;  // all is thin
  std::vector<bool> core(mask.size());
  for (std::size_t i = 0; i < mask.size(); ++i) core[i] = depth[i] > least;
  const std::vector<bool> near = grown(core, width, height, least + 1.0F);
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = mask[i] && near[i];
}

/// A connected part of the mask. Columns [x0, x1), rows [y0, y1).
struct Part {
  std::size_t area = 0;
  std::size_t x0 = SIZE_MAX, y0 = SIZE_MAX, x1 = 0, y1 = 0;

  void add(std::size_t x, std::size_t y) {
    ++area;
    x0 = std::min(x0, x);
    y0 = std::min(y0, y);
    x1 = std::max(x1, x + 1);
    y1 = std::max(y1, y + 1);
  }
  [[nodiscard]] std::size_t longer() const { return std::max(x1 - x0, y1 - y0); }
  [[nodiscard]] bool touches(std::size_t width, std::size_t height) const {
    return x0 == 0 || y0 == 0 || x1 == width || y1 == height;
  }
  /// Pixels between the boxes; 0 where they overlap.
  [[nodiscard]] std::size_t gap(const Part& other) const {
    const auto between = [](std::size_t a0, std::size_t a1, std::size_t b0, std::size_t b1) {
      return a1 < b0 ? b0 - a1 : (b1 < a0 ? a0 - b1 : std::size_t{0});
    };
    return std::max(between(x0, x1, other.x0, other.x1), between(y0, y1, other.y0, other.y1));
  }
};

/// Numbers the 8-connected parts of the mask from 1 on; 0 is outside.
std::vector<Part> parts_of(const std::vector<bool>& mask, std::size_t width, std::size_t height,
                           std::vector<std::uint32_t>& numbers) {
  std::vector<Part> parts;
  numbers.assign(mask.size(), 0);
  std::vector<std::size_t> waiting;
  for (std::size_t start = 0; start < mask.size(); ++start) {
    if (!mask[start] || numbers[start] != 0) continue;
    Part part;
    const auto number = static_cast<std::uint32_t>(parts.size() + 1);
    numbers[start] = number;
    waiting.push_back(start);
    while (!waiting.empty()) {
      const std::size_t at = waiting.back();
      waiting.pop_back();
      const std::size_t x = at % width;
      const std::size_t y = at / width;
      part.add(x, y);
      for (std::size_t v = y - (y > 0 ? 1 : 0); v <= std::min(y + 1, height - 1); ++v) {
        for (std::size_t u = x - (x > 0 ? 1 : 0); u <= std::min(x + 1, width - 1); ++u) {
          const std::size_t beside = v * width + u;
          if (!mask[beside] || numbers[beside] != 0) continue;
          numbers[beside] = number;
          waiting.push_back(beside);
        }
      }
    }
    parts.push_back(part);
  }
  return parts;
}

/// Which parts are the digit, by number; adds what speaks against it.
std::vector<bool> choose_parts(const std::vector<Part>& parts, std::size_t width, std::size_t height,
                               std::vector<std::string>& doubts) {
  // What hangs on the border is rather a shadow, a finger or the edge of the sheet.
  const auto weight = [&](const Part& part) {
    return static_cast<double>(part.area) * (part.touches(width, height) ? 0.3 : 1.0);
  };
  const Part& main = *std::max_element(parts.begin(), parts.end(),
                                       [&](const Part& a, const Part& b) { return weight(a) < weight(b); });
  std::vector<bool> chosen(parts.size() + 1, false);
  bool others = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    const double share = static_cast<double>(part.area) / static_cast<double>(main.area);
    const bool near = static_cast<double>(part.gap(main)) <= kGapShare * static_cast<double>(main.longer());
    const bool beside = part.x0 >= main.x1 || part.x1 <= main.x0;
    const bool is_main = &part == &main;
    chosen[i + 1] = is_main || (share >= kSpeckShare && near);
    others = others || (!is_main && share >= kFigureShare && (beside || !near));
  }
  if (others) doubts.emplace_back("there is more than one figure");
  if (main.touches(width, height)) doubts.emplace_back("the figure reaches the picture's border");
  return chosen;
}

/// Pixels of the longer side of what is at least a quarter as dark as ink can be; 0: there is none.
std::size_t longer_side(const FoundDigit& found) {
  Part all;
  for (std::size_t i = 0; i < found.ink.size(); ++i) {
    if (found.ink[i] >= 64) all.add(i % found.width, i / found.width);
  }
  return all.area == 0 ? 0 : all.longer();
}

/// Doubts a figure that stood on few pixels. `step`: pixels of the picture for each one of `found`.
void doubt_small(FoundDigit& found, std::size_t step) {
  const std::size_t side = longer_side(found) * step;
  if (side == 0 || side >= kSmallFigure) return;
  found.doubts.push_back("the figure is only " + std::to_string(side) + (side == 1 ? " pixel" : " pixels") +
                         " long, so it is blurred");
}

/// The contrast of every pixel to its paper, as find_digit() measures it.
struct Contrast {
  std::size_t width;
  std::size_t height;
  std::vector<float> values;
  float visible;             ///< less is noise
  std::size_t noise_radius;  ///< pixels over which noise was averaged
};

/// The digit, if its own contrast is `full`.
FoundDigit digit_with(const Contrast& contrast, float full) {
  FoundDigit found{contrast.width, contrast.height, std::vector<std::uint8_t>(contrast.values.size(), 0), {}};
  if (full < 2.0F * contrast.visible) found.doubts.emplace_back("the ink hardly stands out from the paper");
  std::vector<bool> mask(contrast.values.size());
  const float threshold = std::max(kInkShare * full, contrast.visible);
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = contrast.values[i] >= threshold;
  drop_lines(mask, found.width, found.height);
  std::vector<std::uint32_t> numbers;
  const std::vector<Part> parts = parts_of(mask, found.width, found.height, numbers);
  const std::vector<bool> chosen = choose_parts(parts, found.width, found.height, found.doubts);
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = chosen[numbers[i]];

  // The ink's soft edge lies outside the threshold.
  const std::vector<bool> edge = grown(mask, found.width, found.height, static_cast<float>(contrast.noise_radius + 1));
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if (!edge[i]) continue;
    constexpr float kSteepness = 1.4F;
    const float level = kSteepness * (contrast.values[i] / full - 0.5F) + 0.5F;
    found.ink[i] = static_cast<std::uint8_t>(std::lround(255.0F * std::clamp(level, 0.0F, 1.0F)));
  }
  return found;
}

}  // namespace

Result<FoundDigit> find_digit(std::span<const std::uint8_t> grey, std::size_t width, std::size_t height) {
  if (std::max(width, height) <= kSmallSide || grey.size() != width * height || width > kMaxDrawingSide ||
      height > kMaxDrawingSide || width == 0 || height == 0) {
    Result<std::vector<std::uint8_t>> ink = picture_to_ink(grey, width, height);
    if (!ink) return ink.error();
    FoundDigit found{width, height, std::move(ink).value(), {}};
    doubt_small(found, 1);
    return found;
  }
  const std::size_t step = (std::max(width, height) + kWorkingSide - 1) / kWorkingSide;
  Raster image = reduced(grey, width, height, step);
  const auto shorter = static_cast<double>(std::min(image.width, image.height));
  const auto noise_radius = static_cast<std::size_t>(kNoiseSquare * shorter);
  smooth(image, noise_radius);

  const float darkest = quantile(image.values, 0.01);
  const float lightest = quantile(image.values, 0.99);
  if (2.0F * quantile(image.values, 0.5) < darkest + lightest) {
    for (float& value : image.values) value = 255.0F - value;
  }

  // Contrast: the share of the paper's light that is missing.
  const Raster paper = closing(image, static_cast<std::size_t>(kPaperSquare / 2.0 * shorter));
  Contrast contrast{image.width, image.height, std::vector<float>(image.values.size()), 0.0F, noise_radius};
  for (std::size_t i = 0; i < contrast.values.size(); ++i) {
    constexpr float kDarkestPaper = 16.0F;
    contrast.values[i] = (paper.values[i] - image.values[i]) / std::max(paper.values[i], kDarkestPaper);
  }
  // A closing lies above the noise, so blank paper has some contrast too.
  const float blank = quantile(contrast.values, 0.5);
  std::vector<float> blanks;
  for (float& value : contrast.values) {
    value -= blank;
    if (value < 0.0F) blanks.push_back(-value);
  }
  const float noise = blanks.empty() ? 0.0F : 1.5F * quantile(blanks, 0.5);  // its standard deviation
  contrast.visible = std::max(5.0F * noise, 0.02F);
  const auto above = [&contrast](float least) {
    std::vector<float> values;
    std::copy_if(contrast.values.begin(), contrast.values.end(), std::back_inserter(values),
                 [least](float value) { return value > least; });
    return values;
  };
  std::vector<float> inked = above(contrast.visible);
  if (inked.empty()) {
    return FoundDigit{image.width,
                      image.height,
                      std::vector<std::uint8_t>(image.values.size(), 0),
                      {"no ink stands out from the paper"}};
  }
  // The digit's own contrast: lines and specks are fainter or fewer.
  const float full = quantile(std::move(inked), 0.9);
  FoundDigit found = digit_with(contrast, full);
  if (!found.doubts.empty()) {
    // Squared paper covers more than a thin digit does, and then `full` is that of the lines.
    std::vector<float> darker = above(2.0F * full);
    if (static_cast<double>(darker.size()) >= kDigitShare * static_cast<double>(contrast.values.size())) {
      FoundDigit second = digit_with(contrast, quantile(std::move(darker), 0.9));
      if (second.doubts.empty()) found = std::move(second);
    }
  }
  doubt_small(found, step);
  return found;
}

}  // namespace quarterturn
