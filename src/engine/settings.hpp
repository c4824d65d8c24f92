// Settings by name: a list of paths and values, as every caller can give it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.hpp"
#include "training/experiment.hpp"

namespace quarterturn {

using SettingValue = std::variant<bool, double, std::string>;

/// A path such as "seed", "pretext.batch" or "arms.random.learningRate". Without a value it is a group that was given
/// without entries: "pretext", "arms", "arms.random".
struct Setting {
  std::string path;
  std::optional<SettingValue> value;
};
using SettingList = std::vector<Setting>;

/// Gives the setting at `path` a value. Unknown paths, wrong types and numbers outside of the type's range are errors
/// that name the path; whether an experiment can run with the values is Experiment::check's to say.
Status set(ExperimentSettings& settings, std::string_view path, const SettingValue& value);

/// All of a list; the first fault is the answer. A group without entries must be one that there is.
Status set_all(ExperimentSettings& settings, const SettingList& list);

}  // namespace quarterturn
