// A fixed team of threads that runs numbered tasks. The caller is worker 0; the others block while there is nothing to
// do (a spinning barrier collapses as soon as the machine is shared). Which worker runs a task is left to chance, so a
// task must write only what is its own; then results do not depend on the number of threads.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "core/result.hpp"
#include "parallel/thread.hpp"

namespace quarterturn {

class WorkerTeam {
 public:
  /// `threads` >= 1, the caller included. Fails when a thread cannot be started; none is left running then.
  static Result<std::unique_ptr<WorkerTeam>> create(unsigned threads);
  ~WorkerTeam();
  WorkerTeam(const WorkerTeam&) = delete;
  WorkerTeam& operator=(const WorkerTeam&) = delete;

  [[nodiscard]] unsigned threads() const { return static_cast<unsigned>(members_.size()) + 1; }

  /// Calls body(task, worker) once for each task in [0, tasks), worker in [0, threads()); returns when all have ended.
  /// A body must not call run() of its own team.
  template <class Body>
  void run(int tasks, const Body& body) {
    run_erased(
        tasks, [](const void* context, int task, int worker) { (*static_cast<const Body*>(context))(task, worker); },
        &body);
  }

 private:
  using Call = void (*)(const void*, int, int);
  struct Member {
    WorkerTeam* team;
    int worker;
    Thread thread;
  };

  WorkerTeam() = default;
  void run_erased(int tasks, Call call, const void* context);
  void work(int worker);
  void serve(int worker);
  static void start(void* member);

  std::vector<std::unique_ptr<Member>> members_;
  std::atomic<int> round_{0};  // workers sleep on it
  std::atomic<int> busy_{0};   // workers that are not done; the caller sleeps on it
  std::atomic<int> next_{0};
  // Written before a round begins, read by workers after they saw that it has.
  int tasks_ = 0;
  Call call_ = nullptr;
  const void* context_ = nullptr;
  bool stop_ = false;
};

}  // namespace quarterturn
