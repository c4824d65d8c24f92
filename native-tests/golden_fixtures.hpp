// The golden runs of native-tests/golden: Keras' figures, the weights they began with, and its images.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/hash.hpp"
#include "data/dataset.hpp"
#include "data/idx.hpp"
#include "data/native/files.hpp"

namespace quarterturn::golden {

using Rows = std::vector<std::vector<double>>;

/// What Keras found: {loss, accuracy} of each training step before it was made, and of an arm also
/// {loss, accuracy, validation loss, validation accuracy} of each epoch.
struct Figures {
  Rows steps;
  Rows epochs;
};

/// How far Keras in float32 goes astray when its first weights are moved by 1e-6 relative, the rounding noise of a fast
/// kernel: for every loss of such a row the largest relative difference in ten runs.
struct Perturbed {
  Rows steps;
  Rows epochs;
  double end = 0.0;  ///< of a pretext run's last weights, as a part of the way from the first
};

/// Largest relative distance from Keras in float32 that the loss may have in Keras in float64 or perturbed for an arm's
/// step to be compared with kLossTolerance: a float32 program rounds in every step, the perturbed runs are only begun
/// with noise.
inline constexpr double kSteady = 2e-5;
/// The same for the pretext runs, of which all steps are compared: half the tolerance.
inline constexpr double kSteadyPretext = 5e-5;
inline constexpr double kLossTolerance = 1e-4;

/// One run of golden.json. With raw pixels (preset notebook) the learning rate of the frozen arms is far too large for
/// features of that size; such a run amplifies rounding errors until no two float32 programs agree, nor Keras with
/// itself.
struct Run {
  std::size_t batch = 0;
  Figures float32;
  Figures float64;
  Perturbed perturbed;

  /// Whether every loss of a row stays within `limit`; `differences`: the row of Perturbed.
  static bool steady(const std::vector<double>& plain, const std::vector<double>& exact,
                     const std::vector<double>& differences, double limit) {
    for (std::size_t i = 0; i < differences.size(); ++i) {
      if (differences[i] > limit || std::abs(exact[2 * i] - plain[2 * i]) > limit * std::abs(plain[2 * i]))
        return false;
    }
    return true;
  }
  /// Leading steps on which Keras agrees with itself, in float64 and perturbed.
  [[nodiscard]] std::size_t steady_steps(double limit = kSteady) const {
    std::size_t step = 0;
    while (step < float32.steps.size() &&
           steady(float32.steps[step], float64.steps[step], perturbed.steps[step], limit)) {
      ++step;
    }
    return step;
  }
  /// Whether it does so in an epoch (from 0), its validation, and all before.
  [[nodiscard]] bool steady_epoch(std::size_t epoch) const {
    const std::size_t steps_an_epoch = float32.steps.size() / float32.epochs.size();
    if (steady_steps() < (epoch + 1) * steps_an_epoch) return false;
    for (std::size_t e = 0; e <= epoch; ++e) {
      if (!steady(float32.epochs[e], float64.epochs[e], perturbed.epochs[e], kSteady)) return false;
    }
    return true;
  }
};

using Tensors = std::map<std::string, std::vector<float>>;

inline std::filesystem::path folder() {
  return std::filesystem::path(QUARTERTURN_SOURCE_DIR) / "native-tests" / "golden";
}

inline std::vector<char> read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path << " cannot be read";
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Every tensor of a float32 safetensors file: 8 bytes of header length, a JSON header, the data.
inline Tensors read_safetensors(const std::filesystem::path& path) {
  Tensors tensors;
  const std::vector<char> bytes = read_bytes(path);
  std::uint64_t header_size = 0;
  if (bytes.size() < 8) return tensors;
  std::memcpy(&header_size, bytes.data(), 8);
  const char* data = bytes.data() + 8 + header_size;
  const nlohmann::json header = nlohmann::json::parse(bytes.data() + 8, data);
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") continue;
    EXPECT_EQ(entry.at("dtype").get<std::string>(), "F32") << name;
    const auto first = entry.at("data_offsets").at(0).get<std::size_t>();
    const auto last = entry.at("data_offsets").at(1).get<std::size_t>();
    std::vector<float> values((last - first) / sizeof(float));
    std::memcpy(values.data(), data + first, last - first);
    tensors[name] = std::move(values);
  }
  return tensors;
}

