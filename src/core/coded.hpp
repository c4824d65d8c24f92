// Errors that the page words itself.
#pragma once

#include <initializer_list>

#include "core/join.hpp"
#include "core/result.hpp"

namespace quarterturn {

/// An error with code and values. `facts`, a literal, is the code and the names of the values: "idx-rank rank file".
/// The message is `said`; its parts that are no literals are the values, in this order, and behind them come `unsaid`,
/// which are not in the message. docs/ARCHITECTURE.md lists every code.
Error coded(const char* facts, std::initializer_list<JoinPart> said, std::initializer_list<JoinPart> unsaid = {});

}  // namespace quarterturn
