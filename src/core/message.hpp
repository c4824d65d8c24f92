// What the engine has to say of an error, a failed run, a note or its data: a code with values. Whoever shows it words
// it.
#pragma once

#include <bit>
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

  // Not inline, since some hundred places return one.
  Message(const Message& other);
  Message(Message&& other) noexcept;
  Message& operator=(const Message& other);
  Message& operator=(Message&& other) noexcept;
  ~Message();
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

/// A value as it is given. It refers to the text or message it is made from. Three words, since some hundred places
/// make some.
class MessagePart {
 public:
  // NOLINTBEGIN(google-explicit-constructor)
  MessagePart(std::string_view text) : kind_(MessageValue::Kind::text), pointer_(text.data()), bits_(text.size()) {}
  MessagePart(const std::string& text) : MessagePart(std::string_view(text)) {}
  MessagePart(const char* text) : MessagePart(std::string_view(text)) {}
  MessagePart(std::unsigned_integral auto number) : kind_(MessageValue::Kind::count), bits_(number) {}
  MessagePart(float number) : kind_(MessageValue::Kind::single), bits_(bits_of(number)) {}
  MessagePart(double number) : kind_(MessageValue::Kind::real), bits_(bits_of(number)) {}
  MessagePart(const Message& message) : kind_(MessageValue::Kind::message), pointer_(&message) {}
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] MessageValue value() const;

 private:
  static std::uint64_t bits_of(double number) { return std::bit_cast<std::uint64_t>(number); }

  MessageValue::Kind kind_;
  const void* pointer_ = nullptr;  // to a text or a message
  std::uint64_t bits_ = 0;         // the length of a text, a count, or those of a double
};

}  // namespace quarterturn
