// The commands of `quarterturn`, one a file.
#pragma once

#include <functional>

namespace CLI {
class App;
}  // namespace CLI

namespace quarterturn::cli {

/// A command of the program: its parser, and what it does once its options are read. Returns the exit code.
struct Command {
  CLI::App* parser;
  std::function<int()> execute;
};

/// The whole experiment: pretext, three arms, tests.
Command add_run_command(CLI::App& program);
/// The pretext network alone.
Command add_pretext_command(CLI::App& program);
/// The arms alone, from a pretext network's weights.
Command add_head_command(CLI::App& program);
/// The exact linear probe on frozen features.
Command add_probe_command(CLI::App& program);
/// What trained networks say about pictures.
Command add_predict_command(CLI::App& program);
/// Generated digits as IDX files.
Command add_digits_command(CLI::App& program);
/// How fast this machine trains.
Command add_bench_command(CLI::App& program);
/// What this program and machine have.
Command add_info_command(CLI::App& program);

}  // namespace quarterturn::cli
