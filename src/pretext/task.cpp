#include "pretext/task.hpp"

#include <algorithm>
#include <array>

#include "pretext/jigsaw.hpp"
#include "pretext/mirrors.hpp"
#include "pretext/quarter_turns.hpp"
#include "pretext/shuffles.hpp"
#include "pretext/turns_mirrors.hpp"

namespace quarterturn {
namespace {

constexpr std::array kTasks = {
    PretextTask{"turns", "by how many quarter turns was the image turned?", kTurns, fill_turn, turn_name},
    PretextTask{"mirrors", "how was the image mirrored?", kMirrors, fill_mirror, mirror_name},
    PretextTask{"turns_mirrors", "how was the image turned and mirrored?", kTurnsMirrors, fill_turn_mirror,
                turn_mirror_name},
    PretextTask{"jigsaw", "in which order are the four quarters of the image?", kJigsawOrders, fill_jigsaw,
                jigsaw_name},
    PretextTask{"shuffles", "by which fixed order were the pixels shuffled?", kShuffles, fill_shuffle, shuffle_name},
};

static_assert(std::all_of(kTasks.begin(), kTasks.end(), [](const PretextTask& task) {
  return task.classes >= 2 && task.classes <= kMaxTaskClasses;
}));

}  // namespace

std::span<const PretextTask> pretext_tasks() { return kTasks; }

const PretextTask* pretext_task_named(std::string_view name) {
  for (const PretextTask& task : kTasks) {
    if (task.name == name) return &task;
  }
  return nullptr;
}

PixelMap map_of(const PretextTask& task, std::size_t variant) {
  PixelTable table{};
  task.fill(variant, table);
  return PixelMap::from([&table](std::int32_t r, std::int32_t c) {
    return std::int32_t{table[static_cast<std::size_t>(r) * kImageSide + static_cast<std::size_t>(c)]};
  });
}

std::vector<PixelMap> maps_of(const PretextTask& task) {
  std::vector<PixelMap> maps;
  maps.reserve(task.classes);
  for (std::size_t variant = 0; variant < task.classes; ++variant) maps.push_back(map_of(task, variant));
  return maps;
}

std::vector<std::string> class_names_of(const PretextTask& task) {
  std::vector<std::string> names;
  names.reserve(task.classes);
  for (std::size_t variant = 0; variant < task.classes; ++variant) names.push_back(task.class_name(variant));
  return names;
}

}  // namespace quarterturn
