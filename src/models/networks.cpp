#include "models/networks.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>

#include "models/compute_state.hpp"
#include "pretext/task.hpp"

namespace quarterturn {

namespace {

static_assert(kMaxTaskClasses <= kMaxVariants, "the network tells the variants of every pretext task apart");

Architecture architecture_of(NetworkKind kind, std::size_t variants) {
  assert(variants >= 2 && variants <= static_cast<std::size_t>(kMaxVariants));
  switch (kind) {
    case NetworkKind::pretext:
      return pretext_architecture(static_cast<int>(variants));
    case NetworkKind::classifier:
      return kClassifier;
    case NetworkKind::head:
      break;
  }
  return kHead;
}

/// Glorot and Bengio, AISTATS 2010, as Keras' GlorotUniform: U(-limit, limit), limit = sqrt(6 / (fan_in + fan_out)),
/// fans = receptive field times channels. Biases stay zero. Number i of the stream is element i of the buffer.
void initialise(const Architecture& architecture, const Philox& random, std::span<float> parameters) {
  for (const TensorInfo& tensor : tensors(architecture)) {
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

const NetworkKernels& kernels_of(const Compute::State& state, NetworkKind kind) {
  return state.kernels->networks[static_cast<std::size_t>(kind)];
}

Block block_of(const ImageBatch& batch, std::size_t first, std::size_t rows, std::size_t outputs) {
  assert(first + rows <= batch.rows());
  assert(batch.variant.empty() || (batch.variant.size() == batch.rows() && !batch.maps.empty()));
  assert(batch.label.empty() || batch.label.size() == batch.rows());
  return {batch.pixels,
          nullptr,
          batch.image.data() + first,
          batch.variant.empty() ? nullptr : batch.variant.data() + first,
          batch.maps.data(),
          batch.label.empty() ? nullptr : batch.label.data() + first,
          batch.preset == Preset::unit,
          static_cast<int>(rows),
          static_cast<int>(outputs)};
}

Block block_of(const FeatureBatch& batch, std::size_t first, std::size_t rows, std::size_t outputs) {
  assert(first + rows <= batch.rows());
  assert(batch.label.empty() || batch.label.size() == batch.rows());
  return {nullptr,
          batch.features,
          batch.row.data() + first,
          nullptr,
          nullptr,
          batch.label.empty() ? nullptr : batch.label.data() + first,
          false,
          static_cast<int>(rows),
          static_cast<int>(outputs)};
}

Block block_of(const Batch& batch, std::size_t first, std::size_t rows, std::size_t outputs) {
  return std::visit([&](const auto& one) { return block_of(one, first, rows, outputs); }, batch);
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

int task_count(std::size_t rows) {
  const std::size_t rows_a_task = task_rows(rows);
  return static_cast<int>((rows + rows_a_task - 1) / rows_a_task);
}

/// How the parameters are cut for the update: one part's size. Ranges are a matter of speed alone: each parameter is on
/// its own.
std::size_t update_part_size(std::size_t parameters) {
  constexpr std::size_t kParts = 8;
  return round_up((parameters + kParts - 1) / kParts, kAlignment / sizeof(float));
}

int update_parts(std::size_t parameters) {
  const std::size_t part_size = update_part_size(parameters);
  return static_cast<int>((parameters + part_size - 1) / part_size);
}

/// A batch's result and the number of slabs that hold its gradient, still to be summed.
struct TaskGradients {
  BatchResult result;
  int tasks = 0;
};

/// The gradient of the mean loss by `parameters`, a slab a task. block(worker, task slab, first row, rows) handles one
/// block.
template <class Block>
TaskGradients run_tasks(Compute::State& state, std::size_t rows, std::size_t parameters, const Block& block) {
  const std::size_t rows_a_task = task_rows(rows);
  const int tasks = task_count(rows);
  std::array<BatchResult, kMaxTasks> results{};
  state.team->run(tasks, [&](int task, int worker) {
    float* slab = state.slabs.data() + static_cast<std::size_t>(task) * Compute::State::kSlab;
    std::memset(slab, 0, round_up(parameters, kAlignment / sizeof(float)) * sizeof(float));
    const std::size_t first = static_cast<std::size_t>(task) * rows_a_task;
    const std::size_t last = std::min(first + rows_a_task, rows);
    BatchResult& result = results[static_cast<std::size_t>(task)];
    for (std::size_t row = first; row < last; row += kBlockRows) {
      const std::size_t count = std::min<std::size_t>(kBlockRows, last - row);
      result += block(static_cast<std::size_t>(worker), slab, row, count);
    }
  });
  BatchResult total;
  for (int task = 0; task < tasks; ++task) total += results[static_cast<std::size_t>(task)];
  return {total, tasks};
}

/// Sums the slabs into state.gradient and calls update(first, last) for every range of parameters as soon as its
/// gradient is there.
template <class Update>
void sum_slabs(Compute::State& state, int tasks, std::size_t parameters, const Update& update) {
  const std::size_t part_size = update_part_size(parameters);
  state.team->run(update_parts(parameters), [&](int part, int) {
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
    for (int index = 0; index < blocks; ++index) total += results[static_cast<std::size_t>(index)];
  }
  return total;
}

/// Brings the weights into the form that the kernels read, on the calling thread alone.
void prepare_all(const NetworkKernels& kernels, const float* weights, std::size_t outputs, bool training,
                 PreparedWeights& prepared) {
  for (int part = 0; part < kernels.prepare_parts; ++part) {
    kernels.prepare(weights, static_cast<int>(outputs), training, part, prepared);
  }
}

/// The same by the team. For one image, or in one part, that is less work than to wake the team for.
void prepare(Compute::State& state, const NetworkKernels& kernels, const float* weights, std::size_t outputs,
             bool training, std::size_t rows) {
  if (rows == 1 || kernels.prepare_parts == 1)
    return prepare_all(kernels, weights, outputs, training, state.prepared[0]);
  state.team->run(kernels.prepare_parts, [&](int part, int) {
    kernels.prepare(weights, static_cast<int>(outputs), training, part, state.prepared[0]);
  });
}

TaskGradients gradients_of(Compute& compute, const Network& network, const Batch& batch) {
  Compute::State& state = compute.state();
  const NetworkKernels& kernels = kernels_of(state, network.kind());
  const float* weights = network.parameters().data();
  const std::size_t all_rows = rows_of(batch);
  assert(all_rows >= 1 && all_rows <= kMaxBatch);
  assert((network.kind() == NetworkKind::head) == std::holds_alternative<FeatureBatch>(batch));
  const std::size_t outputs = network.outputs();
  const bool own = state.prepared.size() > 1;
  std::array<bool, Compute::State::kOwnPreparedThreads> ready{};
  if (!own) prepare(state, kernels, weights, outputs, true, all_rows);
  const float scale = 1.0F / static_cast<float>(all_rows);
  return run_tasks(state, all_rows, network.parameters().size(),
                   [&](std::size_t worker, float* slab, std::size_t first, std::size_t rows) {
                     PreparedWeights& prepared = state.prepared[own ? worker : 0];
                     if (own && !ready[worker]) {
                       prepare_all(kernels, weights, outputs, true, prepared);
                       ready[worker] = true;
                     }
                     return kernels.gradient(weights, prepared, block_of(batch, first, rows, outputs), scale,
                                             state.work[worker], slab);
                   });
}

/// `probabilities` [rows][outputs] and `features` [rows][kFeatures], or null.
BatchResult forward(Compute& compute, const NetworkKernels& kernels, const float* weights, const Batch& batch,
                    float* probabilities, std::size_t outputs, float* features) {
  Compute::State& state = compute.state();
  const std::size_t all_rows = rows_of(batch);
  prepare(state, kernels, weights, outputs, false, all_rows);
  return sum_over_blocks(state, all_rows, [&](BlockWorkspace& work, std::size_t first, std::size_t rows) {
    const BatchResult result = kernels.forward(weights, state.prepared[0], block_of(batch, first, rows, outputs), work,
                                               probabilities == nullptr ? nullptr : probabilities + first * outputs);
    if (features != nullptr) {
      std::memcpy(features + first * kFeatures, work.features[0], rows * sizeof work.features[0]);
    }
    return result;
  });
}

}  // namespace

Network::Network(NetworkKind kind, const Philox& random, std::size_t variants)
    : kind_(kind),
      architecture_(architecture_of(kind, variants)),
      outputs_(architecture_.output().size()),
      parameters_(architecture_.parameters()) {
  initialise(architecture_, random, parameters_.span());
}

Network Network::pretext(std::uint64_t seed, std::size_t variants, RandomPurpose purpose) {
  return {NetworkKind::pretext, Philox(seed, purpose), variants};
}
Network Network::classifier(std::uint64_t seed, RandomPurpose purpose) {
  return {NetworkKind::classifier, Philox(seed, purpose)};
}
Network Network::head(std::uint64_t seed, RandomPurpose purpose) { return {NetworkKind::head, Philox(seed, purpose)}; }

BatchResult Network::train_step(Compute& compute, const Batch& batch, Optimizer& optimizer) {
  Compute::State& state = compute.state();
  const TaskGradients gradients = gradients_of(compute, *this, batch);
  const auto update = state.kernels->updates[static_cast<std::size_t>(optimizer.kind())];
  const float rate = optimizer.step_rate();
  float* const weights = parameters_.data();
  float* const moving = optimizer.buffer().data();
  sum_slabs(state, gradients.tasks, parameters_.size(), [&](std::size_t first, std::size_t last) {
    update(weights, moving, optimizer.stride(), state.gradient.data(), first, last, rate);
  });
  ++optimizer.step;
  return gradients.result;
}

StepTasks step_tasks(Compute& compute, const Network& network, std::size_t rows) {
  return {kernels_of(compute.state(), network.kind()).prepare_parts, task_count(rows),
          update_parts(network.parameters().size()), static_cast<int>(Compute::State::kOwnPreparedThreads)};
}

BatchResult Network::gradient(Compute& compute, const Batch& batch, std::span<float> gradient) const {
  Compute::State& state = compute.state();
  const TaskGradients gradients = gradients_of(compute, *this, batch);
  sum_slabs(state, gradients.tasks, gradient.size(), [](std::size_t, std::size_t) {});
  std::memcpy(gradient.data(), state.gradient.data(), gradient.size_bytes());
  return gradients.result;
}

BatchResult Network::evaluate(Compute& compute, const Batch& batch) const {
  return forward(compute, kernels_of(compute.state(), kind_), parameters_.data(), batch, nullptr, outputs(), nullptr);
}

void Network::predict(Compute& compute, const Batch& batch, std::span<float> probabilities,
                      std::span<float> features) const {
  assert(probabilities.size() >= rows_of(batch) * outputs());
  assert(features.empty() || features.size() >= rows_of(batch) * kFeatures);
  forward(compute, kernels_of(compute.state(), kind_), parameters_.data(), batch, probabilities.data(), outputs(),
          features.empty() ? nullptr : features.data());
}

void extract_features(Compute& compute, std::span<const float> trunk, const ImageBatch& batch,
                      std::span<float> features) {
  assert(trunk.size() >= kTrunkParameters && features.size() >= batch.rows() * kFeatures);
  forward(compute, compute.state().kernels->trunk, trunk.data(), batch, nullptr, 0, features.data());
}

}  // namespace quarterturn
