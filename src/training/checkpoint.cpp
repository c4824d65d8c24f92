// Saving and loading: weights alone, or everything an experiment needs to go on as if nothing had happened.

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

#include "core/decimal.hpp"
#include "core/hash.hpp"
#include "core/join.hpp"
#include "training/experiment_state.hpp"
#include "training/history.hpp"
#include "training/safetensors.hpp"

namespace quarterturn {
namespace {

constexpr std::string_view kVersionKey = "quarterturn.checkpoint";
constexpr std::string_view kVersion = "1";
constexpr std::string_view kRecoveryKey = "recovery.rate";   // of a failed run that can go on
constexpr std::size_t kPositionColumns = 6;                  // stage, step, loss sum, correct, seconds, Adam's steps
constexpr std::size_t kTestColumns = 3 + kDigits * kDigits;  // correct, count, loss, confusion
constexpr std::array<std::string_view, 6> kPhaseNames = {"pretext",    "self_supervised", "random",
                                                         "supervised", "finished",        "failed"};

// ---- weights --------------------------------------------------------------------------------------------------------

/// One weight tensor of the experiment under its full name.
struct NamedWeights {
  std::string name;
  std::vector<std::uint64_t> shape;
  std::span<float> values;
  Run run;  ///< the run that trains from these weights
};

void append(std::vector<NamedWeights>& list, std::string_view prefix, std::span<const TensorInfo> tensors,
            std::span<float> parameters, Run run) {
  for (const TensorInfo& tensor : tensors) {
    if (tensor.offset >= parameters.size()) continue;
    list.push_back({join({prefix, ".", tensor.name}),
                    {tensor.shape.begin(), tensor.shape.begin() + static_cast<std::ptrdiff_t>(tensor.rank)},
                    parameters.subspan(tensor.offset, tensor.size()),
                    run});
  }
}

/// Every weight once: the self-supervised arm's trunk is rotnet's and is not repeated.
std::vector<NamedWeights> named_weights(Experiment::State& s) {
  std::vector<NamedWeights> list;
  append(list, "rotnet", RotNet::tensors(), s.rotnet.parameters(), Run::pretext);
  append(list, "self_supervised", Head::tensors(), s.self_supervised_head.parameters(), Run::self_supervised);
  append(list, "random", Classifier::tensors(), s.random_trunk.span(), Run::random);
  append(list, "random", Head::tensors(), s.random_head.parameters(), Run::random);
  append(list, "supervised", Classifier::tensors(), s.supervised.parameters(), Run::supervised);
  return list;
}

/// The optimisers' moving state.
std::vector<NamedWeights> named_optimizer_state(Experiment::State& s) {
  std::vector<NamedWeights> list;
  const auto add = [&](std::string_view name, AlignedBuffer<float>& buffer, Run run) {
    list.push_back({join({"optimizer.", name}), {buffer.size()}, buffer.span(), run});
  };
  add("pretext.m", s.adam.m, Run::pretext);
  add("pretext.v", s.adam.v, Run::pretext);
  add("self_supervised.velocity", s.self_supervised_sgd.velocity, Run::self_supervised);
  add("random.velocity", s.random_sgd.velocity, Run::random);
  add("supervised.velocity", s.supervised_sgd.velocity, Run::supervised);
  return list;
}

bool belongs_to_checkpoint_only(std::string_view name) {
  return name.starts_with("optimizer.") || name.starts_with("history.") || name.starts_with("result.") ||
         name == "position";
}

// ---- numbers as text and tables -------------------------------------------------------------------------------------

std::string hexadecimal(std::uint64_t value) {
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) {
    const std::uint64_t digit = value >> shift & 15;
    if (digit != 0 || !text.empty() || shift == 0) text += "0123456789abcdef"[digit];
  }
  return text;
}

/// Decimal digits of a number up to `most`, and nothing else.
bool read_count(const std::string& text, std::uint64_t most, std::uint64_t& value) {
  value = 0;
  for (const char c : text) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (c < '0' || c > '9' || digit > most || value > (most - digit) / 10) return false;
    value = value * 10 + digit;
  }
  return !text.empty();
}

std::vector<double> doubles(std::span<const std::uint8_t> bytes) {
  std::vector<double> values(bytes.size() / sizeof(double));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(double));
  return values;
}

bool as_count(double value, std::uint32_t& count) {
  if (!(value >= 0.0 && value < 0x1p32)) return false;
  count = static_cast<std::uint32_t>(value);
  return true;
}

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

