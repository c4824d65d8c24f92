// Strict JSON (RFC 8259), event by event. The engine reads nothing but small headers, and a whole JSON library would be
// a tenth of what a browser downloads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "core/message_codes.hpp"

namespace quarterturn {

/// What read_json() meets, in the order of the text. Every function returns whether to go on.
class JsonEvents {
 public:
  virtual bool start_object() = 0;
  virtual bool key(const std::string& text) = 0;
  virtual bool end_object() = 0;
  virtual bool start_array() = 0;
  virtual bool end_array() = 0;
  virtual bool string(const std::string& text) = 0;
  /// A whole number from 0 to 2^64 - 1.
  virtual bool count(std::uint64_t value) = 0;
  /// Any other value by its kind: json_negative, json_fraction (or a number beyond 2^64), json_null, json_truth.
  virtual bool other(MessageCode kind) = 0;

 protected:
  ~JsonEvents() = default;
};

/// True for one JSON value and nothing behind it. False where `events` stopped, or where the text is not JSON: then
/// `fault` is the number, from 1, of the first byte that is wrong (or missing); otherwise it is 0. Strings must be
/// valid UTF-8; more than 64 levels are refused.
bool read_json(std::span<const std::uint8_t> text, JsonEvents& events, std::size_t& fault);

}  // namespace quarterturn
