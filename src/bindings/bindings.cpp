// The engine as a JavaScript class: Embind, and nothing but conversion. A method gives its value or {error: "one
// line"}; arguments are checked for their type here, for their sense by the engine (src/engine).
//
// The types below are what `emcc --emit-tsd` writes for the page (web/src/engine/engine.d.ts).

#include <emscripten/bind.h>
#include <emscripten/emmalloc.h>
#include <emscripten/heap.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
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

/// A JavaScript value that TypeScript knows as something narrower; Tag gives it an identity, types() its text.
template <class Tag>
struct Typed : val {
  explicit Typed(const val& value) : val(value) {}
  explicit Typed(val&& value) : val(std::move(value)) {}
};

// Words, numbers and arrays of the interface.
using Word = Typed<struct WordTag>;
using SetName = Typed<struct SetNameTag>;
using RunName = Typed<struct RunNameTag>;
using PhaseName = Typed<struct PhaseNameTag>;
using NetworkName = Typed<struct NetworkNameTag>;
using PresetName = Typed<struct PresetNameTag>;
using Arithmetic = Typed<struct ArithmeticTag>;
using RotationWeights = Typed<struct RotationWeightsTag>;
using TrunkWeights = Typed<struct TrunkWeightsTag>;
using Seed = Typed<struct SeedTag>;
using Numeric = Typed<struct NumericTag>;
using NumberOrNull = Typed<struct NumberOrNullTag>;
using Range = Typed<struct RangeTag>;
using Bytes = Typed<struct BytesTag>;
using BytesOrNone = Typed<struct BytesOrNoneTag>;
using Floats = Typed<struct FloatsTag>;
using Doubles = Typed<struct DoublesTag>;
using DoublesPair = Typed<struct DoublesPairTag>;
using Matrix = Typed<struct MatrixTag>;
using StartSettings = Typed<struct StartSettingsTag>;
using IdxFiles = Typed<struct IdxFilesTag>;

/// T, T or null, a list of T, and T or a Failure.
template <class T>
struct OneTag;
template <class T>
using One = Typed<OneTag<T>>;
template <class T>
struct OrNullTag;
template <class T>
using OrNull = Typed<OrNullTag<T>>;
template <class T>
struct ListTag;
template <class T>
using List = Typed<ListTag<T>>;
template <class T>
struct AnswerTag;
template <class T>
using Answer = Typed<AnswerTag<T>>;

// ---- values out -----------------------------------------------------------------------------------------------------

struct Failure {
  std::string error;
};
struct Done {};
using RecoveryReport = ProgressReport::Recovery;
/// By the name of an arm, or of a run.
using ArmReports = std::array<std::optional<ArmReport>, kArmCount>;
using FitReports = std::array<FitSettings, kRuns>;

val number_or_null(double value) { return std::isnan(value) ? val::null() : val(value); }
/// A typed array with a copy.
val array(const auto& values) {
  return val(typed_memory_view(values.size(), values.data())).template call<val>("slice");
}
val pair(const Slice& slice) {
  val both = val::array();
  both.set(0, slice.first);
  both.set(1, slice.last);
  return both;
}

template <class T>
val out(const T& value) {
  return val(value);
}
val out(std::string_view words) { return val(std::string(words)); }
val out(const Error& error) { return val(Failure{error.message}); }
val out(const Ok& /*done*/) { return val(Done{}); }
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
template <class T>
val out(const Result<T>& result) {
  return result ? out(result.value()) : out(result.error());
}

/// A member of a base as one of T.
template <class T, class Base, class V>
V T::* as_of(V Base::* member) {
  return member;
}

/// Values go out only.
template <class T, class V>
void ignore(T& /*object*/, V /*value*/) {}

