#include "training/benchmark.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "analysis/linear_probe.hpp"
#include "core/join.hpp"
#include "models/networks.hpp"
#include "pretext/task.hpp"

namespace quarterturn {

namespace {

constexpr std::array<std::string_view, kPieces.size()> kPieceNames = {
    "peak",    "pretext_step", "pretext_epoch", "supervised_step", "head_step", "features",
    "predict", "probe_fit",    "probe"};

constexpr std::uint32_t kPretextBatch = 192;
constexpr std::uint32_t kPretextImages = 10'000;

/// Turned rows [first, first + count) of the pretext set, in the notebook's order.
class PretextRows {
 public:
  explicit PretextRows(const Dataset& data) : data_(data), image_(kPretextBatch), turn_(kPretextBatch) {}

  [[nodiscard]] ImageBatch batch(std::uint32_t first, std::uint32_t count) {
    const std::size_t images = data_.count();
    for (std::uint32_t r = 0; r < count; ++r) {
      const PretextRow row = pretext_row(first + r, kPretextImages, kTurns);
      image_[r] = static_cast<std::uint32_t>(row.image % images);
      turn_[r] = row.variant;
    }
    const std::span<const std::uint8_t> turns = std::span(turn_).first(count);
    return {data_.pixels.data(), std::span(image_).first(count), turns, turns, Preset::unit};
  }

