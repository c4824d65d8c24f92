#include "training/benchmark.hpp"

#include <algorithm>
#include <chrono>
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
constexpr std::uint32_t kTested = 10'000;  // by a probe
constexpr std::array<std::uint32_t, 5> kBudgets = {10, 30, 100, 300, 1000};

/// Rows that a piece works on at once.
std::uint32_t rows_of(Piece piece) {
  switch (piece) {
    case Piece::pretext_step:
    case Piece::pretext_epoch:
      return kPretextBatch;
    case Piece::supervised_step:
      return 32;
    case Piece::head_step:
      return 64;
    case Piece::peak:
    case Piece::predict:
      return 1;
    default:
      return kBudgets.back();
  }
}

Network network_of(Piece piece, const PretextTask& task) {
  if (piece == Piece::pretext_step || piece == Piece::pretext_epoch) return Network::pretext(1, task.classes);
  if (piece == Piece::head_step) return Network::head(1, RandomPurpose::random_head_weights);
  return Network::classifier(1);
}

/// What a piece works with, and the piece itself. One class for all, since each of its own would be downloaded.
class Work {
 public:
  Work(Compute& compute, const Dataset& data, Piece piece, const PretextTask& task)
      : compute_(compute),
        data_(data),
        piece_(piece),
        maps_(maps_of(task)),
        network_(network_of(piece, task)),
        optimizer_(network_.kind() == NetworkKind::pretext ? OptimizerKind::adam : OptimizerKind::sgd,
                   network_.parameters().size()),
        rows_(rows_of(piece)),
        index_(rows_),
        label_(rows_),
        order_(rows_),
        features_(rows_ * kFeatures),
        answers_(rows_) {
    for (std::uint32_t r = 0; r < rows_; ++r) {
      index_[r] = static_cast<std::uint32_t>(r % data.count());
      label_[r] = static_cast<std::uint8_t>(data.labels.empty() ? 0 : data.labels[index_[r]] % kDigits);
      order_[r] = r;
    }
    if (piece != Piece::peak && network_.kind() != NetworkKind::pretext) extract();
  }

  /// Images that once() goes through, and the multiplications with an addition.
  [[nodiscard]] double images() const {
    if (piece_ == Piece::peak) return 0.0;
    if (piece_ == Piece::pretext_epoch) return pretext_rows();
    return piece_ == Piece::probe ? kTested : rows_;
  }
  [[nodiscard]] double multiply_adds() const {
    switch (piece_) {
      case Piece::peak:
        return operations_ / 2.0;
      case Piece::features:
        return rows_ * kTrunk.forward_multiply_adds();
      case Piece::predict:
        return kClassifier.forward_multiply_adds();
      case Piece::probe_fit:
        return LinearProbe::multiply_adds(rows_, kFeatures, false);
      case Piece::probe: {
        double all = static_cast<double>(kBudgets.size()) * kTested * kFeatures * kDigits;
        for (const std::uint32_t budget : kBudgets) all += LinearProbe::multiply_adds(budget, kFeatures, true);
        return all;
      }
      default:
        return images() * network_.architecture().training_multiply_adds();
    }
  }

  void once() {
    switch (piece_) {
      case Piece::peak:
        operations_ = compute_.spin_multiply_adds();
        break;
      case Piece::pretext_step:
        if (next_ + rows_ > pretext_rows()) next_ = 0;
        train_pretext();
        break;
      case Piece::pretext_epoch:
        for (next_ = 0; next_ < pretext_rows();) train_pretext();
        break;
      case Piece::supervised_step:
        network_.train_step(compute_, ImageBatch{data_.pixels.data(), index_, {}, label_, Preset::unit}, optimizer_);
        break;
      case Piece::head_step:
        network_.train_step(compute_, FeatureBatch{features_.data(), order_, label_}, optimizer_);
        break;
      case Piece::features:
        extract();
        break;
      case Piece::predict: {
        std::array<float, kDigits> probabilities{};
        network_.predict(compute_, ImageBatch{data_.pixels.data(), index_, {}, {}, Preset::unit}, probabilities);
        break;
      }
      case Piece::probe_fit:
        probe(rows_, 100.0);
        break;
      case Piece::probe:
        for (const std::uint32_t budget : kBudgets) probe(budget, std::nullopt);
    }
  }

 private:
  [[nodiscard]] std::uint32_t pretext_rows() const { return static_cast<std::uint32_t>(kPretextImages * maps_.size()); }

  void extract() {
    const Network trunk = Network::classifier(1);
    extract_features(compute_, trunk.parameters().first(kTrunkParameters),
                     {data_.pixels.data(), index_, {}, {}, Preset::unit}, features_);
  }

  /// The next rows of the pretext set, in the notebook's order.
  void train_pretext() {
    const std::uint32_t count = std::min(rows_, pretext_rows() - next_);
    for (std::uint32_t r = 0; r < count; ++r) {
      const PretextRow row = pretext_row(next_ + r, kPretextImages, maps_.size());
      index_[r] = static_cast<std::uint32_t>(row.image % data_.count());
      label_[r] = row.variant;
    }
    next_ += count;
    const std::span<const std::uint8_t> variants = std::span(label_).first(count);
    network_.train_step(
        compute_,
        ImageBatch{data_.pixels.data(), std::span(index_).first(count), variants, variants, Preset::unit, maps_},
        optimizer_);
  }

  void probe(std::uint32_t budget, std::optional<double> penalty) {
    LinearProbe probe(std::span<const float>(features_).first(budget * kFeatures), std::span(label_).first(budget),
                      penalty);
    while (probe.advance()) {
    }
    const Result<LinearClassifier> found = probe.result();
    for (std::uint32_t tested = 0; piece_ == Piece::probe && found && tested < kTested; tested += rows_) {
      classify(found.value(), features_, answers_);
    }
  }

  Compute& compute_;
  const Dataset& data_;
  Piece piece_;
  std::vector<PixelMap> maps_;
  Network network_;
  Optimizer optimizer_;
  std::uint32_t rows_;
  std::uint32_t next_ = 0;  ///< row of the pretext set
  double operations_ = 0.0;
  std::vector<std::uint32_t> index_;
  std::vector<std::uint8_t> label_;
  std::vector<std::uint32_t> order_;
  std::vector<float> features_;
  std::vector<std::uint8_t> answers_;
};

}  // namespace

std::string_view name(Piece piece) { return kPieceNames[static_cast<std::size_t>(piece)]; }

Result<Piece> piece_named(std::string_view wanted) {
  std::string all;
  for (const Piece piece : kPieces) {
    if (name(piece) == wanted) return piece;
    append_item(all, name(piece));
  }
  return Error{MessageCode::piece_unknown, {wanted, all}};
}

Result<Timing> measure(Compute& compute, const Dataset& data, Piece piece, double seconds, std::uint32_t least,
                       const PretextTask& task) {
  if (data.count() == 0) return Error{MessageCode::piece_no_image};
  using Clock = std::chrono::steady_clock;
  const auto elapsed = [](Clock::time_point from) {
    return std::chrono::duration<double>(Clock::now() - from).count();
  };
  Work work(compute, data, piece, task);
  const auto warm = Clock::now();
  do {
    work.once();
  } while (elapsed(warm) < 0.2 * seconds);
  Timing timing;
  const auto begin = Clock::now();
  while (timing.seconds.size() < least || elapsed(begin) < seconds) {
    const auto start = Clock::now();
    work.once();
    timing.seconds.push_back(elapsed(start));
  }
  timing.images = work.images();
  timing.operations = 2.0 * work.multiply_adds();
  return timing;
}

}  // namespace quarterturn