/// The tensors `prefix`.{conv1.kernel, conv1.bias, ...} of `layers` one behind the other: a network's parameter buffer.
inline std::vector<float> parameters(const Tensors& tensors, const std::string& prefix,
                                     std::initializer_list<const char*> layers) {
  std::vector<float> all;
  for (const char* layer : layers) {
    for (const char* part : {".kernel", ".bias"}) {
      const auto found = tensors.find(prefix + "." + layer + part);
      EXPECT_NE(found, tensors.end()) << prefix << "." << layer << part << " is missing";
      if (found != tensors.end()) all.insert(all.end(), found->second.begin(), found->second.end());
    }
  }
  return all;
}

inline Tensors initial(const std::string& biases) {
  return read_safetensors(folder() / ("initial_" + biases + ".safetensors"));
}

inline Tensors trained(const std::string& biases, const std::string& preset) {
  return read_safetensors(folder() / ("trained_" + biases + "_" + preset + ".safetensors"));
}

inline std::vector<float> rotnet_parameters(const Tensors& tensors) {
  return parameters(tensors, "rotnet", {"conv1", "conv2", "conv3", "dense"});
}

/// Whether an arm trains its trunk too.
inline bool trains_trunk(const std::string& arm) { return arm.starts_with("supervised"); }

/// Trunk and head with which Keras began an arm; the self-supervised trunk is the one that Keras' pretext run left.
inline std::vector<float> arm_parameters(const std::string& arm, const std::string& biases, const std::string& preset) {
  if (arm == "supervised_adam") return parameters(initial("adam"), biases, {"conv1", "conv2", "head"});
  if (arm != "self_supervised") return parameters(initial(biases), arm, {"conv1", "conv2", "head"});
  std::vector<float> all = parameters(trained(biases, preset), "rotnet", {"conv1", "conv2"});
  const std::vector<float> head = parameters(initial(biases), arm, {"head"});
  all.insert(all.end(), head.begin(), head.end());
  return all;
}

/// One entry of a list of runs.
inline Run run_of(const nlohmann::json& entry) {
  const nlohmann::json& figures = entry.at("figures");
  const auto read = [&](const char* kind) {
    const nlohmann::json& rows = figures.at(kind);
    return Figures{rows.at("steps").get<Rows>(), rows.value("epochs", Rows{})};
  };
  const nlohmann::json& perturbed = figures.at("perturbed");
  return {entry.at("batch").get<std::size_t>(), read("float32"), read("float64"),
          Perturbed{perturbed.at("steps").get<Rows>(), perturbed.value("epochs", Rows{}), perturbed.value("end", 0.0)}};
}

/// golden.json, supervised_adam.json, and the images, which must have the hash of those that Keras saw. They are
/// stored, so that the runs do not depend on the version of the digit generator.
struct Fixtures {
  nlohmann::json json;
  Dataset images;
  std::size_t pretext_count = 0;
  bool images_match = false;

  static const Fixtures& get() {
    static const Fixtures fixtures;
    return fixtures;
  }

  [[nodiscard]] Run run(const std::string& name, const std::string& biases, const std::string& preset) const {
    for (const nlohmann::json& entry : json.at("runs")) {
      if (entry.at("run") == name && entry.at("biases") == biases && entry.at("preset") == preset) {
        return run_of(entry);
      }
    }
    ADD_FAILURE() << "there is no golden run " << name << ", " << biases << " biases, preset " << preset;
    return {};
  }

