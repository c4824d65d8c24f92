// safetensors files, as weights are read.
#include <algorithm>

#include "fuzz/targets.hpp"
#include "training/safetensors.hpp"

namespace quarterturn::fuzz {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

Status safetensors(Bytes input) {
  const Result<SafetensorsView> file = SafetensorsView::parse(input);
  if (!file) return file.error();
  SafetensorsWriter writer;
  std::size_t bytes = 0;
  bool ascii = true;
  for (const auto& [name, tensor] : file.value().tensors()) {
    require(tensor.bytes.empty() || (tensor.bytes.data() >= input.data() &&
                                     tensor.bytes.data() + tensor.bytes.size() <= input.data() + input.size()),
            "a tensor lies outside the file");
    require(file.value().get(name, tensor.type, tensor.shape).ok(), "a tensor is not found by its own name");
    bytes += tensor.bytes.size();
    ascii = ascii && is_ascii(name);
    writer.add(name, tensor.type, tensor.shape, tensor.bytes);
  }
  require(bytes <= input.size(), "tensors overlap");
  if (!ascii) return Ok{};  // the writer replaces other characters
  const std::vector<std::uint8_t> written = writer.write();
  const Result<SafetensorsView> again = SafetensorsView::parse(written);
  require(again.ok(), "a file cannot be read after it was written again");
  require(again.value().tensors().size() == file.value().tensors().size(), "tensors are lost in writing");
  for (std::size_t i = 0; i < again.value().tensors().size(); ++i) {
    const auto& [name, tensor] = file.value().tensors()[i];
    const auto& [other_name, other] = again.value().tensors()[i];
    require(name == other_name && tensor.type == other.type && tensor.shape == other.shape &&
                std::ranges::equal(tensor.bytes, other.bytes),
            "a tensor changes when written again");
  }
  return Ok{};
}

}  // namespace quarterturn::fuzz
