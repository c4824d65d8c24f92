#include "cli/report.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include "analysis/interval.hpp"
#include "cli/options.hpp"
#include "cli/text.hpp"
#include "core/join.hpp"
#include "parallel/processors.hpp"
#include "pretext/task.hpp"

namespace quarterturn::cli {
namespace {

/// The rotation set shows its rows 12..15 in the notebook: the turns of image 4.
constexpr std::array<std::string_view, kTurns> kTurnNames = {"0 degrees", "90 degrees", "180 degrees", "270 degrees"};

using Align = Table::Align;

std::size_t arm_index(Run arm) { return static_cast<std::size_t>(arm) - 1; }

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

std::string shapes_text(const Splits& splits) {
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
  text += "  rotation set: " + thousands(pretext_rows(images, kTurns)) + " images, each of " + thousands(images) +
          " by 0, 90, 180 and 270 degrees counter-clockwise;\n  order of the images: 1, 2, ..., " +
          std::to_string(images - 1) + ", 0\n\n";
  return text;
}

std::string layers_text(const std::vector<Run>& runs) {
  std::string text;
  for (const Run run : runs) {
    switch (run) {
      case Run::pretext:
        text += table_text("RotNet, the pretext network (model_pretext)", layer_table(kRotNet));
        break;
      case Run::self_supervised:
        text += table_text("Self-supervised: head on the pretext network's features (model_downstream)",
                           layer_table(kClassifier, kTrunkLayers));
        break;
      case Run::random:
        text += table_text("Random: head on untrained features (model_rand)", layer_table(kClassifier, kTrunkLayers));
        break;
      case Run::supervised:
        text += table_text("Supervised: everything trained (model_sup)", layer_table(kClassifier));
        break;
    }
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

std::string results_text(const Experiment& experiment, const std::vector<Run>& runs, const DataSource& data) {
  std::string text;
  if (const TestResult* rotation = experiment.rotation_result(); rotation != nullptr) {
    text += "Rotation accuracy: " + percent(rotation->accuracy()) + " (95% interval " + interval_text(*rotation) +
            "), four turns of the first " + thousands(rotation->count / kTurns) +
            " test images\n  data: " + printable(data.source) + "\n\n";
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
  if (any) text += "Accuracy on test data\n  data: " + printable(data.source) + "\n" + table.text() + "\n";
  return text;
}

std::string confusion_text(const Experiment& experiment, const std::vector<Run>& runs) {
  std::string text;
  for (const Run arm : runs) {
    const ArmResult* result = experiment.result(arm);
    if (result == nullptr) continue;
    std::vector<Table::Column> columns = {{"digit"}};
    for (std::size_t d = 0; d < kDigits; ++d) columns.push_back({"as " + std::to_string(d)});
    Table table(columns);
    for (std::size_t label = 0; label < kDigits; ++label) {
      std::vector<std::string> row = {std::to_string(label)};
      for (const std::uint32_t n : result->full_test.confusion[label]) row.push_back(std::to_string(n));
      table.add_row(std::move(row));
    }
    text += "Confusion, " + dashed_name(arm) + ", all test images\n" + table.text() + "\n";
  }
  return text;
}

std::string rotations_text(const DataSource& data, std::size_t index, std::size_t columns) {
  if (index >= data.train.count()) return {};
  std::vector<TextPicture> pictures;
  pictures.reserve(kTurns);
  for (unsigned turn = 0; turn < kTurns; ++turn) {
    pictures.push_back({std::string(kTurnNames[turn]), quarter_turned(data.train.image(index), turn)});
  }
  return "Image " + std::to_string(index) + " turned counter-clockwise\n" + picture_rows(pictures, columns) + "\n";
}

std::string prediction_text(const std::array<std::uint8_t, kImagePixels>& image,
                            const Experiment::Prediction& prediction, const std::vector<Run>& networks,
                            std::size_t columns) {
  std::string text = picture_rows(std::vector<TextPicture>{{"", image}}, columns);
  std::vector<StemColumn> stems;
  std::string names;
  bool rotation = false;
  for (const Run network : networks) {
    if (network == Run::pretext) {
      rotation = true;
      continue;
    }
    const auto& probabilities = prediction.arms[arm_index(network)];
    stems.push_back({dashed_name(network), {probabilities.begin(), probabilities.end()}});
    const std::size_t best = best_class(probabilities);
    names += "  Prediction, " + dashed_name(network) + ": " + std::to_string(best) + " (" +
             percent(static_cast<double>(probabilities[best])) + ")\n";
  }
  if (!stems.empty()) {
    std::vector<std::string> classes;
    classes.reserve(kDigits);
    for (std::size_t d = 0; d < kDigits; ++d) classes.push_back(std::to_string(d));
    text += stem_plot(stems, classes);
  }
  if (rotation) {
    const std::vector<StemColumn> stem = {{"rotation", {prediction.rotation.begin(), prediction.rotation.end()}}};
    const std::vector<std::string> classes(kTurnNames.begin(), kTurnNames.end());
    text += stem_plot(stem, classes);
    const std::size_t best = best_class(prediction.rotation);
    names += "  Rotation: turned by " + std::string(kTurnNames[best]) + " (" +
             percent(static_cast<double>(prediction.rotation[best])) + ")\n";
  }
  return text + names + "\n";
}

SeedResult seed_result(const Experiment& experiment) {
  SeedResult result{};
  result.seed = experiment.settings().seed;
  const TestResult* rotation = experiment.rotation_result();
  result.rotation = rotation == nullptr ? 0.0 : rotation->accuracy();
  for (std::size_t r = 0; r < kRuns; ++r) {
    const Run run = static_cast<Run>(r);
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

Spread rotation_spread(const std::vector<SeedResult>& results) {
  std::vector<double> values;
  values.reserve(results.size());
  for (const SeedResult& result : results) values.push_back(result.rotation);
  return spread(values);
}

Spread arm_spread(const std::vector<SeedResult>& results, Run arm, bool full) {
  std::vector<double> values;
  for (const SeedResult& result : results) {
    const auto r = static_cast<std::size_t>(arm);
    values.push_back(full ? result.full_test[r] : result.test[r]);
  }
  return spread(values);
}

}  // namespace

std::string seeds_text(const std::vector<SeedResult>& results, const Splits& splits, const DataSource& data) {
  std::string text;
  for (const bool full : {false, true}) {
    text += "Accuracy on " + (full ? std::string("all test images") : range_text("test", splits.test)) + ", " +
            std::to_string(results.size()) + " seeds (in brackets: epochs)\n  data: " + printable(data.source) + "\n";
    std::vector<Table::Column> columns = {{"seed"}, {"rotation"}};
    for (const Run arm : kArms) columns.push_back({dashed_name(arm)});
    columns.push_back({"signature", Align::left});
    Table table(columns);
    for (const SeedResult& result : results) {
      std::vector<std::string> row = {std::to_string(result.seed), percent(result.rotation)};
      for (const Run arm : kArms) {
        const auto r = static_cast<std::size_t>(arm);
        row.push_back(percent(full ? result.full_test[r] : result.test[r]) + " (" + std::to_string(result.epochs[r]) +
                      ")");
      }
      row.push_back(result.signature);
      table.add_row(std::move(row));
    }
    table.add_rule();
    const Spread rotation = rotation_spread(results);
    std::vector<std::string> means = {"mean", percent(rotation.mean)};
    std::vector<std::string> deviations = {"std", percent(rotation.deviation)};
    for (const Run arm : kArms) {
      const Spread s = arm_spread(results, arm, full);
      means.push_back(percent(s.mean));
      deviations.push_back(percent(s.deviation));
    }
    table.add_row(std::move(means));
    table.add_row(std::move(deviations));
    text += table.text() + "\n";
  }
  return text;
}

Json seeds_json(const std::vector<SeedResult>& results) {
  const auto pair = [](const Spread& s) { return Json{{"mean", s.mean}, {"standard_deviation", s.deviation}}; };
  Json json = {{"seeds", results.size()}, {"rotation", pair(rotation_spread(results))}};
  for (const Run arm : kArms) {
    json[std::string(name(arm))] = {{"test", pair(arm_spread(results, arm, false))},
                                    {"full_test", pair(arm_spread(results, arm, true))}};
  }
  return json;
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
  return {{"source", data.source},
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
  if (const TestResult* rotation = experiment.rotation_result(); rotation != nullptr) {
    results["rotation"] = test_json(
        *rotation, kTurns, "four turns of test[0:" + std::to_string(rotation->count / kTurns) + "]", data.source);
  }
  for (const Run run : runs) {
    const std::string key(name(run));
    for (const Setting<FitSettings>& setting : kFitTable) {
      // Numbers as the user typed them: 0.001, not 0.0010000000474974513.
      fits[key][std::string(setting.info.name)] =
          Json::parse(option_text(setting.info, value_of(setting, settings[run])));
    }
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
      results[key] = {
          {"test", test_json(arm->test, kDigits, range_text("test", experiment.splits().test), data.source)},
          {"full_test", test_json(arm->full_test, kDigits, "all test images", data.source)},
          {"stopped_early", experiment.stopped_early(run)}};
    }
  }
  return {{"settings",
           {{"seed", settings.seed},
            {"preset", std::string(name(settings.preset))},
            {"labels", settings.labels},
            {"fit", std::move(fits)}}},
          {"history", std::move(histories)},
          {"note", !has_arms || experiment.note().empty() ? Json(nullptr) : Json(std::string(experiment.note()))},
          {"results", std::move(results)},
          {"signature", experiment.signature()}};
}

Json prediction_json(const Experiment::Prediction& prediction, const std::vector<Run>& networks) {
  Json json = Json::object();
  for (const Run network : networks) {
    std::vector<float> probabilities(prediction.rotation.begin(), prediction.rotation.end());
    if (network != Run::pretext) {
      const auto& arm = prediction.arms[arm_index(network)];
      probabilities.assign(arm.begin(), arm.end());
    }
    const std::size_t best = best_class(probabilities);
    if (network == Run::pretext) {
      json["rotation"] = {{"predicted_degrees", 90 * best}, {"probabilities", probabilities}};
    } else {
      json[std::string(name(network))] = {{"predicted", best}, {"probabilities", probabilities}};
    }
  }
  return json;
}

std::string json_text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace quarterturn::cli
