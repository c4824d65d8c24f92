// The whole experiment as a resumable state machine: pretext task, then three arms, then the tests.
//
// advance(milliseconds) does work for about that long and returns what happened; between two calls the caller may
// predict, save, pause (by not calling), change the learning rate or drop the object. Nothing blocks longer than one
// training step beyond the budget. The sequence of weights does not depend on how the work was sliced.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "data/dataset.hpp"
#include "models/networks.hpp"
#include "pretext/task.hpp"
#include "training/results.hpp"
#include "training/settings.hpp"

namespace quarterturn {

/// Where the experiment stands.
struct Progress {
  Run run = Run::pretext;   ///< the present run; the last one when all is finished
  bool finished = false;    ///< all runs are
  bool failed = false;      ///< see Experiment::failure()
  std::uint32_t epoch = 0;  ///< finished epochs of the present run
  std::uint32_t epochs = 0;
  std::uint32_t step = 0;  ///< finished steps of the present epoch
  std::uint32_t steps = 0;
  double loss = 0.0;  ///< running means of the present epoch
  double accuracy = 0.0;
  double images_per_second = 0.0;  ///< of the latest steps
  double remaining_seconds = 0.0;  ///< of the present run at that speed, early stopping not foreseen

  /// Nothing is left to do, well or not.
  [[nodiscard]] bool over() const { return finished || failed; }
  [[nodiscard]] bool in(Run which) const { return !over() && run == which; }
  /// The name of the present run, "finished" or "failed".
  [[nodiscard]] std::string_view phase() const {
    return finished ? std::string_view("finished") : failed ? std::string_view("failed") : name(run);
  }
};

class Experiment {
 public:
  /// Whether these settings can run on these data; the message names what cannot.
  static Status check(const DataSource& data, const ExperimentSettings& settings);
  /// `data` must outlive the experiment. Fails on settings that cannot run (the message names the setting).
  static Result<std::unique_ptr<Experiment>> create(Compute& compute, const DataSource& data,
                                                    const ExperimentSettings& settings);

  /// Keeps the finished pretext run and begins the arms again under these settings: bit by bit the run that they give
  /// from the start. Fails, and changes nothing, where the pretext run is not finished, or where a setting that it
  /// depends on differs (the message names it).
  Status with_arms(const ExperimentSettings& settings);

  /// Works for about `milliseconds` (at least one step). A loss or a weight that is not finite ends the run: it has
  /// failed, and its weights, optimiser and place are again those of its last epoch's end, or of its beginning where
  /// that end was not valid itself.
  Advance advance(double milliseconds);
  /// Exactly one training step (or the work between two runs).
  Advance step();

  [[nodiscard]] Progress progress() const;
  [[nodiscard]] const ExperimentSettings& settings() const;
  [[nodiscard]] const Splits& splits() const;
  /// What was changed in the settings given so that they can run, one line; empty: nothing.
  [[nodiscard]] std::string_view note() const;
  /// Why a run has failed; empty otherwise.
  [[nodiscard]] std::string_view failure() const;
  /// How a failed run can go on; null where nothing has failed, or where a lower rate would not help because the
  /// weights that it went back to already give a loss that is not finite.
  [[nodiscard]] const Recovery* recovery() const;
  /// Lets the failed run go on from where it went back to, at this learning rate.
  Status go_on(float rate);
  [[nodiscard]] std::span<const EpochRecord> history(Run run) const;
  /// Epoch after which EarlyStopping ended the run; 0 where it did not.
  [[nodiscard]] std::uint32_t stopped_early(Run run) const;
  /// Results of an arm (not of pretext); null until it has been tested.
  [[nodiscard]] const ArmResult* result(Run arm) const;
  /// The pretext task: all variants of the first 2,000 test images, once pretext has ended; null before.
  [[nodiscard]] const TestResult* pretext_result() const;
  [[nodiscard]] const PretextTask& task() const { return *settings().pretext_task; }
  /// The task's maps, in the order of its classes.
  [[nodiscard]] std::span<const PixelMap> maps() const;

  /// New learning rate from the next step on; settings() has it from then on. Ignored unless finite and above 0.
  void set_learning_rate(Run run, float rate);
  /// Whether a rate was changed after its run's first step: then the settings alone no longer reproduce the weights.
  [[nodiscard]] bool rate_changed_midway() const;

  /// The arithmetic family in which the weights were made: "fused", "unfused", or "mixed" for a run that was resumed on
  /// the other family: then no settings reproduce the weights.
  [[nodiscard]] std::string_view arithmetic() const;

  /// The pretext network.
  [[nodiscard]] const Network& rotnet() const;
  /// The arm's whole classifier (trunk and head). Before its run began: its initial weights; for self_supervised the
  /// trunk is the pretext network's present one.
  [[nodiscard]] Network classifier(Run arm) const;
  /// Softmax of all networks on one image: that of the pretext network on it as it is, by variant, and [10] for each
  /// arm in the order of Run.
  struct Prediction {
    std::vector<float> pretext;
    std::array<std::array<float, kDigits>, 3> arms;
  };
  Prediction predict(std::span<const std::uint8_t> image);

  /// 16 hexadecimal digits over every weight and every epoch record: the same for one seed, data set, settings and
  /// arithmetic family, whatever the threads, lanes and slices.
  [[nodiscard]] std::string signature() const;

  /// Hash of every pixel and label of the data.
  [[nodiscard]] std::uint64_t data_fingerprint() const;

  /// Weights, optimiser state, history and position as one safetensors file; restore() goes on to the same signature.
  [[nodiscard]] std::vector<std::uint8_t> checkpoint() const;
  Status restore(std::span<const std::uint8_t> checkpoint);
  /// Weights alone (safetensors, plain names: "rotnet.conv1.kernel", "supervised.head.bias", ...).
  [[nodiscard]] std::vector<std::uint8_t> save_weights() const;
  /// Initial weights for a run that has not begun; tensors that the file lacks keep their seeded values. Names the
  /// tensor and the shape at fault; on failure nothing is changed.
  Status load_weights(std::span<const std::uint8_t> safetensors);

  ~Experiment();

  struct State;  // training/experiment_state.hpp

 private:
  explicit Experiment(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace quarterturn
