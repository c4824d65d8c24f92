// IDX: the first byte says whether the rest is read as images, labels or any IDX file.
#include <algorithm>

#include "data/idx.hpp"
#include "fuzz/targets.hpp"

namespace quarterturn::fuzz {
namespace {

constexpr std::string_view kName = "file";

Status any(Bytes file) {
  const Result<IdxView> view = parse_idx(file, kName);
  if (!view) return view.error();
  require(looks_like_idx(file), "a file is read that does not look like IDX");
  std::size_t elements = 1;
  for (const std::uint32_t dimension : view.value().dimensions) elements *= dimension;
  require(elements == view.value().values.size(), "dimensions and values disagree");
  return Ok{};
}

}  // namespace

Status idx(Bytes input) {
  if (input.empty()) return any(input);
  const Bytes file = input.subspan(1);
  const Bytes start = file.first(std::min(file.size(), kMaxIdxHeader));
  switch (input[0]) {
    case 'i': {
      const auto images = parse_idx_images(file, kName);
      const auto count = idx_image_count(start, file.size(), kName);
      require(images.ok() == count.ok(), "header and file are judged differently");
      if (!images) return images.error();
      require(count.value() * kImagePixels == images.value().size(), "a wrong number of images");
      require(std::ranges::equal(write_idx_images(images.value()), file), "images change when written again");
      return Ok{};
    }
    case 'l': {
      const auto labels = parse_idx_labels(file, kName);
      if (!labels) return labels.error();
      require(std::ranges::equal(write_idx_labels(labels.value()), file), "labels change when written again");
      return Ok{};
    }
    default:
      return any(file);
  }
}

}  // namespace quarterturn::fuzz
