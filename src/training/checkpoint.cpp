// Saving and loading: weights alone, or everything an experiment needs to go on as if nothing had happened.
//
// A checkpoint of version 2 is a safetensors file. Words are metadata; every number is a tensor with a name of its own:
//   settings.seed U64, settings.labels and settings.RUN.NAME F64 (names of the table of settings)
//   settings.arms, a word: the arms' names; a file without it has the notebook's three
//   data.fingerprint U64: hash of every pixel and label
//   failure.epoch, .step, .rate, .trained F64: where a failed run stopped, and the learning rate; `failure` has what
//     was not finite, or the English line of an older program
//   position.step, .loss_sum, .correct, .seconds F64: the present run's place in its epoch
//   optimizer.RUN.step F64, optimizer.RUN.VECTOR F32; history.RUN F64; result.RUN.test and .full_test F64
//   predicted.ARM U8: the digit that a tested arm reads in each test image
//   rate_changed.RUN F64 (0 or 1), recovery.rate F64
//   trunk.ARM F64, of an arm that is fine-tuned: 1 where its trunk has its first weights
// and the weights as save_weights() names them.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

#include "core/hash.hpp"
#include "core/join.hpp"
#include "data/digits.hpp"
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
/// Correct, count, loss; then the confusion matrix.
constexpr std::size_t kTestColumns = 3;
/// Side of the stored confusion matrix: never less than the digits', also for the four turns.
constexpr std::size_t confusion_side(std::size_t classes) { return std::max(classes, std::size_t{kDigits}); }
constexpr std::size_t test_columns(std::size_t classes) {
  return kTestColumns + confusion_side(classes) * confusion_side(classes);
}
constexpr std::array<std::string_view, 3> kArithmetics = {"fused", "unfused", "mixed"};

// ---- weights --------------------------------------------------------------------------------------------------------

/// One weight tensor of the experiment under its full name.
struct NamedWeights {
  std::string name;
  std::vector<std::uint64_t> shape;
  std::span<float> values;
  Run run;     ///< the run that trains from these weights
  bool trunk;  ///< of that run's own
};

void append(std::vector<NamedWeights>& list, std::string_view prefix, const Architecture& architecture,
            std::span<float> parameters, Run run) {
  for (const TensorInfo& tensor : tensors(architecture)) {
    list.push_back({join({prefix, ".", tensor.name}),
                    {tensor.shape.begin(), tensor.shape.begin() + static_cast<std::ptrdiff_t>(tensor.rank)},
                    parameters.subspan(tensor.offset, tensor.size()),
                    run,
                    network_of(run) == NetworkKind::classifier && tensor.offset < kTrunkParameters});
  }
}

/// Every weight once: the self-supervised arm's trunk is the pretext network's and is not repeated.
std::vector<NamedWeights> named_weights(Experiment::State& s) {
  std::vector<NamedWeights> list;
  for (TrainingRun& run : s.runs) {
    const std::string_view prefix = tensor_prefix(run.which());
    if (run.spec().features == FeatureSource::untrained) {
      append(list, prefix, kTrunk, s.untrained_trunk.span(), run.which());
    }
    append(list, prefix, run.network.architecture(), run.network.parameters(), run.which());
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
          {join({"optimizer.", name(run.which()), ".", info.vectors[i]}), {values.size()}, values, run.which(), false});
    }
  }
  return list;
}

void add(SafetensorsWriter& file, const std::vector<NamedWeights>& list) {
  for (const NamedWeights& each : list) file.add(each.name, each.shape, each.values);
}

