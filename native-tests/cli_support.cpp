#include "cli_support.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

namespace quarterturn::cli_test {
namespace {

namespace fs = std::filesystem;

int open_terminal(std::string& name) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  if (terminal < 0 || ::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0) return -1;
  struct winsize size{};
  size.ws_col = 100;
  size.ws_row = 24;
  ::ioctl(terminal, TIOCSWINSZ, &size);
  name = ::ptsname(terminal);
  return terminal;
}

}  // namespace

Child::Child(const fs::path& folder, const std::vector<std::string>& arguments,
             const std::map<std::string, std::string>& environment, bool terminal, const std::string& output_file,
             const std::function<bool()>& prepare)
    : out_(output_file.empty() ? folder / ".stdout" : fs::path(output_file)), err_(folder / ".stderr") {
  std::string terminal_name;
  if (terminal) terminal_ = open_terminal(terminal_name);
  std::vector<std::string> texts = {QUARTERTURN_CLI};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  process_ = ::fork();
  if (process_ != 0) return;
  ::unsetenv("QUARTERTURN_MNIST");
  ::unsetenv("QUARTERTURN_ISA");
  ::setenv("TERM", "xterm", 1);
  for (const auto& [key, value] : environment) ::setenv(key.c_str(), value.c_str(), 1);
  // A test runner in the background may have SIGINT ignored, which a child would inherit.
  std::signal(SIGINT, SIG_DFL);
  const int out = ::open(out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err = terminal ? ::open(terminal_name.c_str(), O_RDWR | O_NOCTTY)
                           : ::open(err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int in = ::open("/dev/null", O_RDONLY);
  if (out < 0 || err < 0 || in < 0 || ::chdir(folder.c_str()) != 0) ::_exit(kNotStarted);
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  if (prepare && !prepare()) ::_exit(kNotStarted);
  ::execv(QUARTERTURN_CLI, pointers.data());
  ::_exit(kNotStarted);
}

Child::~Child() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  if (terminal_ >= 0) ::close(terminal_);
}

void Child::signal(int number) const { ::kill(process_, number); }

std::string Child::output() const { return read_text(out_); }

Outcome Child::wait() {
  Outcome outcome;
  if (process_ <= 0) return outcome;
  if (terminal_ >= 0) {
    // Reading ends with EIO when the child has closed its side.
    std::array<char, 4096> buffer{};
    for (ssize_t n = 0; (n = ::read(terminal_, buffer.data(), buffer.size())) > 0 || (n < 0 && errno == EINTR);) {
      if (n > 0) outcome.err.append(buffer.data(), static_cast<std::size_t>(n));
    }
  }
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
  outcome.by_signal = WIFSIGNALED(status);
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = fs::is_regular_file(out_) ? read_text(out_) : "";
  if (terminal_ < 0) outcome.err = read_text(err_);
  return outcome;
}

HeldPipe::HeldPipe(const fs::path& file) {
  EXPECT_EQ(::mkfifo(file.c_str(), 0600), 0);
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CLOEXEC);  // both ends, so that neither waits for the other to open it
  EXPECT_GE(descriptor_, 0);
}

HeldPipe::~HeldPipe() {
  over_ = true;
  if (reader_.joinable()) reader_.join();
  if (descriptor_ >= 0) ::close(descriptor_);
}

void HeldPipe::wait_for_writer() {
  char first = 0;
  while (::read(descriptor_, &first, 1) < 0 && errno == EINTR) {
  }
}

void HeldPipe::release() {
  reader_ = std::thread([this] {
    std::array<char, 65536> buffer{};
    while (!over_) {
      struct pollfd waiting{descriptor_, POLLIN, 0};
      if (::poll(&waiting, 1, 10) == 1) static_cast<void>(!::read(descriptor_, buffer.data(), buffer.size()));
    }
  });
}

bool own_mounts() {
  if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

std::string read_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void write_text(const fs::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
}

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "quarterturn-cli-XXXXXX").string();
  if (::mkdtemp(name.data()) != nullptr) path_ = name;
}

Folder::~Folder() {
  std::error_code code;
  if (!path_.empty()) fs::remove_all(path_, code);
}

Outcome Folder::run(const std::vector<std::string>& arguments,
                    const std::map<std::string, std::string>& environment) const {
  return Child(path_, arguments, environment).wait();
}

nlohmann::json Folder::run_json(std::vector<std::string> arguments) const {
  arguments.insert(arguments.end(), {"--json", "result.json"});
  const Outcome outcome = run(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  nlohmann::json json = nlohmann::json::parse(read_text(path_ / "result.json"), nullptr, false);
  EXPECT_FALSE(json.is_discarded());
  return json;
}

std::vector<std::string> Folder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_)) {
    const std::string name = entry.path().filename().string();
    if (name != ".stdout" && name != ".stderr") names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), std::istream_iterator<std::string>()};
}

}  // namespace quarterturn::cli_test
