// The experiment's networks, plain and in double precision, over one parameter buffer in the order of
// models/networks.hpp: conv1.kernel [3][3][1][64], conv1.bias [64], conv2.kernel [3][3][64][32], conv2.bias [32], then
//   RotNet:     conv3.kernel [3][3][32][16], conv3.bias [16], dense.kernel [64][classes], dense.bias [classes]
//   Classifier: head.kernel [288][10], head.bias [10]
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "data/dataset.hpp"
#include "reference/optimizers.hpp"
#include "reference/softmax_cross_entropy.hpp"

namespace quarterturn::reference {

inline constexpr std::size_t kTrunkParameters = 19104;
inline constexpr std::size_t kRotNetParameters = 23988;
inline constexpr std::size_t kHeadParameters = 2890;
inline constexpr std::size_t kClassifierParameters = kTrunkParameters + kHeadParameters;
inline constexpr std::size_t kFeatures = 288;

/// What enters a network: input [rows][28][28][1] and one label a row (none where no loss is wanted).
struct Batch {
  std::vector<double> input;
  std::vector<std::uint8_t> labels;

  [[nodiscard]] std::size_t rows() const { return input.size() / kImagePixels; }
};

/// Row r is image `image[r]` of `pixels` [count][28][28], turned by `turn[r]` quarter turns counter-clockwise as
/// numpy.rot90 does (empty: nothing is turned).
Batch make_batch(const std::uint8_t* pixels, std::span<const std::uint32_t> image, std::span<const std::uint8_t> turn,
                 std::span<const std::uint8_t> labels, Preset preset);

/// Activations of the two conv + ReLU + pool stages that all networks share, as the backward pass needs them.
struct Trunk {
  std::size_t rows = 0;
  std::vector<double> conv1;          ///< after ReLU, [rows][14][14][64]
  std::vector<double> pool1;          ///< [rows][7][7][64]
  std::vector<std::uint8_t> winner1;  ///< as pool1
  std::vector<double> conv2;          ///< after ReLU, [rows][7][7][32]
  std::vector<double> pool2;          ///< [rows][3][3][32]: the features
  std::vector<std::uint8_t> winner2;  ///< as pool2
};

/// `parameters`: the first kTrunkParameters of a network's.
Trunk trunk_forward(std::span<const double> parameters, std::span<const double> input);
/// Overwrites the first kTrunkParameters of `gradient`; `features_gradient` [rows][288].
void trunk_backward(std::span<const double> parameters, std::span<const double> input, const Trunk& trunk,
                    std::span<const double> features_gradient, std::span<double> gradient);

/// Parameters of a RotNet that tells `classes` variants apart.
constexpr std::size_t rotnet_parameters(std::size_t classes) { return 23728 + 65 * classes; }
static_assert(rotnet_parameters(4) == kRotNetParameters);

/// Conv 64 s2 - pool - conv 32 - pool - conv 16 s2 - dense `classes`.
struct RotNet {
  std::size_t classes = 4;
  std::vector<double> parameters = std::vector<double>(rotnet_parameters(classes));

  /// [rows][classes]
  [[nodiscard]] std::vector<double> logits(const Batch& batch) const;
  /// [rows][288]
  [[nodiscard]] std::vector<double> features(const Batch& batch) const;
  [[nodiscard]] Loss loss(const Batch& batch) const;
  /// Loss, and the gradient [parameters] of its mean over the batch.
  Loss gradient(const Batch& batch, std::span<double> gradient) const;
  /// Gradient and one step; the loss is that before the step.
  Loss train_step(const Batch& batch, Adam& optimizer);
};

/// Dense 10 on features [rows][288].
struct Head {
  std::vector<double> parameters = std::vector<double>(kHeadParameters);

  /// [rows][10]
  [[nodiscard]] std::vector<double> logits(std::span<const double> features) const;
  [[nodiscard]] Loss loss(std::span<const double> features, std::span<const std::uint8_t> labels) const;
  Loss gradient(std::span<const double> features, std::span<const std::uint8_t> labels,
                std::span<double> gradient) const;
  Loss train_step(std::span<const double> features, std::span<const std::uint8_t> labels, Sgd& optimizer);
};

/// Trunk and head in one buffer, everything trainable.
struct Classifier {
  std::vector<double> parameters = std::vector<double>(kClassifierParameters);

  /// [rows][10]
  [[nodiscard]] std::vector<double> logits(const Batch& batch) const;
  /// [rows][288]
  [[nodiscard]] std::vector<double> features(const Batch& batch) const;
  [[nodiscard]] Loss loss(const Batch& batch) const;
  Loss gradient(const Batch& batch, std::span<double> gradient) const;
  Loss train_step(const Batch& batch, Sgd& optimizer);
  Loss train_step(const Batch& batch, Adam& optimizer);
};

}  // namespace quarterturn::reference
