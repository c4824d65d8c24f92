#include "core/coded.hpp"

#include <cassert>
#include <utility>

namespace quarterturn {

Error::Error() = default;
Error::Error(std::string text) : message(std::move(text)) {}
Error::Error(const Error& other) = default;
Error::Error(Error&& other) noexcept = default;
Error& Error::operator=(const Error& other) = default;
Error& Error::operator=(Error&& other) noexcept = default;
Error::~Error() = default;

Error coded(const char* facts, std::initializer_list<JoinPart> said, std::initializer_list<JoinPart> unsaid) {
  Error error;
  std::string_view rest = facts;
  const auto word = [&rest] {
    const std::string_view first = rest.substr(0, rest.find(' '));
    rest.remove_prefix(first.size() < rest.size() ? first.size() + 1 : first.size());
    return first;
  };
  error.code = word();
  for (const auto* parts : {&said, &unsaid}) {
    for (const JoinPart& part : *parts) {
      std::string text;
      part.append_to(text);
      if (parts == &said) error.message += text;
      if (part.is_literal()) continue;
      assert(!rest.empty());  // each value has a name
      error.values.push_back({word(), std::move(text), part.is_number()});
    }
  }
  assert(rest.empty());  // each name has a value
  return error;
}

}  // namespace quarterturn
