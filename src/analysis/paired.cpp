#include "analysis/paired.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace quarterturn {

PairedDifference paired_difference(std::uint32_t count, std::uint32_t only_first, std::uint32_t only_second) {
  PairedDifference result{count, only_first, only_second};
  if (count == 0) return result;
  constexpr double kNormal = 1.96;
  const double n = count;
  const double unequal = static_cast<double>(only_first) + only_second;
  const double more = static_cast<double>(only_first) - only_second;
  // Where all images are unequal and one sided the rounded variance may lie below zero.
  const double half = kNormal * std::sqrt(std::max(0.0, unequal - more * more / n)) / n;
  result.difference = more / n;
  result.low = std::max(-1.0, result.difference - half);
  result.high = std::min(1.0, result.difference + half);
  return result;
}

PairedDifference paired_difference(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second,
                                   std::span<const std::uint8_t> labels) {
  assert(first.size() == labels.size() && second.size() == labels.size());
  std::uint32_t only_first = 0;
  std::uint32_t only_second = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool a = first[i] == labels[i];
    const bool b = second[i] == labels[i];
    only_first += a && !b ? 1 : 0;
    only_second += b && !a ? 1 : 0;
  }
  return paired_difference(static_cast<std::uint32_t>(labels.size()), only_first, only_second);
}

}  // namespace quarterturn
