// JavaScript values in C++: numbers of a table on the JavaScript side (engine.mjs), which is cleared when the call that
// filled it has ended. So a Value is copied freely, costs nothing to drop, and must not outlive its call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarterturn {

class Value {
 public:
  /// undefined
  Value() = default;
  static Value null();
  static Value boolean(bool value);
  static Value number(double value);
  static Value text(std::string_view value);
  static Value object();
  static Value array();
  /// A typed array with a copy.
  static Value bytes(std::span<const std::uint8_t> values);
  static Value floats(std::span<const float> values);
  static Value doubles(std::span<const double> values);

  /// Of an object.
  void put(const char* key, Value value);
  void put(const char* key, double value);
  void put(const char* key, std::string_view value);
  /// Of an array.
  void push(Value value);
  void push(double value);

  [[nodiscard]] bool is_undefined() const { return id_ == 0; }
  [[nodiscard]] bool is_boolean() const { return kind() == Kind::boolean; }
  [[nodiscard]] bool is_number() const { return kind() == Kind::number; }
  [[nodiscard]] bool is_text() const { return kind() == Kind::text; }
  [[nodiscard]] bool is_bytes() const { return kind() == Kind::bytes; }
  [[nodiscard]] bool is_floats() const { return kind() == Kind::floats; }
  /// An object of any kind, typed arrays among them; not null.
  [[nodiscard]] bool is_object() const { return kind() >= Kind::bytes; }

  [[nodiscard]] bool as_boolean() const;
  [[nodiscard]] double as_number() const;
  /// Empty where the value is no text.
  [[nodiscard]] std::string as_text() const;
  /// Entries of an array of any kind.
  [[nodiscard]] std::size_t length() const;
  /// Entry of an array; undefined beyond its end.
  Value operator[](std::size_t index) const;
  /// Entry of an object.
  Value operator[](const char* key) const;
  /// The names of an object's entries.
  [[nodiscard]] Value keys() const;
  /// `count` numbers of a typed array from `first` on.
  [[nodiscard]] std::vector<std::uint8_t> to_bytes(std::size_t first, std::size_t count) const;
  [[nodiscard]] std::vector<std::uint8_t> to_bytes() const { return to_bytes(0, length()); }
  [[nodiscard]] std::vector<float> to_floats() const;

 private:
  friend Value value_of(int id);
  enum class Kind : std::uint8_t { undefined, null, boolean, number, text, bytes, floats, object };  // as in engine.mjs

  explicit Value(int id) : id_(id) {}
  [[nodiscard]] Kind kind() const;

  int id_ = 0;
  friend int id_of(Value value);
};

/// For the borders of a call.
Value value_of(int id);
int id_of(Value value);

/// Threads that this module was started for; 0 where nobody said.
double module_threads();

}  // namespace quarterturn
