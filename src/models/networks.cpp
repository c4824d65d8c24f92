#include "models/networks.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>

#include "models/compute_state.hpp"

namespace quarterturn {

namespace {

constexpr TensorInfo kConv1Kernel{"conv1.kernel", {3, 3, 1, 64}, 4, 0};
constexpr TensorInfo kConv1Bias{"conv1.bias", {64, 0, 0, 0}, 1, 576};
constexpr TensorInfo kConv2Kernel{"conv2.kernel", {3, 3, 64, 32}, 4, 640};
constexpr TensorInfo kConv2Bias{"conv2.bias", {32, 0, 0, 0}, 1, 19072};

constexpr std::array<TensorInfo, 8> kRotNetTensors{kConv1Kernel,
                                                   kConv1Bias,
                                                   kConv2Kernel,
                                                   kConv2Bias,
                                                   TensorInfo{"conv3.kernel", {3, 3, 32, 16}, 4, 19104},
                                                   TensorInfo{"conv3.bias", {16, 0, 0, 0}, 1, 23712},
                                                   TensorInfo{"dense.kernel", {64, 4, 0, 0}, 2, 23728},
                                                   TensorInfo{"dense.bias", {4, 0, 0, 0}, 1, 23984}};
constexpr std::array<TensorInfo, 6> kClassifierTensors{kConv1Kernel,
                                                       kConv1Bias,
                                                       kConv2Kernel,
                                                       kConv2Bias,
                                                       TensorInfo{"head.kernel", {288, 10, 0, 0}, 2, 19104},
                                                       TensorInfo{"head.bias", {10, 0, 0, 0}, 1, 21984}};
constexpr std::array<TensorInfo, 2> kHeadTensors{TensorInfo{"head.kernel", {288, 10, 0, 0}, 2, 0},
                                                 TensorInfo{"head.bias", {10, 0, 0, 0}, 1, 2880}};

constexpr std::array<LayerInfo, 7> kRotNetLayers{{
    {"conv1", "Conv2D 64, 3x3, stride 2, SAME, ReLU", {14, 14, 64}, 640, true},
    {"pool1", "MaxPool 2x2 / 2", {7, 7, 64}, 0, true},
    {"conv2", "Conv2D 32, 3x3, stride 1, SAME, ReLU", {7, 7, 32}, 18464, true},
    {"pool2", "MaxPool 2x2 / 2", {3, 3, 32}, 0, true},
    {"conv3", "Conv2D 16, 3x3, stride 2, SAME, ReLU", {2, 2, 16}, 4624, true},
    {"flatten", "Flatten", {0, 0, 64}, 0, true},
    {"dense", "Dense 4, softmax", {0, 0, 4}, 260, true},
}};

constexpr std::array<LayerInfo, 6> classifier_layers(bool trainable_trunk) {
  return {{
      {"conv1", "Conv2D 64, 3x3, stride 2, SAME, ReLU", {14, 14, 64}, 640, trainable_trunk},
      {"pool1", "MaxPool 2x2 / 2", {7, 7, 64}, 0, trainable_trunk},
      {"conv2", "Conv2D 32, 3x3, stride 1, SAME, ReLU", {7, 7, 32}, 18464, trainable_trunk},
      {"pool2", "MaxPool 2x2 / 2", {3, 3, 32}, 0, trainable_trunk},
      {"flatten", "Flatten", {0, 0, 288}, 0, true},
      {"head", "Dense 10, softmax", {0, 0, 10}, 2890, true},
  }};
}
constexpr std::array<LayerInfo, 6> kTrainableClassifierLayers = classifier_layers(true);
constexpr std::array<LayerInfo, 6> kFrozenClassifierLayers = classifier_layers(false);

/// Glorot and Bengio, AISTATS 2010, as Keras' GlorotUniform: U(-limit, limit), limit = sqrt(6 / (fan_in + fan_out)),
/// fans = receptive field times channels. Biases stay zero. Number i of the stream is element i of the buffer.
void initialise(std::span<const TensorInfo> tensors, const Philox& random, std::span<float> parameters) {
  for (const TensorInfo& tensor : tensors) {
    if (tensor.rank == 1) continue;
    const std::size_t inputs = tensor.shape[tensor.rank - 2];
    const std::size_t outputs = tensor.shape[tensor.rank - 1];
    const std::size_t field = tensor.size() / (inputs * outputs);
    const auto limit = static_cast<float>(std::sqrt(6.0 / static_cast<double>(field * (inputs + outputs))));
    for (std::size_t i = tensor.offset; i < tensor.offset + tensor.size(); ++i) {
      parameters[i] = (2.0F * random.uniform(i) - 1.0F) * limit;
    }
  }
}

template <class Weights>
const Weights& as(std::span<const float> parameters) {
  assert(parameters.size() == sizeof(Weights) / sizeof(float));
  return *reinterpret_cast<const Weights*>(parameters.data());
}

template <class Weights>
const NetworkKernels<Weights>& network_kernels(const Kernels& kernels) {
  if constexpr (std::is_same_v<Weights, RotNetWeights>) {
    return kernels.rotnet;
  } else {
    return kernels.classifier;
  }
}

ImageBlock image_block(const ImageBatch& batch, std::size_t first, std::size_t rows) {
  assert(first + rows <= batch.rows());
  assert(batch.turn.empty() || batch.turn.size() == batch.rows());
  assert(batch.label.empty() || batch.label.size() == batch.rows());
  return {batch.pixels,
          batch.image.data() + first,
          batch.turn.empty() ? nullptr : batch.turn.data() + first,
          batch.label.empty() ? nullptr : batch.label.data() + first,
          batch.preset == Preset::unit,
          static_cast<int>(rows)};
}

FeatureBlock feature_block(const FeatureBatch& batch, std::size_t first, std::size_t rows) {
  assert(first + rows <= batch.rows());
  assert(batch.label.empty() || batch.label.size() == batch.rows());
  return {batch.features, batch.row.data() + first, batch.label.empty() ? nullptr : batch.label.data() + first,
          static_cast<int>(rows)};
}

/// How a batch is cut into tasks: rows a task, a function of the batch's rows alone. Small batches are cut finer, so
/// that a few threads find work; large ones give a task several blocks.
std::size_t task_rows(std::size_t rows) {
  constexpr std::size_t kEighth = 8;
  const std::size_t fine =
      std::clamp(round_up((rows + kEighth - 1) / kEighth, 4), std::size_t{8}, std::size_t{kBlockRows});
  const std::size_t tasks = (rows + fine - 1) / fine;
  if (tasks <= kMaxTasks) return fine;
  return round_up((rows + kMaxTasks - 1) / kMaxTasks, kBlockRows);
}

/// A batch's result and the number of slabs that hold its gradient, still to be summed.
struct TaskGradients {
  BatchResult result;
  int tasks = 0;
};

/// The gradient of the mean loss, a slab a task. block(work, task slab, first row, rows) handles one block.
template <class Block>
TaskGradients run_tasks(Compute::State& state, std::size_t rows, const Block& block) {
  assert(rows >= 1 && rows <= kMaxBatch);
  const std::size_t rows_a_task = task_rows(rows);
  const auto tasks = static_cast<int>((rows + rows_a_task - 1) / rows_a_task);
  std::array<BatchResult, kMaxTasks> results{};
  state.team->run(tasks, [&](int task, int worker) {
    float* slab = state.slabs.data() + static_cast<std::size_t>(task) * Compute::State::kSlab;
    std::memset(slab, 0, Compute::State::kSlab * sizeof(float));
    const std::size_t first = static_cast<std::size_t>(task) * rows_a_task;
    const std::size_t last = std::min(first + rows_a_task, rows);
    BatchResult& result = results[static_cast<std::size_t>(task)];
    for (std::size_t row = first; row < last; row += kBlockRows) {
      const std::size_t count = std::min<std::size_t>(kBlockRows, last - row);
      const BatchResult part = block(state.work[static_cast<std::size_t>(worker)], slab, row, count);
      result.loss_sum += part.loss_sum;
      result.correct += part.correct;
    }
  });
  BatchResult total;
  for (int task = 0; task < tasks; ++task) {
    total.loss_sum += results[static_cast<std::size_t>(task)].loss_sum;
    total.correct += results[static_cast<std::size_t>(task)].correct;
  }
  return {total, tasks};
}

/// Sums the slabs into state.gradient and calls update(first, last) for every range of parameters as soon as its
/// gradient is there. Ranges are a matter of speed alone: each parameter is on its own.
template <class Update>
void sum_slabs(Compute::State& state, int tasks, std::size_t parameters, const Update& update) {
  assert(tasks >= 1 && tasks <= kMaxTasks && parameters <= Compute::State::kSlab);
  constexpr std::size_t kParts = 8;
  const std::size_t part_size = round_up((parameters + kParts - 1) / kParts, kAlignment / sizeof(float));
  const auto parts = static_cast<int>((parameters + part_size - 1) / part_size);
  state.team->run(parts, [&](int part, int) {
    const std::size_t first = static_cast<std::size_t>(part) * part_size;
    const std::size_t last = std::min(first + part_size, parameters);
    state.kernels->sum_gradients(state.slabs.data(), Compute::State::kSlab, tasks, first, last, state.gradient.data());
    update(first, last);
  });
}

/// Calls block(work, first row, rows) -> BatchResult over all rows; sums in row order.
template <class Block>
BatchResult sum_over_blocks(Compute::State& state, std::size_t rows, const Block& block) {
  constexpr std::size_t kRound = 64;  // blocks whose results are held at a time
  BatchResult total;
  for (std::size_t start = 0; start < rows; start += kRound * kBlockRows) {
    const std::size_t end = std::min(rows, start + kRound * kBlockRows);
    std::array<BatchResult, kRound> results{};
    const auto blocks = static_cast<int>((end - start + kBlockRows - 1) / kBlockRows);
    state.team->run(blocks, [&](int index, int worker) {
      const std::size_t first = start + static_cast<std::size_t>(index) * kBlockRows;
      results[static_cast<std::size_t>(index)] =
          block(state.work[static_cast<std::size_t>(worker)], first, std::min<std::size_t>(kBlockRows, end - first));
    });
    for (int index = 0; index < blocks; ++index) {
      total.loss_sum += results[static_cast<std::size_t>(index)].loss_sum;
      total.correct += results[static_cast<std::size_t>(index)].correct;
    }
  }
  return total;
}

/// Calls prepare(part) for every part. For one image that is less work than to wake the team for.
template <class Part>
void prepare_parts(Compute::State& state, std::size_t rows, const Part& prepare) {
  if (rows == 1) {
    for (int part = 0; part < kPrepareParts; ++part) prepare(part);
  } else {
    state.team->run(kPrepareParts, [&](int part, int) { prepare(part); });
  }
}

template <class Weights>
void prepare(Compute::State& state, const Weights& weights, bool training, std::size_t rows) {
  const auto& kernels = network_kernels<Weights>(*state.kernels);
  prepare_parts(state, rows, [&](int part) { kernels.prepare(weights, training, part, state.prepared[0]); });
}

template <class Weights>
TaskGradients network_gradients(Compute& compute, std::span<const float> parameters, const ImageBatch& batch) {
  Compute::State& state = compute.state();
  const Weights& weights = as<Weights>(parameters);
  const auto& kernels = network_kernels<Weights>(*state.kernels);
  prepare(state, weights, true, batch.rows());
  const float scale = 1.0F / static_cast<float>(batch.rows());
  return run_tasks(state, batch.rows(), [&](BlockWorkspace& work, float* slab, std::size_t first, std::size_t rows) {
    return kernels.gradient(weights, state.prepared[0], image_block(batch, first, rows), scale, work,
                            *reinterpret_cast<Weights*>(slab));
  });
}

/// `probabilities` [rows][outputs] and `features` [rows][kFeatures], or null.
template <class Weights>
BatchResult network_forward(Compute& compute, std::span<const float> parameters, const ImageBatch& batch,
                            float* probabilities, std::size_t outputs, float* features = nullptr) {
  Compute::State& state = compute.state();
  const Weights& weights = as<Weights>(parameters);
  const auto& kernels = network_kernels<Weights>(*state.kernels);
  prepare(state, weights, false, batch.rows());
  return sum_over_blocks(state, batch.rows(), [&](BlockWorkspace& work, std::size_t first, std::size_t rows) {
    const BatchResult result = kernels.forward(weights, state.prepared[0], image_block(batch, first, rows), work,
                                               probabilities == nullptr ? nullptr : probabilities + first * outputs);
    if (features != nullptr) {
      std::memcpy(features + first * kFeatures, work.features[0], rows * sizeof work.features[0]);
    }
    return result;
  });
}

BatchResult apply(Compute& compute, const TaskGradients& gradients, std::span<float> parameters, Adam& adam) {
  assert(adam.m.size() == parameters.size() && adam.v.size() == parameters.size());
  Compute::State& state = compute.state();
  const float rate = adam.corrected_rate();
  sum_slabs(state, gradients.tasks, parameters.size(), [&](std::size_t first, std::size_t last) {
    state.kernels->adam(parameters.data(), adam.m.data(), adam.v.data(), state.gradient.data(), first, last, adam,
                        rate);
  });
  ++adam.step;
  return gradients.result;
}

BatchResult apply(Compute& compute, const TaskGradients& gradients, std::span<float> parameters, Sgd& sgd) {
  assert(sgd.velocity.size() == parameters.size());
  Compute::State& state = compute.state();
  sum_slabs(state, gradients.tasks, parameters.size(), [&](std::size_t first, std::size_t last) {
    state.kernels->sgd(parameters.data(), sgd.velocity.data(), state.gradient.data(), first, last, sgd);
  });
  return gradients.result;
}

BatchResult copy_gradient(Compute& compute, const TaskGradients& gradients, std::span<float> gradient) {
  Compute::State& state = compute.state();
  sum_slabs(state, gradients.tasks, gradient.size(), [](std::size_t, std::size_t) {});
  std::memcpy(gradient.data(), state.gradient.data(), gradient.size_bytes());
  return gradients.result;
}

TaskGradients head_gradients(Compute& compute, std::span<const float> parameters, const FeatureBatch& batch) {
  Compute::State& state = compute.state();
  state.kernels->head.prepare(as<HeadWeights>(parameters), state.prepared[0]);
  const float scale = 1.0F / static_cast<float>(batch.rows());
  return run_tasks(state, batch.rows(), [&](BlockWorkspace& work, float* slab, std::size_t first, std::size_t rows) {
    return state.kernels->head.gradient(state.prepared[0], feature_block(batch, first, rows), scale, work,
                                        *reinterpret_cast<HeadWeights*>(slab));
  });
}

BatchResult head_forward(Compute& compute, std::span<const float> parameters, const FeatureBatch& batch,
                         float* probabilities) {
  Compute::State& state = compute.state();
  state.kernels->head.prepare(as<HeadWeights>(parameters), state.prepared[0]);
  return sum_over_blocks(state, batch.rows(), [&](BlockWorkspace& work, std::size_t first, std::size_t rows) {
    return state.kernels->head.forward(state.prepared[0], feature_block(batch, first, rows), work,
                                       probabilities == nullptr ? nullptr : probabilities + first * kDigits);
  });
}

}  // namespace

// RotNet

std::span<const TensorInfo> RotNet::tensors() { return kRotNetTensors; }
std::span<const LayerInfo> RotNet::layers() { return kRotNetLayers; }

RotNet::RotNet(std::uint64_t seed, RandomPurpose purpose) : parameters_(kParameters) {
  initialise(kRotNetTensors, Philox(seed, purpose), parameters_.span());
}

BatchResult RotNet::train_step(Compute& compute, const ImageBatch& batch, Adam& optimizer) {
  return apply(compute, network_gradients<RotNetWeights>(compute, parameters(), batch), parameters(), optimizer);
}

BatchResult RotNet::gradient(Compute& compute, const ImageBatch& batch, std::span<float> gradient) const {
  return copy_gradient(compute, network_gradients<RotNetWeights>(compute, parameters(), batch), gradient);
}

BatchResult RotNet::evaluate(Compute& compute, const ImageBatch& batch) const {
  return network_forward<RotNetWeights>(compute, parameters(), batch, nullptr, kTurns);
}

void RotNet::predict(Compute& compute, const ImageBatch& batch, std::span<float> probabilities,
                     std::span<float> features) const {
  assert(probabilities.size() == batch.rows() * kTurns);
  assert(features.empty() || features.size() == batch.rows() * kFeatures);
  network_forward<RotNetWeights>(compute, parameters(), batch, probabilities.data(), kTurns,
                                 features.empty() ? nullptr : features.data());
}

// Features

void extract_features(Compute& compute, std::span<const float> trunk, const ImageBatch& batch,
                      std::span<float> features) {
  assert(features.size() == batch.rows() * kFeatures);
  Compute::State& state = compute.state();
  const auto& weights = as<TrunkWeights>(trunk);
  prepare_parts(state, batch.rows(), [&](int part) { state.kernels->prepare_trunk(weights, part, state.prepared[0]); });
  sum_over_blocks(state, batch.rows(), [&](BlockWorkspace& work, std::size_t first, std::size_t rows) {
    state.kernels->features(weights, state.prepared[0], image_block(batch, first, rows), work,
                            features.data() + first * kFeatures);
    return BatchResult{};
  });
}

// Head

std::span<const TensorInfo> Head::tensors() { return kHeadTensors; }

Head::Head(std::uint64_t seed, RandomPurpose purpose) : parameters_(kParameters) {
  initialise(kHeadTensors, Philox(seed, purpose), parameters_.span());
}

BatchResult Head::train_step(Compute& compute, const FeatureBatch& batch, Sgd& optimizer) {
  return apply(compute, head_gradients(compute, parameters(), batch), parameters(), optimizer);
}

BatchResult Head::gradient(Compute& compute, const FeatureBatch& batch, std::span<float> gradient) const {
  return copy_gradient(compute, head_gradients(compute, parameters(), batch), gradient);
}

BatchResult Head::evaluate(Compute& compute, const FeatureBatch& batch) const {
  return head_forward(compute, parameters(), batch, nullptr);
}

void Head::predict(Compute& compute, const FeatureBatch& batch, std::span<float> probabilities) const {
  assert(probabilities.size() == batch.rows() * kDigits);
  head_forward(compute, parameters(), batch, probabilities.data());
}

// Classifier

std::span<const TensorInfo> Classifier::tensors() { return kClassifierTensors; }
std::span<const LayerInfo> Classifier::layers(bool trainable_trunk) {
  return trainable_trunk ? kTrainableClassifierLayers : kFrozenClassifierLayers;
}

Classifier::Classifier(std::uint64_t seed, RandomPurpose purpose) : parameters_(kParameters) {
  initialise(kClassifierTensors, Philox(seed, purpose), parameters_.span());
}

BatchResult Classifier::train_step(Compute& compute, const ImageBatch& batch, Sgd& optimizer) {
  return apply(compute, network_gradients<ClassifierWeights>(compute, parameters(), batch), parameters(), optimizer);
}

BatchResult Classifier::gradient(Compute& compute, const ImageBatch& batch, std::span<float> gradient) const {
  return copy_gradient(compute, network_gradients<ClassifierWeights>(compute, parameters(), batch), gradient);
}

BatchResult Classifier::evaluate(Compute& compute, const ImageBatch& batch) const {
  return network_forward<ClassifierWeights>(compute, parameters(), batch, nullptr, kDigits);
}

void Classifier::predict(Compute& compute, const ImageBatch& batch, std::span<float> probabilities) const {
  assert(probabilities.size() == batch.rows() * kDigits);
  network_forward<ClassifierWeights>(compute, parameters(), batch, probabilities.data(), kDigits);
}

}  // namespace quarterturn
