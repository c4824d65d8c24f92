// The engine's face in JavaScript: one class, Engine. Nothing here throws; what can fail gives {error: "one line"}.

#include <emscripten/emscripten.h>
#include <emscripten/heap.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/activations.hpp"
#include "analysis/lda.hpp"
#include "analysis/pca.hpp"
#include "bindings/value.hpp"
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
// Generated digits that loading makes: more than the first step of training sees, and the page shows before it.
constexpr std::size_t kFirstMade = 300;
constexpr std::size_t kMadeAtOnce = 1'000;
// What an experiment of the default size takes, with some slack.
constexpr std::size_t kExperimentBytes = 3'000'000;
// A checkpoint with long histories.
constexpr std::size_t kFileBytes = 1'500'000;
constexpr double kLargestInteger = 9007199254740991.0;

/// A run's name as an object has it; it is a literal, so a 0 ends it.
const char* key(Run run) { return name(run).data(); }

// ---- values out -----------------------------------------------------------------------------------------------------

Value failed(std::string_view message) {
  Value object = Value::object();
  object.put("error", message);
  return object;
}

Value number_or_null(double value) { return std::isnan(value) ? Value::null() : Value::number(value); }

Value epoch_out(Run run, const EpochRecord& record) {
  Value object = Value::object();
  object.put("run", name(run));
  object.put("epoch", record.epoch);
  object.put("loss", record.loss);
  object.put("accuracy", record.accuracy);
  object.put("validationLoss", number_or_null(record.validation_loss));
  object.put("validationAccuracy", number_or_null(record.validation_accuracy));
  object.put("seconds", record.seconds);
  return object;
}

Value test_out(const TestResult& test, std::size_t classes) {
  Value confusion = Value::array();
  for (std::size_t label = 0; label < classes; ++label) {
    Value row = Value::array();
    for (std::size_t predicted = 0; predicted < classes; ++predicted) row.push(test.confusion[label][predicted]);
    confusion.push(row);
  }
  Value object = Value::object();
  object.put("correct", test.correct);
  object.put("count", test.count);
  object.put("accuracy", test.accuracy());
  object.put("loss", test.loss);
  object.put("confusion", confusion);
  return object;
}

std::string_view phase_name(Phase phase) {
  constexpr std::array<std::string_view, 6> kNames = {"pretext",    "self_supervised", "random",
                                                      "supervised", "finished",        "failed"};
  return kNames[static_cast<std::size_t>(phase)];
}

Value progress_out(const Experiment& experiment) {
  const Progress progress = experiment.progress();
  Value object = Value::object();
  object.put("phase", phase_name(progress.phase));
  object.put("failure", experiment.failure());
  const Experiment::Recovery* recovery = experiment.recovery();
  Value way = Value::null();
  if (recovery != nullptr) {
    way = Value::object();
    way.put("run", name(recovery->run));
    way.put("rate", static_cast<double>(recovery->rate));
  }
  object.put("recovery", way);
  object.put("epoch", progress.epoch);
  object.put("epochs", progress.epochs);
  object.put("step", progress.step);
  object.put("steps", progress.steps);
  object.put("loss", progress.loss);
  object.put("accuracy", progress.accuracy);
  object.put("imagesPerSecond", progress.images_per_second);
  object.put("remainingSeconds", progress.remaining_seconds);
  return object;
}

Value advance_out(const Advance& advance, const Experiment& experiment) {
  Value epochs = Value::array();
  for (std::size_t i = 0; i < advance.epochs.size(); ++i) {
    epochs.push(epoch_out(advance.epochs[i].run, advance.epochs[i].record));
  }
  Value object = Value::object();
  object.put("more", Value::boolean(advance.more));
  object.put("epochs", epochs);
  object.put("progress", progress_out(experiment));
  return object;
}

Value slice_out(const Slice& slice) {
  Value pair = Value::array();
  pair.push(static_cast<double>(slice.first));
  pair.push(static_cast<double>(slice.last));
  return pair;
}

Value settings_out(const ExperimentSettings& settings) {
  Value object = Value::object();
  // Beyond 2^53 a JavaScript number would be another seed.
  const auto seed = static_cast<double>(settings.seed);
  if (seed <= kLargestInteger) {
    object.put("seed", seed);
  } else {
    object.put("seed", std::string_view(join({settings.seed})));
  }
  object.put("preset", settings.preset == Preset::unit ? std::string_view("unit") : std::string_view("notebook"));
  object.put("labels", settings.labels);
  Value arms = Value::object();
  for (const Run run : kAllRuns) {
    const FitSettings& fit = settings[run];
    Value one = Value::object();
    one.put("batch", fit.batch);
    one.put("epochs", fit.epochs);
    one.put("learningRate", static_cast<double>(fit.learning_rate));
    one.put("shuffle", Value::boolean(fit.shuffle));
    one.put("validationSplit", static_cast<double>(fit.validation_split));
    one.put("patience", fit.patience);
    if (run == Run::pretext) {
      object.put("pretext", one);
    } else {
      arms.put(key(run), one);
    }
  }
  object.put("arms", arms);
  return object;
}