// ---- settings -------------------------------------------------------------------------------------------------------

void write_settings(const ExperimentSettings& settings, SafetensorsWriter& file) {
  file.add_metadata("seed", join({settings.seed}));
  file.add_metadata("preset", settings.preset == Preset::unit ? "unit" : "notebook");
  file.add_metadata("labels", join({settings.labels}));
  for (const Run run : kAllRuns) {
    const FitSettings& fit = settings[run];
    const auto add = [&](const char* key, std::string value) {
      file.add_metadata(join({name(run), ".", key}), std::move(value));
    };
    add("batch", join({fit.batch}));
    add("epochs", join({fit.epochs}));
    add("learning_rate", decimal(fit.learning_rate));
    add("shuffle", fit.shuffle ? "1" : "0");
    add("validation_split", decimal(fit.validation_split));
    add("patience", join({fit.patience}));
  }
}

/// Reads metadata and remembers the first key that is missing or wrong.
class MetadataReader {
 public:
  explicit MetadataReader(const SafetensorsView& file) : file_(file) {}

  std::string text(const std::string& key) {
    const std::string* value = file_.metadata(key);
    if (value == nullptr) note(key);
    return value == nullptr ? std::string() : *value;
  }
  std::uint64_t count(const std::string& key, std::uint64_t most = UINT32_MAX) {
    std::uint64_t value = 0;
    if (!read_count(text(key), most, value)) note(key);
    return value;
  }
  float real(const std::string& key) {
    float value = 0.0F;
    if (!read_decimal(text(key), value)) note(key);
    return value;
  }
  bool flag(const std::string& key) { return count(key, 1) == 1; }
  void note(const std::string& key) {
    if (fault_.empty()) fault_ = key;
  }
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  const SafetensorsView& file_;
  std::string fault_;
};

ExperimentSettings read_settings(MetadataReader& file) {
  ExperimentSettings settings;
  settings.seed = file.count("seed", UINT64_MAX);
  settings.preset = file.text("preset") == "unit" ? Preset::unit : Preset::notebook;
  settings.labels = static_cast<std::uint32_t>(file.count("labels"));
  for (const Run run : kAllRuns) {
    FitSettings& fit = settings[run];
    const auto key = [&](const char* what) { return join({name(run), ".", what}); };
    fit.batch = static_cast<std::uint32_t>(file.count(key("batch")));
    fit.epochs = static_cast<std::uint32_t>(file.count(key("epochs")));
    fit.learning_rate = file.real(key("learning_rate"));
    fit.shuffle = file.flag(key("shuffle"));
    fit.validation_split = file.real(key("validation_split"));
    fit.patience = static_cast<std::uint32_t>(file.count(key("patience")));
  }
  return settings;
}

Error broken(const std::string& what) {
  return {join({"checkpoint: ", what, "; the file is damaged or not made by this program"})};
}

// ---- restoring ------------------------------------------------------------------------------------------------------

Status restore_tensors(const SafetensorsView& file, std::span<const NamedWeights> wanted) {
  for (const NamedWeights& weights : wanted) {
    const auto bytes = file.get(weights.name, "F32", weights.shape);
    if (!bytes) return broken(bytes.error().message);
    std::memcpy(weights.values.data(), bytes.value().data(), weights.values.size_bytes());
    for (std::size_t i = 0; i < weights.values.size(); ++i) {
      if (!std::isfinite(weights.values[i])) {
        return broken(join({"element ", i, " of ", weights.name, " is not a finite number"}));
      }
    }
  }
  return Ok{};
}

Status restore_test(const SafetensorsView& file, const std::string& key, std::optional<TestResult>& result) {
  if (file.find(key) == nullptr) return Ok{};
  constexpr std::array<std::uint64_t, 1> kShape = {kTestColumns};
  const auto bytes = file.get(key, "F64", kShape);
  if (!bytes) return broken(bytes.error().message);
  result = decode_test(doubles(bytes.value()));
  if (!result.has_value()) return broken(join({key, " holds a number that is no count"}));
  return Ok{};
}

Status restore_results(const SafetensorsView& file, Experiment::State& s) {
  Status rotation = restore_test(file, "result.rotation", s.rotation);
  if (!rotation) return rotation;
  for (const Run arm : kArms) {
    const std::string prefix = join({"result.", name(arm)});
    std::optional<TestResult> test;
    std::optional<TestResult> full;
    for (const Status& status :
         {restore_test(file, prefix + ".test", test), restore_test(file, prefix + ".full_test", full)}) {
      if (!status) return status;
    }
    if (test.has_value() && full.has_value()) s.results[static_cast<std::size_t>(arm)] = ArmResult{*test, *full};
  }
  return Ok{};
}

