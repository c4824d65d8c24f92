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
  Typed() : val(val::undefined()) {}
  explicit Typed(const val& value) : val(value) {}
};

// Words, numbers and arrays of the interface.
using Anything = Typed<struct AnythingTag>;
using Word = Typed<struct WordTag>;
using SetName = Typed<struct SetNameTag>;
using RunName = Typed<struct RunNameTag>;
using ArmName = Typed<struct ArmNameTag>;
using PhaseName = Typed<struct PhaseNameTag>;
using NetworkName = Typed<struct NetworkNameTag>;
using PresetName = Typed<struct PresetNameTag>;
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

/// T or null, a list of T, and T or a Failure.
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

// ---- objects --------------------------------------------------------------------------------------------------------

struct Failure {
  Word error;
};
struct Done {};

struct Info {
  Word version, isa;
  bool fused = false;
  std::uint32_t lanes = 0, threads = 0;
  double heap_bytes = 0;
};
struct SplitsObject {
  Range pretext, downstream, test;
};
struct Data {
  Word source;
  std::uint32_t train = 0, test = 0, train_available = 0, test_available = 0;
  SplitsObject splits;
};
struct Arms {
  FitSettings self_supervised, random, supervised;
};
struct Settings {
  Seed seed;
  PresetName preset;
  std::uint32_t labels = 0;
  FitSettings pretext;
  Arms arms;
  bool rate_changed_midway = false;
  Word note;
};
struct Epoch {
  RunName run;
  std::uint32_t epoch = 0;
  double loss = 0, accuracy = 0;
  NumberOrNull validation_loss, validation_accuracy;
  double seconds = 0;
};
struct Recovery {
  RunName run;
  double rate = 0;
};
struct ProgressObject {
  PhaseName phase;
  Word failure;
  OrNull<Recovery> recovery;
  std::uint32_t epoch = 0, epochs = 0, step = 0, steps = 0;
  double loss = 0, accuracy = 0, images_per_second = 0, remaining_seconds = 0;
};
struct AdvanceObject {
  bool more = false;
  List<Epoch> epochs;
  ProgressObject progress;
};
struct Test {
  std::uint32_t correct = 0, count = 0;
  double accuracy = 0, loss = 0;
  Matrix confusion;
};
struct ArmObject {
  Test test, full_test;
  std::uint32_t stopped_early = 0;
};
struct ArmResults {
  OrNull<ArmObject> self_supervised, random, supervised;
};
struct Results {
  OrNull<Test> rotation;
  ArmResults arms;
};
struct PredictionObject {
  Floats rotation, self_supervised, random, supervised;
};
struct ActivationsObject {
  Floats stage1, stage2;
};
struct Layer {
  Word name, kind, output;
  std::uint32_t parameters = 0;
  bool trainable = false;
};
struct Axes {
  Doubles mean;
  DoublesPair axes;
  Doubles explained;
};
struct Images {
  Bytes pixels, labels;
};
struct BenchmarkObject {
  Doubles seconds;
  double images = 0, operations = 0;
};

// ---- values out -----------------------------------------------------------------------------------------------------

Word text(std::string_view words) { return Word(val(std::string(words))); }
/// A typed array with a copy.
template <class T>
val array(std::span<const T> values) {
  return val(typed_memory_view(values.size(), values.data())).template call<val>("slice");
}
val array(const auto& values) { return array(std::span(values.data(), values.size())); }
val list(const auto& values, auto&& convert) {
  val all = val::array();
  for (const auto& value : values) all.call<void>("push", convert(value));
  return all;
}
val pair(const Slice& slice) {
  return list(std::array{slice.first, slice.last}, [](auto end) { return val(end); });
}
val number_or_null(double value) { return std::isnan(value) ? val::null() : val(value); }

