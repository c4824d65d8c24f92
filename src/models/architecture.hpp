// The networks of the experiment, described once. Tensors and their places, layer tables, counts of parameters and of
// multiply-adds, the shapes of the kernels (layers/shapes.hpp) and the texts all follow from here; what a kernel cannot
// do is a static_assert beside it.
//
// This header needs nothing of the engine, so that layers/ may include it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace quarterturn {

/// Height, width and channels of one image inside a network; a flat vector has height and width 1.
struct Shape {
  int height = 1;
  int width = 1;
  int channels = 1;

  [[nodiscard]] constexpr std::size_t size() const {
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
  }
  [[nodiscard]] constexpr bool flat() const { return height == 1 && width == 1; }
  friend constexpr bool operator==(const Shape&, const Shape&) = default;
};

enum class LayerKind : std::uint8_t { convolution, max_pool, flatten, dense };
enum class Padding : std::uint8_t { valid, same };
enum class Activation : std::uint8_t { none, relu, softmax };

/// One layer, as Keras defines it.
struct Layer {
  std::string_view name;
  LayerKind kind = LayerKind::flatten;
  int outputs = 0;  ///< filters of a convolution, units of a dense layer
  int window = 1;   ///< side of the kernel or of the pool
  int stride = 1;
  Padding padding = Padding::valid;
  Activation activation = Activation::none;

  friend constexpr bool operator==(const Layer&, const Layer&) = default;
};

/// Conv2D, SAME, ReLU.
constexpr Layer convolution(std::string_view name, int filters, int window, int stride) {
  return {name, LayerKind::convolution, filters, window, stride, Padding::same, Activation::relu};
}
/// MaxPool without overlap, VALID.
constexpr Layer max_pool(std::string_view name, int window) {
  return {name, LayerKind::max_pool, 0, window, window, Padding::valid, Activation::none};
}
constexpr Layer flatten(std::string_view name) { return {name}; }
/// Dense, softmax.
constexpr Layer dense(std::string_view name, int units) {
  return {name, LayerKind::dense, units, 1, 1, Padding::valid, Activation::softmax};
}

/// A chain of layers.
class Architecture {
 public:
  static constexpr std::size_t kMostLayers = 8;

  constexpr Architecture(Shape input, std::initializer_list<Layer> layers) : input_(input) { append(layers); }

  /// The same with more layers behind.
  [[nodiscard]] constexpr Architecture with(std::initializer_list<Layer> layers) const {
    Architecture longer = *this;
    longer.append(layers);
    return longer;
  }

  [[nodiscard]] constexpr std::span<const Layer> layers() const { return {layers_.data(), depth_}; }
  [[nodiscard]] constexpr const Layer& layer(std::size_t i) const { return layers_[i]; }
  [[nodiscard]] constexpr Shape input() const { return input_; }
  [[nodiscard]] constexpr Shape input_of(std::size_t i) const { return i == 0 ? input_ : output_of(i - 1); }

  [[nodiscard]] constexpr Shape output_of(std::size_t i) const {
    const Layer& layer = layers_[i];
    const Shape in = input_of(i);
    switch (layer.kind) {
      case LayerKind::convolution:
        return {extent(layer, in.height), extent(layer, in.width), layer.outputs};
      case LayerKind::max_pool:
        return {extent(layer, in.height), extent(layer, in.width), in.channels};
      case LayerKind::flatten:
        return {1, 1, static_cast<int>(in.size())};
      case LayerKind::dense:
        break;
    }
    return {1, 1, layer.outputs};
  }
  [[nodiscard]] constexpr Shape output() const { return output_of(depth_ - 1); }

  /// Weights of a layer's kernel; 0 where it has none.
  [[nodiscard]] constexpr std::size_t kernel_size(std::size_t i) const {
    const Layer& layer = layers_[i];
    const Shape in = input_of(i);
    const auto outputs = static_cast<std::size_t>(layer.outputs);
    if (layer.kind == LayerKind::dense) return in.size() * outputs;
    if (layer.kind != LayerKind::convolution) return 0;
    return static_cast<std::size_t>(layer.window * layer.window * in.channels) * outputs;
  }
  /// Kernel and bias.
  [[nodiscard]] constexpr std::size_t parameters_of(std::size_t i) const {
    return kernel_size(i) == 0 ? 0 : kernel_size(i) + static_cast<std::size_t>(layers_[i].outputs);
  }
  [[nodiscard]] constexpr std::size_t parameters() const {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < depth_; ++i) sum += parameters_of(i);
    return sum;
  }

  /// Multiply-adds of a layer on one image by the naive count: every product of the layer's definition, those with
  /// padding among them.
  [[nodiscard]] constexpr double multiply_adds_of(std::size_t i) const {
    const Shape out = output_of(i);
    return static_cast<double>(kernel_size(i)) * out.height * out.width;
  }
  [[nodiscard]] constexpr double forward_multiply_adds() const {
    double sum = 0.0;
    for (std::size_t i = 0; i < depth_; ++i) sum += multiply_adds_of(i);
    return sum;
  }
  /// Forward, and the gradients by weights and by input; the first layer needs no gradient by its input.
  [[nodiscard]] constexpr double training_multiply_adds() const {
    return 3.0 * forward_multiply_adds() - multiply_adds_of(0);
  }

 private:
  constexpr void append(std::initializer_list<Layer> layers) {
    for (const Layer& layer : layers) layers_[depth_++] = layer;
  }

  /// Output pixels of a window that strides over `side` pixels, as TensorFlow defines SAME and VALID.
  static constexpr int extent(const Layer& layer, int side) {
    const int covered = layer.padding == Padding::same ? side + layer.stride - 1 : side - layer.window + layer.stride;
    return covered / layer.stride;
  }

  Shape input_;
  std::array<Layer, kMostLayers> layers_{};
  std::size_t depth_ = 0;
};

inline constexpr int kDigits = 10;

/// The two conv + pool stages that all networks share; what they give are the features.
inline constexpr Architecture kTrunk({28, 28, 1}, {
                                                      convolution("conv1", 64, 3, 2),
                                                      max_pool("pool1", 2),
                                                      convolution("conv2", 32, 3, 1),
                                                      max_pool("pool2", 2),
                                                  });
inline constexpr std::size_t kTrunkLayers = kTrunk.layers().size();
inline constexpr std::size_t kTrunkParameters = kTrunk.parameters();
inline constexpr std::size_t kFeatures = kTrunk.output().size();  ///< 3x3x32 = 288, in NHWC order

/// The notebook's model_pretext (RotNet): says which of `outputs` variants of an image it sees.
constexpr Architecture pretext_architecture(int outputs) {
  return kTrunk.with({convolution("conv3", 16, 3, 2), flatten("flatten"), dense("dense", outputs)});
}
/// The notebook's: four quarter turns.
inline constexpr Architecture kRotNet = pretext_architecture(4);
/// The most variants that a pretext network tells apart; its kernels have room for so many logits.
inline constexpr int kMaxVariants = 32;

/// The notebook's model_sup: the trunk and a head, everything trainable.
inline constexpr Architecture kClassifier = kTrunk.with({flatten("flatten"), dense("head", kDigits)});

/// The head alone, on given features: the last layer of model_downstream and model_rand.
inline constexpr Architecture kHead({1, 1, static_cast<int>(kFeatures)}, {dense("head", kDigits)});

static_assert(kRotNet.parameters() == 23'988 && kClassifier.parameters() == 21'994 && kHead.parameters() == 2'890);
static_assert(kTrunk.output() == Shape{3, 3, 32} && kRotNet.output_of(4) == Shape{2, 2, 16});

}  // namespace quarterturn
