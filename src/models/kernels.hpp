// The table of kernels that one instruction set offers. kernels.cpp is compiled once per set, each time with other
// compiler flags and into another namespace; everything else is compiled once, for the baseline.
#pragma once

#include <cstddef>
#include <cstdint>

#include "layers/batch_result.hpp"
#include "layers/shapes.hpp"
#include "models/network_kind.hpp"
#include "optim/optimizers.hpp"
#include "pretext/pixel_map.hpp"

namespace quarterturn {

/// Up to kBlockRows rows of a batch: of images, or of features where `pixels` is null.
struct Block {
  const std::uint8_t* pixels;
  const float* features;
  const std::uint32_t* row;     ///< image or feature vector of each row
  const std::uint8_t* variant;  ///< null: images as they are
  const PixelMap* maps;         ///< by variant
  const std::uint8_t* label;    ///< null: no loss
  bool unit;                    ///< divide pixels by 255
  int rows;
  int outputs;  ///< of the network
};

/// Weights of images' networks are prepared in this many independent parts.
inline constexpr int kPrepareParts = 8;

/// One network's arithmetic. `weights` and `gradient` are its parameter buffer; gradients are added to, and are those
/// of `scale` * sum of losses.
struct NetworkKernels {
  int prepare_parts;
  /// Part `part` of prepare_parts; `outputs`: of the network; `training`: also what only the backward pass needs.
  void (*prepare)(const float* weights, int outputs, bool training, int part, PreparedWeights& prepared);
  BatchResult (*gradient)(const float* weights, const PreparedWeights& prepared, const Block& block, float scale,
                          BlockWorkspace& work, float* gradient);
  /// `probabilities` [rows][outputs], or null. The trunk's features stay in work.features.
  BatchResult (*forward)(const float* weights, const PreparedWeights& prepared, const Block& block,
                         BlockWorkspace& work, float* probabilities);
};

struct Kernels {
  const char* isa;
  int lanes;
  /// Probes whether madd rounds once on this very machine.
  bool (*fuses)();
  /// See Compute; `scratch` holds kLanes floats or more.
  double (*spin_multiply_adds)(float* scratch);
  /// By NetworkKind.
  NetworkKernels networks[kNetworkKinds];
  /// The layers up to the features alone; it has no gradient and gives no probabilities.
  NetworkKernels trunk;
  void (*sum_gradients)(const float* slabs, std::size_t stride, int tasks, std::size_t first, std::size_t last,
                        float* out);
  /// By OptimizerKind; see optimizer_kernels.hpp.
  void (*const* updates)(float* w, float* state, std::size_t stride, const float* g, std::size_t first,
                         std::size_t last, float rate);
};

}  // namespace quarterturn
