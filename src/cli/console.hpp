// Where a command's words go: text on standard output (on standard error when JSON has the output), errors and the
// live line on standard error.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#include "core/result.hpp"

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

  /// Fails where text was lost: a full disk, a closed pipe.
  [[nodiscard]] Status finish();

 private:
  std::FILE* text_;
  bool live_;
  bool live_shown_ = false;
};

/// `text` to standard output as it is; fails where it was lost.
Status write_standard_output(std::string_view text);

/// One line on standard error, "quarterturn: ..."; returns `exit_code`.
int complain(std::string_view message, int exit_code);

}  // namespace quarterturn::cli
