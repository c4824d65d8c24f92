// A sequence of calls to the engine's public face, read from bytes: whatever is asked in whatever order, it answers
// with a value or an error of one line, and a new experiment can be begun afterwards.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "fuzz/targets.hpp"

namespace quarterturn::fuzz {
namespace {

/// Takes the input apart; zeros behind its end.
class Reader {
 public:
  explicit Reader(Bytes input) : rest_(input) {}
  [[nodiscard]] bool done() const { return rest_.empty(); }
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const std::uint8_t first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }
  /// Mostly small.
  std::uint64_t number() {
    const std::uint8_t first = byte();
    return first < 250 ? first : first == 255 ? UINT64_MAX : std::uint64_t{1} << (8U * (first - 249U));
  }
  double real() {
    constexpr std::array kReals = {0.0, 1.0, 2.0, 0.001, -1.0, 1e30, 0.5, 3.0, 7.0, 1e-30};
    return kReals[byte() % kReals.size()];
  }
  std::string_view word() {
    constexpr std::array<std::string_view, 16> kWords = {
        "train", "test", "pretext", "self_supervised",     "random",           "supervised", "rotnet", "now",
        "keep",  "kept", "unit",    "rotnet.conv1.kernel", "random.head.bias", "notebook",   "",       "\nfoo"};
    return kWords[byte() % kWords.size()];
  }
  std::vector<std::uint8_t> bytes(std::size_t count) { return std::vector<std::uint8_t>(count, byte()); }
  Bytes text(std::size_t count) {
    const Bytes found = rest_.first(std::min(count, rest_.size()));
    rest_ = rest_.subspan(found.size());
    return found;
  }

 private:
  Bytes rest_;
};

SettingList settings(Reader& in) {
  constexpr std::array<std::string_view, 12> kPaths = {"seed",
                                                       "preset",
                                                       "labels",
                                                       "pretext.batch",
                                                       "pretext.epochs",
                                                       "pretext.shuffle",
                                                       "arms.random",
                                                       "arms.foo.batch",
                                                       "pretext.learningRate",
                                                       "arms.random.epochs",
                                                       "arms.supervised.validationSplit",
                                                       "arms.self_supervised.patience"};
  // Short runs, whatever follows.
  SettingList list = {{"pretext.epochs", 1.0},
                      {"pretext.batch", 64.0},
                      {"arms.self_supervised.epochs", 1.0},
                      {"arms.random.epochs", 1.0},
                      {"arms.supervised.epochs", 0.0}};
  for (std::uint8_t left = in.byte() % 4; left > 0; --left) {
    GivenSetting setting{std::string(kPaths[in.byte() % kPaths.size()]), std::nullopt};
    switch (in.byte() % 4) {
      case 0:
        setting.value = in.real();
        break;
      case 1:
        setting.value = in.byte() % 2 == 0;
        break;
      case 2:
        setting.value = std::string(in.word());
        break;
      default:
        break;
    }
    list.push_back(std::move(setting));
  }
  return list;
}

template <class T>
void check(const Result<T>& answer) {
  if (answer) return;
  const std::string_view fault = message_fault(answer.error().message, false);
  require(fault.empty(), fault);
}

void call(Engine& engine, Reader& in) {
  constexpr std::size_t kImage = kImagePixels;
  switch (in.byte() % 29) {
    case 0:
      return check(engine.load_generated(in.number(), 11 + in.number() % 64, in.number() % 8));
    case 1:
      return check(engine.start(settings(in)));
    case 2:
      return check(engine.with_arms(settings(in)));
    case 3:
      return check(engine.step());
    case 4:
      return check(engine.advance(in.real() < 1.0 ? 0.0 : 5.0));
    case 5:
      return check(engine.image(in.word(), in.number(), in.number()));
    case 6:
      return check(engine.label(in.word(), in.number()));
    case 7:
      return check(engine.images(in.word(), in.number(), in.number()));
    case 8: {
      const std::size_t count = in.byte() % 4;
      return check(engine.replace_images(in.number(), in.bytes(count * kImage), in.bytes(count), "fuzz"));
    }
    case 9:
      return check(engine.history(in.word()));
    case 10:
      return check(engine.set_learning_rate(in.word(), in.real()));
    case 11:
      return check(engine.go_on(in.real()));
    case 12:
      return check(engine.results());
    case 13:
      return check(engine.predict(in.bytes(in.byte() % 2 == 0 ? kImage : 3)));
    case 14:
      return check(engine.rotations(in.word(), in.number(), in.number(), in.word()));
    case 15:
      return check(engine.activations(in.word(), in.bytes(kImage), in.number()));
    case 16: {
      const std::uint64_t width = in.number();
      const std::uint64_t height = in.number();
      return check(engine.centre_drawing(in.bytes(static_cast<std::size_t>(in.byte()) * in.byte()), width, height));
    }
    case 17:
      return check(engine.layers(in.word()));
    case 18:
      return check(engine.features(in.bytes(kImage * (in.byte() % 3)), {.name = in.word()}));
    case 19:
      return check(engine.axes(std::vector<float>(std::size_t{288} * (in.byte() % 5), static_cast<float>(in.real())),
                               std::nullopt));
    case 20:
      return check(engine.tensor(in.word()));
    case 21:
      return check(engine.load_weights(in.text(in.byte())));
    case 22:
      return check(engine.restore(in.text(in.byte())));
    case 23: {
      const Result<std::vector<std::uint8_t>> saved = engine.checkpoint();
      check(saved);
      if (saved) require(engine.restore(saved.value()).ok(), "a checkpoint is read by the run that made it");
      return;
    }
    case 24: {
      const std::vector<std::uint8_t> images(in.text(in.byte()).size(), 0);
      const SpanSource source(images);
      return check(engine.load_idx({&source, in.byte() % 2 == 0 ? &source : nullptr}, "fuzz"));
    }
    case 26: {
      constexpr std::array<std::string_view, 5> kFeatures = {"pretext", "untrained", "supervised", "pixels", "train"};
      const std::string_view features = kFeatures[in.byte() % kFeatures.size()];
      std::vector<std::uint32_t> labels(in.byte() % 4);
      for (std::uint32_t& count : labels) count = in.byte() % 8;
      const std::optional<double> penalty = in.byte() % 2 == 0 ? std::nullopt : std::optional(in.real());
      return check(engine.begin_probe(features, labels, penalty, in.number() % 5));
    }
    case 27:
      return check(engine.advance_probe(in.real() < 1.0 ? 0.0 : 5.0));
    case 28:
      return check(engine.probe_result());
    default:
      engine.make_more();
      return check(engine.settings());
  }
}

}  // namespace

Status engine(Bytes input) {
  constexpr int kMostCalls = 24;
  static const std::unique_ptr<Engine> shared = std::move(Engine::create({})).value();
  Reader in(input);
  require(shared->load_generated(1, 22, 4).ok(), "digits can be loaded");
  for (int calls = 0; calls < kMostCalls && !in.done(); ++calls) call(*shared, in);
  require(shared->load_generated(1, 22, 4).ok() && shared->start({}).ok() && shared->step().ok(),
          "a new experiment begins after any calls");
  return Ok{};
}

}  // namespace quarterturn::fuzz
