// Saving and loading: weights alone, or everything an experiment needs to go on as if nothing had happened.
//
// A checkpoint of version 2 is a safetensors file. Words are metadata; every number is a tensor with a name of its own:
//   settings.seed U64, settings.labels and settings.RUN.NAME F64 (names of the table of settings)
//   data.fingerprint U64: hash of every pixel and label
//   position.step, .loss_sum, .correct, .seconds F64: the present run's place in its epoch
//   optimizer.RUN.step F64, optimizer.RUN.VECTOR F32; history.RUN F64; result.RUN.test and .full_test F64
//   rate_changed.RUN F64 (0 or 1), recovery.rate F64
// and the weights as save_weights() names them.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <deque>
#include <optional>

#include "core/hash.hpp"
#include "core/join.hpp"
#include "training/experiment_state.hpp"
#include "training/history.hpp"
#include "training/safetensors.hpp"
#include "training/stored_state.hpp"

namespace quarterturn {
namespace {

static_assert(std::endian::native == std::endian::little,
              "safetensors files are little-endian, and are copied as bytes");

constexpr std::string_view kVersionKey = "quarterturn.checkpoint";
constexpr std::string_view kVersion = "2";
constexpr std::size_t kTestColumns = 3 + kMaxClasses * kMaxClasses;  // correct, count, loss, confusion
constexpr std::array<std::string_view, 3> kArithmetics = {"fused", "unfused", "mixed"};

// ---- weights --------------------------------------------------------------------------------------------------------

/// One weight tensor of the experiment under its full name.
struct NamedWeights {
  std::string name;
  std::vector<std::uint64_t> shape;
  std::span<float> values;
  Run run;  ///< the run that trains from these weights
};

void append(std::vector<NamedWeights>& list, std::string_view prefix, const Architecture& architecture,
            std::span<float> parameters, Run run) {
  for (const TensorInfo& tensor : tensors(architecture)) {
    list.push_back({join({prefix, ".", tensor.name}),
                    {tensor.shape.begin(), tensor.shape.begin() + static_cast<std::ptrdiff_t>(tensor.rank)},
                    parameters.subspan(tensor.offset, tensor.size()),
                    run});
  }
}

/// Every weight once: the self-supervised arm's trunk is the pretext network's and is not repeated.
std::vector<NamedWeights> named_weights(Experiment::State& s) {
  std::vector<NamedWeights> list;
  for (TrainingRun& run : s.runs) {
    const RunSpec& spec = run.spec();
    if (spec.trunk == TrunkSource::untrained) {
      append(list, spec.prefix, kTrunk, s.untrained_trunk.span(), spec.run);
    }
    append(list, spec.prefix, run.network.architecture(), run.network.parameters(), spec.run);
  }
  return list;
}

/// The optimisers' moving state.
std::vector<NamedWeights> named_optimizer_state(Experiment::State& s) {
  std::vector<NamedWeights> list;
  for (TrainingRun& run : s.runs) {
    const OptimizerInfo& info = run.optimizer.info();
    for (std::size_t i = 0; i < info.count; ++i) {
      const std::span<float> values = run.optimizer.state(i);
      list.push_back(
          {join({"optimizer.", name(run.spec().run), ".", info.vectors[i]}), {values.size()}, values, run.spec().run});
    }
  }
  return list;
}

bool belongs_to_checkpoint_only(std::string_view name) {
  constexpr std::array<std::string_view, 8> kPrefixes = {"optimizer.", "history.",      "result.",   "settings.",
                                                         "position",   "rate_changed.", "recovery.", "data."};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

// ---- numbers as tensors ---------------------------------------------------------------------------------------------

constexpr std::array<std::uint64_t, 1> kOne = {1};

std::vector<double> encode(const TestResult& test) {
  std::vector<double> table = {static_cast<double>(test.correct), static_cast<double>(test.count), test.loss};
  for (const auto& row : test.confusion) table.insert(table.end(), row.begin(), row.end());
  return table;
}

std::optional<TestResult> decode_test(std::span<const double> table) {
  TestResult test;
  test.loss = table[2];
  bool good = as_count(table[0], test.correct) && as_count(table[1], test.count);
  std::size_t i = 3;
  for (auto& row : test.confusion) {
    for (std::uint32_t& cell : row) good = as_count(table[i++], cell) && good;
  }
  return good ? std::optional(test) : std::nullopt;
}

/// Collects a checkpoint: what it is given lives as long as it does.
class CheckpointWriter {
 public:
  void word(std::string key, std::string_view value) { file_.add_metadata(std::move(key), std::string(value)); }
  void number(std::string key, double value) { table(std::move(key), {1}, {value}); }
  void whole(std::string key, std::uint64_t value) {
    const auto& bytes = wholes_.emplace_back(std::bit_cast<std::array<std::uint8_t, sizeof value>>(value));
    file_.add(std::move(key), "U64", {1}, bytes);
  }
  void table(std::string key, std::vector<std::uint64_t> shape, std::vector<double> values) {
    file_.add(std::move(key), std::move(shape), tables_.emplace_back(std::move(values)));
  }
  void weights(const std::vector<NamedWeights>& list) {
    for (const NamedWeights& each : list) file_.add(each.name, each.shape, each.values);
  }

  /// Every setting of the table.
  template <class Table, class Owner>
  void settings(const std::string& prefix, const Table& table, const Owner& owner) {
    for (const auto& setting : table) {
      std::string key = join({prefix, setting.info.name});
      const SettingValue value = value_of(setting, owner);
      if (setting.info.kind == SettingKind::seed) {
        whole(std::move(key), owner.*(*std::get_if<std::uint64_t Owner::*>(&setting.member)));
      } else if (const auto* text = std::get_if<std::string>(&value)) {
        word(std::move(key), *text);
      } else if (const auto* flag = std::get_if<bool>(&value)) {
        number(std::move(key), *flag ? 1.0 : 0.0);
      } else {
        number(std::move(key), *std::get_if<double>(&value));
      }
    }
  }

  [[nodiscard]] std::vector<std::uint8_t> write() const { return file_.write(); }

 private:
  SafetensorsWriter file_;
  std::deque<std::vector<double>> tables_;
  std::deque<std::array<std::uint8_t, sizeof(std::uint64_t)>> wholes_;
};

/// Reads a checkpoint of version 2 and remembers what is wrong with the first entry that is missing or wrong.
class CheckpointReader {
 public:
  explicit CheckpointReader(const SafetensorsView& file) : file_(file) {}

  std::string word(const std::string& key) {
    const std::string* value = file_.metadata(key);
    if (value == nullptr) note(key);
    return value == nullptr ? std::string() : *value;
  }
  double number(const std::string& key) {
    const auto bytes = file_.get(key, "F64", kOne);
    if (!bytes) note(key);
    return bytes.ok() ? doubles(bytes.value()).front() : 0.0;
  }
  std::uint32_t count(const std::string& key) {
    std::uint32_t value = 0;
    if (!as_count(number(key), value)) note(key);
    return value;
  }
  bool flag(const std::string& key) {
    const std::uint32_t value = count(key);
    if (value > 1) note(key);
    return value == 1;
  }
  std::uint64_t whole(const std::string& key) {
    std::uint64_t value = 0;
    const auto bytes = file_.get(key, "U64", kOne);
    if (bytes.ok()) {
      std::memcpy(&value, bytes.value().data(), sizeof value);
    } else {
      note(key);
    }
    return value;
  }

  /// A setting that the file lacks keeps its default: it is younger than the file.
  template <class Table, class Owner>
  void settings(const std::string& prefix, const Table& table, Owner& owner) {
    for (const auto& setting : table) {
      const std::string key = join({prefix, setting.info.name});
      if (file_.find(key) == nullptr && file_.metadata(key) == nullptr) continue;
      SettingValue value;
      switch (setting.info.kind) {
        case SettingKind::seed:
          value = join({whole(key)});
          break;
        case SettingKind::word:
          value = word(key);
          break;
        case SettingKind::flag:
          value = flag(key);
          break;
        case SettingKind::count:
        case SettingKind::real:
          value = number(key);
          break;
      }
      const Status status = set_value(setting, key, value, owner);
      if (!status && fault_.empty()) fault_ = status.error().message;
    }
  }

  /// Notes a setting that the table does not know: this program would run something else.
  void refuse_unknown_settings() {
    for (const auto& [key, tensor] : file_.tensors()) refuse_unknown_setting(key);
    for (const auto& [key, value] : file_.metadata()) refuse_unknown_setting(key);
  }

  /// The index of a word in a list.
  template <class Names>
  std::size_t one_of(const std::string& key, const Names& names) {
    const auto found = std::find(names.begin(), names.end(), word(key));
    if (found == names.end()) note(key);
    return found == names.end() ? 0 : static_cast<std::size_t>(found - names.begin());
  }

  void note(const std::string& key) {
    if (fault_.empty()) fault_ = join({"its entry ", key, " is missing or wrong"});
  }
  /// What is wrong with the first such entry; empty: nothing.
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  void refuse_unknown_setting(const std::string& key) {
    constexpr std::string_view kPrefix = "settings.";
    if (key.starts_with(kPrefix) && !is_setting(std::string_view(key).substr(kPrefix.size()))) note(printable(key));
  }

  const SafetensorsView& file_;
  std::string fault_;
};

/// In the order of Stage.
std::array<std::string_view, 5> stage_names() {
  return {name(Stage::prepare), name(Stage::train), name(Stage::validate), name(Stage::test), name(Stage::full_test)};
}

Result<StoredState> read_state(const SafetensorsView& file) {
  CheckpointReader reader(file);
  StoredState state;
  if (reader.word("byte_order") != "little") reader.note("byte_order");
  state.fingerprint = reader.whole("data.fingerprint");
  state.source = reader.word("data.source");
  state.arithmetic = kArithmetics[reader.one_of("arithmetic", kArithmetics)];
  reader.settings("settings.", kExperimentTable, state.settings);
  constexpr std::array<std::string_view, 3> kStates = {"training", "finished", "failed"};
  const std::size_t standing = reader.one_of("state", kStates);
  state.finished = standing == 1;
  state.failed = standing == 2;
  std::array<std::string_view, kRuns> names{};
  for (std::size_t i = 0; i < kRuns; ++i) {
    const Run run = kAllRuns[i];
    names[i] = name(run);
    reader.settings(join({"settings.", name(run), "."}), kFitTable, state.settings[run]);
    state.rate_changed[i] = reader.flag(join({"rate_changed.", name(run)}));
    state.optimizer_steps[i] = reader.count(join({"optimizer.", name(run), ".step"}));
  }
  reader.refuse_unknown_settings();
  state.run = kAllRuns[reader.one_of("run", names)];
  state.stage = static_cast<Stage>(reader.one_of("stage", stage_names()));
  state.position = {reader.count("position.step"), reader.number("position.loss_sum"), reader.count("position.correct"),
                    reader.number("position.seconds")};
  state.failure = reader.word("failure");
  if (file.find("recovery.rate") != nullptr) {
    const double rate = reader.number("recovery.rate");
    if (!std::isfinite(static_cast<float>(rate)) || !(static_cast<float>(rate) > 0.0F)) reader.note("recovery.rate");
    state.recovery_rate = static_cast<float>(rate);
  }
  if (!reader.fault().empty()) return broken_checkpoint(reader.fault());
  if (state.failed == state.failure.empty()) return broken_checkpoint("its state and its failure do not agree");
  return state;
}

// ---- restoring ------------------------------------------------------------------------------------------------------

Status restore_tensors(const SafetensorsView& file, std::span<const NamedWeights> wanted) {
  for (const NamedWeights& weights : wanted) {
    const auto bytes = file.get(weights.name, "F32", weights.shape);
    if (!bytes) return broken_checkpoint(bytes.error().message);
    std::memcpy(weights.values.data(), bytes.value().data(), weights.values.size_bytes());
    for (std::size_t i = 0; i < weights.values.size(); ++i) {
      if (!std::isfinite(weights.values[i])) {
        return broken_checkpoint(join({"element ", i, " of ", weights.name, " is not a finite number"}));
      }
    }
  }
  return Ok{};
}

Status restore_test(const SafetensorsView& file, const std::string& key, std::optional<TestResult>& result) {
  if (file.find(key) == nullptr) return Ok{};
  constexpr std::array<std::uint64_t, 1> kShape = {kTestColumns};
  const auto bytes = file.get(key, "F64", kShape);
  if (!bytes) return broken_checkpoint(bytes.error().message);
  result = decode_test(doubles(bytes.value()));
  if (!result.has_value()) return broken_checkpoint(join({key, " holds a number that is no count"}));
  return Ok{};
}

/// The name of a run's tests in files.
std::string result_key(Run run, std::string_view which) {
  return run == Run::pretext ? std::string("result.rotation") : join({"result.", name(run), ".", which});
}

Status restore_results(const SafetensorsView& file, TrainingRun& run) {
  const Run which = run.spec().run;
  std::optional<TestResult> small;
  std::optional<TestResult> full;
  if (which == Run::pretext) small.emplace();
  for (const Status& status :
       {restore_test(file, result_key(which, "full_test"), full),
        which == Run::pretext ? Status(Ok{}) : restore_test(file, result_key(which, "test"), small)}) {
    if (!status) return status;
  }
  if (small.has_value() && full.has_value()) run.result = ArmResult{*small, *full};
  return Ok{};
}

Result<std::vector<EpochRecord>> restore_history(const SafetensorsView& file, Run run) {
  const std::string key = join({"history.", name(run)});
  const TensorView* table = file.find(key);
  if (table == nullptr || table->type != "F64" || table->shape.size() != 2 || table->shape[1] != kHistoryColumns) {
    return broken_checkpoint(join({key, " must be F64 [epochs, ", kHistoryColumns, "]"}));
  }
  return decode_history(doubles(table->bytes));
}

/// Histories, results and place. Refuses places that this experiment cannot be in.
Status restore_runs(const SafetensorsView& file, const StoredState& stored, Experiment::State& s) {
  for (TrainingRun& run : s.runs) {
    Status status = restore_results(file, run);
    if (!status) return status;
  }
  const auto untested =
      std::find_if(s.runs.begin(), s.runs.end(), [](const TrainingRun& run) { return !run.tested(); });
  const auto first_untested = static_cast<std::size_t>(untested - s.runs.begin());
  s.present = stored.finished          ? s.runs.size() - 1
              : stored.run.has_value() ? static_cast<std::size_t>(*stored.run)
                                       : std::min(first_untested, s.runs.size() - 1);
  for (std::size_t i = 0; i < s.runs.size(); ++i) {
    TrainingRun& run = s.runs[i];
    const Run which = run.spec().run;
    const Result<std::vector<EpochRecord>> history = restore_history(file, which);
    if (!history) return history.error();
    run.optimizer.step = stored.optimizer_steps[i];
    run.rate_changed_midway = stored.rate_changed[i];
    if (!run.resume(history.value(), i == s.present ? stored.position : Fit::Position{})) {
      return broken_checkpoint(join({"the history of ", name(which), " does not fit its settings"}));
    }
    const bool past = i < s.present || stored.finished;
    const bool begun = run.fit().begun() || run.tested();
    if ((past && !(run.fit().finished() && run.tested())) || (!past && run.tested()) || (i > s.present && begun)) {
      return broken_checkpoint(join({name(which), " does not agree with the state of the experiment"}));
    }
  }
  s.finished = stored.finished;
  s.failure = stored.failed ? stored.failure : std::string();
  if (stored.failed && s.failure.empty()) s.failure = "the run has failed";
  if (stored.failed && stored.recovery_rate.has_value()) {
    s.recovery = Recovery{s.run().spec().run, *stored.recovery_rate};
  }
  if (!s.over() && !s.run().enter_saved(stored.stage)) return broken_checkpoint("the position is not one of this run");
  return Ok{};
}

}  // namespace

Error broken_checkpoint(std::string_view what) {
  return {join({"checkpoint: ", what, "; the file is damaged or not made by this program"})};
}

bool as_count(double value, std::uint32_t& count) {
  if (!(value >= 0.0 && value < 0x1p32)) return false;
  count = static_cast<std::uint32_t>(value);
  return true;
}

std::vector<double> doubles(std::span<const std::uint8_t> bytes) {
  std::vector<double> values(bytes.size() / sizeof(double));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(double));
  return values;
}

std::vector<std::uint8_t> Experiment::save_weights() const {
  SafetensorsWriter file;
  file.add_metadata("format", "quarterturn weights");
  file.add_metadata("preset", std::string(name(settings().preset)));
  for (const NamedWeights& weights : named_weights(*state_)) file.add(weights.name, weights.shape, weights.values);
  return file.write();
}

Status Experiment::load_weights(std::span<const std::uint8_t> bytes) {
  State& s = *state_;
  const Result<SafetensorsView> file = SafetensorsView::parse(bytes);
  if (!file) return file.error();
  const std::vector<NamedWeights> known = named_weights(s);
  std::vector<std::pair<const NamedWeights*, std::span<const std::uint8_t>>> found;
  for (const auto& [tensor_name, tensor] : file.value().tensors()) {
    if (belongs_to_checkpoint_only(tensor_name)) continue;
    const auto target = std::find_if(known.begin(), known.end(),
                                     [&](const NamedWeights& weights) { return weights.name == tensor_name; });
    if (target == known.end()) {
      return Error{join(
          {"weights: ", printable(tensor_name), " is no tensor of these networks; names are like ", known[0].name})};
    }
    if (s.over() || static_cast<std::size_t>(target->run) < s.present || s.run(target->run).fit().begun()) {
      return Error{join(
          {"weights: ", tensor_name, " is already in training; load weights before ", name(target->run), " begins"})};
    }
    const auto values = file.value().get(tensor_name, "F32", target->shape);
    if (!values) return Error{join({"weights: ", values.error().message, "; give weights of these networks"})};
    for (std::size_t i = 0; i < target->values.size(); ++i) {
      float value = 0.0F;
      std::memcpy(&value, values.value().data() + i * sizeof value, sizeof value);
      if (!std::isfinite(value)) {
        return Error{join({"weights: element ", i, " of ", tensor_name,
                           " is not a finite number; give weights of a run that went well"})};
      }
    }
    found.emplace_back(&*target, values.value());
  }
  if (found.empty())
    return Error{join({"weights: the file has no tensors of these networks, such as ", known[0].name,
                       "; give weights that were saved here"})};
  for (const auto& [target, values] : found) {
    std::memcpy(target->values.data(), values.data(), target->values.size_bytes());
  }
  // Features of the old weights are out of date.
  if (!s.run().fit().begun()) s.start(s.present);
  return Ok{};
}

std::vector<std::uint8_t> Experiment::checkpoint() const {
  State& s = *state_;
  CheckpointWriter file;
  file.word(std::string(kVersionKey), kVersion);
  file.word("byte_order", "little");
  file.word("arithmetic", s.arithmetic);
  file.word("data.source", s.context.data.source);
  file.whole("data.fingerprint", s.data_fingerprint());
  file.word("state", s.finished ? "finished" : s.failure.empty() ? "training" : "failed");
  file.word("run", name(s.run().spec().run));
  file.word("stage", name(s.run().saved_stage()));
  file.word("failure", s.failure);
  if (s.recovery.has_value()) file.number("recovery.rate", static_cast<double>(s.recovery->rate));
  file.settings("settings.", kExperimentTable, s.settings);

  file.weights(named_weights(s));
  file.weights(named_optimizer_state(s));
  for (const TrainingRun& run : s.runs) {
    const Run which = run.spec().run;
    file.settings(join({"settings.", name(which), "."}), kFitTable, s.settings[which]);
    file.number(join({"rate_changed.", name(which)}), run.rate_changed_midway ? 1.0 : 0.0);
    file.number(join({"optimizer.", name(which), ".step"}), run.optimizer.step);
    const std::span<const EpochRecord> history = run.fit().history();
    file.table(join({"history.", name(which)}), {history.size(), kHistoryColumns}, quarterturn::encode(history));
    if (!run.tested()) continue;
    file.table(result_key(which, "full_test"), {kTestColumns}, encode(run.result->full_test));
    if (which != Run::pretext) file.table(result_key(which, "test"), {kTestColumns}, encode(run.result->test));
  }
  const Fit::Position position = s.run().fit().position();
  file.number("position.step", position.step);
  file.number("position.loss_sum", position.loss_sum);
  file.number("position.correct", position.correct);
  file.number("position.seconds", position.seconds);
  return file.write();
}

Status Experiment::restore(std::span<const std::uint8_t> bytes) {
  const Result<SafetensorsView> parsed = SafetensorsView::parse(bytes);
  if (!parsed) return Error{join({"checkpoint: ", parsed.error().message})};
  const SafetensorsView& file = parsed.value();
  const std::string* version = file.metadata(kVersionKey);
  if (version == nullptr) return Error{"checkpoint: the file is no checkpoint; load weights alone as weights"};
  if (*version != kVersion && *version != "1") {
    return Error{join({"checkpoint: the file has version ", printable(*version), ", this program reads versions 1 and ",
                       kVersion, "; use the program that made it"})};
  }
  const Result<StoredState> read = *version == kVersion ? read_state(file) : read_state_version_1(file);
  if (!read) return read.error();
  const StoredState& stored = read.value();

  const State& present = *state_;
  if (stored.fingerprint != present.data_fingerprint()) {
    return Error{join({"checkpoint: it was made with other data (", printable(stored.source), "), not with ",
                       present.context.data.source, "; load that data first"})};
  }
  if (stored.settings.preset != present.settings.preset) {
    return Error{
        join({"checkpoint: it was made with the preset ", name(stored.settings.preset), "; choose that preset first"})};
  }
  // All goes into a fresh experiment; only a complete one takes the place of the present one.
  Result<std::unique_ptr<Experiment>> fresh = create(present.context.compute, present.context.data, stored.settings);
  if (!fresh) return broken_checkpoint(fresh.error().message);
  State& s = *fresh.value()->state_;
  for (const Status& status :
       {restore_tensors(file, named_weights(s)), restore_tensors(file, named_optimizer_state(s))}) {
    if (!status) return status;
  }
  Status runs = restore_runs(file, stored, s);
  if (!runs) return runs;
  if (!stored.arithmetic.empty()) s.arithmetic = stored.arithmetic;
  s.fingerprint = present.fingerprint;
  state_ = std::move(fresh.value()->state_);
  return Ok{};
}

}  // namespace quarterturn
