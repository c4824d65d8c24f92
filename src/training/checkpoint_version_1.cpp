// Checkpoints of version 1, which are read but no longer written: settings and counts are decimal text in the metadata,
// the position is one table.

#include <cmath>

#include "core/decimal.hpp"
#include "core/join.hpp"
#include "training/stored_state.hpp"

namespace quarterturn {
namespace {

/// Stage, step, loss sum, correct, seconds, steps of the pretext run's optimiser.
constexpr std::size_t kPositionColumns = 6;

/// Decimal or hexadecimal digits of a number up to `most`, and nothing else.
bool read_count(const std::string& text, std::uint64_t base, std::uint64_t most, std::uint64_t& value) {
  value = 0;
  for (const char c : text) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(c);
    if (digit >= base || value > (most - digit) / base) return false;
    value = value * base + digit;
  }
  return !text.empty();
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
  std::uint64_t count(const std::string& key, std::uint64_t most = UINT32_MAX, std::uint64_t base = 10) {
    std::uint64_t value = 0;
    if (!read_count(text(key), base, most, value)) note(key);
    return value;
  }
  bool flag(const std::string& key) { return count(key, 1) == 1; }
  void setting(const std::string& key, const SettingInfo& info, const SettingRef& place) {
    SettingValue value = text(key);  // as a seed and a word are
    float real = 0.0F;
    if (info.kind == SettingKind::count) value = static_cast<double>(count(key));
    if (info.kind == SettingKind::flag) value = flag(key);
    if (info.kind == SettingKind::real) value = static_cast<double>(read_decimal(text(key), real) ? real : NAN);
    if (!set_value(info, key, value, place)) note(key);
  }
  void note(const std::string& key) {
    if (fault_.empty()) fault_ = key;
  }
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  const SafetensorsView& file_;
  std::string fault_;
};

}  // namespace

Result<StoredState> read_state_version_1(const SafetensorsView& file) {
  MetadataReader reader(file);
  StoredState state;
  state.fingerprint = reader.count("data.fingerprint", UINT64_MAX, 16);
  state.source = reader.text("data.source");
  for (const Setting<ExperimentSettings>& setting : kExperimentTable) {
    if (setting.info.name == kPretextTaskPath) continue;  // there was one task
    reader.setting(std::string(setting.info.name), setting.info, ref(setting, state.settings));
  }
  for (const Run run : kAllRuns) {
    for (const Setting<FitSettings>& setting : kFitTable) {
      reader.setting(join({name(run), ".", setting.info.name}), setting.info, ref(setting, state.settings[run]));
    }
  }
  state.rate_changed[0] = reader.flag("rate_changed_midway");
  state.failure = reader.text("failure");
  const std::string phase = reader.text("phase");
  state.finished = phase == "finished";
  state.failed = phase == "failed";
  if (!state.finished && !state.failed) {
    state.run = run_named(phase);
    if (!state.run.has_value()) reader.note("phase");
  }
  if (!reader.fault().empty()) return broken_checkpoint(join({"its entry ", reader.fault(), " is missing or wrong"}));
  if (const std::string* text = file.metadata("recovery.rate"); text != nullptr) {
    float rate = 0.0F;
    if (read_decimal(*text, rate) && rate > 0.0F) state.recovery_rate = rate;
  }

  constexpr std::array<std::uint64_t, 1> kShape = {kPositionColumns};
  const auto bytes = file.get("position", "F64", kShape);
  if (!bytes) return broken_checkpoint(bytes.error().message);
  const std::vector<double> columns = doubles(bytes.value());
  std::uint32_t stage = 0;
  state.position.loss_sum = columns[2];
  state.position.seconds = columns[4];
  if (!as_count(columns[0], stage) || !as_count(columns[1], state.position.step) ||
      !as_count(columns[3], state.position.correct) || !as_count(columns[5], state.optimizer_steps[0]) ||
      stage > static_cast<std::uint32_t>(Stage::full_test)) {
    return broken_checkpoint("position holds a number that is no count");
  }
  state.stage = static_cast<Stage>(stage);
  return state;
}

}  // namespace quarterturn
