#include "core/decimal.hpp"

#include <algorithm>
#include <cmath>

namespace quarterturn {
namespace {

/// value * 10^exponent in as few roundings as the exponent has bits and steps; 10^22 is the last exact power.
double scaled(double value, int exponent) {
  for (; exponent > 0; exponent -= std::min(exponent, 22)) {
    double power = 1.0;
    for (int i = 0; i < std::min(exponent, 22); ++i) power *= 10.0;
    value *= power;
  }
  for (; exponent < 0; exponent += std::min(-exponent, 22)) {
    double power = 1.0;
    for (int i = 0; i < std::min(-exponent, 22); ++i) power *= 10.0;
    value /= power;
  }
  return value;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string decimal(double value, int digits) {
  if (std::isnan(value)) return "nan";
  std::string text;
  if (std::signbit(value)) text = "-";
  value = std::fabs(value);
  if (std::isinf(value)) return text + "inf";
  if (value == 0.0) return text + "0";

  // 10^(digits-1) <= whole < 10^digits, value = whole * 10^(exponent - digits + 1)
  double limit = 1.0;
  for (int i = 0; i < digits; ++i) limit *= 10.0;
  int exponent = 0;
  double left = value;
  while (left >= 10.0) {
    left /= 10.0;
    ++exponent;
  }
  while (left < 1.0) {
    left *= 10.0;
    --exponent;
  }
  double whole = std::nearbyint(scaled(value, digits - 1 - exponent));
  // The quotients above are rounded, and so is `whole`: either can have crossed a power of ten.
  if (whole < limit / 10.0) {
    --exponent;
    whole = std::nearbyint(scaled(value, digits - 1 - exponent));
  }
  if (whole >= limit) {
    ++exponent;
    whole = std::nearbyint(scaled(value, digits - 1 - exponent));
  }
  std::string figures = std::to_string(static_cast<unsigned>(whole));
  while (figures.size() > 1 && figures.back() == '0') figures.pop_back();

  if (exponent < -4 || exponent >= digits) {
    text += figures[0];
    if (figures.size() > 1) {
      text += '.';
      text.append(figures, 1);
    }
    text += exponent < 0 ? "e-" : "e+";
    const int size = std::abs(exponent);
    if (size < 10) text += '0';
    return text + std::to_string(size);
  }
  if (exponent < 0) {
    text += "0.";
    text.append(static_cast<std::size_t>(-exponent - 1), '0');
    return text + figures;
  }
  const auto before = static_cast<std::size_t>(exponent) + 1;
  if (figures.size() <= before) {
    text += figures;
    text.append(before - figures.size(), '0');
    return text;
  }
  text.append(figures, 0, before);
  text += '.';
  text.append(figures, before);
  return text;
}

std::string decimal(float value) {
  std::string text;
  for (int digits = 1; digits <= 9; ++digits) {
    text = decimal(static_cast<double>(value), digits);
    float back = 0.0F;
    if (read_decimal(text, back) && back == value) break;
  }
  return text;
}

bool read_decimal(std::string_view text, float& value) {
  constexpr int kMaxExponent = 9999;  // of what may follow an e; more would be 0 or infinite all the same
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative || (!text.empty() && text[0] == '+')) ++at;
  double mantissa = 0.0;
  int shift = 0;
  std::size_t figures = 0;
  const auto read_figures = [&](int step) {
    for (; at < text.size() && is_digit(text[at]); ++at, ++figures) {
      if (mantissa < 1e15) {
        mantissa = mantissa * 10.0 + (text[at] - '0');
        shift += step;
      } else {
        shift += step + 1;  // a digit beyond the sixteenth only counts as a place
      }
    }
  };
  read_figures(0);
  if (at < text.size() && text[at] == '.') {
    ++at;
    read_figures(-1);
  }
  if (figures == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    const bool down = at < text.size() && text[at] == '-';
    if (down || (at < text.size() && text[at] == '+')) ++at;
    const std::size_t first = at;
    int exponent = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      exponent = std::min(kMaxExponent, exponent * 10 + (text[at] - '0'));
    }
    if (at == first) return false;
    shift += down ? -exponent : exponent;
  }
  if (at != text.size()) return false;
  const double magnitude = mantissa == 0.0 ? 0.0 : scaled(mantissa, std::clamp(shift, -400, 400));
  value = static_cast<float>(negative ? -magnitude : magnitude);
  return true;
}

}  // namespace quarterturn
