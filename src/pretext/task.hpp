// Pretext tasks: each is a set of pixel maps, one a class. The network sees an image through one of them and says
// which. A task is one file with its maps and names, and one line of the table in task.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pretext/pixel_map.hpp"

namespace quarterturn {

/// The most classes that a task may have.
inline constexpr std::size_t kMaxTaskClasses = 32;

struct PretextTask {
  std::string_view name;  ///< "turns"
  std::string_view text;  ///< what is asked, for people
  std::size_t classes;
  /// The map of a class, 0 <= variant < classes. Maps are computed when they are needed: as data, those of all tasks
  /// would be a good part of what every visitor downloads.
  void (*fill)(std::size_t variant, PixelTable& table);
  std::string (*class_name)(std::size_t variant);
};

/// All tasks; the first is the default.
std::span<const PretextTask> pretext_tasks();
/// Null where there is no such task.
const PretextTask* pretext_task_named(std::string_view name);

PixelMap map_of(const PretextTask& task, std::size_t variant);
/// The maps of all classes, in their order.
std::vector<PixelMap> maps_of(const PretextTask& task);
std::vector<std::string> class_names_of(const PretextTask& task);

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
