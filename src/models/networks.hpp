// The networks of the experiment over one aligned parameter buffer each; all arithmetic goes through a Compute
// (instruction set, worker team, workspaces), so a network is data and can be moved, saved and compared.
//
// A reader of the notebook finds: model_pretext = Network::pretext; model_downstream and model_rand = a trunk whose
// features (extract_features) feed Network::head; model_sup = Network::classifier (the same trunk and head, everything
// trainable).
#pragma once

#include <cstdint>
#include <span>

#include "core/aligned_buffer.hpp"
#include "core/philox.hpp"
#include "models/architecture.hpp"
#include "models/batch.hpp"
#include "models/compute.hpp"
#include "models/network_kind.hpp"
#include "models/tensor_info.hpp"
#include "optim/optimizers.hpp"

namespace quarterturn {

class Network {
 public:
  /// Glorot-uniform kernels, zero biases. `variants`: outputs of a pretext network, 2..kMaxVariants; the others have
  /// those of their architecture.
  Network(NetworkKind kind, const Philox& random, std::size_t variants = kTurns);

  /// 23,728 + 65 a variant parameters, 23,988 for the notebook's four; the first kTrunkParameters are the trunk.
  static Network pretext(std::uint64_t seed, std::size_t variants = kTurns,
                         RandomPurpose purpose = RandomPurpose::pretext_weights);
  /// Trunk (19,104) then head (2,890) = 21,994 parameters; also the container of a frozen arm's weights.
  static Network classifier(std::uint64_t seed, RandomPurpose purpose = RandomPurpose::supervised_weights);
  /// 2,890 parameters on 288 features.
  static Network head(std::uint64_t seed, RandomPurpose purpose);

  [[nodiscard]] NetworkKind kind() const { return kind_; }
  [[nodiscard]] const Architecture& architecture() const { return architecture_; }
  [[nodiscard]] std::size_t outputs() const { return outputs_; }

  std::span<float> parameters() { return parameters_.span(); }
  [[nodiscard]] std::span<const float> parameters() const { return parameters_.span(); }

  /// Forward, backward and one step of the optimiser on the mean cross-entropy of the batch. 1..kMaxBatch rows, of
  /// images for networks with a trunk, of features for the head; every row has a label below outputs(). The result is
  /// that of the forward pass, before the step.
  BatchResult train_step(Compute& compute, const Batch& batch, Optimizer& optimizer);
  /// The gradient alone, [parameters], of the mean loss.
  BatchResult gradient(Compute& compute, const Batch& batch, std::span<float> gradient) const;
  /// Loss and accuracy with fixed weights, any number of rows.
  BatchResult evaluate(Compute& compute, const Batch& batch) const;
  /// Softmax probabilities [rows][outputs], any number of rows; where wanted also the trunk's features [rows][288].
  void predict(Compute& compute, const Batch& batch, std::span<float> probabilities,
               std::span<float> features = {}) const;

 private:
  NetworkKind kind_;
  Architecture architecture_;
  std::size_t outputs_;
  AlignedBuffer<float> parameters_;
};

/// The parallel passes of one train_step on `rows` rows, in tasks: the same on any number of threads. On `t` threads a
/// pass takes at least as long as ceil(tasks / t) tasks, one after the other; preparing the weights takes all its tasks
/// on up to `own_prepare_threads` threads, where each prepares its own.
struct StepTasks {
  int prepare = 0;   ///< parts of the weights
  int gradient = 0;  ///< blocks of rows
  int update = 0;    ///< ranges of parameters, summed over the blocks and stepped
  int own_prepare_threads = 0;
};
StepTasks step_tasks(Compute& compute, const Network& network, std::size_t rows);

/// Frozen features of the first two conv+pool stages: [rows][288]. `trunk` = kTrunkParameters floats.
void extract_features(Compute& compute, std::span<const float> trunk, const ImageBatch& batch,
                      std::span<float> features);

}  // namespace quarterturn
