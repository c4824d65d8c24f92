// English for the command line: what a Message says, in one line. The browser's engine has no such words; the page has
// its own (web/src/messages).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace quarterturn {

/// The words of one code.
struct MessageWords {
  MessageCode code;
  /// Its name outside of C++ and the names of its values, in their order: "idxShort file bytes".
  std::string_view facts;
  /// A line with `{file}` in the place of a value. `{name:ends}` keeps the two ends of a long text, `{name:or}` makes
  /// "a", "b" or "c" of a|b|c, `{name:data}` the title of data.
  std::string_view text;
};

/// By code.
const std::array<MessageWords, kMessageCodes>& message_words();

/// One line that names the thing, the fault and, where there is one, the fix. Control characters in values become '?'.
std::string message_text(const Message& message);
/// Empty where there is none.
std::string message_text(const std::optional<Message>& message);

/// The name of data as it stands beside figures: generated digits in words, others as they are called (the `source` of
/// a DataSource).
std::string data_title(std::string_view source);

/// A line of a native program's own.
Error error_of(const std::string& line);

}  // namespace quarterturn
