// The JSON reader against nlohmann's: both must accept the same texts and tell the same of them.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "core/join.hpp"
#include "core/json_reader.hpp"
#include "core/native/message_text.hpp"
#include "fuzz/targets.hpp"

namespace quarterturn::fuzz {
namespace {

constexpr int kMostLevels = 64;

/// What was told, one line a thing, and how deep it went.
struct Told {
  std::string text;
  int depth = 0;
  int deepest = 0;

  bool say(std::string_view what, std::string_view content = {}) {
    text.append(what).append(content).append("\n");
    return true;
  }
  bool open(std::string_view what) {
    deepest = std::max(deepest, ++depth);
    return say(what);
  }
  bool close(std::string_view what) {
    --depth;
    return say(what);
  }
};

class Ours final : public JsonEvents {
 public:
  Told told;
  bool start_object() override { return told.open("{"); }
  bool end_object() override { return told.close("}"); }
  bool start_array() override { return told.open("["); }
  bool end_array() override { return told.close("]"); }
  bool key(const std::string& text) override { return told.say("key ", text); }
  bool string(const std::string& text) override { return told.say("string ", text); }
  bool count(std::uint64_t value) override { return told.say("count ", std::to_string(value)); }
  bool other(MessageCode kind) override {
    const std::string what = message_text(Message(kind));
    return told.say(what.find("number") != std::string::npos ? "number" : what);
  }
};

class Theirs final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Told told;
  bool overflow = false;
  bool null() override { return told.say("null"); }
  bool boolean(bool) override { return told.say("a truth value"); }
  bool number_integer(number_integer_t) override { return told.say("number"); }
  bool number_unsigned(number_unsigned_t value) override { return told.say("count ", std::to_string(value)); }
  bool number_float(number_float_t, const string_t&) override { return told.say("number"); }
  bool string(string_t& text) override { return told.say("string ", text); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return told.open("{"); }
  bool end_object() override { return told.close("}"); }
  bool start_array(std::size_t) override { return told.open("["); }
  bool end_array() override { return told.close("]"); }
  bool key(string_t& text) override { return told.say("key ", text); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
    overflow = error.id == 406;  // a number beyond the doubles, which JSON allows
    return false;
  }
};

}  // namespace

Status json(Bytes input) {
  Ours ours;
  std::size_t fault = 0;
  const bool accepted = read_json(input, ours, fault);
  require(accepted == (fault == 0), "a fault without a place, or a place without a fault");
  require(fault <= input.size() + 1, "a fault beyond the end");
  Theirs theirs;
  const bool expected = nlohmann::json::sax_parse(input.begin(), input.end(), &theirs);
  const bool mark = input.size() >= 3 && input[0] == 0xEF && input[1] == 0xBB && input[2] == 0xBF;
  const bool too_deep = theirs.told.deepest > kMostLevels;
  const bool zero = std::ranges::find(input, std::uint8_t{0}) != input.end();  // which ends a text for them
  if (!theirs.overflow && !mark && !too_deep && !zero) {
    require(accepted == expected, "a text is judged otherwise than by nlohmann's reader");
    require(!accepted || ours.told.text == theirs.told.text, "a text is read otherwise than by nlohmann's reader");
  }
  require(!accepted || (ours.told.deepest <= kMostLevels && !mark && !zero), "a text is accepted that is none");
  if (!accepted) return error_of(join({"byte ", fault}));
  return Ok{};
}

}  // namespace quarterturn::fuzz
