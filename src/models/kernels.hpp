// The table of kernels that one instruction set offers. kernels.cpp is compiled once per set, each time with other
// compiler flags and into another namespace; everything else is compiled once, for the baseline.
#pragma once

#include <cstddef>
#include <cstdint>

#include "layers/shapes.hpp"
#include "models/batch.hpp"
#include "optim/optimizers.hpp"

namespace quarterturn {

/// Up to kBlockRows rows of an ImageBatch.
struct ImageBlock {
  const std::uint8_t* pixels;
  const std::uint32_t* image;
  const std::uint8_t* turn;   ///< null: nothing is turned
  const std::uint8_t* label;  ///< null: no loss
  bool unit;                  ///< divide pixels by 255
  int rows;
};

/// Up to kBlockRows rows of a FeatureBatch.
struct FeatureBlock {
  const float* features;
  const std::uint32_t* row;
  const std::uint8_t* label;
  int rows;
};

/// Weights are prepared in this many independent parts.
inline constexpr int kPrepareParts = 8;

/// `Weights` is RotNetWeights or ClassifierWeights. Gradients are added to, and are those of `scale` * sum of losses.
template <class Weights>
struct NetworkKernels {
  /// Part `part` of kPrepareParts; `training`: also what only the backward pass needs.
  void (*prepare)(const Weights& weights, bool training, int part, PreparedWeights& prepared);
  BatchResult (*gradient)(const Weights& weights, const PreparedWeights& prepared, const ImageBlock& block, float scale,
                          BlockWorkspace& work, Weights& gradient);
  /// `probabilities` [rows][outputs], or null.
  BatchResult (*forward)(const Weights& weights, const PreparedWeights& prepared, const ImageBlock& block,
                         BlockWorkspace& work, float* probabilities);
};

struct HeadKernels {
  void (*prepare)(const HeadWeights& weights, PreparedWeights& prepared);
  BatchResult (*gradient)(const PreparedWeights& prepared, const FeatureBlock& block, float scale, BlockWorkspace& work,
                          HeadWeights& gradient);
  BatchResult (*forward)(const PreparedWeights& prepared, const FeatureBlock& block, BlockWorkspace& work,
                         float* probabilities);
};

struct Kernels {
  const char* isa;
  int lanes;
  /// Probes whether madd rounds once on this very machine.
  bool (*fuses)();
  /// See Compute; `scratch` holds kLanes floats or more.
  double (*spin_multiply_adds)(float* scratch);
  NetworkKernels<RotNetWeights> rotnet;
  NetworkKernels<ClassifierWeights> classifier;
  HeadKernels head;
  void (*prepare_trunk)(const TrunkWeights& weights, int part, PreparedWeights& prepared);
  /// features [rows][288]
  void (*features)(const TrunkWeights& weights, const PreparedWeights& prepared, const ImageBlock& block,
                   BlockWorkspace& work, float* features);
  void (*sum_gradients)(const float* slabs, std::size_t stride, int tasks, std::size_t first, std::size_t last,
                        float* out);
  void (*adam)(float* w, float* m, float* v, const float* g, std::size_t first, std::size_t last, const Adam& adam,
               float rate);
  void (*sgd)(float* w, float* velocity, const float* g, std::size_t first, std::size_t last, const Sgd& sgd);
};

}  // namespace quarterturn
