#include "cli/probe_report.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "analysis/interval.hpp"
#include "cli/options.hpp"
#include "cli/text.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"
#include "models/architecture.hpp"

namespace quarterturn::cli {
namespace {

constexpr std::array<std::uint32_t, 5> kDefaultLabels = {10, 30, 100, 300, 1000};

std::string accuracy_text(double right, std::size_t of) {
  const Interval interval = wilson_interval(right, static_cast<double>(of));
  return percent(right / static_cast<double>(of)) + " (" + percent(interval.low) + " .. " + percent(interval.high) +
         ")";
}

Json accuracy_json(double right, std::size_t of, const std::string& images) {
  const Interval interval = wilson_interval(right, static_cast<double>(of));
  return {{"images", images},
          {"correct", right},
          {"count", of},
          {"accuracy", right / static_cast<double>(of)},
          {"interval95", {interval.low, interval.high}}};
}

std::string notebook_images(const Splits& splits) {
  return "test[" + std::to_string(splits.test.first) + ":" + std::to_string(splits.test.last) + "]";
}

/// "1", or "0.1 .. 10" for several draws.
std::string penalty_text(const std::vector<ProbeDraw>& draws) {
  const auto [least, most] = std::minmax_element(
      draws.begin(), draws.end(), [](const ProbeDraw& a, const ProbeDraw& b) { return a.penalty < b.penalty; });
  const auto text = [](double penalty) {
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%.4g", penalty);
    return std::string(digits.data());
  };
  return least->penalty == most->penalty ? text(least->penalty) : text(least->penalty) + " .. " + text(most->penalty);
}

/// Standard deviation of the draws' accuracies.
double deviation(const ProbeBudget& budget) {
  std::vector<double> accuracies;
  accuracies.reserve(budget.draws.size());
  for (const ProbeDraw& draw : budget.draws) {
    accuracies.push_back(draw.right / static_cast<double>(budget.marks.size()));
  }
  return spread(accuracies).deviation;
}

}  // namespace

std::vector<ProbeFeatures> probe_features(std::span<const Run> arms) {
  std::vector<ProbeFeatures> list = {{"pretext", "pretext network", Run::pretext},
                                     {"untrained", "untrained network", std::nullopt}};
  for (const Run arm : arms) {
    if (arm == Run::pretext || spec_of(arm).frozen()) continue;
    list.push_back({std::string(name(arm)), dashed_name(arm) + " network", arm});
  }
  list.push_back({"pixels", "raw pixels", std::nullopt});
  return list;
}

std::vector<std::uint32_t> default_probe_labels(const Splits& splits) {
  const auto most = static_cast<std::uint32_t>(std::min<std::size_t>(splits.downstream.count(), kDefaultLabels.back()));
  std::vector<std::uint32_t> labels;
  for (const std::uint32_t budget : kDefaultLabels) {
    if (budget < most) labels.push_back(budget);
  }
  labels.push_back(most);
  return labels;
}

Result<std::vector<ProbeAnswers>> probe(Compute& compute, const DataSource& data, const Experiment& experiment,
                                        const std::vector<ProbeFeatures>& features, const ProbePlan& plan) {
  std::vector<ProbeAnswers> all;
  for (const ProbeFeatures& each : features) {
    const std::optional<std::vector<float>> trunk = probed_trunk(experiment, each.name);
    const Result<std::unique_ptr<ProbeRun>> run =
        ProbeRun::create(compute, data, experiment.settings().preset, trunk, plan);
    if (!run.ok()) return run.error();
    const Result<bool> more = run.value()->advance(std::numeric_limits<double>::infinity());
    if (!more.ok()) return error_of(each.text + ": " + message_text(more.error()));
    const std::span<const ProbeBudget> budgets = run.value()->budgets();
    all.push_back({each, {budgets.begin(), budgets.end()}});
  }
  return all;
}

std::string probe_text(const std::vector<ProbeAnswers>& answers, const Splits& splits, const DataSource& data) {
  bool draws = false;
  for (const ProbeAnswers& each : answers) {
    for (const ProbeBudget& budget : each.budgets) draws = draws || budget.draws.size() > 1;
  }
  std::vector<Table::Column> columns = {{"features", Table::Align::left}, {"labels"}, {"penalty"}};
  if (draws) columns.insert(columns.end(), {{"draws"}, {"std of draws"}});
  columns.push_back({notebook_images(splits)});
  columns.push_back({"all " + thousands(data.test.count()) + " test images"});
  Table table(columns);
  bool first = true;
  for (const ProbeAnswers& each : answers) {
    if (!first) table.add_rule();
    first = false;
    for (const ProbeBudget& budget : each.budgets) {
      std::vector<std::string> row = {each.features.text, thousands(budget.labels), penalty_text(budget.draws)};
      if (draws) {
        row.push_back(std::to_string(budget.draws.size()));
        row.push_back(budget.draws.size() > 1 ? percent(deviation(budget)) : "-");
      }
      row.push_back(accuracy_text(budget.notebook(), splits.test.count()));
      row.push_back(accuracy_text(budget.right(), data.test.count()));
      table.add_row(std::move(row));
    }
  }
  return "Exact linear probe (ridge regression) on frozen features, accuracy with 95% interval\n  data: " +
         printable(data_title(data.source)) + "\n" + table.text() + "\n";
}

Json probe_json(const std::vector<ProbeAnswers>& answers, const Splits& splits, const DataSource& data) {
  Json all = Json::array();
  for (const ProbeAnswers& each : answers) {
    Json budgets = Json::array();
    for (const ProbeBudget& budget : each.budgets) {
      Json draws = Json::array();
      for (const ProbeDraw& draw : budget.draws) {
        draws.push_back({{"first", draw.first},
                         {"penalty", draw.penalty},
                         {"correct", draw.right},
                         {"accuracy", draw.right / static_cast<double>(data.test.count())}});
      }
      budgets.push_back({{"labels", budget.labels},
                         {"test", accuracy_json(budget.notebook(), splits.test.count(), notebook_images(splits))},
                         {"full_test", accuracy_json(budget.right(), data.test.count(), "all test images")},
                         {"draws", std::move(draws)}});
    }
    all.push_back(
        {{"features", each.features.name}, {"data", data_title(data.source)}, {"budgets", std::move(budgets)}});
  }
  return all;
}

}  // namespace quarterturn::cli
