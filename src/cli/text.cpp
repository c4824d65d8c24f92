#include "cli/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <utility>

namespace quarterturn::cli {
namespace {

void append_padded(std::string& line, std::string_view cell, std::size_t width, Table::Align align) {
  const std::size_t blanks = width > cell.size() ? width - cell.size() : 0;
  if (align == Table::Align::right) line.append(blanks, ' ');
  line.append(cell);
  if (align == Table::Align::left) line.append(blanks, ' ');
}

void append_line(std::string& text, std::string line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
  text += line;
  text += '\n';
}

}  // namespace

std::string thousands(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  std::array<char, 400> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
  return buffer.data();
}

std::string percent(double fraction) { return std::isfinite(fraction) ? fixed(fraction * 100.0, 2) + "%" : "-"; }

namespace {

template <class T>
std::string shortest_of(T value) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end.ptr};
}

}  // namespace

std::string shortest(float value) { return shortest_of(value); }
std::string shortest(double value) { return shortest_of(value); }

std::string duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "-";
  if (seconds < 10) return fixed(seconds, 1) + " s";
  const auto whole = static_cast<std::uint64_t>(std::min(seconds + 0.5, 1e9));
  const auto two_digits = [](std::uint64_t v) { return (v < 10 ? "0" : "") + std::to_string(v); };
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + " min " + two_digits(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + two_digits(whole / 60 % 60) + " min";
}

Spread spread(std::span<const double> values) {
  if (values.empty()) return {0.0, 0.0};
  double sum = 0.0;
  for (const double v : values) sum += v;
  const double mean = sum / static_cast<double>(values.size());
  if (values.size() == 1) return {mean, 0.0};
  double squares = 0.0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return {mean, std::sqrt(squares / static_cast<double>(values.size() - 1))};
}

void Table::add_row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

void Table::add_rule() { rows_.emplace_back(); }

std::string Table::text() const {
  std::vector<std::size_t> widths;
  std::size_t total = 0;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::size_t width = columns_[c].title.size();
    for (const auto& row : rows_) {
      if (!row.empty()) width = std::max(width, row[c].size());
    }
    widths.push_back(width);
    total += width + 2;
  }
  const std::string rule = "  " + std::string(total < 2 ? 0 : total - 2, '-');
  std::string text;
  std::string line;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    line += "  ";
    append_padded(line, columns_[c].title, widths[c], columns_[c].align);
  }
  append_line(text, line);
  append_line(text, rule);
  for (const auto& row : rows_) {
    if (row.empty()) {
      append_line(text, rule);
      continue;
    }
    line.clear();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      line += "  ";
      append_padded(line, row[c], widths[c], columns_[c].align);
    }
    append_line(text, line);
  }
  return text;
}

std::string picture_rows(std::span<const TextPicture> pictures, std::size_t columns) {
  constexpr std::string_view kInk = " .:-=+*#%@";
  constexpr std::size_t kGap = 2;
  const std::size_t in_row = std::max<std::size_t>(1, columns / (kImageSide + kGap));
  std::string text;
  for (std::size_t first = 0; first < pictures.size(); first += in_row) {
    const std::size_t last = std::min(pictures.size(), first + in_row);
    std::string line;
    for (std::size_t p = first; p < last; ++p) {
      line.append(kGap, ' ');
      append_padded(line, pictures[p].title, kImageSide, Table::Align::left);
    }
    append_line(text, line);
    // A character cell is about twice as high as wide: each shows the mean of two pixels, one above the other.
    for (std::size_t y = 0; y < kImageSide; y += 2) {
      line.clear();
      for (std::size_t p = first; p < last; ++p) {
        line.append(kGap, ' ');
        for (std::size_t x = 0; x < kImageSide; ++x) {
          const unsigned mean =
              (unsigned{pictures[p].pixels[y * kImageSide + x]} + pictures[p].pixels[(y + 1) * kImageSide + x]) / 2;
          line += kInk[mean * kInk.size() / 256];
        }
      }
      append_line(text, line);
    }
  }
  return text;
}

std::string stem_plot(std::span<const StemColumn> networks, std::span<const std::string> class_names) {
  constexpr std::size_t kStem = 12;
  constexpr std::size_t kWidth = kStem + 10;
  std::size_t name_width = 1;
  for (const auto& name : class_names) name_width = std::max(name_width, name.size());
  std::string text;
  std::string line(2 + name_width, ' ');
  for (const auto& network : networks) {
    line += "  ";
    append_padded(line, network.title, kWidth, Table::Align::left);
  }
  append_line(text, line);
  for (std::size_t c = 0; c < class_names.size(); ++c) {
    line = "  ";
    append_padded(line, class_names[c], name_width, Table::Align::right);
    for (const auto& network : networks) {
      const double p = c < network.probabilities.size() ? static_cast<double>(network.probabilities[c]) : 0.0;
      const auto length =
          static_cast<std::size_t>(std::lround(std::clamp(std::isfinite(p) ? p : 0.0, 0.0, 1.0) * kStem));
      std::string cell = "|" + std::string(length, '-') + "o" + std::string(kStem - length, ' ');
      append_padded(cell, percent(p), 8, Table::Align::right);
      line += "  ";
      append_padded(line, cell, kWidth, Table::Align::left);
    }
    append_line(text, line);
  }
  return text;
}

}  // namespace quarterturn::cli
