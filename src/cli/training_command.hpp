// What run, pretext and head have in common: data, networks, training with progress and checkpoints, tables, files.
#pragma once

#include <vector>

#include "cli/options.hpp"
#include "training/experiment.hpp"

namespace quarterturn::cli {

/// Which part of the experiment a command makes.
struct Plan {
  std::vector<Run> runs;
  /// Only the pretext network is loaded from --init: the arms begin from their seeds.
  bool init_pretext_only = false;
  /// Only the pretext network is saved, and no arm is begun.
  bool pretext_only = false;
  /// A single run also ends with the exact linear probe of the features.
  bool probes = false;
};

/// Runs the plan once a seed, prints, writes the files. Returns the exit code: 0, 1 for a failure, 2 for options that
/// contradict each other, 128 + n after signal n. Runs that have ended are kept whatever comes after them.
int train_and_report(const Options& options, const Plan& plan);

}  // namespace quarterturn::cli
