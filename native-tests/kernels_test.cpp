// The fast networks against their double-precision twins, on every instruction set that this machine has, and the
// promise that threads and lanes do not change a bit.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>
#include <type_traits>
#include <vector>

#include "data/digits.hpp"
#include "models/compute_state.hpp"
#include "models/networks.hpp"
#include "pretext/task.hpp"
#include "reference/networks.hpp"

namespace quarterturn {
namespace {

constexpr double kEpsilon = 0x1p-24;

/// Rows of a pretext batch that is held against the twin. Emulated, a twin takes fifty times as long.
#ifdef QUARTERTURN_EMULATED
constexpr std::array<std::size_t, 2> kPretextRows{7, 25};
#else
constexpr std::array<std::size_t, 4> kPretextRows{1, 7, 24, 65};
#endif

std::unique_ptr<Compute> compute_on(std::string_view isa, unsigned threads = 1) {
  auto compute = Compute::create({threads, isa});
  EXPECT_TRUE(compute.ok()) << (compute.ok() ? "" : compute.error().message);
  return std::move(compute).value();
}

/// Digits, turned by 0..3 in turn, with labels for `classes` classes.
struct Rows {
  Dataset digits;
  std::vector<std::uint32_t> image;
  std::vector<std::uint8_t> turn;
  std::vector<std::uint8_t> label;
  Preset preset;

  Rows(std::size_t count, Preset wanted, bool turned) : digits(generate_digits(7, 0, count)), preset(wanted) {
    for (std::size_t r = 0; r < count; ++r) {
      image.push_back(static_cast<std::uint32_t>((r * 5 + 3) % count));
      turn.push_back(static_cast<std::uint8_t>(turned ? r % 4 : 0));
      label.push_back(turned ? turn.back() : digits.labels[image.back()]);
    }
  }
  [[nodiscard]] ImageBatch batch() const { return {digits.pixels.data(), image, turn, label, preset}; }
  [[nodiscard]] reference::Batch reference_batch() const {
    return reference::make_batch(digits.pixels.data(), image, turn, label, preset);
  }
};

void randomise_biases(Network& network, float size) {
  const Philox random(5, RandomPurpose::test);
  std::uint64_t at = 0;
  for (const TensorInfo& tensor : tensors(network.architecture())) {
    if (tensor.rank != 1) continue;
    for (std::size_t i = 0; i < tensor.size(); ++i) {
      network.parameters()[tensor.offset + i] = size * (2.0F * random.uniform(at++) - 1.0F);
    }
  }
}

/// Largest error of a tensor in units of the tensor's largest value.
double worst_error(const TensorInfo& tensor, std::span<const float> fast, std::span<const double> exact) {
  double largest = 0.0;
  double error = 0.0;
  for (std::size_t i = tensor.offset; i < tensor.offset + tensor.size(); ++i) {
    largest = std::max(largest, std::abs(exact[i]));
    error = std::max(error, std::abs(static_cast<double>(fast[i]) - exact[i]));
  }
  return error / largest;
}

/// Digits through the maps of a pretext task, by turns through all; the twin reads them rearranged.
struct TaskRows {
  Dataset digits;
  std::vector<std::uint8_t> rearranged;  ///< [rows][28][28]
  std::vector<PixelMap> maps;
  std::vector<std::uint32_t> image;
  std::vector<std::uint8_t> variant;
  Preset preset;

