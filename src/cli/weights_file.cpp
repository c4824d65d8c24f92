#include "cli/weights_file.hpp"

#include "cli/text.hpp"
#include "training/safetensors.hpp"

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

}  // namespace quarterturn::cli