val out(const Error& error) { return val(Failure{text(error.message)}); }
val out(const Ok& /*done*/) { return val(Done{}); }
val out(bool value) { return val(value); }
val out(std::uint8_t value) { return val(static_cast<unsigned>(value)); }
val out(const std::string& value) { return val(value); }
val out(const std::vector<std::uint8_t>& values) { return array(values); }
val out(const DigitImage& values) { return array(values); }
val out(const std::vector<float>& values) { return array(values); }
val out(const EngineInfo& info) {
  return val(Info{text(info.version), text(info.isa), info.fused, info.lanes, info.threads,
                  static_cast<double>(emscripten_get_heap_size())});
}
val out(const DataInfo& data) {
  const auto small = [](std::size_t count) { return static_cast<std::uint32_t>(count); };
  return val(
      Data{text(data.source),
           small(data.train),
           small(data.test),
           small(data.train_available),
           small(data.test_available),
           {Range(pair(data.splits.pretext)), Range(pair(data.splits.downstream)), Range(pair(data.splits.test))}});
}
val out(const SettingsReport& report) {
  const ExperimentSettings& all = report.settings;
  constexpr double kLargestInteger = 9007199254740991.0;  // beyond it a number would be another seed
  const auto seed = static_cast<double>(all.seed);
  return val(Settings{Seed(seed <= kLargestInteger ? val(seed) : val(text(join({all.seed})))),
                      PresetName(text(report.preset)), all.labels, all[Run::pretext],
                      Arms{all[Run::self_supervised], all[Run::random], all[Run::supervised]},
                      report.rate_changed_midway, text(report.note)});
}
val out(const EpochReport& epoch) {
  const EpochRecord& of = epoch.record;
  return val(Epoch{RunName(text(epoch.run)), of.epoch, of.loss, of.accuracy,
                   NumberOrNull(number_or_null(of.validation_loss)),
                   NumberOrNull(number_or_null(of.validation_accuracy)), of.seconds});
}
val out(const std::vector<EpochReport>& epochs) {
  return list(epochs, [](const EpochReport& epoch) { return out(epoch); });
}
ProgressObject object(const ProgressReport& report) {
  const Progress& now = report.numbers;
  const auto& way = report.recovery;
  return {PhaseName(text(report.phase)),
          text(report.failure),
          OrNull<Recovery>(way ? val(Recovery{RunName(text(way->run)), way->rate}) : val::null()),
          now.epoch,
          now.epochs,
          now.step,
          now.steps,
          now.loss,
          now.accuracy,
          now.images_per_second,
          now.remaining_seconds};
}
val out(const ProgressReport& report) { return val(object(report)); }
val out(const AdvanceReport& report) {
  return val(AdvanceObject{report.more, List<Epoch>(out(report.epochs)), object(report.progress)});
}
Test object(const TestReport& test) {
  const auto row = [](const auto& counts) { return list(counts, [](std::uint32_t count) { return val(count); }); };
  return {test.correct, test.count, test.accuracy, test.loss, Matrix(list(test.confusion, row))};
}
val out(const ResultsReport& report) {
  const auto arm = [&](std::size_t which) {
    const auto& found = report.arms[which];
    return OrNull<ArmObject>(found ? val(ArmObject{object(found->test), object(found->full_test), found->stopped_early})
                                   : val::null());
  };
  return val(
      Results{OrNull<Test>(report.rotation ? val(object(*report.rotation)) : val::null()), {arm(0), arm(1), arm(2)}});
}
val out(const Experiment::Prediction& of) {
  return val(PredictionObject{Floats(array(of.rotation)), Floats(array(of.arms[0])), Floats(array(of.arms[1])),
                              Floats(array(of.arms[2]))});
}
val out(const Activations& of) { return val(ActivationsObject{Floats(array(of.stage1)), Floats(array(of.stage2))}); }
val out(const std::vector<LayerReport>& layers) {
  return list(layers, [](const LayerReport& of) {
    return val(
        Layer{text(of.name), text(of.kind), text(of.output), static_cast<std::uint32_t>(of.parameters), of.trainable});
  });
}
val out(const AxesReport& of) {
  return val(Axes{Doubles(array(of.mean)), DoublesPair(list(of.axes, [](const auto& axis) { return array(axis); })),
                  Doubles(array(of.explained))});
}
val out(const Engine::LabelledImages& of) { return val(Images{Bytes(array(of.pixels)), Bytes(array(of.labels))}); }
val out(const Timing& of) { return val(BenchmarkObject{Doubles(array(of.seconds)), of.images, of.operations}); }
template <class T>
val out(const Result<T>& result) {
  return result ? out(result.value()) : out(result.error());
}

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

