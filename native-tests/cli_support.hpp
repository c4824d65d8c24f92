// Runs the built `quarterturn` as a child process and collects what it says.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

namespace quarterturn::cli_test {

/// How a child ended; a signal counts as 128 + its number.
struct Outcome {
  int code = -1;
  bool by_signal = false;
  std::string out;
  std::string err;
};

/// Exit code of a child that could not be started.
inline constexpr int kNotStarted = 99;

/// A child at work, its output in files.
class Child {
 public:
  /// `terminal`: standard error is a terminal of 100 columns instead of a file.
  /// `prepare`: called in the child before the program; where it returns false the child ends with kNotStarted.
  Child(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
        const std::map<std::string, std::string>& environment = {}, bool terminal = false,
        const std::string& output_file = "", const std::function<bool()>& prepare = {});
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void signal(int number) const;
  /// Standard output so far.
  [[nodiscard]] std::string output() const;
  Outcome wait();

 private:
  pid_t process_ = -1;
  int terminal_ = -1;
  std::filesystem::path out_;
  std::filesystem::path err_;
};

/// A named pipe whose writer is held until release() is called: more than 64 KiB do not fit in.
class HeldPipe {
 public:
  explicit HeldPipe(const std::filesystem::path& file);
  ~HeldPipe();
  HeldPipe(const HeldPipe&) = delete;
  HeldPipe& operator=(const HeldPipe&) = delete;

  /// Returns once a writer has begun, and holds it in the middle.
  void wait_for_writer();
  /// From now on all that is written is read and thrown away.
  void release();

 private:
  int descriptor_ = -1;
  std::atomic<bool> over_ = false;
  std::thread reader_;
};

/// Gives the calling process mounts of its own; false where that is not allowed.
bool own_mounts();

std::string read_text(const std::filesystem::path& file);
void write_text(const std::filesystem::path& file, const std::string& text);

/// A temporary folder of its own, in which the child runs.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  /// Runs the program to its end.
  [[nodiscard]] Outcome run(const std::vector<std::string>& arguments,
                            const std::map<std::string, std::string>& environment = {}) const;
  /// Runs with --json FILE, expects success and returns the JSON.
  [[nodiscard]] nlohmann::json run_json(std::vector<std::string> arguments) const;
  /// Names in the folder, without the children's own output.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

/// `text` cut at blanks.
std::vector<std::string> words(const std::string& text);

}  // namespace quarterturn::cli_test
