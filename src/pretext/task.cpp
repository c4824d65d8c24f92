#include "pretext/task.hpp"

#include <array>

#include "pretext/quarter_turns.hpp"

namespace quarterturn {
namespace {

constexpr std::array<PretextTask, 1> kTasks = {{
    {"turns", "by how many quarter turns was the image turned?", kQuarterTurnMaps, kQuarterTurnNames},
}};

static_assert([] {
  for (const PretextTask& task : kTasks) {
    if (task.maps.size() != task.class_names.size() || task.maps.empty()) return false;
  }
  return true;
}());

}  // namespace

std::span<const PretextTask> pretext_tasks() { return kTasks; }

const PretextTask* pretext_task_named(std::string_view name) {
  for (const PretextTask& task : kTasks) {
    if (task.name == name) return &task;
  }
  return nullptr;
}

}  // namespace quarterturn
