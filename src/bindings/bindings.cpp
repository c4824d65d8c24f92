// The engine's face in JavaScript: one class, Engine. Nothing here throws; what can fail gives {error: "one line"}.

#include <emscripten/bind.h>
#include <emscripten/heap.h>
#include <emscripten/val.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/activations.hpp"
#include "analysis/lda.hpp"
#include "analysis/pca.hpp"
#include "core/aligned_buffer.hpp"
#include "core/join.hpp"
#include "data/digits.hpp"
#include "data/drawing.hpp"
#include "data/idx.hpp"
#include "data/quarter_turn.hpp"
#include "training/benchmark.hpp"
#include "training/experiment.hpp"

namespace quarterturn {
namespace {

using emscripten::val;

constexpr std::array<Run, kRuns> kAllRuns = {Run::pretext, Run::self_supervised, Run::random, Run::supervised};
constexpr std::array<Run, 3> kArms = {Run::self_supervised, Run::random, Run::supervised};
// MNIST's own size; what a larger file has beyond is never looked at.
constexpr std::uint32_t kMaxTrain = 60'000;
constexpr std::uint32_t kMaxTest = 10'000;
constexpr std::size_t kImageHeader = 16;
constexpr std::size_t kLabelHeader = 8;
// Four turns of so many images take the slowest build less than a slice of training.
constexpr std::uint32_t kMaxRotations = 256;
constexpr std::size_t kMaxPoints = 4'000;
// Images or features given out by one call.
constexpr std::size_t kMaxGiven = 2'000;
// What an experiment of the default size takes, with some slack.
constexpr std::size_t kExperimentBytes = 2'600'000;
// A checkpoint with long histories.
constexpr std::size_t kFileBytes = 1'500'000;
constexpr double kLargestInteger = 9007199254740991.0;

// ---- values out -----------------------------------------------------------------------------------------------------

val failed(const std::string& message) {
  val object = val::object();
  object.set("error", message);
  return object;
}

// Out of line: each is called some fifty times.
[[gnu::noinline]] void put(val& object, const char* key, const val& value) { object.set(key, value); }
[[gnu::noinline]] void put(val& object, const char* key, double value) { object.set(key, value); }
[[gnu::noinline]] void put(val& object, const char* key, std::string_view value) {
  object.set(key, std::string(value));
}

/// A typed array of its own, not a window on the heap.
template <class T>
val copy(const char* type, std::span<const T> values) {
  return val::global(type).new_(val(emscripten::typed_memory_view(values.size(), values.data())));
}
val bytes_out(std::span<const std::uint8_t> values) { return copy("Uint8Array", values); }
val floats_out(std::span<const float> values) { return copy("Float32Array", values); }
val doubles_out(std::span<const double> values) { return copy("Float64Array", values); }

val number_or_null(double value) { return std::isnan(value) ? val::null() : val(value); }

val epoch_out(Run run, const EpochRecord& record) {
  val object = val::object();
  put(object, "run", name(run));
  put(object, "epoch", record.epoch);
  put(object, "loss", record.loss);
  put(object, "accuracy", record.accuracy);
  put(object, "validationLoss", number_or_null(record.validation_loss));
  put(object, "validationAccuracy", number_or_null(record.validation_accuracy));
  put(object, "seconds", record.seconds);
  return object;
}

val test_out(const TestResult& test, std::size_t classes) {
  val confusion = val::array();
  for (std::size_t label = 0; label < classes; ++label) {
    val row = val::array();
    for (std::size_t predicted = 0; predicted < classes; ++predicted)
      row.set(predicted, test.confusion[label][predicted]);
    confusion.set(label, row);
  }
  val object = val::object();
  put(object, "correct", test.correct);
  put(object, "count", test.count);
  put(object, "accuracy", test.accuracy());
  put(object, "loss", test.loss);
  put(object, "confusion", confusion);
  return object;
}

std::string_view phase_name(Phase phase) {
  constexpr std::array<std::string_view, 6> kNames = {"pretext",    "self_supervised", "random",
                                                      "supervised", "finished",        "failed"};
  return kNames[static_cast<std::size_t>(phase)];
}

val progress_out(const Experiment& experiment) {
  const Progress progress = experiment.progress();
  val object = val::object();
  put(object, "phase", phase_name(progress.phase));
  put(object, "failure", experiment.failure());
  put(object, "epoch", progress.epoch);
  put(object, "epochs", progress.epochs);
  put(object, "step", progress.step);
  put(object, "steps", progress.steps);
  put(object, "loss", progress.loss);
  put(object, "accuracy", progress.accuracy);
  put(object, "imagesPerSecond", progress.images_per_second);
  put(object, "remainingSeconds", progress.remaining_seconds);
  return object;
}

val advance_out(const Advance& advance, const Experiment& experiment) {
  val epochs = val::array();
  for (std::size_t i = 0; i < advance.epochs.size(); ++i) {
    epochs.set(i, epoch_out(advance.epochs[i].run, advance.epochs[i].record));
  }
  val object = val::object();
  put(object, "more", val(advance.more));
  put(object, "epochs", epochs);
  put(object, "progress", progress_out(experiment));
  return object;
}

val slice_out(const Slice& slice) {
  val pair = val::array();
  pair.set(0, static_cast<double>(slice.first));
  pair.set(1, static_cast<double>(slice.last));
  return pair;
}

val settings_out(const ExperimentSettings& settings) {
  val object = val::object();
  // Beyond 2^53 a JavaScript number would be another seed.
  const auto seed = static_cast<double>(settings.seed);
  if (seed <= kLargestInteger) {
    put(object, "seed", seed);
  } else {
    put(object, "seed", std::string_view(join({settings.seed})));
  }
  put(object, "preset", settings.preset == Preset::unit ? std::string_view("unit") : std::string_view("notebook"));
  put(object, "labels", settings.labels);
  val arms = val::object();
  for (const Run run : kAllRuns) {
    const FitSettings& fit = settings[run];
    val one = val::object();
    put(one, "batch", fit.batch);
    put(one, "epochs", fit.epochs);
    put(one, "learningRate", static_cast<double>(fit.learning_rate));
    put(one, "shuffle", val(fit.shuffle));
    put(one, "validationSplit", static_cast<double>(fit.validation_split));
    put(one, "patience", fit.patience);
    if (run == Run::pretext) {
      put(object, "pretext", one);
    } else {
      arms.set(std::string(name(run)), one);
    }
  }
  put(object, "arms", arms);
  return object;
}

val layers_out(std::span<const LayerInfo> layers) {
  val list = val::array();
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerInfo& layer = layers[i];
    const std::string output = layer.output[0] == 0
                                   ? join({layer.output[2]})
                                   : join({layer.output[0], "x", layer.output[1], "x", layer.output[2]});
    val object = val::object();
    put(object, "name", layer.name);
    put(object, "kind", layer.kind);
    put(object, "output", std::string_view(output));
    put(object, "parameters", static_cast<double>(layer.parameters));
    put(object, "trainable", val(layer.trainable));
    list.set(i, object);
  }
  return list;
}

// ---- values in ------------------------------------------------------------------------------------------------------

bool is_object(const val& value) { return !value.isNull() && value.typeOf().as<std::string>() == "object"; }

/// A whole number first..last, or nothing.
std::optional<std::uint64_t> integer_in(const val& value, double first, double last) {
  if (!value.isNumber()) return std::nullopt;
  const double number = value.as<double>();
  if (!(number >= first && number <= last) || number != std::floor(number)) return std::nullopt;
  return static_cast<std::uint64_t>(number);
}

std::optional<Run> run_in(const val& value) {
  if (!value.isString()) return std::nullopt;
  const auto text = value.as<std::string>();
  for (const Run run : kAllRuns) {
    if (name(run) == text) return run;
  }
  return std::nullopt;
}

bool is_bytes(const val& value) { return is_object(value) && value.instanceof(val::global("Uint8Array")); }

bool is_image(const val& value) { return is_bytes(value) && value["length"].as<std::size_t>() == kImagePixels; }

/// Copies `count` bytes of a Uint8Array from `first` on.
std::vector<std::uint8_t> bytes_in(const val& array, std::size_t first, std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  val(emscripten::typed_memory_view(count, bytes.data()))
      .call<void>("set", array.call<val>("subarray", static_cast<double>(first), static_cast<double>(first + count)));
  return bytes;
}
std::vector<std::uint8_t> bytes_in(const val& array) { return bytes_in(array, 0, array["length"].as<std::size_t>()); }

/// A Float32Array; anything else gives nothing.
std::vector<float> floats_in(const val& array) {
  std::vector<float> values;
  if (!is_object(array) || !array.instanceof(val::global("Float32Array"))) return values;
  values.resize(array["length"].as<std::size_t>());
  val(emscripten::typed_memory_view(values.size(), values.data())).call<void>("set", array);
  return values;
}

/// An IDX pair that is still outside of the heap.
struct ForeignSet {
  val images;
  val labels;
  std::size_t count = 0;
};

/// The first bytes of a file and its length, for the IDX header.
Result<std::size_t> idx_count(const val& file, const char* what, bool images) {
  if (!is_bytes(file)) return Error{join({what, " must be a Uint8Array"})};
  const auto length = file["length"].as<std::size_t>();
  const std::vector<std::uint8_t> start = bytes_in(file, 0, std::min(length, kMaxIdxHeader));
  return images ? idx_image_count(start, length, what) : idx_label_count(start, length, what);
}

/// Checks a pair of files without copying them.
Result<ForeignSet> idx_pair(const val& files, const char* images_key, const char* labels_key) {
  const ForeignSet set{files[images_key], files[labels_key]};
  const Result<std::size_t> images = idx_count(set.images, images_key, true);
  if (!images) return images.error();
  const Result<std::size_t> labels = idx_count(set.labels, labels_key, false);
  if (!labels) return labels.error();
  const Status pair = check_idx_pair(images.value(), images_key, labels.value(), labels_key);
  if (!pair) return pair.error();
  constexpr std::size_t kPart = 16384;
  for (std::size_t first = 0; first < labels.value(); first += kPart) {
    const std::size_t count = std::min(kPart, labels.value() - first);
    const Status good = check_idx_labels(bytes_in(set.labels, kLabelHeader + first, count), first, labels_key);
    if (!good) return good.error();
  }
  return ForeignSet{set.images, set.labels, images.value()};
}

/// Images [first, first + count) of the pair.
Dataset copy_in(const ForeignSet& set, std::size_t first, std::size_t count) {
  return {bytes_in(set.images, kImageHeader + first * kImagePixels, count * kImagePixels),
          bytes_in(set.labels, kLabelHeader + first, count)};
}

/// Reads an object of settings; the first wrong or unknown entry becomes the error.
class SettingsReader {
 public:
  std::string error;

