// Plain text for terminals and pipes: numbers, tables, pictures of images, stem plots. ASCII only, no control
// characters but the line end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/dataset.hpp"

namespace quarterturn::cli {

/// "23,988"
std::string thousands(std::uint64_t value);
/// A fraction as a percentage with two decimals: 0.894 -> "89.40%".
std::string percent(double fraction);
/// `value` with `decimals` digits after the point; "-" for a value that is not finite.
std::string fixed(double value, int decimals);
/// Shortest text that reads back as the same number.
std::string shortest(float value);
std::string shortest(double value);
/// "0.8 s", "41 s", "3 min 05 s", "2 h 07 min"
std::string duration(double seconds);

/// Mean and sample standard deviation (n - 1; zero for one value).
struct Spread {
  double mean;
  double deviation;
};
Spread spread(std::span<const double> values);

/// A table with aligned columns, printed with two spaces of indent.
class Table {
 public:
  enum class Align : std::uint8_t { left, right };
  struct Column {
    std::string title;
    Align align = Align::right;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// Cells beyond the columns are dropped, missing ones stay empty.
  void add_row(std::vector<std::string> cells);
  /// A rule before the next row.
  void add_rule();
  [[nodiscard]] std::string text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;  ///< an empty row is a rule
};

/// One 28x28 image, drawn in 28 columns and 14 lines.
struct TextPicture {
  std::string title;
  std::array<std::uint8_t, kImagePixels> pixels;  ///< [28][28], 0 blank .. 255 ink
};
/// Pictures side by side, as many in a row as `columns` characters hold.
std::string picture_rows(std::span<const TextPicture> pictures, std::size_t columns);

/// Probabilities of one network for a stem plot.
struct StemColumn {
  std::string title;
  std::vector<float> probabilities;
};
/// Stem plots side by side: a line a class, the stem as long as the probability, the value behind it.
std::string stem_plot(std::span<const StemColumn> networks, std::span<const std::string> class_names);

}  // namespace quarterturn::cli
