#include "engine/settings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "core/join.hpp"

namespace quarterturn {
namespace {

constexpr double kLargestInteger = 9007199254740991.0;

struct RunGroup {
  std::string_view path;
  Run run;
};
constexpr std::array<RunGroup, kRuns> kGroups = {
    RunGroup{"pretext", Run::pretext}, RunGroup{"arms.self_supervised", Run::self_supervised},
    RunGroup{"arms.random", Run::random}, RunGroup{"arms.supervised", Run::supervised}};

Error unknown(std::string_view path) {
  return Error{join({"the settings have no entry \"", printable(path),
                     "\"; there are seed, preset, labels, and batch, epochs, learningRate, shuffle, validationSplit, "
                     "patience of pretext, arms.self_supervised, arms.random, arms.supervised"})};
}

Status set_whole(std::uint32_t& out, std::string_view path, const SettingValue& value) {
  const double* number = std::get_if<double>(&value);
  if (number == nullptr || !(*number >= 0.0 && *number <= 4294967295.0) || *number != std::floor(*number)) {
    return Error{join({path, " must be a whole number 0..4294967295"})};
  }
  out = static_cast<std::uint32_t>(*number);
  return Ok{};
}

Status set_real(float& out, std::string_view path, const SettingValue& value) {
  const double* number = std::get_if<double>(&value);
  if (number == nullptr) return Error{join({path, " must be a number"})};
  out = static_cast<float>(*number);
  return Ok{};
}

Status set_flag(bool& out, std::string_view path, const SettingValue& value) {
  const bool* flag = std::get_if<bool>(&value);
  if (flag == nullptr) return Error{join({path, " must be true or false"})};
  out = *flag;
  return Ok{};
}

Status set_seed(std::uint64_t& seed, const SettingValue& value) {
  const Error fault{"seed must be a whole number 0..9007199254740991, or a string of digits below 2^64"};
  if (const double* number = std::get_if<double>(&value); number != nullptr) {
    if (!(*number >= 0.0 && *number <= kLargestInteger) || *number != std::floor(*number)) return fault;
    seed = static_cast<std::uint64_t>(*number);
    return Ok{};
  }
  const std::string* digits = std::get_if<std::string>(&value);
  if (digits == nullptr || digits->empty()) return fault;
  std::uint64_t parsed = 0;
  for (const char digit : *digits) {
    if (digit < '0' || digit > '9') return fault;
    const auto unit = static_cast<std::uint64_t>(digit - '0');
    if (parsed > (UINT64_MAX - unit) / 10) return fault;
    parsed = parsed * 10 + unit;
  }
  seed = parsed;
  return Ok{};
}

Status set_fit(FitSettings& fit, std::string_view entry, std::string_view path, const SettingValue& value) {
  if (entry == "batch") return set_whole(fit.batch, path, value);
  if (entry == "epochs") return set_whole(fit.epochs, path, value);
  if (entry == "learningRate") return set_real(fit.learning_rate, path, value);
  if (entry == "shuffle") return set_flag(fit.shuffle, path, value);
  if (entry == "validationSplit") return set_real(fit.validation_split, path, value);
  if (entry == "patience") return set_whole(fit.patience, path, value);
  return unknown(path);
}

}  // namespace

Status set(ExperimentSettings& settings, std::string_view path, const SettingValue& value) {
  if (path == "seed") return set_seed(settings.seed, value);
  if (path == "labels") return set_whole(settings.labels, path, value);
  if (path == "preset") {
    const std::string* text = std::get_if<std::string>(&value);
    if (text == nullptr || (*text != "unit" && *text != "notebook")) {
      return Error{"preset must be \"unit\" or \"notebook\""};
    }
    settings.preset = *text == "unit" ? Preset::unit : Preset::notebook;
    return Ok{};
  }
  for (const RunGroup& group : kGroups) {
    const std::size_t length = group.path.size();
    if (path.size() > length && path.substr(0, length) == group.path && path[length] == '.') {
      return set_fit(settings[group.run], path.substr(length + 1), path, value);
    }
  }
  return unknown(path);
}

Status set_all(ExperimentSettings& settings, const SettingList& list) {
  for (const Setting& setting : list) {
    if (setting.value.has_value()) {
      Status status = set(settings, setting.path, *setting.value);
      if (!status) return status;
      continue;
    }
    const auto is_group = [&](const RunGroup& group) { return group.path == setting.path; };
    if (setting.path != "arms" && std::none_of(kGroups.begin(), kGroups.end(), is_group)) return unknown(setting.path);
  }
  return Ok{};
}

}  // namespace quarterturn