  void read(const val& object, ExperimentSettings& settings) {
    if (object.isUndefined()) return;
    if (!known(object, "settings", {"seed", "preset", "labels", "pretext", "arms"})) return;
    read_seed(object["seed"], settings.seed);
    const val preset = object["preset"];
    if (!preset.isUndefined()) {
      const std::string text = preset.isString() ? preset.as<std::string>() : std::string();
      if (text != "unit" && text != "notebook") fail("preset must be \"unit\" or \"notebook\"");
      settings.preset = text == "unit" ? Preset::unit : Preset::notebook;
    }
    whole(object["labels"], "labels", settings.labels);
    read_fit(object["pretext"], "pretext", settings[Run::pretext]);
    const val arms = object["arms"];
    if (arms.isUndefined() || !known(arms, "arms", {"self_supervised", "random", "supervised"})) return;
    for (const Run arm : kArms) read_fit(arms[std::string(name(arm))], std::string(name(arm)), settings[arm]);
  }

 private:
  void fail(std::string message) {
    if (error.empty()) error = std::move(message);
  }

  bool known(const val& object, const std::string& what, std::initializer_list<std::string_view> names) {
    if (!is_object(object)) {
      fail(join({what, " must be an object"}));
      return false;
    }
    const val keys = val::global("Object").call<val>("keys", object);
    const auto count = keys["length"].as<std::size_t>();
    for (std::size_t i = 0; i < count; ++i) {
      const auto key = keys[i].as<std::string>();
      if (std::find(names.begin(), names.end(), key) != names.end()) continue;
      std::string list;
      for (const std::string_view each : names) list += join({list.empty() ? "" : ", ", each});
      fail(join({what, " has no entry \"", key, "\"; it knows ", list}));
      return false;
    }
    return true;
  }