/// An object with entries that are made from a T.
template <class T>
class Object {
 public:
  explicit Object(const char* name) : object_(name) {}
  /// `get`, a function without captures, gives what out() takes; Js is what TypeScript knows it as.
  template <class Js, class Get>
  Object& as(const char* name, Get /*get*/) {
    object_.field(name, +[](const T& from) { return Js(out(Get{}(from))); }, &ignore<T, Js>);
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

/// An argument under its name, and the first fault of a call.
struct Argument {
  const val& value;
  std::string_view name;
  Error& fault;

  void must_be(std::string_view kind) const {
    if (fault.message.empty()) fault.message = join({name, " must be ", kind});
  }
};

/// What the engine takes, from a value of any kind.
template <class T>
struct As;
template <>
struct As<double> {
  static double from(const Argument& in) {
    if (in.value.isNumber()) return in.value.as<double>();
    in.must_be("a number");
    return 0.0;
  }
};
template <>
struct As<std::uint64_t> {
  static std::uint64_t from(const Argument& in) {
    constexpr double kLimit = 9007199254740992.0;
    const double number = in.value.isNumber() ? in.value.as<double>() : -1.0;
    if (number >= 0.0 && number < kLimit && number == std::floor(number)) return static_cast<std::uint64_t>(number);
    in.must_be("a whole number from 0 on");
    return 0;
  }
};
template <>
struct As<std::string> {
  static std::string from(const Argument& in) {
    if (in.value.isString()) return in.value.as<std::string>();
    in.must_be("a string");
    return {};
  }
};
template <>
struct As<std::string_view> : As<std::string> {};
template <class T>
std::vector<T> numbers(const Argument& in, const char* type) {
  if (!is_a(in.value, type)) {
    in.must_be(join({"a ", type}));
    return {};
  }
  const std::size_t count = length(in.value);
  if (!has_room(count * sizeof(T))) {
    in.must_be("shorter: it does not fit into the engine's memory");
    return {};
  }
  std::vector<T> copy(count);
  val(typed_memory_view(count, copy.data())).template call<void>("set", in.value);
  return copy;
}
template <>
struct As<std::span<const std::uint8_t>> {
  static std::vector<std::uint8_t> from(const Argument& in) { return numbers<std::uint8_t>(in, "Uint8Array"); }
};
template <>
struct As<std::span<const float>> {
  static std::vector<float> from(const Argument& in) { return numbers<float>(in, "Float32Array"); }
};
template <class T>
struct As<std::optional<T>> {
  static auto from(const Argument& in) {
    return in.value.isUndefined() ? std::nullopt : std::optional(As<T>::from(in));
  }
};

/// Whose trunk makes features: undefined, a name or weights.
struct OwnedTrunk {
  std::string name;
  std::optional<std::vector<float>> weights;
  // NOLINTNEXTLINE(google-explicit-constructor): it stands for what the engine takes
  operator Engine::Trunk() const { return {name, weights}; }
};
template <>
struct As<Engine::Trunk> {
  static OwnedTrunk from(const Argument& in) {
    if (in.value.isString()) return {As<std::string>::from(in), {}};
    return {{}, As<std::optional<std::span<const float>>>::from(in)};
  }
};

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

/// An object of files that stay where JavaScript has them. It takes nothing of the heap: a small block behind the
/// present images would be in the way of the next ones.
struct OwnedFiles {
  std::array<std::optional<ArraySource>, 4> file;
  // NOLINTNEXTLINE(google-explicit-constructor): it stands for what the engine takes
  operator IdxSources() const {
    const auto at = [this](std::size_t i) { return file[i].has_value() ? &*file[i] : nullptr; };
    return {at(0), at(1), at(2), at(3)};
  }
};
template <>
struct As<IdxSources> {
  static OwnedFiles from(const Argument& in) {
    constexpr std::array kNames = {"trainImages", "trainLabels", "testImages", "testLabels"};
    OwnedFiles files;
    if (!is_a(in.value, "Object")) {
      in.must_be("an object of Uint8Arrays");
      return files;
    }
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      const val file = in.value[kNames[i]];
      if (file.isUndefined()) continue;
      if (!is_a(file, "Uint8Array")) Argument{file, kNames[i], in.fault}.must_be("a Uint8Array");
      files.file[i].emplace(file);
    }
    return files;
  }
};

/// Every entry of an object by its path; entries that are undefined are left out.
template <>
struct As<SettingList> {
  static SettingList from(const Argument& in) {
    SettingList all;
    if (!in.value.isUndefined()) add(in.value, "", in, all);
    return all;
  }
  // NOLINTNEXTLINE(misc-no-recursion): an object may hold objects, down to paths longer than any setting's
  static void add(const val& value, const std::string& path, const Argument& in, SettingList& all) {
    constexpr std::size_t kLongestPath = 64;
    const std::string kind = value.isNull() || value.isArray() ? "other" : value.typeOf().as<std::string>();
    if (!path.empty() && kind == "number") {
      all.push_back({path, value.as<double>()});
    } else if (!path.empty() && kind == "boolean") {
      all.push_back({path, value.isTrue()});
    } else if (!path.empty() && kind == "string") {
      all.push_back({path, value.as<std::string>()});
    } else if (kind == "object" && path.size() < kLongestPath) {
      const val keys = val::global("Object").call<val>("keys", value);
      const std::size_t count = length(keys);
      if (count == 0 && !path.empty()) all.push_back({path, {}});
      for (std::size_t i = 0; i < count; ++i) {
        const auto key = keys[i].as<std::string>();
        add(value[key], path.empty() ? key : join({path, ".", key}), in, all);
      }
    } else if (kind != "undefined") {
      Argument{value, path.empty() ? in.name : std::string_view(path), in.fault}.must_be(
          path.empty() ? "an object" : "an object, a number, a string, true or false");
    }
  }
};

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
  Result<std::unique_ptr<Engine>>& engine() { return engine_; }

