// Names, shapes and places of a network's weights inside its one parameter buffer, and its layer table.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "models/architecture.hpp"

namespace quarterturn {

/// One weight tensor: Keras' layout (convolution kernels HWIO, dense kernels [in][out], biases [out]).
struct TensorInfo {
  std::string name;                  ///< plain name, as saved: "conv1.kernel", "head.bias"
  std::array<std::size_t, 4> shape;  ///< unused trailing dimensions are 0
  std::size_t rank;
  std::size_t offset;  ///< first element in the parameter buffer, in floats

  [[nodiscard]] std::size_t size() const {
    std::size_t product = 1;
    for (std::size_t d = 0; d < rank; ++d) product *= shape[d];
    return product;
  }
};

/// In the order of the parameter buffer.
std::vector<TensorInfo> tensors(const Architecture& architecture);

/// One row of a layer table, as Keras' summary prints it.
struct LayerInfo {
  std::string_view name;
  std::string kind;  ///< "Conv2D 64, 3x3, stride 2, SAME, ReLU"
  Shape output;
  std::size_t parameters;
  bool trainable;
};

/// The first `frozen` layers are not trainable.
std::vector<LayerInfo> layer_table(const Architecture& architecture, std::size_t frozen = 0);

}  // namespace quarterturn
