// The double-precision layers against hand-computed cases and central finite differences:
//   dL/dx = (L(x + h) - L(x - h)) / 2h,  L = sum of weight * output with fixed random weights.
// L is linear in a layer's output, so a layer that is linear in x agrees to rounding; max and ReLU agree away from
// ties.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/philox.hpp"
#include "reference/conv2d.hpp"
#include "reference/dense.hpp"
#include "reference/max_pool.hpp"
#include "reference/optimizers.hpp"
#include "reference/relu.hpp"
#include "reference/softmax_cross_entropy.hpp"

namespace quarterturn::reference {
namespace {

using Values = std::vector<double>;

// Uniform in [-1, 1); `stream` keeps the inputs, weights and output weights of one test apart.
Values random_values(std::size_t count, std::uint32_t stream) {
  const Philox random(7, RandomPurpose::test, stream);
  Values values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = 2.0 * static_cast<double>(random.uniform(i)) - 1.0;
  return values;
}

double dot(const Values& a, const Values& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// Compares `gradient` with central differences of `loss` in every element of `x`, which `loss` must read.
void expect_finite_differences(Values& x, const Values& gradient, const std::function<double()>& loss,
                               const std::string& what) {
  constexpr double kStep = 1e-6;
  ASSERT_EQ(x.size(), gradient.size()) << what;
  double largest = 0.0;
  for (const double g : gradient) largest = std::max(largest, std::abs(g));
  ASSERT_GT(largest, 0.0) << what << ": the gradient is zero everywhere";
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double held = x[i];
    x[i] = held + kStep;
    const double above = loss();
    x[i] = held - kStep;
    const double below = loss();
    x[i] = held;
    ASSERT_NEAR(gradient[i], (above - below) / (2.0 * kStep), 1e-7 * largest) << what << ", element " << i;
  }
}

TEST(ReferenceConv2d, SamePaddingAsTensorFlow) {
  struct Case {
    std::size_t input, kernel, stride, output, before, after;
  };
  for (const Case& c :
       {Case{28, 3, 2, 14, 0, 1}, Case{3, 3, 2, 2, 1, 1}, Case{7, 3, 1, 7, 1, 1}, Case{7, 3, 2, 4, 1, 1},
        Case{8, 5, 2, 4, 1, 2}, Case{5, 1, 2, 3, 0, 0}, Case{4, 2, 1, 4, 0, 1}, Case{1, 3, 2, 1, 1, 1}}) {
    const SamePadding padding = same_padding(c.input, c.kernel, c.stride);
    EXPECT_EQ(padding.output, c.output) << c.input << "/" << c.stride << " kernel " << c.kernel;
    EXPECT_EQ(padding.before, c.before) << c.input << "/" << c.stride << " kernel " << c.kernel;
    EXPECT_EQ(padding.after, c.after) << c.input << "/" << c.stride << " kernel " << c.kernel;
  }
}

// 4x4, stride 2: padded 0 before and 1 after, so the first window starts at the corner.
TEST(ReferenceConv2d, EvenSizeStrideTwoByHand) {
  const Conv2d shape{1, 4, 4, 1, 1, 3, 2};
  const Values input = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  const Values kernel = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const Values bias = {100};
  Values output(shape.output_size());
  conv2d_forward(shape, input, kernel, bias, output);
  // (0,0): 1*1+2*2+3*3 + 4*5+5*6+6*7 + 7*9+8*10+9*11 = 14 + 92 + 242 = 348
  // (0,1): 1*3+2*4 + 4*7+5*8 + 7*11+8*12 = 11 + 68 + 173 = 252
  // (1,0): 1*9+2*10+3*11 + 4*13+5*14+6*15 = 62 + 212 = 274
  // (1,1): 1*11+2*12 + 4*15+5*16 = 35 + 140 = 175
  EXPECT_EQ(output, (Values{448, 352, 374, 275}));
}

// 3x3, stride 2: padded 1 before and 1 after, so every window reaches over the edge.
TEST(ReferenceConv2d, OddSizeStrideTwoByHand) {
  const Conv2d shape{1, 3, 3, 1, 1, 3, 2};
  const Values input = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const Values kernel = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const Values bias = {0};
  Values output(shape.output_size());
  conv2d_forward(shape, input, kernel, bias, output);
  // Taps inside the image (kernel entry * pixel):
  //   (0,0): 5*1+6*2 + 8*4+9*5 = 94     (0,1): 4*2+5*3 + 7*5+8*6 = 106
  //   (1,0): 2*4+3*5 + 5*7+6*8 = 106    (1,1): 1*5+2*6 + 4*8+5*9 = 94
  EXPECT_EQ(output, (Values{94, 106, 106, 94}));
}

// Channels: two in, two out, 1x1 kernel; kernel[in][out].
TEST(ReferenceConv2d, ChannelsByHand) {
  const Conv2d shape{2, 1, 1, 2, 2, 1, 1};
  const Values input = {1, 2, 3, 4};
  const Values kernel = {10, 20, 30, 40};
  const Values bias = {1, 2};
  Values output(shape.output_size());
  conv2d_forward(shape, input, kernel, bias, output);
  EXPECT_EQ(output, (Values{10 + 60 + 1, 20 + 80 + 2, 30 + 120 + 1, 60 + 160 + 2}));
}

TEST(ReferenceConv2d, FiniteDifferences) {
  for (const Conv2d& shape : {Conv2d{2, 6, 6, 1, 4, 3, 2}, Conv2d{2, 5, 7, 3, 2, 3, 1}, Conv2d{1, 3, 3, 4, 3, 3, 2},
                              Conv2d{2, 7, 5, 2, 3, 3, 2}, Conv2d{1, 6, 8, 2, 2, 5, 2}, Conv2d{1, 4, 4, 2, 3, 2, 1},
                              Conv2d{3, 1, 1, 2, 2, 3, 1}}) {
    const std::string what = std::to_string(shape.height) + "x" + std::to_string(shape.width) + ", kernel " +
                             std::to_string(shape.kernel) + ", stride " + std::to_string(shape.stride);
    Values input = random_values(shape.input_size(), 1);
    Values kernel = random_values(shape.kernel_size(), 2);
    Values bias = random_values(shape.out_channels, 3);
    const Values weight = random_values(shape.output_size(), 4);
    Values output(shape.output_size());
    const auto loss = [&] {
      conv2d_forward(shape, input, kernel, bias, output);
      return dot(output, weight);
    };
    Values input_gradient(input.size(), -1.0);  // backward overwrites what is there
    Values kernel_gradient(kernel.size(), -1.0);
    Values bias_gradient(bias.size(), -1.0);
    conv2d_backward(shape, input, kernel, weight, input_gradient, kernel_gradient, bias_gradient);
    expect_finite_differences(input, input_gradient, loss, "input of " + what);
    expect_finite_differences(kernel, kernel_gradient, loss, "kernel of " + what);
    expect_finite_differences(bias, bias_gradient, loss, "bias of " + what);

    Values kernel_only(kernel.size());
    Values bias_only(bias.size());
    conv2d_backward(shape, input, kernel, weight, {}, kernel_only, bias_only);
    EXPECT_EQ(kernel_only, kernel_gradient) << what;
    EXPECT_EQ(bias_only, bias_gradient) << what;
  }
}

TEST(ReferenceRelu, ZeroAtZeroAndBelow) {
  const Values input = {-2, -0.0, 0, 1e-300, 3};
  Values output(5);
  relu_forward(input, output);
  EXPECT_EQ(output, (Values{0, 0, 0, 1e-300, 3}));
  const Values output_gradient = {1, 2, 3, 4, 5};
  Values input_gradient(5, -1.0);
  relu_backward(output, output_gradient, input_gradient);
  EXPECT_EQ(input_gradient, (Values{0, 0, 0, 4, 5}));
}

TEST(ReferenceRelu, FiniteDifferences) {
  Values input = random_values(40, 1);
  for (const double x : input) ASSERT_GT(std::abs(x), 1e-5) << "too near the kink for a finite difference";
  const Values weight = random_values(40, 2);
  Values output(40);
  const auto loss = [&] {
    relu_forward(input, output);
    return dot(output, weight);
  };
  loss();
  Values input_gradient(40);
  relu_backward(output, weight, input_gradient);
  expect_finite_differences(input, input_gradient, loss, "input");
}

TEST(ReferenceMaxPool, FirstOfEqualsWins) {
  const MaxPool shape{1, 2, 8, 1};
  const Values input = {5, 5, 1, 7, 0, 2, 0, 0,   //
                        5, 5, 7, 7, 2, 2, 0, 3};  //
  Values output(4);
  std::vector<std::uint8_t> winner(4);
  max_pool_forward(shape, input, output, winner);
  EXPECT_EQ(output, (Values{5, 7, 2, 3}));
  EXPECT_EQ(winner, (std::vector<std::uint8_t>{0, 1, 1, 3}));
  const Values output_gradient = {1, 2, 3, 4};
  Values input_gradient(16, -1.0);
  max_pool_backward(shape, winner, output_gradient, input_gradient);
  EXPECT_EQ(input_gradient, (Values{1, 0, 0, 2, 0, 3, 0, 0,     //
                                    0, 0, 0, 0, 0, 0, 0, 4}));  //
}

// VALID: the last row and column of an odd image are never read and never get a gradient.
TEST(ReferenceMaxPool, OddEdgeIsDropped) {
  const MaxPool shape{1, 3, 3, 1};
  const Values input = {1, 2, 9, 3, 4, 9, 9, 9, 9};
  Values output(shape.output_size());
  std::vector<std::uint8_t> winner(shape.output_size());
  max_pool_forward(shape, input, output, winner);
  EXPECT_EQ(output, (Values{4}));
  Values input_gradient(9, -1.0);
  max_pool_backward(shape, winner, Values{2}, input_gradient);
  EXPECT_EQ(input_gradient, (Values{0, 0, 0, 0, 2, 0, 0, 0, 0}));
}

TEST(ReferenceMaxPool, FiniteDifferences) {
  for (const MaxPool& shape : {MaxPool{2, 4, 6, 3}, MaxPool{1, 7, 7, 2}, MaxPool{3, 5, 2, 1}}) {
    Values input = random_values(shape.input_size(), 1);
    Values sorted = input;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 1; i < sorted.size(); ++i) ASSERT_GT(sorted[i] - sorted[i - 1], 1e-5) << "too near a tie";
    const Values weight = random_values(shape.output_size(), 2);
    Values output(shape.output_size());
    std::vector<std::uint8_t> winner(shape.output_size());
    const auto loss = [&] {
      max_pool_forward(shape, input, output, winner);
      return dot(output, weight);
    };
    loss();
    Values input_gradient(input.size(), -1.0);
    max_pool_backward(shape, winner, weight, input_gradient);
    expect_finite_differences(input, input_gradient, loss, "input");
  }
}

TEST(ReferenceDense, ByHand) {
  const Dense shape{2, 3, 2};
  const Values input = {1, 2, 3, 4, 5, 6};
  const Values kernel = {1, 10, 2, 20, 3, 30};
  const Values bias = {0.5, -0.5};
  Values output(4);
  dense_forward(shape, input, kernel, bias, output);
  EXPECT_EQ(output, (Values{14.5, 139.5, 32.5, 319.5}));
}

TEST(ReferenceDense, FiniteDifferences) {
  for (const Dense& shape : {Dense{3, 5, 4}, Dense{1, 1, 7}, Dense{4, 9, 1}}) {
    Values input = random_values(shape.batch * shape.inputs, 1);
    Values kernel = random_values(shape.inputs * shape.outputs, 2);
    Values bias = random_values(shape.outputs, 3);
    const Values weight = random_values(shape.batch * shape.outputs, 4);
    Values output(weight.size());
    const auto loss = [&] {
      dense_forward(shape, input, kernel, bias, output);
      return dot(output, weight);
    };
    Values input_gradient(input.size(), -1.0);
    Values kernel_gradient(kernel.size(), -1.0);
    Values bias_gradient(bias.size(), -1.0);
    dense_backward(shape, input, kernel, weight, input_gradient, kernel_gradient, bias_gradient);
    expect_finite_differences(input, input_gradient, loss, "input");
    expect_finite_differences(kernel, kernel_gradient, loss, "kernel");
    expect_finite_differences(bias, bias_gradient, loss, "bias");
  }
}

TEST(ReferenceSoftmaxCrossEntropy, ByHand) {
  // exp of log 1, log 2, log 5 is 1, 2, 5: probabilities 1/8, 2/8, 5/8.
  const Values logits = {std::log(1.0), std::log(2.0), std::log(5.0), std::log(5.0), std::log(2.0), std::log(1.0)};
  const std::vector<std::uint8_t> labels = {1, 0};
  Values probabilities(6);
  softmax(2, 3, logits, probabilities);
  const Values expected = {0.125, 0.25, 0.625, 0.625, 0.25, 0.125};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(probabilities[i], expected[i], 1e-15);
  const Loss loss = softmax_cross_entropy_forward(2, 3, logits, labels);
  EXPECT_NEAR(loss.sum, std::log(8.0 / 2.0) + std::log(8.0 / 5.0), 1e-14);
  EXPECT_EQ(loss.correct, 1U);
  Values gradient(6);
  softmax_cross_entropy_backward(2, 3, logits, labels, gradient);
  const Values expected_gradient = {0.0625, -0.375, 0.3125, -0.1875, 0.125, 0.0625};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(gradient[i], expected_gradient[i], 1e-15);
}

TEST(ReferenceSoftmaxCrossEntropy, HugeLogitsStayFinite) {
  // Row 0: certain and right. Row 1: certain and wrong, the loss is the distance of the logits. Row 2: all equal.
  const Values logits = {1e6, -1e6, 0, 1e6, -1e6, 0, -1e9, -1e9, -1e9};
  const std::vector<std::uint8_t> labels = {0, 1, 0};
  const Loss loss = softmax_cross_entropy_forward(3, 3, logits, labels);
  EXPECT_NEAR(loss.sum, 0.0 + 2e6 + std::log(3.0), 1e-9);
  EXPECT_EQ(loss.correct, 2U);  // rows 0 and 2: the first of equals is class 0
  Values gradient(9);
  softmax_cross_entropy_backward(3, 3, logits, labels, gradient);
  const double third = 1.0 / 3.0;
  const Values expected = {0, 0, 0, third, -third, 0, (third - 1.0) * third, third * third, third * third};
  for (std::size_t i = 0; i < 9; ++i) EXPECT_NEAR(gradient[i], expected[i], 1e-15) << "element " << i;
}

TEST(ReferenceSoftmaxCrossEntropy, FiniteDifferencesOfTheMean) {
  for (const std::size_t batch : {std::size_t{1}, std::size_t{5}}) {
    constexpr std::size_t kClasses = 4;
    Values logits = random_values(batch * kClasses, 1);
    std::vector<std::uint8_t> labels(batch);
    for (std::size_t n = 0; n < batch; ++n) labels[n] = static_cast<std::uint8_t>((n * 3) % kClasses);
    const auto loss = [&] {
      return softmax_cross_entropy_forward(batch, kClasses, logits, labels).sum / static_cast<double>(batch);
    };
    Values gradient(logits.size(), -1.0);
    softmax_cross_entropy_backward(batch, kClasses, logits, labels, gradient);
    expect_finite_differences(logits, gradient, loss, "logits");
  }
}

TEST(ReferenceGlorotUniform, LimitsOfTheExperiment) {
  EXPECT_DOUBLE_EQ(glorot_uniform_limit(3, 1, 64), std::sqrt(6.0 / 585.0));
  EXPECT_DOUBLE_EQ(glorot_uniform_limit(3, 64, 32), std::sqrt(6.0 / 864.0));
  EXPECT_DOUBLE_EQ(glorot_uniform_limit(3, 32, 16), std::sqrt(6.0 / 432.0));
  EXPECT_DOUBLE_EQ(glorot_uniform_limit(64, 4), std::sqrt(6.0 / 68.0));
  EXPECT_DOUBLE_EQ(glorot_uniform_limit(288, 10), std::sqrt(6.0 / 298.0));
}

TEST(ReferenceAdam, ThreeStepsByHand) {
  // lr 0.1, betas 0.5 and 0.75, epsilon 1 so that it shows; gradients 2, -1, 4.
  //   t=1: m = 0.5*2 = 1;                    v = 0.25*4 = 1;               alpha = 0.1*sqrt(0.25)/0.5 = 0.1
  //        w = 1 - 0.1*1/(1+1) = 0.95
  //   t=2: m = 1 + 0.5*(-1-1) = 0;           v = 1 + 0.25*(1-1) = 1;       w stays 0.95
  //   t=3: m = 0 + 0.5*(4-0) = 2;            v = 1 + 0.25*(16-1) = 4.75;
  //        alpha = 0.1*sqrt(1-0.421875)/(1-0.125) = 0.1*0.7603453163/0.875 = 0.0868966076
  //        w = 0.95 - 0.0868966076*2/(2.1794494718+1) = 0.95 - 0.0546614175 = 0.8953385825
  Adam adam(1);
  adam.learning_rate = 0.1;
  adam.beta_1 = 0.5;
  adam.beta_2 = 0.75;
  adam.epsilon = 1.0;
  Values weight = {1.0};
  adam.update(weight, Values{2.0});
  EXPECT_NEAR(weight[0], 0.95, 1e-15);
  adam.update(weight, Values{-1.0});
  EXPECT_NEAR(weight[0], 0.95, 1e-15);
  EXPECT_EQ(adam.m[0], 0.0);
  adam.update(weight, Values{4.0});
  EXPECT_EQ(adam.v[0], 4.75);
  EXPECT_EQ(adam.step, 3U);
  EXPECT_NEAR(weight[0], 0.8953385825, 1e-9);
}

TEST(ReferenceAdam, DefaultsByHand) {
  // First step with Keras' defaults: m = 0.1 g, v = 0.001 g^2, alpha = 0.001 sqrt(0.001)/0.1 = 3.1622776602e-4.
  //   g = 0.5:   m/(sqrt v + eps) = 0.05/(0.0158113883+1e-7) = 3.1622576602,  step = 9.99993675e-4
  //   g = -1e-6: sqrt v = 3.16227766e-8, below epsilon: -1e-7/(1.316227766e-7) = -0.759746927, step = -2.40253073e-4
  Adam adam(2);
  Values weights = {0.0, 0.0};
  adam.update(weights, Values{0.5, -1e-6});
  EXPECT_NEAR(weights[0], -9.99993675e-4, 1e-12);
  EXPECT_NEAR(weights[1], 2.40253073e-4, 1e-12);
}

TEST(ReferenceSgd, ThreeStepsByHand) {
  // lr 0.1, momentum 0.9; gradients 1, 2, -3:
  //   v = -0.1, w = 0.9;   v = -0.09 - 0.2 = -0.29, w = 0.61;   v = -0.261 + 0.3 = 0.039, w = 0.649
  Sgd sgd(1);
  sgd.learning_rate = 0.1;
  Values weight = {1.0};
  sgd.update(weight, Values{1.0});
  EXPECT_NEAR(weight[0], 0.9, 1e-15);
  sgd.update(weight, Values{2.0});
  EXPECT_NEAR(weight[0], 0.61, 1e-15);
  sgd.update(weight, Values{-3.0});
  EXPECT_NEAR(weight[0], 0.649, 1e-15);
  EXPECT_NEAR(sgd.velocity[0], 0.039, 1e-15);
}

}  // namespace
}  // namespace quarterturn::reference
