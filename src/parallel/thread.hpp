// A thread, and sleeping until a number changes. Natively both are the system's. In WebAssembly a thread is one of
// those that the module's script (src/bindings/engine.mjs) has started with it, and that sleep until they get something
// to do: to start one later would need the event loop, which the engine blocks.
#pragma once

#include <atomic>

#ifndef __wasm__
#include <pthread.h>
#endif

namespace quarterturn {

/// Of a team, the caller among them.
inline constexpr unsigned kMaxThreads = 32;

class Thread {
 public:
  enum class Fault { none, no_more, refused };
  /// Calls body(argument) on a thread.
  Fault start(void (*body)(void*), void* argument);
  /// Waits until the body has returned.
  void join();

 private:
#ifdef __wasm__
  [[maybe_unused]] int place_ = 0;
#else
  void (*body_)(void*) = nullptr;
  void* argument_ = nullptr;
  pthread_t thread_{};
#endif
};

#ifdef __wasm__
/// Sleeps while the value is `old`; may wake without reason.
void sleep_while(const std::atomic<int>& value, int old);
/// Wakes all who sleep on it.
void wake(const std::atomic<int>& value);
#else
inline void sleep_while(const std::atomic<int>& value, int old) { value.wait(old, std::memory_order_acquire); }
inline void wake(std::atomic<int>& value) { value.notify_all(); }
#endif

}  // namespace quarterturn
