// Files on disk: gzip, folders of IDX files, pictures, and MNIST itself where it is at hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <png.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "data/digits.hpp"
#include "data/idx.hpp"
#include "data/native/files.hpp"
#include "data_support.hpp"

namespace quarterturn {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;
using data_test::expect_fault;
using data_test::message;

Bytes gzip(const Bytes& bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  Bytes out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 32);
  stream.next_in = const_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Bytes pattern(std::size_t count) {
  Bytes bytes(count);
  for (std::size_t i = 0; i < count; ++i) {
    bytes[i] = static_cast<std::uint8_t>(i * i / 7);
  }
  return bytes;
}

/// A folder of its own for each test, removed afterwards.
class Files : public testing::Test {
 protected:
  Files() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        fs::path(testing::TempDir()) / (std::string("quarterturn-") + info->name() + "-" + std::to_string(getpid()));
    fs::create_directories(folder_);
  }
  ~Files() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string put(const std::string& name, const Bytes& bytes) const {
    EXPECT_TRUE(write_file(path(name), bytes).ok());
    return path(name);
  }
  [[nodiscard]] std::string folder() const { return folder_.string(); }

 private:
  fs::path folder_;
};

using Gzip = Files;
using Folder = Files;
using Pictures = Files;

TEST_F(Files, ReadAndWrite) {
  const Bytes bytes = pattern(300000);
  const auto read = read_file(put("a", bytes));
  ASSERT_TRUE(read.ok()) << message(read);
  EXPECT_EQ(read.value(), bytes);
  const auto empty = read_file(put("b", {}));
  ASSERT_TRUE(empty.ok());
  EXPECT_TRUE(empty.value().empty());
}

TEST_F(Files, Faults) {
  expect_fault(message(read_file(path("missing"))), path("missing"), {"No such file", "check the path"});
  expect_fault(message(read_file(folder())), folder(), {"is a folder"});
  expect_fault(message(read_file(put("a", pattern(101)), 100)), path("a"), {"larger than 100 bytes"});
  EXPECT_TRUE(read_file(path("a"), 101).ok());
  expect_fault(message(write_file(path("no/such/folder"), pattern(3))), path("no/such/folder"), {"cannot be written"});
}

TEST_F(Gzip, Inflates) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{1} << 18, std::size_t{700001}}) {
    const Bytes bytes = pattern(size);
    const auto out = gunzip(gzip(bytes), "x");
    ASSERT_TRUE(out.ok()) << message(out);
    EXPECT_EQ(out.value(), bytes);
  }
}

TEST_F(Gzip, IsToldByContentNotByName) {
  const Bytes bytes = pattern(1000);
  for (const char* name : {"a", "a.gz"}) {
    const auto packed = read_maybe_gzip(put(name, gzip(bytes)));
    ASSERT_TRUE(packed.ok()) << message(packed);
    EXPECT_EQ(packed.value(), bytes);
    const auto plain = read_maybe_gzip(put(name, bytes));
    ASSERT_TRUE(plain.ok()) << message(plain);
    EXPECT_EQ(plain.value(), bytes);
  }
}

TEST_F(Gzip, SeveralMembersAreOneStream) {
  Bytes two = gzip({1, 2, 3});
  const Bytes second = gzip({4, 5});
  two.insert(two.end(), second.begin(), second.end());
  const auto out = gunzip(two, "x");
  ASSERT_TRUE(out.ok()) << message(out);
  EXPECT_EQ(out.value(), (Bytes{1, 2, 3, 4, 5}));
}

TEST_F(Gzip, Faults) {
  const Bytes good = gzip(pattern(5000));
  expect_fault(message(gunzip(pattern(10), "x")), "x", {"not a gzip file"});
  // Cut at every length: within header, data and checksum.
  for (std::size_t length = 2; length < good.size(); length += 1 + length / 16) {
    expect_fault(message(gunzip(std::span(good).first(length), "x")), "x", {"truncated gzip", "fetch"});
  }
  expect_fault(message(gunzip(std::span(good).first(good.size() - 1), "x")), "x", {"truncated gzip"});
  Bytes corrupt = good;
  corrupt[good.size() / 2] ^= 0x55;
  expect_fault(message(gunzip(corrupt, "x")), "x", {"gzip data", "fetch the file again"});
  Bytes checksum = good;
  checksum[good.size() - 6] ^= 1;
  expect_fault(message(gunzip(checksum, "x")), "x", {"corrupt gzip data", "incorrect data check"});
  Bytes trailing = good;
  trailing.insert(trailing.end(), {9, 9, 9});
  expect_fault(message(gunzip(trailing, "x")), "x", {"3 bytes follow"});
}

