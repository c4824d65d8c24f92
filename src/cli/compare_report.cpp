#include "cli/compare_report.hpp"

#include <algorithm>
#include <utility>

#include "analysis/interval.hpp"
#include "analysis/paired.hpp"
#include "cli/text.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"

namespace quarterturn::cli {
namespace {

std::uint32_t right_of(const Marks& marks, const DataSource& data) {
  std::uint32_t right = 0;
  for (std::size_t i = 0; i < marks.size(); ++i) right += marks[i] == data.test.labels[i] ? 1 : 0;
  return right;
}

/// The differences of two curves at one budget, seed by seed.
std::vector<PairedDifference> differences(const Comparison& all, std::size_t curve, std::size_t reference,
                                          std::size_t budget, const DataSource& data) {
  std::vector<PairedDifference> list;
  for (const SeedCurves& seed : all.seeds) {
    list.push_back(paired_difference(seed.marks[curve][budget], seed.marks[reference][budget], data.test.labels));
  }
  return list;
}

std::vector<double> accuracies(const Comparison& all, std::size_t curve, std::size_t budget, const DataSource& data) {
  std::vector<double> list;
  for (const SeedCurves& seed : all.seeds) {
    const Marks& marks = seed.marks[curve][budget];
    list.push_back(static_cast<double>(right_of(marks, data)) / static_cast<double>(marks.size()));
  }
  return list;
}

Spread spread_of(const std::vector<PairedDifference>& list) {
  std::vector<double> values;
  values.reserve(list.size());
  for (const PairedDifference& one : list) values.push_back(one.difference);
  return spread(values);
}

std::size_t clear_ones(const std::vector<PairedDifference>& list) {
  return static_cast<std::size_t>(
      std::count_if(list.begin(), list.end(), [](const PairedDifference& one) { return one.clear(); }));
}

std::string accuracy_text(const Comparison& all, std::size_t curve, std::size_t budget, const DataSource& data) {
  const Spread found = spread(accuracies(all, curve, budget, data));
  const std::string mean = fixed(100.0 * found.mean, 2);
  if (all.seeds.size() > 1) return mean + " +-" + fixed(100.0 * found.deviation, 2);
  const Marks& marks = all.seeds.front().marks[curve][budget];
  const Interval interval = wilson_interval(right_of(marks, data), static_cast<double>(marks.size()));
  return mean + " (" + fixed(100.0 * interval.low, 2) + " .. " + fixed(100.0 * interval.high, 2) + ")";
}

std::string difference_text(const std::vector<PairedDifference>& list) {
  if (list.size() > 1) {
    const Spread found = spread_of(list);
    return points(found.mean) + " +-" + fixed(100.0 * found.deviation, 2) + ", " + std::to_string(clear_ones(list)) +
           "/" + std::to_string(list.size());
  }
  const PairedDifference& one = list.front();
  return points(one.difference) + " (" + points(one.low) + " .. " + points(one.high) + ")" + (one.clear() ? "" : " ?");
}

/// One line a curve, one column a budget; `cell(curve, budget)`; curves without a first cell are left out.
template <class Cell>
std::string table_of(const Comparison& all, const Cell& cell) {
  std::vector<Table::Column> columns = {{"curve", Table::Align::left}, {"learning", Table::Align::left}};
  for (const std::uint32_t labels : all.labels) columns.push_back({thousands(labels) + " labels"});
  Table table(std::move(columns));
  for (std::size_t curve = 0; curve < all.curves.size(); ++curve) {
    std::vector<std::string> row = {all.curves[curve].title, all.curves[curve].learning};
    for (std::size_t budget = 0; budget < all.labels.size(); ++budget) row.push_back(cell(curve, budget));
    if (!row[2].empty()) table.add_row(std::move(row));
  }
  return table.text();
}

}  // namespace

std::string comparison_text(const Comparison& all, const DataSource& data) {
  const bool several = all.seeds.size() > 1;
  std::string text =
      "Test accuracy in percent, all " + thousands(data.test.count()) + " test images, " +
      (several ? "mean and standard deviation of " + std::to_string(all.seeds.size()) + " seeds"
               : "seed " + std::to_string(all.seeds.front().seed) + ", 95% intervals") +
      "\n  data: " + printable(data_title(data.source)) + "\n" +
      table_of(all, [&](std::size_t curve, std::size_t budget) { return accuracy_text(all, curve, budget, data); }) +
      "\n";
  for (const std::size_t reference : all.references) {
    const Curve& to = all.curves[reference];
    text += "Accuracy beside that of " + to.title + " (" + to.learning + "), image by image, in points, " +
            (several ? "mean and standard deviation, and in how many seeds the 95% interval leaves zero out"
                     : "95% interval; ? where it holds zero") +
            "\n" +
            table_of(all,
                     [&](std::size_t curve, std::size_t budget) {
                       return curve == reference ? std::string()
                                                 : difference_text(differences(all, curve, reference, budget, data));
                     }) +
            "\n";
  }
  return text;
}

Json comparison_json(const Comparison& all, const DataSource& data) {
  Json curves = Json::array();
  if (all.seeds.empty()) return curves;
  for (std::size_t curve = 0; curve < all.curves.size(); ++curve) {
    const Curve& about = all.curves[curve];
    Json results = Json::array();
    for (std::size_t budget = 0; budget < all.labels.size(); ++budget) {
      const Spread found = spread(accuracies(all, curve, budget, data));
      Json seeds = Json::array();
      for (const SeedCurves& seed : all.seeds) {
        const Marks& marks = seed.marks[curve][budget];
        const std::uint32_t right = right_of(marks, data);
        const Interval interval = wilson_interval(right, static_cast<double>(marks.size()));
        seeds.push_back({{"seed", seed.seed},
                         {"correct", right},
                         {"count", marks.size()},
                         {"accuracy", static_cast<double>(right) / static_cast<double>(marks.size())},
                         {"interval95", {interval.low, interval.high}}});
      }
      Json to = Json::array();
      for (const std::size_t reference : all.references) {
        if (reference == curve) continue;
        const std::vector<PairedDifference> list = differences(all, curve, reference, budget, data);
        const Spread difference = spread_of(list);
        Json each = Json::array();
        for (std::size_t i = 0; i < list.size(); ++i) {
          each.push_back({{"seed", all.seeds[i].seed}});
          each.back().update(paired_json(list[i]));
        }
        to.push_back({{"to", all.curves[reference].title},
                      {"mean", difference.mean},
                      {"standard_deviation", difference.deviation},
                      {"clear", clear_ones(list)},
                      {"seeds", std::move(each)}});
      }
      results.push_back({{"labels", all.labels[budget]},
                         {"mean", found.mean},
                         {"standard_deviation", found.deviation},
                         {"seeds", std::move(seeds)},
                         {"differences", std::move(to)}});
    }
    curves.push_back({{"curve", about.title},
                      {"features", about.features},
                      {"task", about.task.empty() ? Json(nullptr) : Json(about.task)},
                      {"learning", about.learning},
                      {"results", std::move(results)}});
  }
  return curves;
}

}  // namespace quarterturn::cli
