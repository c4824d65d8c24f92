#include "cli/weights_file.hpp"

#include "core/join.hpp"
#include "training/safetensors.hpp"
#include "training/settings.hpp"

namespace quarterturn::cli {
namespace {

Error fault(const std::string& file_name, const std::string& what) {
  return Error{"'" + printable(file_name) + "': " + what};
}

bool belongs_to(std::string_view tensor, std::string_view network) {
  return tensor.size() > network.size() && tensor.starts_with(network) && tensor[network.size()] == '.';
}

}  // namespace

Result<std::vector<std::uint8_t>> keep_network(std::span<const std::uint8_t> file, std::string_view network,
                                               const std::string& file_name) {
  const Result<SafetensorsView> view = SafetensorsView::parse(file);
  if (!view.ok()) return fault(file_name, view.error().message);
  SafetensorsWriter writer;
  for (const std::string_view name : {std::string_view("format"), std::string_view("preset"), kPretextTaskPath}) {
    const std::string key(name);
    if (const std::string* value = view.value().metadata(key); value != nullptr) writer.add_metadata(key, *value);
  }
  std::size_t kept = 0;
  for (const auto& [tensor, value] : view.value().tensors()) {
    if (!belongs_to(tensor, network)) continue;
    writer.add(tensor, value.type, value.shape, value.bytes);
    ++kept;
  }
  if (kept == 0) {
    return fault(file_name, "holds no weights named " + std::string(network) +
                                ".*; make them with quarterturn pretext --save FILE");
  }
  return writer.write();
}

Result<bool> has_network(std::span<const std::uint8_t> file, std::string_view network, const std::string& file_name) {
  const Result<SafetensorsView> view = SafetensorsView::parse(file);
  if (!view.ok()) return fault(file_name, view.error().message);
  for (const auto& [tensor, value] : view.value().tensors()) {
    if (belongs_to(tensor, network)) return true;
  }
  return false;
}

Result<StoredChoices> stored_choices(std::span<const std::uint8_t> file, const std::string& file_name) {
  const Result<SafetensorsView> view = SafetensorsView::parse(file);
  if (!view.ok()) return fault(file_name, view.error().message);
  StoredChoices choices;
  // Checkpoints of version 2 say "settings.preset", weights and older checkpoints "preset".
  for (const std::string_view prefix : {"", "settings."}) {
    const std::string* preset = view.value().metadata(join({prefix, "preset"}));
    if (preset != nullptr && *preset == "unit") choices.preset = Preset::unit;
    if (preset != nullptr && *preset == "notebook") choices.preset = Preset::notebook;
    const std::string* task = view.value().metadata(join({prefix, kPretextTaskPath}));
    if (task != nullptr && choices.task == nullptr) choices.task = pretext_task_named(*task);
  }
  return choices;
}

}  // namespace quarterturn::cli