TEST_F(Gzip, BombsAreBounded) {
  const Bytes bomb = gzip(Bytes(std::size_t{64} << 20, 0));
  ASSERT_LT(bomb.size(), std::size_t{100000});
  expect_fault(message(gunzip(bomb, "x", std::size_t{1} << 20)), "x", {"more than 1 MiB"});
  const Bytes exact = gzip(pattern(4096));
  EXPECT_TRUE(gunzip(exact, "x", 4096).ok());
  EXPECT_FALSE(gunzip(exact, "x", 4095).ok());
}

TEST_F(Folder, EverySpelling) {
  const Dataset train = generate_digits(1, 0, 20);
  const Dataset test = generate_digits(1, 100, 5);
  struct Spelling {
    std::string dash;
    std::string suffix;
  };
  for (const Spelling& spelling : {Spelling{"-", ""}, {".", ""}, {"-", ".gz"}, {".", ".gz"}}) {
    std::string where = path("spelling");
    where.append(spelling.dash).append(spelling.suffix);
    fs::create_directories(where);
    const auto store = [&](const char* stem, const char* kind, const Bytes& bytes) {
      std::string file = where;
      file.append("/").append(stem).append(spelling.dash).append(kind).append("-ubyte").append(spelling.suffix);
      ASSERT_TRUE(write_file(file, spelling.suffix.empty() ? bytes : gzip(bytes)).ok());
    };
    store("train-images", "idx3", write_idx_images(train.pixels));
    store("train-labels", "idx1", write_idx_labels(train.labels));
    store("t10k-images", "idx3", write_idx_images(test.pixels));
    store("t10k-labels", "idx1", write_idx_labels(test.labels));
    const auto data = load_mnist_folder(where);
    ASSERT_TRUE(data.ok()) << message(data);
    EXPECT_EQ(data.value().train.pixels, train.pixels);
    EXPECT_EQ(data.value().train.labels, train.labels);
    EXPECT_EQ(data.value().test.pixels, test.pixels);
    EXPECT_EQ(data.value().test.labels, test.labels);
    EXPECT_EQ(data.value().source, "IDX images from folder " + where + " (20 train, 5 test)");
  }
}

