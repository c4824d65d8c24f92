// What a run has to show, as text and as JSON: the notebook's shapes, layer tables, epochs and accuracies.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "models/compute.hpp"
#include "training/experiment.hpp"

namespace quarterturn::cli {

using Json = nlohmann::ordered_json;

/// Array shapes after loading, under the notebook's names, and the training set of the pretext task.
std::string shapes_text(const Splits& splits, const PretextTask& task);
/// A layer table for each network that `runs` train, trainable and frozen parameters apart.
std::string layers_text(const std::vector<Run>& runs, const PretextTask& task);
/// A table of epochs for each of `runs`.
std::string history_text(const Experiment& experiment, const std::vector<Run>& runs);
/// Accuracy of the pretext task and the arms' accuracies with 95% intervals, on the notebook's images and on the whole
/// test set.
std::string results_text(const Experiment& experiment, const std::vector<Run>& runs, const DataSource& data);
/// Confusion matrices of the pretext task and of the arms on the whole test set.
std::string confusion_text(const Experiment& experiment, const std::vector<Run>& runs);
/// All variants of image `index` of train.
std::string variants_text(const DataSource& data, std::size_t index, const PretextTask& task, std::size_t columns);
/// Picture, stem plot of the arms' probabilities, predicted names and the pretext network's answer for one image.
std::string prediction_text(const std::array<std::uint8_t, kImagePixels>& image,
                            const Experiment::Prediction& prediction, const PretextTask& task,
                            const std::vector<Run>& networks, std::size_t columns);

/// Several seeds: accuracies, mean and standard deviation.
struct SeedResult {
  std::uint64_t seed;
  double pretext;
  std::array<double, kRuns> test;  ///< by Run; pretext unused
  std::array<double, kRuns> full_test;
  std::array<std::size_t, kRuns> epochs;
  std::string signature;
};
SeedResult seed_result(const Experiment& experiment);
std::string seeds_text(const std::vector<SeedResult>& results, const Splits& splits, const DataSource& data,
                       const PretextTask& task);
Json seeds_json(const std::vector<SeedResult>& results, const PretextTask& task);

/// Version, build, instruction set, threads.
Json environment_json(const Compute& compute);
Json data_json(const DataSource& data, const Splits& splits);
/// Settings, history, results and signature of one experiment.
Json run_json(const Experiment& experiment, const std::vector<Run>& runs, const DataSource& data);
/// The four (or fewer) probability vectors of a prediction.
Json prediction_json(const Experiment::Prediction& prediction, const PretextTask& task,
                     const std::vector<Run>& networks);

/// "fused (multiply-add rounds once)"
std::string arithmetic_text(const Compute& compute);
/// "optimised", "with checks", and the compiler.
std::string build_text();
/// JSON text, indented; bytes that are not UTF-8 become replacement characters.
std::string json_text(const Json& json);

}  // namespace quarterturn::cli
