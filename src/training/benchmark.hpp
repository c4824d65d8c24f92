// What `npm run bench` measures, the same code natively and in the browser: the machine's multiply-add peak, and how
// long the experiment's pieces take on one team of workers. Speed is told as a ratio of the two (speed index).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "data/dataset.hpp"
#include "models/compute.hpp"

namespace quarterturn {

enum class Piece : std::uint8_t {
  peak,             ///< multiply-adds on registers, all threads
  pretext_step,     ///< Network::train_step of the pretext network, 192 turned images
  pretext_epoch,    ///< 40,000 turned images (all four turns of 10,000) in steps of 192
  supervised_step,  ///< of the classifier, 32 images
  head_step,        ///< of the head, 64 feature vectors
  features,         ///< extract_features, 1,000 images
  predict,          ///< of the classifier, one image
  probe_fit,        ///< LinearProbe, 1,000 feature vectors at a known penalty
  probe,  ///< LinearProbe, 10, 30, 100, 300 and 1,000 feature vectors with the penalty chosen; each classifies
          ///< 10,000 feature vectors. Making features is not part of it
};
inline constexpr std::array kPieces = {
    Piece::peak,      Piece::pretext_step, Piece::pretext_epoch, Piece::supervised_step,
    Piece::head_step, Piece::features,     Piece::predict,       Piece::probe_fit,
    Piece::probe};
/// "peak", "pretext_step", ...
std::string_view name(Piece piece);
Result<Piece> piece_named(std::string_view name);

/// Repeated timings of one piece.
struct Timing {
  std::vector<double> seconds;  ///< of each repetition
  double images = 0.0;          ///< that one repetition handles; 0 for the peak
  /// Floating-point operations (two a multiply-add) of one repetition, by the naive count: every product of the layer
  /// definitions, whatever the kernels really do (Architecture::training_multiply_adds). For the peak: those done.
  double operations = 0.0;
};

/// Repeats the piece for about `seconds`, at least `least` times, after a warm-up of a fifth of that. `data` needs one
/// image at least; fewer than 10,000 are used again and again. Fails when memory cannot be had.
Result<Timing> measure(Compute& compute, const Dataset& data, Piece piece, double seconds, std::uint32_t least = 5);

}  // namespace quarterturn
