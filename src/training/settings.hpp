// Everything that determines a run's weights, together with the data and the arithmetic family, and the one table of
// it: name, kind, range and text of each setting. Bindings, checkpoint, command line, report and fuzz targets read the
// table, so a new setting is one member and one line of it.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.hpp"
#include "data/dataset.hpp"
#include "models/compute.hpp"
#include "pretext/task.hpp"

namespace quarterturn {

/// The training runs of the experiment, in the order in which they are made.
enum class Run : std::uint8_t { pretext, self_supervised, random, supervised };
inline constexpr std::size_t kRuns = 4;
inline constexpr std::array<Run, kRuns> kAllRuns = {Run::pretext, Run::self_supervised, Run::random, Run::supervised};
/// The runs that read digits.
inline constexpr std::array<Run, 3> kArms = {Run::self_supervised, Run::random, Run::supervised};
/// "pretext", "self_supervised", "random", "supervised"
std::string_view name(Run run);
/// The inverse; nothing where there is no such run.
std::optional<Run> run_named(std::string_view text);

/// "unit" or "notebook"
std::string_view name(Preset preset);

/// Settings of one training run.
struct FitSettings {
  std::uint32_t batch = 0;
  std::uint32_t epochs = 50;  ///< 0: not trained, only tested
  float learning_rate = 0.001F;
  bool shuffle = false;
  float validation_split = 0.0F;  ///< the last part, taken before any shuffling
  std::uint32_t patience = 0;     ///< EarlyStopping on training accuracy, strictly better counts; 0: never stop early
};

struct ExperimentSettings {
  std::uint64_t seed = 1;
  Preset preset = Preset::unit;
  std::array<FitSettings, kRuns> fit = {
      FitSettings{192, 50, 0.001F, false, 0.0F, 0},
      FitSettings{64, 50, 0.001F, true, 0.2F, 7},
      FitSettings{32, 50, 0.001F, true, 0.2F, 7},
      FitSettings{32, 50, 0.001F, true, 0.2F, 7},
  };
  /// Labelled images given to the arms: the first of the downstream slice, all of it where it has no more (then note()
  /// of the experiment says so).
  std::uint32_t labels = 1000;
  const PretextTask* pretext_task = &pretext_tasks().front();  ///< never null

