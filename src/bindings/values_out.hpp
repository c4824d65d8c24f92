// The engine's values as JavaScript's: out() of each kind, and objects with an entry for each member.
#pragma once

#include <emscripten/bind.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/join.hpp"
#include "engine/engine.hpp"

namespace quarterturn::bindings {

using emscripten::typed_memory_view;
using emscripten::val;

struct Done {};
using RecoveryReport = ProgressReport::Recovery;
inline val number_or_null(double value) { return std::isnan(value) ? val::null() : val(value); }
/// A typed array with a copy.
val array(const auto& values) {
  return val(typed_memory_view(values.size(), values.data())).template call<val>("slice");
}

template <class T>
val out(T value) {
  return val(std::move(value));
}
inline val out(std::string_view words) { return val(std::string(words)); }
inline val out(const Message& message) { return val(message); }
inline val out(Ok /*done*/) { return val(Done{}); }
inline val out(Slice slice) { return val::array(std::vector{slice.first, slice.last}); }
template <class T, std::size_t size>
val out(const std::array<T, size>& values) {
  return array(values);
}
template <class T>
val out(std::span<const T> values) {
  return array(values);
}
template <class T>
val out(const std::vector<T>& values) {
  if constexpr (std::is_same_v<T, std::uint32_t>) {
    return val::array(values);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return array(values);
  } else {
    val all = val::array();
    for (std::size_t i = 0; i < values.size(); ++i) all.set(i, out(values[i]));
    return all;
  }
}
template <class T>
val out(const std::optional<T>& value) {
  return value.has_value() ? out(*value) : val::null();
}
inline val out(const Experiment::Prediction& prediction) {
  val all = val::object();
  all.set("rotation", out(prediction.pretext));
  for (const auto& [run, digits] : prediction.arms) all.set(std::string(name(run)), out(digits));
  return all;
}
template <class T>
val out(Result<T> result) {
  return result ? out(std::move(result).value()) : out(result.error());
}

inline val code_of(const Message& message) { return val(static_cast<unsigned>(message.code)); }
inline val values_of(const Message& message) {
  val all = val::array();
  for (std::size_t i = 0; i < message.values.size(); ++i) {
    const MessageValue& value = message.values[i];
    switch (value.kind) {
      case MessageValue::Kind::text:
        all.set(i, value.text);
        break;
      case MessageValue::Kind::message:
        all.set(i, value.message.front());
        break;
      case MessageValue::Kind::count:
        all.set(i, static_cast<double>(value.count));
        break;
      default:
        all.set(i, value.number);
    }
  }
  return all;
}

/// Names of arms.
inline val words(const ArmList& arms) {
  val all = val::array();
  for (std::size_t i = 0; i < arms.size(); ++i) all.set(i, std::string(name(arms.begin()[i])));
  return all;
}

inline val fits_by_arm(const SettingsReport& report) {
  val all = val::object();
  for (const Run arm : report.settings.arms) all.set(std::string(name(arm)), val(report.settings[arm]));
  return all;
}

inline val results_by_arm(const ResultsReport& report) {
  val all = val::object();
  for (const auto& [arm, result] : report.arms) all.set(std::string(arm), out(result));
  return all;
}

/// A number, or text where a number would be another seed.
inline val seed_of(const SettingsReport& report) {
  constexpr double kLargestInteger = 9007199254740991.0;
  const auto seed = static_cast<double>(report.settings.seed);
  return seed <= kLargestInteger ? val(seed) : val(join({report.settings.seed}));
}

/// A member of a base as one of T.
template <class T, class Base, class V>
V T::* as_of(V Base::* member) {
  return member;
}

/// Values go out only.
template <class T, class V>
// NOLINTNEXTLINE(performance-unnecessary-value-param): Embind takes setters by value
void ignore(T& /*object*/, V /*value*/) {}

/// An object with entries that are made from a T.
template <class T>
class Object {
 public:
  explicit Object(const char* name) : object_(name) {}
  /// `get`, a member or a function, gives what out() takes; Js is what TypeScript knows it as.
  template <class Js, auto get>
  Object& as(const char* name) {
    object_.field(name, +[](const T& from) { return Js(out(std::invoke(get, from))); }, &ignore<T, Js>);
    return *this;
  }
  template <class V>
  Object& plain(const char* name, V member) {
    object_.field(name, member);
    return *this;
  }

 private:
  emscripten::value_object<T> object_;
};

}  // namespace quarterturn::bindings
