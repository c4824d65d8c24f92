// One short experiment, whose signature is the same on every machine: one for each arithmetic family. What 64-bit ARM
// gives is so held against what x86 gives.
#include <gtest/gtest.h>

#include <string_view>

#include "core/native/message_text.hpp"
#include "training_support.hpp"

namespace quarterturn {
namespace {

constexpr std::string_view kFused = "4e0573ec6cb0d695";
constexpr std::string_view kUnfused = "94774dcd6036b73b";

TEST(FamilySignature, IsTheSameOnEveryMachine) {
  const auto isas = Compute::available_isas();
  ASSERT_FALSE(isas.empty());
  for (const std::string_view isa : isas) {
    const auto compute = Compute::create({.threads = 2, .isa = isa});
    ASSERT_TRUE(compute.ok()) << message_text(compute.error());
    const auto experiment = testing::make_experiment(*compute.value());
    EXPECT_EQ(testing::run_to_end(*experiment), compute.value()->fused() ? kFused : kUnfused) << isa;
  }
}

}  // namespace
}  // namespace quarterturn
