// Decimal numbers, read and written, against the C library.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>

#include "core/decimal.hpp"
#include "core/native/message_text.hpp"
#include "fuzz/targets.hpp"

namespace quarterturn::fuzz {
namespace {

template <class T>
T value_of(Bytes bytes) {
  T value{};
  if (!bytes.empty()) std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof value));
  return value;
}

/// Floats between two of one sign.
std::uint32_t steps_between(float a, float b) {
  const auto x = std::bit_cast<std::uint32_t>(std::fabs(a));
  const auto y = std::bit_cast<std::uint32_t>(std::fabs(b));
  return x > y ? x - y : y - x;
}

void check_writing(Bytes input) {
  const auto single = value_of<float>(input);
  float back = 0.0F;
  if (std::isfinite(single)) {
    require(read_decimal(quarterturn::decimal(single), back), "a written float cannot be read");
    require(std::bit_cast<std::uint32_t>(back) == std::bit_cast<std::uint32_t>(single),
            "a float changes when written and read");
  } else {
    require(!read_decimal(quarterturn::decimal(single), back), "a float that is no number is read as one");
  }
  const auto wide = value_of<double>(input);
  if (!std::isnormal(wide) || std::fabs(wide) > 1e300) return;
  for (int digits = 1; digits <= 9; ++digits) {
    const double read = std::strtod(quarterturn::decimal(wide, digits).c_str(), nullptr);
    require(std::fabs(read - wide) <= std::fabs(wide) * std::pow(10.0, 1 - digits), "a written double is far off");
  }
}

}  // namespace

Status decimal(Bytes input) {
  check_writing(input);
  const std::string text(input.begin(), input.end());
  float value = 0.0F;
  const bool accepted = read_decimal(text, value);
  // Of what strtof takes, this syntax leaves out leading blanks, "inf", "nan" and hexadecimal numbers.
  char* end = nullptr;
  const float expected = std::strtof(text.c_str(), &end);
  const bool plain = text.find_first_not_of("0123456789+-.eE") == std::string::npos;
  require(accepted == (plain && !text.empty() && end == text.c_str() + text.size()),
          "a text is judged otherwise than by strtof");
  if (!accepted) return error_of("not a decimal number");
  require(std::signbit(value) == std::signbit(expected), "a sign is lost");
  require(steps_between(value, expected) <= 1, "a number is read otherwise than by strtof");
  return Ok{};
}

}  // namespace quarterturn::fuzz
