// Where a command's words go: text on standard output (on standard error when JSON has the output), errors and the
// live line on standard error.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace quarterturn::cli {

class Console {
 public:
  explicit Console(bool text_to_stderr = false);
  ~Console() { clear_live(); }
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// Text as it is, flushed.
  void print(std::string_view text);

  /// Whether standard error is a terminal that can rewrite a line. Without one, live() does nothing.
  [[nodiscard]] bool has_live_line() const { return live_; }
  void live(std::string line);
  void clear_live();

  /// Width of the terminal, 80 where there is none.
  [[nodiscard]] std::size_t columns() const;

  /// Whether nobody reads the text any more: the pipe is closed.
  [[nodiscard]] bool reader_gone() const;

  /// The exit code of a command that would end with `code`: that one, unless it is 0 and text was lost. A full disk is
  /// reported and is a failure; a closed pipe ends the program as the signal for it does.
  [[nodiscard]] int finish(int code = 0);

 private:
  std::FILE* text_;
  int lost_ = 0;  ///< the error of the first text that could not be written
  bool live_;
  bool live_shown_ = false;
};

/// `text` to standard output as it is; returns 0, or the exit code where it was lost, as Console::finish().
int print_standard_output(std::string_view text);

/// One line on standard error, "quarterturn: ..."; returns `exit_code`.
int complain(std::string_view message, int exit_code);
/// One line on standard error, "quarterturn: warning: ...".
void warn(std::string_view message);

}  // namespace quarterturn::cli
