// Signals: Ctrl-C as a question that the training loop asks between two slices, and an end that the shell understands.
#pragma once

namespace quarterturn::cli {

/// For the program's beginning. A closed pipe and a file that may not grow become errors of write() instead of the
/// program's end, and standard input, output and error are open, so that no output file gets their numbers.
void prepare_process();

/// From now on SIGINT, SIGTERM and SIGHUP only leave a mark; a second one ends the program at once. A signal that
/// was ignored when the program began (nohup, background jobs) stays ignored.
void catch_interrupts();

/// The signal that came, or 0.
int interrupt_signal();

/// The exit code of a command whose reader has closed the pipe: that of SIGPIPE, or 0 where the program was started
/// with SIGPIPE ignored, which makes it an error like any other.
int closed_pipe_code();

/// The exit code as a process has it. Codes above 128 do not return: the process ends by signal `code` - 128 itself,
/// because a shell stops its own loop only where Ctrl-C has ended the program.
int end_process(int code);

}  // namespace quarterturn::cli
