// What the engine has to say of an error, a failed run, a note or its data: a code with values. Whoever shows it words
// it.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/message_codes.hpp"

namespace quarterturn {

class MessagePart;
struct MessageValue;

struct Message {
  MessageCode code = MessageCode::words;
  std::vector<MessageValue> values;

  Message() = default;
  // A code alone is a message.
  // NOLINTNEXTLINE(google-explicit-constructor)
  Message(MessageCode the_code);
  Message(MessageCode the_code, std::initializer_list<MessagePart> parts);
};

struct MessageValue {
  enum class Kind : std::uint8_t {
    text,
    count,   ///< a whole number from 0 on
    single,  ///< what a float holds
    real,
    message,
  };
  Kind kind = Kind::text;
  double number = 0.0;      ///< of the kinds `single` and `real`
  std::uint64_t count = 0;  ///< of the kind `count`
  std::string text;
  std::vector<Message> message;  ///< one, of the kind `message`
};

inline Message::Message(MessageCode the_code) : code(the_code) {}

/// A value as it is given. It refers to the text or message it is made from.
class MessagePart {
 public:
  // NOLINTBEGIN(google-explicit-constructor)
  MessagePart(std::string_view text) : kind_(MessageValue::Kind::text), pointer_(text.data()), size_(text.size()) {}
  MessagePart(const std::string& text) : MessagePart(std::string_view(text)) {}
  MessagePart(const char* text) : MessagePart(std::string_view(text)) {}
  MessagePart(std::unsigned_integral auto number) : kind_(MessageValue::Kind::count), count_(number) {}
  MessagePart(float number) : kind_(MessageValue::Kind::single), number_(static_cast<double>(number)) {}
  MessagePart(double number) : kind_(MessageValue::Kind::real), number_(number) {}
  MessagePart(const Message& message) : kind_(MessageValue::Kind::message), pointer_(&message) {}
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] MessageValue value() const;

 private:
  MessageValue::Kind kind_;
  const void* pointer_ = nullptr;
  std::size_t size_ = 0;
  double number_ = 0.0;
  std::uint64_t count_ = 0;
};

}  // namespace quarterturn
