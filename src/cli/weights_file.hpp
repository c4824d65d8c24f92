// Weights files (safetensors): reading them, and keeping the tensors of some networks only.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "data/dataset.hpp"
#include "pretext/task.hpp"

namespace quarterturn::cli {

/// The tensors whose names begin with `network` and a dot ("rotnet", "supervised"), as a safetensors file of their
/// own. Fails where there is none; `file_name` stands in the message.
Result<std::vector<std::uint8_t>> keep_network(std::span<const std::uint8_t> file, std::string_view network,
                                               const std::string& file_name);

/// Whether the file holds any tensor of the network. `file` must be valid.
Result<bool> has_network(std::span<const std::uint8_t> file, std::string_view network, const std::string& file_name);

/// What a file says of how its networks were trained; empty where it says nothing.
struct StoredChoices {
  std::optional<Preset> preset;
  const PretextTask* task = nullptr;
};
Result<StoredChoices> stored_choices(std::span<const std::uint8_t> file, const std::string& file_name);

}  // namespace quarterturn::cli