 private:
  Fixtures() {
    const std::vector<char> text = read_bytes(folder() / "golden.json");
    json = nlohmann::json::parse(text.begin(), text.end());
    const std::vector<char> adam = read_bytes(folder() / "supervised_adam.json");
    nlohmann::json more = nlohmann::json::parse(adam.begin(), adam.end());
    for (nlohmann::json& run : more.at("runs")) json.at("runs").push_back(std::move(run));
    const nlohmann::json& made_from = json.at("images");
    pretext_count = made_from.at("pretext").get<std::size_t>();
    auto pixels = load_idx_images((folder() / "images-idx3-ubyte.gz").string());
    const auto labels = read_maybe_gzip((folder() / "labels-idx1-ubyte.gz").string());
    if (!pixels.ok() || !labels.ok()) return;
    auto parsed = parse_idx_labels(labels.value(), "labels");
    if (!parsed.ok()) return;
    images.pixels = std::move(pixels).value();
    images.labels = std::move(parsed).value();
    Fnv1a hash;
    hash.add(images.pixels.data(), images.pixels.size());
    hash.add(images.labels.data(), images.labels.size());
    images_match = hash.text() == made_from.at("hash").get<std::string>();
  }
};

/// jigsaw.json: the pretext task with 24 classes, from the first images of the same.
struct Jigsaw {
  std::size_t images = 0;
  std::map<std::string, Run> runs;  ///< by preset
  std::vector<float> start;

  Jigsaw() {
    const std::vector<char> text = read_bytes(folder() / "jigsaw.json");
    const nlohmann::json json = nlohmann::json::parse(text.begin(), text.end());
    images = json.at("images").get<std::size_t>();
    for (const nlohmann::json& entry : json.at("runs")) runs[entry.at("preset").get<std::string>()] = run_of(entry);
    start = rotnet_parameters(initial("jigsaw"));
  }
};

/// The rotation set in the notebook's row order: images 1, 2, ..., n-1, 0, four turns each; or that of another pretext
/// task.
struct RotationRows {
  std::vector<std::uint32_t> image;
  std::vector<std::uint8_t> turn;

  explicit RotationRows(std::size_t images, std::uint8_t classes = 4) {
    for (std::size_t i = 1; i <= images; ++i) {
      for (std::uint8_t k = 0; k < classes; ++k) {
        image.push_back(static_cast<std::uint32_t>(i % images));
        turn.push_back(k);
      }
    }
  }
};

/// The arms' images: 800 to train on, then 200 for validation, in order.
struct ArmRows {
  static constexpr std::size_t kTrain = 800;
  static constexpr std::size_t kAll = 1000;
  std::vector<std::uint32_t> image = std::vector<std::uint32_t>(kAll);
  std::span<const std::uint8_t> label;

  explicit ArmRows(const Fixtures& fixtures)
      : label(std::span(fixtures.images.labels).subspan(fixtures.pretext_count, kAll)) {
    std::iota(image.begin(), image.end(), static_cast<std::uint32_t>(fixtures.pretext_count));
  }
};

/// Compares the sums over `rows` rows with Keras' means: `loss` within `tolerance` relative; `rows_off` rows may fall
/// the other way.
inline void expect_near(double loss, double correct, double rows, double keras_loss, double keras_accuracy,
                        double tolerance, double rows_off, const std::string& what) {
  EXPECT_NEAR(loss / rows, keras_loss, tolerance * std::abs(keras_loss)) << what << ", loss";
  EXPECT_NEAR(correct, keras_accuracy * rows, rows_off + 1e-3) << what << ", rows right";
}

/// (biases, preset) and (arm, biases, preset) of a parameterised test, and their names.
using PretextCase = std::tuple<std::string, std::string>;
using ArmCase = std::tuple<std::string, std::string, std::string>;

inline std::string pretext_name(const ::testing::TestParamInfo<PretextCase>& info) {
  return std::get<0>(info.param) + "_biases_" + std::get<1>(info.param);
}
inline std::string arm_name(const ::testing::TestParamInfo<ArmCase>& info) {
  return std::get<0>(info.param) + "_" + std::get<1>(info.param) + "_biases_" + std::get<2>(info.param);
}

inline Preset preset_of(const std::string& name) { return name == "unit" ? Preset::unit : Preset::notebook; }

/// Ends a test whose images are not those of the fixtures.
#define QUARTERTURN_REQUIRE_GOLDEN_IMAGES()                        \
  ASSERT_TRUE(::quarterturn::golden::Fixtures::get().images_match) \
      << "the images in native-tests/golden are not those of golden.json: run native-tests/golden/remake.sh"

}  // namespace quarterturn::golden
