#include "data/idx.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/hash.hpp"
#include "core/join.hpp"

namespace quarterturn {
namespace {

constexpr std::size_t kMaxDimensions = 4;
constexpr std::uint8_t kUnsignedByte = 0x08;

/// Of elements that are no unsigned bytes.
std::optional<MessageCode> type_name(std::uint8_t type) {
  switch (type) {
    case 0x09:
      return MessageCode::idx_signed_byte;
    case 0x0B:
      return MessageCode::idx_short_integer;
    case 0x0C:
      return MessageCode::idx_integer;
    case 0x0D:
      return MessageCode::idx_float;
    case 0x0E:
      return MessageCode::idx_double;
    default:
      return std::nullopt;
  }
}

std::uint32_t big_endian(std::span<const std::uint8_t> bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 | std::uint32_t{bytes[at + 2]} << 8 |
         std::uint32_t{bytes[at + 3]};
}

void append_big_endian(std::vector<std::uint8_t>& bytes, std::size_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

std::string dimensions_text(const std::vector<std::uint32_t>& dimensions) {
  std::string text;
  for (const std::uint32_t dimension : dimensions) text += join({text.empty() ? "" : "x", dimension});
  return text;
}

std::vector<std::uint8_t> copy(std::span<const std::uint8_t> values) { return {values.begin(), values.end()}; }

}  // namespace

bool looks_like_idx(std::span<const std::uint8_t> bytes) {
  return bytes.size() >= 4 && bytes[0] == 0 && bytes[1] == 0 &&
         (bytes[2] == kUnsignedByte || type_name(bytes[2]).has_value()) && bytes[3] >= 1 && bytes[3] <= kMaxDimensions;
}

Result<IdxHeader> parse_idx_header(std::span<const std::uint8_t> start, std::uint64_t file_bytes,
                                   std::string_view name) {
  if (file_bytes == 0) return Error{MessageCode::idx_empty, {name}};
  if (file_bytes >= 2 && start[0] == 0x1F && start[1] == 0x8B) {
    return Error{MessageCode::idx_gzip, {name}};
  }
  if (file_bytes < 4) {
    return Error{MessageCode::idx_short, {name, file_bytes}};
  }
  if (start[0] != 0 || start[1] != 0) {
    return Error{MessageCode::idx_unlike, {name}};
  }
  const std::uint8_t type = start[2];
  if (type != kUnsignedByte) {
    const std::optional<MessageCode> known = type_name(type);
    if (!known.has_value()) return Error{MessageCode::idx_type_unknown, {name, type}};
    return Error{MessageCode::idx_type, {name, Message(*known)}};
  }
  const std::size_t rank = start[3];
  if (rank == 0 || rank > kMaxDimensions) {
    return Error{MessageCode::idx_rank, {name, rank}};
  }
  IdxHeader header{{}, 4 + 4 * rank};
  if (file_bytes < header.bytes) {
    return Error{MessageCode::idx_header_short, {name, file_bytes, header.bytes}};
  }
  const std::uint64_t present = file_bytes - header.bytes;
  std::uint64_t claimed = 1;
  bool overflow = false;
  for (std::size_t d = 0; d < rank; ++d) {
    const std::uint32_t dimension = big_endian(start, 4 + 4 * d);
    header.dimensions.push_back(dimension);
    // Above 2^32 the product is already more than any file here holds; stop before it can wrap around.
    overflow = overflow || claimed > 0xFFFFFFFFULL;
    claimed = overflow ? claimed : claimed * dimension;
  }
  if (std::find(header.dimensions.begin(), header.dimensions.end(), 0U) != header.dimensions.end()) {
    claimed = 0;
    overflow = false;
  }
  if (overflow || claimed > present) {
    return Error{MessageCode::idx_truncated, {name, dimensions_text(header.dimensions), present}};
  }
  if (claimed < present) {
    return Error{MessageCode::idx_excess, {name, present - claimed, dimensions_text(header.dimensions)}};
  }
  return header;
}

Result<IdxView> parse_idx(std::span<const std::uint8_t> bytes, std::string_view name) {
  Result<IdxHeader> header = parse_idx_header(bytes, bytes.size(), name);
  if (!header) return header.error();
  IdxHeader& found = header.value();
  return IdxView{std::move(found.dimensions), bytes.subspan(found.bytes)};
}

Result<std::size_t> idx_image_count(std::span<const std::uint8_t> start, std::uint64_t file_bytes,
                                    std::string_view name) {
  const Result<IdxHeader> parsed = parse_idx_header(start, file_bytes, name);
  if (!parsed) return parsed.error();
  const std::vector<std::uint32_t>& dimensions = parsed.value().dimensions;
  if (dimensions.size() != 3) {
    return Error{dimensions.size() == 1 ? MessageCode::idx_labels_given : MessageCode::idx_no_images,
                 {name, dimensions_text(dimensions)}};
  }
  if (dimensions[1] != kImageSide || dimensions[2] != kImageSide) {
    return Error{MessageCode::idx_image_size, {name, dimensions[1], dimensions[2]}};
  }
  if (dimensions[0] == 0) return Error{MessageCode::idx_none, {name}};
  return std::size_t{dimensions[0]};
}

Result<std::size_t> idx_label_count(std::span<const std::uint8_t> start, std::uint64_t file_bytes,
                                    std::string_view name) {
  const Result<IdxHeader> parsed = parse_idx_header(start, file_bytes, name);
  if (!parsed) return parsed.error();
  const std::vector<std::uint32_t>& dimensions = parsed.value().dimensions;
  if (dimensions.size() != 1) {
    return Error{dimensions.size() == 3 ? MessageCode::idx_images_given : MessageCode::idx_no_labels,
                 {name, dimensions_text(dimensions)}};
  }
  return std::size_t{dimensions[0]};
}

Status check_idx_labels(std::span<const std::uint8_t> labels, std::size_t first, std::string_view name,
                        unsigned classes) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] >= classes) {
      return Error{MessageCode::idx_label, {name, labels[i], first + i, classes, classes - 1}};
    }
  }
  return Ok{};
}

