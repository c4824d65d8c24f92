#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <string>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/data_choice.hpp"
#include "cli/options.hpp"
#include "cli/report.hpp"
#include "core/native/message_text.hpp"
#include "models/networks.hpp"
#include "training/benchmark.hpp"

namespace quarterturn::cli {
namespace {

struct BenchOptions : Options {
  double seconds = 1.0;
  const PretextTask* task = &pretext_tasks().front();
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2.0;
}

/// The parallel passes of the steps that the pieces take, and of the largest one.
Json tasks_json(Compute& compute, const PretextTask& task) {
  const Network pretext = Network::pretext(1, task.classes);
  const Network classifier = Network::classifier(1);
  const Network head = Network::head(1, RandomPurpose::random_head_weights);
  struct Step {
    const char* name;
    const Network& network;
    std::size_t rows;
  };
  Json steps = Json::array();
  for (const Step& step : {Step{"pretext", pretext, 192}, Step{"pretext", pretext, kMaxBatch},
                           Step{"supervised", classifier, 32}, Step{"head", head, 64}}) {
    const StepTasks tasks = step_tasks(compute, step.network, step.rows);
    steps.push_back({{"step", step.name},
                     {"rows", step.rows},
                     {"prepare", tasks.prepare},
                     {"gradient", tasks.gradient},
                     {"update", tasks.update},
                     {"own_prepare_threads", tasks.own_prepare_threads}});
  }
  return steps;
}

int execute_bench(const BenchOptions& options) {
  const Result<std::unique_ptr<Compute>> made = Compute::create({options.threads, options.isa});
  if (!made.ok()) return complain(message_text(made.error()), kExitFailure);
  warn_of_threads(options);
  Compute& compute = *made.value();
  Result<DataChoice> choice = choose_data(options.data);
  if (!choice.ok()) return complain(message_text(choice.error()), kExitUsage);
  const Result<DataSource> data = load(choice.value());
  if (!data.ok()) return complain(message_text(data.error()), kExitFailure);
  if (const int code = check_json_output(options, data_files(choice.value())); code != 0) return code;

  Json pieces = Json::object();
  std::string text = "Data: " + data_title(data.value().source) + "\n" + std::string(compute.isa()) + ", " +
                     std::to_string(compute.threads()) + " threads\n" +
                     "piece              runs   min ms  median ms     images/s   naive GFLOP/s\n";
  for (const Piece piece : kPieces) {
    const Result<Timing> timing = measure(compute, data.value().train, piece, options.seconds, 5, *options.task);
    if (!timing.ok()) return complain(message_text(timing.error()), kExitFailure);
    const std::vector<double>& seconds = timing.value().seconds;
    const double least = *std::min_element(seconds.begin(), seconds.end());
    const double middle = median(seconds);
    pieces[std::string(name(piece))] = {
        {"runs", seconds.size()},          {"min_seconds", least},
        {"median_seconds", middle},        {"max_seconds", *std::max_element(seconds.begin(), seconds.end())},
        {"images", timing.value().images}, {"operations", timing.value().operations}};
    std::array<char, 128> line{};
    std::snprintf(line.data(), line.size(), "%-16s %6zu %8.3f   %8.3f %12.0f %15.1f\n",
                  std::string(name(piece)).c_str(), seconds.size(), 1e3 * least, 1e3 * middle,
                  timing.value().images / middle, timing.value().operations / middle / 1e9);
    text += line.data();
  }
  const Json json = {{"program", "quarterturn"},
                     {"environment", environment_json(compute)},
                     {"data", data_title(data.value().source)},
                     {"pretext", dashed_name(*options.task)},
                     {"step_tasks", tasks_json(compute, *options.task)},
                     {"pieces", pieces}};
  return answer(options, json, text);
}

}  // namespace

Command add_bench_command(CLI::App& program) {
  CLI::App* parser = program.add_subcommand("bench");
  const auto options = std::make_shared<BenchOptions>();
  options->command = "bench";
  parser->description(
      "How fast this machine trains: the pieces of the experiment, and the multiply-add peak\n\n"
      "Naive GFLOP/s count every product of the layers' definitions, whatever the kernels really do.");
  add_data_option(*parser, *options);
  add_json_option(*parser, *options);
  add_machine_options(*parser, *options);
  add_pretext_option(*parser, options->task, "The pretext task of the pretext pieces");
  parser->add_option("--seconds", options->seconds, "Seconds for each piece (default 1)")
      ->check(decimal_number(0.01, 600.0))
      ->type_name("SECONDS");
  parser->footer("Example:\n  quarterturn bench --threads 1 --isa avx2");
  return {parser, [options] { return execute_bench(*options); }};
}

}  // namespace quarterturn::cli