/// An object of files that stay where JavaScript has them.
struct OwnedFiles {
  std::array<std::unique_ptr<ArraySource>, 4> file;
  // NOLINTNEXTLINE(google-explicit-constructor): it stands for what the engine takes
  operator IdxSources() const { return {file[0].get(), file[1].get(), file[2].get(), file[3].get()}; }
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
      files.file[i] = std::make_unique<ArraySource>(file);
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
    constexpr std::size_t kHeader = 64;
    has_room(emmalloc_unclaimed_heap_memory() - kHeader);
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
  static Owned from(const val* values, std::string_view names, Error& fault, std::index_sequence<n...> /*places*/) {
    return {As<std::remove_cvref_t<In>>::from({values[n], nth_name(names, n), fault})...};
  }
};
template <class R, class... In>
struct Signature<R (Engine::*)(In...) const> : Signature<R (Engine::*)(In...)> {};

/// A method of the engine as Embind takes it; `names` are those of its arguments.
template <auto method, Names names, class Out, class... Js>
Out call(EngineObject& self, Js... values) {
  auto& engine = self.engine();
  if (!engine) return Out(out(engine.error()));
  const std::array<val, sizeof...(Js)> all{values...};
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
  using emscripten::value_object;

  register_type<SetName>("'train' | 'test'");
  register_type<ArmName>("'self_supervised' | 'random' | 'supervised'");
  register_type<RunName>("'pretext' | 'self_supervised' | 'random' | 'supervised'");
  register_type<PhaseName>("'pretext' | 'self_supervised' | 'random' | 'supervised' | 'finished' | 'failed'");
  register_type<NetworkName>("'rotnet' | 'self_supervised' | 'random' | 'supervised'");
  register_type<PresetName>("'unit' | 'notebook'");
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
  register_type<OrNull<Recovery>>("Recovery | null");
  register_type<OrNull<Test>>("Test | null");
  register_type<OrNull<ArmObject>>("ArmResult | null");
  register_type<List<Epoch>>("Epoch[]");
  answer<Done>("Done");
  answer<Info>("EngineInfo");
  answer<Data>("DataInfo");
  answer<Settings>("ExperimentSettings");
  answer<ProgressObject>("Progress");
  answer<AdvanceObject>("Advance");
  answer<List<Epoch>>("Epoch[]");
  answer<Results>("Results");
  answer<PredictionObject>("Prediction");
  answer<ActivationsObject>("Activations");
  answer<List<Layer>>("LayerRow[]");
  answer<Axes>("Axes");
  answer<Images>("LabelledImages");
  answer<BenchmarkObject>("Benchmark");
  answer<Bytes>("Uint8Array");
  answer<Floats>("Float32Array");
  answer<Word>("string");
  answer<Numeric>("number");
  answer<bool>("boolean");

  value_object<Failure>("Failure").field("error", &Failure::error);
  value_object<Done>("Done");
  value_object<Info>("EngineInfo").field("version", &Info::version).field("isa", &Info::isa).field("fused", &Info::fused)
      .field("lanes", &Info::lanes).field("threads", &Info::threads).field("heapBytes", &Info::heap_bytes);
  value_object<SplitsObject>("Splits").field("pretext", &SplitsObject::pretext)
      .field("downstream", &SplitsObject::downstream).field("test", &SplitsObject::test);
  value_object<Data>("DataInfo").field("source", &Data::source).field("train", &Data::train).field("test", &Data::test)
      .field("trainAvailable", &Data::train_available).field("testAvailable", &Data::test_available)
      .field("splits", &Data::splits);
  value_object<FitSettings>("FitSettings").field("batch", &FitSettings::batch).field("epochs", &FitSettings::epochs)
      .field("learningRate", &FitSettings::learning_rate).field("shuffle", &FitSettings::shuffle)
      .field("validationSplit", &FitSettings::validation_split).field("patience", &FitSettings::patience);
  value_object<Arms>("Arms").field("self_supervised", &Arms::self_supervised).field("random", &Arms::random)
      .field("supervised", &Arms::supervised);
  value_object<Settings>("ExperimentSettings").field("seed", &Settings::seed).field("preset", &Settings::preset)
      .field("labels", &Settings::labels).field("pretext", &Settings::pretext).field("arms", &Settings::arms)
      .field("rateChangedMidway", &Settings::rate_changed_midway).field("note", &Settings::note);
  value_object<Epoch>("Epoch").field("run", &Epoch::run).field("epoch", &Epoch::epoch).field("loss", &Epoch::loss)
      .field("accuracy", &Epoch::accuracy).field("validationLoss", &Epoch::validation_loss)
      .field("validationAccuracy", &Epoch::validation_accuracy).field("seconds", &Epoch::seconds);
  value_object<Recovery>("Recovery").field("run", &Recovery::run).field("rate", &Recovery::rate);
  value_object<ProgressObject>("Progress").field("phase", &ProgressObject::phase)
      .field("failure", &ProgressObject::failure).field("recovery", &ProgressObject::recovery)
      .field("epoch", &ProgressObject::epoch).field("epochs", &ProgressObject::epochs)
      .field("step", &ProgressObject::step).field("steps", &ProgressObject::steps)
      .field("loss", &ProgressObject::loss).field("accuracy", &ProgressObject::accuracy)
      .field("imagesPerSecond", &ProgressObject::images_per_second)
      .field("remainingSeconds", &ProgressObject::remaining_seconds);
  value_object<AdvanceObject>("Advance").field("more", &AdvanceObject::more).field("epochs", &AdvanceObject::epochs)
      .field("progress", &AdvanceObject::progress);
  value_object<Test>("Test").field("correct", &Test::correct).field("count", &Test::count)
      .field("accuracy", &Test::accuracy).field("loss", &Test::loss).field("confusion", &Test::confusion);
  value_object<ArmObject>("ArmResult").field("test", &ArmObject::test).field("fullTest", &ArmObject::full_test)
      .field("stoppedEarly", &ArmObject::stopped_early);
  value_object<ArmResults>("ArmResults").field("self_supervised", &ArmResults::self_supervised)
      .field("random", &ArmResults::random).field("supervised", &ArmResults::supervised);
  value_object<Results>("Results").field("rotation", &Results::rotation).field("arms", &Results::arms);
  value_object<PredictionObject>("Prediction").field("rotation", &PredictionObject::rotation)
      .field("self_supervised", &PredictionObject::self_supervised).field("random", &PredictionObject::random)
      .field("supervised", &PredictionObject::supervised);
  value_object<ActivationsObject>("Activations").field("stage1", &ActivationsObject::stage1)
      .field("stage2", &ActivationsObject::stage2);
  value_object<Layer>("LayerRow").field("name", &Layer::name).field("kind", &Layer::kind)
      .field("output", &Layer::output).field("parameters", &Layer::parameters).field("trainable", &Layer::trainable);
  value_object<Axes>("Axes").field("mean", &Axes::mean).field("axes", &Axes::axes).field("explained", &Axes::explained);
  value_object<Images>("LabelledImages").field("pixels", &Images::pixels).field("labels", &Images::labels);
  value_object<BenchmarkObject>("Benchmark").field("seconds", &BenchmarkObject::seconds)
      .field("images", &BenchmarkObject::images).field("operations", &BenchmarkObject::operations);

  emscripten::class_<EngineObject>("Engine")
      .constructor<const Numeric&>()
      .function("info()", &call<&Engine::info, "", Answer<Info>>)
      .function("loadGenerated(seed, trainCount, testCount)", &call<&Engine::load_generated, "seed, trainCount, testCount", Answer<Data>, Numeric, Numeric, Numeric>)
      .function("makeMore()", &call<&Engine::make_more, "", Answer<bool>>)
      .function("loadIdx(files, sourceName)", &call<&Engine::load_idx, "the files, the source's name", Answer<Data>, IdxFiles, Word>)
      .function("replaceImages(first, pixels, labels, sourceName)", &call<&Engine::replace_images, "first, pixels, labels, the source's name", Answer<Data>, Numeric, Bytes, Bytes, Word>)
      .function("dataInfo()", &call<&Engine::data_info, "", Answer<Data>>)
      .function("image(set, index, quarterTurns)", &call<&Engine::image, "the set, the index, quarterTurns", Answer<Bytes>, SetName, Numeric, Numeric>)
      .function("label(set, index)", &call<&Engine::label, "the set, the index", Answer<Numeric>, SetName, Numeric>)
      .function("images(set, first, count)", &call<&Engine::images, "the set, first, count", Answer<Images>, SetName, Numeric, Numeric>)
      .function("start(settings)", &call<&Engine::start, "settings", Answer<Done>, StartSettings>)
      .function("withArms(settings)", &call<&Engine::with_arms, "settings", Answer<Done>, StartSettings>)
      .function("settings()", &call<&Engine::settings, "", Answer<Settings>>)
      .function("advance(milliseconds)", &call<&Engine::advance, "milliseconds", Answer<AdvanceObject>, Numeric>)
      .function("step()", &call<&Engine::step, "", Answer<AdvanceObject>>)
      .function("progress()", &call<&Engine::progress, "", Answer<ProgressObject>>)
      .function("history(run)", &call<&Engine::history, "the run", Answer<List<Epoch>>, RunName>)
      .function("setLearningRate(run, rate)", &call<&Engine::set_learning_rate, "the run, the learning rate", Answer<Done>, RunName, Numeric>)
      .function("goOn(rate)", &call<&Engine::go_on, "the learning rate", Answer<Done>, Numeric>)
      .function("results()", &call<&Engine::results, "", Answer<Results>>)
      .function("signature()", &call<&Engine::signature, "", Answer<Word>>)
      .function("predict(pixels)", &call<&Engine::predict, "the image", Answer<PredictionObject>, Bytes>)
      .function("rotations(set, first, count, weights)", &call<&Engine::rotations, "the set, first, count, weights", Answer<Floats>, SetName, Numeric, Numeric, RotationWeights>)
      .function("activations(network, pixels, quarterTurns)", &call<&Engine::activations, "the network, the image, quarterTurns", Answer<ActivationsObject>, NetworkName, Bytes, Numeric>)
      .function("centreDrawing(grey, width, height)", &call<&Engine::centre_drawing, "the drawing, width, height", Answer<Bytes>, Bytes, Numeric, Numeric>)
      .function("layers(network)", &call<&Engine::layers, "the network", Answer<List<Layer>>, NetworkName>)
      .function("features(images, weights)", &call<&Engine::features, "the images, weights", Answer<Floats>, Bytes, TrunkWeights>)
      .function("axes(points, labels)", &call<&Engine::axes, "the points, labels", Answer<Axes>, Floats, BytesOrNone>)
      .function("tensor(name)", &call<&Engine::tensor, "the name", Answer<Floats>, Word>)
      .function("saveWeights()", &call<&Engine::save_weights, "", Answer<Bytes>>)
      .function("loadWeights(file)", &call<&Engine::load_weights, "the file", Answer<Done>, Bytes>)
      .function("checkpoint()", &call<&Engine::checkpoint, "", Answer<Bytes>>)
      .function("restore(file)", &call<&Engine::restore, "the file", Answer<Done>, Bytes>)
      .function("benchmark(piece, seconds)", &call<&Engine::benchmark, "the piece, seconds", Answer<BenchmarkObject>, Word, Numeric>);
}
// clang-format on
