#include "cli/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "cli/input_file.hpp"
#include "cli/interrupt.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"

namespace quarterturn::cli {
namespace {

namespace fs = std::filesystem;

std::string fault_text(const std::string& path, int code) {
  return "cannot write '" + printable(path) + "': " + std::generic_category().message(code);
}

Error fault(const std::string& path, int code) { return error_of(fault_text(path, code)); }

/// An open file, closed at its end.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }
  /// Network file systems report a full disk only here. Returns 0 or the error.
  int close() { return ::close(std::exchange(number_, -1)) == 0 ? 0 : errno; }

 private:
  int number_;
};

/// Where the bytes really go: a symbolic link stays a link, also one whose file is still missing.
struct Target {
  std::string path;
  bool exists = false;
  bool regular = true;  ///< devices and pipes are written directly
  mode_t mode = 0666;

  [[nodiscard]] std::string folder() const {
    const fs::path parent = fs::path(path).parent_path();
    return parent.empty() ? "." : parent.string();
  }
};

fs::path follow_links(fs::path path) {
  constexpr int kMostLinks = 40;  // as the kernel has it
  std::error_code code;
  for (int i = 0; i < kMostLinks && fs::is_symlink(path, code); ++i) {
    const fs::path next = fs::read_symlink(path, code);
    if (code) break;
    path = next.is_absolute() ? next : path.parent_path() / next;
  }
  return path;
}

Result<Target> find_target(const std::string& path) {
  if (path.empty()) return error_of("an output file has an empty name; give a path");
  Target target;
  target.path = path;
  struct stat info{};
  if (::stat(path.c_str(), &info) == 0) {
    if (S_ISDIR(info.st_mode)) return error_of("cannot write '" + printable(path) + "': it is a folder; name a file");
    target.exists = true;
    target.regular = S_ISREG(info.st_mode);
    target.mode = info.st_mode & 07777;
    if (::access(path.c_str(), W_OK) != 0) return fault(path, errno);
    std::error_code code;
    const fs::path real = fs::canonical(path, code);
    if (!code && target.regular) target.path = real.string();
  } else if (errno == ENOENT) {
    target.path = follow_links(path).string();
  } else {
    return fault(path, errno);
  }
  return target;
}

/// A file in the target's folder that has no name yet, or a temporary one where the file system wants names.
struct Temporary {
  Descriptor file;
  std::string path;  ///< empty: no name yet

  Temporary() = default;
  Temporary(Temporary&& other) noexcept : file(std::move(other.file)), path(std::exchange(other.path, {})) {}
  Temporary& operator=(Temporary&&) = delete;
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (!path.empty()) ::unlink(path.c_str());
  }
};

std::string temporary_name(const std::string& folder, int attempt) {
  // Not made from the target's name, which may be as long as names can be.
  return (fs::path(folder) / (".quarterturn-" + std::to_string(::getpid()) + "-" + std::to_string(attempt) + ".tmp"))
      .string();
}

constexpr int kMostAttempts = 100;

/// Returns 0 or the error.
int open_temporary(const std::string& folder, Temporary& temporary) {
#ifdef O_TMPFILE
  // Without a name nothing is left behind by a program that is killed while it writes.
  temporary.file = Descriptor(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666));
  if (temporary.file.open()) {
    if (::access(("/proc/self/fd/" + std::to_string(temporary.file.get())).c_str(), F_OK) == 0) return 0;
    temporary.file.close();
  }
#endif
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    const std::string name = temporary_name(folder, attempt);
    temporary.file = Descriptor(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (temporary.file.open()) {
      temporary.path = name;
      return 0;
    }
    if (errno != EEXIST) return errno;
  }
  return EEXIST;
}

/// Gives the temporary file its name, if it has none. Returns 0 or the error.
int name_temporary(const std::string& folder, Temporary& temporary) {
  if (!temporary.path.empty()) return 0;
  const std::string source = "/proc/self/fd/" + std::to_string(temporary.file.get());
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    const std::string name = temporary_name(folder, attempt);
    if (::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      temporary.path = name;
      return 0;
    }
    if (errno != EEXIST) return errno;
  }
  return EEXIST;
}