bool belongs_to_checkpoint_only(std::string_view name) {
  constexpr std::array<std::string_view, 11> kPrefixes = {"optimizer.",    "history.", "result.",   "settings.",
                                                          "position",      "data.",    "recovery.", "failure.",
                                                          "rate_changed.", "trunk.",   "predicted."};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

// ---- numbers as tensors ---------------------------------------------------------------------------------------------

std::vector<double> encode(const TestResult& test, std::size_t classes) {
  std::vector<double> table = {static_cast<double>(test.correct), static_cast<double>(test.count), test.loss};
  for (std::size_t label = 0; label < confusion_side(classes); ++label) {
    const auto row = std::span(test.confusion[label]).first(confusion_side(classes));
    table.insert(table.end(), row.begin(), row.end());
  }
  return table;
}

void add_table(SafetensorsWriter& file, std::string key, std::vector<std::uint64_t> shape,
               const std::vector<double>& values) {
  file.add_copy(std::move(key), "F64", std::move(shape),
                {reinterpret_cast<const std::uint8_t*>(values.data()), values.size() * sizeof(double)});
}

std::optional<TestResult> decode_test(std::span<const double> table, std::size_t classes) {
  TestResult test;
  test.loss = table[2];
  bool good = as_count(table[0], test.correct) && as_count(table[1], test.count);
  std::size_t i = kTestColumns;
  for (std::size_t label = 0; label < confusion_side(classes); ++label) {
    for (std::uint32_t& cell : std::span(test.confusion[label]).first(confusion_side(classes))) {
      good = as_count(table[i++], cell) && good;
    }
  }
  return good ? std::optional(test) : std::nullopt;
}

/// The entries of a checkpoint that are single numbers and words. One list of them (entries() below) serves for writing
/// and for reading, so that no two can differ; reading remembers what is wrong with the first entry that is missing or
/// wrong.
class Archive {
 public:
  explicit Archive(SafetensorsWriter& to) : to_(&to) {}
  explicit Archive(const SafetensorsView& from) : from_(&from) {}

  [[nodiscard]] bool reads() const { return from_ != nullptr; }
  [[nodiscard]] bool has(const std::string& key) const {
    return from_->find(key) != nullptr || from_->metadata(key) != nullptr;
  }

  void word(const std::string& key, std::string& value) {
    if (!reads()) return to_->add_metadata(key, value);
    const std::string* found = from_->metadata(key);
    if (found == nullptr) return note(key);
    value = *found;
  }
  /// One word of a list, by its index.
  void one_of(const std::string& key, std::span<const std::string_view> names, std::size_t& index) {
    // A state that is to be read has no word yet.
    std::string text(index < names.size() ? names[index] : std::string_view{});
    word(key, text);
    index = static_cast<std::size_t>(std::find(names.begin(), names.end(), text) - names.begin());
    if (index < names.size()) return;
    note(key);
    index = 0;
  }
  void number(const std::string& key, double& value) { eight_bytes(key, "F64", &value); }
  void whole(const std::string& key, std::uint64_t& value) { eight_bytes(key, "U64", &value); }
  void count(const std::string& key, std::uint32_t& value) {
    double wide = value;
    number(key, wide);
    if (!as_count(wide, value)) note(key);
  }
  void flag(const std::string& key, bool& value) {
    std::uint32_t wide = value ? 1 : 0;
    count(key, wide);
    if (wide > 1) note(key);
    value = wide == 1;
  }

  /// A setting that the file lacks keeps its default: it is younger than the file.
  void setting(const std::string& key, const SettingInfo& info, const SettingRef& place) {
    if (reads() && !has(key)) return;
    SettingValue value = value_of(place);
    if (auto* const* seed = std::get_if<std::uint64_t*>(&place)) {
      std::uint64_t wide = **seed;
      whole(key, wide);
      value = join({wide});
    } else if (auto* text = std::get_if<std::string>(&value)) {
      word(key, *text);
    } else if (auto* truth = std::get_if<bool>(&value)) {
      flag(key, *truth);
    } else {
      number(key, *std::get_if<double>(&value));
    }
    const Status status = set_value(info, key, value, place);
    if (!status && !fault_.has_value()) fault_ = status.error();
  }

  /// Notes a setting that the table does not know: this program would run something else.
  void refuse_unknown_settings() {
    for (const auto& [key, tensor] : from_->tensors()) refuse_unknown_setting(key);
    for (const auto& [key, value] : from_->metadata()) refuse_unknown_setting(key);
  }

  void note(const std::string& key) {
    if (!fault_.has_value()) fault_ = {MessageCode::entry_wrong, {key}};
  }
  /// What is wrong with the first such entry.
  [[nodiscard]] const std::optional<Message>& fault() const { return fault_; }

 private:
  void eight_bytes(const std::string& key, std::string_view type, void* value) {
    constexpr std::array<std::uint64_t, 1> kOne = {1};
    constexpr std::size_t kBytes = 8;
    if (!reads()) return to_->add_copy(key, type, {1}, {static_cast<const std::uint8_t*>(value), kBytes});
    const auto bytes = from_->get(key, type, kOne);
    if (!bytes) return note(key);
    std::memcpy(value, bytes.value().data(), kBytes);
  }
  void refuse_unknown_setting(const std::string& key) {
    constexpr std::string_view kPrefix = "settings.";
    if (key.starts_with(kPrefix) && !is_setting(std::string_view(key).substr(kPrefix.size()))) note(key);
  }

  SafetensorsWriter* to_ = nullptr;
  const SafetensorsView* from_ = nullptr;
  std::optional<Message> fault_;
};

constexpr std::array<std::string_view, 3> kStates = {"training", "finished", "failed"};
/// In the order of Stage.
std::array<std::string_view, 5> stage_names() {
  return {name(Stage::prepare), name(Stage::train), name(Stage::validate), name(Stage::test), name(Stage::full_test)};
}

/// What was not finite, by its place behind bad_loss.
constexpr std::array<std::string_view, 5> kFaults = {"loss", "weight", "optimizer", "validation", "test"};
static_assert(static_cast<std::size_t>(MessageCode::bad_test) - static_cast<std::size_t>(MessageCode::bad_loss) + 1 ==
              kFaults.size());

void failure(Archive& archive, StoredState& state) {
  std::string word;
  TrainingRun::Failure failure = state.failure.value_or(TrainingRun::Failure{});
  const auto first = static_cast<std::size_t>(MessageCode::bad_loss);
  if (state.failure.has_value()) {
    const std::size_t place = static_cast<std::size_t>(failure.what) - first;
    word = place < kFaults.size() ? kFaults[place] : failure.line.empty() ? "?" : failure.line;
  }
  archive.word("failure", word);
  if (word.empty()) return;
  const auto known = static_cast<std::size_t>(std::find(kFaults.begin(), kFaults.end(), word) - kFaults.begin());
  if (known < kFaults.size()) {
    failure.what = static_cast<MessageCode>(first + known);
    archive.count("failure.epoch", failure.epoch);
    archive.count("failure.step", failure.step);
    double rate = static_cast<double>(failure.rate);
    archive.number("failure.rate", rate);
    failure.rate = static_cast<float>(rate);
    archive.flag("failure.trained", failure.trained);
  } else {
    failure.what = word == "?" ? MessageCode::run_has_failed : MessageCode::words;
    failure.line = word;
  }
  state.failure = failure;
}

/// Writes or reads all of the state. Its run is known when it is written.
void entries(Archive& archive, StoredState& state) {
  std::string order = "little";
  archive.word("byte_order", order);
  if (order != "little") archive.note("byte_order");
  auto arithmetic = static_cast<std::size_t>(std::find(kArithmetics.begin(), kArithmetics.end(), state.arithmetic) -
                                             kArithmetics.begin());
  archive.one_of("arithmetic", kArithmetics, arithmetic);
  state.arithmetic = kArithmetics[arithmetic];
  archive.word("data.source", state.source);
  archive.whole("data.fingerprint", state.fingerprint);
  std::size_t standing = state.finished ? 1 : state.failed ? 2 : 0;
  archive.one_of("state", kStates, standing);
  state.finished = standing == 1;
  state.failed = standing == 2;
  std::array<std::string_view, kRuns> names{};
  std::transform(kAllRuns.begin(), kAllRuns.end(), names.begin(), [](Run run) { return name(run); });
  auto present = static_cast<std::size_t>(state.run.value_or(Run::pretext));
  archive.one_of("run", names, present);
  state.run = kAllRuns[present];
  auto stage = static_cast<std::size_t>(state.stage);
  archive.one_of("stage", stage_names(), stage);
  state.stage = static_cast<Stage>(stage);
  failure(archive, state);
  if (archive.reads() ? archive.has("recovery.rate") : state.recovery_rate.has_value()) {
    double rate = static_cast<double>(state.recovery_rate.value_or(0.0F));
    archive.number("recovery.rate", rate);
    state.recovery_rate = static_cast<float>(rate);
    if (!std::isfinite(*state.recovery_rate) || !(*state.recovery_rate > 0.0F)) archive.note("recovery.rate");
  }

  for (const Setting<ExperimentSettings>& setting : kExperimentTable) {
    archive.setting(join({"settings.", setting.info.name}), setting.info, ref(setting, state.settings));
  }
  const auto run_entries = [&](Run run) {
    const auto i = static_cast<std::size_t>(run);
    for (const Setting<FitSettings>& setting : kFitTable) {
      archive.setting(join({"settings.", name(run), ".", setting.info.name}), setting.info,
                      ref(setting, state.settings[run]));
    }
    archive.flag(join({"rate_changed.", name(run)}), state.rate_changed[i]);
    archive.count(join({"optimizer.", name(run), ".step"}), state.optimizer_steps[i]);
    if (spec_of(run).features == FeatureSource::fine_tuned) {
      archive.flag(join({"trunk.", name(run)}), state.has_trunk[i]);
    }
  };
  run_entries(Run::pretext);
  for (const Run arm : state.settings.arms) run_entries(arm);
  archive.count("position.step", state.position.step);
  archive.number("position.loss_sum", state.position.loss_sum);
  archive.count("position.correct", state.position.correct);
  archive.number("position.seconds", state.position.seconds);
}

Result<StoredState> read_state(const SafetensorsView& file) {
  Archive archive(file);
  StoredState state;
  entries(archive, state);
  archive.refuse_unknown_settings();
  const std::optional<Message>& fault = archive.fault();
  if (fault.has_value()) return broken_checkpoint(*fault);
  if (state.failed != state.failure.has_value()) return broken_checkpoint(MessageCode::failure_unlike);
  return state;
}

StoredState state_of(Experiment::State& s) {
  StoredState state;
  state.settings = s.settings;
  state.fingerprint = s.data_fingerprint();
  state.source = s.context.data.source;
  state.arithmetic = s.arithmetic;
  state.finished = s.finished;
  state.failed = s.failure.has_value();
  state.run = s.run().which();
  state.stage = s.run().saved_stage();
  state.position = s.run().fit().position();
  state.failure = s.failure;
  if (s.recovery.has_value()) state.recovery_rate = s.recovery->rate;
  for (const TrainingRun& run : s.runs) {
    const auto i = static_cast<std::size_t>(run.which());
    state.rate_changed[i] = run.rate_changed_midway;
    state.optimizer_steps[i] = run.optimizer.step;
    state.has_trunk[i] = !run.awaits_trunk();
  }
  return state;
}

// ---- restoring ------------------------------------------------------------------------------------------------------

Status restore_tensors(const SafetensorsView& file, std::span<const NamedWeights> wanted) {
  for (const NamedWeights& weights : wanted) {
    const auto bytes = file.get(weights.name, "F32", weights.shape);
    if (!bytes) return broken_checkpoint(bytes.error());
    std::memcpy(weights.values.data(), bytes.value().data(), weights.values.size_bytes());
    for (std::size_t i = 0; i < weights.values.size(); ++i) {
      if (!std::isfinite(weights.values[i])) {
        return broken_checkpoint({MessageCode::weight_not_finite, {i, weights.name}});
      }
    }
  }
  return Ok{};
}

Status restore_test(const SafetensorsView& file, const std::string& key, std::size_t classes,
                    std::optional<TestResult>& result) {
  if (file.find(key) == nullptr) return Ok{};
  const std::array<std::uint64_t, 1> shape = {test_columns(classes)};
  const auto bytes = file.get(key, "F64", shape);
  if (!bytes) return broken_checkpoint(bytes.error());
  result = decode_test(doubles(bytes.value()), classes);
  if (!result.has_value()) return broken_checkpoint({MessageCode::no_count, {key}});
  return Ok{};
}

/// The name of a run's tests in files.
std::string result_key(Run run, std::string_view which) {
  return run == Run::pretext ? std::string("result.rotation") : join({"result.", name(run), ".", which});
}

Status restore_results(const SafetensorsView& file, TrainingRun& run) {
  const Run which = run.which();
  std::optional<TestResult> small;
  std::optional<TestResult> full;
  if (which == Run::pretext) small.emplace();
  Status status = restore_test(file, result_key(which, "full_test"), run.network.outputs(), full);
  if (status && which != Run::pretext)
    status = restore_test(file, result_key(which, "test"), run.network.outputs(), small);
  if (!status) return status;
  if (!small.has_value() || !full.has_value()) return Ok{};
  run.result = ArmResult{*small, *full};
  if (which == Run::pretext) return Ok{};
  const std::string key = join({"predicted.", name(which)});
  if (file.find(key) == nullptr) {  // older than this entry
    run.predicted.clear();
    return Ok{};
  }
  const std::array<std::uint64_t, 1> shape = {run.predicted.size()};
  const auto bytes = file.get(key, "U8", shape);
  if (!bytes) return broken_checkpoint(bytes.error());
  std::copy(bytes.value().begin(), bytes.value().end(), run.predicted.begin());
  if (std::any_of(run.predicted.begin(), run.predicted.end(), [](std::uint8_t digit) { return digit >= kDigits; })) {
    return broken_checkpoint({MessageCode::no_digit, {key}});
  }
  return Ok{};
}

Result<std::vector<EpochRecord>> restore_history(const SafetensorsView& file, Run run) {
  const std::string key = join({"history.", name(run)});
  const TensorView* table = file.find(key);
  if (table == nullptr || table->type != "F64" || table->shape.size() != 2 || table->shape[1] != kHistoryColumns) {
    return broken_checkpoint({MessageCode::history_shape, {key, kHistoryColumns}});
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
  s.present = stored.finished ? s.runs.size() - 1 : std::min(first_untested, s.runs.size() - 1);
  if (!stored.finished && stored.run.has_value()) {
    const TrainingRun* const present = s.find(*stored.run);
    if (present == nullptr) return broken_checkpoint({MessageCode::arm_not_listed, {name(*stored.run)}});
    s.present = static_cast<std::size_t>(present - s.runs.data());
  }
  for (std::size_t i = 0; i < s.runs.size(); ++i) {
    TrainingRun& run = s.runs[i];
    const Run which = run.which();
    const Result<std::vector<EpochRecord>> history = restore_history(file, which);
    if (!history) return history.error();
    run.optimizer.step = stored.optimizer_steps[static_cast<std::size_t>(which)];
    run.rate_changed_midway = stored.rate_changed[static_cast<std::size_t>(which)];
    if (stored.has_trunk[static_cast<std::size_t>(which)]) run.has_trunk();
    if (!run.resume(history.value(), i == s.present ? stored.position : Fit::Position{})) {
      return broken_checkpoint({MessageCode::history_unlike, {name(which)}});
    }
    const bool past = i < s.present || stored.finished;
    const bool begun = run.fit().begun() || run.tested();
    if ((past && !(run.fit().finished() && run.tested())) || (!past && run.tested()) || (i > s.present && begun) ||
        (i <= s.present && run.awaits_trunk())) {
      return broken_checkpoint({MessageCode::state_unlike, {name(which)}});
    }
  }
  s.finished = stored.finished;
  if (stored.failed) s.failure = stored.failure;
  if (stored.failed && stored.recovery_rate.has_value()) {
    s.recovery = Recovery{s.run().which(), *stored.recovery_rate};
  }
  if (!s.over() && !s.run().enter_saved(stored.stage)) return broken_checkpoint(MessageCode::position_unlike);
  return Ok{};
}

}  // namespace

Error broken_checkpoint(const Message& what) { return {MessageCode::checkpoint_damaged, {what}}; }

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
  file.add_metadata(std::string(kPretextTaskPath), std::string(task().name));
  std::vector<NamedWeights> weights = named_weights(*state_);
  // A trunk that will be a copy of the pretext network's has no weights of its own yet.
  std::erase_if(weights, [&](const NamedWeights& one) { return one.trunk && state_->find(one.run)->awaits_trunk(); });
  add(file, weights);
  return file.write();
}

