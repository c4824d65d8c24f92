// The training runs that an experiment can make: the pretext task, and the arms, which read digits. One table: an arm
// is its name in Run and its line in kRunTable; settings, checkpoints, command line, reports and bindings read it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "core/philox.hpp"
#include "models/network_kind.hpp"
#include "optim/optimizers.hpp"

namespace quarterturn {

/// A place in kRunTable.
enum class Run : std::uint8_t {
  pretext,
  self_supervised,
  random,
  supervised,
  supervised_adam,
  fine_tuned,
  fine_tuned_adam
};

/// Settings of one training run.
struct FitSettings {
  std::uint32_t batch = 0;
  std::uint32_t epochs = 50;  ///< 0: not trained, only tested
  float learning_rate = 0.001F;
  bool shuffle = false;
  float validation_split = 0.0F;  ///< the last part, taken before any shuffling
  std::uint32_t patience = 0;     ///< EarlyStopping on training accuracy, strictly better counts; 0: never stop early
};

/// Whose trunk makes the features that a run reads, and whether it trains that trunk.
enum class FeatureSource : std::uint8_t {
  all,        ///< its own, trained from fresh weights
  pretext,    ///< the pretext network's, frozen
  untrained,  ///< fresh weights, frozen
  fine_tuned  ///< its own, trained from the pretext network's weights
};

/// What a run is, and its default settings.
struct RunSpec {
  std::string_view name;  ///< in settings, files and answers
  FeatureSource features;
  OptimizerKind optimizer;
  RandomPurpose weights;  ///< random stream of the initial weights
  RandomPurpose shuffle;  ///< and of the orders
  FitSettings defaults;

  /// Only a new last layer is trained.
  [[nodiscard]] constexpr bool frozen() const {
    return features == FeatureSource::pretext || features == FeatureSource::untrained;
  }
};

inline constexpr FitSettings kWholeNetworkFit{32, 50, 0.001F, true, 0.2F, 7};

/// By Run. Arms that train the whole network begin with the same head and see the same orders: they differ in their
/// trunk's first weights and in the optimiser alone.
inline constexpr auto kRunTable = std::to_array<RunSpec>({
    {"pretext", FeatureSource::all, OptimizerKind::adam, RandomPurpose::pretext_weights, RandomPurpose::pretext_shuffle,
     FitSettings{192, 50, 0.001F, false, 0.0F, 0}},
    {"self_supervised", FeatureSource::pretext, OptimizerKind::sgd, RandomPurpose::self_supervised_head_weights,
     RandomPurpose::self_supervised_shuffle, FitSettings{64, 50, 0.001F, true, 0.2F, 7}},
    {"random", FeatureSource::untrained, OptimizerKind::sgd, RandomPurpose::random_head_weights,
     RandomPurpose::random_shuffle, FitSettings{32, 50, 0.001F, true, 0.2F, 7}},
    {"supervised", FeatureSource::all, OptimizerKind::sgd, RandomPurpose::supervised_weights,
     RandomPurpose::supervised_shuffle, kWholeNetworkFit},
    {"supervised_adam", FeatureSource::all, OptimizerKind::adam, RandomPurpose::supervised_weights,
     RandomPurpose::supervised_shuffle, kWholeNetworkFit},
    {"fine_tuned", FeatureSource::fine_tuned, OptimizerKind::sgd, RandomPurpose::supervised_weights,
     RandomPurpose::supervised_shuffle, kWholeNetworkFit},
    {"fine_tuned_adam", FeatureSource::fine_tuned, OptimizerKind::adam, RandomPurpose::supervised_weights,
     RandomPurpose::supervised_shuffle, kWholeNetworkFit},
});
inline constexpr std::size_t kRuns = kRunTable.size();
static_assert(kRuns == static_cast<std::size_t>(Run::fine_tuned_adam) + 1);

constexpr const RunSpec& spec_of(Run run) { return kRunTable[static_cast<std::size_t>(run)]; }

inline constexpr auto kAllRuns = [] {
  std::array<Run, kRuns> runs{};
  for (std::size_t i = 0; i < kRuns; ++i) runs[i] = static_cast<Run>(i);
  return runs;
}();
/// The runs that read digits.
inline constexpr std::span<const Run> kArms = std::span(kAllRuns).subspan(1);

/// "pretext", "self_supervised", ...
constexpr std::string_view name(Run run) { return spec_of(run).name; }
/// The inverse; nothing where there is no such run.
std::optional<Run> run_named(std::string_view text);

/// The network that a run trains.
constexpr NetworkKind network_of(Run run) {
  if (run == Run::pretext) return NetworkKind::pretext;
  return spec_of(run).frozen() ? NetworkKind::head : NetworkKind::classifier;
}
/// Before the names of its tensors in files: "rotnet", or the arm's name.
constexpr std::string_view tensor_prefix(Run run) { return run == Run::pretext ? "rotnet" : name(run); }

/// Arms in the order in which they are trained, each once.
class ArmList {
 public:
  constexpr ArmList() = default;
  constexpr ArmList(std::initializer_list<Run> arms) {
    for (const Run arm : arms) add(arm);
  }

  /// False, and nothing is changed, where it is there already or is no arm.
  constexpr bool add(Run arm) {
    if (arm == Run::pretext || has(arm)) return false;
    arms_[count_++] = arm;
    return true;
  }
  [[nodiscard]] constexpr bool has(Run arm) const { return std::find(begin(), end(), arm) != end(); }
  [[nodiscard]] constexpr const Run* begin() const { return arms_.data(); }
  [[nodiscard]] constexpr const Run* end() const { return arms_.data() + count_; }
  [[nodiscard]] constexpr std::size_t size() const { return count_; }
  [[nodiscard]] constexpr bool empty() const { return count_ == 0; }
  friend constexpr bool operator==(const ArmList&, const ArmList&) = default;

 private:
  std::array<Run, kRuns> arms_{};
  std::size_t count_ = 0;
};

/// The notebook's.
inline constexpr ArmList kNotebookArms = {Run::self_supervised, Run::random, Run::supervised};

}  // namespace quarterturn