  FitSettings& operator[](Run run) { return fit[static_cast<std::size_t>(run)]; }
  const FitSettings& operator[](Run run) const { return fit[static_cast<std::size_t>(run)]; }
};

// ---- the table ------------------------------------------------------------------------------------------------------

enum class SettingKind : std::uint8_t { count, seed, real, flag, word };

/// Name, kind, range and text of a setting.
struct SettingInfo {
  std::string_view name;         ///< in files and, with dashes, on the command line: "learning_rate"
  std::string_view script_name;  ///< in JavaScript and JSON, and in messages: "learningRate"
  SettingKind kind;
  double least = 0.0;  ///< of a count or a real number; both ends belong to the range unless the next line says no
  double most = 0.0;
  bool least_excluded = false;
  bool most_excluded = false;
  std::string_view text;  ///< what it is, for help texts
  /// The words that a setting of kind word may be.
  std::vector<std::string_view> (*words)() = nullptr;
};

/// A setting of `Owner`: FitSettings or ExperimentSettings.
template <class Owner>
struct Setting {
  SettingInfo info;
  std::variant<std::uint32_t Owner::*, std::uint64_t Owner::*, float Owner::*, bool Owner::*, Preset Owner::*,
               const PretextTask * Owner::*>
      member;
};

inline constexpr std::uint32_t kMaxEpochs = 10'000;

/// "unit", "notebook"
std::vector<std::string_view> preset_words();
/// The names of the pretext tasks.
std::vector<std::string_view> pretext_task_words();

/// An entry with a dot stands among the settings of that run.
inline constexpr std::string_view kPretextTaskPath = "pretext.task";

inline constexpr std::array<Setting<ExperimentSettings>, 4> kExperimentTable = {{
    {{"seed", "seed", SettingKind::seed, 0.0, 0x1p64, false, true, "Chooses the random weights and orders"},
     &ExperimentSettings::seed},
    {{"preset", "preset", SettingKind::word, 0.0, 0.0, false, false,
      "Pixels as 0..1 (unit) or raw 0..255 as the notebook runs them (notebook)", preset_words},
     &ExperimentSettings::preset},
    {{"labels", "labels", SettingKind::count, 1.0, 0x1p32, false, true, "Labelled images given to the arms"},
     &ExperimentSettings::labels},
    {{kPretextTaskPath, kPretextTaskPath, SettingKind::word, 0.0, 0.0, false, false,
      "What the pretext network learns to tell", pretext_task_words},
     &ExperimentSettings::pretext_task},
}};

inline constexpr std::array<Setting<FitSettings>, 6> kFitTable = {{
    {{"batch", "batch", SettingKind::count, 1.0, kMaxBatch, false, false, "Images in one step"}, &FitSettings::batch},
    {{"epochs", "epochs", SettingKind::count, 0.0, kMaxEpochs, false, false, "Passes over the training images"},
     &FitSettings::epochs},
    {{"learning_rate", "learningRate", SettingKind::real, 0.0, std::numeric_limits<float>::max(), true, false,
      "Step length of the optimiser"},
     &FitSettings::learning_rate},
    {{"shuffle", "shuffle", SettingKind::flag, 0.0, 1.0, false, false, "New order of the images in every epoch"},
     &FitSettings::shuffle},
    {{"validation_split", "validationSplit", SettingKind::real, 0.0, 1.0, false, true,
      "Last part of the images kept for validation"},
     &FitSettings::validation_split},
    {{"patience", "patience", SettingKind::count, 0.0, kMaxEpochs, false, false,
      "Epochs without better accuracy before an early stop; 0: never"},
     &FitSettings::patience},
}};

/// A value as JSON and JavaScript have it. A seed above 2^53 is a string of digits.
using SettingValue = std::variant<bool, double, std::string>;

/// "a whole number 1..1024", "a number above 0", "true or false", "\"unit\" or \"notebook\""
std::string range_text(const SettingInfo& info);

/// Whether a value has the setting's kind and lies in its range. `what` names the setting in the message:
/// "pretext.batch is 0; give a whole number 1..1024".
Status check_value(const SettingInfo& info, std::string_view what, const SettingValue& value);

/// Where a setting's value is.
using SettingRef = std::variant<std::uint32_t*, std::uint64_t*, float*, bool*, Preset*, const PretextTask**>;
template <class Owner>
SettingRef ref(const Setting<Owner>& setting, Owner& owner) {
  return std::visit([&owner](auto member) { return SettingRef(&(owner.*member)); }, setting.member);
}

/// The present value.
SettingValue value_of(const SettingRef& setting);
template <class Owner>
SettingValue value_of(const Setting<Owner>& setting, const Owner& owner) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): value_of() only reads
  return value_of(ref(setting, const_cast<Owner&>(owner)));
}

/// Sets a checked value; on failure nothing is changed. `what` names the setting in the message.
Status set_value(const SettingInfo& info, std::string_view what, const SettingValue& value, const SettingRef& setting);
template <class Owner>
Status set_value(const Setting<Owner>& setting, std::string_view what, const SettingValue& value, Owner& owner) {
  return set_value(setting.info, what, value, ref(setting, owner));
}

/// Sets one entry by its path: "seed", "preset", "labels", "pretext.task", "pretext.batch", "arms.random.learningRate"
/// (or without "arms."). A name is either of the table's two. Fails on an unknown path (the message lists the known
/// names), a wrong type and a value out of range.
Status set(ExperimentSettings& settings, std::string_view path, const SettingValue& value);

/// One entry of settings by its path.
struct SettingEntry {
  std::string path;
  SettingValue value;
};
/// Sets all; stops at the first fault.
Status set(ExperimentSettings& settings, std::span<const SettingEntry> entries);

/// Whether set() knows the path.
bool is_setting(std::string_view path);

/// Whether every value lies in its range; the message names the first that does not.
Status check(const ExperimentSettings& settings);

}  // namespace quarterturn
