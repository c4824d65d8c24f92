#pragma once

#include <cstddef>
#include <cstdint>

namespace quarterturn {

/// The networks that kernels exist for.
enum class NetworkKind : std::uint8_t { pretext, classifier, head };
inline constexpr std::size_t kNetworkKinds = 3;

}  // namespace quarterturn