Status Experiment::load_weights(std::span<const std::uint8_t> bytes) {
  State& s = *state_;
  const Result<SafetensorsView> file = SafetensorsView::parse(bytes);
  if (!file) return file.error();
  // The trunk of another task's network may serve; its last layer would answer another question.
  const std::string* made_for = file.value().metadata(std::string(kPretextTaskPath));
  if (made_for == nullptr) made_for = file.value().metadata(join({"settings.", kPretextTaskPath}));
  if (made_for != nullptr && *made_for != task().name && file.value().find("rotnet.dense.kernel") != nullptr) {
    return Error{MessageCode::weights_task, {*made_for, task().name}};
  }
  const std::vector<NamedWeights> known = named_weights(s);
  std::vector<std::pair<const NamedWeights*, std::span<const std::uint8_t>>> found;
  for (const auto& [tensor_name, tensor] : file.value().tensors()) {
    if (belongs_to_checkpoint_only(tensor_name)) continue;
    const auto target = std::find_if(known.begin(), known.end(),
                                     [&](const NamedWeights& weights) { return weights.name == tensor_name; });
    if (target == known.end()) {
      // An arm that this experiment does not train.
      const std::optional<Run> other = run_named(std::string_view(tensor_name).substr(0, tensor_name.find('.')));
      if (other.has_value() && s.find(*other) == nullptr) continue;
      return Error{MessageCode::weights_unknown, {tensor_name, known[0].name}};
    }
    const TrainingRun* const run = s.find(target->run);
    if (s.over() || run < &s.run() || run->fit().begun()) {
      return Error{MessageCode::weights_late, {tensor_name, name(target->run)}};
    }
    const auto values = file.value().get(tensor_name, "F32", target->shape);
    if (!values) return Error{MessageCode::weights_unlike, {values.error()}};
    for (std::size_t i = 0; i < target->values.size(); ++i) {
      float value = 0.0F;
      std::memcpy(&value, values.value().data() + i * sizeof value, sizeof value);
      if (!std::isfinite(value)) {
        return Error{MessageCode::weights_not_finite, {i, tensor_name}};
      }
    }
    found.emplace_back(&*target, values.value());
  }
  if (found.empty()) return Error{MessageCode::weights_none, {known[0].name}};
  for (const auto& [target, values] : found) {
    std::memcpy(target->values.data(), values.data(), target->values.size_bytes());
    if (target->trunk) s.find(target->run)->has_trunk();
  }
  // Features of the old weights are out of date.
  if (!s.run().fit().begun()) s.start(s.present);
  return Ok{};
}

