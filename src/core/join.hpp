// Messages from pieces, in one call: a chain of string additions would be inlined at each of some hundred places.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace quarterturn {

/// A piece of text, or a whole number from 0 on. It refers to the text it is made from.
class JoinPart {
 public:
  // Whatever is joined becomes a piece.
  // NOLINTBEGIN(google-explicit-constructor)
  JoinPart(const char* text) : kind_(Kind::terminated), text_(text) {}
  JoinPart(const std::string& text) : kind_(Kind::string), text_(&text) {}
  JoinPart(std::string_view text) : kind_(Kind::view), text_(text.data()), number_(text.size()) {}
  JoinPart(std::unsigned_integral auto number) : kind_(Kind::number), number_(number) {}
  // NOLINTEND(google-explicit-constructor)

  void append_to(std::string& out) const;

 private:
  enum class Kind : std::uint8_t { terminated, string, view, number };
  Kind kind_;
  const void* text_ = nullptr;
  std::uint64_t number_ = 0;
};

/// The pieces one after the other.
std::string join(std::initializer_list<JoinPart> parts);

/// Appends an item to a list, with the separator where it is not the first.
void append_item(std::string& list, std::string_view item, std::string_view separator = ", ");

/// `text` with every control character replaced by '?': what comes from files and users must not break a message's
/// line.
std::string printable(std::string_view text);

}  // namespace quarterturn
