#include "models/architecture.hpp"

#include "core/join.hpp"
#include "models/tensor_info.hpp"

namespace quarterturn {
namespace {

std::string side_by_side(int side) {
  const auto number = static_cast<unsigned>(side);
  return join({number, "x", number});
}

std::string kind_text(const Layer& layer) {
  const auto outputs = static_cast<unsigned>(layer.outputs);
  const auto stride = static_cast<unsigned>(layer.stride);
  switch (layer.kind) {
    case LayerKind::convolution:
      return join({"Conv2D ", outputs, ", ", side_by_side(layer.window), ", stride ", stride,
                   layer.padding == Padding::same ? ", SAME" : ", VALID",
                   layer.activation == Activation::relu ? ", ReLU" : ""});
    case LayerKind::max_pool:
      return join({"MaxPool ", side_by_side(layer.window), " / ", stride});
    case LayerKind::flatten:
      return "Flatten";
    case LayerKind::dense:
      break;
  }
  return join({"Dense ", outputs, layer.activation == Activation::softmax ? ", softmax" : ""});
}

}  // namespace

std::vector<TensorInfo> tensors(const Architecture& architecture) {
  std::vector<TensorInfo> list;
  std::size_t offset = 0;
  for (std::size_t i = 0; i < architecture.layers().size(); ++i) {
    const Layer& layer = architecture.layer(i);
    const std::size_t kernel = architecture.kernel_size(i);
    if (kernel == 0) continue;
    const auto outputs = static_cast<std::size_t>(layer.outputs);
    const auto window = static_cast<std::size_t>(layer.window);
    const Shape input = architecture.input_of(i);
    if (layer.kind == LayerKind::dense) {
      list.push_back({join({layer.name, ".kernel"}), {input.size(), outputs}, 2, offset});
    } else {
      const auto channels = static_cast<std::size_t>(input.channels);
      list.push_back({join({layer.name, ".kernel"}), {window, window, channels, outputs}, 4, offset});
    }
    list.push_back({join({layer.name, ".bias"}), {outputs}, 1, offset + kernel});
    offset += kernel + outputs;
  }
  return list;
}

std::vector<LayerInfo> layer_table(const Architecture& architecture, std::size_t frozen) {
  std::vector<LayerInfo> table;
  for (std::size_t i = 0; i < architecture.layers().size(); ++i) {
    const Layer& layer = architecture.layer(i);
    table.push_back(
        {layer.name, kind_text(layer), architecture.output_of(i), architecture.parameters_of(i), i >= frozen});
  }
  return table;
}

}  // namespace quarterturn