int write_all(int descriptor, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Without this a crash soon after a rename may leave an empty file where the old one was. Returns 0 or the error.
int synchronise(int descriptor) { return ::fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS ? 0 : errno; }

/// Room for `bytes` from the file's beginning. 0 where there is room, or where the file system cannot say.
int reserve(int descriptor, std::size_t bytes) {
#ifdef __linux__
  if (bytes == 0 || ::fallocate(descriptor, 0, 0, static_cast<off_t>(bytes)) == 0) return 0;
  return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? errno : 0;
#else
  static_cast<void>(descriptor);
  static_cast<void>(bytes);
  return 0;
#endif
}

std::uint64_t free_bytes(const std::string& folder) {
  struct statvfs room{};
  if (::statvfs(folder.c_str(), &room) != 0) return UINT64_MAX / 2;
  const auto blocks = ::geteuid() == 0 ? room.f_bfree : room.f_bavail;  // some are kept for root
  return static_cast<std::uint64_t>(blocks) * room.f_frsize;
}

/// Errors that say that a new file cannot take this one's place, while the file itself may well be written.
bool only_in_place(int code) {
  return code == EBUSY || code == EXDEV || code == EACCES || code == EPERM || code == EROFS || code == ETXTBSY;
}

/// Writes over an existing file, a device or a pipe. Returns 0 or the error.
int write_in_place(const Target& target, std::span<const std::uint8_t> bytes) {
  Descriptor file(::open(target.path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file.open()) return errno;
  if (!target.regular) {
    const int code = write_all(file.get(), bytes);
    const int closed = file.close();
    return code != 0 ? code : closed;
  }
  struct stat before{};
  if (::fstat(file.get(), &before) != 0) return errno;
  int code = reserve(file.get(), bytes.size());
  if (code != 0) {  // the old content is still whole
    if (::ftruncate(file.get(), before.st_size) != 0) return errno;
    return code;
  }
  code = write_all(file.get(), bytes);
  if (code == 0 && ::ftruncate(file.get(), static_cast<off_t>(bytes.size())) != 0) code = errno;
  if (code == 0) code = synchronise(file.get());
  const int closed = file.close();
  return code != 0 ? code : closed;
}

/// A file that waits to take its target's place.
struct Staged {
  Target target;
  Temporary temporary;
  std::span<const std::uint8_t> bytes;
  bool in_place = false;
};

/// As write_all(); EINTR once a signal has asked for the end.
int write_until_interrupted(int descriptor, std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kPart = std::size_t{1} << 20;
  for (std::size_t first = 0; first < bytes.size(); first += kPart) {
    if (interrupt_signal() != 0) return EINTR;
    const int code = write_all(descriptor, bytes.subspan(first, std::min(kPart, bytes.size() - first)));
    if (code != 0) return code;
  }
  return interrupt_signal() != 0 ? EINTR : 0;
}

/// Writes all bytes, by `write`, where they harm nothing yet. Returns 0 or the error.
int stage(Staged& staged, int (*write)(int, std::span<const std::uint8_t>) = write_all) {
  if (!staged.target.regular) {
    staged.in_place = true;
    return 0;
  }
  int code = open_temporary(staged.target.folder(), staged.temporary);
  if (code != 0) {
    staged.in_place = staged.target.exists && only_in_place(code);
    return staged.in_place ? 0 : code;
  }
  const int descriptor = staged.temporary.file.get();
  code = write(descriptor, staged.bytes);
  if (code == 0 && staged.target.exists && ::fchmod(descriptor, staged.target.mode) != 0) code = errno;
  if (code == 0) code = synchronise(descriptor);
  if (code == 0) code = name_temporary(staged.target.folder(), staged.temporary);
  const int closed = staged.temporary.file.close();
  return code != 0 ? code : closed;
}

/// Puts a staged file in its place. Returns 0 or the error.
int commit(Staged& staged) {
  if (!staged.in_place) {
    if (::rename(staged.temporary.path.c_str(), staged.target.path.c_str()) == 0) {
      staged.temporary.path.clear();
      return 0;
    }
    if (!staged.target.exists || !only_in_place(errno)) return errno;
  }
  return write_in_place(staged.target, staged.bytes);
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The bytes in a new file of the folder; its name, or nothing where that fails.
std::optional<std::string> save_in(const fs::path& folder, const std::string& name,
                                   std::span<const std::uint8_t> bytes) {
  for (int attempt = 1; attempt <= kMostAttempts; ++attempt) {
    std::string path = (folder / (name + (attempt == 1 ? "" : "-" + std::to_string(attempt)))).string();
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!file.open() && errno == EEXIST) continue;
    if (!file.open()) return std::nullopt;
    int code = write_all(file.get(), bytes);
    if (code == 0) code = synchronise(file.get());
    const int closed = file.close();
    if (code == 0 && closed == 0) return path;
    ::unlink(path.c_str());
    return std::nullopt;
  }
  return std::nullopt;
}

/// What makes two names one file: the file, or the folder and the name in it where there is none yet.
struct Identity {
  dev_t device = 0;
  ino_t number = 0;
  std::string name;  ///< empty: the file exists

  [[nodiscard]] bool operator==(const Identity&) const = default;
};

/// Nothing for devices.
std::optional<Identity> identity(const struct stat& info) {
  if (S_ISCHR(info.st_mode) || S_ISBLK(info.st_mode)) return std::nullopt;
  return Identity{info.st_dev, info.st_ino, {}};
}

std::optional<Identity> identity(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) == 0) return identity(info);
  const fs::path target = follow_links(path);
  const std::string folder = target.has_parent_path() ? target.parent_path().string() : ".";
  if (::stat(folder.c_str(), &info) != 0) return std::nullopt;
  return Identity{info.st_dev, info.st_ino, target.filename().string()};
}

