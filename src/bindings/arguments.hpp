// JavaScript's values as the engine's: the arguments of a call, checked for their type here, for their sense by the
// engine.
#pragma once

#include <emscripten/bind.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/aligned_buffer.hpp"
#include "core/join.hpp"
#include "engine/engine.hpp"

namespace quarterturn::bindings {

using emscripten::typed_memory_view;
using emscripten::val;

inline bool is_a(const val& value, const char* type) { return value.instanceof(val::global(type)); }
inline std::size_t length(const val& array) { return array["length"].as<std::size_t>(); }

/// A Uint8Array where JavaScript has it.
class ArraySource final : public ByteSource {
 public:
  explicit ArraySource(val array) : array_(std::move(array)) {}
  [[nodiscard]] std::size_t size() const override { return length(array_); }
  void read(std::size_t first, std::span<std::uint8_t> to) const override {
    val(typed_memory_view(to.size(), to.data()))
        .call<void>("set", array_.call<val>("subarray", first, first + to.size()));
  }

 private:
  val array_;
};

/// The arguments of a call and what is made of them, until the call ends; and the call's first fault, which names an
/// argument by its position from 1. One function for each kind of argument, so that a method adds little to what every
/// visitor downloads.
class Arguments {
 public:
  explicit Arguments(std::span<const val* const> values) : values_(values) {}

  [[nodiscard]] const std::optional<Error>& fault() const { return fault_; }

  double number(std::size_t i) {
    if (at(i).isNumber()) return at(i).as<double>();
    refuse(MessageCode::argument_number, i);
    return 0.0;
  }
  std::uint64_t whole(std::size_t i) {
    constexpr double kLimit = 9007199254740992.0;
    const double number = at(i).isNumber() ? at(i).as<double>() : -1.0;
    if (number >= 0.0 && number < kLimit && number == std::floor(number)) return static_cast<std::uint64_t>(number);
    refuse(MessageCode::argument_whole, i);
    return 0;
  }
  const std::string& text(std::size_t i) {
    if (at(i).isString()) {
      held_[i].text = at(i).as<std::string>();
    } else {
      refuse(MessageCode::argument_string, i);
    }
    return held_[i].text;
  }
  std::span<const std::uint8_t> bytes(std::size_t i) { return numbers(i, "Uint8Array", held_[i].bytes); }
  std::span<const std::uint32_t> wholes(std::size_t i) { return numbers(i, "Uint32Array", held_[i].wholes); }
  std::span<const float> floats(std::size_t i) { return numbers(i, "Float32Array", held_[i].floats); }
  /// An object of files that stay where JavaScript has them. It takes nothing of the heap: a small block behind the
  /// present images would be in the way of the next ones.
  IdxSources files(std::size_t i) {
    constexpr std::array kNames = {"trainImages", "trainLabels", "testImages", "testLabels"};
    std::array<const ByteSource*, kNames.size()> found{};
    if (!is_a(at(i), "Object")) refuse(MessageCode::argument_files, i);
    for (std::size_t f = 0; f < kNames.size() && !fault_.has_value(); ++f) {
      const val file = at(i)[kNames[f]];
      if (file.isUndefined()) continue;
      if (!is_a(file, "Uint8Array")) refuse({MessageCode::not_bytes, {kNames[f]}});
      found[f] = &files_[f].emplace(file);
    }
    return {found[0], found[1], found[2], found[3]};
  }
  /// Every entry of an object by its path; entries that are undefined are left out.
  const SettingList& settings(std::size_t i) {
    if (!at(i).isUndefined()) add(at(i), "", i);
    return settings_;
  }
  [[nodiscard]] bool has(std::size_t i) const { return !at(i).isUndefined(); }
  [[nodiscard]] bool is_text(std::size_t i) const { return at(i).isString(); }

 private:
  struct Held {
    std::string text;
    std::vector<std::uint8_t> bytes;
    std::vector<std::uint32_t> wholes;
    std::vector<float> floats;
  };

