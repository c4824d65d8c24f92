// The engine's public face: data, one experiment on them, and looks into its networks. Plain C++: structs and errors
// as values, no printing, nothing of JavaScript. The bindings convert it, native tests and a fuzz target call it.
//
// Words ("train", "rotnet", "keep") and indices are checked here; a fault names the thing and the fix, and leaves
// everything as it was. Methods that need data or an experiment say so where there is none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/activations.hpp"
#include "core/result.hpp"
#include "data/drawing.hpp"
#include "data/generated.hpp"
#include "engine/byte_source.hpp"
#include "engine/reports.hpp"
#include "training/benchmark.hpp"
#include "training/experiment.hpp"
#include "training/probe_run.hpp"
#include "training/settings.hpp"

namespace quarterturn {

/// A setting by its path (training/settings.hpp). Without a value it is a group that was given without entries, such as
/// "arms.random".
struct GivenSetting {
  std::string path;
  std::optional<SettingValue> value;
};
using SettingList = std::vector<GivenSetting>;

struct EngineOptions {
  std::uint64_t threads = 0;   ///< 0: `most_threads`
  unsigned most_threads = 1;   ///< that can be had
  std::string_view isa = {};   ///< as ComputeOptions
  std::size_t heap_bytes = 0;  ///< of a fixed heap, for messages; 0: memory is not limited
  /// Whether an allocation of so many bytes would succeed; large ones are asked for before they are made.
  std::function<bool(std::size_t)> has_room = [](std::size_t) { return true; };
};

/// IDX files; messages call them trainImages, trainLabels, testImages and testLabels.
struct IdxSources {
  const ByteSource* train_images = nullptr;
  const ByteSource* train_labels = nullptr;
  const ByteSource* test_images = nullptr;  ///< both null: the last seventh of the training set is the test set
  const ByteSource* test_labels = nullptr;
};

class Engine {
 public:
  static Result<std::unique_ptr<Engine>> create(const EngineOptions& options);

  [[nodiscard]] EngineInfo info() const;

  // ---- data: loading drops the experiment ----

  /// Generated digits, 11..60,000 and 1..10,000. Most are made later: when something needs them, or by make_more.
  Result<DataInfo> load_generated(std::uint64_t seed, std::uint64_t train_count, std::uint64_t test_count);
  /// Makes some of the generated digits that are still missing; gives whether there are more. For idle time.
  bool make_more();
  /// Files are checked before anything is copied or dropped, and copied once: MNIST's 70,000 images fill most of the
  /// browser's heap. Of larger files the first 60,000 and 10,000 images are loaded.
  Result<DataInfo> load_idx(const IdxSources& files, std::string source);
  /// Puts images ([labels.size()][28][28]) in the places first .. of the training set; `source` names the data then.
  Result<DataInfo> replace_images(std::uint64_t first, std::span<const std::uint8_t> pixels,
                                  std::span<const std::uint8_t> labels, std::string source);
  [[nodiscard]] Result<DataInfo> data_info() const;
  /// data_hash() of the loaded images (data/dataset.hpp); it reads all of them, which takes some milliseconds.
  Result<std::string> data_hash();
  /// One image ([28][28]) of "train" or "test", turned counter-clockwise by 0..3 quarter turns.
  Result<DigitImage> image(std::string_view set, std::uint64_t index, std::uint64_t quarter_turns);
  Result<std::uint8_t> label(std::string_view set, std::uint64_t index);
  struct LabelledImages {
    std::span<const std::uint8_t> pixels;  ///< [count][28][28], valid until other data are loaded
    std::span<const std::uint8_t> labels;
  };
  /// Images first .. first + count - 1, unturned, at most 2,000 at a time.
  Result<LabelledImages> images(std::string_view set, std::uint64_t first, std::uint64_t count);

  // ---- the experiment ----

  /// Begins an experiment; what the list leaves out is as in the notebook.
  Status start(const SettingList& settings);
  /// Keeps the trained rotation network and begins the arms again with these settings; what the list leaves out is as
  /// it is now. Seed, preset and the settings of the pretext task cannot change, the list of arms can. Gives, bit by
  /// bit, the run that these settings give from the start.
  Status with_arms(const SettingList& settings);
  [[nodiscard]] Result<SettingsReport> settings() const;
  /// Trains for about so many milliseconds, at least one step.
  Result<AdvanceReport> advance(double milliseconds);
  Result<AdvanceReport> step();
  [[nodiscard]] Result<ProgressReport> progress() const;
  [[nodiscard]] Result<std::vector<EpochReport>> history(std::string_view run) const;
  Status set_learning_rate(std::string_view run, double rate);
  /// Lets a failed run go on at this rate.
  Status go_on(double rate);
  [[nodiscard]] Result<ResultsReport> results() const;
  /// The digit that an arm of the list reads in each test image, once it has been tested. Valid until the next call
  /// that changes the experiment.
  [[nodiscard]] Result<std::span<const std::uint8_t>> predicted(std::string_view arm) const;
  /// The first arm's accuracy on the whole test set minus the second's.
  [[nodiscard]] Result<PairedDifference> paired(std::string_view first, std::string_view second) const;
  [[nodiscard]] Result<std::string> signature() const;

