// Builds under a sanitizer stop at a broken precondition: of this project's functions and of the standard library's.
#ifdef QUARTERTURN_SANITIZERS
#include <gtest/gtest.h>

#include <span>
#include <vector>

#include "core/aligned_buffer.hpp"
#include "core/native/message_text.hpp"
#include "core/result.hpp"
#include "models/networks.hpp"

namespace quarterturn {
namespace {

TEST(Assertions, StopAtTheValueOfAnError) {
  const Result<int> failed{error_of("no value")};
  EXPECT_DEATH(static_cast<void>(failed.value()), "ok\\(\\)");
}

TEST(Assertions, StopAtAnIndexBehindABuffer) {
  const AlignedBuffer<float> buffer(3);  // its memory goes on: only the assertion sees the fault
  EXPECT_DEATH(static_cast<void>(buffer[3]), "i < count_");
}

TEST(Assertions, StopAtABatchThatIsEmptyOrTooLarge) {
  const auto compute = Compute::create({1, {}});
  ASSERT_TRUE(compute.ok());
  const Network network = Network::pretext(1);
  std::vector<float> gradient(network.parameters().size());
  const std::vector<std::uint8_t> pixels(kImagePixels);
  for (const std::size_t rows : {std::size_t{0}, kMaxBatch + 1}) {
    const std::vector<std::uint32_t> images(rows);
    const std::vector<std::uint8_t> labels(rows);
    const Batch batch = ImageBatch{pixels.data(), images, {}, labels, Preset::unit};
    EXPECT_DEATH(network.gradient(*compute.value(), batch, gradient), "kMaxBatch");
  }
}

TEST(Assertions, StopAtAnIndexBehindASpan) {
  const std::vector<int> values(4);
  const auto span = std::span<const int>(values).first(2);  // the memory behind it is the vector's own
  const volatile std::size_t two = 2;
  EXPECT_DEATH(static_cast<void>(span[two]), "Assertion");
}

}  // namespace
}  // namespace quarterturn
#endif
