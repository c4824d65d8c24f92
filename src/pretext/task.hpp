// Pretext tasks: each is a set of pixel maps, one a class. The network sees an image through one of them and says
// which. A task is one file with its maps and names, and one line of the table in task.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "pretext/pixel_map.hpp"

namespace quarterturn {

struct PretextTask {
  std::string_view name;  ///< "turns"
  std::string_view text;  ///< what is asked, for people
  std::span<const PixelMap> maps;
  std::span<const std::string_view> class_names;  ///< one a map

  [[nodiscard]] std::size_t classes() const { return maps.size(); }
};

/// All tasks; the first is the default.
std::span<const PretextTask> pretext_tasks();
/// Null where there is no such task.
const PretextTask* pretext_task_named(std::string_view name);

/// One row of a task's training set.
struct PretextRow {
  std::uint32_t image;   ///< index within the slice
  std::uint8_t variant;  ///< which map, and so the class
};

/// Rows of the training set of a task: every image through every map.
constexpr std::size_t pretext_rows(std::size_t images, std::size_t classes) { return classes * images; }

/// The notebook's row order. It writes image i to rows 4i-4 .. 4i-1, so image 0 wraps to the end: images
/// 1, 2, ..., images-1, 0, each through all maps in their order. 0 <= row < classes * images.
constexpr PretextRow pretext_row(std::size_t row, std::size_t images, std::size_t classes) {
  return {static_cast<std::uint32_t>((row / classes + 1) % images), static_cast<std::uint8_t>(row % classes)};
}

}  // namespace quarterturn
