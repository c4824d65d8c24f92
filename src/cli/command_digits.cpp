#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/data_choice.hpp"
#include "cli/interrupt.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/text.hpp"
#include "cli/training_command.hpp"
#include "core/join.hpp"
#include "core/native/message_text.hpp"
#include "data/digits.hpp"
#include "data/idx.hpp"

namespace quarterturn::cli {
namespace {

struct DigitsOptions {
  std::uint64_t count = kGeneratedTrain;
  std::uint64_t test_count = kGeneratedTest;
  std::uint64_t seed = kGeneratedSeed;
  std::string out;
};

int execute_digits(const DigitsOptions& options) {
  std::error_code code;
  const std::filesystem::path folder(options.out);
  std::filesystem::create_directories(folder, code);
  if (code && !std::filesystem::is_directory(folder)) {
    return complain("cannot make the folder '" + options.out + "': " + code.message(), kExitFailure);
  }
  const IdxNames names;
  const auto path = [&](const std::string& file) { return (folder / file).string(); };
  std::vector<NamedFile> outputs;
  std::vector<PlannedFile> planned;
  for (const auto& [name, bytes] :
       {std::pair{names.train_images, options.count * kImagePixels}, std::pair{names.train_labels, options.count},
        std::pair{names.test_images, options.test_count * kImagePixels},
        std::pair{names.test_labels, options.test_count}}) {
    outputs.push_back({name, path(name)});
    planned.push_back({path(name), static_cast<std::size_t>(bytes)});
  }
  if (const std::string fault = shared_file_fault(outputs, {}); !fault.empty()) return complain(fault, kExitUsage);
  if (const Status status = check_outputs(planned); !status.ok()) {
    return complain(message_text(status.error()), kExitFailure);
  }
  const DataSource data = generated_source(options.seed, static_cast<std::size_t>(options.count),
                                           static_cast<std::size_t>(options.test_count));
  const std::vector<std::pair<std::string, std::vector<std::uint8_t>>> files = {
      {path(names.train_images), write_idx_images(data.train.pixels)},
      {path(names.train_labels), write_idx_labels(data.train.labels)},
      {path(names.test_images), write_idx_images(data.test.pixels)},
      {path(names.test_labels), write_idx_labels(data.test.labels)}};
  // All or none: a folder that mixes old and new files would pair images with wrong labels.
  catch_interrupts();
  const Status status = write_outputs(files);
  if (!status.ok() && interrupt_signal() != 0) {
    return complain(signal_text(interrupt_signal()) + "; nothing was written", 128 + interrupt_signal());
  }
  if (!status.ok()) return complain(message_text(status.error()), kExitFailure);
  Console console;
  for (const auto& [file, bytes] : files) {
    console.print(printable(file) + ": " + thousands(bytes.size()) + " bytes\n");
  }
  console.print(thousands(options.count) + " training and " + thousands(options.test_count) + " test images, seed " +
                std::to_string(options.seed) + "; use them with --data " + shell_quoted(options.out) + "\n");
  return console.finish(interrupt_signal() != 0 ? 128 + interrupt_signal() : 0);
}

}  // namespace

Command add_digits_command(CLI::App& program) {
  CLI::App* parser = program.add_subcommand("digits");
  const auto options = std::make_shared<DigitsOptions>();
  parser->description(
      "Write generated digits as IDX files, as MNIST has them\n\n"
      "Draws digits that look handwritten and writes them as MNIST's four files (28x28 images and their labels).\n"
      "The same seed gives the same images on every machine.");
  parser->add_option("--count", options->count, "Training images (default 11000)")
      ->check(whole_number(1, 1'000'000))
      ->type_name("N");
  parser->add_option("--test-count", options->test_count, "Test images (default 2000)")
      ->check(whole_number(1, 1'000'000))
      ->type_name("N");
  parser->add_option("--seed", options->seed, "Chooses the images (default 1)")
      ->check(whole_number(0, UINT64_MAX))
      ->type_name("N");
  parser->add_option("--out", options->out, "Folder for the files; made where it is missing")
      ->required()
      ->check(CLI::Validator([](std::string& text) { return text.empty() ? "the name is empty" : std::string(); }, ""))
      ->type_name("DIR");
  parser->footer(
      "Examples:\n"
      "  quarterturn digits --count 11000 --seed 7 --out digits\n"
      "  quarterturn run --data digits");
  return {parser, [options] { return execute_digits(*options); }};
}

}  // namespace quarterturn::cli