  // ---- looks into the networks ----

  Result<Experiment::Prediction> predict(std::span<const std::uint8_t> pixels);
  /// Softmax of the pretext network on all variants of `count` images (1,024 variants in all at most: 256 images for
  /// turns) from `first` on: [count][variant][class]. weights: "now"; or "keep", which keeps a copy of them; or "kept",
  /// that copy, so that parts of one examination agree though training goes on between them.
  Result<std::vector<float>> variants(std::string_view set, std::uint64_t first, std::uint64_t count,
                                      std::string_view weights);
  /// All pretext tasks; the first is the default.
  [[nodiscard]] Result<std::vector<TaskReport>> tasks() const;
  /// The image ([28][28]) as a class of a pretext task shows it.
  [[nodiscard]] Result<DigitImage> variant(std::string_view task, std::uint64_t variant,
                                           std::span<const std::uint8_t> pixels) const;
  /// Both stages of the trunk of "rotnet" or an arm on one image, turned.
  [[nodiscard]] Result<Activations> activations(std::string_view network, std::span<const std::uint8_t> pixels,
                                                std::uint64_t quarter_turns) const;
  /// A drawing ([height][width] grey values, ink light) as the networks see it.
  [[nodiscard]] Result<DigitImage> centre_drawing(std::span<const std::uint8_t> grey, std::uint64_t width,
                                                  std::uint64_t height) const;
  [[nodiscard]] Result<std::vector<LayerReport>> layers(std::string_view network) const;
  /// Whose trunk makes features: the present rotation network's (nothing), the untrained one ("random"), or weights
  /// [19104].
  struct Trunk {
    std::string_view name = {};
    std::optional<std::span<const float>> weights = std::nullopt;
  };
  /// The 288 features of each image ([count][28][28]), at most 2,000 at a time: [count][288].
  Result<std::vector<float>> features(std::span<const std::uint8_t> images, const Trunk& trunk) const;
  /// Two directions in which points ([rows][288], at most 4,000) are best looked at: their principal components or,
  /// with a label for each, their linear discriminants.
  [[nodiscard]] Result<AxesReport> axes(std::span<const float> points,
                                        std::optional<std::span<const std::uint8_t>> labels) const;

  // ---- the exact linear probe: one at a time, in pieces between which training may go on (training/probe_run.hpp)
  // ----

  /// `features`: "pretext", "untrained" or an arm of the list that trains its own trunk, which is copied as it is now,
  /// or "pixels"; `labels`: how many of the first labelled images, for each budget. Drops the probe before. So do
  /// other data and another experiment.
  Status begin_probe(std::string_view features, std::span<const std::uint32_t> labels, std::optional<double> penalty,
                     std::optional<std::uint64_t> draws);
  /// Works for about that long, at least one piece of some milliseconds.
  Result<ProbeProgress> advance_probe(double milliseconds);
  /// Once advance_probe() has said that it is done.
  [[nodiscard]] Result<ProbeReport> probe_result() const;

  /// Weights by name, such as "rotnet.conv1.kernel" or "supervised.head.bias".
  [[nodiscard]] Result<std::vector<float>> tensor(std::string_view name) const;

  // ---- saving ----

  [[nodiscard]] Result<std::vector<std::uint8_t>> save_weights() const;
  Status load_weights(std::span<const std::uint8_t> file);
  Result<std::vector<std::uint8_t>> checkpoint();
  Status restore(std::span<const std::uint8_t> file);

  /// Times one piece of the experiment on the loaded training images (training/benchmark.hpp).
  Result<Timing> benchmark(std::string_view piece, double seconds);

 private:
  struct Place {
    const Dataset* set;
    std::size_t index;
  };

  Engine(const EngineOptions& options, std::unique_ptr<Compute> compute);

  /// An arm of the present experiment.
  [[nodiscard]] Result<Run> find_arm(std::string_view name, bool or_pretext = false) const;
  Result<Place> find(std::string_view set, std::uint64_t index, std::size_t count);
  Status make_room(std::size_t train, std::size_t test);
  DataInfo take(DataSource data, std::size_t train_available, std::size_t test_available);
  [[nodiscard]] Error no_room(MessageCode code) const;
  void make(std::size_t count);
  void make_all();
  [[nodiscard]] bool first_step_is_ready() const;
  Status load_file(std::span<const std::uint8_t> file, Status (Experiment::*how)(std::span<const std::uint8_t>));

  std::function<bool(std::size_t)> has_room_;
  std::size_t heap_bytes_;
  std::unique_ptr<Compute> compute_;
  std::unique_ptr<DataSource> data_;
  std::optional<GeneratedDigits> generated_;  // while some are missing
  std::size_t train_available_ = 0;
  std::size_t test_available_ = 0;
  std::unique_ptr<Experiment> experiment_;
  std::optional<Network> kept_;
  ProbeReport probed_;  // what the probe is about
  std::unique_ptr<ProbeRun> probe_;
};

}  // namespace quarterturn
