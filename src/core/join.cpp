#include "core/join.hpp"

namespace quarterturn {

void JoinPart::append_to(std::string& out) const {
  switch (kind_) {
    case Kind::terminated:
      out += static_cast<const char*>(text_);
      break;
    case Kind::string:
      out += *static_cast<const std::string*>(text_);
      break;
    case Kind::view:
      out.append(static_cast<const char*>(text_), static_cast<std::size_t>(number_));
      break;
    case Kind::number:
      out += std::to_string(number_);
      break;
  }
}

std::string join(std::initializer_list<JoinPart> parts) {
  std::string text;
  for (const JoinPart& part : parts) part.append_to(text);
  return text;
}

void append_item(std::string& list, std::string_view item, std::string_view separator) {
  if (!list.empty()) list += separator;
  list += item;
}

std::string printable(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = '?';
  }
  return result;
}

}  // namespace quarterturn
