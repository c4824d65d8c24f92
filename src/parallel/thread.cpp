#include "parallel/thread.hpp"

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