std::uint64_t bytes_at(const Target& target) {
  struct stat info{};
  return target.exists && ::stat(target.path.c_str(), &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
}

/// Whether the bytes could be written. Returns 0 or the error.
int check_alone(const Target& target, std::size_t bytes) {
  Temporary temporary;
  const int code = open_temporary(target.folder(), temporary);
  if (code == 0) return reserve(temporary.file.get(), bytes);
  if (!target.exists || !only_in_place(code)) return code;
  return bytes > free_bytes(target.folder()) + bytes_at(target) ? ENOSPC : 0;
}

/// What is planned for one disk.
struct Disk {
  std::uint64_t wanted = 0;
  std::uint64_t released = 0;  ///< bytes of the files that are replaced
};

}  // namespace

Status check_outputs(const std::vector<PlannedFile>& files) {
  std::map<dev_t, Disk> disks;
  for (const PlannedFile& file : files) {
    const Result<Target> found = find_target(file.path);
    if (!found.ok()) return found.error();
    if (!found.value().regular) continue;
    if (const int code = check_alone(found.value(), file.bytes); code != 0) {
      std::string text = fault_text(file.path, code);
      if (file.bytes > 0 && (code == ENOSPC || code == EDQUOT || code == EFBIG))
        text += ", at least " + std::to_string(file.bytes) + " bytes are needed";
      return error_of(text);
    }
    struct stat info{};
    if (::stat(found.value().folder().c_str(), &info) != 0) continue;
    Disk& disk = disks[info.st_dev];
    disk.wanted += file.bytes;
    disk.released += bytes_at(found.value());
    const std::uint64_t free = free_bytes(found.value().folder());
    if (disk.wanted > free && disk.wanted - free > disk.released) {
      return error_of(fault_text(file.path, ENOSPC) + ", all outputs on this disk need at least " +
                      std::to_string(disk.wanted) + " bytes");
    }
  }
  return Ok{};
}

Status write_output(const std::string& path, std::span<const std::uint8_t> bytes) {
  const Result<Target> found = find_target(path);
  if (!found.ok()) return found.error();
  Staged staged{found.value(), {}, bytes, false};
  int code = stage(staged);
  if (code == 0) code = commit(staged);
  return code == 0 ? Status(Ok{}) : Status(fault(path, code));
}

Status write_output(const std::string& path, std::string_view text) { return write_output(path, bytes_of(text)); }

Status write_outputs(const std::vector<std::pair<std::string, std::vector<std::uint8_t>>>& files) {
  std::vector<Staged> waiting;
  waiting.reserve(files.size());
  for (const auto& [path, bytes] : files) {
    const Result<Target> found = find_target(path);
    if (!found.ok()) return found.error();
    waiting.push_back(Staged{found.value(), {}, bytes, false});
    if (const int code = stage(waiting.back(), write_until_interrupted); code != 0) return fault(path, code);
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (const int code = commit(waiting[i]); code != 0) return fault(files[i].first, code);
  }
  return Ok{};
}

Written write_or_rescue(const std::string& path, std::span<const std::uint8_t> bytes) {
  const Status status = write_output(path, bytes);
  if (status.ok()) return {path, {}};
  const std::string name = fs::path(path).filename().string() + ".saved";
  std::error_code code;
  std::vector<fs::path> folders = {fs::current_path(code), fs::temp_directory_path(code)};
  if (const char* home = std::getenv("HOME"); home != nullptr) folders.emplace_back(home);
  for (const fs::path& folder : folders) {
    if (folder.empty()) continue;
    if (const auto saved = save_in(folder, name, bytes)) {
      return {*saved, message_text(status.error()) + "; it is saved as '" + printable(*saved) + "'"};
    }
  }
  return {{}, message_text(status.error()) + "; it could not be saved elsewhere either"};
}

Written write_or_rescue(const std::string& path, std::string_view text) {
  return write_or_rescue(path, bytes_of(text));
}

std::string shared_file_fault(const std::vector<NamedFile>& outputs, const std::vector<NamedFile>& inputs) {
  struct Known {
    std::string what;
    std::optional<Identity> identity;
    bool output;
  };
  std::vector<Known> known;
  for (const auto& [descriptor, what] :
       {std::pair{STDOUT_FILENO, "the standard output"}, std::pair{STDERR_FILENO, "the standard error output"}}) {
    struct stat info{};
    if (::fstat(descriptor, &info) == 0) known.push_back({what, identity(info), false});
  }
  for (const NamedFile& input : inputs) {
    if (is_standard_input(input.path)) {
      struct stat info{};
      if (::fstat(STDIN_FILENO, &info) == 0) known.push_back({input.option, identity(info), false});
    } else if (!input.path.empty()) {
      known.push_back({input.option, identity(input.path), false});
    }
  }
  for (const NamedFile& output : outputs) {
    if (output.path.empty()) continue;
    const std::optional<Identity> mine = identity(output.path);
    for (const Known& other : known) {
      if (!mine.has_value() || mine != other.identity) continue;
      const std::string file = "'" + printable(output.path) + "'";
      return other.output
                 ? other.what + " and " + output.option + " name the same file, " + file + "; give each its own"
                 : output.option + " would overwrite " + file + ", which is also " + other.what +
                       "; give it a file of its own";
    }
    known.push_back({output.option, mine, true});
  }
  return {};
}

}  // namespace quarterturn::cli
