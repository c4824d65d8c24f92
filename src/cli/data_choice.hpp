// Which images a command works on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/output_file.hpp"
#include "core/result.hpp"
#include "data/dataset.hpp"

namespace quarterturn::cli {

/// Generated digits where no numbers are given: enough for the notebook's slices.
inline constexpr std::size_t kGeneratedTrain = 11000;
inline constexpr std::size_t kGeneratedTest = 2000;
inline constexpr std::uint64_t kGeneratedSeed = 1;

/// Where the images are, before anything is read.
struct DataChoice {
  std::string folder;  ///< empty: generated digits
  std::size_t train = kGeneratedTrain;
  std::size_t test = kGeneratedTest;
  std::uint64_t seed = kGeneratedSeed;
  std::vector<std::string> found;  ///< folders that were searched for, not asked for, in the order of trying
  std::string reason;              ///< "chosen by --data", "no MNIST was found: ..."
};

/// `option` is the text of --data: a folder, "generated" or "generated:TRAIN[:TEST[:SEED]]"; empty searches
/// QUARTERTURN_MNIST, then data/mnist in the current folder and the folders above the program, then generates.
Result<DataChoice> choose_data(const std::string& option);

/// Whether `option` is a --data text that choose_data understands; the message of the fault, or empty.
std::string data_option_fault(const std::string& option);

/// The images. A folder that was only found and cannot be used is reported as a warning, and the next one, or generated
/// digits, take its place in `choice`.
Result<DataSource> load(DataChoice& choice);

/// The files that the images came from, after load(); none for generated digits.
std::vector<NamedFile> data_files(const DataChoice& choice);

/// Error: the images are not those with this hash, which --expect-data gives; an empty one is any.
Status check_expected_data(const DataSource& data, const std::string& hash);

/// The --data text that makes the same choice anywhere on this machine.
std::string data_option(const DataChoice& choice);

}  // namespace quarterturn::cli
