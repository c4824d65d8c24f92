#include "parallel/worker_team.hpp"

#include <cassert>

#include "core/join.hpp"

namespace quarterturn {

#ifdef QUARTERTURN_SCHEDULE_HOOK
/// Some tests compile this file with a function of their own, which holds up whoever comes here.
void schedule_point();
#endif

namespace {

#ifndef QUARTERTURN_SCHEDULE_HOOK
inline void schedule_point() {}
#endif

/// Looks before a worker sleeps: some tens of microseconds, which bridge the gaps between the parts of a training step.
/// In WebAssembly, which has no pause, a look is an atomic load, about a nanosecond; a native one waits for about
/// forty.
#ifdef __wasm__
constexpr int kLooks = 20'000;
#else
constexpr int kLooks = 2000;
#endif

inline void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

}  // namespace

Result<std::unique_ptr<WorkerTeam>> WorkerTeam::create(unsigned threads) {
  std::unique_ptr<WorkerTeam> team(new WorkerTeam);
  for (unsigned worker = 1; worker < threads; ++worker) {
    auto member = std::make_unique<Member>(Member{team.get(), static_cast<int>(worker), {}});
    const Thread::Fault fault = member->thread.start(&WorkerTeam::start, member.get());
    if (fault != Thread::Fault::none) {
      return Error{fault == Thread::Fault::no_more ? MessageCode::thread_none_left : MessageCode::thread_refused,
                   {worker + 1, threads}};
    }
    team->members_.push_back(std::move(member));
  }
  return team;
}

WorkerTeam::~WorkerTeam() {
  stop_ = true;
  round_.fetch_add(1, std::memory_order_release);
  wake(round_);
  for (const auto& member : members_) member->thread.join();
}

void WorkerTeam::start(void* pointer) {
  auto* member = static_cast<Member*>(pointer);
  member->team->serve(member->worker);
}

void WorkerTeam::serve(int worker) {
  int seen = 0;
  while (true) {
    for (int look = 0; look < kLooks && round_.load(std::memory_order_acquire) == seen; ++look) relax();
    schedule_point();
    while (round_.load(std::memory_order_acquire) == seen) {
      schedule_point();
      sleep_while(round_, seen);
    }
    seen = round_.load(std::memory_order_acquire);
    if (stop_) return;
    work(worker);
    schedule_point();
    if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      schedule_point();
      wake(busy_);
    }
  }
}

void WorkerTeam::work(int worker) {
  while (true) {
    schedule_point();
    const int task = next_.fetch_add(1, std::memory_order_relaxed);
    if (task >= tasks_) return;
    schedule_point();
    call_(context_, task, worker);
  }
}

void WorkerTeam::run_erased(int tasks, Call call, const void* context) {
  if (members_.empty() || tasks <= 1) {
    for (int task = 0; task < tasks; ++task) call(context, task, 0);
    return;
  }
  assert(busy_.load(std::memory_order_relaxed) == 0);  // a task must not start a round of its own team
  tasks_ = tasks;
  call_ = call;
  context_ = context;
  next_.store(0, std::memory_order_relaxed);
  busy_.store(static_cast<int>(members_.size()), std::memory_order_relaxed);
  round_.fetch_add(1, std::memory_order_release);
  schedule_point();
  wake(round_);
  work(0);
  for (int look = 0; look < kLooks && busy_.load(std::memory_order_acquire) != 0; ++look) relax();
  for (int busy = busy_.load(std::memory_order_acquire); busy != 0; busy = busy_.load(std::memory_order_acquire)) {
    schedule_point();
    sleep_while(busy_, busy);
  }
}

}  // namespace quarterturn