  void whole(const val& value, const std::string& what, std::uint32_t& out) {
    if (value.isUndefined()) return;
    const auto number = integer_in(value, 0.0, 4294967295.0);
    if (number.has_value()) {
      out = static_cast<std::uint32_t>(*number);
    } else {
      fail(join({what, " must be a whole number from 0 on"}));
    }
  }

  void real(const val& value, const std::string& what, float& out) {
    if (value.isUndefined()) return;
    if (value.isNumber()) {
      out = value.as<float>();
    } else {
      fail(join({what, " must be a number"}));
    }
  }

  void read_seed(const val& value, std::uint64_t& seed) {
    if (value.isUndefined()) return;
    if (const auto number = integer_in(value, 0.0, kLargestInteger); number.has_value()) {
      seed = *number;
      return;
    }
    const std::string digits = value.isString() ? value.as<std::string>() : std::string();
    std::uint64_t parsed = 0;
    bool good = !digits.empty();
    for (const char digit : digits) {
      const auto unit = static_cast<std::uint64_t>(digit - '0');
      good = good && digit >= '0' && digit <= '9' && parsed <= (UINT64_MAX - unit) / 10;
      if (good) parsed = parsed * 10 + unit;
    }
    if (good) {
      seed = parsed;
    } else {
      fail("seed must be a whole number from 0 on, or a string of digits below 2^64");
    }
  }

  void read_fit(const val& object, const std::string& run, FitSettings& fit) {
    if (object.isUndefined() ||
        !known(object, run, {"batch", "epochs", "learningRate", "shuffle", "validationSplit", "patience"})) {
      return;
    }
    whole(object["batch"], run + ".batch", fit.batch);
    whole(object["epochs"], run + ".epochs", fit.epochs);
    real(object["learningRate"], run + ".learningRate", fit.learning_rate);
    const val shuffle = object["shuffle"];
    if (shuffle.isTrue() || shuffle.isFalse()) {
      fit.shuffle = shuffle.isTrue();
    } else if (!shuffle.isUndefined()) {
      fail(join({run, ".shuffle must be true or false"}));
    }
    real(object["validationSplit"], run + ".validationSplit", fit.validation_split);
    whole(object["patience"], run + ".patience", fit.patience);
  }
};

/// Gives all of the heap to malloc in one piece. Emscripten's emmalloc asks for as much new memory as a request has,
/// whatever lies free before it, so that after one large set a larger one would not fit.
void claim_heap() {
  constexpr std::size_t kStep = 65536;
  for (std::size_t bytes = emscripten_get_heap_size(); bytes > kStep && !has_room(bytes); bytes -= kStep) {
  }
}

/// Threads this module can use: its warmed pool and the caller.
unsigned pool_threads() {
#ifdef __EMSCRIPTEN_PTHREADS__
  const auto threads = integer_in(val::module_property("quarterturnThreads"), 1.0, kMaxThreads);
  return threads.has_value() ? static_cast<unsigned>(*threads) : 1;
#else
  return 1;
#endif
}

}  // namespace

