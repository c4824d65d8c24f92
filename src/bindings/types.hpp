// What TypeScript knows the engine's values as. `emcc --emit-tsd` writes these types for the page
// (web/src/engine/engine.d.ts), from an object that has their text (QUARTERTURN_TYPES). The engines do without it:
// JavaScript reads no types, and every visitor would download them.
#pragma once

#include <emscripten/bind.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/join.hpp"
#include "engine/engine.hpp"

namespace quarterturn::bindings {

using emscripten::val;

#ifdef QUARTERTURN_TYPES
inline constexpr bool kTypes = true;
#else
inline constexpr bool kTypes = false;
#endif

/// Text as part of a type.
template <std::size_t N>
struct Literal {
  std::array<char, N> text{};
  // NOLINTNEXTLINE(google-explicit-constructor,modernize-avoid-c-arrays): a literal becomes one
  consteval Literal(const char (&literal)[N]) { std::copy_n(literal, N, text.begin()); }
};

// NOLINTBEGIN(bugprone-dynamic-static-initializers): all are constants
/// Of "image(set, index)" what JavaScript needs, the name.
template <Literal signature>
inline constexpr auto kNameText = [] {
  auto text = signature.text;
  if (!kTypes) std::fill(std::find(text.begin(), text.end(), '('), text.end(), '\0');
  return text;
}();
template <Literal signature>
constexpr const char* kName = kNameText<signature>.data();

/// A JavaScript value that TypeScript knows as something narrower.
template <class Tag>
struct Narrower : val {
  explicit Narrower(const val& value) : val(value) {}
  explicit Narrower(val&& value) : val(std::move(value)) {}
};
template <Literal text>
struct TextTag {
  static constexpr const char* kText = text.text.data();
};
// NOLINTEND(bugprone-dynamic-static-initializers)
/// What TypeScript knows as `text`.
template <Literal text>
using Typed = Narrower<TextTag<text>>;

// Words, numbers and arrays of the interface.
using SetName = Typed<"'train' | 'test'">;
using RunName = Narrower<struct RunNameTag>;
using ArmName = Narrower<struct ArmNameTag>;
using ArmNames = Narrower<struct ArmNamesTag>;
using PhaseName = Narrower<struct PhaseNameTag>;
using NetworkName = Narrower<struct NetworkNameTag>;
using PresetName = Typed<"'unit' | 'notebook'">;
using TaskName = Typed<"'turns' | 'mirrors' | 'turns_mirrors' | 'jigsaw' | 'shuffles'">;
using Words = Typed<"string[]">;
using Arithmetic = Typed<"'fused' | 'unfused' | 'mixed'">;
using RotationWeights = Typed<"'now' | 'keep' | 'kept'">;
using TrunkWeights = Typed<"'random' | Float32Array | undefined">;
using Seed = Typed<"number | string">;
using Numeric = Typed<"number">;
using Word = Typed<"string">;
using NumberOrNull = Typed<"number | null">;
using Range = Typed<"[number, number]">;
using NumberOrNone = Typed<"number | undefined">;
using Wholes = Typed<"Uint32Array">;
using ProbeFeatures = Narrower<struct ProbeFeaturesTag>;
using Bytes = Typed<"Uint8Array">;
using BytesOrNone = Typed<"Uint8Array | undefined">;
using Floats = Typed<"Float32Array">;
using Doubles = Typed<"Float64Array">;
using DoublesPair = Typed<"[Float64Array, Float64Array]">;
using Matrix = Typed<"number[][]">;
using IdxFiles =
    Typed<"{ trainImages: Uint8Array; trainLabels: Uint8Array; testImages?: Uint8Array; testLabels?: Uint8Array }">;
using MessageValues = Typed<"(string | number | Message)[]">;
using StartSettings = Narrower<struct StartSettingsTag>;

/// T, T or null, a list of T, a T for each arm, and T or a Message.
template <class T>
struct OneTag;
template <class T>
using One = Narrower<OneTag<T>>;
template <class T>
struct OrNullTag;
template <class T>
using OrNull = Narrower<OrNullTag<T>>;
template <class T>
struct ListTag;
template <class T>
using List = Narrower<ListTag<T>>;
template <class T>
struct ByArmTag;
template <class T>
using ByArm = Narrower<ByArmTag<T>>;
template <class T>
struct AnswerTag;
template <class T>
using Answer = Narrower<AnswerTag<T>>;

// ---- registered -----------------------------------------------------------------------------------------------------

/// "'random' | 'supervised'"
std::string names_type(auto first, auto last) {
  std::string type;
  for (; first != last; ++first) type += join({type.empty() ? "'" : " | '", name(*first), "'"});
  return type;
}
/// An object that has an entry for each arm of the list: here for those of the default list, perhaps for the others.
[[maybe_unused]] inline std::string by_arm_type(std::string_view type) {
  const auto others = kArms.begin() + kNotebookArms.size();
  return join({"Record<", names_type(kArms.begin(), others), ", ", type, "> & Partial<Record<",
               names_type(others, kArms.end()), ", ", type, ">>"});
}

/// What TypeScript knows T as.
template <class T>
void type([[maybe_unused]] const char* text) {
  if constexpr (kTypes) {
    emscripten::register_type<T>(text);
  } else {
    emscripten::register_type<T>("");
  }
}
template <Literal... text>
void register_texts(const Typed<text>*... /*of each*/) {
  (type<Typed<text>>(TextTag<text>::kText), ...);
}
template <class... T>
void texts() {
  register_texts(static_cast<const T*>(nullptr)...);
}
template <class T>
void answer([[maybe_unused]] const char* name) {
  if constexpr (kTypes) {
    type<Answer<T>>((std::string(name) + " | Message").c_str());
  } else {
    type<Answer<T>>("");
  }
}

/// Registers types without their texts.
template <class... T>
void all_types() {
  (type<T>(""), ...);
}
/// Types that follow the table of arms.
template <bool kWanted = kTypes>
void arm_types() {
  if constexpr (kWanted) {
    const std::string arms = names_type(kArms.begin(), kArms.end());
    std::vector<Run> trained(kArms.begin(), kArms.end());
    std::erase_if(trained, [](Run arm) { return spec_of(arm).frozen(); });
    type<ArmName>(arms.c_str());
    type<ArmNames>(("(" + arms + ")[]").c_str());
    type<RunName>(("'pretext' | " + arms).c_str());
    type<PhaseName>(("'pretext' | " + arms + " | 'finished' | 'failed'").c_str());
    type<NetworkName>(("'rotnet' | " + arms).c_str());
    type<ProbeFeatures>(("'pretext' | 'untrained' | 'pixels' | " + names_type(trained.begin(), trained.end())).c_str());
    type<StartSettings>(("{ seed?: number | string; preset?: 'unit' | 'notebook'; labels?: number; armList?: (" + arms +
                         ")[]; pretext?: Partial<FitSettings> & { task?: Task['name'] }; arms?: { [Arm in " + arms +
                         "]?: Partial<FitSettings> } }")
                            .c_str());
    type<ByArm<FitSettings>>(by_arm_type("FitSettings").c_str());
    type<ByArm<ArmReport>>(by_arm_type("ArmResult | null").c_str());
    answer<Experiment::Prediction>(("{ rotation: Float32Array } & " + by_arm_type("Float32Array")).c_str());
  } else {
    all_types<ArmName, ArmNames, RunName, PhaseName, NetworkName, ProbeFeatures, StartSettings, ByArm<FitSettings>,
              ByArm<ArmReport>, Answer<Experiment::Prediction>>();
  }
}

}  // namespace quarterturn::bindings
