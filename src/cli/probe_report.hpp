// The exact linear probe on the command line: several features, the same budgets of labels, as text and as JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/report.hpp"
#include "core/result.hpp"
#include "data/dataset.hpp"
#include "models/compute.hpp"
#include "training/experiment.hpp"
#include "training/probe_run.hpp"

namespace quarterturn::cli {

/// Whose features a probe reads.
struct ProbeFeatures {
  std::string name;        ///< "pretext", "untrained", "pixels" or an arm that trains its own
  std::string text;        ///< what they are, for people
  std::optional<Run> run;  ///< that trains the trunk; none: untrained, or pixels
};
/// Those that can be asked of an experiment with these arms.
std::vector<ProbeFeatures> probe_features(std::span<const Run> arms);

/// What a probe answered about one kind of features.
struct ProbeAnswers {
  ProbeFeatures features;
  std::vector<ProbeBudget> budgets;
};

/// 10, 30, 100, 300 and 1,000 labels; of a labelled slice that is smaller those below its size, and then all. As the
/// page has them (web/src/shared/budgets.js).
std::vector<std::uint32_t> default_probe_labels(const Splits& splits);

/// Probes the experiment's networks as they are now.
Result<std::vector<ProbeAnswers>> probe(Compute& compute, const DataSource& data, const Experiment& experiment,
                                        const std::vector<ProbeFeatures>& features, const ProbePlan& plan);

/// A line for each kind of features and budget: accuracy on the notebook's images and on all, intervals, penalty.
std::string probe_text(const std::vector<ProbeAnswers>& answers, const Splits& splits, const DataSource& data);
Json probe_json(const std::vector<ProbeAnswers>& answers, const Splits& splits, const DataSource& data);

}  // namespace quarterturn::cli
