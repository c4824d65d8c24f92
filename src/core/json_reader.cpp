#include "core/json_reader.hpp"

#include <string_view>

namespace quarterturn {
namespace {

constexpr int kMaxDepth = 64;

class Reader {
 public:
  Reader(std::span<const std::uint8_t> text, JsonEvents& events) : text_(text), events_(events) {}

  bool read();
  /// 0 where the events' receiver stopped.
  [[nodiscard]] std::size_t fault() const { return wrong_ ? at_ + 1 : 0; }

 private:
  enum class Next { value, first_element, first_member, member, after };

  /// The byte at hand; -1 at the end.
  [[nodiscard]] int peek() const { return at_ < text_.size() ? text_[at_] : -1; }
  bool take(int byte) {
    if (peek() != byte) return false;
    ++at_;
    return true;
  }
  bool wrong() {
    wrong_ = true;
    return false;
  }
  [[nodiscard]] bool in_object() const { return (objects_ & 1U) != 0; }

  void skip_space();
  bool open(bool object);
  bool close(bool object);
  bool read_value();
  bool read_word(std::string_view word, MessageCode kind);
  bool read_number();
  bool read_string();
  bool read_escape();
  bool read_hex(std::uint32_t& code);
  bool read_character();
  void append(std::uint32_t code);

  std::span<const std::uint8_t> text_;
  JsonEvents& events_;
  std::size_t at_ = 0;
  bool wrong_ = false;
  Next next_ = Next::value;
  int depth_ = 0;
  std::uint64_t objects_ = 0;  // a bit a level, the innermost lowest: object or array
  std::string string_;
};

void Reader::skip_space() {
  while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
}

bool Reader::open(bool object) {
  if (depth_ == kMaxDepth) return wrong();
  ++at_;
  ++depth_;
  objects_ = objects_ << 1 | (object ? 1U : 0U);
  next_ = object ? Next::first_member : Next::first_element;
  return object ? events_.start_object() : events_.start_array();
}

bool Reader::close(bool object) {
  ++at_;
  --depth_;
  objects_ >>= 1;
  next_ = Next::after;
  return object ? events_.end_object() : events_.end_array();
}

bool Reader::read() {
  while (true) {
    skip_space();
    switch (next_) {
      case Next::first_element:
        if (peek() == ']') {
          if (!close(false)) return false;
          break;
        }
        [[fallthrough]];
      case Next::value:
        if (!read_value()) return false;
        break;
      case Next::first_member:
        if (peek() == '}') {
          if (!close(true)) return false;
          break;
        }
        [[fallthrough]];
      case Next::member:
        if (peek() != '"') return wrong();
        if (!read_string() || !events_.key(string_)) return false;
        skip_space();
        if (!take(':')) return wrong();
        next_ = Next::value;
        break;
      case Next::after:
        if (depth_ == 0) return at_ == text_.size() || wrong();
        if (take(',')) {
          next_ = in_object() ? Next::member : Next::value;
        } else if (peek() == (in_object() ? '}' : ']')) {
          if (!close(in_object())) return false;
        } else {
          return wrong();
        }
        break;
    }
  }
}

bool Reader::read_value() {
  next_ = Next::after;
  switch (peek()) {
    case '{':
      return open(true);
    case '[':
      return open(false);
    case '"':
      return read_string() && events_.string(string_);
    case 't':
      return read_word("true", MessageCode::json_truth);
    case 'f':
      return read_word("false", MessageCode::json_truth);
    case 'n':
      return read_word("null", MessageCode::json_null);
    default:
      return read_number();
  }
}

bool Reader::read_word(std::string_view word, MessageCode kind) {
  for (const char c : word) {
    if (!take(c)) return wrong();
  }
  return events_.other(kind);
}

bool Reader::read_number() {
  const auto is_digit = [&] { return peek() >= '0' && peek() <= '9'; };
  const bool negative = take('-');
  if (!is_digit()) return wrong();
  std::uint64_t value = 0;
  bool fits = true;
  const bool zero = take('0');  // and no digit may follow
  while (!zero && is_digit()) {
    const auto digit = static_cast<std::uint64_t>(text_[at_++] - '0');
    fits = fits && value <= (UINT64_MAX - digit) / 10;
    value = value * 10 + digit;
  }
  bool whole = true;
  if (take('.')) {
    whole = false;
    if (!is_digit()) return wrong();
    while (is_digit()) ++at_;
  }
  if (take('e') || take('E')) {
    whole = false;
    if (!take('-')) take('+');
    if (!is_digit()) return wrong();
    while (is_digit()) ++at_;
  }
  if (!whole || !fits) return events_.other(MessageCode::json_fraction);
  return negative ? events_.other(MessageCode::json_negative) : events_.count(value);
}

bool Reader::read_string() {
  string_.clear();
  ++at_;
  while (!take('"')) {
    if (take('\\')) {
      if (!read_escape()) return wrong();
    } else if (!read_character()) {
      return wrong();
    }
  }
  return true;
}

bool Reader::read_escape() {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (take('u')) {
    std::uint32_t code = 0;
    if (!read_hex(code)) return false;
    if (code >= 0xD800 && code <= 0xDBFF) {
      std::uint32_t low = 0;
      if (!take('\\') || !take('u') || !read_hex(low) || low < 0xDC00 || low > 0xDFFF) return false;
      code = 0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF);
    } else if (code >= 0xDC00 && code <= 0xDFFF) {
      return false;
    }
    append(code);
    return true;
  }
  const std::size_t which = peek() < 0 ? std::string_view::npos : kNames.find(static_cast<char>(peek()));
  if (which == std::string_view::npos) return false;
  string_ += kMeanings[which];
  ++at_;
  return true;
}

bool Reader::read_hex(std::uint32_t& code) {
  code = 0;
  for (int i = 0; i < 4; ++i) {
    const int c = peek();
    const int lower = c | 0x20;
    const bool letter = lower >= 'a' && lower <= 'f';
    if (!letter && !(c >= '0' && c <= '9')) return false;
    code = code << 4 | static_cast<std::uint32_t>(letter ? lower - 'a' + 10 : c - '0');
    ++at_;
  }
  return true;
}

/// One character of UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
bool Reader::read_character() {
  const int first = peek();
  if (first < 0x20) return false;  // the end, or a control character
  const int more = first < 0x80 ? 0 : first < 0xC2 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : -1;
  if (more < 0) return false;
  string_ += static_cast<char>(first);
  ++at_;
  for (int i = 0; i < more; ++i) {
    const int least = i > 0 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const int most = i > 0 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (peek() < least || peek() > most) return false;
    string_ += static_cast<char>(peek());
    ++at_;
  }
  return true;
}

void Reader::append(std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { string_ += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
    return;
  }
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      put(0xE0 | code >> 12);
    } else {
      put(0xF0 | code >> 18);
      put(0x80 | (code >> 12 & 0x3F));
    }
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
}

}  // namespace

bool read_json(std::span<const std::uint8_t> text, JsonEvents& events, std::size_t& fault) {
  Reader reader(text, events);
  const bool good = reader.read();
  fault = reader.fault();
  return good;
}

}  // namespace quarterturn