// ---- the class ------------------------------------------------------------------------------------------------------

class Engine {
 public:
  explicit Engine(val threads) {
    claim_heap();
    const unsigned pool = pool_threads();
    const auto wanted = integer_in(threads, 0.0, pool);
    if (!wanted.has_value()) {
      failure_ = join({"threads must be a whole number 0..", pool, "; this module was started for ", pool});
      return;
    }
    ComputeOptions options;
    options.threads = *wanted == 0 ? pool : static_cast<unsigned>(*wanted);
    Result<std::unique_ptr<Compute>> compute = Compute::create(options);
    if (compute) {
      compute_ = std::move(compute).value();
    } else {
      failure_ = compute.error().message;
    }
  }

  val info() const {
    if (!compute_) return failed(failure_);
    std::string isa(compute_->isa());
    std::replace(isa.begin(), isa.end(), '_', '-');
    val object = val::object();
    put(object, "version", std::string_view(QUARTERTURN_VERSION));
    put(object, "isa", std::string_view(isa));
    put(object, "fused", val(compute_->fused()));
    put(object, "lanes", compute_->lanes());
    put(object, "threads", compute_->threads());
    put(object, "heapBytes", static_cast<double>(emscripten_get_heap_size()));
    return object;
  }

  // ---- data ----

  val load_generated(val seed, val train_count, val test_count) {
    if (!compute_) return failed(failure_);
    const auto seed_number = integer_in(seed, 0.0, kLargestInteger);
    const auto train = integer_in(train_count, 11.0, kMaxTrain);
    const auto test = integer_in(test_count, 1.0, kMaxTest);
    if (!seed_number.has_value()) return failed("seed must be a whole number from 0 on");
    if (!train.has_value()) return failed(join({"trainCount must be a whole number 11..", kMaxTrain}));
    if (!test.has_value()) return failed(join({"testCount must be a whole number 1..", kMaxTest}));
    const Status room = make_room(static_cast<std::size_t>(*train), static_cast<std::size_t>(*test));
    if (!room) return failed(room.error().message);
    return take(generated_source(*seed_number, static_cast<std::size_t>(*train), static_cast<std::size_t>(*test),
                                 [this](int tasks, const auto& body) { compute_->run(tasks, body); }),
                static_cast<std::size_t>(*train), static_cast<std::size_t>(*test));
  }

  /// Files are checked before anything is copied or dropped, and copied once: MNIST's 70,000 images fill most of the
  /// heap. Without test files the last seventh of the training set is the test set.
  val load_idx(val files, val source_name) {
    if (!is_object(files)) return failed("the files must be an object of Uint8Arrays");
    if (!source_name.isString()) return failed("the source's name must be a string");
    const auto source = source_name.as<std::string>();
    const Result<ForeignSet> train = idx_pair(files, "trainImages", "trainLabels");
    if (!train) return failed(train.error().message);
    if (!files["testImages"].isUndefined() || !files["testLabels"].isUndefined()) {
      const Result<ForeignSet> test = idx_pair(files, "testImages", "testLabels");
      if (!test) return failed(test.error().message);
      const std::size_t train_count = std::min<std::size_t>(train.value().count, kMaxTrain);
      const std::size_t test_count = std::min<std::size_t>(test.value().count, kMaxTest);
      const Status room = make_room(train_count, test_count);
      if (!room) return failed(room.error().message);
      return take({copy_in(train.value(), 0, train_count), copy_in(test.value(), 0, test_count), source},
                  train.value().count, test.value().count);
    }
    const std::size_t count = std::min<std::size_t>(train.value().count, kMaxTrain + kMaxTest);
    const std::size_t test_count = count / 7;
    if (test_count == 0) return failed(too_few_for_test(count, "trainImages").message);
    const Status room = make_room(count - test_count, test_count);
    if (!room) return failed(room.error().message);
    return take(
        {copy_in(train.value(), 0, count - test_count), copy_in(train.value(), count - test_count, test_count), source},
        train.value().count - test_count, test_count);
  }

  val data_info() const {
    if (!data_) return failed("no data is loaded");
    const Splits splits = notebook_splits(data_->train.count(), data_->test.count());
    val object = val::object();
    put(object, "source", data_->source);
    put(object, "train", static_cast<double>(data_->train.count()));
    put(object, "test", static_cast<double>(data_->test.count()));
    put(object, "trainAvailable", static_cast<double>(train_available_));
    put(object, "testAvailable", static_cast<double>(test_available_));
    val parts = val::object();
    put(parts, "pretext", slice_out(splits.pretext));
    put(parts, "downstream", slice_out(splits.downstream));
    put(parts, "test", slice_out(splits.test));
    put(object, "splits", parts);
    std::array<std::uint32_t, kDigits> counts{};
    for (const std::uint8_t label : data_->train.labels) {
      if (label < kDigits) ++counts[label];
    }
    val class_counts = val::array();
    for (std::size_t i = 0; i < kDigits; ++i) class_counts.set(i, counts[i]);
    put(object, "classCounts", class_counts);
    return object;
  }

