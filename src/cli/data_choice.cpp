#include "cli/data_choice.hpp"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "core/join.hpp"
#include "data/digits.hpp"
#include "data/native/files.hpp"

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
      return Error{"'" + printable(option) +
                   "' is not understood; write generated:TRAIN:TEST:SEED with 11 to 1000000 training and 1 to 1000000 "
                   "test images"};
    }
    ++given;
    rest.remove_prefix(part.size());
  }
  choice.train = static_cast<std::size_t>(values[0]);
  choice.test = static_cast<std::size_t>(values[1]);
  choice.seed = values[2];
  return choice;
}

bool holds_training_images(const fs::path& folder) {
  for (const char* file : {"train-images-idx3-ubyte", "train-images-idx3-ubyte.gz", "train-images.idx3-ubyte",
                           "train-images.idx3-ubyte.gz"}) {
    std::error_code code;
    if (fs::exists(folder / file, code)) return true;
  }
  return false;
}

/// data/mnist in the current folder or above the program (build/native/quarterturn lies in the project).
std::string find_folder() {
  std::error_code code;
  if (const fs::path here = fs::current_path(code); !code && holds_training_images(here / "data/mnist")) {
    return (here / "data/mnist").string();
  }
  fs::path folder = fs::read_symlink("/proc/self/exe", code).parent_path();
  for (int level = 0; level < 4 && !code && !folder.empty(); ++level) {
    if (holds_training_images(folder / "data/mnist")) return (folder / "data/mnist").string();
    folder = folder.parent_path();
  }
  return {};
}

}  // namespace

std::string data_option_fault(const std::string& option) {
  if (option.empty()) return "the name is empty; give a folder or 'generated'";
  if (!is_generated(option)) return {};
  const auto choice = parse_generated(option);
  return choice.ok() ? std::string() : choice.error().message;
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
  choice.folder = find_folder();
  choice.reason =
      choice.folder.empty()
          ? "no MNIST was found: QUARTERTURN_MNIST is not set and there is no data/mnist; --data DIR names a folder"
          : "found in " + choice.folder;
  return choice;
}

Result<DataSource> load(const DataChoice& choice) {
  if (choice.folder.empty()) return generated_source(choice.seed, choice.train, choice.test);
  return load_mnist_folder(choice.folder);
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
