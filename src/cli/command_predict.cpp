#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/input_file.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/report.hpp"
#include "cli/text.hpp"
#include "cli/weights_file.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"
#include "data/digits.hpp"
#include "data/drawing.hpp"
#include "data/idx.hpp"
#include "data/native/files.hpp"
#include "data/native/photo.hpp"

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
  std::vector<std::string> doubts;  ///< why the image may not show what is meant
};

Result<std::vector<Subject>> idx_subjects(const std::string& path, std::span<const std::uint8_t> bytes,
                                          const PredictOptions& options) {
  const Result<std::vector<std::uint8_t>> pixels = parse_idx_images(bytes, path);
  if (!pixels.ok()) return pixels.error();
  const std::uint64_t images = pixels.value().size() / kImagePixels;
  if (options.index >= images) {
    return error_of("'" + path + "' has " + std::to_string(images) + " images; give --index 0 to " +
                    std::to_string(images - 1));
  }
  std::vector<Subject> subjects;
  const std::uint64_t last = std::min(images, options.index + options.count);
  for (std::uint64_t i = options.index; i < last; ++i) {
    Subject subject{path, "image " + std::to_string(i) + " of " + thousands(images), {}, {}};
    const auto first = pixels.value().begin() + static_cast<std::ptrdiff_t>(i * kImagePixels);
    std::copy(first, first + static_cast<std::ptrdiff_t>(kImagePixels), subject.image.begin());
    subjects.push_back(std::move(subject));
  }
  return subjects;
}

/// Whether a light drawing on black has MNIST's size and place already: no side of its box is longer than 20 pixels by
/// much or the longer one shorter by much, and its centre of mass lies near the middle.
bool has_mnist_form(std::span<const std::uint8_t> pixels) {
  std::size_t x0 = kImageSide, x1 = 0, y0 = kImageSide, y1 = 0;
  double mass = 0.0, mass_x = 0.0, mass_y = 0.0;
  for (std::size_t i = 0; i < kImagePixels; ++i) {
    const double ink = pixels[i];
    const std::size_t x = i % kImageSide;
    const std::size_t y = i / kImageSide;
    mass += ink;
    mass_x += ink * static_cast<double>(x);
    mass_y += ink * static_cast<double>(y);
    constexpr std::uint8_t kFaint = 32;  // specks and soft edges
    if (pixels[i] < kFaint) continue;
    x0 = std::min(x0, x);
    x1 = std::max(x1, x + 1);
    y0 = std::min(y0, y);
    y1 = std::max(y1, y + 1);
  }
  if (x1 == 0) return true;  // nothing to centre
  const std::size_t longer = std::max(x1 - x0, y1 - y0);
  const auto off = [&](double moment) { return std::abs(moment / mass - 14.0); };
  return longer >= 17 && off(mass_x) < 2.0 && off(mass_y) < 2.0;
}

Result<Subject> picture_subject(const std::string& path, std::span<const std::uint8_t> bytes, bool as_is) {
  const Result<Picture> loaded = parse_picture(bytes, path);
  if (!loaded.ok()) return loaded.error();
  const Picture& picture = loaded.value();
  const std::string size = std::to_string(picture.width) + "x" + std::to_string(picture.height);
  Subject subject{path, size, {}, {}};
  const bool right_size = picture.width == kImageSide && picture.height == kImageSide;
  if (as_is && !right_size) {
    return error_of("'" + path + "' is " + size +
                    "; --as-is needs 28x28, leave it out to have the digit found and centred");
  }
  const bool ready = right_size &&
                     detect_polarity(picture.pixels, picture.width, picture.height) == Polarity::light_on_dark &&
                     has_mnist_form(picture.pixels);
  if (as_is || ready) {
    std::copy(picture.pixels.begin(), picture.pixels.end(), subject.image.begin());
    return subject;
  }
  Result<FoundDigit> found = find_digit(picture.pixels, picture.width, picture.height);
  if (!found.ok()) return error_of("'" + path + "': " + message_text(found.error()));
  const Result<DigitImage> centred = centre_drawing(found.value().ink, found.value().width, found.value().height);
  if (!centred.ok()) return error_of("'" + path + "': " + message_text(centred.error()));
  subject.image = centred.value();
  subject.doubts = std::move(found.value().doubts);
  if (subject.doubts.empty() &&
      std::all_of(subject.image.begin(), subject.image.end(), [](auto v) { return v == 0; })) {
    subject.doubts.emplace_back("the picture is blank");
  }
  subject.title += ", centred";
  return subject;
}

Result<std::vector<Subject>> load_subjects(const std::string& path, const PredictOptions& options) {
  const std::string name = input_name(path);
  const Result<std::vector<std::uint8_t>> bytes = inflated(read_input(path), name);
  if (!bytes.ok()) return bytes.error();
  if (looks_like_idx(bytes.value())) return idx_subjects(name, bytes.value(), options);
  Result<Subject> subject = picture_subject(name, bytes.value(), options.as_is);
  if (!subject.ok()) return subject.error();
  return std::vector<Subject>{std::move(subject).value()};
}