std::vector<std::uint8_t> Experiment::checkpoint() const {
  State& s = *state_;
  SafetensorsWriter file;
  file.add_metadata(std::string(kVersionKey), std::string(kVersion));
  Archive archive(file);
  StoredState state = state_of(s);
  entries(archive, state);
  add(file, named_weights(s));
  add(file, named_optimizer_state(s));
  for (const TrainingRun& run : s.runs) {
    const Run which = run.which();
    const std::span<const EpochRecord> history = run.fit().history();
    add_table(file, join({"history.", name(which)}), {history.size(), kHistoryColumns}, quarterturn::encode(history));
    if (!run.result.has_value()) continue;
    const std::size_t classes = run.network.outputs();
    add_table(file, result_key(which, "full_test"), {test_columns(classes)}, encode(run.result->full_test, classes));
    if (which != Run::pretext) {
      add_table(file, result_key(which, "test"), {test_columns(classes)}, encode(run.result->test, classes));
      if (!run.predicted.empty())
        file.add_copy(join({"predicted.", name(which)}), "U8", {run.predicted.size()}, run.predicted);
    }
  }
  return file.write();
}

Status Experiment::restore(std::span<const std::uint8_t> bytes) {
  const Result<SafetensorsView> parsed = SafetensorsView::parse(bytes);
  if (!parsed) return Error{MessageCode::checkpoint_unreadable, {parsed.error()}};
  const SafetensorsView& file = parsed.value();
  const std::string* version = file.metadata(kVersionKey);
  if (version == nullptr) return Error{MessageCode::checkpoint_none};
  if (*version != kVersion && *version != "1") {
    return Error{MessageCode::checkpoint_version, {*version, kVersion}};
  }
  const Result<StoredState> read = *version == kVersion ? read_state(file) : read_state_version_1(file);
  if (!read) return read.error();
  const StoredState& stored = read.value();

  const State& present = *state_;
  if (stored.fingerprint != present.data_fingerprint()) {
    const unsigned digits = generated_version(stored.source);
    if (digits != 0 && digits != kGeneratorVersion) {
      return Error{MessageCode::checkpoint_digits, {digits, kGeneratorVersion}};
    }
    return Error{MessageCode::checkpoint_data, {stored.source, present.context.data.source}};
  }
  if (stored.settings.preset != present.settings.preset) {
    return Error{MessageCode::checkpoint_preset, {name(stored.settings.preset)}};
  }
  // All goes into a fresh experiment; only a complete one takes the place of the present one.
  Result<std::unique_ptr<Experiment>> fresh = create(present.context.compute, present.context.data, stored.settings);
  if (!fresh) return broken_checkpoint(fresh.error());
  State& s = *fresh.value()->state_;
  Status status = restore_tensors(file, named_weights(s));
  if (status) status = restore_tensors(file, named_optimizer_state(s));
  if (status) status = restore_runs(file, stored, s);
  if (!status) return status;
  if (!stored.arithmetic.empty()) s.arithmetic = stored.arithmetic;
  s.fingerprint = present.fingerprint;
  state_ = std::move(fresh.value()->state_);
  return Ok{};
}

}  // namespace quarterturn