  [[nodiscard]] const val& at(std::size_t i) const { return *values_[i]; }
  void refuse(const Error& fault) {
    if (!fault_.has_value()) fault_ = fault;
  }
  void refuse(MessageCode code, std::size_t i) { refuse({code, {i + 1}}); }
  template <class T>
  std::span<const T> numbers(std::size_t i, const char* type, std::vector<T>& copy) {
    if (!is_a(at(i), type)) {
      refuse({MessageCode::argument_array, {i + 1, type}});
    } else if (const std::size_t count = length(at(i)); !has_room(count * sizeof(T))) {
      refuse(MessageCode::argument_large, i);
    } else {
      copy.resize(count);
      val(typed_memory_view(count, copy.data())).template call<void>("set", at(i));
    }
    return copy;
  }
  // NOLINTNEXTLINE(misc-no-recursion): an object may hold objects, down to paths longer than any setting's
  void add(const val& value, const std::string& path, std::size_t argument) {
    constexpr std::size_t kLongestPath = 64;
    const std::string kind = value.isNull() || value.isArray() ? "other" : value.typeOf().as<std::string>();
    if (!path.empty() && kind == "number") {
      settings_.push_back({path, value.as<double>()});
    } else if (!path.empty() && kind == "boolean") {
      settings_.push_back({path, value.isTrue()});
    } else if (!path.empty() && kind == "string") {
      settings_.push_back({path, value.as<std::string>()});
    } else if (value.isArray() && (path == "armList" || path == "arms")) {
      settings_.push_back({path, value.call<std::string>("join", std::string(","))});
    } else if (kind == "object" && path.size() < kLongestPath) {
      const val keys = val::global("Object").call<val>("keys", value);
      const std::size_t count = length(keys);
      if (count == 0 && !path.empty()) settings_.push_back({path, {}});
      for (std::size_t i = 0; i < count; ++i) {
        const auto key = keys[i].as<std::string>();
        add(value[key], path.empty() ? key : join({path, ".", key}), argument);
      }
    } else if (kind != "undefined") {
      if (path.empty()) return refuse(MessageCode::argument_object, argument);
      refuse({MessageCode::setting_kind, {path}});
    }
  }

  std::span<const val* const> values_;
  std::optional<Error> fault_;
  std::array<Held, 4> held_;
  std::array<std::optional<ArraySource>, 4> files_;
  SettingList settings_;
};

/// What the engine takes, from argument i.
template <class T>
struct To {};
inline double from(Arguments& all, std::size_t i, To<double> /*type*/) { return all.number(i); }
inline std::uint64_t from(Arguments& all, std::size_t i, To<std::uint64_t> /*type*/) { return all.whole(i); }
inline std::string from(Arguments& all, std::size_t i, To<std::string> /*type*/) { return all.text(i); }
inline std::string_view from(Arguments& all, std::size_t i, To<std::string_view> /*type*/) { return all.text(i); }
inline std::span<const std::uint8_t> from(Arguments& all, std::size_t i, To<std::span<const std::uint8_t>> /*type*/) {
  return all.bytes(i);
}
inline std::span<const float> from(Arguments& all, std::size_t i, To<std::span<const float>> /*type*/) {
  return all.floats(i);
}
inline std::span<const std::uint32_t> from(Arguments& all, std::size_t i, To<std::span<const std::uint32_t>> /*type*/) {
  return all.wholes(i);
}
template <class T>
std::optional<T> from(Arguments& all, std::size_t i, To<std::optional<T>> /*type*/) {
  return all.has(i) ? std::optional(from(all, i, To<T>())) : std::nullopt;
}
/// Whose trunk makes features: undefined, a name or weights.
inline Engine::Trunk from(Arguments& all, std::size_t i, To<Engine::Trunk> /*type*/) {
  if (all.is_text(i)) return {all.text(i), std::nullopt};
  return {{}, from(all, i, To<std::optional<std::span<const float>>>())};
}
inline IdxSources from(Arguments& all, std::size_t i, To<IdxSources> /*type*/) { return all.files(i); }
inline const SettingList& from(Arguments& all, std::size_t i, To<SettingList> /*type*/) { return all.settings(i); }

}  // namespace quarterturn::bindings
