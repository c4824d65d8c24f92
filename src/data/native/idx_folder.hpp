// Which files of a folder are a training and a test set, as archives unpack them. scripts/data.mjs has the same rules.
#pragma once

#include <array>
#include <string>

#include "core/result.hpp"

namespace quarterturn {

/// The files of one data set.
struct IdxFolder {
  std::string folder;                ///< the one they lie in
  std::string set;                   ///< what stands before "train" in their names ("emnist-digits"); mostly empty
  std::array<std::string, 4> paths;  ///< train images, train labels, test images, test labels; empty: there is none
};

/// Names: [SET-](train|t10k|test)-(images|labels)-idx(3|1)-ubyte, in small or capital letters, with dots or underlines
/// for dashes, and .gz behind. Each file may lie in a folder of its own name. Without training images in `folder`
/// itself, the folders in it are looked at, then those in them ("MNIST/raw"). Where one folder holds several sets, the
/// one without a SET is taken, else the one named "...-digits". Fails where there are no training images or no labels
/// for them, or several sets to choose from; the message names what is missing or found.
Result<IdxFolder> find_idx_files(const std::string& folder);

/// Whether find_idx_files would find any file of that kind, if only one.
bool holds_idx_files(const std::string& folder);

}  // namespace quarterturn
