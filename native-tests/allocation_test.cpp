// A training step allocates nothing. The C library's allocation functions are replaced for the whole test program by
// ones that count; sanitizers bring their own, so there is no such test under them.
#include <features.h>
#if defined(__GLIBC__) && !defined(QUARTERTURN_SANITIZERS)

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "data/digits.hpp"
#include "models/networks.hpp"
#include "training/experiment.hpp"

namespace {

std::atomic<bool> counting{false};
std::atomic<int> allocations{0};

void note() {
  if (counting.load(std::memory_order_relaxed)) allocations.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

extern "C" {
// glibc's own names.
// NOLINTBEGIN(bugprone-reserved-identifier)
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* block, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);
// NOLINTEND(bugprone-reserved-identifier)

void* malloc(std::size_t bytes) {
  note();
  return __libc_malloc(bytes);
}
void* calloc(std::size_t count, std::size_t bytes) {
  note();
  return __libc_calloc(count, bytes);
}
void* realloc(void* block, std::size_t bytes) {
  note();
  return __libc_realloc(block, bytes);
}
void* memalign(std::size_t alignment, std::size_t bytes) {
  note();
  return __libc_memalign(alignment, bytes);
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  note();
  return __libc_memalign(alignment, bytes);
}
int posix_memalign(void** block, std::size_t alignment, std::size_t bytes) {
  note();
  *block = __libc_memalign(alignment, bytes);
  return *block == nullptr ? ENOMEM : 0;
}
}

namespace quarterturn {
namespace {

/// Allocations of any thread while `work` runs.
template <class Work>
int allocations_of(const Work& work) {
  allocations = 0;
  counting = true;
  work();
  counting = false;
  return allocations;
}

class Allocation : public ::testing::TestWithParam<unsigned> {
 protected:
  void SetUp() override {
    ComputeOptions options;
    options.threads = GetParam();
    auto made = Compute::create(options);
    ASSERT_TRUE(made.ok());
    compute = std::move(made).value();
  }
  std::unique_ptr<Compute> compute;
};

TEST_P(Allocation, IsCounted) {
  EXPECT_EQ(allocations_of([] { const AlignedBuffer<float> buffer(3); }), 1);
  EXPECT_EQ(allocations_of([] { const std::vector<int> list(3); }), 1);
}

TEST_P(Allocation, StepsOfEveryNetworkHaveNone) {
  const Dataset digits = generate_digits(1, 0, 64);
  std::vector<std::uint32_t> rows(192);
  std::vector<std::uint8_t> turns(192);
  for (std::uint32_t r = 0; r < 192; ++r) {
    rows[r] = r / 4 % 64;
    turns[r] = static_cast<std::uint8_t>(r % 4);
  }
  std::vector<std::uint8_t> labels(192);
  for (std::size_t r = 0; r < 192; ++r) labels[r] = digits.labels[rows[r]];

  Network rotnet = Network::pretext(1);
  Optimizer adam(OptimizerKind::adam, kRotNet.parameters());
  EXPECT_EQ(allocations_of([&] {
              rotnet.train_step(*compute, ImageBatch{digits.pixels.data(), rows, turns, turns, Preset::unit}, adam);
            }),
            0);
  Network classifier = Network::classifier(1);
  Optimizer sgd(OptimizerKind::sgd, kClassifier.parameters());
  EXPECT_EQ(allocations_of([&] {
              classifier.train_step(*compute, ImageBatch{digits.pixels.data(), rows, {}, labels, Preset::unit}, sgd);
            }),
            0);
  std::vector<float> features(64 * kFeatures, 0.5F);
  Network head = Network::head(1, RandomPurpose::random_head_weights);
  Optimizer head_sgd(OptimizerKind::sgd, kHead.parameters());
  EXPECT_EQ(allocations_of([&] { head.train_step(*compute, FeatureBatch{features.data(), rows, labels}, head_sgd); }),
            0);
}

/// From the first step on, an experiment allocates only to report the end of an epoch.
TEST_P(Allocation, AnExperimentHasNoneWithinAnEpoch) {
  const DataSource data = generated_source(1, 330, 40);
  ExperimentSettings settings;
  for (FitSettings& fit : settings.fit) {
    fit.epochs = 2;
    fit.batch = 5;
  }
  settings.fit[0].batch = 100;
  auto made = Experiment::create(*compute, data, settings);
  ASSERT_TRUE(made.ok());
  Experiment& experiment = *made.value();
  int quiet = 0;
  bool more = true;
  while (more) {
    std::size_t ended = 0;
    const int count = allocations_of([&] {
      const Advance advance = experiment.advance(0);
      ended = advance.epochs.size();
      more = advance.more;
    });
    EXPECT_EQ(count, ended == 0 ? 0 : 1) << "in epoch " << experiment.progress().epoch << ", step "
                                         << experiment.progress().step;
    quiet += ended == 0 ? 1 : 0;
  }
  EXPECT_EQ(experiment.progress().phase(), "finished");
  EXPECT_GT(quiet, 30);
}

INSTANTIATE_TEST_SUITE_P(Threads, Allocation, ::testing::Values(1U, 3U));

}  // namespace
}  // namespace quarterturn

#endif
