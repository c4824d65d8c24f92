// The engine as a JavaScript class: Embind, and nothing but conversion. A method gives its value or a Message, which
// has a `code` (web/src/engine/codes.js).

#include <emscripten/bind.h>
#include <emscripten/emmalloc.h>
#include <emscripten/heap.h>

#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "bindings/arguments.hpp"
#include "bindings/types.hpp"
#include "bindings/values_out.hpp"
#include "core/aligned_buffer.hpp"
#include "engine/engine.hpp"

namespace quarterturn::bindings {
namespace {

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

}  // namespace
}  // namespace quarterturn::bindings

// clang-format off
EMSCRIPTEN_BINDINGS(quarterturn) {
  using namespace quarterturn;
  using namespace quarterturn::bindings;
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
