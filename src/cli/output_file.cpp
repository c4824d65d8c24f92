#include "cli/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "core/join.hpp"

namespace quarterturn::cli {
namespace {

namespace fs = std::filesystem;

Error fault(const std::string& path, int code) {
  return Error{"cannot write '" + printable(path) + "': " + std::generic_category().message(code)};
}

/// Where the bytes really go: a symbolic link stays a link, a device is written in place.
struct Target {
  std::string path;
  bool in_place = false;
  mode_t mode = 0666;
  bool exists = false;
};

Result<Target> find_target(const std::string& path) {
  if (path.empty()) return Error{"an output file has an empty name; give a path"};
  Target target;
  target.path = path;
  std::error_code code;
  struct stat info{};
  if (::stat(path.c_str(), &info) == 0) {
    if (S_ISDIR(info.st_mode)) return Error{"cannot write '" + printable(path) + "': it is a folder; name a file"};
    target.exists = true;
    target.in_place = !S_ISREG(info.st_mode);
    target.mode = info.st_mode & 07777;
    if (::access(path.c_str(), W_OK) != 0) return fault(path, errno);
    const fs::path real = fs::canonical(path, code);
    if (!code && !target.in_place) target.path = real.string();
  } else if (errno != ENOENT) {
    return fault(path, errno);
  }
  return target;
}

struct Temporary {
  int descriptor = -1;
  std::string path;
};

Result<Temporary> open_temporary(const Target& target, const std::string& shown) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    Temporary temporary;
    temporary.path = target.path + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    temporary.descriptor = ::open(temporary.path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (temporary.descriptor >= 0) return temporary;
    if (errno != EEXIST) return fault(shown, errno);
  }
  return fault(shown, EEXIST);
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

}  // namespace

Status check_writable(const std::string& path) {
  const Result<Target> target = find_target(path);
  if (!target.ok()) return target.error();
  if (target.value().in_place) return Ok{};
  const Result<Temporary> temporary = open_temporary(target.value(), path);
  if (!temporary.ok()) return temporary.error();
  ::close(temporary.value().descriptor);
  ::unlink(temporary.value().path.c_str());
  return Ok{};
}

Status write_output(const std::string& path, std::span<const std::uint8_t> bytes) {
  const Result<Target> found = find_target(path);
  if (!found.ok()) return found.error();
  const Target& target = found.value();
  if (target.in_place) {
    const int descriptor = ::open(target.path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return fault(path, errno);
    int code = write_all(descriptor, bytes);
    if (::close(descriptor) != 0 && code == 0) code = errno;
    if (code != 0) return fault(path, code);
    return Ok{};
  }
  const Result<Temporary> opened = open_temporary(target, path);
  if (!opened.ok()) return opened.error();
  const Temporary& temporary = opened.value();
  int code = write_all(temporary.descriptor, bytes);
  if (code == 0 && target.exists && ::fchmod(temporary.descriptor, target.mode) != 0) code = errno;
  // Without fsync a crash soon after the rename may leave an empty file where the old one was.
  if (code == 0 && ::fsync(temporary.descriptor) != 0 && errno != EINVAL) code = errno;
  if (::close(temporary.descriptor) != 0 && code == 0) code = errno;
  if (code == 0 && ::rename(temporary.path.c_str(), target.path.c_str()) != 0) code = errno;
  if (code != 0) {
    ::unlink(temporary.path.c_str());
    return fault(path, code);
  }
  return Ok{};
}

Status write_output(const std::string& path, std::string_view text) {
  return write_output(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace quarterturn::cli
