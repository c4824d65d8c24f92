// IDX bytes, good and bad, and the sets that are made from them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "data/digits.hpp"
#include "data/idx.hpp"
#include "data_support.hpp"

namespace quarterturn {
namespace {

using Bytes = std::vector<std::uint8_t>;
using data_test::expect_fault;
using data_test::message;
using testing::AllOf;
using testing::HasSubstr;

Bytes header(std::uint8_t type, const std::vector<std::uint32_t>& dimensions) {
  Bytes bytes = {0, 0, type, static_cast<std::uint8_t>(dimensions.size())};
  for (const std::uint32_t d : dimensions) {
    for (const int shift : {24, 16, 8, 0}) {
      bytes.push_back(static_cast<std::uint8_t>(d >> shift));
    }
  }
  return bytes;
}

Bytes idx(const std::vector<std::uint32_t>& dimensions, std::size_t elements, std::uint8_t value = 3) {
  Bytes bytes = header(8, dimensions);
  bytes.insert(bytes.end(), elements, value);
  return bytes;
}

Bytes images(std::uint32_t count) { return idx({count, 28, 28}, count * kImagePixels, 200); }
Bytes labels(std::uint32_t count) { return idx({count}, count); }

TEST(Idx, ReadsHeaderAndElements) {
  const Bytes bytes = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 11, 12, 13, 14, 15};
  const auto view = parse_idx(bytes, "x");
  ASSERT_TRUE(view.ok()) << message(view);
  EXPECT_THAT(view.value().dimensions, testing::ElementsAre(2U, 3U));
  EXPECT_THAT(view.value().values, testing::ElementsAre(10, 11, 12, 13, 14, 15));
}

TEST(Idx, WritesTheBytesOfTheFormat) {
  const Bytes written = write_idx_labels(Bytes{7, 0, 9});
  EXPECT_EQ(written, (Bytes{0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9}));
  const Bytes pixels(2 * kImagePixels, 5);
  const Bytes two = write_idx_images(pixels);
  ASSERT_EQ(two.size(), 16 + pixels.size());
  EXPECT_EQ(Bytes(two.begin(), two.begin() + 16), (Bytes{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28}));
}

TEST(Idx, RoundTrip) {
  const Dataset set = generate_digits(3, 0, 12);
  const auto again = parse_idx_dataset(write_idx_images(set.pixels), "images", write_idx_labels(set.labels), "labels");
  ASSERT_TRUE(again.ok()) << message(again);
  EXPECT_EQ(again.value().pixels, set.pixels);
  EXPECT_EQ(again.value().labels, set.labels);
}

TEST(Idx, HeaderFaults) {
  expect_fault(message(parse_idx({}, "a")), "a", {"empty"});
  expect_fault(message(parse_idx(Bytes{0, 0, 8}, "a")), "a", {"truncated", "header"});
  expect_fault(message(parse_idx(Bytes{0x1F, 0x8B, 8, 0, 0}, "a")), "a", {"gzip", "decompress"});
  expect_fault(message(parse_idx(Bytes{'P', '5', 8, 1, 0, 0, 0, 0}, "a")), "a", {"not an IDX file"});
  expect_fault(message(parse_idx(Bytes{0, 0, 7, 1, 0, 0, 0, 0}, "a")), "a", {"not an IDX file", "type 7"});
  expect_fault(message(parse_idx(Bytes{0, 0, 8, 0}, "a")), "a", {"0 dimensions"});
  expect_fault(message(parse_idx(Bytes{0, 0, 8, 9, 0, 0, 0, 0}, "a")), "a", {"9 dimensions"});
  expect_fault(message(parse_idx(Bytes{0, 0, 8, 3, 0, 0, 0, 1, 0, 0}, "a")), "a", {"truncated", "10 of 16"});
}

TEST(Idx, OtherElementTypesAreNamed) {
  const std::vector<std::pair<std::uint8_t, std::string>> types = {
      {0x09, "signed byte"}, {0x0B, "16-bit integer"}, {0x0C, "32-bit integer"}, {0x0D, "float"}, {0x0E, "double"}};
  for (const auto& [type, word] : types) {
    expect_fault(message(parse_idx(header(type, {0}), "a")), "a", {word, "unsigned bytes"});
  }
}

TEST(Idx, LengthFaults) {
  Bytes bytes = images(2);
  bytes.pop_back();
  expect_fault(message(parse_idx(bytes, "a")), "a", {"truncated", "2x28x28", "1567 bytes"});
  bytes = images(2);
  bytes.push_back(0);
  bytes.push_back(0);
  expect_fault(message(parse_idx(bytes, "a")), "a", {"2 bytes follow", "2x28x28"});
}

TEST(Idx, AHeaderThatClaimsBillionsIsOnlyTruncated) {
  const std::uint32_t most = 0xFFFFFFFFU;
  expect_fault(message(parse_idx_images(header(8, {most, 28, 28}), "a")), "a", {"truncated", "4294967295x28x28"});
  // 2^32 * 2^32 * 2^32 and a product that is 0 modulo 2^64 must not wrap around to a size that fits.
  expect_fault(message(parse_idx(header(8, {most, most, most, most}), "a")), "a", {"truncated"});
  expect_fault(message(parse_idx(header(8, {1U << 31, 1U << 31, 4}), "a")), "a", {"truncated"});
  expect_fault(message(parse_idx(header(8, {1U << 31, 1U << 31, 1U << 31, 1U << 31}), "a")), "a", {"truncated"});
  // No elements at all, whatever the other dimensions say.
  EXPECT_TRUE(parse_idx(header(8, {most, most, most, 0}), "a").ok());
}

TEST(Idx, ImageFaults) {
  expect_fault(message(parse_idx_images(idx({1, 32, 32}, 1024), "a")), "a", {"32x32", "28x28"});
  expect_fault(message(parse_idx_images(idx({1, 28, 27}, 756), "a")), "a", {"28x27", "28x28"});
  expect_fault(message(parse_idx_images(labels(4), "a")), "a", {"labels", "images"});
  expect_fault(message(parse_idx_images(idx({1, 784}, 784), "a")), "a", {"1x784"});
  expect_fault(message(parse_idx_images(images(0), "a")), "a", {"no images"});
}

TEST(Idx, LabelFaults) {
  expect_fault(message(parse_idx_labels(images(1), "a")), "a", {"images", "labels"});
  Bytes bytes = labels(5);
  bytes[8 + 3] = 10;
  expect_fault(message(parse_idx_labels(bytes, "a")), "a", {"label 10", "position 3", "0 to 9"});
  EXPECT_TRUE(parse_idx_labels(bytes, "a", 47).ok());
  expect_fault(message(parse_idx_dataset(images(3), "i", labels(4), "l")), "l", {"4 labels", "3 images", "of i"});
}

TEST(Idx, LooksLikeIdx) {
  EXPECT_TRUE(looks_like_idx(images(1)));
  EXPECT_TRUE(looks_like_idx(header(0x0D, {1})));
  EXPECT_FALSE(looks_like_idx(Bytes{0, 0, 8, 0}));
  EXPECT_FALSE(looks_like_idx(Bytes{0, 0, 8}));
  EXPECT_FALSE(looks_like_idx(Bytes{'P', '5', '\n', '2'}));
}

TEST(IdxFiles, FourFilesAndTheirSource) {
  const Bytes train = images(8);
  const Bytes train_labels = labels(8);
  const Bytes test = images(2);
  const Bytes test_labels = labels(2);
  const auto data = load_mnist_bytes({train, train_labels, test, test_labels}, "dropped files");
  ASSERT_TRUE(data.ok()) << message(data);
  EXPECT_EQ(data.value().train.count(), 8U);
  EXPECT_EQ(data.value().test.count(), 2U);
  EXPECT_EQ(data.value().source, "IDX images from dropped files (8 train, 2 test)");
  EXPECT_EQ(recognise(data.value()), "");
}

TEST(IdxFiles, WithoutTestFilesTheLastSeventhIsTheTestSet) {
  const Dataset set = generate_digits(4, 0, 22);
  const Bytes train = write_idx_images(set.pixels);
  const Bytes train_labels = write_idx_labels(set.labels);
  const auto data = load_mnist_bytes({train, train_labels}, "one file");
  ASSERT_TRUE(data.ok()) << message(data);
  ASSERT_EQ(data.value().train.count(), 19U);
  ASSERT_EQ(data.value().test.count(), 3U);
  EXPECT_TRUE(std::equal(set.pixels.begin(), set.pixels.begin() + 19 * 784, data.value().train.pixels.begin()));
  EXPECT_TRUE(std::equal(set.pixels.begin() + 19 * 784, set.pixels.end(), data.value().test.pixels.begin()));
  EXPECT_EQ(data.value().test.labels, Bytes(set.labels.begin() + 19, set.labels.end()));
  EXPECT_EQ(data.value().train.labels.size(), 19U);
  EXPECT_THAT(data.value().source, AllOf(HasSubstr("one file"), HasSubstr("last seventh")));
}

TEST(IdxFiles, Faults) {
  const Bytes good = images(7);
  const Bytes good_labels = labels(7);
  expect_fault(message(load_mnist_bytes({good, good_labels, good, {}}, "x")), "t10k-labels-idx1-ubyte", {"missing"});
  expect_fault(message(load_mnist_bytes({good, good_labels, {}, good_labels}, "x")), "t10k-images-idx3-ubyte",
               {"missing"});
  const Bytes few = images(6);
  const Bytes few_labels = labels(6);
  expect_fault(message(load_mnist_bytes({few, few_labels}, "x")), "train-images-idx3-ubyte", {"6 images", "7 or more"});
  const IdxNames names{"A", "B", "C", "D"};
  expect_fault(message(load_mnist_bytes({{}, good_labels}, "x", names)), "A", {"empty"});
  expect_fault(message(load_mnist_bytes({good, few_labels}, "x", names)), "B", {"6 labels", "7 images"});
  expect_fault(message(load_mnist_bytes({good, good_labels, good_labels, good_labels}, "x", names)), "C", {"labels"});
  expect_fault(message(load_mnist_bytes({good, good_labels, good, good}, "x", names)), "D", {"images"});
}

}  // namespace
}  // namespace quarterturn
