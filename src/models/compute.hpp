// What arithmetic runs on: one instruction set, one worker team, one workspace a worker. Made once, before training;
// nothing is allocated inside a step.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "parallel/thread.hpp"

namespace quarterturn {

inline constexpr std::size_t kMaxBatch = 1024;

struct ComputeOptions {
  unsigned threads = 0;       ///< 0: one for each processor that the process may use
  std::string_view isa = {};  ///< empty: the widest that runs here, or QUARTERTURN_ISA where that is set
};

class Compute {
 public:
  /// Fails on an instruction set that this build or machine lacks (the message lists those it has), on more than
  /// kMaxThreads threads, or when memory or a thread cannot be had.
  static Result<std::unique_ptr<Compute>> create(const ComputeOptions& options = {});
  /// Instruction sets compiled in that this machine can run, widest first.
  static std::vector<std::string_view> available_isas();
  ~Compute();

  [[nodiscard]] unsigned threads() const;
  [[nodiscard]] std::string_view isa() const;
  [[nodiscard]] unsigned lanes() const;
  /// True where multiply-add rounds once: runs agree to the last bit only within one arithmetic family.
  [[nodiscard]] bool fused() const;

  /// Multiply-adds on registers, as many side by side as hide their latency, for some milliseconds on all threads at
  /// once: the machine's peak for this instruction set. Returns the floating-point operations done.
  [[nodiscard]] double spin_multiply_adds();

  /// Calls the body once for each task in [0, tasks) on the threads of the team; returns when all have ended.
  void run(int tasks, const std::function<void(int task)>& body);

  struct State;  // kernels, team, workspaces: models/compute_state.hpp
  State& state() { return *state_; }

 private:
  explicit Compute(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace quarterturn