 private:
  static Result<std::unique_ptr<Engine>> make(const Numeric& threads) {
    Error fault;
    EngineOptions options;
    options.threads = As<std::uint64_t>::from({threads, "threads", fault});
    if (!fault.message.empty()) return fault;
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

/// "set, index" as part of a type.
template <std::size_t N>
struct Names {
  std::array<char, N> text{};
  // NOLINTNEXTLINE(google-explicit-constructor,modernize-avoid-c-arrays): a literal becomes one
  consteval Names(const char (&literal)[N]) { std::copy_n(literal, N, text.begin()); }
};
std::string_view nth_name(std::string_view names, std::size_t n) {
  for (; n > 0; --n) names.remove_prefix(names.find(',') + 2);
  return names.substr(0, names.find(','));
}

template <class>
struct Signature;
template <class R, class... In>
struct Signature<R (Engine::*)(In...)> {
  using Owned = std::tuple<decltype(As<std::remove_cvref_t<In>>::from(std::declval<Argument>()))...>;
  template <std::size_t... n>
  static Owned from(const val* const* values, std::string_view names, Error& fault,
                    std::index_sequence<n...> /*places*/) {
    return {As<std::remove_cvref_t<In>>::from({*values[n], nth_name(names, n), fault})...};
  }
};
template <class R, class... In>
struct Signature<R (Engine::*)(In...) const> : Signature<R (Engine::*)(In...)> {};

/// A method of the engine as Embind takes it; `names` are those of its arguments.
template <auto method, Names names, class Out, class... Js>
Out call(EngineObject& self, Js... values) {
  auto& engine = self.engine();
  if (!engine) return Out(out(engine.error()));
  const std::array<const val*, sizeof...(Js)> all{&values...};
  Error fault;
  const auto owned = Signature<decltype(method)>::from(all.data(), std::string_view(names.text.data()), fault,
                                                       std::index_sequence_for<Js...>{});
  if (!fault.message.empty()) return Out(out(fault));
  return std::apply([&](const auto&... in) { return Out(out(((*engine.value()).*method)(in...))); }, owned);
}

template <class T>
void answer(const std::string& type) {
  emscripten::register_type<Answer<T>>((type + " | Failure").c_str());
}

}  // namespace
}  // namespace quarterturn

