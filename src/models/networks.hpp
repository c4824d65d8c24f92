// The networks of the experiment. Each is one struct over one aligned parameter buffer; all arithmetic goes through
// a Compute (instruction set, worker team, workspaces), so a network is data and can be copied, saved and compared.
//
// A reader of the notebook finds: model_pretext = RotNet; model_downstream and model_rand = a Trunk whose features feed
// a Head; model_sup = Classifier (the same trunk and head, everything trainable).
#pragma once

#include <cstdint>
#include <span>

#include "core/aligned_buffer.hpp"
#include "core/philox.hpp"
#include "models/batch.hpp"
#include "models/compute.hpp"
#include "models/tensor_info.hpp"
#include "optim/optimizers.hpp"

namespace quarterturn {

inline constexpr std::size_t kTurns = 4;
inline constexpr std::size_t kDigits = 10;
inline constexpr std::size_t kFeatures = 288;                 ///< 3x3x32, NHWC order
inline constexpr std::size_t kTrunkParameters = 640 + 18464;  ///< conv1, conv2

/// Conv 64 s2 - pool - conv 32 - pool - conv 16 s2 - dense 4. 23,988 parameters; the first kTrunkParameters are the
/// trunk.
class RotNet {
 public:
  static constexpr std::size_t kParameters = 23988;
  static std::span<const TensorInfo> tensors();
  static std::span<const LayerInfo> layers();

  /// Glorot-uniform kernels, zero biases.
  explicit RotNet(std::uint64_t seed, RandomPurpose purpose = RandomPurpose::pretext_weights);

  std::span<float> parameters() { return parameters_.span(); }
  [[nodiscard]] std::span<const float> parameters() const { return parameters_.span(); }

  /// Forward, backward and one Adam step on the mean cross-entropy of the batch (labels = quarter turns 0..3).
  /// 1..kMaxBatch rows. The result is that of the forward pass, before the step.
  BatchResult train_step(Compute& compute, const ImageBatch& batch, Adam& optimizer);
  /// The gradient alone, [kParameters], of the mean loss.
  BatchResult gradient(Compute& compute, const ImageBatch& batch, std::span<float> gradient) const;
  /// Loss and accuracy with fixed weights, any number of rows.
  BatchResult evaluate(Compute& compute, const ImageBatch& batch) const;
  /// Softmax probabilities [rows][4], any number of rows; where wanted also the trunk's features [rows][288].
  void predict(Compute& compute, const ImageBatch& batch, std::span<float> probabilities,
               std::span<float> features = {}) const;

 private:
  AlignedBuffer<float> parameters_;
};

/// Frozen features of the first two conv+pool stages: [rows][288]. `trunk` = kTrunkParameters floats.
void extract_features(Compute& compute, std::span<const float> trunk, const ImageBatch& batch,
                      std::span<float> features);

/// Dense 10, softmax on 288 features: 2,890 parameters.
class Head {
 public:
  static constexpr std::size_t kParameters = 2890;
  static std::span<const TensorInfo> tensors();

  Head(std::uint64_t seed, RandomPurpose purpose);

  std::span<float> parameters() { return parameters_.span(); }
  [[nodiscard]] std::span<const float> parameters() const { return parameters_.span(); }

  BatchResult train_step(Compute& compute, const FeatureBatch& batch, Sgd& optimizer);
  BatchResult gradient(Compute& compute, const FeatureBatch& batch, std::span<float> gradient) const;
  BatchResult evaluate(Compute& compute, const FeatureBatch& batch) const;
  /// Softmax probabilities [rows][10].
  void predict(Compute& compute, const FeatureBatch& batch, std::span<float> probabilities) const;

 private:
  AlignedBuffer<float> parameters_;
};

/// The supervised network, and the container of the other arms' weights: trunk (19,104) then head (2,890) = 21,994.
class Classifier {
 public:
  static constexpr std::size_t kParameters = kTrunkParameters + Head::kParameters;
  static std::span<const TensorInfo> tensors();
  /// `trainable_trunk` false gives the frozen arms' table (2,890 trainable).
  static std::span<const LayerInfo> layers(bool trainable_trunk);

  explicit Classifier(std::uint64_t seed, RandomPurpose purpose = RandomPurpose::supervised_weights);

  std::span<float> parameters() { return parameters_.span(); }
  [[nodiscard]] std::span<const float> parameters() const { return parameters_.span(); }

  /// Forward, backward and one SGD step through all layers (labels = digits 0..9).
  BatchResult train_step(Compute& compute, const ImageBatch& batch, Sgd& optimizer);
  BatchResult gradient(Compute& compute, const ImageBatch& batch, std::span<float> gradient) const;
  BatchResult evaluate(Compute& compute, const ImageBatch& batch) const;
  /// Softmax probabilities [rows][10].
  void predict(Compute& compute, const ImageBatch& batch, std::span<float> probabilities) const;

 private:
  AlignedBuffer<float> parameters_;
};

}  // namespace quarterturn
