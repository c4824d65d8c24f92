#include "data/native/idx_folder.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "core/native/message_text.hpp"

namespace quarterturn {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> kRoles = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                                    "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};
constexpr std::size_t kDeepest = 2;         // "MNIST/raw"
constexpr std::size_t kMostFolders = 1000;  // a wrong folder, a home folder say, must not be searched for minutes

Error fault(const std::string& folder, const std::string& what) { return error_of(folder + ": " + what); }

/// What a file's name says.
struct Name {
  std::size_t role;
  std::string set;
  int rank;  ///< of several spellings of one file the least is taken
};

std::optional<Name> read_name(const std::string& file) {
  std::string name = file;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const bool zipped = name.ends_with(".gz");
  if (zipped) name.erase(name.size() - 3);
  std::string dashed = name;
  std::replace(dashed.begin(), dashed.end(), '.', '-');
  std::replace(dashed.begin(), dashed.end(), '_', '-');
  // The official test files are called t10k, those of some archives test.
  std::string official = dashed;
  for (const std::string_view part : {"-images-", "-labels-"}) {
    const std::size_t at = official.rfind(part);
    if (at != std::string::npos && at >= 4 && official.compare(at - 4, 4, "test") == 0 &&
        (at == 4 || official[at - 5] == '-')) {
      official.replace(at - 4, 4, "t10k");
    }
  }
  for (std::size_t role = 0; role < kRoles.size(); ++role) {
    const std::string_view wanted = kRoles[role];
    if (!official.ends_with(wanted)) continue;
    const std::string before = official.substr(0, official.size() - wanted.size());
    if (!before.empty() && before.back() != '-') return std::nullopt;
    std::string dotted(wanted);
    dotted[wanted.find("-idx")] = '.';
    const int spelling = file.starts_with(wanted) ? 0 : (file.starts_with(dotted) ? 1 : 2);
    return Name{role, before.empty() ? before : before.substr(0, before.size() - 1), 2 * spelling + (zipped ? 1 : 0)};
  }
  return std::nullopt;
}

struct Found {
  std::string path;
  int rank;
};
using Set = std::array<std::optional<Found>, 4>;

std::vector<fs::directory_entry> entries(const fs::path& folder) {
  std::vector<fs::directory_entry> list;
  std::error_code code;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) list.push_back(*at);
  std::sort(list.begin(), list.end());
  return list;
}

bool is_folder(const fs::directory_entry& entry) {
  std::error_code code;
  return entry.is_directory(code);
}

/// The sets of a folder by their names.
std::map<std::string, Set> sets_in(const fs::path& folder) {
  std::map<std::string, Set> sets;
  const auto add = [&sets](const fs::directory_entry& entry, const Name& name, int rank) {
    std::optional<Found>& place = sets[name.set][name.role];
    if (!place.has_value() || rank < place->rank) place = Found{entry.path().string(), rank};
  };
  for (const fs::directory_entry& entry : entries(folder)) {
    const std::optional<Name> name = read_name(entry.path().filename().string());
    if (!name.has_value()) continue;
    if (!is_folder(entry)) {
      add(entry, *name, name->rank);
      continue;
    }
    for (const fs::directory_entry& inner : entries(entry.path())) {
      const std::optional<Name> inner_name = read_name(inner.path().filename().string());
      if (inner_name.has_value() && inner_name->role == name->role && !is_folder(inner)) {
        constexpr int kAfterFiles = 10;
        add(inner, *inner_name, kAfterFiles + inner_name->rank);
      }
    }
  }
  return sets;
}

std::string list_text(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// The set of a folder that is taken; an error where there are several, nothing where there are no training images.
Result<std::optional<IdxFolder>> choose_set(const fs::path& folder) {
  std::vector<std::pair<std::string, Set>> usable;
  for (const auto& [name, set] : sets_in(folder)) {
    if (set[0].has_value()) usable.emplace_back(name, set);
  }
  if (usable.empty()) return std::optional<IdxFolder>();
  std::size_t chosen = 0;  // the one without a name is the first
  if (usable.size() > 1 && !usable[0].first.empty()) {
    const auto digits = [](const auto& entry) { return entry.first.ends_with("digits"); };
    std::vector<std::string> names;
    names.reserve(usable.size());
    for (const auto& [name, set] : usable) names.push_back(name);
    if (std::count_if(usable.begin(), usable.end(), digits) != 1) {
      return fault(folder.string(), "holds several sets of IDX files (" + list_text(names) +
                                        "); put the files of one of them into a folder of its own");
    }
    chosen = static_cast<std::size_t>(std::find_if(usable.begin(), usable.end(), digits) - usable.begin());
  }
  const auto& [name, set] = usable[chosen];
  IdxFolder result{folder.string(), name, {}};
  for (std::size_t role = 0; role < kRoles.size(); ++role) {
    if (const std::optional<Found>& file = set[role]; file.has_value()) result.paths[role] = file->path;
  }
  if (result.paths[1].empty()) {
    const std::string missing = (name.empty() ? "" : name + "-") + std::string(kRoles[1]);
    return fault(folder.string(), "holds no " + missing + " (nor " + missing + ".gz) for " +
                                      fs::path(result.paths[0]).filename().string() + "; put it there");
  }
  return std::optional(result);
}

/// The folders in those of `level`, but none that stands for a file and none that is hidden.
std::vector<fs::path> folders_in(const std::vector<fs::path>& level) {
  std::vector<fs::path> folders;
  for (const fs::path& folder : level) {
    for (const fs::directory_entry& entry : entries(folder)) {
      const std::string name = entry.path().filename().string();
      if (folders.size() >= kMostFolders) return folders;
      if (is_folder(entry) && !name.starts_with('.') && !read_name(name)) folders.push_back(entry.path());
    }
  }
  return folders;
}

}  // namespace

Result<IdxFolder> find_idx_files(const std::string& folder) {
  std::error_code code;
  if (!fs::is_directory(folder, code)) {
    return fault(folder, "is not a folder; name the folder that holds MNIST's IDX files");
  }
  std::vector<fs::path> level = {folder};
  for (std::size_t depth = 0; depth <= kDeepest; ++depth) {
    std::vector<IdxFolder> found;
    std::optional<Error> failed;
    for (const fs::path& each : level) {
      const Result<std::optional<IdxFolder>> chosen = choose_set(each);
      if (!chosen.ok()) {
        failed = chosen.error();
      } else if (const std::optional<IdxFolder>& set = chosen.value(); set.has_value()) {
        found.push_back(*set);
      }
    }
    if (found.size() == 1) return found[0];
    if (found.size() > 1) {
      std::vector<std::string> names;
      names.reserve(found.size());
      for (const IdxFolder& each : found) names.push_back(fs::path(each.folder).lexically_relative(folder).string());
      return fault(folder, "holds several data sets (" + list_text(names) + "); name one of these folders");
    }
    if (failed.has_value()) return *failed;
    level = folders_in(level);
  }
  const std::string name(kRoles[0]);
  return fault(folder, "holds no " + name + " (nor " + name + ".gz); put MNIST's IDX files there");
}

bool holds_idx_files(const std::string& folder) {
  std::error_code code;
  if (!fs::is_directory(folder, code)) return false;
  if (find_idx_files(folder).ok()) return true;
  for (const fs::directory_entry& entry : entries(folder)) {
    if (read_name(entry.path().filename().string())) return true;
  }
  return false;
}

}  // namespace quarterturn
