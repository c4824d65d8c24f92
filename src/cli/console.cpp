#include "cli/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "cli/interrupt.hpp"
#include "cli/options.hpp"
#include "core/join.hpp"

namespace quarterturn::cli {
namespace {

std::size_t terminal_columns(int descriptor) {
  struct winsize size{};
  if (::isatty(descriptor) == 1 && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

bool can_rewrite_lines() {
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

/// Returns 0 or the error.
int write_text(std::FILE* file, std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0) return 0;
  return errno != 0 ? errno : EIO;
}

int lost_output(int error) {
  if (error == 0) return 0;
  if (const int code = closed_pipe_code(); error == EPIPE && code != 0) return code;
  return complain("cannot write the output: " + std::generic_category().message(error), kExitFailure);
}

}  // namespace

Console::Console(bool text_to_stderr) : text_(text_to_stderr ? stderr : stdout), live_(can_rewrite_lines()) {}

void Console::print(std::string_view text) {
  clear_live();
  if (lost_ != 0) return;  // text with a hole in it would be misread
  lost_ = write_text(text_, text);
}

void Console::live(std::string line) {
  if (!live_) return;
  // A line as wide as the terminal would wrap, and \r cannot come back over two lines.
  const std::size_t width = terminal_columns(STDERR_FILENO) - 1;
  if (line.size() > width) line.resize(width);
  std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
  std::fflush(stderr);
  live_shown_ = true;
}

void Console::clear_live() {
  if (!live_shown_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  live_shown_ = false;
}

std::size_t Console::columns() const { return terminal_columns(::fileno(text_)); }

bool Console::reader_gone() const { return lost_ == EPIPE; }

int Console::finish(int code) {
  clear_live();
  const int lost = code == 0 ? lost_output(lost_) : 0;
  return code != 0 ? code : lost;
}

int print_standard_output(std::string_view text) { return lost_output(write_text(stdout, text)); }

int complain(std::string_view message, int exit_code) {
  const std::string line = "quarterturn: " + printable(message) + "\n";
  std::fflush(stdout);
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  return exit_code;
}

void warn(std::string_view message) { complain("warning: " + std::string(message), 0); }

}  // namespace quarterturn::cli