  TaskRows(const PretextTask& task, std::size_t count, Preset wanted)
      : digits(generate_digits(7, 0, count)), maps(maps_of(task)), preset(wanted) {
    for (std::size_t r = 0; r < count; ++r) {
      image.push_back(static_cast<std::uint32_t>((r * 5 + 3) % count));
      variant.push_back(static_cast<std::uint8_t>((7 * r + 1) % maps.size()));
      const auto pixels = mapped(digits.image(image.back()), maps[variant.back()]);
      rearranged.insert(rearranged.end(), pixels.begin(), pixels.end());
    }
  }
  [[nodiscard]] ImageBatch batch() const { return {digits.pixels.data(), image, variant, variant, preset, maps}; }
  [[nodiscard]] reference::Batch reference_batch() const {
    std::vector<std::uint32_t> rows(image.size());
    std::iota(rows.begin(), rows.end(), 0U);
    return reference::make_batch(rearranged.data(), rows, {}, variant, preset);
  }
};

template <class Twin, class SomeRows>
void expect_gradient_near(Compute& compute, const Network& fast, const SomeRows& rows, double tolerance) {
  Twin twin;
  if constexpr (std::is_same_v<Twin, reference::RotNet>) twin = Twin{fast.outputs()};
  std::ranges::copy(fast.parameters(), twin.parameters.begin());
  std::vector<double> exact(twin.parameters.size());
  const auto exact_loss = twin.gradient(rows.reference_batch(), exact);
  std::vector<float> gradient(fast.parameters().size());
  const BatchResult loss = fast.gradient(compute, rows.batch(), gradient);
  EXPECT_NEAR(loss.loss_sum, exact_loss.sum, 2e-5 * exact_loss.sum);
  EXPECT_EQ(loss.correct, exact_loss.correct);
  for (const TensorInfo& tensor : tensors(fast.architecture())) {
    EXPECT_LE(worst_error(tensor, gradient, exact), tolerance) << tensor.name << " rows " << rows.image.size();
  }
}

class EveryInstructionSet : public testing::TestWithParam<std::string_view> {};

TEST_P(EveryInstructionSet, RotNetGradientMatchesReference) {
  const auto compute = compute_on(GetParam(), 2);
  for (const std::size_t count : kPretextRows) {
    for (const Preset preset : {Preset::unit, Preset::notebook}) {
      const Rows rows(count, preset, true);
      Network network = Network::pretext(3);
      randomise_biases(network, 0.1F);
      // Chains of up to 64 + 24 products, Winograd's constants (32 at most) and cancellation between them.
      expect_gradient_near<reference::RotNet>(*compute, network, rows, 2000 * kEpsilon);
    }
  }
}

// All tasks: 4, 8 and 24 outputs, and maps that leave no window blank.
TEST_P(EveryInstructionSet, PretextGradientsMatchReference) {
  const auto compute = compute_on(GetParam(), 2);
  for (const PretextTask& task : pretext_tasks()) {
    SCOPED_TRACE(task.name);
    for (const std::size_t count : {7U, 49U}) {
      for (const Preset preset : {Preset::unit, Preset::notebook}) {
        const TaskRows rows(task, count, preset);
        Network network = Network::pretext(3, task.classes);
        randomise_biases(network, 0.1F);
        expect_gradient_near<reference::RotNet>(*compute, network, rows, 2000 * kEpsilon);
      }
    }
    // As every run begins: see the next test.
    const TaskRows rows(task, 48, Preset::notebook);
    expect_gradient_near<reference::RotNet>(*compute, Network::pretext(1, task.classes), rows, 2000 * kEpsilon);
  }
}

// As many outputs as fill one panel, one more, and as many as there may be.
TEST_P(EveryInstructionSet, AnyNumberOfVariantsMatchesReference) {
  const auto compute = compute_on(GetParam());
  TaskRows rows(*pretext_task_named("jigsaw"), 30, Preset::unit);
  for (const std::size_t variants : {2U, 16U, 17U, 32U}) {
    for (std::size_t r = 0; r < rows.variant.size(); ++r) {
      rows.variant[r] = static_cast<std::uint8_t>(r % std::min<std::size_t>(variants, rows.maps.size()));
      const auto pixels = mapped(rows.digits.image(rows.image[r]), rows.maps[rows.variant[r]]);
      std::ranges::copy(pixels, rows.rearranged.begin() + static_cast<std::ptrdiff_t>(r * kImagePixels));
    }
    Network network = Network::pretext(6, variants);
    randomise_biases(network, 0.1F);
    expect_gradient_near<reference::RotNet>(*compute, network, rows, 2000 * kEpsilon);

    std::vector<float> probabilities(rows.image.size() * variants);
    network.predict(*compute, rows.batch(), probabilities);
    for (std::size_t r = 0; r < rows.image.size(); ++r) {
      const auto p = std::span(probabilities).subspan(r * variants, variants);
      EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1.0, 1e-6) << variants;
    }
  }
}

// With zero biases a blank region's pre-activation is exactly 0 and ReLU passes nothing. Rounding noise there would
// turn into gradient (a fifth of conv2's bias gradient); see winograd_convolution.hpp.
TEST_P(EveryInstructionSet, ZeroBiasesGiveTheExactFirstStep) {
  const auto compute = compute_on(GetParam());
  for (const Preset preset : {Preset::unit, Preset::notebook}) {
    const Rows rows(48, preset, true);
    expect_gradient_near<reference::RotNet>(*compute, Network::pretext(1), rows, 2000 * kEpsilon);
    const Rows digits(32, preset, false);
    // Seed 1 has a pre-activation of -1e-7 beside inputs of 0.4: no single-precision order of summation gets its sign.
    expect_gradient_near<reference::Classifier>(*compute, Network::classifier(2), digits, 2000 * kEpsilon);
  }
}

// One step later biases are tiny: raw pixels make the tile's rounding noise as large as the blank output itself.
TEST_P(EveryInstructionSet, TinyBiasesOnRawPixelsKeepBlankRegionsExact) {
  const auto compute = compute_on(GetParam());
  const Rows rows(48, Preset::notebook, true);
  Network network = Network::pretext(2);
  randomise_biases(network, 0.001F);
  expect_gradient_near<reference::RotNet>(*compute, network, rows, 2000 * kEpsilon);
}

TEST_P(EveryInstructionSet, ClassifierGradientMatchesReference) {
  const auto compute = compute_on(GetParam(), 2);
  for (const std::size_t count : {1U, 10U, 32U}) {
    const Rows rows(count, Preset::unit, false);
    Network network = Network::classifier(3);
    randomise_biases(network, 0.1F);
    expect_gradient_near<reference::Classifier>(*compute, network, rows, 2000 * kEpsilon);
  }
}

TEST_P(EveryInstructionSet, FeaturesAndHeadMatchReference) {
  const auto compute = compute_on(GetParam());
  const Rows rows(50, Preset::unit, false);
  Network network = Network::classifier(4);
  randomise_biases(network, 0.05F);
  reference::Classifier twin;
  std::ranges::copy(network.parameters(), twin.parameters.begin());
  const auto exact = twin.features(rows.reference_batch());
  std::vector<float> features(rows.image.size() * kFeatures);
  extract_features(*compute, network.parameters().first(kTrunkParameters), rows.batch(), features);
  const double largest = *std::ranges::max_element(exact);
  for (std::size_t i = 0; i < exact.size(); ++i) {
    ASSERT_NEAR(static_cast<double>(features[i]), exact[i], 500 * kEpsilon * largest) << i;
  }

  Network head = Network::head(9, RandomPurpose::random_head_weights);
  randomise_biases(head, 0.1F);
  reference::Head head_twin;
  std::ranges::copy(head.parameters(), head_twin.parameters.begin());
  std::vector<std::uint32_t> order(rows.image.size());
  std::iota(order.begin(), order.end(), 0U);
  std::vector<double> gradient_exact(kHead.parameters());
  const std::vector<double> features_exact(features.begin(), features.end());
  const auto loss_exact = head_twin.gradient(features_exact, rows.label, gradient_exact);
  std::vector<float> gradient(kHead.parameters());
  const auto loss = head.gradient(*compute, FeatureBatch{features.data(), order, rows.label}, gradient);
  EXPECT_NEAR(loss.loss_sum, loss_exact.sum, 1e-5 * loss_exact.sum);
  EXPECT_EQ(loss.correct, loss_exact.correct);
  for (const TensorInfo& tensor : tensors(kHead))
    EXPECT_LE(worst_error(tensor, gradient, gradient_exact), 500 * kEpsilon);
}

TEST_P(EveryInstructionSet, PredictionsSumToOneAndAgreeWithEvaluate) {
  const auto compute = compute_on(GetParam(), 2);
  const Rows rows(53, Preset::unit, false);
  const Network network = Network::classifier(4);
  std::vector<float> probabilities(rows.image.size() * kDigits);
  network.predict(*compute, rows.batch(), probabilities);
  const BatchResult result = network.evaluate(*compute, rows.batch());
  double loss = 0.0;
  std::uint32_t correct = 0;
  for (std::size_t r = 0; r < rows.image.size(); ++r) {
    const auto p = std::span(probabilities).subspan(r * kDigits, kDigits);
    EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1.0, 1e-6);
    loss -= std::log(static_cast<double>(p[rows.label[r]]));
    correct += std::ranges::max_element(p) - p.begin() == rows.label[r] ? 1 : 0;
  }
  EXPECT_NEAR(result.loss_sum, loss, 1e-4 * loss);
  EXPECT_EQ(result.correct, correct);
}