TEST_F(Folder, NamesAndLayoutsOfArchives) {
  const Dataset train = generate_digits(1, 0, 20);
  const Dataset test = generate_digits(1, 100, 5);
  struct File {
    std::string part;  // "train-images-idx3"
    Bytes bytes;
  };
  const std::vector<File> files = {{"train-images-idx3", write_idx_images(train.pixels)},
                                   {"train-labels-idx1", write_idx_labels(train.labels)},
                                   {"t10k-images-idx3", write_idx_images(test.pixels)},
                                   {"t10k-labels-idx1", write_idx_labels(test.labels)}};
  const auto capitals = [](std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name;
  };
  const auto emnist = [](const std::string& set, const std::string& part) {
    return "emnist-" + set + (part.starts_with("t10k") ? "-test" + part.substr(4) : "-" + part) + "-ubyte";
  };
  const std::vector<std::pair<std::string, std::function<std::string(const std::string&)>>> layouts = {
      {"capitals", [&](const std::string& part) { return capitals(part + "-ubyte"); }},
      {"capitals-gz", [&](const std::string& part) { return capitals(part + "-ubyte.gz"); }},
      {"underlines",
       [](std::string part) {
         std::replace(part.begin(), part.end(), '-', '_');
         return part + "_ubyte";
       }},
      {"folders", [](const std::string& part) { return part + "-ubyte/" + part + "-ubyte"; }},
      {"folders-gz", [](const std::string& part) { return part + "-ubyte.gz/" + part + "-ubyte"; }},
      {"torchvision", [](const std::string& part) { return "MNIST/raw/" + part + "-ubyte"; }},
      {"emnist", [&](const std::string& part) { return "gzip/" + emnist("digits", part); }},
      {"emnist-gz", [&](const std::string& part) { return "gzip/" + emnist("digits", part) + ".gz"; }},
  };
  for (const auto& [layout, name] : layouts) {
    for (const File& file : files) {
      const fs::path where = fs::path(path(layout)) / name(file.part);
      fs::create_directories(where.parent_path());
      ASSERT_TRUE(write_file(where.string(), layout.ends_with("gz") ? gzip(file.bytes) : file.bytes).ok());
    }
    const auto data = load_mnist_folder(path(layout));
    ASSERT_TRUE(data.ok()) << layout << ": " << message(data);
    EXPECT_EQ(data.value().train.pixels, train.pixels) << layout;
    EXPECT_EQ(data.value().test.labels, test.labels) << layout;
  }
  // Of several sets that of digits is taken, and of several without one none.
  for (const char* set : {"letters", "balanced"}) {
    for (const File& file : files) {
      ASSERT_TRUE(write_file(path("emnist/gzip/" + emnist(set, file.part)), write_idx_labels({})).ok());
    }
  }
  const auto digits = load_mnist_folder(path("emnist"));
  ASSERT_TRUE(digits.ok()) << message(digits);
  EXPECT_EQ(digits.value().train.pixels, train.pixels);
  for (const File& file : files) fs::remove(path("emnist/gzip/" + emnist("digits", file.part)));
  expect_fault(message(load_mnist_folder(path("emnist"))), path("emnist/gzip"),
               {"several sets", "emnist-balanced, emnist-letters", "put"});
  // A folder in the place of a file.
  fs::create_directories(path("broken/train-images-idx3-ubyte"));
  ASSERT_TRUE(write_file(path("broken/train-labels-idx1-ubyte"), files[1].bytes).ok());
  expect_fault(message(load_mnist_folder(path("broken"))), path("broken"), {"no train-images-idx3-ubyte", "put"});
}

TEST_F(Folder, SourceTextAndMissingTestFiles) {
  const Dataset train = generate_digits(1, 0, 21);
  put("train-images-idx3-ubyte", write_idx_images(train.pixels));
  put("train-labels-idx1-ubyte", write_idx_labels(train.labels));
  const std::string text = "some digits\nand more about them\n";
  put("SOURCE.txt", Bytes(text.begin(), text.end()));
  const auto data = load_mnist_folder(folder());
  ASSERT_TRUE(data.ok()) << message(data);
  EXPECT_EQ(data.value().source, "some digits (18 train, 3 test)");
}

TEST_F(Folder, Faults) {
  expect_fault(message(load_mnist_folder(path("missing"))), path("missing"), {"not a folder"});
  expect_fault(message(load_mnist_folder(folder())), folder(), {"no train-images-idx3-ubyte", "put"});
  const Dataset set = generate_digits(1, 0, 10);
  put("train-images-idx3-ubyte", write_idx_images(set.pixels));
  expect_fault(message(load_mnist_folder(folder())), folder(), {"no train-labels-idx1-ubyte"});
  put("train-labels-idx1-ubyte", write_idx_labels(set.labels));
  put("t10k-images-idx3-ubyte", write_idx_images(set.pixels));
  expect_fault(message(load_mnist_folder(folder())), path("t10k-labels-idx1-ubyte"), {"missing", "both"});
  put("t10k-labels-idx1-ubyte", {});
  expect_fault(message(load_mnist_folder(folder())), path("t10k-labels-idx1-ubyte"), {"empty"});
  put("t10k-labels-idx1-ubyte", write_idx_labels(Bytes(9, 1)));
  expect_fault(message(load_mnist_folder(folder())), path("t10k-labels-idx1-ubyte"), {"9 labels", "10 images"});
  put("t10k-labels-idx1-ubyte", write_idx_labels(Bytes(10, 1)));
  EXPECT_TRUE(load_mnist_folder(folder()).ok());
  Bytes packed = gzip(write_idx_images(set.pixels));
  packed.resize(packed.size() / 2);
  put("train-images-idx3-ubyte", packed);
  expect_fault(message(load_mnist_folder(folder())), path("train-images-idx3-ubyte"), {"truncated gzip"});
}

