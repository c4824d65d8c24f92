#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/report.hpp"
#include "cli/text.hpp"
#include "cli/weights_file.hpp"
#include "core/join.hpp"
#include "data/digits.hpp"
#include "data/drawing.hpp"
#include "data/idx.hpp"
#include "data/native/files.hpp"

namespace quarterturn::cli {
namespace {

struct PredictOptions {
  Options shared;
  std::vector<std::string> files;
  std::uint64_t index = 0;
  std::uint64_t count = 1;
  bool as_is = false;
};

/// A 28x28 image ready for the networks, and the words above it.
struct Subject {
  std::string file;
  std::string title;
  DigitImage image;
};

Result<std::vector<Subject>> load_idx_subjects(const std::string& path, const PredictOptions& options) {
  const Result<std::vector<std::uint8_t>> pixels = load_idx_images(path);
  if (!pixels.ok()) return pixels.error();
  const std::uint64_t images = pixels.value().size() / kImagePixels;
  if (options.index >= images) {
    return Error{"'" + path + "' has " + std::to_string(images) + " images; give --index 0 to " +
                 std::to_string(images - 1)};
  }
  std::vector<Subject> subjects;
  const std::uint64_t last = std::min(images, options.index + options.count);
  for (std::uint64_t i = options.index; i < last; ++i) {
    Subject subject{path, "image " + std::to_string(i) + " of " + thousands(images), {}};
    const auto first = pixels.value().begin() + static_cast<std::ptrdiff_t>(i * kImagePixels);
    std::copy(first, first + static_cast<std::ptrdiff_t>(kImagePixels), subject.image.begin());
    subjects.push_back(std::move(subject));
  }
  return subjects;
}

Result<Subject> picture_subject(const std::string& path, std::span<const std::uint8_t> bytes, bool as_is) {
  const Result<Picture> loaded = parse_picture(bytes, path);
  if (!loaded.ok()) return loaded.error();
  const Picture& picture = loaded.value();
  const std::string size = std::to_string(picture.width) + "x" + std::to_string(picture.height);
  Subject subject{path, size, {}};
  const bool right_size = picture.width == kImageSide && picture.height == kImageSide;
  if (as_is && !right_size) {
    return Error{"'" + path + "' is " + size +
                 "; --as-is needs 28x28, leave it out to have the digit found and centred"};
  }
  const bool light_on_dark =
      right_size && detect_polarity(picture.pixels, picture.width, picture.height) == Polarity::light_on_dark;
  if (as_is || light_on_dark) {
    std::copy(picture.pixels.begin(), picture.pixels.end(), subject.image.begin());
    return subject;
  }
  const Result<std::vector<std::uint8_t>> ink = picture_to_ink(picture.pixels, picture.width, picture.height);
  if (!ink.ok()) return Error{"'" + path + "': " + ink.error().message};
  const Result<DigitImage> centred = centre_drawing(ink.value(), picture.width, picture.height);
  if (!centred.ok()) return Error{"'" + path + "': " + centred.error().message};
  subject.image = centred.value();
  subject.title += ", centred";
  return subject;
}

Result<std::vector<Subject>> load_subjects(const std::string& path, const PredictOptions& options) {
  const Result<std::vector<std::uint8_t>> bytes = read_maybe_gzip(path);
  if (!bytes.ok()) return bytes.error();
  if (looks_like_idx(bytes.value())) return load_idx_subjects(path, options);
  Result<Subject> subject = picture_subject(path, bytes.value(), options.as_is);
  if (!subject.ok()) return subject.error();
  return std::vector<Subject>{std::move(subject).value()};
}

int execute(const PredictOptions& options) {
  const Options& shared = options.shared;
  if (!shared.json.empty() && !shared.json_to_stdout()) {
    if (const Status status = check_writable(shared.json); !status.ok()) {
      return complain(status.error().message, kExitFailure);
    }
  }
  const Result<std::vector<std::uint8_t>> weights = read_file(shared.init);
  if (!weights.ok()) return complain(weights.error().message, kExitFailure);
  // A network that the file lacks would answer with random weights, so it is not asked.
  std::vector<Run> networks;
  for (const auto& [network, prefix] :
       std::array<std::pair<Run, std::string_view>, kRuns>{{{Run::pretext, "rotnet"},
                                                            {Run::self_supervised, "self_supervised"},
                                                            {Run::random, "random"},
                                                            {Run::supervised, "supervised"}}}) {
    const Result<bool> has = has_network(weights.value(), prefix, shared.init);
    if (!has.ok()) return complain(has.error().message, kExitFailure);
    if (has.value()) networks.push_back(network);
  }
  if (networks.empty()) {
    return complain("'" + shared.init + "' holds no network of this program; quarterturn run --save FILE makes one",
                    kExitFailure);
  }

  const Result<std::optional<Preset>> trained = stored_preset(weights.value(), shared.init);
  if (!trained.ok()) return complain(trained.error().message, kExitFailure);

  std::vector<Subject> subjects;
  for (const std::string& file : options.files) {
    Result<std::vector<Subject>> loaded = load_subjects(file, options);
    if (!loaded.ok()) return complain(loaded.error().message, kExitFailure);
    for (Subject& subject : loaded.value()) subjects.push_back(std::move(subject));
  }

  const Result<std::unique_ptr<Compute>> compute = Compute::create({shared.threads, shared.isa});
  if (!compute.ok()) return complain(compute.error().message, kExitFailure);
  // An experiment is what holds all four networks; it wants data, which predicting does not use.
  const DataSource unused = generated_source(1, 22, 1);
  ExperimentSettings settings;
  settings.preset = shared.preset.value_or(trained.value().value_or(Preset::unit));
  const Result<std::unique_ptr<Experiment>> experiment = Experiment::create(*compute.value(), unused, settings);
  if (!experiment.ok()) return complain(experiment.error().message, kExitFailure);
  if (const Status status = experiment.value()->load_weights(weights.value()); !status.ok()) {
    return complain("'" + shared.init + "': " + status.error().message, kExitFailure);
  }

  Console console(shared.json_to_stdout());
  Json predictions = Json::array();
  for (const Subject& subject : subjects) {
    const Experiment::Prediction prediction = experiment.value()->predict(subject.image);
    console.print(printable(subject.file) + " (" + subject.title + ")\n" +
                  prediction_text(subject.image, prediction, networks, console.columns()));
    if (!shared.json.empty()) {
      Json json = {{"file", subject.file}, {"image", subject.title}};
      json.update(prediction_json(prediction, networks));
      predictions.push_back(std::move(json));
    }
  }
  if (!shared.json.empty()) {
    const Json json = {{"program", "quarterturn"},
                       {"command", "predict"},
                       {"environment", environment_json(*compute.value())},
                       {"weights", shared.init},
                       {"preset", std::string(preset_name(settings.preset))},
                       {"predictions", std::move(predictions)}};
    const Status status =
        shared.json_to_stdout() ? write_standard_output(json_text(json)) : write_output(shared.json, json_text(json));
    if (!status.ok()) return complain(status.error().message, kExitFailure);
  }
  if (const Status status = console.finish(); !status.ok()) return complain(status.error().message, kExitFailure);
  return 0;
}

}  // namespace

Command add_predict_command(CLI::App& program) {
  CLI::App* parser = program.add_subcommand("predict");
  const auto options = std::make_shared<PredictOptions>();
  Options& shared = options->shared;
  shared.command = "predict";
  parser->description(
      "What trained networks say about pictures of digits\n\n"
      "Shows the ten probabilities that each network gives a digit, and by how far RotNet thinks it is turned.\n"
      "Pictures of any size are understood, dark ink on light paper too: the digit is found, scaled into 20x20 and\n"
      "centred in 28x28 as MNIST's were. Light digits on black of 28x28 are taken as they are.");
  parser->add_option("FILE", options->files, "PNG, PGM, PPM or IDX files (IDX may be .gz)")->required()->type_name("");
  parser->add_option("--init", shared.init, "Trained weights (quarterturn run --save FILE makes them)")
      ->required()
      ->type_name("FILE");
  add_preset_option(*parser, shared);
  parser->add_option("--index", options->index, "First image of an IDX file (default 0)")
      ->check(whole_number(0, UINT32_MAX))
      ->type_name("N");
  parser->add_option("--count", options->count, "How many images of an IDX file (default 1)")
      ->check(whole_number(1, 1'000'000))
      ->type_name("N");
  parser->add_flag("--as-is", options->as_is, "Take 28x28 pixels as they are, without finding and centring the digit");
  add_json_option(*parser, shared);
  add_machine_options(*parser, shared);
  parser->footer(
      "Examples:\n"
      "  quarterturn predict seven.png --init weights.safetensors\n"
      "  quarterturn predict t10k-images-idx3-ubyte.gz --index 300 --count 3 --init weights.safetensors");
  return {parser, [options] { return execute(*options); }};
}

}  // namespace quarterturn::cli
