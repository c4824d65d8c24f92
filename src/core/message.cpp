#include "core/message.hpp"

namespace quarterturn {

MessageValue MessagePart::value() const {
  MessageValue value;
  value.kind = kind_;
  switch (kind_) {
    case MessageValue::Kind::text:
      value.text.assign(static_cast<const char*>(pointer_), static_cast<std::size_t>(bits_));
      break;
    case MessageValue::Kind::message:
      value.message = {*static_cast<const Message*>(pointer_)};
      break;
    case MessageValue::Kind::count:
      value.count = bits_;
      break;
    default:
      value.number = std::bit_cast<double>(bits_);
  }
  return value;
}

Message::Message(MessageCode the_code) : code(the_code) {}
Message::Message(const Message& other) = default;
Message::Message(Message&& other) noexcept = default;
Message& Message::operator=(const Message& other) = default;
Message& Message::operator=(Message&& other) noexcept = default;
Message::~Message() = default;

Message::Message(MessageCode the_code, std::initializer_list<MessagePart> parts) : code(the_code) {
  values.reserve(parts.size());
  for (const MessagePart& part : parts) values.push_back(part.value());
}

}  // namespace quarterturn