 private:
  const Dataset& data_;
  std::vector<std::uint32_t> image_;
  std::vector<std::uint8_t> turn_;
};

/// Not a template: it would be compiled once a piece, and the time of the call is nothing beside the work.
Timing repeat(double seconds, std::uint32_t least, double images, double multiply_adds,
              const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  const auto elapsed = [](Clock::time_point from) {
    return std::chrono::duration<double>(Clock::now() - from).count();
  };
  const auto warm = Clock::now();
  do {
    work();
  } while (elapsed(warm) < 0.2 * seconds);
  Timing timing{{}, images, 2.0 * multiply_adds};
  const auto begin = Clock::now();
  while (timing.seconds.size() < least || elapsed(begin) < seconds) {
    const auto start = Clock::now();
    work();
    timing.seconds.push_back(elapsed(start));
  }
  return timing;
}

}  // namespace

std::string_view name(Piece piece) { return kPieceNames[static_cast<std::size_t>(piece)]; }

Result<Piece> piece_named(std::string_view wanted) {
  std::string all;
  for (const Piece piece : kPieces) {
    if (name(piece) == wanted) return piece;
    all += join({all.empty() ? "" : ", ", name(piece)});
  }
  return Error{join({"no benchmark is called '", wanted, "'; there are ", all})};
}

Result<Timing> measure(Compute& compute, const Dataset& data, Piece piece, double seconds, std::uint32_t least) {
  if (data.count() == 0) return Error{"the benchmark needs at least one image"};
  const auto images = static_cast<std::uint32_t>(data.count());
  const auto rows_of = [&](std::uint32_t count) {
    std::vector<std::uint32_t> rows(count);
    for (std::uint32_t r = 0; r < count; ++r) rows[r] = r % images;
    return rows;
  };
  const auto labels_of = [&](std::span<const std::uint32_t> rows) {
    std::vector<std::uint8_t> labels;
    for (const std::uint32_t row : rows)
      labels.push_back(static_cast<std::uint8_t>(data.labels.empty() ? 0 : data.labels[row] % kDigits));
    return labels;
  };

  switch (piece) {
    case Piece::peak: {
      double operations = 0.0;
      Timing timing = repeat(seconds, least, 0.0, 0.0, [&] { operations = compute.spin_multiply_adds(); });
      timing.operations = operations;
      return timing;
    }
    case Piece::pretext_step: {
      Network network = Network::pretext(1);
      Optimizer adam(OptimizerKind::adam, network.parameters().size());
      PretextRows rows(data);
      std::uint32_t step = 0;
      constexpr std::uint32_t kFullSteps = kTurns * kPretextImages / kPretextBatch;
      return repeat(seconds, least, kPretextBatch, kPretextBatch * kRotNet.training_multiply_adds(), [&] {
        network.train_step(compute, rows.batch(step % kFullSteps * kPretextBatch, kPretextBatch), adam);
        ++step;
      });
    }
    case Piece::pretext_epoch: {
      Network network = Network::pretext(1);
      Optimizer adam(OptimizerKind::adam, network.parameters().size());
      PretextRows rows(data);
      constexpr std::uint32_t kRows = kTurns * kPretextImages;
      return repeat(seconds, least, kRows, kRows * kRotNet.training_multiply_adds(), [&] {
        for (std::uint32_t first = 0; first < kRows; first += kPretextBatch) {
          network.train_step(compute, rows.batch(first, std::min(kPretextBatch, kRows - first)), adam);
        }
      });
    }
    case Piece::supervised_step: {
      constexpr std::uint32_t kRows = 32;
      Network network = Network::classifier(1);
      Optimizer sgd(OptimizerKind::sgd, network.parameters().size());
      const auto rows = rows_of(kRows);
      const auto labels = labels_of(rows);
      const ImageBatch batch{data.pixels.data(), rows, {}, labels, Preset::unit};
      return repeat(seconds, least, kRows, kRows * kClassifier.training_multiply_adds(),
                    [&] { network.train_step(compute, batch, sgd); });
    }
    case Piece::head_step: {
      constexpr std::uint32_t kRows = 64;
      const Network trunk = Network::classifier(1);
      Network head = Network::head(1, RandomPurpose::random_head_weights);
      Optimizer sgd(OptimizerKind::sgd, head.parameters().size());
      const auto rows = rows_of(kRows);
      const auto labels = labels_of(rows);
      std::vector<float> features(kRows * kFeatures);
      extract_features(compute, trunk.parameters().first(kTrunkParameters),
                       {data.pixels.data(), rows, {}, {}, Preset::unit}, features);
      std::vector<std::uint32_t> order(kRows);
      for (std::uint32_t r = 0; r < kRows; ++r) order[r] = r;
      return repeat(seconds, least, kRows, kRows * kHead.training_multiply_adds(),
                    [&] { head.train_step(compute, FeatureBatch{features.data(), order, labels}, sgd); });
    }
    case Piece::features: {
      constexpr std::uint32_t kRows = 1000;
      const Network trunk = Network::classifier(1);
      const auto rows = rows_of(kRows);
      std::vector<float> features(kRows * kFeatures);
      return repeat(seconds, least, kRows, kRows * kTrunk.forward_multiply_adds(), [&] {
        extract_features(compute, trunk.parameters().first(kTrunkParameters),
                         {data.pixels.data(), rows, {}, {}, Preset::unit}, features);
      });
    }
    case Piece::predict: {
      const Network network = Network::classifier(1);
      const auto rows = rows_of(1);
      std::array<float, kDigits> probabilities{};
      return repeat(seconds, least, 1.0, kClassifier.forward_multiply_adds(), [&] {
        network.predict(compute, ImageBatch{data.pixels.data(), rows, {}, {}, Preset::unit}, probabilities);
      });
    }
    case Piece::probe_fit:
    case Piece::probe: {
      constexpr std::uint32_t kRows = 1000;
      constexpr std::uint32_t kTested = 10'000;
      const bool whole = piece == Piece::probe;
      const std::vector<std::uint32_t> budgets =
          whole ? std::vector<std::uint32_t>{10, 30, 100, 300, 1000} : std::vector<std::uint32_t>{kRows};
      const Network trunk = Network::classifier(1);
      const auto rows = rows_of(kRows);
      const auto labels = labels_of(rows);
      std::vector<float> features(kRows * kFeatures);
      extract_features(compute, trunk.parameters().first(kTrunkParameters),
                       {data.pixels.data(), rows, {}, {}, Preset::unit}, features);
      std::vector<std::uint8_t> answers(kRows);
      double multiply_adds = 0.0;
      for (const std::uint32_t budget : budgets) {
        multiply_adds += LinearProbe::multiply_adds(budget, kFeatures, whole);
        if (whole) multiply_adds += static_cast<double>(kTested) * kFeatures * kDigits;
      }
      return repeat(seconds, least, whole ? kTested : kRows, multiply_adds, [&] {
        for (const std::uint32_t budget : budgets) {
          LinearProbe probe(std::span<const float>(features).first(budget * kFeatures),
                            std::span<const std::uint8_t>(labels).first(budget),
                            whole ? std::nullopt : std::optional(100.0));
          while (probe.advance()) {
          }
          const Result<LinearClassifier> found = probe.result();
          for (std::uint32_t tested = 0; whole && found && tested < kTested; tested += kRows) {
            classify(found.value(), features, answers);
          }
        }
      });
    }
  }
  return Error{"no such benchmark"};
}

}  // namespace quarterturn
