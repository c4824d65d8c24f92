#include "parallel/thread.hpp"

#ifndef __wasm__

#include <cerrno>

namespace quarterturn {

Thread::Fault Thread::start(void (*body)(void*), void* argument) {
  body_ = body;
  argument_ = argument;
  const auto run = [](void* pointer) -> void* {
    const auto* self = static_cast<Thread*>(pointer);
    self->body_(self->argument_);
    return nullptr;
  };
  const int fault = pthread_create(&thread_, nullptr, run, this);
  if (fault == 0) return Fault::none;
  return fault == EAGAIN ? Fault::no_more : Fault::refused;
}

void Thread::join() { pthread_join(thread_, nullptr); }

}  // namespace quarterturn

#elif defined(__wasm_atomics__)

#include <cstddef>
#include <cstdlib>

extern "C" {
void __wasm_init_tls(void* memory);             // the linker's
void thread_ready();                            // engine.mjs
void thread_sleep(const int* number, int old);  // engine.mjs: Atomics.wait
}

namespace quarterturn {

namespace {

constexpr std::size_t kStackBytes = 131072;
constexpr std::size_t kStackAlignment = 16;

enum : int { absent, idle, running };

/// What a thread of the module is doing, and the next thing that it will.
struct Place {
  std::atomic<int> state = absent;
  void (*body)(void*) = nullptr;
  void* argument = nullptr;
};
constinit Place places[kMaxThreads];

int* address(const std::atomic<int>& value) { return const_cast<int*>(reinterpret_cast<const int*>(&value)); }

}  // namespace

// Not memory.atomic.wait32: Liftoff, the first compiler of V8 11.3 (Node 20), loses locals of the function with the
// wait.
void sleep_while(const std::atomic<int>& value, int old) { thread_sleep(address(value), old); }
void wake(const std::atomic<int>& value) { __builtin_wasm_memory_atomic_notify(address(value), ~0U); }

Thread::Fault Thread::start(void (*body)(void*), void* argument) {
  for (place_ = 0; place_ < static_cast<int>(kMaxThreads); ++place_) {
    Place& place = places[place_];
    if (place.state != idle) continue;
    place.body = body;
    place.argument = argument;
    place.state = running;
    wake(place.state);
    return Fault::none;
  }
  return Fault::no_more;
}

void Thread::join() {
  const Place& place = places[place_];
  while (place.state == running) sleep_while(place.state, running);
}

}  // namespace quarterturn

// ---- calls from engine.mjs ------------------------------------------------------------------------------------------

extern "C" {

/// Memory for the stack of a thread and, above it, its thread-local variables; gives the border, or null.
[[gnu::used, clang::export_name("thread_room")]] void* thread_room() {
  using quarterturn::kStackBytes;
  constexpr std::size_t kAlign = quarterturn::kStackAlignment;
  const std::size_t variables = (__builtin_wasm_tls_size() + kAlign - 1) / kAlign * kAlign;
  auto* memory = static_cast<char*>(std::aligned_alloc(kAlign, kStackBytes + variables));
  return memory == nullptr ? nullptr : memory + kStackBytes;
}

/// The life of a thread, which has its stack by now.
[[gnu::used, clang::export_name("thread_main")]] void thread_main(void* room, int index) {
  using quarterturn::places;
  __wasm_init_tls(room);
  quarterturn::Place& place = places[index];
  while (true) {
    place.state = quarterturn::idle;
    quarterturn::wake(place.state);
    if (room != nullptr) thread_ready();
    room = nullptr;
    while (place.state == quarterturn::idle) quarterturn::sleep_while(place.state, quarterturn::idle);
    place.body(place.argument);
  }
}
}

#else

namespace quarterturn {

void sleep_while(const std::atomic<int>& /*value*/, int /*old*/) {}
void wake(const std::atomic<int>& /*value*/) {}
Thread::Fault Thread::start(void (* /*body*/)(void*), void* /*argument*/) { return Fault::no_more; }
void Thread::join() {}

}  // namespace quarterturn

#endif