  val image(val set_name, val index, val quarter_turns) const {
    const Result<Place> place = find(set_name, index);
    if (!place) return failed(place.error().message);
    const auto turns = integer_in(quarter_turns, 0.0, 3.0);
    if (!turns.has_value()) return failed("quarterTurns must be 0..3");
    const std::span<const std::uint8_t> pixels = place.value().set->image(place.value().index);
    return bytes_out(quarter_turned(pixels, static_cast<unsigned>(*turns)));
  }

  val label(val set_name, val index) const {
    const Result<Place> place = find(set_name, index);
    if (!place) return failed(place.error().message);
    return val(place.value().set->labels[place.value().index]);
  }

  // ---- the experiment ----

  val start(val settings) {
    if (!compute_) return failed(failure_);
    if (!data_) return failed("no data is loaded; load data before the start");
    ExperimentSettings wanted;
    SettingsReader reader;
    reader.read(settings, wanted);
    if (!reader.error.empty()) return failed(reader.error);
    const Status possible = Experiment::check(*data_, wanted);
    if (!possible) return failed(possible.error().message);
    experiment_.reset();  // two would not fit beside all of MNIST
    Result<std::unique_ptr<Experiment>> made = Experiment::create(*compute_, *data_, wanted);
    if (!made) return failed(made.error().message);
    experiment_ = std::move(made).value();
    kept_.reset();
    return val::object();
  }

  val settings() const {
    if (!experiment_) return none();
    val object = settings_out(experiment_->settings());
    put(object, "rateChangedMidway", val(experiment_->rate_changed_midway()));
    return object;
  }

  val advance(val milliseconds) {
    if (!experiment_) return none();
    if (!milliseconds.isNumber()) return failed("milliseconds must be a number");
    return advance_out(experiment_->advance(milliseconds.as<double>()), *experiment_);
  }

  val step() { return experiment_ ? advance_out(experiment_->step(), *experiment_) : none(); }

  val progress() const { return experiment_ ? progress_out(*experiment_) : none(); }

  val history(val run_name) const {
    if (!experiment_) return none();
    const std::optional<Run> run = run_in(run_name);
    if (!run.has_value()) return unknown_run();
    val list = val::array();
    std::size_t i = 0;
    for (const EpochRecord& record : experiment_->history(*run)) list.set(i++, epoch_out(*run, record));
    return list;
  }

  val set_learning_rate(val run_name, val rate) {
    if (!experiment_) return none();
    const std::optional<Run> run = run_in(run_name);
    if (!run.has_value()) return unknown_run();
    const float value = rate.isNumber() ? rate.as<float>() : 0.0F;
    if (!std::isfinite(value) || value <= 0.0F) return failed("the learning rate must be a number above 0");
    experiment_->set_learning_rate(*run, value);
    return val::object();
  }

  val results() const {
    if (!experiment_) return none();
    val object = val::object();
    const TestResult* rotation = experiment_->rotation_result();
    put(object, "rotation", rotation != nullptr ? test_out(*rotation, kTurns) : val::null());
    val arms = val::object();
    for (const Run arm : kArms) {
      const ArmResult* result = experiment_->result(arm);
      val one = val::null();
      if (result != nullptr) {
        one = val::object();
        put(one, "test", test_out(result->test, kDigits));
        put(one, "fullTest", test_out(result->full_test, kDigits));
        put(one, "stoppedEarly", experiment_->stopped_early(arm));
      }
      arms.set(std::string(name(arm)), one);
    }
    put(object, "arms", arms);
    return object;
  }

  val signature() const { return experiment_ ? val(experiment_->signature()) : none(); }

  // ---- looking into the networks ----

  val predict(val pixels) {
    if (!experiment_) return none();
    if (!is_image(pixels)) return failed("the image must be a Uint8Array of 784 pixels");
    const Experiment::Prediction prediction = experiment_->predict(bytes_in(pixels));
    val object = val::object();
    put(object, "rotation", floats_out(prediction.rotation));
    for (std::size_t i = 0; i < kArms.size(); ++i) {
      object.set(std::string(name(kArms[i])), floats_out(prediction.arms[i]));
    }
    return object;
  }

