#include "bindings/value.hpp"

// engine.mjs
extern "C" {
int value_number(double value);
int value_text(const char* text, std::size_t length);
int value_object();
int value_array();
int value_typed(int type, const void* values, std::size_t count);
void value_put(int object, const char* key, int value);
void value_push(int array, int value);
int value_kind(int value);
double value_as_number(int value);
std::size_t value_length(int value);
int value_encoded(int text);
int value_item(int array, std::size_t index);
int value_entry(int object, const char* key);
int value_keys(int object);
void value_copy(int typed, std::size_t first, std::size_t count, void* to);
double value_threads();
}

namespace quarterturn {

Value value_of(int id) { return Value(id); }
int id_of(Value value) { return value.id_; }
double module_threads() { return value_threads(); }

// The first places of the table: undefined, null, false, true.
Value Value::null() { return Value(1); }
Value Value::boolean(bool value) { return Value(value ? 3 : 2); }
bool Value::as_boolean() const { return id_ == 3; }

Value Value::number(double value) { return Value(value_number(value)); }
Value Value::text(std::string_view value) { return Value(value_text(value.data(), value.size())); }
Value Value::object() { return Value(value_object()); }
Value Value::array() { return Value(value_array()); }
Value Value::bytes(std::span<const std::uint8_t> values) { return Value(value_typed(0, values.data(), values.size())); }
Value Value::floats(std::span<const float> values) { return Value(value_typed(1, values.data(), values.size())); }
Value Value::doubles(std::span<const double> values) { return Value(value_typed(2, values.data(), values.size())); }

void Value::put(const char* key, Value value) { value_put(id_, key, value.id_); }
void Value::put(const char* key, double value) { put(key, number(value)); }
void Value::put(const char* key, std::string_view value) { put(key, text(value)); }
void Value::push(Value value) { value_push(id_, value.id_); }
void Value::push(double value) { push(number(value)); }

Value::Kind Value::kind() const { return static_cast<Kind>(value_kind(id_)); }
double Value::as_number() const { return value_as_number(id_); }
std::size_t Value::length() const { return value_length(id_); }

std::string Value::as_text() const {
  if (!is_text()) return {};
  const int encoded = value_encoded(id_);
  std::string text(value_length(encoded), '\0');
  value_copy(encoded, 0, text.size(), text.data());
  return text;
}

Value Value::operator[](std::size_t index) const { return Value(value_item(id_, index)); }
Value Value::operator[](const char* key) const { return Value(value_entry(id_, key)); }
Value Value::keys() const { return Value(value_keys(id_)); }

std::vector<std::uint8_t> Value::to_bytes(std::size_t first, std::size_t count) const {
  std::vector<std::uint8_t> bytes(count);
  value_copy(id_, first, count, bytes.data());
  return bytes;
}

std::vector<float> Value::to_floats() const {
  std::vector<float> values(length());
  value_copy(id_, 0, values.size(), values.data());
  return values;
}

}  // namespace quarterturn
