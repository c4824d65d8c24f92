// A thread, and sleeping until a number changes. POSIX threads everywhere; Emscripten's are workers of a pool that the
// module's script fills before the first call (cmake/wasm.cmake), so a thread that is not in the pool is an error.
#pragma once

#include <pthread.h>

#include <atomic>
#ifdef __EMSCRIPTEN__
#include <emscripten/threading.h>

#include <climits>
#include <cstdint>
#include <limits>
#endif

namespace quarterturn {

/// Of a team, the caller among them.
inline constexpr unsigned kMaxThreads = 32;

class Thread {
 public:
  enum class Fault { none, no_more, refused };
  /// Calls body(argument) on a thread. The object must stay where it is until join() has returned.
  Fault start(void (*body)(void*), void* argument);
  /// Waits until the body has returned.
  void join();

 private:
  void (*body_)(void*) = nullptr;
  void* argument_ = nullptr;
  pthread_t thread_{};
};

/// Sleeps while the value is `old`; may wake without reason.
inline void sleep_while(std::atomic<int>& value, int old) {
#ifdef __EMSCRIPTEN__
  // std::atomic::wait of Emscripten's libc++ polls with growing pauses and wakes milliseconds late.
  emscripten_futex_wait(&value, static_cast<std::uint32_t>(old), std::numeric_limits<double>::infinity());
#else
  value.wait(old, std::memory_order_acquire);
#endif
}

/// Wakes all who sleep on it.
inline void wake(std::atomic<int>& value) {
#ifdef __EMSCRIPTEN__
  emscripten_futex_wake(&value, INT_MAX);
#else
  value.notify_all();
#endif
}

}  // namespace quarterturn