  /// Softmax of the rotation network on all four turns of `count` images from `first` on: [count][turn][4].
  /// weights: "now"; or "keep", which keeps a copy of them; or "kept", that copy, so that parts of one examination
  /// agree though training goes on between them.
  val rotations(val set_name, val first, val count, val weights) {
    if (!experiment_) return none();
    const Result<Place> place = find(set_name, first);
    if (!place) return failed(place.error().message);
    const auto images = integer_in(
        count, 1.0,
        std::min<double>(kMaxRotations, static_cast<double>(place.value().set->count()) - first.as<double>()));
    if (!images.has_value()) {
      return failed(join({"count must be a whole number 1..", kMaxRotations, " within the set"}));
    }
    const std::string which = weights.isString() ? weights.as<std::string>() : std::string();
    if (which != "now" && which != "keep" && which != "kept") {
      return failed("weights must be \"now\", \"keep\" or \"kept\"");
    }
    if (which == "keep") {
      if (!kept_.has_value()) kept_.emplace(std::uint64_t{0});
      const std::span<const float> present = experiment_->rotnet().parameters();
      std::copy(present.begin(), present.end(), kept_->parameters().begin());
    }
    if (which == "kept" && !kept_.has_value()) return failed("no weights are kept; ask with \"keep\" first");

    std::vector<std::uint32_t> index(rotation_rows(static_cast<std::size_t>(*images)));
    std::vector<std::uint8_t> turn(index.size());
    for (std::size_t row = 0; row < index.size(); ++row) {
      index[row] = static_cast<std::uint32_t>(place.value().index + row / kTurns);
      turn[row] = static_cast<std::uint8_t>(row % kTurns);
    }
    ImageBatch batch;
    batch.pixels = place.value().set->pixels.data();
    batch.image = index;
    batch.turn = turn;
    batch.preset = experiment_->settings().preset;
    std::vector<float> probabilities(index.size() * kTurns);
    (which == "kept" ? *kept_ : experiment_->rotnet()).predict(*compute_, batch, probabilities);
    return floats_out(probabilities);
  }

  /// Both stages of a network's trunk on one image, turned: {stage1: [7][7][64], stage2: [3][3][32]}.
  val activations(val network, val pixels, val turns) const {
    if (!experiment_) return none();
    const std::optional<Run> run = network.isString() && network.as<std::string>() == "rotnet"
                                       ? std::optional<Run>(Run::self_supervised)
                                       : run_in(network);
    if (!run.has_value() || *run == Run::pretext) return unknown_network();
    if (!is_image(pixels)) return failed("the image must be a Uint8Array of 784 pixels");
    const auto quarter_turns = integer_in(turns, 0.0, 3.0);
    if (!quarter_turns.has_value()) return failed("quarterTurns must be 0..3");
    const Classifier classifier = experiment_->classifier(*run);
    const Activations found =
        quarterturn::activations(classifier.parameters().first(kTrunkParameters), bytes_in(pixels),
                                 static_cast<unsigned>(*quarter_turns), experiment_->settings().preset);
    val object = val::object();
    put(object, "stage1", floats_out(found.stage1));
    put(object, "stage2", floats_out(found.stage2));
    return object;
  }

  val centre_drawing(val grey, val width, val height) const {
    const auto w = integer_in(width, 1.0, kMaxDrawingSide);
    const auto h = integer_in(height, 1.0, kMaxDrawingSide);
    if (!w.has_value() || !h.has_value()) {
      return failed(join({"width and height of a drawing must be 1..", kMaxDrawingSide}));
    }
    if (!is_bytes(grey) || static_cast<double>(*w) * static_cast<double>(*h) > 16e6 ||
        grey["length"].as<std::size_t>() != *w * *h) {
      return failed("the drawing must be a Uint8Array of width * height grey values, at most 16 million");
    }
    if (!has_room(static_cast<std::size_t>(*w * *h) + kFileBytes)) return no_room("the drawing");
    const Result<DigitImage> image =
        quarterturn::centre_drawing(bytes_in(grey), static_cast<std::size_t>(*w), static_cast<std::size_t>(*h));
    return image ? bytes_out(image.value()) : failed(image.error().message);
  }

  val layers(val network) const {
    const std::string which = network.isString() ? network.as<std::string>() : std::string();
    if (which == "rotnet") return layers_out(RotNet::layers());
    const std::optional<Run> arm = run_in(network);
    if (!arm.has_value() || *arm == Run::pretext) return unknown_network();
    return layers_out(Classifier::layers(*arm == Run::supervised));
  }

  /// Two directions in which points ([rows][288]) are best looked at: their principal components or, with labels, their
  /// linear discriminants: {mean, axes, explained}. A point x lies at axes . (x - mean).
  val axes(val points, val labels) const {
    const std::vector<float> features = floats_in(points);
    if (features.empty() || features.size() % kFeatures != 0 || features.size() > kMaxPoints * kFeatures) {
      return failed("the points must be a Float32Array of 1 to 4000 times 288 numbers");
    }
    if (!std::all_of(features.begin(), features.end(), [](float value) { return std::isfinite(value); })) {
      return failed("the features are not finite numbers; the training has diverged");
    }
    const std::size_t rows = features.size() / kFeatures;
    Discriminant found;
    if (is_bytes(labels)) {
      const std::vector<std::uint8_t> classes = bytes_in(labels);
      if (classes.size() != rows) return failed("give one label for each point");
      Result<Discriminant> discriminants = discriminate(features, kFeatures, classes);
      if (!discriminants) return failed(discriminants.error().message);
      found = std::move(discriminants).value();
    } else {
      Projection projection = project(features, kFeatures);
      found.axes = std::move(projection.axes);
      found.explained = projection.explained;
      found.mean.assign(kFeatures, 0.0);
      for (std::size_t i = 0; i < features.size(); ++i) found.mean[i % kFeatures] += features[i];
      for (double& value : found.mean) value /= static_cast<double>(rows);
    }
    val object = val::object();
    val directions = val::array();
    for (std::size_t i = 0; i < 2; ++i) directions.set(i, doubles_out(found.axes[i]));
    put(object, "mean", doubles_out(found.mean));
    put(object, "axes", directions);
    put(object, "explained", doubles_out(found.explained));
    return object;
  }

