#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "core/native/message_text.hpp"
#include "training/safetensors.hpp"

namespace quarterturn {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::vector<std::uint8_t> file_of(const std::string& header, std::size_t data_bytes) {
  std::vector<std::uint8_t> file(8 + header.size() + data_bytes);
  for (std::size_t i = 0; i < 8; ++i) file[i] = static_cast<std::uint8_t>(std::uint64_t{header.size()} >> (8 * i));
  std::memcpy(file.data() + 8, header.data(), header.size());
  return file;
}

std::string refusal(const std::vector<std::uint8_t>& file) {
  const auto parsed = SafetensorsView::parse(file);
  return parsed.ok() ? "no fault" : message_text(parsed.error());
}
std::string refusal(const std::string& header, std::size_t data_bytes) { return refusal(file_of(header, data_bytes)); }

std::string entry(const std::string& name, const std::string& type, const std::string& shape, int first, int last) {
  return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[" +
         std::to_string(first) + "," + std::to_string(last) + "]}";
}

template <class T>
std::vector<T> values_of(std::span<const std::uint8_t> bytes) {
  std::vector<T> values(bytes.size() / sizeof(T));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

TEST(Safetensors, RoundTrip) {
  const std::array<float, 6> kernel = {1, 2, 3, 4, 5, -6.5F};
  const std::array<double, 2> history = {0.1, -1e300};
  const std::array<std::uint8_t, 3> bytes = {7, 8, 9};
  SafetensorsWriter writer;
  writer.add("a.bytes", "U8", {3}, bytes);
  writer.add("kernel", {2, 3}, kernel);
  writer.add("z.history", {2}, history);
  writer.add("empty", {0, 6}, std::span<const double>());
  writer.add_metadata("note", "a \"quoted\" \\ line\nand\ttab");
  const std::vector<std::uint8_t> file = writer.write();

  const auto parsed = SafetensorsView::parse(file);
  ASSERT_TRUE(parsed.ok()) << message_text(parsed.error());
  const SafetensorsView& view = parsed.value();
  EXPECT_EQ(view.tensors().size(), 4U);
  ASSERT_NE(view.metadata("note"), nullptr);
  EXPECT_EQ(*view.metadata("note"), "a \"quoted\" \\ line\nand\ttab");
  EXPECT_EQ(view.metadata("nothing"), nullptr);

  const auto got = view.get("kernel", "F32", std::array<std::uint64_t, 2>{2, 3});
  ASSERT_TRUE(got.ok()) << message_text(got.error());
  EXPECT_EQ(values_of<float>(got.value()), std::vector<float>(kernel.begin(), kernel.end()));
  ASSERT_NE(view.find("z.history"), nullptr);
  EXPECT_EQ(values_of<double>(view.find("z.history")->bytes), std::vector<double>(history.begin(), history.end()));
  EXPECT_EQ(view.find("a.bytes")->bytes[2], 9);
  EXPECT_EQ(view.find("empty")->bytes.size(), 0U);
}

TEST(Safetensors, DataBeginsAtAMultipleOfEightAndWideTypesComeFirst) {
  const std::array<float, 1> narrow = {1};
  const std::array<double, 1> wide = {2};
  SafetensorsWriter writer;
  writer.add("a", {1}, narrow);
  writer.add("b", {1}, wide);
  const std::vector<std::uint8_t> file = writer.write();
  EXPECT_EQ((file[0] + 256U * file[1]) % 8, 0U);
  double first = 0;
  std::memcpy(&first, file.data() + file.size() - 12, sizeof first);
  EXPECT_EQ(first, 2.0);
}

TEST(Safetensors, WrongTypeOrShapeNamesTensorFoundAndWanted) {
  const std::array<float, 6> values{};
  SafetensorsWriter writer;
  writer.add("head.bias", {2, 3}, values);
  const auto file = writer.write();
  const auto parsed = SafetensorsView::parse(file);
  ASSERT_TRUE(parsed.ok());
  const auto shape = parsed.value().get("head.bias", "F32", std::array<std::uint64_t, 1>{10});
  ASSERT_FALSE(shape.ok());
  EXPECT_THAT(message_text(shape.error()),
              AllOf(HasSubstr("head.bias"), HasSubstr("F32 [2, 3]"), HasSubstr("F32 [10]")));
  const auto type = parsed.value().get("head.bias", "F64", std::array<std::uint64_t, 2>{2, 3});
  ASSERT_FALSE(type.ok());
  EXPECT_THAT(message_text(type.error()), AllOf(HasSubstr("head.bias"), HasSubstr("F32"), HasSubstr("F64")));
  const auto missing = parsed.value().get("head.kernel", "F32", {});
  ASSERT_FALSE(missing.ok());
  EXPECT_THAT(message_text(missing.error()), HasSubstr("head.kernel"));
}

TEST(Safetensors, HeaderLengthIsChecked) {
  EXPECT_THAT(refusal(std::vector<std::uint8_t>{1, 2, 3}), HasSubstr("3 bytes"));
  EXPECT_THAT(refusal(std::vector<std::uint8_t>(8, 0xFF)), HasSubstr("header"));
  std::vector<std::uint8_t> longer = file_of("{}", 0);
  longer[0] = 3;
  EXPECT_THAT(refusal(longer), HasSubstr("header of 3 bytes"));
  EXPECT_EQ(refusal("{}", 0), "no fault");
  EXPECT_NE(refusal("", 0), "no fault");
}

TEST(Safetensors, HeaderMustBeTheRightJson) {
  EXPECT_THAT(refusal("{\"a\":", 0), HasSubstr("not JSON"));
  EXPECT_THAT(refusal("{} x", 0), HasSubstr("not JSON"));
  EXPECT_THAT(refusal(std::string(1000, '['), 0), HasSubstr("array"));
  EXPECT_THAT(refusal("5", 0), HasSubstr("number"));
  EXPECT_THAT(refusal("{\"a\":5}", 0), AllOf(HasSubstr("a"), HasSubstr("number")));
  EXPECT_THAT(refusal("{\"a\":{\"dtype\":5}}", 0), AllOf(HasSubstr("a, dtype"), HasSubstr("number")));
  EXPECT_THAT(refusal("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4), HasSubstr("negative"));
  EXPECT_THAT(refusal("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", 4), HasSubstr("fraction"));
  EXPECT_THAT(refusal("{\"a\":{\"dtype\":\"F32\",\"shape\":[[1]],\"data_offsets\":[0,4]}}", 4), HasSubstr("array"));
  EXPECT_THAT(refusal("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4), AllOf(HasSubstr("a:"), HasSubstr("missing")));
  EXPECT_THAT(refusal("{\"__metadata__\":{\"k\":1}}", 0), HasSubstr("number"));
}

TEST(Safetensors, DuplicatesAreRefused) {
  EXPECT_THAT(refusal("{" + entry("w", "F32", "[1]", 0, 4) + "," + entry("w", "F32", "[1]", 0, 4) + "}", 4),
              AllOf(HasSubstr("w:"), HasSubstr("twice")));
  EXPECT_THAT(refusal("{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4),
              AllOf(HasSubstr("w:"), HasSubstr("dtype twice")));
}

TEST(Safetensors, OffsetsAreChecked) {
  EXPECT_THAT(refusal("{" + entry("w", "F32", "[2]", 0, 8) + "}", 4), AllOf(HasSubstr("w:"), HasSubstr("outside")));
  EXPECT_THAT(refusal("{" + entry("w", "F32", "[1]", 4, 0) + "}", 4), AllOf(HasSubstr("w:"), HasSubstr("outside")));
  EXPECT_THAT(refusal("{" + entry("w", "F32", "[2]", 0, 4) + "}", 4),
              AllOf(HasSubstr("w:"), HasSubstr("does not fit")));
  EXPECT_THAT(refusal("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}", 8),
              HasSubstr("two numbers"));
  EXPECT_THAT(refusal("{" + entry("v", "F32", "[2]", 0, 8) + "," + entry("w", "F32", "[2]", 4, 12) + "}", 12),
              AllOf(HasSubstr("w:"), HasSubstr("overlap")));
  EXPECT_THAT(refusal("{" + entry("v", "F32", "[1]", 0, 4) + "," + entry("w", "F32", "[1]", 8, 12) + "}", 12),
              AllOf(HasSubstr("w:"), HasSubstr("belong to no tensor")));
  EXPECT_THAT(refusal("{" + entry("v", "F32", "[1]", 0, 4) + "}", 9), HasSubstr("belong to no tensor"));
  EXPECT_THAT(refusal("{" + entry("w", "F31", "[1]", 0, 4) + "}", 4), AllOf(HasSubstr("w:"), HasSubstr("F31")));
}

TEST(Safetensors, AShapeThatOverflowsIsRefused) {
  // 2^32 * 2^32 * 4 is 0 modulo 2^64.
  EXPECT_THAT(refusal("{" + entry("w", "F32", "[4294967296,4294967296]", 0, 0) + "}", 0),
              AllOf(HasSubstr("w:"), HasSubstr("does not fit")));
}

TEST(Safetensors, EveryTruncationAndEveryFlippedBitIsSurvived) {
  const std::array<float, 4> values = {1, 2, 3, 4};
  SafetensorsWriter writer;
  writer.add("w", {4}, values);
  writer.add_metadata("key", "value");
  const std::vector<std::uint8_t> file = writer.write();
  for (std::size_t length = 0; length < file.size(); ++length) {
    const std::vector<std::uint8_t> cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_FALSE(SafetensorsView::parse(cut).ok()) << length;
  }
  for (std::size_t bit = 0; bit < 8 * (file.size() - sizeof values); ++bit) {
    std::vector<std::uint8_t> flipped = file;
    flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1U << (bit % 8)));
    const auto parsed = SafetensorsView::parse(flipped);  // may be another good file; must not read outside
    if (parsed.ok()) {
      for (const auto& [name, tensor] : parsed.value().tensors()) {
        EXPECT_LE(tensor.bytes.size(), file.size()) << name;
      }
    }
  }
}

}  // namespace
}  // namespace quarterturn