Status check_idx_pair(std::size_t images, std::string_view images_name, std::size_t labels,
                      std::string_view labels_name) {
  if (images == labels) return Ok{};
  return Error{MessageCode::idx_pair, {labels_name, labels, images, images_name}};
}

Result<std::vector<std::uint8_t>> parse_idx_images(std::span<const std::uint8_t> bytes, std::string_view name) {
  const Result<std::size_t> count = idx_image_count(bytes, bytes.size(), name);
  if (!count) return count.error();
  return copy(bytes.last(count.value() * kImagePixels));
}

Result<std::vector<std::uint8_t>> parse_idx_labels(std::span<const std::uint8_t> bytes, std::string_view name,
                                                   unsigned classes) {
  const Result<std::size_t> count = idx_label_count(bytes, bytes.size(), name);
  if (!count) return count.error();
  const std::span<const std::uint8_t> labels = bytes.last(count.value());
  const Status good = check_idx_labels(labels, 0, name, classes);
  if (!good) return good.error();
  return copy(labels);
}

Result<Dataset> parse_idx_dataset(std::span<const std::uint8_t> images, std::string_view images_name,
                                  std::span<const std::uint8_t> labels, std::string_view labels_name) {
  Result<std::vector<std::uint8_t>> pixels = parse_idx_images(images, images_name);
  if (!pixels) return pixels.error();
  Result<std::vector<std::uint8_t>> classes = parse_idx_labels(labels, labels_name);
  if (!classes) return classes.error();
  Dataset set{std::move(pixels).value(), std::move(classes).value()};
  const Status pair = check_idx_pair(set.count(), images_name, set.labels.size(), labels_name);
  if (!pair) return pair.error();
  return set;
}

std::vector<std::uint8_t> write_idx_images(std::span<const std::uint8_t> pixels) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(16 + pixels.size());
  bytes.assign({0, 0, kUnsignedByte, 3});
  append_big_endian(bytes, pixels.size() / kImagePixels);
  append_big_endian(bytes, kImageSide);
  append_big_endian(bytes, kImageSide);
  bytes.insert(bytes.end(), pixels.begin(), pixels.end());
  return bytes;
}

std::vector<std::uint8_t> write_idx_labels(std::span<const std::uint8_t> labels) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(8 + labels.size());
  bytes.assign({0, 0, kUnsignedByte, 1});
  append_big_endian(bytes, labels.size());
  bytes.insert(bytes.end(), labels.begin(), labels.end());
  return bytes;
}

Error too_few_for_test(std::size_t count, std::string_view name) { return {MessageCode::idx_few, {name, count}}; }

Result<DataSource> split_off_test(Dataset all, std::string_view name) {
  const std::size_t test_count = all.count() / 7;
  if (test_count == 0) {
    return too_few_for_test(all.count(), name);
  }
  const std::size_t train_count = all.count() - test_count;
  DataSource data;
  const auto pixels = all.pixels.begin() + static_cast<std::ptrdiff_t>(train_count * kImagePixels);
  const auto labels = all.labels.begin() + static_cast<std::ptrdiff_t>(std::min(train_count, all.labels.size()));
  data.test.pixels.assign(pixels, all.pixels.end());
  data.test.labels.assign(labels, all.labels.end());
  all.pixels.erase(pixels, all.pixels.end());
  all.labels.erase(labels, all.labels.end());
  data.train = std::move(all);
  return data;
}

Result<DataSource> load_mnist_bytes(const IdxFiles& files, std::string_view origin, const IdxNames& names) {
  if (files.test_images.empty() != files.test_labels.empty()) {
    const bool no_images = files.test_images.empty();
    return Error{
        MessageCode::idx_missing,
        {no_images ? names.test_images : names.test_labels, no_images ? names.test_labels : names.test_images}};
  }
  Result<Dataset> train =
      parse_idx_dataset(files.train_images, names.train_images, files.train_labels, names.train_labels);
  if (!train) {
    return train.error();
  }
  DataSource data;
  std::string note;
  if (files.test_images.empty()) {
    Result<DataSource> split = split_off_test(std::move(train).value(), names.train_images);
    if (!split) {
      return split.error();
    }
    data = std::move(split).value();
    note = ", the last seventh of one file as test set";
  } else {
    Result<Dataset> test =
        parse_idx_dataset(files.test_images, names.test_images, files.test_labels, names.test_labels);
    if (!test) {
      return test.error();
    }
    data.train = std::move(train).value();
    data.test = std::move(test).value();
  }
  const std::string_view known = recognise(data);
  data.source = join({known.empty() ? "IDX images" : known, " from ", origin, known.empty() ? note : std::string(),
                      " (", data.train.count(), " train, ", data.test.count(), " test)"});
  return data;
}

std::string_view recognise(const DataSource& data) {
  constexpr std::uint64_t kMnist = 0xEEADF3C992E1D47AULL;
  if (data.train.count() != 60000 || data.test.count() != 10000) {
    return {};
  }
  Fnv1a hash;
  for (const Dataset* set : {&data.train, &data.test}) {
    hash.add(set->pixels.data(), set->pixels.size());
    hash.add(set->labels.data(), set->labels.size());
  }
  return hash.value() == kMnist ? "MNIST" : std::string_view{};
}

}  // namespace quarterturn
