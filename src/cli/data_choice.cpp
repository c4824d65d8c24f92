#include "cli/data_choice.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "cli/console.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"
#include "data/digits.hpp"
#include "data/native/files.hpp"
#include "data/native/idx_folder.hpp"

namespace quarterturn::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGenerated = "generated";
constexpr std::uint64_t kMaxGenerated = 1'000'000;

bool is_generated(std::string_view option) {
  return option == kGenerated || option.starts_with(std::string(kGenerated) + ":");
}

bool parse_number(std::string_view text, std::uint64_t low, std::uint64_t high, std::uint64_t& value) {
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && end.ec == std::errc() && end.ptr == text.data() + text.size() && value >= low &&
         value <= high;
}

Result<DataChoice> parse_generated(const std::string& option) {
  DataChoice choice;
  choice.reason = "chosen by --data";
  std::string_view rest = std::string_view(option).substr(kGenerated.size());
  std::uint64_t values[3] = {choice.train, choice.test, choice.seed};
  const std::uint64_t lows[3] = {11, 1, 0};
  const std::uint64_t highs[3] = {kMaxGenerated, kMaxGenerated, UINT64_MAX};
  std::size_t given = 0;
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::string_view part = rest.substr(0, rest.find(':'));
    if (given == 3 || !parse_number(part, lows[given], highs[given], values[given])) {
      return error_of(
          "'" + printable(option) +
          "' is not understood; write generated:TRAIN:TEST:SEED with 11 to 1000000 training and 1 to 1000000 "
          "test images");
    }
    ++given;
    rest.remove_prefix(part.size());
  }
  choice.train = static_cast<std::size_t>(values[0]);
  choice.test = static_cast<std::size_t>(values[1]);
  choice.seed = values[2];
  return choice;
}

/// data/mnist in the current folder or above the program (build/native/quarterturn lies in the project), where it holds
/// any IDX file.
std::vector<std::string> find_folders() {
  std::vector<std::string> folders;
  std::error_code code;
  const auto add = [&](const fs::path& folder) {
    const std::string name = (folder / "data/mnist").string();
    const auto same = [&](const std::string& other) { return fs::equivalent(name, other, code); };
    if (holds_idx_files(name) && std::none_of(folders.begin(), folders.end(), same)) folders.push_back(name);
  };
  if (const fs::path here = fs::current_path(code); !code) add(here);
  fs::path folder = fs::read_symlink("/proc/self/exe", code).parent_path();
  for (int level = 0; level < 4 && !code && !folder.empty(); ++level) {
    add(folder);
    folder = folder.parent_path();
  }
  return folders;
}

}  // namespace

std::string data_option_fault(const std::string& option) {
  if (option.empty()) return "the name is empty; give a folder or 'generated'";
  if (!is_generated(option)) return {};
  const auto choice = parse_generated(option);
  return choice.ok() ? std::string() : message_text(choice.error());
}

Result<DataChoice> choose_data(const std::string& option) {
  DataChoice choice;
  if (is_generated(option)) return parse_generated(option);
  if (!option.empty()) {
    choice.folder = option;
    choice.reason = "chosen by --data";
    return choice;
  }
  if (const char* named = std::getenv("QUARTERTURN_MNIST"); named != nullptr && *named != '\0') {
    choice.folder = named;
    choice.reason = "chosen by QUARTERTURN_MNIST";
    return choice;
  }
  choice.found = find_folders();
  if (choice.found.empty()) {
    choice.reason =
        "no MNIST was found: QUARTERTURN_MNIST is not set and there is no data/mnist; --data DIR names a folder";
  } else {
    choice.folder = choice.found.front();
    choice.reason = "found in " + choice.folder;
  }
  return choice;
}

Result<DataSource> load(DataChoice& choice) {
  for (const std::string& folder : choice.found) {
    Result<DataSource> data = load_mnist_folder(folder);
    if (data.ok()) {
      choice.folder = folder;
      choice.reason = "found in " + folder;
      return data;
    }
    // Nobody has asked for this folder, so it is no reason to fail.
    warn("the digits found cannot be used: " + message_text(data.error()));
    choice.folder.clear();
    choice.reason = "the digits found in " + folder + " cannot be used; --data DIR names a folder";
  }
  if (choice.folder.empty()) return generated_source(choice.seed, choice.train, choice.test);
  return load_mnist_folder(choice.folder);
}

std::vector<NamedFile> data_files(const DataChoice& choice) {
  std::vector<NamedFile> files;
  if (choice.folder.empty()) return files;
  const Result<IdxFolder> found = find_idx_files(choice.folder);
  if (!found.ok()) return files;
  for (const std::string& path : found.value().paths) files.push_back({"a file of the data", path});
  return files;
}

Status check_expected_data(const DataSource& data, const std::string& hash) {
  if (hash.empty()) return Ok{};
  const std::string found = data_hash(data);
  if (found == hash) return Ok{};
  return error_of("the images are not those of --expect-data " + hash + ": " + data_title(data.source) +
                  " has the hash " + found + "; name the right ones with --data");
}

std::string data_option(const DataChoice& choice) {
  if (choice.folder.empty()) {
    if (choice.train == kGeneratedTrain && choice.test == kGeneratedTest && choice.seed == kGeneratedSeed) {
      return std::string(kGenerated);
    }
    return std::string(kGenerated) + ":" + std::to_string(choice.train) + ":" + std::to_string(choice.test) + ":" +
           std::to_string(choice.seed);
  }
  std::error_code code;
  const fs::path absolute = fs::absolute(choice.folder, code);
  return code ? choice.folder : absolute.lexically_normal().string();
}

}  // namespace quarterturn::cli