Bytes png(std::uint32_t width, std::uint32_t height, std::uint32_t format, const Bytes& samples) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = format;
  png_alloc_size_t size = 0;
  EXPECT_NE(png_image_write_to_memory(&image, nullptr, &size, 0, samples.data(), 0, nullptr), 0);
  Bytes bytes(size);
  EXPECT_NE(png_image_write_to_memory(&image, bytes.data(), &size, 0, samples.data(), 0, nullptr), 0);
  bytes.resize(size);
  return bytes;
}

Bytes text(const std::string& characters) { return {characters.begin(), characters.end()}; }

void expect_picture(const Result<Picture>& picture, std::size_t width, std::size_t height, const Bytes& pixels) {
  ASSERT_TRUE(picture.ok()) << message(picture);
  EXPECT_EQ(picture.value().width, width);
  EXPECT_EQ(picture.value().height, height);
  EXPECT_EQ(picture.value().pixels, pixels);
}

TEST_F(Pictures, Png) {
  const Bytes grey = {0, 50, 100, 150, 200, 255};
  expect_picture(load_picture(put("a.png", png(3, 2, PNG_FORMAT_GRAY, grey))), 3, 2, grey);
  // Greys stay greys in colour files.
  expect_picture(parse_picture(png(2, 1, PNG_FORMAT_RGB, {9, 9, 9, 255, 255, 255}), "x"), 2, 1, {9, 255});
  // Transparent paper is white, ...
  expect_picture(parse_picture(png(2, 1, PNG_FORMAT_GA, {0, 255, 77, 0}), "x"), 2, 1, {0, 255});
  // ... unless the ink is white.
  expect_picture(parse_picture(png(2, 1, PNG_FORMAT_GA, {255, 255, 0, 0}), "x"), 2, 1, {255, 0});
}

TEST_F(Pictures, PngFaults) {
  const Bytes good = png(40, 30, PNG_FORMAT_GRAY, pattern(1200));
  for (const std::size_t length : {std::size_t{4}, std::size_t{20}, std::size_t{40}, good.size() / 2}) {
    const Bytes cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length));
    expect_fault(message(load_picture(put("cut.png", cut))), path("cut.png"), {"damaged PNG", "save it again"});
  }
  Bytes corrupt = good;
  corrupt[good.size() / 2] ^= 0xFF;
  expect_fault(message(parse_picture(corrupt, "x")), "x", {"damaged PNG"});
  expect_fault(message(parse_picture(png(8193, 1, PNG_FORMAT_GRAY, Bytes(8193)), "x")), "x", {"8193x1", "8192"});
}

TEST_F(Pictures, PgmAndPpm) {
  expect_picture(load_picture(put("a.pgm", text("P5\n# a comment\n3 1\n255\nABC"))), 3, 1, {'A', 'B', 'C'});
  expect_picture(parse_picture(text("P2 2 2 # size\n10\n0 5\n10 1 # end\n"), "x"), 2, 2, {0, 128, 255, 26});
  Bytes wide = text("P5 2 1 65535\n");
  wide.insert(wide.end(), {0xFF, 0xFF, 0x80, 0x00});
  expect_picture(parse_picture(wide, "x"), 2, 1, {255, 128});
  Bytes colour = text("P6 3 1 255 ");
  colour.insert(colour.end(), {255, 0, 0, 0, 255, 0, 7, 7, 7});
  expect_picture(parse_picture(colour, "x"), 3, 1, {76, 150, 7});
  expect_picture(parse_picture(text("P3 1 1 255 255 255 255"), "x"), 1, 1, {255});
}

