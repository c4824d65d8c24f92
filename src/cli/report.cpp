#include "cli/report.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "analysis/interval.hpp"
#include "cli/options.hpp"
#include "cli/text.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"
#include "parallel/processors.hpp"
#include "pretext/task.hpp"

namespace quarterturn::cli {
namespace {

bool is_rotation(const PretextTask& task) { return &task == &pretext_tasks().front(); }

/// "90 degrees", "left-right"
std::string variant_name(const PretextTask& task, std::size_t variant) {
  return task.class_name(variant) + (is_rotation(task) ? " degrees" : "");
}

/// What the task is called in tables and JSON: rotation has its name from the notebook.
std::string result_name(const PretextTask& task) { return is_rotation(task) ? "rotation" : dashed_name(task); }

/// Its key in JSON.
std::string result_key(const PretextTask& task) { return is_rotation(task) ? "rotation" : "pretext"; }

std::vector<std::string> digit_names() {
  std::vector<std::string> names;
  names.reserve(kDigits);
  for (std::size_t d = 0; d < kDigits; ++d) names.push_back(std::to_string(d));
  return names;
}

/// "four turns", "24 variants"
std::string variants_count(const PretextTask& task) {
  return is_rotation(task) ? "four turns" : std::to_string(task.classes) + " variants";
}

using Align = Table::Align;

constexpr std::size_t index_of(Run run) { return static_cast<std::size_t>(run); }

std::string range_text(std::string_view set, const Slice& slice) {
  return std::string(set) + "[" + std::to_string(slice.first) + ":" + std::to_string(slice.last) + "]";
}

std::string table_text(const std::string& title, const std::vector<LayerInfo>& layers) {
  Table table({{"layer", Align::left},
               {"kind", Align::left},
               {"output", Align::right},
               {"parameters", Align::right},
               {"", Align::left}});
  std::size_t trainable = 0;
  std::size_t frozen = 0;
  for (const LayerInfo& layer : layers) {
    (layer.trainable ? trainable : frozen) += layer.parameters;
    const Shape& size = layer.output;
    const std::string channels = std::to_string(size.channels);
    const std::string output =
        size.flat() ? channels : std::to_string(size.height) + "x" + std::to_string(size.width) + "x" + channels;
    table.add_row({std::string(layer.name), layer.kind, output, thousands(layer.parameters),
                   layer.parameters == 0 ? "" : (layer.trainable ? "trained" : "frozen")});
  }
  return title + "\n" + table.text() + "  parameters: " + thousands(trainable + frozen) + " (trainable " +
         thousands(trainable) + ", frozen " + thousands(frozen) + ")\n\n";
}

/// What an arm of the prediction says.
const std::array<float, kDigits>& digits_of(const Experiment::Prediction& prediction, Run arm) {
  return std::find_if(prediction.arms.begin(), prediction.arms.end(), [arm](const auto& one) { return one.run == arm; })
      ->digits;
}

std::size_t best_class(std::span<const float> probabilities) {
  return static_cast<std::size_t>(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json test_json(const TestResult& result, std::size_t classes, const std::string& images, const std::string& source) {
  const Interval interval = wilson_interval(result.correct, result.count);
  Json confusion = Json::array();
  for (std::size_t label = 0; label < classes; ++label) {
    confusion.push_back(std::vector<std::uint32_t>(
        result.confusion[label].begin(), result.confusion[label].begin() + static_cast<std::ptrdiff_t>(classes)));
  }
  return {{"images", images},
          {"data", source},
          {"correct", result.correct},
          {"count", result.count},
          {"accuracy", result.accuracy()},
          {"interval95", {interval.low, interval.high}},
          {"loss", number(result.loss)},
          {"confusion", std::move(confusion)}};
}

std::string interval_text(const TestResult& result) {
  const Interval interval = wilson_interval(result.correct, result.count);
  return percent(interval.low) + " .. " + percent(interval.high);
}

double seconds_of(std::span<const EpochRecord> history) {
  double seconds = 0.0;
  for (const EpochRecord& record : history) seconds += record.seconds;
  return seconds;
}

}  // namespace

std::string shapes_text(const Splits& splits, const PretextTask& task) {
  std::string text;
  const auto add = [&](const std::string& images, const std::string& labels, std::size_t count,
                       const std::string& what) {
    const std::string n = std::to_string(count);
    std::string line = "  shape of " + images + ": (" + n + ", 28, 28)";
    line.resize(std::max<std::size_t>(line.size() + 2, 38), ' ');
    text += line + what + "\n  shape of " + labels + ": (" + n + ",)\n";
  };
  const Slice aside{0, splits.test.first};
  add("x_train", "y_train", splits.pretext.count(), range_text("train", splits.pretext) + ", pretext; labels unused");
  add("xx_train", "yy_train", splits.downstream.count(), range_text("train", splits.downstream) + ", downstream");
  add("x_test", "y_test", aside.count(), range_text("test", aside) + ", set aside");
  add("xx_test", "yy_test", splits.test.count(), range_text("test", splits.test) + ", test");
  const std::size_t images = splits.pretext.count();
  text += "  " + result_name(task) + " set: " + thousands(pretext_rows(images, task.classes)) + " images, each of " +
          thousands(images) +
          (is_rotation(task) ? " by 0, 90, 180 and 270 degrees counter-clockwise"
                             : " in " + variants_count(task) + ": " + std::string(task.text)) +
          ";\n  order of the images: 1, 2, ..., " + std::to_string(images - 1) + ", 0\n\n";
  return text;
}

namespace {

/// What a run trains, for the head of its layer table, with the notebook's name for it.
std::string network_title(Run run) {
  if (run == Run::pretext) return "RotNet, the pretext network (model_pretext)";
  constexpr std::array<std::string_view, 4> kWhat = {
      "everything trained (model_sup)", "head on the pretext network's features (model_downstream)",
      "head on untrained features (model_rand)", "everything trained, from the pretext network's weights"};
  const RunSpec& spec = spec_of(run);
  std::string title = dashed_name(run) + ": " + std::string(kWhat[static_cast<std::size_t>(spec.features)]);
  title.front() = static_cast<char>(title.front() - 'a' + 'A');
  return spec.optimizer == OptimizerKind::adam ? title + ", by Adam" : title;
}

}  // namespace

std::string layers_text(const std::vector<Run>& runs, const PretextTask& task) {
  std::string text;
  for (const Run run : runs) {
    const auto layers = run == Run::pretext ? layer_table(pretext_architecture(static_cast<int>(task.classes)))
                                            : layer_table(kClassifier, spec_of(run).frozen() ? kTrunkLayers : 0);
    text += table_text(network_title(run), layers);
  }
  return text;
}

std::string history_text(const Experiment& experiment, const std::vector<Run>& runs) {
  std::string text;
  for (const Run run : runs) {
    const auto history = experiment.history(run);
    text += "Training: " + dashed_name(run) + ", " + std::to_string(history.size()) + " epochs in " +
            duration(seconds_of(history));
    if (const std::uint32_t stopped = experiment.stopped_early(run); stopped != 0) {
      text += ", stopped early after epoch " + std::to_string(stopped);
    }
    text += "\n";
    if (!history.empty()) {
      const bool validated = std::any_of(history.begin(), history.end(),
                                         [](const EpochRecord& r) { return std::isfinite(r.validation_loss); });
      std::vector<Table::Column> columns = {{"epoch"}, {"loss"}, {"accuracy"}};
      if (validated) columns.insert(columns.end(), {{"validation loss"}, {"validation accuracy"}});
      columns.push_back({"seconds"});
      Table table(columns);
      for (const EpochRecord& record : history) {
        std::vector<std::string> row = {std::to_string(record.epoch), fixed(record.loss, 4), percent(record.accuracy)};
        if (validated) {
          row.push_back(fixed(record.validation_loss, 4));
          row.push_back(percent(record.validation_accuracy));
        }
        row.push_back(fixed(record.seconds, 2));
        table.add_row(std::move(row));
      }
      text += table.text();
    }
    text += "\n";
  }
  return text;
}

namespace {

/// The arm that the others are compared with: the self-supervised one, else the first; nothing where none was tested.
std::optional<Run> reference_arm(const Experiment& experiment, const std::vector<Run>& runs) {
  std::optional<Run> reference;
  for (const Run arm : runs) {
    if (experiment.result(arm) != nullptr && (!reference.has_value() || arm == Run::self_supervised)) reference = arm;
  }
  return reference;
}

struct PairedArm {
  Run arm;
  Run reference;
  PairedDifference difference;  ///< of the arm's accuracy and the reference's
};

std::vector<PairedArm> paired_arms(const Experiment& experiment, const std::vector<Run>& runs,
                                   std::span<const std::uint8_t> labels) {
  std::vector<PairedArm> list;
  const std::optional<Run> reference = reference_arm(experiment, runs);
  for (const Run arm : runs) {
    if (!reference.has_value() || experiment.result(arm) == nullptr || arm == *reference) continue;
    list.push_back(
        {arm, *reference, paired_difference(experiment.predicted(arm), experiment.predicted(*reference), labels)});
  }
  return list;
}

/// Differences of the arms on the whole test set; empty where there is but one.
std::string paired_text(const Experiment& experiment, const std::vector<Run>& runs, const DataSource& data) {
  const std::vector<PairedArm> list = paired_arms(experiment, runs, data.test.labels);
  if (list.empty()) return {};
  const std::string reference = dashed_name(list.front().reference);
  Table table({{"network", Align::left},
               {"difference"},
               {"95% interval"},
               {"it alone is right"},
               {"it alone is wrong"},
               {"", Align::left}});
  for (const PairedArm& each : list) {
    const PairedDifference& paired = each.difference;
    table.add_row({dashed_name(each.arm), points(paired.difference), points(paired.low) + " .. " + points(paired.high),
                   thousands(paired.only_first), thousands(paired.only_second), verdict(paired)});
  }
  return "Accuracy beside that of " + reference +
         ", image by image, in points, all test images\n  data: " + printable(data_title(data.source)) + "\n" +
         table.text() + "\n";
}

}  // namespace

std::string results_text(const Experiment& experiment, const std::vector<Run>& runs, const DataSource& data) {
  std::string text;
  if (const TestResult* pretext = experiment.pretext_result(); pretext != nullptr) {
    const PretextTask& task = experiment.task();
    text += (is_rotation(task) ? "Rotation" : "Pretext") + std::string(" accuracy") +
            (is_rotation(task) ? "" : ", " + dashed_name(task)) + ": " + percent(pretext->accuracy()) +
            " (95% interval " + interval_text(*pretext) + "), " + variants_count(task) + " of the first " +
            thousands(pretext->count / task.classes) + " test images\n  data: " + printable(data_title(data.source)) +
            "\n\n";
  }
  Table table(
      {{"network", Align::left}, {"test images", Align::left}, {"correct"}, {"accuracy"}, {"95% interval"}, {"loss"}});
  bool any = false;
  const auto add = [&](Run arm, const TestResult& result, const std::string& images) {
    table.add_row({dashed_name(arm), images, thousands(result.correct) + " of " + thousands(result.count),
                   percent(result.accuracy()), interval_text(result), fixed(result.loss, 4)});
    any = true;
  };
  for (const Run arm : runs) {
    const ArmResult* result = experiment.result(arm);
    if (result != nullptr) add(arm, result->test, range_text("test", experiment.splits().test));
  }
  if (any) table.add_rule();
  for (const Run arm : runs) {
    const ArmResult* result = experiment.result(arm);
    if (result != nullptr) add(arm, result->full_test, "all test images");
  }
  if (any) text += "Accuracy on test data\n  data: " + printable(data_title(data.source)) + "\n" + table.text() + "\n";
  return text + paired_text(experiment, runs, data);
}

std::string confusion_text(const Experiment& experiment, const std::vector<Run>& runs) {
  std::string text;
  const auto add = [&text](const std::string& title, const std::string& corner, const TestResult& result,
                           const std::vector<std::string>& classes) {
    std::vector<Table::Column> columns = {{corner}};
    for (const std::string& name : classes) columns.push_back({"as " + name});
    Table table(columns);
    for (std::size_t label = 0; label < classes.size(); ++label) {
      std::vector<std::string> row = {classes[label]};
      for (std::size_t c = 0; c < classes.size(); ++c) row.push_back(std::to_string(result.confusion[label][c]));
      table.add_row(std::move(row));
    }
    text += "Confusion, " + title + "\n" + table.text() + "\n";
  };
  for (const Run run : runs) {
    const TestResult* pretext = experiment.pretext_result();
    if (run == Run::pretext && pretext != nullptr) {
      const PretextTask& task = experiment.task();
      add(result_name(task) + ", " + variants_count(task) + " of the first " +
              thousands(pretext->count / task.classes) + " test images",
          "variant", *pretext, class_names_of(task));
    }
    const ArmResult* result = experiment.result(run);
    if (result != nullptr) {
      add(dashed_name(run) + ", all test images", "digit", result->full_test, digit_names());
    }
  }
  return text;
}

std::string variants_text(const DataSource& data, std::size_t index, const PretextTask& task, std::size_t columns) {
  if (index >= data.train.count()) return {};
  std::vector<TextPicture> pictures;
  pictures.reserve(task.classes);
  for (std::size_t variant = 0; variant < task.classes; ++variant) {
    pictures.push_back({variant_name(task, variant), mapped(data.train.image(index), map_of(task, variant))});
  }
  return "Image " + std::to_string(index) +
         (is_rotation(task) ? " turned counter-clockwise" : ", " + dashed_name(task)) + "\n" +
         picture_rows(pictures, columns) + "\n";
}

std::string prediction_text(const std::array<std::uint8_t, kImagePixels>& image,
                            const Experiment::Prediction& prediction, const PretextTask& task,
                            const std::vector<Run>& networks, std::size_t columns) {
  std::string text = picture_rows(std::vector<TextPicture>{{"", image}}, columns);
  std::vector<StemColumn> stems;
  std::string names;
  bool pretext = false;
  for (const Run network : networks) {
    if (network == Run::pretext) {
      pretext = true;
      continue;
    }
    const auto& probabilities = digits_of(prediction, network);
    stems.push_back({dashed_name(network), {probabilities.begin(), probabilities.end()}});
    const std::size_t best = best_class(probabilities);
    names += "  Prediction, " + dashed_name(network) + ": " + std::to_string(best) + " (" +
             percent(static_cast<double>(probabilities[best])) + ")\n";
  }
  if (!stems.empty()) {
    text += stem_plot(stems, digit_names());
  }
  if (pretext) {
    const std::vector<StemColumn> stem = {{result_name(task), {prediction.pretext.begin(), prediction.pretext.end()}}};
    std::vector<std::string> classes;
    classes.reserve(task.classes);
    for (std::size_t variant = 0; variant < task.classes; ++variant) classes.push_back(variant_name(task, variant));
    text += stem_plot(stem, classes);
    const std::size_t best = best_class(prediction.pretext);
    names += (is_rotation(task) ? "  Rotation: turned by " : "  Pretext, " + dashed_name(task) + ": ") +
             variant_name(task, best) + " (" + percent(static_cast<double>(prediction.pretext[best])) + ")\n";
  }
  return text + names + "\n";
}

SeedResult seed_result(const Experiment& experiment, const std::vector<Run>& runs, const DataSource& data) {
  SeedResult result{};
  if (const std::optional<Run> reference = reference_arm(experiment, runs)) result.reference = *reference;
  for (const PairedArm& each : paired_arms(experiment, runs, data.test.labels)) {
    result.paired[index_of(each.arm)] = each.difference;
  }
  result.seed = experiment.settings().seed;
  const TestResult* pretext = experiment.pretext_result();
  result.pretext = pretext == nullptr ? 0.0 : pretext->accuracy();
  result.arms = experiment.settings().arms;
  for (const Run run : kAllRuns) {
    const std::size_t r = index_of(run);
    result.epochs[r] = experiment.history(run).size();
    const ArmResult* arm = experiment.result(run);
    if (arm == nullptr) continue;
    result.test[r] = arm->test.accuracy();
    result.full_test[r] = arm->full_test.accuracy();
  }
  result.signature = experiment.signature();
  return result;
}

namespace {

Spread pretext_spread(const std::vector<SeedResult>& results) {
  std::vector<double> values;
  values.reserve(results.size());
  for (const SeedResult& result : results) values.push_back(result.pretext);
  return spread(values);
}

Spread arm_spread(const std::vector<SeedResult>& results, Run arm, bool full) {
  std::vector<double> values;
  for (const SeedResult& result : results) {
    const std::size_t r = index_of(arm);
    values.push_back(full ? result.full_test[r] : result.test[r]);
  }
  return spread(values);
}

/// An arm's accuracy minus the reference's over the seeds.
struct SeedDifference {
  Spread spread;
  std::size_t better = 0;  ///< seeds whose interval lies above zero
  std::size_t worse = 0;
};

SeedDifference seed_difference(const std::vector<SeedResult>& results, Run arm) {
  SeedDifference all{};
  std::vector<double> values;
  for (const SeedResult& result : results) {
    const PairedDifference& paired = result.paired[index_of(arm)];
    values.push_back(paired.difference);
    all.better += paired.low > 0.0 ? 1 : 0;
    all.worse += paired.high < 0.0 ? 1 : 0;
  }
  all.spread = spread(values);
  return all;
}

}  // namespace

std::string seeds_text(const std::vector<SeedResult>& results, const Splits& splits, const DataSource& data,
                       const PretextTask& task) {
  std::string text;
  const ArmList& arms = results.front().arms;
  for (const bool full : {false, true}) {
    text += "Accuracy on " + (full ? std::string("all test images") : range_text("test", splits.test)) + ", " +
            std::to_string(results.size()) +
            " seeds (in brackets: epochs)\n  data: " + printable(data_title(data.source)) + "\n";
    std::vector<Table::Column> columns = {{"seed"}, {result_name(task)}};
    for (const Run arm : arms) columns.push_back({dashed_name(arm)});
    columns.push_back({"signature", Align::left});
    Table table(columns);
    for (const SeedResult& result : results) {
      std::vector<std::string> row = {std::to_string(result.seed), percent(result.pretext)};
      for (const Run arm : arms) {
        const std::size_t r = index_of(arm);
        row.push_back(percent(full ? result.full_test[r] : result.test[r]) + " (" + std::to_string(result.epochs[r]) +
                      ")");
      }
      row.push_back(result.signature);
      table.add_row(std::move(row));
    }
    table.add_rule();
    const Spread pretext = pretext_spread(results);
    std::vector<std::string> means = {"mean", percent(pretext.mean)};
    std::vector<std::string> deviations = {"std", percent(pretext.deviation)};
    for (const Run arm : arms) {
      const Spread s = arm_spread(results, arm, full);
      means.push_back(percent(s.mean));
      deviations.push_back(percent(s.deviation));
    }
    table.add_row(std::move(means));
    table.add_row(std::move(deviations));
    text += table.text() + "\n";
  }
  if (arms.size() < 2) return text;
  const Run reference = results.front().reference;
  Table table({{"network", Align::left}, {"mean"}, {"std"}, {"clearly better"}, {"clearly worse"}});
  for (const Run arm : arms) {
    if (arm == reference) continue;
    const SeedDifference all = seed_difference(results, arm);
    const std::string of = " of " + std::to_string(results.size());
    table.add_row({dashed_name(arm), points(all.spread.mean), fixed(100.0 * all.spread.deviation, 2),
                   std::to_string(all.better) + of, std::to_string(all.worse) + of});
  }
  return text + "Accuracy beside that of " + dashed_name(reference) + ", in points, all test images, " +
         std::to_string(results.size()) + " seeds (clearly: the 95% interval of that seed leaves zero out)\n" +
         table.text() + "\n";
}

Json seeds_json(const std::vector<SeedResult>& results, const PretextTask& task) {
  const auto pair = [](const Spread& s) { return Json{{"mean", s.mean}, {"standard_deviation", s.deviation}}; };
  Json json = {{"seeds", results.size()}, {result_key(task), pair(pretext_spread(results))}};
  if (results.empty()) return json;
  for (const Run arm : results.front().arms) {
    Json& entry = json[std::string(name(arm))];
    entry = {{"test", pair(arm_spread(results, arm, false))}, {"full_test", pair(arm_spread(results, arm, true))}};
    if (arm == results.front().reference) continue;
    const SeedDifference all = seed_difference(results, arm);
    entry["difference"] = {{"to", std::string(name(results.front().reference))},
                           {"mean", all.spread.mean},
                           {"standard_deviation", all.spread.deviation},
                           {"clearly_better", all.better},
                           {"clearly_worse", all.worse}};
  }
  return json;
}

std::string points(double difference) { return (difference < 0.0 ? "" : "+") + fixed(100.0 * difference, 2); }

std::string verdict(const PairedDifference& difference) {
  if (!difference.clear()) return "no clear difference";
  return difference.difference > 0.0 ? "better" : "worse";
}

Json fit_json(const FitSettings& fit) {
  Json json = Json::object();
  for (const Setting<FitSettings>& setting : kFitTable) {
    json[std::string(setting.info.name)] = Json::parse(option_text(setting.info, value_of(setting, fit)));
  }
  return json;
}

Json paired_json(const PairedDifference& difference) {
  return {{"images", difference.count},
          {"only_first", difference.only_first},
          {"only_second", difference.only_second},
          {"difference", difference.difference},
          {"interval95", {difference.low, difference.high}}};
}

std::string arithmetic_text(const Compute& compute) {
  return compute.fused() ? "fused (multiply-add rounds once)" : "unfused (multiply and add round apart)";
}

std::string build_text() {
  std::string text =
#if defined(NDEBUG)
      "optimised";
#else
      "with assertions";
#endif
#if defined(QUARTERTURN_SANITIZERS)
  text += ", sanitizers " QUARTERTURN_SANITIZERS;
#endif
#if defined(__clang__)
  text += ", Clang " + std::to_string(__clang_major__) + "." + std::to_string(__clang_minor__);
#elif defined(__GNUC__)
  text += ", GCC " + std::to_string(__GNUC__) + "." + std::to_string(__GNUC_MINOR__);
#endif
  return text;
}

Json environment_json(const Compute& compute) {
  Json available = Json::array();
  for (const std::string_view isa : Compute::available_isas()) available.push_back(std::string(isa));
  return {{"version", QUARTERTURN_VERSION},    {"build", build_text()},
          {"isa", std::string(compute.isa())}, {"available_isas", std::move(available)},
          {"lanes", compute.lanes()},          {"threads", compute.threads()},
          {"processors", usable_processors()}, {"arithmetic", compute.fused() ? "fused" : "unfused"}};
}

Json data_json(const DataSource& data, const Splits& splits) {
  return {{"source", data_title(data.source)},
          {"train", data.train.count()},
          {"test", data.test.count()},
          {"hash", data_hash(data)},
          {"splits",
           {{"pretext", {splits.pretext.first, splits.pretext.last}},
            {"downstream", {splits.downstream.first, splits.downstream.last}},
            {"test", {splits.test.first, splits.test.last}}}}};
}

Json run_json(const Experiment& experiment, const std::vector<Run>& runs, const DataSource& data) {
  const ExperimentSettings& settings = experiment.settings();
  const bool has_arms = runs.size() > 1 || runs.front() != Run::pretext;
  Json fits = Json::object();
  Json histories = Json::object();
  Json results = Json::object();
  Json paired = Json::array();
  for (const auto& [arm, reference, difference] : paired_arms(experiment, runs, data.test.labels)) {
    paired.push_back({{"arm", std::string(name(arm))}, {"to", std::string(name(reference))}});
    paired.back().update(paired_json(difference));
  }
  const PretextTask& task = experiment.task();
  if (const TestResult* pretext = experiment.pretext_result(); pretext != nullptr) {
    Json test = test_json(*pretext, task.classes,
                          variants_count(task) + " of test[0:" + std::to_string(pretext->count / task.classes) + "]",
                          data_title(data.source));
    test["classes"] = class_names_of(task);
    results[result_key(task)] = std::move(test);
  }
  for (const Run run : runs) {
    const std::string key(name(run));
    fits[key] = fit_json(settings[run]);
    Json epochs = Json::array();
    for (const EpochRecord& record : experiment.history(run)) {
      epochs.push_back({{"epoch", record.epoch},
                        {"loss", number(record.loss)},
                        {"accuracy", number(record.accuracy)},
                        {"validation_loss", number(record.validation_loss)},
                        {"validation_accuracy",
                         std::isfinite(record.validation_loss) ? number(record.validation_accuracy) : Json(nullptr)},
                        {"seconds", record.seconds}});
    }
    histories[key] = std::move(epochs);
    const ArmResult* arm = experiment.result(run);
    if (arm != nullptr) {
      results[key] = {{"test", test_json(arm->test, kDigits, range_text("test", experiment.splits().test),
                                         data_title(data.source))},
                      {"full_test", test_json(arm->full_test, kDigits, "all test images", data_title(data.source))},
                      {"stopped_early", experiment.stopped_early(run)}};
    }
  }
  return {{"settings",
           {{"seed", settings.seed},
            {"preset", std::string(name(settings.preset))},
            {"pretext_task", std::string(task.name)},
            {"labels", settings.labels},
            {"arms", text_of(settings.arms)},
            {"fit", std::move(fits)}}},
          {"history", std::move(histories)},
          {"note", !has_arms || !experiment.note().has_value() ? Json(nullptr) : Json(message_text(experiment.note()))},
          {"results", std::move(results)},
          {"paired", std::move(paired)},
          {"signature", experiment.signature()}};
}

Json prediction_json(const Experiment::Prediction& prediction, const PretextTask& task,
                     const std::vector<Run>& networks) {
  Json json = Json::object();
  for (const Run network : networks) {
    std::vector<float> probabilities = prediction.pretext;
    if (network != Run::pretext) {
      const auto& arm = digits_of(prediction, network);
      probabilities.assign(arm.begin(), arm.end());
    }
    const std::size_t best = best_class(probabilities);
    if (network == Run::pretext && !is_rotation(task)) {
      json[result_key(task)] = {
          {"task", std::string(task.name)}, {"predicted", task.class_name(best)}, {"probabilities", probabilities}};
    } else if (network == Run::pretext) {
      json[result_key(task)] = {{"predicted_degrees", 90 * best}, {"probabilities", probabilities}};
    } else {
      json[std::string(name(network))] = {{"predicted", best}, {"probabilities", probabilities}};
    }
  }
  return json;
}

std::string json_text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace quarterturn::cli
