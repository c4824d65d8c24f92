// The one error type of the engine: nothing below the command line and the bindings prints, aborts or throws.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "core/message.hpp"

namespace quarterturn {

/// What is wrong: a code with values. Its words name the thing at fault, the fault and, where there is one, the fix.
using Error = Message;

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