TEST_F(Pictures, PnmFaults) {
  const auto fault = [](const std::string& characters) { return message(parse_picture(text(characters), "x")); };
  expect_fault(fault("P5\n3"), "x", {"header", "missing"});
  expect_fault(fault("P5 3 x 255 "), "x", {"header", "missing"});
  expect_fault(fault("P5 3 1 255 AB"), "x", {"truncated PGM", "2 of 3"});
  expect_fault(fault("P5 3 1 255 ABCD"), "x", {"1 bytes follow"});
  expect_fault(fault("P5 3 1 255"), "x", {"no blank"});
  expect_fault(fault("P5 3 1 0 ABC"), "x", {"maximum 0"});
  expect_fault(fault("P5 3 1 70000 ABC"), "x", {"maximum 70000"});
  expect_fault(fault("P5 0 1 255 "), "x", {"0x1", "1 to 8192"});
  expect_fault(fault("P5 99999999999 99999999999 255 A"), "x", {"1 to 8192"});
  expect_fault(fault("P5 8192 8192 255 A"), "x", {"truncated PGM"});
  expect_fault(fault("P5 2 1 100 Az"), "x", {"sample 122", "maximum 100"});
  expect_fault(fault("P2 2 2 255 1 2 3 "), "x", {"truncated PGM", "6 bytes for 4 samples"});
  expect_fault(fault("P2 2 2 255 11 22 33 "), "x", {"truncated PGM", "3 of 4"});
  expect_fault(fault("P2 2 1 255 1 z "), "x", {"sample 1", "not a number"});
  expect_fault(fault("P6 2 1 255 ABC"), "x", {"truncated PPM"});
  expect_fault(fault("GIF89a"), "x", {"PNG, PGM or PPM"});
  expect_fault(fault(""), "x", {"empty"});
}

TEST_F(Pictures, IdxImages) {
  const Dataset set = generate_digits(1, 0, 3);
  const auto pixels = load_idx_images(put("a.gz", gzip(write_idx_images(set.pixels))));
  ASSERT_TRUE(pixels.ok()) << message(pixels);
  EXPECT_EQ(pixels.value(), set.pixels);
  expect_fault(message(load_idx_images(put("b", write_idx_labels(set.labels)))), path("b"), {"labels"});
}

std::string sha256_of(const std::string& file) {
  std::FILE* pipe = popen(("sha256sum '" + file + "'").c_str(), "r");
  if (pipe == nullptr) {
    return {};
  }
  std::array<char, 65> digits{};
  const std::size_t got = std::fread(digits.data(), 1, 64, pipe);
  pclose(pipe);
  return {digits.data(), got};
}

TEST_F(Folder, MnistItself) {
  const char* where = std::getenv("QUARTERTURN_MNIST");
  if (where == nullptr || *where == '\0') {
    GTEST_SKIP() << "QUARTERTURN_MNIST names no folder";
  }
  auto data = load_mnist_folder(where);
  ASSERT_TRUE(data.ok()) << message(data);
  ASSERT_EQ(data.value().train.count(), 60000U);
  ASSERT_EQ(data.value().test.count(), 10000U);
  EXPECT_EQ(data.value().source, "MNIST from folder " + std::string(where) + " (60000 train, 10000 test)");
  const std::array<std::size_t, 10> expected = {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949};
  for (std::uint8_t digit = 0; digit < 10; ++digit) {
    const auto& labels = data.value().train.labels;
    EXPECT_EQ(static_cast<std::size_t>(std::count(labels.begin(), labels.end(), digit)), expected[digit]);
  }
  // Written back, the four files have the published checksums.
  EXPECT_EQ(sha256_of(put("a", write_idx_images(data.value().train.pixels))),
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");
  EXPECT_EQ(sha256_of(put("b", write_idx_labels(data.value().train.labels))),
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5");
  EXPECT_EQ(sha256_of(put("c", write_idx_images(data.value().test.pixels))),
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7");
  EXPECT_EQ(sha256_of(put("d", write_idx_labels(data.value().test.labels))),
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");
  // One changed pixel and it is not called MNIST any more.
  data.value().train.pixels[0] ^= 1;
  EXPECT_EQ(recognise(data.value()), "");
}

}  // namespace
}  // namespace quarterturn