  /// The 288 features of each image ([count][28][28]), at most 2,000 at a time, by the rotation network's present
  /// trunk, or with weights: by the untrained one ("random") or by these 19,104.
  val features(val images, val weights) const {
    if (!experiment_) return none();
    const auto length = is_bytes(images) ? images["length"].as<std::size_t>() : 0;
    if (length == 0 || length % kImagePixels != 0 || length > kMaxGiven * kImagePixels) {
      return failed("the images must be a Uint8Array of 1 to 2000 times 784 pixels");
    }
    const std::vector<std::uint8_t> pixels = bytes_in(images);
    std::vector<std::uint32_t> index(length / kImagePixels);
    for (std::size_t i = 0; i < index.size(); ++i) index[i] = static_cast<std::uint32_t>(i);
    std::vector<float> features(index.size() * kFeatures);
    ImageBatch batch;
    batch.pixels = pixels.data();
    batch.image = index;
    batch.preset = experiment_->settings().preset;
    Classifier network = experiment_->classifier(weights.isString() ? Run::random : Run::self_supervised);
    const std::span<float> trunk = network.parameters().first(kTrunkParameters);
    if (!weights.isString() && !weights.isUndefined()) {
      const std::vector<float> given = floats_in(weights);
      if (given.size() != trunk.size()) return failed("weights must be \"random\" or 19104 numbers");
      std::copy(given.begin(), given.end(), trunk.begin());
    }
    extract_features(*compute_, trunk, batch, features);
    return floats_out(features);
  }

  /// Images first .. first + count - 1 of a set, unturned, at most 2,000 at a time: {pixels, labels}.
  val images(val set_name, val first, val count) const {
    const Result<Place> place = find(set_name, first);
    if (!place) return failed(place.error().message);
    const auto [set, start] = place.value();
    const auto number = integer_in(count, 1.0, static_cast<double>(std::min(kMaxGiven, set->count() - start)));
    if (!number.has_value()) return failed("count must be 1..2000 and stay within the set");
    const auto length = static_cast<std::size_t>(*number);
    val object = val::object();
    put(object, "pixels", bytes_out(std::span(set->pixels).subspan(start * kImagePixels, length * kImagePixels)));
    put(object, "labels", bytes_out(std::span(set->labels).subspan(start, length)));
    return object;
  }

  val tensor(val tensor_name) const {
    if (!experiment_) return none();
    const std::string full = tensor_name.isString() ? tensor_name.as<std::string>() : std::string();
    const std::size_t dot = full.find('.');
    if (dot != std::string::npos) {
      const std::string network = full.substr(0, dot);
      const std::string_view rest = std::string_view(full).substr(dot + 1);
      if (network == "rotnet") {
        const val found = tensor_out(RotNet::tensors(), experiment_->rotnet().parameters(), rest);
        if (!found.isUndefined()) return found;
      }
      const std::optional<Run> arm = run_in(val(network));
      if (arm.has_value() && *arm != Run::pretext) {
        const val found = tensor_out(Classifier::tensors(), experiment_->classifier(*arm).parameters(), rest);
        if (!found.isUndefined()) return found;
      }
    }
    return failed(
        join({"there is no tensor \"", full, "\"; names are like rotnet.conv1.kernel or supervised.head.bias"}));
  }

  // ---- saving ----

  val save_weights() const { return save(&Experiment::save_weights); }
  val checkpoint() const { return save(&Experiment::checkpoint); }

  val load_weights(val file) { return load(file, &Experiment::load_weights); }
  val restore(val file) { return load(file, &Experiment::restore); }

  /// Times one piece of the experiment on the loaded training images: {seconds: Float64Array, images, operations}.
  val benchmark(const std::string& piece, double seconds) {
    if (!data_) return failed("load images before a benchmark");
    const Result<Piece> which = piece_named(piece);
    if (!which) return failed(which.error().message);
    if (!(seconds > 0.0 && seconds <= 600.0)) return failed("seconds must lie in 0..600");
    if (!has_room(kExperimentBytes)) return no_room("the benchmark");
    const Result<Timing> timing = measure(*compute_, data_->train, which.value(), seconds);
    if (!timing) return failed(timing.error().message);
    val object = val::object();
    put(object, "seconds", copy("Float64Array", std::span<const double>(timing.value().seconds)));
    put(object, "images", timing.value().images);
    put(object, "operations", timing.value().operations);
    return object;
  }

 private:
  struct Place {
    const Dataset* set;
    std::size_t index;
  };

  val none() const {
    if (!compute_) return failed(failure_);
    return failed("no experiment is under way; start one first");
  }
  static val unknown_run() { return failed("the run must be pretext, self_supervised, random or supervised"); }