/// One line that says why an answer may be wrong; empty where nothing is odd.
std::string doubts_text(const std::vector<std::string>& doubts) {
  std::string text;
  for (const std::string& doubt : doubts) text += (text.empty() ? "  Doubtful: " : "; ") + doubt;
  return text.empty() ? text : text + "\n";
}

int execute_predict(const PredictOptions& options) {
  const Options& shared = options.shared;
  if (std::count_if(options.files.begin(), options.files.end(), is_standard_input) +
          (is_standard_input(shared.init) ? 1 : 0) >
      1) {
    return complain("'-' is the standard input, which can be read only once", kExitUsage);
  }
  std::vector<NamedFile> inputs = {{"the file of --init", shared.init}};
  for (const std::string& file : options.files) inputs.push_back({"a picture to be read", file});
  if (const int code = check_json_output(shared, inputs); code != 0) return code;
  const Result<std::vector<std::uint8_t>> weights = read_input(shared.init);
  if (!weights.ok()) return complain(message_text(weights.error()), kExitFailure);
  // A network that the file lacks would answer with random weights, so it is not asked.
  std::vector<Run> networks;
  ArmList arms;
  for (const Run network : kAllRuns) {
    const Result<bool> has = has_network(weights.value(), tensor_prefix(network), shared.init);
    if (!has.ok()) return complain(message_text(has.error()), kExitFailure);
    if (!has.value()) continue;
    networks.push_back(network);
    arms.add(network);
  }
  if (networks.empty()) {
    return complain("'" + shared.init + "' holds no network of this program; quarterturn run --save FILE makes one",
                    kExitFailure);
  }

  const Result<StoredChoices> trained = stored_choices(weights.value(), shared.init);
  if (!trained.ok()) return complain(message_text(trained.error()), kExitFailure);

  std::vector<Subject> subjects;
  for (const std::string& file : options.files) {
    Result<std::vector<Subject>> loaded = load_subjects(file, options);
    if (!loaded.ok()) return complain(message_text(loaded.error()), kExitFailure);
    for (Subject& subject : loaded.value()) subjects.push_back(std::move(subject));
  }

  const Result<std::unique_ptr<Compute>> compute = Compute::create({shared.threads, shared.isa});
  if (!compute.ok()) return complain(message_text(compute.error()), kExitFailure);
  warn_of_threads(shared);
  // An experiment is what holds all four networks; it wants data, which predicting does not use.
  const DataSource unused = generated_source(1, 22, 1);
  ExperimentSettings settings;
  settings.arms = arms;
  settings.preset = shared.preset.value_or(trained.value().preset.value_or(Preset::unit));
  if (trained.value().task != nullptr) settings.pretext_task = trained.value().task;
  const Result<std::unique_ptr<Experiment>> experiment = Experiment::create(*compute.value(), unused, settings);
  if (!experiment.ok()) return complain(message_text(experiment.error()), kExitFailure);
  if (const Status status = experiment.value()->load_weights(weights.value()); !status.ok()) {
    return complain("'" + shared.init + "': " + message_text(status.error()), kExitFailure);
  }

  Console console(shared.json_to_stdout());
  Json predictions = Json::array();
  for (const Subject& subject : subjects) {
    const Experiment::Prediction prediction = experiment.value()->predict(subject.image);
    console.print(printable(subject.file) + " (" + subject.title + ")\n" + doubts_text(subject.doubts) +
                  prediction_text(subject.image, prediction, *settings.pretext_task, networks, console.columns()));
    if (!shared.json.empty()) {
      Json json = {{"file", subject.file}, {"image", subject.title}, {"doubts", subject.doubts}};
      json.update(prediction_json(prediction, *settings.pretext_task, networks));
      predictions.push_back(std::move(json));
    }
  }
  return console.finish(write_json(shared, {{"program", "quarterturn"},
                                            {"command", "predict"},
                                            {"environment", environment_json(*compute.value())},
                                            {"weights", shared.init},
                                            {"preset", std::string(name(settings.preset))},
                                            {"predictions", std::move(predictions)}}));
}

}  // namespace

Command add_predict_command(CLI::App& program) {
  CLI::App* parser = program.add_subcommand("predict");
  const auto options = std::make_shared<PredictOptions>();
  Options& shared = options->shared;
  shared.command = "predict";
  parser->description(
      "What trained networks say about pictures of digits\n\n"
      "Shows the ten probabilities that each network gives a digit, and what the pretext network answers: by how\n"
      "far the digit is turned.\n"
      "Pictures of any size are understood, dark ink on light paper too, also photographs with shadows, ruled paper or "
      "a\n"
      "dark edge: the digit is found, scaled into 20x20 and centred in 28x28 as MNIST's were. 'Doubtful' beside an "
      "answer\n"
      "says what may be wrong with a picture. Light digits on black of 28x28 in MNIST's form are taken as they are.");
  parser->add_option("FILE", options->files, "PNG, PGM, PPM or IDX files (IDX may be .gz); '-' is standard input")
      ->required()
      ->type_name("");
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
  return {parser, [options] { return execute_predict(*options); }};
}

}  // namespace quarterturn::cli
