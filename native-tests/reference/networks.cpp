#include "reference/networks.hpp"

#include "reference/conv2d.hpp"
#include "reference/dense.hpp"
#include "reference/max_pool.hpp"
#include "reference/relu.hpp"

namespace quarterturn::reference {

namespace {

constexpr std::size_t kDigitClasses = 10;

constexpr Conv2d conv1_shape(std::size_t rows) { return {rows, 28, 28, 1, 64, 3, 2}; }
constexpr MaxPool pool1_shape(std::size_t rows) { return {rows, 14, 14, 64}; }
constexpr Conv2d conv2_shape(std::size_t rows) { return {rows, 7, 7, 64, 32, 3, 1}; }
constexpr MaxPool pool2_shape(std::size_t rows) { return {rows, 7, 7, 32}; }
constexpr Conv2d conv3_shape(std::size_t rows) { return {rows, 3, 3, 32, 16, 3, 2}; }
constexpr Dense dense_shape(std::size_t rows, std::size_t classes) { return {rows, 64, classes}; }
constexpr Dense head_shape(std::size_t rows) { return {rows, kFeatures, kDigitClasses}; }

// Kernel and bias of one layer inside a parameter or gradient buffer, which `T` = const double or double tells apart.
template <class T>
struct Weights {
  std::span<T> kernel;
  std::span<T> bias;
};

template <class T>
Weights<T> weights_at(std::span<T> buffer, std::size_t offset, std::size_t kernel, std::size_t bias) {
  return {buffer.subspan(offset, kernel), buffer.subspan(offset + kernel, bias)};
}

template <class T>
Weights<T> conv1_of(std::span<T> buffer) {
  return weights_at(buffer, 0, 3 * 3 * 1 * 64, 64);
}
template <class T>
Weights<T> conv2_of(std::span<T> buffer) {
  return weights_at(buffer, 640, 3 * 3 * 64 * 32, 32);
}
template <class T>
Weights<T> conv3_of(std::span<T> buffer) {
  return weights_at(buffer, kTrunkParameters, 3 * 3 * 32 * 16, 16);
}
template <class T>
Weights<T> dense_of(std::span<T> buffer, std::size_t classes) {
  return weights_at(buffer, kTrunkParameters + 4624, 64 * classes, classes);
}
template <class T>
Weights<T> head_of(std::span<T> buffer) {
  return weights_at(buffer, 0, kFeatures * kDigitClasses, kDigitClasses);
}

// The third convolution after ReLU, [rows][2][2][16], which Flatten reads as [rows][64].
std::vector<double> conv3_forward(std::span<const double> parameters, std::span<const double> features) {
  const Conv2d shape = conv3_shape(features.size() / kFeatures);
  const auto weights = conv3_of(parameters);
  std::vector<double> conv3(shape.output_size());
  conv2d_forward(shape, features, weights.kernel, weights.bias, conv3);
  relu_forward(conv3, conv3);
  return conv3;
}

std::vector<double> variant_logits(std::span<const double> parameters, std::span<const double> conv3,
                                   std::size_t classes) {
  const Dense shape = dense_shape(conv3.size() / 64, classes);
  const auto weights = dense_of(parameters, classes);
  std::vector<double> logits(shape.batch * classes);
  dense_forward(shape, conv3, weights.kernel, weights.bias, logits);
  return logits;
}

std::vector<double> head_logits(std::span<const double> parameters, std::span<const double> features) {
  const Dense shape = head_shape(features.size() / kFeatures);
  const auto weights = head_of(parameters);
  std::vector<double> logits(shape.batch * kDigitClasses);
  dense_forward(shape, features, weights.kernel, weights.bias, logits);
  return logits;
}

// `features_gradient` may be empty where the trunk is frozen.
Loss head_gradient(std::span<const double> parameters, std::span<const double> features,
                   std::span<const std::uint8_t> labels, std::span<double> gradient,
                   std::span<double> features_gradient) {
  const Dense shape = head_shape(features.size() / kFeatures);
  const std::vector<double> logits = head_logits(parameters, features);
  std::vector<double> logits_gradient(logits.size());
  softmax_cross_entropy_backward(shape.batch, kDigitClasses, logits, labels, logits_gradient);
  const auto into = head_of(gradient);
  dense_backward(shape, features, head_of(parameters).kernel, logits_gradient, features_gradient, into.kernel,
                 into.bias);
  return softmax_cross_entropy_forward(shape.batch, kDigitClasses, logits, labels);
}

}  // namespace

// numpy.rot90 turns the axes, so with N = 28 the turned image holds at (y, x)
//   k = 0: image[y][x]   k = 1: image[x][N-1-y]   k = 2: image[N-1-y][N-1-x]   k = 3: image[N-1-x][y]
Batch make_batch(const std::uint8_t* pixels, std::span<const std::uint32_t> image, std::span<const std::uint8_t> turn,
                 std::span<const std::uint8_t> labels, Preset preset) {
  constexpr std::size_t kLast = kImageSide - 1;
  Batch batch;
  batch.labels.assign(labels.begin(), labels.end());
  batch.input.reserve(image.size() * kImagePixels);
  for (std::size_t r = 0; r < image.size(); ++r) {
    const std::uint8_t* source = pixels + image[r] * kImagePixels;
    const unsigned k = turn.empty() ? 0U : turn[r] % 4U;
    for (std::size_t y = 0; y < kImageSide; ++y) {
      for (std::size_t x = 0; x < kImageSide; ++x) {
        const std::size_t from_y = k == 0 ? y : k == 1 ? x : k == 2 ? kLast - y : kLast - x;
        const std::size_t from_x = k == 0 ? x : k == 1 ? kLast - y : k == 2 ? kLast - x : y;
        const double pixel = source[from_y * kImageSide + from_x];
        batch.input.push_back(preset == Preset::unit ? pixel / 255.0 : pixel);
      }
    }
  }
  return batch;
}

Trunk trunk_forward(std::span<const double> parameters, std::span<const double> input) {
  Trunk trunk;
  trunk.rows = input.size() / kImagePixels;
  const Conv2d conv1 = conv1_shape(trunk.rows);
  const MaxPool pool1 = pool1_shape(trunk.rows);
  const Conv2d conv2 = conv2_shape(trunk.rows);
  const MaxPool pool2 = pool2_shape(trunk.rows);
  const auto weights1 = conv1_of(parameters);
  const auto weights2 = conv2_of(parameters);

  trunk.conv1.resize(conv1.output_size());
  conv2d_forward(conv1, input, weights1.kernel, weights1.bias, trunk.conv1);
  relu_forward(trunk.conv1, trunk.conv1);
  trunk.pool1.resize(pool1.output_size());
  trunk.winner1.resize(pool1.output_size());
  max_pool_forward(pool1, trunk.conv1, trunk.pool1, trunk.winner1);

  trunk.conv2.resize(conv2.output_size());
  conv2d_forward(conv2, trunk.pool1, weights2.kernel, weights2.bias, trunk.conv2);
  relu_forward(trunk.conv2, trunk.conv2);
  trunk.pool2.resize(pool2.output_size());
  trunk.winner2.resize(pool2.output_size());
  max_pool_forward(pool2, trunk.conv2, trunk.pool2, trunk.winner2);
  return trunk;
}

void trunk_backward(std::span<const double> parameters, std::span<const double> input, const Trunk& trunk,
                    std::span<const double> features_gradient, std::span<double> gradient) {
  const auto into1 = conv1_of(gradient);
  const auto into2 = conv2_of(gradient);

  std::vector<double> conv2_gradient(trunk.conv2.size());
  max_pool_backward(pool2_shape(trunk.rows), trunk.winner2, features_gradient, conv2_gradient);
  relu_backward(trunk.conv2, conv2_gradient, conv2_gradient);
  std::vector<double> pool1_gradient(trunk.pool1.size());
  conv2d_backward(conv2_shape(trunk.rows), trunk.pool1, conv2_of(parameters).kernel, conv2_gradient, pool1_gradient,
                  into2.kernel, into2.bias);

  std::vector<double> conv1_gradient(trunk.conv1.size());
  max_pool_backward(pool1_shape(trunk.rows), trunk.winner1, pool1_gradient, conv1_gradient);
  relu_backward(trunk.conv1, conv1_gradient, conv1_gradient);
  conv2d_backward(conv1_shape(trunk.rows), input, conv1_of(parameters).kernel, conv1_gradient, {}, into1.kernel,
                  into1.bias);
}

std::vector<double> RotNet::logits(const Batch& batch) const {
  return variant_logits(parameters, conv3_forward(parameters, features(batch)), classes);
}

std::vector<double> RotNet::features(const Batch& batch) const { return trunk_forward(parameters, batch.input).pool2; }

Loss RotNet::loss(const Batch& batch) const {
  return softmax_cross_entropy_forward(batch.rows(), classes, logits(batch), batch.labels);
}

Loss RotNet::gradient(const Batch& batch, std::span<double> gradient) const {
  const std::size_t rows = batch.rows();
  const std::span<const double> weights = parameters;
  const Trunk trunk = trunk_forward(weights, batch.input);
  const std::vector<double> conv3 = conv3_forward(weights, trunk.pool2);
  const std::vector<double> logits = variant_logits(weights, conv3, classes);

  std::vector<double> logits_gradient(logits.size());
  softmax_cross_entropy_backward(rows, classes, logits, batch.labels, logits_gradient);
  std::vector<double> conv3_gradient(conv3.size());
  const auto into_dense = dense_of(gradient, classes);
  dense_backward(dense_shape(rows, classes), conv3, dense_of(weights, classes).kernel, logits_gradient, conv3_gradient,
                 into_dense.kernel, into_dense.bias);
  relu_backward(conv3, conv3_gradient, conv3_gradient);
  std::vector<double> features_gradient(trunk.pool2.size());
  const auto into_conv3 = conv3_of(gradient);
  conv2d_backward(conv3_shape(rows), trunk.pool2, conv3_of(weights).kernel, conv3_gradient, features_gradient,
                  into_conv3.kernel, into_conv3.bias);
  trunk_backward(weights, batch.input, trunk, features_gradient, gradient);
  return softmax_cross_entropy_forward(rows, classes, logits, batch.labels);
}

std::vector<double> Head::logits(std::span<const double> features) const { return head_logits(parameters, features); }

Loss Head::loss(std::span<const double> features, std::span<const std::uint8_t> labels) const {
  return softmax_cross_entropy_forward(features.size() / kFeatures, kDigitClasses, logits(features), labels);
}

Loss Head::gradient(std::span<const double> features, std::span<const std::uint8_t> labels,
                    std::span<double> gradient) const {
  return head_gradient(parameters, features, labels, gradient, {});
}

Loss Head::train_step(std::span<const double> features, std::span<const std::uint8_t> labels, Sgd& optimizer) {
  std::vector<double> mean_gradient(parameters.size());
  const Loss loss = gradient(features, labels, mean_gradient);
  optimizer.update(parameters, mean_gradient);
  return loss;
}

std::vector<double> Classifier::logits(const Batch& batch) const {
  return head_logits(std::span<const double>(parameters).subspan(kTrunkParameters), features(batch));
}

std::vector<double> Classifier::features(const Batch& batch) const {
  return trunk_forward(parameters, batch.input).pool2;
}

Loss Classifier::loss(const Batch& batch) const {
  return softmax_cross_entropy_forward(batch.rows(), kDigitClasses, logits(batch), batch.labels);
}

Loss Classifier::gradient(const Batch& batch, std::span<double> gradient) const {
  const std::span<const double> weights = parameters;
  const Trunk trunk = trunk_forward(weights, batch.input);
  std::vector<double> features_gradient(trunk.pool2.size());
  const Loss loss = head_gradient(weights.subspan(kTrunkParameters), trunk.pool2, batch.labels,
                                  gradient.subspan(kTrunkParameters), features_gradient);
  trunk_backward(weights, batch.input, trunk, features_gradient, gradient);
  return loss;
}

namespace {

template <class Network, class Optimizer>
Loss step(Network& network, const Batch& batch, Optimizer& optimizer) {
  std::vector<double> mean_gradient(network.parameters.size());
  const Loss loss = network.gradient(batch, mean_gradient);
  optimizer.update(network.parameters, mean_gradient);
  return loss;
}

}  // namespace

Loss Classifier::train_step(const Batch& batch, Sgd& optimizer) { return step(*this, batch, optimizer); }
Loss Classifier::train_step(const Batch& batch, Adam& optimizer) { return step(*this, batch, optimizer); }
Loss RotNet::train_step(const Batch& batch, Adam& optimizer) { return step(*this, batch, optimizer); }

}  // namespace quarterturn::reference