TEST_P(EveryInstructionSet, WeightsThatAreNotFiniteReachTheLoss) {
  const auto compute = compute_on(GetParam());
  const Rows rows(8, Preset::unit, true);
  for (const TensorInfo& tensor : tensors(kRotNet)) {
    for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
      Network network = Network::pretext(1);
      for (std::size_t i = 0; i < tensor.size(); ++i) network.parameters()[tensor.offset + i] = bad;
      EXPECT_FALSE(std::isfinite(network.evaluate(*compute, rows.batch()).loss_sum)) << tensor.name << " " << bad;
    }
  }
}

std::vector<float> weights_after_steps(std::string_view isa, unsigned threads) {
  const auto compute = compute_on(isa, threads);
  const Rows rows(150, Preset::unit, true);
  Network network = Network::pretext(11);
  Optimizer adam(OptimizerKind::adam, kRotNet.parameters());
  const ImageBatch all = rows.batch();
  for (const std::size_t count : {150U, 100U, 33U, 1U, 64U}) {
    network.train_step(
        *compute,
        ImageBatch{all.pixels, all.image.first(count), all.variant.first(count), all.label.first(count), all.preset},
        adam);
  }
  const Rows digits(40, Preset::unit, false);
  Network classifier = Network::classifier(12);
  Optimizer sgd(OptimizerKind::sgd, kClassifier.parameters());
  for (int i = 0; i < 3; ++i) classifier.train_step(*compute, digits.batch(), sgd);
  const TaskRows puzzles(*pretext_task_named("jigsaw"), 100, Preset::unit);
  Network solver = Network::pretext(13, 24);
  Optimizer solver_adam(OptimizerKind::adam, solver.parameters().size());
  for (int i = 0; i < 3; ++i) solver.train_step(*compute, puzzles.batch(), solver_adam);
  std::vector<float> weights(network.parameters().begin(), network.parameters().end());
  weights.insert(weights.end(), solver.parameters().begin(), solver.parameters().end());
  weights.insert(weights.end(), classifier.parameters().begin(), classifier.parameters().end());
  return weights;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

// A quarter turn has a loop of its own; any other map is looked up pixel by pixel.
TEST_P(EveryInstructionSet, APixelMapGivesWhatTheRearrangedImageGives) {
  const auto compute = compute_on(GetParam());
  const Dataset digits = generate_digits(3, 0, 6);
  constexpr std::int32_t kSize = 28;
  std::vector<PixelMap> maps;
  for (int flips = 0; flips < 8; ++flips) {
    maps.push_back(PixelMap::from([flips](std::int32_t r, std::int32_t c) {
      const std::int32_t y = (flips & 1) != 0 ? kSize - 1 - r : r;
      const std::int32_t x = (flips & 2) != 0 ? kSize - 1 - c : c;
      return (flips & 4) != 0 ? x * kSize + y : y * kSize + x;
    }));
    EXPECT_TRUE(maps.back().strided);
  }
  maps.push_back(PixelMap::from([](std::int32_t r, std::int32_t c) { return (r + 14) % kSize * kSize + c; }));
  maps.push_back(PixelMap::from([](std::int32_t r, std::int32_t c) { return (r * kSize + c) * 5 % (kSize * kSize); }));
  EXPECT_FALSE(maps.back().strided);

  const Network network = Network::pretext(4);
  for (std::size_t map = 0; map < maps.size(); ++map) {
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint32_t> image;
    for (std::uint32_t i = 0; i < digits.count(); ++i) {
      const auto rearranged = mapped(digits.image(i), maps[map]);
      pixels.insert(pixels.end(), rearranged.begin(), rearranged.end());
      image.push_back(i);
    }
    const std::vector<std::uint8_t> variant(image.size(), static_cast<std::uint8_t>(map));
    std::vector<float> through(image.size() * network.outputs());
    std::vector<float> stored(through.size());
    network.predict(*compute, ImageBatch{digits.pixels.data(), image, variant, {}, Preset::unit, maps}, through);
    network.predict(*compute, ImageBatch{pixels.data(), image, {}, {}, Preset::unit, {}}, stored);
    EXPECT_EQ(through, stored) << "map " << map;
  }
}

TEST_P(EveryInstructionSet, ThreadsDoNotChangeABit) {
  const auto one = weights_after_steps(GetParam(), 1);
  for (const unsigned threads : {2U, 3U, 4U, 7U}) {
    EXPECT_TRUE(same_bits(one, weights_after_steps(GetParam(), threads))) << threads << " threads";
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, EveryInstructionSet, testing::ValuesIn(Compute::available_isas()),
                         [](const auto& instance) { return std::string(instance.param); });

TEST(ArithmeticFamilies, LanesDoNotChangeABit) {
  std::array<std::vector<float>, 2> families;
  for (const std::string_view isa : Compute::available_isas()) {
    auto weights = weights_after_steps(isa, 2);
    std::vector<float>& family = families.at(compute_on(isa)->fused() ? 1 : 0);
    if (family.empty()) family = weights;
    EXPECT_TRUE(same_bits(family, weights)) << isa;
  }
}

TEST(Compute, RefusesWhatItLacks) {
  const auto isa = Compute::create({1, "mmx"});
  ASSERT_FALSE(isa.ok());
  EXPECT_NE(isa.error().message.find("'mmx'"), std::string::npos);
  const auto threads = Compute::create({1000, {}});
  ASSERT_FALSE(threads.ok());
  EXPECT_NE(threads.error().message.find("1000 threads"), std::string::npos);
}

TEST(Compute, ChoosesAmongTheKernelsThatRun) {
  Kernels wide{};
  wide.isa = "wide";
  Kernels narrow{};
  narrow.isa = "narrow";
  const std::array<const Kernels*, 2> runnable{&wide, &narrow};
  EXPECT_EQ(choose_kernels(runnable, "wide").value(), &wide);
  EXPECT_EQ(choose_kernels(runnable, "narrow").value(), &narrow);
  EXPECT_EQ(choose_kernels(runnable, "other").error().message,
            "instruction set 'other' is not to be had here; this build and machine have wide, narrow");
  for (const std::string_view wanted : {"", "wide"}) {
    EXPECT_EQ(choose_kernels({}, wanted).error().message,
              "this machine runs none of the instruction sets compiled in; build the program on this machine");
  }
}

}  // namespace
}  // namespace quarterturn
