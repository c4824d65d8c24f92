#include "training/settings.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/decimal.hpp"
#include "core/join.hpp"

namespace quarterturn {
namespace {

constexpr std::array<std::string_view, 2> kPresetNames = {"notebook", "unit"};  // by Preset
constexpr std::string_view kNoArms = "none";
constexpr double kLargestInteger = 0x1p53;  ///< beyond it a double is no longer every whole number

std::optional<Preset> preset_named(std::string_view text) {
  for (std::size_t i = 0; i < kPresetNames.size(); ++i) {
    if (text == kPresetNames[i]) return static_cast<Preset>(i);
  }
  return std::nullopt;
}

std::optional<std::uint64_t> seed_of(const SettingValue& value) {
  if (const auto* number = std::get_if<double>(&value)) {
    if (!(*number >= 0.0 && *number < kLargestInteger) || *number != std::floor(*number)) return std::nullopt;
    return static_cast<std::uint64_t>(*number);
  }
  const auto* digits = std::get_if<std::string>(&value);
  if (digits == nullptr || digits->empty()) return std::nullopt;
  std::uint64_t seed = 0;
  for (const char digit : *digits) {
    const auto unit = static_cast<std::uint64_t>(digit - '0');
    if (digit < '0' || digit > '9' || seed > (UINT64_MAX - unit) / 10) return std::nullopt;
    seed = seed * 10 + unit;
  }
  return seed;
}

/// The value as a message has it: text in quotes.
Message shown(const SettingValue& value) {
  if (const auto* number = std::get_if<double>(&value)) {
    const bool counts = *number >= 0.0 && *number < kLargestInteger && *number == std::floor(*number);
    if (counts) return {MessageCode::words, {static_cast<std::uint64_t>(*number)}};
    return {MessageCode::words, {*number}};
  }
  if (const auto* flag = std::get_if<bool>(&value)) return {MessageCode::words, {*flag ? "true" : "false"}};
  return {MessageCode::words, {join({"\"", printable(std::get<std::string>(value)), "\""})}};
}

bool in_range(const SettingInfo& info, double number) {
  if (!std::isfinite(number)) return false;
  if (info.least_excluded ? number <= info.least : number < info.least) return false;
  return info.most_excluded ? number < info.most : number <= info.most;
}

bool valid(const SettingInfo& info, const SettingValue& value) {
  const auto* number = std::get_if<double>(&value);
  switch (info.kind) {
    case SettingKind::count:
      return number != nullptr && in_range(info, *number) && *number == std::floor(*number);
    case SettingKind::real:
      // What is stored is a float: a number that is 0 or infinite as a float is out of range, too.
      return number != nullptr && in_range(info, *number) && in_range(info, static_cast<float>(*number));
    case SettingKind::flag:
      return std::holds_alternative<bool>(value);
    case SettingKind::seed:
      return seed_of(value).has_value();
    case SettingKind::word:
    case SettingKind::arms:
      break;
  }
  const auto* word = std::get_if<std::string>(&value);
  if (word == nullptr) return false;
  if (info.kind == SettingKind::arms) return arms_named(*word).has_value();
  const std::vector<std::string_view> words = info.words();
  return std::find(words.begin(), words.end(), *word) != words.end();
}

template <class Owner, std::size_t kCount>
const Setting<Owner>* find(const std::array<Setting<Owner>, kCount>& table, std::string_view name) {
  for (const Setting<Owner>& setting : table) {
    if (setting.info.name == name || setting.info.script_name == name) return &setting;
  }
  return nullptr;
}

template <class Owner, std::size_t kCount>
std::string names(const std::array<Setting<Owner>, kCount>& table) {
  std::string list;
  for (const Setting<Owner>& setting : table) {
    if (setting.info.name.find('.') != std::string_view::npos) continue;
    append_item(list, setting.info.script_name);
  }
  return list;
}

std::string names(std::span<const Run> runs) {
  std::string list;
  for (const Run run : runs) append_item(list, name(run));
  return list;
}

Status check_fit(Run run, const FitSettings& fit) {
  for (const Setting<FitSettings>& setting : kFitTable) {
    const std::string what = join({name(run), ".", setting.info.script_name});
    Status status = check_value(setting.info, what, value_of(setting, fit));
    if (!status) return status;
  }
  return Ok{};
}

}  // namespace

std::optional<Run> run_named(std::string_view text) {
  for (const Run run : kAllRuns) {
    if (name(run) == text) return run;
  }
  return std::nullopt;
}

std::string text_of(const ArmList& arms) {
  std::string text;
  for (const Run arm : arms) append_item(text, name(arm), ",");
  return text.empty() ? std::string(kNoArms) : text;
}

std::optional<ArmList> arms_named(std::string_view text) {
  ArmList arms;
  if (text.empty() || text == kNoArms) return arms;
  while (true) {
    const std::size_t end = text.find(',');
    const std::optional<Run> arm = run_named(text.substr(0, end));
    if (!arm.has_value() || !arms.add(*arm)) return std::nullopt;
    if (end == std::string_view::npos) return arms;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> preset_words() { return {name(Preset::unit), name(Preset::notebook)}; }

std::vector<std::string_view> pretext_task_words() {
  std::vector<std::string_view> words;
  for (const PretextTask& task : pretext_tasks()) words.push_back(task.name);
  return words;
}

std::string_view name(Preset preset) { return kPresetNames[static_cast<std::size_t>(preset)]; }

Message range_of(const SettingInfo& info) {
  const double last = info.most - (info.most_excluded ? 1.0 : 0.0);
  switch (info.kind) {
    case SettingKind::count:
      return {MessageCode::range_count, {static_cast<std::uint64_t>(info.least), static_cast<std::uint64_t>(last)}};
    case SettingKind::real:
      if (info.least_excluded) return {MessageCode::range_above, {info.least}};
      return {info.most_excluded ? MessageCode::range_below : MessageCode::range_real, {info.least, info.most}};
    case SettingKind::flag:
      return MessageCode::range_flag;
    case SettingKind::seed:
      return MessageCode::range_seed;
    case SettingKind::arms:
      return {MessageCode::range_arms, {names(kArms)}};
    case SettingKind::word:
      break;
  }
  std::string choices;
  for (const std::string_view word : info.words()) append_item(choices, word, "|");
  return {MessageCode::range_word, {choices}};
}

Status check_value(const SettingInfo& info, std::string_view what, const SettingValue& value) {
  if (valid(info, value)) return Ok{};
  return Error{MessageCode::setting_range, {what, shown(value), range_of(info)}};
}

SettingValue value_of(const SettingRef& setting) {
  if (auto* const* count = std::get_if<std::uint32_t*>(&setting)) return static_cast<double>(**count);
  if (auto* const* real = std::get_if<float*>(&setting)) return static_cast<double>(**real);
  if (auto* const* flag = std::get_if<bool*>(&setting)) return **flag;
  if (auto* const* preset = std::get_if<Preset*>(&setting)) return std::string(name(**preset));
  if (auto* const* arms = std::get_if<ArmList*>(&setting)) return text_of(**arms);
  if (auto* const* task = std::get_if<const PretextTask**>(&setting)) return std::string((**task)->name);
  const std::uint64_t seed = **std::get_if<std::uint64_t*>(&setting);
  if (static_cast<double>(seed) < kLargestInteger) return static_cast<double>(seed);
  return join({seed});
}

Status set_value(const SettingInfo& info, std::string_view what, const SettingValue& value, const SettingRef& setting) {
  Status status = check_value(info, what, value);
  if (!status) return status;
  const auto* number = std::get_if<double>(&value);
  if (auto* const* count = std::get_if<std::uint32_t*>(&setting)) **count = static_cast<std::uint32_t>(*number);
  if (auto* const* seed = std::get_if<std::uint64_t*>(&setting)) **seed = seed_of(value).value_or(0);
  if (auto* const* real = std::get_if<float*>(&setting)) **real = static_cast<float>(*number);
  if (auto* const* flag = std::get_if<bool*>(&setting)) **flag = *std::get_if<bool>(&value);
  if (auto* const* preset = std::get_if<Preset*>(&setting))
    **preset = preset_named(*std::get_if<std::string>(&value)).value_or(Preset::unit);
  if (auto* const* arms = std::get_if<ArmList*>(&setting)) {
    **arms = arms_named(*std::get_if<std::string>(&value)).value_or(kNotebookArms);
  }
  if (auto* const* task = std::get_if<const PretextTask**>(&setting)) {
    **task = pretext_task_named(*std::get_if<std::string>(&value));
  }
  return status;
}

Status set(ExperimentSettings& settings, std::string_view path, const SettingValue& value) {
  if (const auto* setting = find(kExperimentTable, path)) return set_value(*setting, path, value, settings);
  constexpr std::string_view kArmsPrefix = "arms.";
  const bool among_arms = path.starts_with(kArmsPrefix);
  const std::string_view rest = among_arms ? path.substr(kArmsPrefix.size()) : path;
  const std::size_t dot = rest.find('.');
  const std::optional<Run> run = run_named(rest.substr(0, dot));
  if (!run.has_value() || (among_arms && *run == Run::pretext)) {
    return Error{MessageCode::setting_unknown,
                 {among_arms ? "arms" : "settings", rest.substr(0, dot),
                  among_arms ? names(kArms) : join({names(kExperimentTable), ", pretext, arms"})}};
  }
  const std::string_view last = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  const auto* setting = find(kFitTable, last);
  if (setting == nullptr) {
    if (dot == std::string_view::npos) return Error{MessageCode::setting_object, {name(*run)}};
    return Error{MessageCode::setting_unknown,
                 {name(*run), last, join({*run == Run::pretext ? "task, " : "", names(kFitTable)})}};
  }
  return set_value(*setting, join({name(*run), ".", setting->info.script_name}), value, settings[*run]);
}

Status set(ExperimentSettings& settings, std::span<const SettingEntry> entries) {
  for (const SettingEntry& entry : entries) {
    Status status = set(settings, entry.path, entry.value);
    if (!status) return status;
  }
  return Ok{};
}

bool is_setting(std::string_view path) {
  if (find(kExperimentTable, path) != nullptr) return true;
  const std::size_t dot = path.find('.');
  return dot != std::string_view::npos && run_named(path.substr(0, dot)).has_value() &&
         find(kFitTable, path.substr(dot + 1)) != nullptr;
}

Status check(const ExperimentSettings& settings) {
  for (const Setting<ExperimentSettings>& setting : kExperimentTable) {
    Status status = check_value(setting.info, setting.info.script_name, value_of(setting, settings));
    if (!status) return status;
  }
  for (const Run run : kAllRuns) {
    Status status = check_fit(run, settings[run]);
    if (!status) return status;
  }
  return Ok{};
}

}  // namespace quarterturn