Result<std::vector<EpochRecord>> restore_history(const SafetensorsView& file, Run run) {
  const std::string key = join({"history.", name(run)});
  const TensorView* table = file.find(key);
  if (table == nullptr || table->type != "F64" || table->shape.size() != 2 || table->shape[1] != kHistoryColumns) {
    return broken(join({key, " must be F64 [epochs, ", kHistoryColumns, "]"}));
  }
  return decode_history(doubles(table->bytes));
}

/// Histories, place and phase. Refuses places that this experiment cannot be in.
Status restore_position(const SafetensorsView& file, Phase phase, Experiment::State& s) {
  constexpr std::array<std::uint64_t, 1> kShape = {kPositionColumns};
  const auto bytes = file.get("position", "F64", kShape);
  if (!bytes) return broken(bytes.error().message);
  const std::vector<double> columns = doubles(bytes.value());
  std::uint32_t stage_number = 0;
  Fit::Position position;
  position.loss_sum = columns[2];
  position.seconds = columns[4];
  if (!as_count(columns[0], stage_number) || !as_count(columns[1], position.step) ||
      !as_count(columns[3], position.correct) || !as_count(columns[5], s.adam.step) ||
      stage_number > static_cast<std::uint32_t>(Stage::full_test)) {
    return broken("position holds a number that is no count");
  }
  s.phase = phase;
  const Run present = s.run();
  for (const Run run : kAllRuns) {
    const Result<std::vector<EpochRecord>> history = restore_history(file, run);
    if (!history) return history.error();
    Fit& fit = s.fits[static_cast<std::size_t>(run)];
    if (!fit.resume(history.value(), run == present ? position : Fit::Position{})) {
      return broken(join({"the history of ", name(run), " does not fit its settings"}));
    }
    const bool past = run < present || phase == Phase::finished;
    const bool tested =
        run == Run::pretext ? s.rotation.has_value() : s.results[static_cast<std::size_t>(run)].has_value();
    if ((past && !(fit.finished() && tested)) || (run > present && fit.begun())) {
      return broken(join({name(run), " does not agree with the phase ", kPhaseNames[static_cast<std::size_t>(phase)]}));
    }
  }
  if (s.over()) return Ok{};

  const auto stage = static_cast<Stage>(stage_number);
  const Fit& fit = s.fit();
  const bool possible = stage == Stage::prepare || stage == Stage::train ? !fit.finished() && fit.step() < fit.steps()
                        : stage == Stage::validate
                            ? !fit.finished() && fit.step() == fit.steps() && fit.validation_rows() != 0
                            : fit.finished() && fit.step() == 0;
  if (!possible) return broken("the position is not one of this run");
  // A stage that goes through rows begins anew: its sums are not saved, and give the same again.
  s.start_run(present);
  s.beginning_known = !s.fit().begun();
  const bool prepares = s.stage == Stage::prepare;
  const Stage next = stage == Stage::prepare ? Stage::train : stage == Stage::full_test ? Stage::test : stage;
  if (prepares && next != Stage::test) {
    s.after_prepare = next;
  } else {
    s.stage = next;
  }
  return Ok{};
}

}  // namespace

