// The one error type of the engine: nothing below the command line and the bindings prints, aborts or throws.
#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace quarterturn {

/// A fact of an error: text, or a number in decimal digits.
struct ErrorValue {
  std::string_view name;
  std::string text;
  bool number = false;
};

/// One line that names the thing at fault, the fault and, where there is one, the fix. What a visitor of the page can
/// bring about has a code, too, and the facts of the line as values: the page words it from these in the visitor's
/// language (see core/coded.hpp).
class Error {
 public:
  Error();
  explicit Error(std::string text);
  // Defined once: inlined at each of some hundred places they would be a hundredth of what a visitor downloads.
  Error(const Error& other);
  Error(Error&& other) noexcept;
  Error& operator=(const Error& other);
  Error& operator=(Error&& other) noexcept;
  ~Error();

  std::string message;
  std::string_view code;           ///< "idx-truncated", a literal; empty: only people at a command line meet it
  std::vector<ErrorValue> values;  ///< their names are literals, too
};

/// Either a value or an Error. Test with ok() before value() or error(); the wrong one is a fault of the caller,
/// which debug builds stop at.
template <class T>
class [[nodiscard]] Result {
 public:
  // A function returns its value or its error as it is.
  // NOLINTBEGIN(google-explicit-constructor)
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  [[nodiscard]] const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value.
struct Ok {};
using Status = Result<Ok>;

}  // namespace quarterturn
