// The engine's own decimal numbers and JSON against the C library and nlohmann-json.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/decimal.hpp"
#include "core/join.hpp"
#include "core/json_reader.hpp"
#include "core/native/message_text.hpp"
#include "core/philox.hpp"

namespace quarterturn {
namespace {

std::string printed(double value, int digits) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*g", digits, value);
  return text.data();
}

TEST(Join, TextAndNumbers) {
  const std::string text = "b";
  EXPECT_EQ(join({"a", text, std::string_view("cd").substr(1), std::uint8_t{7}, UINT64_MAX}),
            "abd718446744073709551615");
  EXPECT_EQ(join({}), "");
}

TEST(Decimal, WritesAsPrintfDoes) {
  for (const double value :
       {0.0,  -0.0, 1.0,  0.001, 0.2,    9.9999995, 999999.5, 1e6,       123456789.0,      1e-4,
        1e-5, 1e9,  -2.5, 1e100, 1e-300, 3.4e38,    1.4e-45,  0.1 + 0.2, double{INFINITY}, -double{INFINITY}}) {
    EXPECT_EQ(decimal(value), printed(value, 6)) << value;
  }
  EXPECT_EQ(decimal(double{NAN}), "nan");
  EXPECT_EQ(decimal(0.001F), "0.001");
  EXPECT_EQ(decimal(0.1F), "0.1");
}

TEST(Decimal, EveryFloatComesBack) {
  const Philox random(1, RandomPurpose::test);
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const auto value = std::bit_cast<float>(random.bits(i));
    if (!std::isfinite(value)) continue;
    float back = 0.0F;
    ASSERT_TRUE(read_decimal(decimal(value), back)) << value;
    EXPECT_EQ(std::bit_cast<std::uint32_t>(back), std::bit_cast<std::uint32_t>(value)) << decimal(value);
    ASSERT_TRUE(read_decimal(printed(static_cast<double>(value), 9), back));
    EXPECT_EQ(back, value);
  }
}

TEST(Decimal, ReadsWhatStrtofReadsAndNothingElse) {
  for (const char* text : {"0", "-1", "+2.5", ".5", "5.", "1e3", "1E-3", "00012", "123456789012345678901234567890",
                           "0.00000000000000000000000000000000000000000001", "1e99999", "1e-99999", "0e99999"}) {
    float value = 1.0F;
    ASSERT_TRUE(read_decimal(text, value)) << text;
    EXPECT_EQ(value, std::strtof(text, nullptr)) << text;
  }
  for (const char* text : {"", "-", ".", "e5", "1e", "1e+", "1 ", " 1", "nan", "inf", "0x1", "1,5", "--1", "1.2.3"}) {
    float value = 1.0F;
    EXPECT_FALSE(read_decimal(text, value)) << text;
  }
}

/// Events as one text.
class Recorder : public JsonEvents {
 public:
  std::string log;
  bool start_object() override { return add("{"); }
  bool end_object() override { return add("}"); }
  bool start_array() override { return add("["); }
  bool end_array() override { return add("]"); }
  bool key(const std::string& text) override { return add("key " + text); }
  bool string(const std::string& text) override { return add("text " + text); }
  bool count(std::uint64_t value) override { return add(std::to_string(value)); }
  bool other(MessageCode kind) override { return add(message_text(Message(kind))); }

 private:
  bool add(const std::string& event) {
    log += event + ";";
    return true;
  }
};