// clang-format off
EMSCRIPTEN_BINDINGS(quarterturn) {
  using namespace quarterturn;
  using emscripten::register_type;

  register_type<SetName>("'train' | 'test'");
  register_type<RunName>("'pretext' | 'self_supervised' | 'random' | 'supervised'");
  register_type<PhaseName>("'pretext' | 'self_supervised' | 'random' | 'supervised' | 'finished' | 'failed'");
  register_type<NetworkName>("'rotnet' | 'self_supervised' | 'random' | 'supervised'");
  register_type<PresetName>("'unit' | 'notebook'");
  register_type<Arithmetic>("'fused' | 'unfused' | 'mixed'");
  register_type<RotationWeights>("'now' | 'keep' | 'kept'");
  register_type<TrunkWeights>("'random' | Float32Array | undefined");
  register_type<Seed>("number | string");
  register_type<Numeric>("number");
  register_type<Word>("string");
  register_type<NumberOrNull>("number | null");
  register_type<Range>("[number, number]");
  register_type<Bytes>("Uint8Array");
  register_type<BytesOrNone>("Uint8Array | undefined");
  register_type<Floats>("Float32Array");
  register_type<Doubles>("Float64Array");
  register_type<DoublesPair>("[Float64Array, Float64Array]");
  register_type<Matrix>("number[][]");
  register_type<IdxFiles>("{ trainImages: Uint8Array; trainLabels: Uint8Array; testImages?: Uint8Array; testLabels?: Uint8Array }");
  register_type<StartSettings>("{ seed?: number | string; preset?: 'unit' | 'notebook'; labels?: number; pretext?: Partial<FitSettings>; arms?: { [Arm in keyof Arms]?: Partial<FitSettings> } }");
  register_type<One<FitSettings>>("FitSettings");
  register_type<One<FitReports>>("Arms");
  register_type<OrNull<RecoveryReport>>("Recovery | null");
  register_type<OrNull<TestReport>>("Test | null");
  register_type<OrNull<ArmReport>>("ArmResult | null");
  register_type<List<EpochReport>>("Epoch[]");
  answer<Done>("Done");
  answer<EngineInfo>("EngineInfo");
  answer<DataInfo>("DataInfo");
  answer<SettingsReport>("ExperimentSettings");
  answer<ProgressReport>("Progress");
  answer<AdvanceReport>("Advance");
  answer<List<EpochReport>>("Epoch[]");
  answer<ResultsReport>("Results");
  answer<Experiment::Prediction>("Prediction");
  answer<Activations>("Activations");
  answer<List<LayerReport>>("LayerRow[]");
  answer<AxesReport>("Axes");
  answer<Engine::LabelledImages>("LabelledImages");
  answer<Timing>("Benchmark");
  answer<Bytes>("Uint8Array");
  answer<Floats>("Float32Array");
  answer<Word>("string");
  answer<Numeric>("number");
  answer<bool>("boolean");

  Object<Failure>("Failure").as<Word>("error", [](const Failure& f) { return std::string_view(f.error); });
  Object<Done>("Done");
  Object<EngineInfo>("EngineInfo")
      .as<Word>("version", [](const EngineInfo& i) { return std::string_view(i.version); })
      .as<Word>("isa", [](const EngineInfo& i) { return std::string_view(i.isa); })
      .plain("fused", &EngineInfo::fused).plain("lanes", &EngineInfo::lanes).plain("threads", &EngineInfo::threads)
      .plain("heapBytes", &EngineInfo::heap_bytes);
  Object<Splits>("Splits")
      .as<Range>("pretext", [](const Splits& s) { return pair(s.pretext); })
      .as<Range>("downstream", [](const Splits& s) { return pair(s.downstream); })
      .as<Range>("test", [](const Splits& s) { return pair(s.test); });
  Object<DataInfo>("DataInfo")
      .as<Word>("source", [](const DataInfo& d) { return std::string_view(d.source); })
      .plain("train", &DataInfo::train).plain("test", &DataInfo::test)
      .plain("trainAvailable", &DataInfo::train_available)
      .plain("testAvailable", &DataInfo::test_available)
      .plain("splits", &DataInfo::splits);
  {  // registered where its life ends
    Object<FitSettings> fit("FitSettings");
    for (const Setting<FitSettings>& setting : kFitTable) {
      const auto add = [&]<class V>(V FitSettings::* member) {
        if constexpr (std::is_arithmetic_v<V>) fit.plain(setting.info.script_name.data(), member);
      };
      std::visit(add, setting.member);
    }
  }
  Object<FitReports>("Arms")
      .as<One<FitSettings>>("self_supervised", [](const FitReports& f) { return f[1]; })
      .as<One<FitSettings>>("random", [](const FitReports& f) { return f[2]; })
      .as<One<FitSettings>>("supervised", [](const FitReports& f) { return f[3]; });
  Object<SettingsReport>("ExperimentSettings")
      .as<Seed>("seed", [](const SettingsReport& s) {
        constexpr double kLargestInteger = 9007199254740991.0;  // beyond it a number would be another seed
        const auto seed = static_cast<double>(s.settings.seed);
        return seed <= kLargestInteger ? val(seed) : val(join({s.settings.seed}));
      })
      .as<PresetName>("preset", [](const SettingsReport& s) { return s.preset; })
      .plain("labels", &SettingsReport::labels)
      .as<One<FitSettings>>("pretext", [](const SettingsReport& s) { return s.settings.fit[0]; })
      .as<One<FitReports>>("arms", [](const SettingsReport& s) { return val(s.settings.fit); })
      .plain("rateChangedMidway", &SettingsReport::rate_changed_midway)
      .as<Word>("note", [](const SettingsReport& s) { return std::string_view(s.note); })
      .as<Arithmetic>("arithmetic", [](const SettingsReport& s) { return s.arithmetic; });
  Object<EpochReport>("Epoch")
      .as<RunName>("run", [](const EpochReport& e) { return e.run; })
      .plain("epoch", as_of<EpochReport>(&EpochReport::epoch))
      .plain("loss", as_of<EpochReport>(&EpochReport::loss))
      .plain("accuracy", as_of<EpochReport>(&EpochReport::accuracy))
      .as<NumberOrNull>("validationLoss", [](const EpochReport& e) { return number_or_null(e.validation_loss); })
      .as<NumberOrNull>("validationAccuracy", [](const EpochReport& e) { return number_or_null(e.validation_accuracy); })
      .plain("seconds", as_of<EpochReport>(&EpochReport::seconds));
  Object<RecoveryReport>("Recovery")
      .as<RunName>("run", [](const RecoveryReport& r) { return r.run; }).plain("rate", &RecoveryReport::rate);
  Object<ProgressReport>("Progress")
      .as<PhaseName>("phase", [](const ProgressReport& p) { return p.word; })
      .as<Word>("failure", [](const ProgressReport& p) { return std::string_view(p.failure); })
      .as<OrNull<RecoveryReport>>("recovery", [](const ProgressReport& p) { return p.recovery; })
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
      .as<List<EpochReport>>("epochs", [](const AdvanceReport& a) { return out(a.epochs); })
      .plain("progress", &AdvanceReport::progress);
  Object<TestReport>("Test")
      .plain("correct", &TestReport::correct).plain("count", &TestReport::count)
      .plain("accuracy", &TestReport::accuracy).plain("loss", &TestReport::loss)
      .as<Matrix>("confusion", [](const TestReport& t) { return out(t.confusion); });
  Object<ArmReport>("ArmResult")
      .plain("test", &ArmReport::test).plain("fullTest", &ArmReport::full_test)
      .plain("stoppedEarly", &ArmReport::stopped_early);
  Object<ArmReports>("ArmResults")
      .as<OrNull<ArmReport>>("self_supervised", [](const ArmReports& a) { return a[0]; })
      .as<OrNull<ArmReport>>("random", [](const ArmReports& a) { return a[1]; })
      .as<OrNull<ArmReport>>("supervised", [](const ArmReports& a) { return a[2]; });
  Object<ResultsReport>("Results")
      .as<OrNull<TestReport>>("rotation", [](const ResultsReport& r) { return r.rotation; })
      .plain("arms", &ResultsReport::arms);
  Object<Experiment::Prediction>("Prediction")
      .as<Floats>("rotation", [](const Experiment::Prediction& p) { return p.rotation; })
      .as<Floats>("self_supervised", [](const Experiment::Prediction& p) { return p.arms[0]; })
      .as<Floats>("random", [](const Experiment::Prediction& p) { return p.arms[1]; })
      .as<Floats>("supervised", [](const Experiment::Prediction& p) { return p.arms[2]; });
  Object<Activations>("Activations")
      .as<Floats>("stage1", [](const Activations& a) { return array(a.stage1); })
      .as<Floats>("stage2", [](const Activations& a) { return array(a.stage2); });
  Object<LayerReport>("LayerRow")
      .as<Word>("name", [](const LayerReport& l) { return l.name; })
      .as<Word>("kind", [](const LayerReport& l) { return l.kind; })
      .as<Word>("output", [](const LayerReport& l) { return std::string_view(l.output); })
      .plain("parameters", &LayerReport::parameters)
      .plain("trainable", &LayerReport::trainable);
  Object<AxesReport>("Axes")
      .as<Doubles>("mean", [](const AxesReport& a) { return array(a.mean); })
      .as<DoublesPair>("axes", [](const AxesReport& a) { return out(std::vector(a.axes.begin(), a.axes.end())); })
      .as<Doubles>("explained", [](const AxesReport& a) { return array(a.explained); });
  Object<Engine::LabelledImages>("LabelledImages")
      .as<Bytes>("pixels", [](const Engine::LabelledImages& i) { return array(i.pixels); })
      .as<Bytes>("labels", [](const Engine::LabelledImages& i) { return array(i.labels); });
  Object<Timing>("Benchmark")
      .as<Doubles>("seconds", [](const Timing& t) { return array(t.seconds); })
      .plain("images", &Timing::images).plain("operations", &Timing::operations);

  emscripten::class_<EngineObject>("Engine")
      .constructor<const Numeric&>()
      .function("info()", &call<&Engine::info, "", Answer<EngineInfo>>)
      .function("loadGenerated(seed, trainCount, testCount)", &call<&Engine::load_generated, "seed, trainCount, testCount", Answer<DataInfo>, Numeric, Numeric, Numeric>)
      .function("makeMore()", &call<&Engine::make_more, "", Answer<bool>>)
      .function("loadIdx(files, sourceName)", &call<&Engine::load_idx, "the files, the source's name", Answer<DataInfo>, IdxFiles, Word>)
      .function("replaceImages(first, pixels, labels, sourceName)", &call<&Engine::replace_images, "first, pixels, labels, the source's name", Answer<DataInfo>, Numeric, Bytes, Bytes, Word>)
      .function("dataInfo()", &call<&Engine::data_info, "", Answer<DataInfo>>)
      .function("dataHash()", &call<&Engine::data_hash, "", Answer<Word>>)
      .function("image(set, index, quarterTurns)", &call<&Engine::image, "the set, the index, quarterTurns", Answer<Bytes>, SetName, Numeric, Numeric>)
      .function("label(set, index)", &call<&Engine::label, "the set, the index", Answer<Numeric>, SetName, Numeric>)
      .function("images(set, first, count)", &call<&Engine::images, "the set, first, count", Answer<Engine::LabelledImages>, SetName, Numeric, Numeric>)
      .function("start(settings)", &call<&Engine::start, "settings", Answer<Done>, StartSettings>)
      .function("withArms(settings)", &call<&Engine::with_arms, "settings", Answer<Done>, StartSettings>)
      .function("settings()", &call<&Engine::settings, "", Answer<SettingsReport>>)
      .function("advance(milliseconds)", &call<&Engine::advance, "milliseconds", Answer<AdvanceReport>, Numeric>)
      .function("step()", &call<&Engine::step, "", Answer<AdvanceReport>>)
      .function("progress()", &call<&Engine::progress, "", Answer<ProgressReport>>)
      .function("history(run)", &call<&Engine::history, "the run", Answer<List<EpochReport>>, RunName>)
      .function("setLearningRate(run, rate)", &call<&Engine::set_learning_rate, "the run, the learning rate", Answer<Done>, RunName, Numeric>)
      .function("goOn(rate)", &call<&Engine::go_on, "the learning rate", Answer<Done>, Numeric>)
      .function("results()", &call<&Engine::results, "", Answer<ResultsReport>>)
      .function("signature()", &call<&Engine::signature, "", Answer<Word>>)
      .function("predict(pixels)", &call<&Engine::predict, "the image", Answer<Experiment::Prediction>, Bytes>)
      .function("rotations(set, first, count, weights)", &call<&Engine::rotations, "the set, first, count, weights", Answer<Floats>, SetName, Numeric, Numeric, RotationWeights>)
      .function("activations(network, pixels, quarterTurns)", &call<&Engine::activations, "the network, the image, quarterTurns", Answer<Activations>, NetworkName, Bytes, Numeric>)
      .function("centreDrawing(grey, width, height)", &call<&Engine::centre_drawing, "the drawing, width, height", Answer<Bytes>, Bytes, Numeric, Numeric>)
      .function("layers(network)", &call<&Engine::layers, "the network", Answer<List<LayerReport>>, NetworkName>)
      .function("features(images, weights)", &call<&Engine::features, "the images, weights", Answer<Floats>, Bytes, TrunkWeights>)
      .function("axes(points, labels)", &call<&Engine::axes, "the points, labels", Answer<AxesReport>, Floats, BytesOrNone>)
      .function("tensor(name)", &call<&Engine::tensor, "the name", Answer<Floats>, Word>)
      .function("saveWeights()", &call<&Engine::save_weights, "", Answer<Bytes>>)
      .function("loadWeights(file)", &call<&Engine::load_weights, "the file", Answer<Done>, Bytes>)
      .function("checkpoint()", &call<&Engine::checkpoint, "", Answer<Bytes>>)
      .function("restore(file)", &call<&Engine::restore, "the file", Answer<Done>, Bytes>)
      .function("benchmark(piece, seconds)", &call<&Engine::benchmark, "the piece, seconds", Answer<Timing>, Word, Numeric>);
}
// clang-format on
