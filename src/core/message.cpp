#include "core/message.hpp"

namespace quarterturn {

MessageValue MessagePart::value() const {
  MessageValue value{kind_, number_, count_, {}, {}};
  if (kind_ == MessageValue::Kind::text) value.text.assign(static_cast<const char*>(pointer_), size_);
  if (kind_ == MessageValue::Kind::message) value.message = {*static_cast<const Message*>(pointer_)};
  return value;
}

Message::Message(MessageCode the_code, std::initializer_list<MessagePart> parts) : code(the_code) {
  values.reserve(parts.size());
  for (const MessagePart& part : parts) values.push_back(part.value());
}

}  // namespace quarterturn
