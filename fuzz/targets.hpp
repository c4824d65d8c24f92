// Fuzz targets: each reads its input as the program would read a file or an argument of that kind. Built with libFuzzer
// (preset `fuzz`) each becomes a program of its own; in every native build a test replays fuzz/corpus through them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ostream>
#include <span>
#include <string_view>

#include "core/result.hpp"

namespace quarterturn::fuzz {

using Bytes = std::span<const std::uint8_t>;

/// A target refuses its input with an Error, or accepts it and checks what must hold of whatever is accepted: written
/// and read again it is the same, and the like.
Status idx(Bytes input);
Status gzip(Bytes input);
Status picture(Bytes input);
Status safetensors(Bytes input);
Status checkpoint(Bytes input);
Status json(Bytes input);
Status decimal(Bytes input);
Status options(Bytes input);
Status engine(Bytes input);

struct Target {
  const char* name;
  Status (*read)(Bytes);
  /// Heap in use at most, reading and the checks together: per_byte * input + fixed.
  std::size_t per_byte;
  std::size_t fixed;
  /// Whether its messages reach users: they must name fault and fix.
  bool messages;
};

/// For test reports.
inline std::ostream& operator<<(std::ostream& out, const Target& target) { return out << target.name; }

inline constexpr std::size_t kKiB = 1024;
inline constexpr std::size_t kMiB = 1024 * kKiB;

inline constexpr std::array kTargets = {
    Target{"idx", idx, 4, 4 * kKiB, true},
    Target{"gzip", gzip, 4, 8 * kMiB, true},
    // A bit of a PNG becomes up to three bytes, and deflate makes a thousand bits of one.
    Target{"picture", picture, 40'000, 2 * kMiB, true},
    Target{"safetensors", safetensors, 64, 16 * kKiB, true},
    Target{"checkpoint", checkpoint, 64, 16 * kMiB, true},
    Target{"json", json, 256, 16 * kKiB, false},
    Target{"decimal", decimal, 4, 4 * kKiB, false},
    Target{"options", options, 64, 4 * kMiB, true},
    Target{"engine", engine, 4096, 32 * kMiB, false},
};

/// What a target found wrong in the program: ends it, so that a fuzzer keeps the input.
[[noreturn]] inline void broken(std::string_view what) {
  std::fprintf(stderr, "fuzz: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

inline void require(bool holds, std::string_view what) {
  if (!holds) broken(what);
}

/// What every message must be: one line of printable characters that is no novel, and for users names the thing (before
/// a colon, in quotes or as an option), the fault and, behind a semicolon, the fix. Gives what is wrong, or nothing.
inline std::string_view message_fault(std::string_view message, bool for_users) {
  if (message.empty()) return "an empty message";
  for (const char c : message) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "a message with a control character";
  }
  if (!for_users) return {};
  if (message.find(": ") == std::string_view::npos && message.find('\'') == std::string_view::npos &&
      !message.starts_with("--") && !message.starts_with("no command given")) {
    return "a message that names no thing";
  }
  if (message.find(';') == std::string_view::npos) return "a message without a fix";
  return {};
}

}  // namespace quarterturn::fuzz