Value layers_out(std::span<const LayerInfo> layers) {
  Value list = Value::array();
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerInfo& layer = layers[i];
    const std::string output = layer.output[0] == 0
                                   ? join({layer.output[2]})
                                   : join({layer.output[0], "x", layer.output[1], "x", layer.output[2]});
    Value object = Value::object();
    object.put("name", layer.name);
    object.put("kind", layer.kind);
    object.put("output", std::string_view(output));
    object.put("parameters", static_cast<double>(layer.parameters));
    object.put("trainable", Value::boolean(layer.trainable));
    list.push(object);
  }
  return list;
}

// ---- values in ------------------------------------------------------------------------------------------------------

/// A whole number first..last, or nothing.
std::optional<std::uint64_t> whole_number(double number, double first, double last) {
  if (!(number >= first && number <= last) || number != std::floor(number)) return std::nullopt;
  return static_cast<std::uint64_t>(number);
}
std::optional<std::uint64_t> integer_in(Value value, double first, double last) {
  return value.is_number() ? whole_number(value.as_number(), first, last) : std::nullopt;
}

std::optional<Run> run_named(std::string_view text) {
  for (const Run run : kAllRuns) {
    if (name(run) == text) return run;
  }
  return std::nullopt;
}
std::optional<Run> run_in(Value value) { return run_named(value.as_text()); }

bool is_image(Value value) { return value.is_bytes() && value.length() == kImagePixels; }

/// An IDX pair that is still outside of the heap.
struct ForeignSet {
  Value images;
  Value labels;
  std::size_t count = 0;
};

/// The first bytes of a file and its length, for the IDX header.
Result<std::size_t> idx_count(Value file, const char* what, bool images) {
  if (!file.is_bytes()) return Error{join({what, " must be a Uint8Array"})};
  const auto length = file.length();
  const std::vector<std::uint8_t> start = file.to_bytes(0, std::min(length, kMaxIdxHeader));
  return images ? idx_image_count(start, length, what) : idx_label_count(start, length, what);
}

/// Checks a pair of files without copying them.
Result<ForeignSet> idx_pair(Value files, const char* images_key, const char* labels_key) {
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
    const Status good = check_idx_labels(set.labels.to_bytes(kLabelHeader + first, count), first, labels_key);
    if (!good) return good.error();
  }
  return ForeignSet{set.images, set.labels, images.value()};
}

/// Images [first, first + count) of the pair.
Dataset copy_in(const ForeignSet& set, std::size_t first, std::size_t count) {
  return {set.images.to_bytes(kImageHeader + first * kImagePixels, count * kImagePixels),
          set.labels.to_bytes(kLabelHeader + first, count)};
}

/// Reads an object of settings; the first wrong or unknown entry becomes the error.
class SettingsReader {
 public:
  std::string error;

  void read(Value object, ExperimentSettings& settings) {
    if (object.is_undefined()) return;
    if (!known(object, "settings", {"seed", "preset", "labels", "pretext", "arms"})) return;
    read_seed(object["seed"], settings.seed);
    const Value preset = object["preset"];
    if (!preset.is_undefined()) {
      const std::string text = preset.is_text() ? preset.as_text() : std::string();
      if (text != "unit" && text != "notebook") fail("preset must be \"unit\" or \"notebook\"");
      settings.preset = text == "unit" ? Preset::unit : Preset::notebook;
    }
    whole(object["labels"], "labels", settings.labels);
    read_fit(object["pretext"], "pretext", settings[Run::pretext]);
    const Value arms = object["arms"];
    if (arms.is_undefined() || !known(arms, "arms", {"self_supervised", "random", "supervised"})) return;
    for (const Run arm : kArms) read_fit(arms[key(arm)], std::string(name(arm)), settings[arm]);
  }

 private:
  void fail(std::string message) {
    if (error.empty()) error = std::move(message);
  }

