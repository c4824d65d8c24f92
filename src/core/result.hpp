// The one error type of the engine: nothing below the command line and the bindings prints, aborts or throws.
#pragma once

#include <cassert>
#include <optional>
#include <utility>

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
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : error_(std::move(error)) {}
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] T& value() & {
    assert(ok());
    return *value_;  // NOLINT(bugprone-unchecked-optional-access): the caller has asked ok()
  }
  [[nodiscard]] const T& value() const& {
    assert(ok());
    return *value_;  // NOLINT(bugprone-unchecked-optional-access): the caller has asked ok()
  }
  [[nodiscard]] T&& value() && {
    assert(ok());
    return std::move(*value_);  // NOLINT(bugprone-unchecked-optional-access)
  }
  [[nodiscard]] const Error& error() const {
    assert(!ok());
    return error_;
  }

 private:
  // Not a variant, whose copies and ends go through tables of functions, for each T.
  std::optional<T> value_;
  Error error_;
};

/// Success without a value.
struct Ok {};
using Status = Result<Ok>;

}  // namespace quarterturn
