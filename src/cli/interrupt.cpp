#include "cli/interrupt.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace quarterturn::cli {
namespace {

constexpr std::array kInterrupts = {SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t received_signal = 0;
bool pipe_signal_ignored = false;

bool ignored(int signal) {
  struct sigaction present{};
  return ::sigaction(signal, nullptr, &present) == 0 && present.sa_handler == SIG_IGN;
}

/// Only calls that are allowed in a signal's handler.
void remember(int signal) {
  if (received_signal != 0) {  // two at once: both were on their way to this handler
    std::signal(signal, SIG_DFL);
    std::raise(signal);
    return;
  }
  received_signal = signal;
  for (const int each : kInterrupts) {
    struct sigaction present{};
    if (::sigaction(each, nullptr, &present) == 0 && present.sa_handler == remember) std::signal(each, SIG_DFL);
  }
}

}  // namespace

void prepare_process() {
  for (const int descriptor : std::array{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // Opened the wrong way round, so that its use is still an error. open() takes the lowest free number.
    if (::fcntl(descriptor, F_GETFD) == -1 &&
        ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0) {
      break;
    }
  }
  pipe_signal_ignored = ignored(SIGPIPE);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void catch_interrupts() {
  for (const int signal : kInterrupts) {
    if (ignored(signal)) continue;
    struct sigaction action{};
    action.sa_handler = remember;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
  }
}

int interrupt_signal() { return received_signal; }

int closed_pipe_code() { return pipe_signal_ignored ? 0 : 128 + SIGPIPE; }

int end_process(int code) {
  if (code <= 128) return code;
  const int signal = code - 128;
  std::signal(signal, SIG_DFL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal);
  ::sigprocmask(SIG_UNBLOCK, &one, nullptr);
  std::raise(signal);
  return code;
}

}  // namespace quarterturn::cli
