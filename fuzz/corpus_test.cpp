// Every file of fuzz/corpus through its fuzz target, without libFuzzer: good ones are accepted, bad ones get the
// message that fuzz/corpus/<target>.txt lists.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#include "core/native/message_text.hpp"
#include "data/native/files.hpp"
#include "fuzz/heap.hpp"
#include "fuzz/targets.hpp"

namespace quarterturn {
namespace {

const std::filesystem::path kCorpus = std::filesystem::path(QUARTERTURN_SOURCE_DIR) / "fuzz" / "corpus";

class FuzzCorpus : public ::testing::TestWithParam<fuzz::Target> {};

/// Lines "FILE: MESSAGE".
std::map<std::string, std::string> listed(const std::filesystem::path& file) {
  std::map<std::string, std::string> messages;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) messages[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return messages;
}

/// The words of zlib and libpng change with their versions.
std::string without_library_words(std::string message) {
  for (const std::string_view before : {"damaged PNG (", "corrupt gzip data ("}) {
    const std::size_t start = message.find(before);
    const std::size_t end = message.rfind(')');
    if (start == std::string::npos || end == std::string::npos) continue;
    const std::size_t first = start + before.size();
    message.replace(first, end - first, "...");
  }
  return message;
}

TEST_P(FuzzCorpus, BadFilesGetTheirMessagesAndGoodOnesAreTaken) {
  const fuzz::Target& target = GetParam();
  std::map<std::string, std::string> wanted = listed(kCorpus / (std::string(target.name) + ".txt"));
  static_cast<void>(target.read({}));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kCorpus / target.name)) {
    const std::string name = entry.path().filename().string();
    SCOPED_TRACE(name);
    const auto input = read_file(entry.path().string());
    ASSERT_TRUE(input.ok());
    fuzz::Heap::start();
    const Status status = target.read(input.value());
    const std::size_t peak = fuzz::Heap::peak();
    EXPECT_LE(peak, target.per_byte * input.value().size() + target.fixed);
    EXPECT_EQ(status.ok(), name.starts_with("ok-")) << (status.ok() ? "accepted" : message_text(status.error()));
    if (!status) {
      const std::string& message = message_text(status.error());
      EXPECT_EQ(fuzz::message_fault(message, target.messages), "") << message;
      EXPECT_EQ(without_library_words(message), wanted[name]) << "listed in fuzz/corpus/" << target.name << ".txt";
      wanted.erase(name);
    }
    ++files;
  }
  EXPECT_GT(files, 10U);
  for (const auto& [name, message] : wanted) ADD_FAILURE() << name << " is listed but was not refused";
}

INSTANTIATE_TEST_SUITE_P(All, FuzzCorpus, ::testing::ValuesIn(fuzz::kTargets),
                         [](const auto& target) { return std::string(target.param.name); });

}  // namespace
}  // namespace quarterturn