  bool known(Value object, const std::string& what, std::initializer_list<std::string_view> names) {
    if (!object.is_object()) {
      fail(join({what, " must be an object"}));
      return false;
    }
    const Value keys = object.keys();
    const auto count = keys.length();
    for (std::size_t i = 0; i < count; ++i) {
      const auto key = keys[i].as_text();
      if (std::find(names.begin(), names.end(), key) != names.end()) continue;
      std::string list;
      for (const std::string_view each : names) list += join({list.empty() ? "" : ", ", each});
      fail(join({what, " has no entry \"", key, "\"; it knows ", list}));
      return false;
    }
    return true;
  }

  void whole(Value value, const std::string& what, std::uint32_t& out) {
    if (value.is_undefined()) return;
    const auto number = integer_in(value, 0.0, 4294967295.0);
    if (number.has_value()) {
      out = static_cast<std::uint32_t>(*number);
    } else {
      fail(join({what, " must be a whole number from 0 on"}));
    }
  }

  void real(Value value, const std::string& what, float& out) {
    if (value.is_undefined()) return;
    if (value.is_number()) {
      out = static_cast<float>(value.as_number());
    } else {
      fail(join({what, " must be a number"}));
    }
  }

  void read_seed(Value value, std::uint64_t& seed) {
    if (value.is_undefined()) return;
    if (const auto number = integer_in(value, 0.0, kLargestInteger); number.has_value()) {
      seed = *number;
      return;
    }
    const std::string digits = value.is_text() ? value.as_text() : std::string();
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

  void read_fit(Value object, const std::string& run, FitSettings& fit) {
    if (object.is_undefined() ||
        !known(object, run, {"batch", "epochs", "learningRate", "shuffle", "validationSplit", "patience"})) {
      return;
    }
    whole(object["batch"], run + ".batch", fit.batch);
    whole(object["epochs"], run + ".epochs", fit.epochs);
    real(object["learningRate"], run + ".learningRate", fit.learning_rate);
    const Value shuffle = object["shuffle"];
    if (shuffle.is_boolean()) {
      fit.shuffle = shuffle.as_boolean();
    } else if (!shuffle.is_undefined()) {
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
  const auto threads = whole_number(module_threads(), 1.0, kMaxThreads);
  return threads.has_value() ? static_cast<unsigned>(*threads) : 1;
}

}  // namespace

// ---- the class ------------------------------------------------------------------------------------------------------

class Engine {
 public:
  explicit Engine(Value threads) {
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

  Value info() const {
    if (!compute_) return failed(failure_);
    std::string isa(compute_->isa());
    std::replace(isa.begin(), isa.end(), '_', '-');
    Value object = Value::object();
    object.put("version", std::string_view(QUARTERTURN_VERSION));
    object.put("isa", std::string_view(isa));
    object.put("fused", Value::boolean(compute_->fused()));
    object.put("lanes", compute_->lanes());
    object.put("threads", compute_->threads());
    object.put("heapBytes", static_cast<double>(emscripten_get_heap_size()));
    return object;
  }

  // ---- data ----

  Value load_generated(Value seed, Value train_count, Value test_count) {
    if (!compute_) return failed(failure_);
    const auto seed_number = integer_in(seed, 0.0, kLargestInteger);
    const auto train = integer_in(train_count, 11.0, kMaxTrain);
    const auto test = integer_in(test_count, 1.0, kMaxTest);
    if (!seed_number.has_value()) return failed("seed must be a whole number from 0 on");
    if (!train.has_value()) return failed(join({"trainCount must be a whole number 11..", kMaxTrain}));
    if (!test.has_value()) return failed(join({"testCount must be a whole number 1..", kMaxTest}));
    const Status room = make_room(static_cast<std::size_t>(*train), static_cast<std::size_t>(*test));
    if (!room) return failed(room.error().message);
    DataSource data;
    for (const auto& [set, count] : {std::pair(&data.train, *train), std::pair(&data.test, *test)}) {
      set->pixels.resize(static_cast<std::size_t>(count) * kImagePixels);
      set->labels.resize(static_cast<std::size_t>(count));
    }
    data.source = generated_name(*seed_number);
    const Value info = take(std::move(data), static_cast<std::size_t>(*train), static_cast<std::size_t>(*test));
    unmade_ = Unmade{*seed_number, 0};
    make(kFirstMade);
    return info;
  }

  /// Makes some of the generated digits that are still missing; gives whether there are more. They are made at the
  /// latest when they are needed, whoever asks: this is for the time in which nothing else is to do.
  Value make_more() {
    make(kMadeAtOnce);
    return Value::boolean(unmade_.has_value());
  }

  /// Files are checked before anything is copied or dropped, and copied once: MNIST's 70,000 images fill most of the
  /// heap. Without test files the last seventh of the training set is the test set.
  Value load_idx(Value files, Value source_name) {
    if (!files.is_object()) return failed("the files must be an object of Uint8Arrays");
    if (!source_name.is_text()) return failed("the source's name must be a string");
    const auto source = source_name.as_text();
    const Result<ForeignSet> train = idx_pair(files, "trainImages", "trainLabels");
    if (!train) return failed(train.error().message);
    if (!files["testImages"].is_undefined() || !files["testLabels"].is_undefined()) {
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

  Value data_info() const {
    if (!data_) return failed("no data is loaded");
    const Splits splits = notebook_splits(data_->train.count(), data_->test.count());
    Value object = Value::object();
    object.put("source", data_->source);
    object.put("train", static_cast<double>(data_->train.count()));
    object.put("test", static_cast<double>(data_->test.count()));
    object.put("trainAvailable", static_cast<double>(train_available_));
    object.put("testAvailable", static_cast<double>(test_available_));
    Value parts = Value::object();
    parts.put("pretext", slice_out(splits.pretext));
    parts.put("downstream", slice_out(splits.downstream));
    parts.put("test", slice_out(splits.test));
    object.put("splits", parts);
    return object;
  }

  Value image(Value set_name, Value index, Value quarter_turns) {
    const Result<Place> place = find(set_name, index);
    if (!place) return failed(place.error().message);
    const auto turns = integer_in(quarter_turns, 0.0, 3.0);
    if (!turns.has_value()) return failed("quarterTurns must be 0..3");
    const std::span<const std::uint8_t> pixels = place.value().set->image(place.value().index);
    return Value::bytes(quarter_turned(pixels, static_cast<unsigned>(*turns)));
  }

  Value label(Value set_name, Value index) {
    const Result<Place> place = find(set_name, index);
    if (!place) return failed(place.error().message);
    return Value::number(place.value().set->labels[place.value().index]);
  }

  // ---- the experiment ----

  Value start(Value settings) {
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
    return Value::object();
  }

  Value settings() const {
    if (!experiment_) return none();
    Value object = settings_out(experiment_->settings());
    object.put("rateChangedMidway", Value::boolean(experiment_->rate_changed_midway()));
    object.put("note", experiment_->note());
    return object;
  }

  Value advance(Value milliseconds) {
    if (!experiment_) return none();
    if (!milliseconds.is_number()) return failed("milliseconds must be a number");
    // The first step is not kept waiting for digits that it does not see.
    const bool first = first_step_is_ready();
    if (!first) make_all();
    return advance_out(experiment_->advance(first ? 0.0 : milliseconds.as_number()), *experiment_);
  }

  Value step() {
    if (!experiment_) return none();
    if (!first_step_is_ready()) make_all();
    return advance_out(experiment_->step(), *experiment_);
  }

  Value progress() const { return experiment_ ? progress_out(*experiment_) : none(); }

  Value history(Value run_name) const {
    if (!experiment_) return none();
    const std::optional<Run> run = run_in(run_name);
    if (!run.has_value()) return unknown_run();
    Value list = Value::array();
    for (const EpochRecord& record : experiment_->history(*run)) list.push(epoch_out(*run, record));
    return list;
  }

  Value set_learning_rate(Value run_name, Value rate) {
    if (!experiment_) return none();
    const std::optional<Run> run = run_in(run_name);
    if (!run.has_value()) return unknown_run();
    const float value = rate.is_number() ? static_cast<float>(rate.as_number()) : 0.0F;
    if (!std::isfinite(value) || value <= 0.0F) return failed("the learning rate must be a number above 0");
    experiment_->set_learning_rate(*run, value);
    return Value::object();
  }

  Value go_on(Value rate) {
    if (!experiment_) return none();
    const Status status = experiment_->go_on(rate.is_number() ? static_cast<float>(rate.as_number()) : 0.0F);
    return status ? Value::object() : failed(status.error().message);
  }

  Value results() const {
    if (!experiment_) return none();
    Value object = Value::object();
    const TestResult* rotation = experiment_->rotation_result();
    object.put("rotation", rotation != nullptr ? test_out(*rotation, kTurns) : Value::null());
    Value arms = Value::object();
    for (const Run arm : kArms) {
      const ArmResult* result = experiment_->result(arm);
      Value one = Value::null();
      if (result != nullptr) {
        one = Value::object();
        one.put("test", test_out(result->test, kDigits));
        one.put("fullTest", test_out(result->full_test, kDigits));
        one.put("stoppedEarly", experiment_->stopped_early(arm));
      }
      arms.put(key(arm), one);
    }
    object.put("arms", arms);
    return object;
  }

  Value signature() const { return experiment_ ? Value::text(experiment_->signature()) : none(); }

  // ---- looking into the networks ----

  Value predict(Value pixels) {
    if (!experiment_) return none();
    if (!is_image(pixels)) return failed("the image must be a Uint8Array of 784 pixels");
    const Experiment::Prediction prediction = experiment_->predict(pixels.to_bytes());
    Value object = Value::object();
    object.put("rotation", Value::floats(prediction.rotation));
    for (std::size_t i = 0; i < kArms.size(); ++i) {
      object.put(key(kArms[i]), Value::floats(prediction.arms[i]));
    }
    return object;
  }

  /// Softmax of the rotation network on all four turns of `count` images from `first` on: [count][turn][4].
  /// weights: "now"; or "keep", which keeps a copy of them; or "kept", that copy, so that parts of one examination
  /// agree though training goes on between them.
  Value rotations(Value set_name, Value first, Value count, Value weights) {
    if (!experiment_) return none();
    const Result<Place> place = find(set_name, first, kMaxRotations);
    if (!place) return failed(place.error().message);
    const auto images = integer_in(
        count, 1.0,
        std::min<double>(kMaxRotations, static_cast<double>(place.value().set->count()) - first.as_number()));
    if (!images.has_value()) {
      return failed(join({"count must be a whole number 1..", kMaxRotations, " within the set"}));
    }
    const std::string which = weights.is_text() ? weights.as_text() : std::string();
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
    return Value::floats(probabilities);
  }

  /// Both stages of a network's trunk on one image, turned: {stage1: [7][7][64], stage2: [3][3][32]}.
  Value activations(Value network, Value pixels, Value turns) const {
    if (!experiment_) return none();
    const std::optional<Run> run =
        network.is_text() && network.as_text() == "rotnet" ? std::optional<Run>(Run::self_supervised) : run_in(network);
    if (!run.has_value() || *run == Run::pretext) return unknown_network();
    if (!is_image(pixels)) return failed("the image must be a Uint8Array of 784 pixels");
    const auto quarter_turns = integer_in(turns, 0.0, 3.0);
    if (!quarter_turns.has_value()) return failed("quarterTurns must be 0..3");
    const Classifier classifier = experiment_->classifier(*run);
    const Activations found =
        quarterturn::activations(classifier.parameters().first(kTrunkParameters), pixels.to_bytes(),
                                 static_cast<unsigned>(*quarter_turns), experiment_->settings().preset);
    Value object = Value::object();
    object.put("stage1", Value::floats(found.stage1));
    object.put("stage2", Value::floats(found.stage2));
    return object;
  }

  Value centre_drawing(Value grey, Value width, Value height) const {
    const auto w = integer_in(width, 1.0, kMaxDrawingSide);
    const auto h = integer_in(height, 1.0, kMaxDrawingSide);
    if (!w.has_value() || !h.has_value()) {
      return failed(join({"width and height of a drawing must be 1..", kMaxDrawingSide}));
    }
    if (!grey.is_bytes() || static_cast<double>(*w) * static_cast<double>(*h) > 16e6 || grey.length() != *w * *h) {
      return failed("the drawing must be a Uint8Array of width * height grey values, at most 16 million");
    }
    if (!has_room(static_cast<std::size_t>(*w * *h) + kFileBytes)) return no_room("the drawing");
    const Result<DigitImage> image =
        quarterturn::centre_drawing(grey.to_bytes(), static_cast<std::size_t>(*w), static_cast<std::size_t>(*h));
    return image ? Value::bytes(image.value()) : failed(image.error().message);
  }

  Value layers(Value network) const {
    const std::string which = network.is_text() ? network.as_text() : std::string();
    if (which == "rotnet") return layers_out(RotNet::layers());
    const std::optional<Run> arm = run_in(network);
    if (!arm.has_value() || *arm == Run::pretext) return unknown_network();
    return layers_out(Classifier::layers(*arm == Run::supervised));
  }

  /// Two directions in which points ([rows][288]) are best looked at: their principal components or, with labels, their
  /// linear discriminants: {mean, axes, explained}. A point x lies at axes . (x - mean).
  Value axes(Value points, Value labels) const {
    const std::vector<float> features = points.is_floats() ? points.to_floats() : std::vector<float>();
    if (features.empty() || features.size() % kFeatures != 0 || features.size() > kMaxPoints * kFeatures) {
      return failed("the points must be a Float32Array of 1 to 4000 times 288 numbers");
    }
    if (!std::all_of(features.begin(), features.end(), [](float value) { return std::isfinite(value); })) {
      return failed("the features are not finite numbers; the training has diverged");
    }
    const std::size_t rows = features.size() / kFeatures;
    Discriminant found;
    if (labels.is_bytes()) {
      const std::vector<std::uint8_t> classes = labels.to_bytes();
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
    Value object = Value::object();
    Value directions = Value::array();
    for (std::size_t i = 0; i < 2; ++i) directions.push(Value::doubles(found.axes[i]));
    object.put("mean", Value::doubles(found.mean));
    object.put("axes", directions);
    object.put("explained", Value::doubles(found.explained));
    return object;
  }

  /// The 288 features of each image ([count][28][28]), at most 2,000 at a time, by the rotation network's present
  /// trunk, or with weights: by the untrained one ("random") or by these 19,104.
  Value features(Value images, Value weights) const {
    if (!experiment_) return none();
    const auto length = images.is_bytes() ? images.length() : 0;
    if (length == 0 || length % kImagePixels != 0 || length > kMaxGiven * kImagePixels) {
      return failed("the images must be a Uint8Array of 1 to 2000 times 784 pixels");
    }
    const std::vector<std::uint8_t> pixels = images.to_bytes();
    std::vector<std::uint32_t> index(length / kImagePixels);
    for (std::size_t i = 0; i < index.size(); ++i) index[i] = static_cast<std::uint32_t>(i);
    std::vector<float> features(index.size() * kFeatures);
    ImageBatch batch;
    batch.pixels = pixels.data();
    batch.image = index;
    batch.preset = experiment_->settings().preset;
    Classifier network = experiment_->classifier(weights.is_text() ? Run::random : Run::self_supervised);
    const std::span<float> trunk = network.parameters().first(kTrunkParameters);
    if (!weights.is_text() && !weights.is_undefined()) {
      if (!weights.is_floats() || weights.length() != trunk.size()) {
        return failed("weights must be \"random\" or 19104 numbers");
      }
      const std::vector<float> given = weights.to_floats();
      std::copy(given.begin(), given.end(), trunk.begin());
    }
    extract_features(*compute_, trunk, batch, features);
    return Value::floats(features);
  }

  /// Images first .. first + count - 1 of a set, unturned, at most 2,000 at a time: {pixels, labels}.
  Value images(Value set_name, Value first, Value count) {
    const Result<Place> place = find(set_name, first, kMaxGiven);
    if (!place) return failed(place.error().message);
    const auto [set, start] = place.value();
    const auto number = integer_in(count, 1.0, static_cast<double>(std::min(kMaxGiven, set->count() - start)));
    if (!number.has_value()) return failed("count must be 1..2000 and stay within the set");
    const auto length = static_cast<std::size_t>(*number);
    Value object = Value::object();
    object.put("pixels", Value::bytes(std::span(set->pixels).subspan(start * kImagePixels, length * kImagePixels)));
    object.put("labels", Value::bytes(std::span(set->labels).subspan(start, length)));
    return object;
  }

  Value tensor(Value tensor_name) const {
    if (!experiment_) return none();
    const std::string full = tensor_name.is_text() ? tensor_name.as_text() : std::string();
    const std::size_t dot = full.find('.');
    if (dot != std::string::npos) {
      const std::string network = full.substr(0, dot);
      const std::string_view rest = std::string_view(full).substr(dot + 1);
      if (network == "rotnet") {
        const Value found = tensor_out(RotNet::tensors(), experiment_->rotnet().parameters(), rest);
        if (!found.is_undefined()) return found;
      }
      const std::optional<Run> arm = run_named(network);
      if (arm.has_value() && *arm != Run::pretext) {
        const Value found = tensor_out(Classifier::tensors(), experiment_->classifier(*arm).parameters(), rest);
        if (!found.is_undefined()) return found;
      }
    }
    return failed(
        join({"there is no tensor \"", full, "\"; names are like rotnet.conv1.kernel or supervised.head.bias"}));
  }

  // ---- saving ----

  Value save_weights() const { return save(&Experiment::save_weights); }
  Value checkpoint() {
    make_all();
    return save(&Experiment::checkpoint);
  }

  Value load_weights(Value file) { return load(file, &Experiment::load_weights); }
  Value restore(Value file) {
    make_all();
    return load(file, &Experiment::restore);
  }

  /// Times one piece of the experiment on the loaded training images: {seconds: Float64Array, images, operations}.
  Value benchmark(Value piece, Value time) {
    if (!data_) return failed("load images before a benchmark");
    const Result<Piece> which = piece_named(piece.as_text());
    if (!which) return failed(which.error().message);
    const double seconds = time.is_number() ? time.as_number() : 0.0;
    if (!(seconds > 0.0 && seconds <= 600.0)) return failed("seconds must lie in 0..600");
    if (!has_room(kExperimentBytes)) return no_room("the benchmark");
    make_all();
    const Result<Timing> timing = measure(*compute_, data_->train, which.value(), seconds);
    if (!timing) return failed(timing.error().message);
    Value object = Value::object();
    object.put("seconds", Value::doubles(timing.value().seconds));
    object.put("images", timing.value().images);
    object.put("operations", timing.value().operations);
    return object;
  }

 private:
  struct Place {
    const Dataset* set;
    std::size_t index;
  };

  Value none() const {
    if (!compute_) return failed(failure_);
    return failed("no experiment is under way; start one first");
  }
  static Value unknown_run() { return failed("the run must be pretext, self_supervised, random or supervised"); }

  static Value unknown_network() { return failed("the network must be rotnet, self_supervised, random or supervised"); }

  [[nodiscard]] const Dataset* find_set(Value set_name) const {
    if (!data_ || !set_name.is_text()) return nullptr;
    const auto text = set_name.as_text();
    return text == "train" ? &data_->train : text == "test" ? &data_->test : nullptr;
  }

  /// An image; it and `count` - 1 behind it are made by then.
  [[nodiscard]] Result<Place> find(Value set_name, Value index, std::size_t count = 1) {
    if (!data_) return Error{"no data is loaded"};
    const Dataset* set = find_set(set_name);
    if (set == nullptr) return Error{"the set must be \"train\" or \"test\""};
    const auto number = integer_in(index, 0.0, static_cast<double>(set->count()) - 1.0);
    if (!number.has_value()) return Error{join({"the index must be 0..", set->count() - 1})};
    if (set != &data_->train || *number + count > kFirstMade) make_all();
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
    unmade_.reset();
    data_.reset();
    if (has_room(bytes)) return Ok{};
    return Error{join({train, " + ", test, " images do not fit beside ", compute_ ? compute_->threads() : 1U,
                       " threads into the engine's ", emscripten_get_heap_size() >> 20,
                       " MiB; give fewer images or choose fewer threads",
                       had ? " (the data set before had to be dropped to try)" : ""})};
  }

  Value take(DataSource data, std::size_t train_available, std::size_t test_available) {
    experiment_.reset();
    kept_.reset();
    unmade_.reset();
    data_ = std::make_unique<DataSource>(std::move(data));
    train_available_ = train_available;
    test_available_ = test_available;
    return data_info();
  }

  Value no_room(const char* what) const {
    return failed(join({"no memory for ", what, " beside ", data_ ? data_->train.count() + data_->test.count() : 0,
                        " images and ", compute_ ? compute_->threads() : 1U,
                        " threads; load fewer images or choose fewer threads"}));
  }

  static Value tensor_out(std::span<const TensorInfo> tensors, std::span<const float> parameters,
                          std::string_view wanted) {
    for (const TensorInfo& tensor : tensors) {
      if (tensor.name == wanted) return Value::floats(parameters.subspan(tensor.offset, tensor.size()));
    }
    return Value();
  }

  Value save(std::vector<std::uint8_t> (Experiment::*how)() const) const {
    if (!experiment_) return none();
    if (!has_room(kFileBytes)) return no_room("the file");
    return Value::bytes((experiment_.get()->*how)());
  }

  Value load(Value file, Status (Experiment::*how)(std::span<const std::uint8_t>)) {
    if (!experiment_) return none();
    if (!file.is_bytes()) return failed("the file must be a Uint8Array");
    if (file.length() > 8'000'000) return failed("the file is too large to be one of this program's");
    if (!has_room(file.length() + kFileBytes + kExperimentBytes)) return no_room("the file");
    const Status status = (experiment_.get()->*how)(file.to_bytes());
    return status ? Value::object() : failed(status.error().message);
  }

  std::string failure_;
  std::unique_ptr<Compute> compute_;
  /// Generated digits that are still to be made: all behind so many of the training set, then of the test set.
  struct Unmade {
    std::uint64_t seed;
    std::size_t made;
  };

  /// Makes the next `count` of the missing digits.
  void make(std::size_t count) {
    if (!unmade_.has_value()) return;
    const std::size_t train = data_->train.count();
    const std::size_t last = std::min(unmade_->made + count, train + data_->test.count());
    const auto run = [this](int tasks, const auto& body) { compute_->run(tasks, body); };
    const auto part = [&](Dataset& set, std::uint64_t first_index, std::size_t before) {
      const std::size_t from = std::max(unmade_->made, before) - before;
      const std::size_t to = std::min(std::max(last, before) - before, set.count());
      if (from < to) generate_digits(unmade_->seed, first_index, set, from, to, run);
    };
    part(data_->train, 0, 0);
    part(data_->test, kGeneratedTestIndex, train);
    unmade_->made = last;
    if (last == train + data_->test.count()) unmade_.reset();
  }
  void make_all() { make(kMaxTrain + kMaxTest); }

  /// Digits are missing, but none that the step to come, the first of all, looks at: without shuffling it begins with
  /// the first images.
  [[nodiscard]] bool first_step_is_ready() const {
    const Progress now = experiment_->progress();
    const FitSettings& fit = experiment_->settings()[Run::pretext];
    static_assert(kFirstMade > kMaxBatch / kTurns + 1);
    return unmade_.has_value() && now.phase == Phase::pretext && now.epoch == 0 && now.step == 0 && fit.epochs > 0 &&
           !fit.shuffle;
  }

  std::unique_ptr<DataSource> data_;
  std::optional<Unmade> unmade_;
  std::size_t train_available_ = 0;  // images in the files, of which data_ has the first
  std::size_t test_available_ = 0;
  std::unique_ptr<Experiment> experiment_;
  std::optional<RotNet> kept_;
};

}  // namespace quarterturn

// ---- calls from engine.mjs ------------------------------------------------------------------------------------------

namespace quarterturn {
namespace {

/// A method with its arguments taken out of an array.
template <auto method, class... Values>
Value spread(Engine& engine, Value arguments, Value (Engine::*)(Values...) const) {
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return (engine.*method)(arguments[i]...);
  }(std::index_sequence_for<Values...>{});
}
template <auto method, class... Values>
Value spread(Engine& engine, Value arguments, Value (Engine::*)(Values...)) {
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return (engine.*method)(arguments[i]...);
  }(std::index_sequence_for<Values...>{});
}
template <auto method>
Value call(Engine& engine, Value arguments) {
  return spread<method>(engine, arguments, method);
}

using Method = Value (*)(Engine& engine, Value arguments);

/// Names and methods in the same order.
constexpr const char* kMethodNames =
    "info loadGenerated makeMore loadIdx dataInfo image label start settings advance step progress history "
    "setLearningRate goOn results signature predict rotations activations centreDrawing layers axes "
    "features images tensor saveWeights checkpoint loadWeights restore benchmark";
constexpr Method kMethods[] = {
    call<&Engine::info>,           call<&Engine::load_generated>,
    call<&Engine::make_more>,      call<&Engine::load_idx>,
    call<&Engine::data_info>,      call<&Engine::image>,
    call<&Engine::label>,          call<&Engine::start>,
    call<&Engine::settings>,       call<&Engine::advance>,
    call<&Engine::step>,           call<&Engine::progress>,
    call<&Engine::history>,        call<&Engine::set_learning_rate>,
    call<&Engine::go_on>,          call<&Engine::results>,
    call<&Engine::signature>,      call<&Engine::predict>,
    call<&Engine::rotations>,      call<&Engine::activations>,
    call<&Engine::centre_drawing>, call<&Engine::layers>,
    call<&Engine::axes>,           call<&Engine::features>,
    call<&Engine::images>,         call<&Engine::tensor>,
    call<&Engine::save_weights>,   call<&Engine::checkpoint>,
    call<&Engine::load_weights>,   call<&Engine::restore>,
    call<&Engine::benchmark>,
};

}  // namespace
}  // namespace quarterturn

extern "C" {

void emmalloc_blank_slate_from_orbit();  // Emscripten's: malloc as new

/// Before all else. Stands for the static constructors, of which this program has none of its own (cmake/wasm.cmake
/// sees to that), while Emscripten's would bring in all of its threads.
EMSCRIPTEN_KEEPALIVE void engine_begin() { emmalloc_blank_slate_from_orbit(); }

EMSCRIPTEN_KEEPALIVE const char* engine_methods() { return quarterturn::kMethodNames; }

EMSCRIPTEN_KEEPALIVE quarterturn::Engine* engine_new(int threads) {
  return new quarterturn::Engine(quarterturn::value_of(threads));
}

EMSCRIPTEN_KEEPALIVE int engine_call(quarterturn::Engine* engine, int method, int arguments) {
  return quarterturn::id_of(quarterturn::kMethods[method](*engine, quarterturn::value_of(arguments)));
}

EMSCRIPTEN_KEEPALIVE void engine_delete(quarterturn::Engine* engine) { delete engine; }
}
