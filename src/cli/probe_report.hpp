// The exact linear probe on the command line: several features, the same budgets of labels, as text and as JSON.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
  std::string_view name;   ///< "pretext"
  std::optional<Run> run;  ///< whose trunk; none: the pixels
  std::string_view text;   ///< what they are, for people
};
inline constexpr std::array<ProbeFeatures, 4> kProbeFeatures = {{
    {"pretext", Run::self_supervised, "pretext network"},
    {"untrained", Run::random, "untrained network"},
    {"supervised", Run::supervised, "supervised network"},
    {"pixels", std::nullopt, "raw pixels"},
}};

/// What a probe answered about one kind of features.
struct ProbeAnswers {
  ProbeFeatures features;
  std::vector<ProbeBudget> budgets;
};

/// 10, 30, 100, 300 and 1,000 labels, as far as the labelled slice goes; of a smaller one all.
std::vector<std::uint32_t> default_probe_labels(const Splits& splits);

/// Probes the experiment's networks as they are now.
Result<std::vector<ProbeAnswers>> probe(Compute& compute, const DataSource& data, const Experiment& experiment,
                                        const std::vector<ProbeFeatures>& features, const ProbePlan& plan);

/// A line for each kind of features and budget: accuracy on the notebook's images and on all, intervals, penalty.
std::string probe_text(const std::vector<ProbeAnswers>& answers, const Splits& splits, const DataSource& data);
Json probe_json(const std::vector<ProbeAnswers>& answers, const Splits& splits, const DataSource& data);

}  // namespace quarterturn::cli
