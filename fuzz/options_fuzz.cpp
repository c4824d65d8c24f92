// Command lines, one argument a line. Nothing is executed: reading them touches no file.
#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/options.hpp"
#include "cli/program.hpp"
#include "fuzz/targets.hpp"

namespace quarterturn::fuzz {
namespace {

constexpr std::size_t kImages = 1000;

std::vector<std::string> parts(std::string_view text, char separator) {
  std::vector<std::string> list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    list.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

bool same(const ExperimentSettings& a, const ExperimentSettings& b) {
  bool equal = a.seed == b.seed && a.preset == b.preset && a.labels == b.labels && a.arms == b.arms;
  for (const Run run : kAllRuns) {
    for (const Setting<FitSettings>& setting : kFitTable) {
      equal = equal && value_of(setting, a[run]) == value_of(setting, b[run]);
    }
  }
  return equal;
}

const std::vector<Run> kAll = {kAllRuns.begin(), kAllRuns.end()};

/// Of the command that `options` are for.
std::vector<Run> runs_of(const cli::Options& options) { return cli::runs_of(options.arms.value_or(kNotebookArms)); }

/// The options of an experiment alone; false where the arguments are none.
bool read(std::vector<std::string> arguments, cli::Options& options) {
  CLI::App app("", "run");
  options.command = "run";
  cli::add_data_option(app, options);
  cli::add_arms_option(app, options);
  cli::add_experiment_options(app, options, kAll);
  std::reverse(arguments.begin(), arguments.end());
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError&) {
    return false;
  }
  return true;
}

/// What an experiment makes of the options: at most as many labels as there are images for them.
ExperimentSettings settings_of(const cli::Options& options) {
  ExperimentSettings settings = cli::experiment_settings(options, runs_of(options), options.seed.value_or(1));
  settings.labels = std::min<std::uint32_t>(settings.labels, kImages);
  return settings;
}

/// The command that a run prints makes the same settings.
void check_reproduction(std::vector<std::string> arguments) {
  if (arguments.empty() || arguments[0] != "run") return;
  arguments.erase(arguments.begin());
  cli::Options options;
  if (!read(arguments, options)) return;
  const ExperimentSettings settings = settings_of(options);
  cli::Reproduction generated;
  generated.data = "generated";
  std::vector<std::string> again =
      parts(cli::reproducing_command(options, runs_of(options), settings, kImages, generated), ' ');
  require(again.size() > 2 && again[1] == "run", "a printed command is none");
  again.erase(again.begin(), again.begin() + 2);
  cli::Options printed;
  require(read(again, printed), "a printed command is not understood");
  require(same(settings, settings_of(printed)), "a printed command makes another experiment");
}

void check_seeds(const std::string& text) {
  const auto seeds = cli::parse_seeds(text);
  if (!seeds) return;
  require(!seeds.value().empty() && seeds.value().size() <= 1000, "too few or too many seeds");
  std::string list;
  for (const std::uint64_t seed : seeds.value()) list += (list.empty() ? "" : ",") + std::to_string(seed);
  const auto again = cli::parse_seeds(list);
  require(again.ok() && again.value() == seeds.value(), "seeds change when written again");
}

}  // namespace

Status options(Bytes input) {
  // An argument holds no zero byte.
  const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
  const std::vector<std::string> arguments = parts(text.substr(0, text.find('\0')), '\n');
  for (const std::string& argument : arguments) check_seeds(argument);
  check_reproduction(arguments);
  const auto request = cli::parse_command_line(arguments);
  if (!request) return request.error();
  require(request.value().execute ? request.value().text.empty() : !request.value().text.empty(),
          "a request for nothing");
  return Ok{};
}

}  // namespace quarterturn::fuzz