  static val unknown_network() { return failed("the network must be rotnet, self_supervised, random or supervised"); }

  [[nodiscard]] const Dataset* find_set(const val& set_name) const {
    if (!data_ || !set_name.isString()) return nullptr;
    const auto text = set_name.as<std::string>();
    return text == "train" ? &data_->train : text == "test" ? &data_->test : nullptr;
  }

  [[nodiscard]] Result<Place> find(const val& set_name, const val& index) const {
    if (!data_) return Error{"no data is loaded"};
    const Dataset* set = find_set(set_name);
    if (set == nullptr) return Error{"the set must be \"train\" or \"test\""};
    const auto number = integer_in(index, 0.0, static_cast<double>(set->count()) - 1.0);
    if (!number.has_value()) return Error{join({"the index must be 0..", set->count() - 1})};
    return Place{set, static_cast<std::size_t>(*number)};
  }

  /// Sees to it that so many images and an experiment fit into the heap. The present data are dropped only where they
  /// would not fit beside the new ones.
  Status make_room(std::size_t train, std::size_t test) {
    const std::size_t bytes = (train + test) * (kImagePixels + 1) + kExperimentBytes;
    if (has_room(bytes)) return Ok{};
    const bool had = data_ != nullptr;
    experiment_.reset();
    kept_.reset();
    data_.reset();
    if (has_room(bytes)) return Ok{};
    return Error{join({train, " + ", test, " images do not fit beside ", compute_ ? compute_->threads() : 1U,
                       " threads into the engine's ", emscripten_get_heap_size() >> 20,
                       " MiB; give fewer images or choose fewer threads",
                       had ? " (the data set before had to be dropped to try)" : ""})};
  }

  val take(DataSource data, std::size_t train_available, std::size_t test_available) {
    experiment_.reset();
    kept_.reset();
    data_ = std::make_unique<DataSource>(std::move(data));
    train_available_ = train_available;
    test_available_ = test_available;
    return data_info();
  }

  val no_room(const char* what) const {
    return failed(join({"no memory for ", what, " beside ", data_ ? data_->train.count() + data_->test.count() : 0,
                        " images and ", compute_ ? compute_->threads() : 1U,
                        " threads; load fewer images or choose fewer threads"}));
  }

  static val tensor_out(std::span<const TensorInfo> tensors, std::span<const float> parameters,
                        std::string_view wanted) {
    for (const TensorInfo& tensor : tensors) {
      if (tensor.name == wanted) return floats_out(parameters.subspan(tensor.offset, tensor.size()));
    }
    return val::undefined();
  }

  val save(std::vector<std::uint8_t> (Experiment::*how)() const) const {
    if (!experiment_) return none();
    if (!has_room(kFileBytes)) return no_room("the file");
    return bytes_out((experiment_.get()->*how)());
  }

  val load(const val& file, Status (Experiment::*how)(std::span<const std::uint8_t>)) {
    if (!experiment_) return none();
    if (!is_bytes(file)) return failed("the file must be a Uint8Array");
    if (file["length"].as<std::size_t>() > 8'000'000)
      return failed("the file is too large to be one of this program's");
    if (!has_room(file["length"].as<std::size_t>() + kFileBytes + kExperimentBytes)) return no_room("the file");
    const Status status = (experiment_.get()->*how)(bytes_in(file));
    return status ? val::object() : failed(status.error().message);
  }

  std::string failure_;
  std::unique_ptr<Compute> compute_;
  std::unique_ptr<DataSource> data_;
  std::size_t train_available_ = 0;  // images in the files, of which data_ has the first
  std::size_t test_available_ = 0;
  std::unique_ptr<Experiment> experiment_;
  std::optional<RotNet> kept_;
};

}  // namespace quarterturn

EMSCRIPTEN_BINDINGS(quarterturn) {
  using quarterturn::Engine;
  emscripten::class_<Engine>("Engine")
      .constructor<emscripten::val>()
      .function("info", &Engine::info)
      .function("loadGenerated", &Engine::load_generated)
      .function("loadIdx", &Engine::load_idx)
      .function("dataInfo", &Engine::data_info)
      .function("image", &Engine::image)
      .function("label", &Engine::label)
      .function("start", &Engine::start)
      .function("settings", &Engine::settings)
      .function("advance", &Engine::advance)
      .function("step", &Engine::step)
      .function("progress", &Engine::progress)
      .function("history", &Engine::history)
      .function("setLearningRate", &Engine::set_learning_rate)
      .function("results", &Engine::results)
      .function("signature", &Engine::signature)
      .function("predict", &Engine::predict)
      .function("rotations", &Engine::rotations)
      .function("activations", &Engine::activations)
      .function("centreDrawing", &Engine::centre_drawing)
      .function("layers", &Engine::layers)
      .function("axes", &Engine::axes)
      .function("features", &Engine::features)
      .function("images", &Engine::images)
      .function("tensor", &Engine::tensor)
      .function("saveWeights", &Engine::save_weights)
      .function("checkpoint", &Engine::checkpoint)
      .function("loadWeights", &Engine::load_weights)
      .function("restore", &Engine::restore)
      .function("benchmark", &Engine::benchmark);
}
