// Ctrl-C as a question the training loop asks between two slices.
#pragma once

namespace quarterturn::cli {

/// From now on SIGINT, SIGTERM and SIGHUP only leave a mark; a second one ends the program at once. A signal that
/// was ignored when the program began (nohup, background jobs) stays ignored.
void catch_interrupts();

/// The signal that came, or 0.
int interrupt_signal();

}  // namespace quarterturn::cli
