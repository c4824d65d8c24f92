// The engine as a JavaScript class: Embind, and nothing but conversion. A method gives its value or a Message, which
// has a `code` (web/src/engine/codes.js); arguments are checked for their type here, for their sense by the engine
// (src/engine).
//
// The types below are what `emcc --emit-tsd` writes for the page (web/src/engine/engine.d.ts), from an object that has
// their text (QUARTERTURN_TYPES). The engines do without it: JavaScript reads no types, and every visitor would
// download them.

#include <emscripten/bind.h>
#include <emscripten/emmalloc.h>
#include <emscripten/heap.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/aligned_buffer.hpp"
#include "core/join.hpp"
#include "engine/engine.hpp"

namespace quarterturn {
namespace {

using emscripten::typed_memory_view;
using emscripten::val;

#ifdef QUARTERTURN_TYPES
constexpr bool kTypes = true;
#else
constexpr bool kTypes = false;
#endif

/// Text as part of a type.
template <std::size_t N>
struct Literal {
  std::array<char, N> text{};
  // NOLINTNEXTLINE(google-explicit-constructor,modernize-avoid-c-arrays): a literal becomes one
  consteval Literal(const char (&literal)[N]) { std::copy_n(literal, N, text.begin()); }
};

/// Of "image(set, index)" what JavaScript needs, the name.
template <Literal signature>
constexpr auto kNameText = [] {
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

// ---- values out -----------------------------------------------------------------------------------------------------

struct Done {};
using RecoveryReport = ProgressReport::Recovery;
val number_or_null(double value) { return std::isnan(value) ? val::null() : val(value); }
/// A typed array with a copy.
val array(const auto& values) {
  return val(typed_memory_view(values.size(), values.data())).template call<val>("slice");
}

template <class T>
val out(T value) {
  return val(std::move(value));
}
val out(std::string_view words) { return val(std::string(words)); }
val out(const Message& message) { return val(message); }
val out(Ok /*done*/) { return val(Done{}); }
val out(Slice slice) { return val::array(std::vector{slice.first, slice.last}); }
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
val out(const Experiment::Prediction& prediction) {
  val all = val::object();
  all.set("rotation", out(prediction.pretext));
  for (const auto& [run, digits] : prediction.arms) all.set(std::string(name(run)), out(digits));
  return all;
}
template <class T>
val out(Result<T> result) {
  return result ? out(std::move(result).value()) : out(result.error());
}

val code_of(const Message& message) { return val(static_cast<unsigned>(message.code)); }
val values_of(const Message& message) {
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
val words(const ArmList& arms) {
  val all = val::array();
  for (std::size_t i = 0; i < arms.size(); ++i) all.set(i, std::string(name(arms.begin()[i])));
  return all;
}

val fits_by_arm(const SettingsReport& report) {
  val all = val::object();
  for (const Run arm : report.settings.arms) all.set(std::string(name(arm)), val(report.settings[arm]));
  return all;
}

val results_by_arm(const ResultsReport& report) {
  val all = val::object();
  for (const auto& [arm, result] : report.arms) all.set(std::string(arm), out(result));
  return all;
}

/// A number, or text where a number would be another seed.
val seed_of(const SettingsReport& report) {
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

// ---- values in ------------------------------------------------------------------------------------------------------

bool is_a(const val& value, const char* type) { return value.instanceof(val::global(type)); }
std::size_t length(const val& array) { return array["length"].as<std::size_t>(); }

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
double from(Arguments& all, std::size_t i, To<double> /*type*/) { return all.number(i); }
std::uint64_t from(Arguments& all, std::size_t i, To<std::uint64_t> /*type*/) { return all.whole(i); }
std::string from(Arguments& all, std::size_t i, To<std::string> /*type*/) { return all.text(i); }
std::string_view from(Arguments& all, std::size_t i, To<std::string_view> /*type*/) { return all.text(i); }
std::span<const std::uint8_t> from(Arguments& all, std::size_t i, To<std::span<const std::uint8_t>> /*type*/) {
  return all.bytes(i);
}
std::span<const float> from(Arguments& all, std::size_t i, To<std::span<const float>> /*type*/) {
  return all.floats(i);
}
std::span<const std::uint32_t> from(Arguments& all, std::size_t i, To<std::span<const std::uint32_t>> /*type*/) {
  return all.wholes(i);
}
template <class T>
std::optional<T> from(Arguments& all, std::size_t i, To<std::optional<T>> /*type*/) {
  return all.has(i) ? std::optional(from(all, i, To<T>())) : std::nullopt;
}
/// Whose trunk makes features: undefined, a name or weights.
Engine::Trunk from(Arguments& all, std::size_t i, To<Engine::Trunk> /*type*/) {
  if (all.is_text(i)) return {all.text(i), std::nullopt};
  return {{}, from(all, i, To<std::optional<std::span<const float>>>())};
}
IdxSources from(Arguments& all, std::size_t i, To<IdxSources> /*type*/) { return all.files(i); }
const SettingList& from(Arguments& all, std::size_t i, To<SettingList> /*type*/) { return all.settings(i); }

// ---- the class ------------------------------------------------------------------------------------------------------

/// Threads that this module's pool was made for, the caller among them.
unsigned pool_threads() {
#ifdef __EMSCRIPTEN_PTHREADS__
  const val threads = val::module_property("threads");
  return threads.isNumber() ? static_cast<unsigned>(std::fmin(std::fmax(threads.as<double>(), 1.0), kMaxThreads)) : 1;
#else
  return 1;
#endif
}

/// Where no engine can be made, every method says why.
class EngineObject {
 public:
  explicit EngineObject(const Numeric& threads) : engine_(make(threads)) {}

  /// The answer of a method to these arguments.
  val call(val (*method)(Engine&, Arguments&), std::span<const val* const> values) {
    if (!engine_) return out(engine_.error());
    Arguments all(values);
    val answer = method(*engine_.value(), all);
    const std::optional<Error>& fault = all.fault();
    if (fault.has_value()) answer = out(*fault);
    return answer;
  }

 private:
  static Result<std::unique_ptr<Engine>> make(const Numeric& threads) {
    const std::array<const val*, 1> values = {&threads};
    Arguments all(values);
    EngineOptions options;
    options.threads = all.whole(0);
    const std::optional<Error>& fault = all.fault();
    if (fault.has_value()) return *fault;
    options.most_threads = pool_threads();
    options.heap_bytes = emscripten_get_heap_size();
    // The heap is fixed. emmalloc asks the system for as much as a request has, whatever lies free before it; so that a
    // large set of images fits after a smaller one, it gets all there is at once.
    constexpr std::size_t kHeaders = 4096;
    if (const std::size_t rest = emmalloc_unclaimed_heap_memory(); rest > kHeaders) has_room(rest - kHeaders);
    options.has_room = has_room;
    return Engine::create(options);
  }

  Result<std::unique_ptr<Engine>> engine_;
};

template <class>
struct Signature;
template <class R, class... In>
struct Signature<R (Engine::*)(In...)> {
  /// Gives nothing of use where an argument is at fault.
  template <auto method>
  static val call(Engine& engine, Arguments& all) {
    return [&]<std::size_t... n>(std::index_sequence<n...> /*places*/) {
      // In braces arguments are made from left to right, so that the first fault is that of the first argument.
      [[maybe_unused]] const std::tuple<decltype(from(all, n, To<std::remove_cvref_t<In>>()))...> in{
          from(all, n, To<std::remove_cvref_t<In>>())...};
      return all.fault().has_value() ? val::undefined() : out((engine.*method)(std::get<n>(in)...));
    }(std::index_sequence_for<In...>());
  }
};
template <class R, class... In>
struct Signature<R (Engine::*)(In...) const> : Signature<R (Engine::*)(In...)> {};

/// A method of the engine as Embind takes it.
template <auto method, class Out, class... Js>
Out call(EngineObject& self, Js... values) {
  const std::array<const val*, sizeof...(Js)> all{&values...};
  return Out(self.call(&Signature<decltype(method)>::template call<method>, all));
}

/// "'random' | 'supervised'"
std::string names_type(auto first, auto last) {
  std::string type;
  for (; first != last; ++first) type += join({type.empty() ? "'" : " | '", name(*first), "'"});
  return type;
}
/// An object that has an entry for each arm of the list: here for those of the default list, perhaps for the others.
[[maybe_unused]] std::string by_arm_type(std::string_view type) {
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

}  // namespace
}  // namespace quarterturn

// clang-format off
EMSCRIPTEN_BINDINGS(quarterturn) {
  using namespace quarterturn;
  arm_types<>();

  texts<SetName, PresetName, TaskName, Words, Arithmetic, RotationWeights, TrunkWeights, Seed, Numeric, Word, NumberOrNull, Range, NumberOrNone, Wholes, Bytes, BytesOrNone, Floats, Doubles, DoublesPair, Matrix, IdxFiles, MessageValues>();
  type<OrNull<Message>>("Message | null");
  type<One<FitSettings>>("FitSettings");
  type<OrNull<RecoveryReport>>("Recovery | null");
  type<OrNull<TestReport>>("Test | null");
  type<List<EpochReport>>("Epoch[]");
  answer<Done>("Done");
  answer<EngineInfo>("EngineInfo");
  answer<DataInfo>("DataInfo");
  answer<SettingsReport>("ExperimentSettings");
  answer<ProgressReport>("Progress");
  answer<AdvanceReport>("Advance");
  answer<List<EpochReport>>("Epoch[]");
  answer<ResultsReport>("Results");
  answer<PairedDifference>("Paired");
  answer<Activations>("Activations");
  answer<List<LayerReport>>("LayerRow[]");
  answer<List<TaskReport>>("Task[]");
  answer<AxesReport>("Axes");
  type<List<ProbeBudgetReport>>("ProbeBudget[]");
  type<List<ProbeDrawReport>>("ProbeDraw[]");
  answer<ProbeProgress>("ProbeProgress");
  answer<ProbeReport>("Probe");
  answer<Engine::LabelledImages>("LabelledImages");
  answer<Timing>("Benchmark");
  answer<Bytes>("Uint8Array");
  answer<Floats>("Float32Array");
  answer<Word>("string");
  answer<Numeric>("number");
  answer<bool>("boolean");

  Object<Message>("Message").as<Numeric, &code_of>("code").as<MessageValues, &values_of>("values");
  Object<Done>("Done");  // NOLINT(bugprone-unused-raii): registered by its life
  Object<EngineInfo>("EngineInfo")
      .as<Word, &EngineInfo::version>("version")
      .as<Word, &EngineInfo::isa>("isa")
      .plain("fused", &EngineInfo::fused).plain("lanes", &EngineInfo::lanes).plain("threads", &EngineInfo::threads)
      .plain("heapBytes", &EngineInfo::heap_bytes);
  Object<Splits>("Splits")
      .as<Range, &Splits::pretext>("pretext")
      .as<Range, &Splits::downstream>("downstream")
      .as<Range, &Splits::test>("test");
  Object<DataInfo>("DataInfo")
      .as<Word, &DataInfo::source>("source")
      .plain("train", &DataInfo::train).plain("test", &DataInfo::test)
      .plain("trainAvailable", &DataInfo::train_available)
      .plain("testAvailable", &DataInfo::test_available)
      .plain("splits", &DataInfo::splits);
  {  // registered where its life ends
    Object<FitSettings> fit("FitSettings");
    for (const Setting<FitSettings>& setting : kFitTable) {
      const auto add = [&]<class V>(V FitSettings::* member) {
        if constexpr (std::is_arithmetic_v<V>) fit.plain(setting.info.script_name.data(), member);  // NOLINT(bugprone-suspicious-stringview-data-usage): a literal
      };
      std::visit(add, setting.member);
    }
  }
  Object<TaskReport>("Task")
      .as<TaskName, &TaskReport::name>("name")
      .as<Word, &TaskReport::text>("text")
      .as<Words, &TaskReport::class_names>("classNames");
  Object<SettingsReport>("ExperimentSettings")
      .as<Seed, &seed_of>("seed")
      .as<PresetName, &SettingsReport::preset>("preset")
      .plain("task", &SettingsReport::task)
      .plain("labels", &SettingsReport::labels)
      .as<One<FitSettings>, [](const SettingsReport& s) { return s.settings.fit[0]; }>("pretext")
      .as<ArmNames, [](const SettingsReport& s) { return words(s.settings.arms); }>("armList")
      .as<ByArm<FitSettings>, &fits_by_arm>("arms")
      .plain("rateChangedMidway", &SettingsReport::rate_changed_midway)
      .as<OrNull<Message>, &SettingsReport::note>("note")
      .as<Arithmetic, &SettingsReport::arithmetic>("arithmetic");
  Object<EpochReport>("Epoch")
      .as<RunName, &EpochReport::run>("run")
      .plain("epoch", as_of<EpochReport>(&EpochReport::epoch))
      .plain("loss", as_of<EpochReport>(&EpochReport::loss))
      .plain("accuracy", as_of<EpochReport>(&EpochReport::accuracy))
      .as<NumberOrNull, [](const EpochReport& e) { return number_or_null(e.validation_loss); }>("validationLoss")
      .as<NumberOrNull, [](const EpochReport& e) { return number_or_null(e.validation_accuracy); }>("validationAccuracy")
      .plain("seconds", as_of<EpochReport>(&EpochReport::seconds));
  Object<RecoveryReport>("Recovery")
      .as<RunName, &RecoveryReport::run>("run").plain("rate", &RecoveryReport::rate);
  Object<ProgressReport>("Progress")
      .as<PhaseName, &ProgressReport::word>("phase")
      .as<OrNull<Message>, &ProgressReport::failure>("failure")
      .as<OrNull<RecoveryReport>, &ProgressReport::recovery>("recovery")
      .plain("epoch", as_of<ProgressReport>(&ProgressReport::epoch))
      .plain("epochs", as_of<ProgressReport>(&ProgressReport::epochs))
      .plain("step", as_of<ProgressReport>(&ProgressReport::step))
      .plain("steps", as_of<ProgressReport>(&ProgressReport::steps))
      .plain("loss", as_of<ProgressReport>(&ProgressReport::loss))
      .plain("accuracy", as_of<ProgressReport>(&ProgressReport::accuracy))
      .plain("imagesPerSecond", as_of<ProgressReport>(&ProgressReport::images_per_second))
      .plain("remainingSeconds", as_of<ProgressReport>(&ProgressReport::remaining_seconds));
  Object<AdvanceReport>("Advance")
      .plain("more", &AdvanceReport::more)
      .as<List<EpochReport>, &AdvanceReport::epochs>("epochs")
      .plain("progress", &AdvanceReport::progress);
  Object<TestReport>("Test")
      .plain("correct", &TestReport::correct).plain("count", &TestReport::count)
      .plain("accuracy", &TestReport::accuracy).plain("loss", &TestReport::loss)
      .as<Matrix, &TestReport::confusion>("confusion");
  Object<ArmReport>("ArmResult")
      .plain("test", &ArmReport::test).plain("fullTest", &ArmReport::full_test)
      .plain("stoppedEarly", &ArmReport::stopped_early);
  Object<ResultsReport>("Results")
      .as<TaskName, &ResultsReport::task>("task")
      .as<OrNull<TestReport>, &ResultsReport::pretext>("rotation")
      .as<ByArm<ArmReport>, &results_by_arm>("arms");
  Object<PairedDifference>("Paired")
      .plain("count", &PairedDifference::count)
      .plain("onlyFirst", &PairedDifference::only_first).plain("onlySecond", &PairedDifference::only_second)
      .plain("difference", &PairedDifference::difference)
      .plain("low", &PairedDifference::low).plain("high", &PairedDifference::high);
  Object<Activations>("Activations")
      .as<Floats, &Activations::stage1>("stage1")
      .as<Floats, &Activations::stage2>("stage2");
  Object<LayerReport>("LayerRow")
      .as<Word, &LayerReport::name>("name")
      .as<Word, &LayerReport::kind>("kind")
      .as<Word, &LayerReport::output>("output")
      .plain("parameters", &LayerReport::parameters)
      .plain("trainable", &LayerReport::trainable);
  Object<AxesReport>("Axes")
      .as<Doubles, &AxesReport::mean>("mean")
      .as<DoublesPair, [](const AxesReport& a) { return std::vector(a.axes.begin(), a.axes.end()); }>("axes")
      .as<Doubles, &AxesReport::explained>("explained");
  Object<ProbeProgress>("ProbeProgress")
      .plain("done", &ProbeProgress::done).plain("progress", &ProbeProgress::progress);
  Object<ProbeDrawReport>("ProbeDraw")
      .plain("first", &ProbeDrawReport::first).plain("penalty", &ProbeDrawReport::penalty)
      .plain("right", &ProbeDrawReport::right).plain("accuracy", &ProbeDrawReport::accuracy);
  Object<ProbeNotebookReport>("ProbeNotebook")
      .plain("right", &ProbeNotebookReport::right).plain("of", &ProbeNotebookReport::of)
      .plain("accuracy", &ProbeNotebookReport::accuracy)
      .plain("low", &ProbeNotebookReport::low).plain("high", &ProbeNotebookReport::high);
  Object<ProbeBudgetReport>("ProbeBudget")
      .plain("labels", &ProbeBudgetReport::labels).plain("penalty", &ProbeBudgetReport::penalty)
      .plain("right", &ProbeBudgetReport::right).plain("of", &ProbeBudgetReport::of)
      .plain("accuracy", &ProbeBudgetReport::accuracy)
      .plain("low", &ProbeBudgetReport::low).plain("high", &ProbeBudgetReport::high)
      .as<Bytes, &ProbeBudgetReport::marks>("marks")
      .plain("notebook", &ProbeBudgetReport::notebook)
      .as<List<ProbeDrawReport>, &ProbeBudgetReport::draws>("draws");
  Object<ProbeReport>("Probe")
      .as<ProbeFeatures, &ProbeReport::features>("features")
      .plain("epoch", &ProbeReport::epoch).plain("step", &ProbeReport::step)
      .as<List<ProbeBudgetReport>, &ProbeReport::budgets>("budgets");
  Object<Engine::LabelledImages>("LabelledImages")
      .as<Bytes, &Engine::LabelledImages::pixels>("pixels")
      .as<Bytes, &Engine::LabelledImages::labels>("labels");
  Object<Timing>("Benchmark")
      .as<Doubles, &Timing::seconds>("seconds")
      .plain("images", &Timing::images).plain("operations", &Timing::operations);

  emscripten::class_<EngineObject>("Engine")
      .constructor<const Numeric&>()
      .function(kName<"info()">, &call<&Engine::info, Answer<EngineInfo>>)
      .function(kName<"loadGenerated(seed, trainCount, testCount)">, &call<&Engine::load_generated, Answer<DataInfo>, Numeric, Numeric, Numeric>)
      .function(kName<"makeMore()">, &call<&Engine::make_more, Answer<bool>>)
      .function(kName<"loadIdx(files, sourceName)">, &call<&Engine::load_idx, Answer<DataInfo>, IdxFiles, Word>)
      .function(kName<"replaceImages(first, pixels, labels, sourceName)">, &call<&Engine::replace_images, Answer<DataInfo>, Numeric, Bytes, Bytes, Word>)
      .function(kName<"dataInfo()">, &call<&Engine::data_info, Answer<DataInfo>>)
      .function(kName<"dataHash()">, &call<&Engine::data_hash, Answer<Word>>)
      .function(kName<"image(set, index, quarterTurns)">, &call<&Engine::image, Answer<Bytes>, SetName, Numeric, Numeric>)
      .function(kName<"label(set, index)">, &call<&Engine::label, Answer<Numeric>, SetName, Numeric>)
      .function(kName<"images(set, first, count)">, &call<&Engine::images, Answer<Engine::LabelledImages>, SetName, Numeric, Numeric>)
      .function(kName<"start(settings)">, &call<&Engine::start, Answer<Done>, StartSettings>)
      .function(kName<"withArms(settings)">, &call<&Engine::with_arms, Answer<Done>, StartSettings>)
      .function(kName<"settings()">, &call<&Engine::settings, Answer<SettingsReport>>)
      .function(kName<"advance(milliseconds)">, &call<&Engine::advance, Answer<AdvanceReport>, Numeric>)
      .function(kName<"step()">, &call<&Engine::step, Answer<AdvanceReport>>)
      .function(kName<"progress()">, &call<&Engine::progress, Answer<ProgressReport>>)
      .function(kName<"history(run)">, &call<&Engine::history, Answer<List<EpochReport>>, RunName>)
      .function(kName<"setLearningRate(run, rate)">, &call<&Engine::set_learning_rate, Answer<Done>, RunName, Numeric>)
      .function(kName<"goOn(rate)">, &call<&Engine::go_on, Answer<Done>, Numeric>)
      .function(kName<"results()">, &call<&Engine::results, Answer<ResultsReport>>)
      .function(kName<"predicted(arm)">, &call<&Engine::predicted, Answer<Bytes>, ArmName>)
      .function(kName<"paired(first, second)">, &call<&Engine::paired, Answer<PairedDifference>, ArmName, ArmName>)
      .function(kName<"signature()">, &call<&Engine::signature, Answer<Word>>)
      .function(kName<"predict(pixels)">, &call<&Engine::predict, Answer<Experiment::Prediction>, Bytes>)
      .function(kName<"rotations(set, first, count, weights)">, &call<&Engine::variants, Answer<Floats>, SetName, Numeric, Numeric, RotationWeights>)
      .function(kName<"activations(network, pixels, quarterTurns)">, &call<&Engine::activations, Answer<Activations>, NetworkName, Bytes, Numeric>)
      .function(kName<"centreDrawing(grey, width, height)">, &call<&Engine::centre_drawing, Answer<Bytes>, Bytes, Numeric, Numeric>)
      .function(kName<"tasks()">, &call<&Engine::tasks, Answer<List<TaskReport>>>)
      .function(kName<"variant(task, variant, pixels)">, &call<&Engine::variant, Answer<Bytes>, TaskName, Numeric, Bytes>)
      .function(kName<"layers(network)">, &call<&Engine::layers, Answer<List<LayerReport>>, NetworkName>)
      .function(kName<"features(images, weights)">, &call<&Engine::features, Answer<Floats>, Bytes, TrunkWeights>)
      .function(kName<"axes(points, labels)">, &call<&Engine::axes, Answer<AxesReport>, Floats, BytesOrNone>)
      .function(kName<"beginProbe(features, labels, penalty, draws)">, &call<&Engine::begin_probe, Answer<Done>, ProbeFeatures, Wholes, NumberOrNone, NumberOrNone>)
      .function(kName<"advanceProbe(milliseconds)">, &call<&Engine::advance_probe, Answer<ProbeProgress>, Numeric>)
      .function(kName<"probeResult()">, &call<&Engine::probe_result, Answer<ProbeReport>>)
      .function(kName<"tensor(name)">, &call<&Engine::tensor, Answer<Floats>, Word>)
      .function(kName<"saveWeights()">, &call<&Engine::save_weights, Answer<Bytes>>)
      .function(kName<"loadWeights(file)">, &call<&Engine::load_weights, Answer<Done>, Bytes>)
      .function(kName<"checkpoint()">, &call<&Engine::checkpoint, Answer<Bytes>>)
      .function(kName<"restore(file)">, &call<&Engine::restore, Answer<Done>, Bytes>)
      .function(kName<"benchmark(piece, seconds)">, &call<&Engine::benchmark, Answer<Timing>, Word, Numeric>);
}
// clang-format on