std::vector<std::uint8_t> Experiment::save_weights() const {
  SafetensorsWriter file;
  file.add_metadata("format", "quarterturn weights");
  file.add_metadata("preset", settings().preset == Preset::unit ? "unit" : "notebook");
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
    if (s.over() || target->run < s.run() || s.fit(target->run).begun()) {
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
  // Features of the old weights are void.
  if (!s.fit().begun()) s.start_run(s.run());
  return Ok{};
}

std::vector<std::uint8_t> Experiment::checkpoint() const {
  State& s = *state_;
  SafetensorsWriter file;
  file.add_metadata(std::string(kVersionKey), std::string(kVersion));
  file.add_metadata("data.source", s.data.source);
  file.add_metadata("data.fingerprint", hexadecimal(s.data_fingerprint()));
  file.add_metadata("phase", std::string(kPhaseNames[static_cast<std::size_t>(s.phase)]));
  file.add_metadata("failure", s.failure);
  if (s.recovery.has_value()) file.add_metadata(std::string(kRecoveryKey), decimal(s.recovery->rate));
  file.add_metadata("rate_changed_midway", s.rate_changed_midway ? "1" : "0");
  write_settings(s.settings, file);

  for (const NamedWeights& weights : named_weights(s)) file.add(weights.name, weights.shape, weights.values);
  for (const NamedWeights& moving : named_optimizer_state(s)) file.add(moving.name, moving.shape, moving.values);
  std::vector<std::vector<double>> tables;  // must outlive write()
  tables.reserve(2 + kRuns + 2 * kArms.size());
  const auto add = [&](std::string key, std::vector<std::uint64_t> shape, std::vector<double> table) {
    tables.push_back(std::move(table));
    file.add(std::move(key), std::move(shape), tables.back());
  };
  for (const Run run : kAllRuns) {
    add(join({"history.", name(run)}), {history(run).size(), kHistoryColumns}, encode(history(run)));
  }
  if (s.rotation.has_value()) add("result.rotation", {kTestColumns}, encode(*s.rotation));
  for (const Run arm : kArms) {
    const ArmResult* tested = result(arm);
    if (tested == nullptr) continue;
    add(join({"result.", name(arm), ".test"}), {kTestColumns}, encode(tested->test));
    add(join({"result.", name(arm), ".full_test"}), {kTestColumns}, encode(tested->full_test));
  }
  const Stage stage = s.stage == Stage::prepare ? s.after_prepare : s.stage;
  const Fit::Position position = s.fit().position();
  add("position", {kPositionColumns},
      {static_cast<double>(stage), static_cast<double>(position.step), position.loss_sum,
       static_cast<double>(position.correct), position.seconds, static_cast<double>(s.adam.step)});
  return file.write();
}

Status Experiment::restore(std::span<const std::uint8_t> bytes) {
  const Result<SafetensorsView> parsed = SafetensorsView::parse(bytes);
  if (!parsed) return Error{join({"checkpoint: ", parsed.error().message})};
  const SafetensorsView& file = parsed.value();
  const std::string* version = file.metadata(kVersionKey);
  if (version == nullptr) return Error{"checkpoint: the file is no checkpoint; load weights alone as weights"};
  if (*version != kVersion) {
    return Error{join({"checkpoint: the file has version ", printable(*version), ", this program reads version ",
                       kVersion, "; use the program that made it"})};
  }
  MetadataReader reader(file);
  const std::string fingerprint = reader.text("data.fingerprint");
  const std::string preset = reader.text("preset");
  const std::string phase_name = reader.text("phase");
  const ExperimentSettings settings = read_settings(reader);
  const bool rate_changed = reader.flag("rate_changed_midway");
  const std::string failure = reader.text("failure");
  const auto phase = std::find(kPhaseNames.begin(), kPhaseNames.end(), phase_name);
  if (phase == kPhaseNames.end()) reader.note("phase");
  if (preset != "unit" && preset != "notebook") reader.note("preset");
  if (!reader.fault().empty()) return broken(join({"its entry ", reader.fault(), " is missing or wrong"}));

  const State& present = *state_;
  if (fingerprint != hexadecimal(present.data_fingerprint())) {
    return Error{join({"checkpoint: it was made with other data (", printable(reader.text("data.source")),
                       "), not with ", present.data.source, "; load that data first"})};
  }
  if (settings.preset != present.settings.preset) {
    return Error{join({"checkpoint: it was made with the preset ", preset, "; choose that preset first"})};
  }
  // All goes into a fresh experiment; only a complete one takes the place of the present one.
  Result<std::unique_ptr<Experiment>> fresh = create(present.compute, present.data, settings);
  if (!fresh) return broken(fresh.error().message);
  State& s = *fresh.value()->state_;
  for (const Status& status : {restore_tensors(file, named_weights(s)), restore_tensors(file, named_optimizer_state(s)),
                               restore_results(file, s)}) {
    if (!status) return status;
  }
  Status position = restore_position(file, static_cast<Phase>(phase - kPhaseNames.begin()), s);
  if (!position) return position;
  s.failure = failure;
  if (const std::string* text = file.metadata(kRecoveryKey); text != nullptr && s.phase == Phase::failed) {
    float rate = 0.0F;
    if (read_decimal(*text, rate) && rate > 0.0F) s.recovery = Recovery{s.run(), rate};
  }
  s.rate_changed_midway = rate_changed;
  s.fingerprint = present.fingerprint;
  state_ = std::move(fresh.value()->state_);
  return Ok{};
}

}  // namespace quarterturn