/// The same from nlohmann-json.
class Peer : public nlohmann::json_sax<nlohmann::json> {
 public:
  Recorder to;
  bool null() override { return to.other(MessageCode::json_null); }
  bool boolean(bool) override { return to.other(MessageCode::json_truth); }
  bool number_integer(std::int64_t) override { return to.other(MessageCode::json_negative); }
  bool number_unsigned(std::uint64_t value) override { return to.count(value); }
  bool number_float(double, const std::string&) override { return to.other(MessageCode::json_fraction); }
  bool string(std::string& text) override { return to.string(text); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return to.start_object(); }
  bool key(std::string& text) override { return to.key(text); }
  bool end_object() override { return to.end_object(); }
  bool start_array(std::size_t) override { return to.start_array(); }
  bool end_array() override { return to.end_array(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& fault) override {
    constexpr int kOutOfRange = 406;
    beyond_double = fault.id == kOutOfRange;
    return false;
  }
  bool beyond_double = false;  // a number such as 1e999, which is JSON but not for nlohmann-json
};

void expect_alike(const std::string& text) {
  Recorder own;
  std::size_t fault = 0;
  const bool good = read_json(std::vector<std::uint8_t>(text.begin(), text.end()), own, fault);
  EXPECT_EQ(good, fault == 0) << text;
  Peer peer;
  const bool peer_good = nlohmann::json::sax_parse(text, &peer);
  if (peer.beyond_double) return;
  EXPECT_EQ(good, peer_good) << text;
  if (good) {
    EXPECT_EQ(own.log, peer.to.log) << text;
  }
}

const std::vector<std::string>& texts() {
  static const std::vector<std::string> kTexts = {
      R"({"__metadata__":{"a":"b\n\u00e4\ud83d\ude00"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}})",
      R"( [ 0 , -0, 12 , -7, 1.5, 1e5, 2E-3, 18446744073709551615, 18446744073709551616, true, false, null, "", {}, [] ] )",
      "\"\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80 \\\"\\\\\\/\\b\\f\\n\\r\\t\"",
      "[[[[[[]]]]],{\"a\":{\"b\":[{}]}}]",
      "7",
      "{}",
      "{\"a\":1,\"a\":2}"};
  return kTexts;
}

TEST(Json, AgreesWithNlohmann) {
  for (const std::string& text : texts()) expect_alike(text);
  for (const char* text : {"",
                           " ",
                           "{",
                           "}",
                           "[1,]",
                           "[,1]",
                           "{,}",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\":1,}",
                           "{a:1}",
                           "01",
                           "1.",
                           ".5",
                           "+1",
                           "-",
                           "1e",
                           "tru",
                           "truex",
                           "nul",
                           "\"",
                           "\"\\x\"",
                           "\"\\u12\"",
                           "\"\\ud800\"",
                           "\"\\ud800\\u0041\"",
                           "\"\\udc00\"",
                           "\"\t\"",
                           "\"\xC0\x80\"",
                           "\"\xE0\x80\x80\"",
                           "\"\xED\xA0\x80\"",
                           "\"\xF4\x90\x80\x80\"",
                           "\"\xFF\"",
                           "\"\xC3\"",
                           "[1 2]",
                           "{} {}",
                           "[1]]",
                           "'a'",
                           "// a\n1",
                           "\"\x7F\""}) {
    expect_alike(text);
  }
}

TEST(Json, AgreesOnEveryTruncationAndManyMutations) {
  const Philox random(2, RandomPurpose::test);
  std::uint64_t next = 0;
  for (const std::string& text : texts()) {
    for (std::size_t length = 0; length < text.size(); ++length) expect_alike(text.substr(0, length));
    for (int round = 0; round < 3'000; ++round) {
      std::string changed = text;
      for (std::uint32_t changes = 1 + random.below(next++, 3); changes > 0; --changes) {
        const std::string_view bytes = "{}[]:,\"\\u0189-+.eE tfn\x80\xC3\x1F";
        const std::size_t place = random.below(next++, static_cast<std::uint32_t>(changed.size()));
        changed[place] = bytes[random.below(next++, static_cast<std::uint32_t>(bytes.size()))];
      }
      expect_alike(changed);
    }
  }
}

TEST(Json, DepthIsLimited) {
  Recorder events;
  std::size_t fault = 0;
  const auto read = [&](const std::string& text) {
    return read_json(std::vector<std::uint8_t>(text.begin(), text.end()), events, fault);
  };
  EXPECT_TRUE(read(std::string(64, '[') + std::string(64, ']')));
  EXPECT_FALSE(read(std::string(65, '[') + std::string(65, ']')));
  EXPECT_EQ(fault, 65U);
}

}  // namespace
}  // namespace quarterturn
