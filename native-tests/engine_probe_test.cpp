// The exact linear probe through the engine's public face: pieces, training in between, what it refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/linear_probe.hpp"
#include "core/native/message_text.hpp"
#include "engine/engine.hpp"

namespace quarterturn {
namespace {

using testing::HasSubstr;

constexpr double kAllAtOnce = 1e9;

/// 440 training images, of which 40 are labelled, and 50 test images.
std::unique_ptr<Engine> probed_engine() {
  std::unique_ptr<Engine> made = std::move(Engine::create({})).value();
  EXPECT_TRUE(made->load_generated(7, 440, 50));
  EXPECT_TRUE(made->start({{"seed", 3.0},
                           {"pretext.batch", 112.0},
                           {"pretext.epochs", 1.0},
                           {"arms.self_supervised.epochs", 1.0},
                           {"arms.random.epochs", 1.0},
                           {"arms.supervised.epochs", 1.0}}));
  return made;
}

ProbeReport ask(Engine& engine, std::string_view features, const std::vector<std::uint32_t>& labels,
                std::optional<double> penalty = std::nullopt, std::optional<std::uint64_t> draws = std::nullopt,
                double milliseconds = kAllAtOnce) {
  EXPECT_TRUE(engine.begin_probe(features, labels, penalty, draws));
  double before = 0.0;
  for (bool done = false; !done;) {
    const ProbeProgress now = engine.advance_probe(milliseconds).value();
    EXPECT_GE(now.progress, before);
    EXPECT_EQ(now.progress == 1.0, now.done);
    before = now.progress;
    done = now.done;
  }
  return engine.probe_result().value();
}

void expect_the_same(const ProbeReport& one, const ProbeReport& other) {
  ASSERT_EQ(one.budgets.size(), other.budgets.size());
  for (std::size_t b = 0; b < one.budgets.size(); ++b) {
    EXPECT_EQ(one.budgets[b].marks, other.budgets[b].marks);
    EXPECT_EQ(one.budgets[b].penalty, other.budgets[b].penalty);
    EXPECT_EQ(one.budgets[b].right, other.budgets[b].right);
  }
}

template <class T>
std::string probe_fault(const Result<T>& result) {
  return result ? std::string() : message_text(result.error());
}

TEST(EngineProbe, AnswersForEveryTestImage) {
  const auto engine = probed_engine();
  for (const std::string_view features : {"pretext", "untrained", "supervised", "pixels"}) {
    const ProbeReport report = ask(*engine, features, {10, 40, 23});
    EXPECT_EQ(report.features, features);
    EXPECT_EQ(report.epoch, 0U);
    ASSERT_EQ(report.budgets.size(), 3U);
    for (const ProbeBudgetReport& budget : report.budgets) {
      ASSERT_EQ(budget.marks.size(), 50U);
      EXPECT_EQ(budget.of, 50U);
      std::uint32_t right = 0;
      for (std::size_t i = 0; i < budget.marks.size(); ++i) {
        right += budget.marks[i] == engine->label("test", i).value() ? 1 : 0;
      }
      EXPECT_EQ(budget.right, right);
      EXPECT_DOUBLE_EQ(budget.accuracy, right / 50.0);
      EXPECT_LT(budget.low, budget.accuracy);
      EXPECT_GT(budget.high, budget.accuracy);
      EXPECT_EQ(budget.notebook.of, 50U);  // of so few test images all
      EXPECT_EQ(budget.notebook.right, right);
      ASSERT_EQ(budget.draws.size(), 1U);
      EXPECT_EQ(budget.draws[0].right, right);
      EXPECT_NE(std::find(kProbePenalties.begin(), kProbePenalties.end(), budget.penalty), kProbePenalties.end());
    }
    EXPECT_GT(report.budgets[1].right, 15.0) << features << ": 40 labels tell more than chance does";
  }
}

// The engine's features, fitted and classified by themselves.
TEST(EngineProbe, ReadsTheFeaturesOfTheFirstLabelledImages) {
  const auto engine = probed_engine();
  while (engine->progress().value().in(Run::pretext)) ASSERT_TRUE(engine->advance(kAllAtOnce));
  const Engine::LabelledImages train = engine->images("train", 400, 30).value();
  const std::vector<std::uint8_t> labels(train.labels.begin(), train.labels.end());
  const std::vector<float> fitted = engine->features(train.pixels, {}).value();
  const std::vector<float> tested = engine->features(engine->images("test", 0, 50).value().pixels, {}).value();
  LinearProbe probe(fitted, labels, std::nullopt);
  while (probe.advance()) {
  }
  std::vector<std::uint8_t> answers(50);
  classify(probe.result().value(), tested, answers);
  const ProbeReport report = ask(*engine, "pretext", {30});
  EXPECT_EQ(report.budgets[0].marks, answers);
  EXPECT_EQ(report.budgets[0].penalty, probe.result().value().penalty);
  EXPECT_EQ(report.epoch, 1U);
  EXPECT_EQ(report.step, 0U);
}

TEST(EngineProbe, DrawsAreSeparateRowsAndTheirMeanIsGiven) {
  const auto engine = probed_engine();
  const ProbeReport report = ask(*engine, "untrained", {12, 30}, 1.5, 100);
  ASSERT_EQ(report.budgets[0].draws.size(), 3U);  // 36 of 40 rows
  ASSERT_EQ(report.budgets[1].draws.size(), 1U);
  double sum = 0.0;
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(report.budgets[0].draws[k].first, 12 * k);
    EXPECT_EQ(report.budgets[0].draws[k].penalty, 1.5);
    sum += report.budgets[0].draws[k].right;
  }
  EXPECT_DOUBLE_EQ(report.budgets[0].right, sum / 3.0);
  EXPECT_DOUBLE_EQ(report.budgets[0].accuracy, sum / 150.0);
  const ProbeReport single = ask(*engine, "untrained", {12}, 1.5);
  EXPECT_EQ(single.budgets[0].marks, report.budgets[0].marks);
  EXPECT_EQ(single.budgets[0].right, report.budgets[0].draws[0].right);
}

TEST(EngineProbe, PiecesAndTrainingBetweenThemChangeNothing) {
  const auto alone = probed_engine();
  while (alone->advance(kAllAtOnce).value().more) {
  }
  const std::string signature = alone->signature().value();

  const auto engine = probed_engine();
  ASSERT_TRUE(engine->step());
  const ProbeReport whole = ask(*engine, "pretext", {10, 40});
  EXPECT_EQ(whole.epoch, 0U);
  EXPECT_EQ(whole.step, 1U);
  expect_the_same(ask(*engine, "pretext", {10, 40}, std::nullopt, std::nullopt, 0.0), whole);

  const std::string begun = engine->signature().value();
  // Each piece is followed by a step of training: the weights of the beginning are those that count.
  ASSERT_TRUE(engine->begin_probe("pretext", std::vector<std::uint32_t>{10, 40}, std::nullopt, std::nullopt));
  for (bool done = false; !done;) {
    done = engine->advance_probe(0.0).value().done;
    ASSERT_TRUE(engine->step());
  }
  EXPECT_NE(engine->signature().value(), begun) << "training has gone on";
  expect_the_same(engine->probe_result().value(), whole);
  EXPECT_FALSE(engine->history("pretext").value().empty()) << "the pretext network has been trained on meanwhile";
  while (engine->advance(kAllAtOnce).value().more) {
  }
  EXPECT_EQ(engine->signature().value(), signature);
  const ProbeReport later = ask(*engine, "supervised", {10});
  EXPECT_EQ(later.epoch, 1U);
}

TEST(EngineProbe, RefusesWhatItCannotFit) {
  const auto bare = std::move(Engine::create({})).value();
  const std::vector<std::uint32_t> ten = {10};
  EXPECT_THAT(probe_fault(bare->begin_probe("pretext", ten, {}, {})), HasSubstr("start one first"));
  const auto engine = probed_engine();
  EXPECT_THAT(probe_fault(engine->advance_probe(1.0)), HasSubstr("no probe is under way"));
  EXPECT_THAT(probe_fault(engine->probe_result()), HasSubstr("no probe is under way"));
  EXPECT_THAT(probe_fault(engine->begin_probe("rotnet", ten, {}, {})), HasSubstr("untrained"));
  EXPECT_THAT(probe_fault(engine->begin_probe("pretext", {}, {}, {})), HasSubstr("1 to 16 numbers of labels"));
  for (const std::uint32_t labels : {0U, 41U}) {
    EXPECT_THAT(probe_fault(engine->begin_probe("pretext", std::vector{labels}, {}, {})),
                HasSubstr("1..40, the labelled images there are; not " + std::to_string(labels)));
  }
  for (const double penalty :
       {0.0, -1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THAT(probe_fault(engine->begin_probe("pretext", ten, penalty, {})), HasSubstr("above 0"));
  }
  EXPECT_THAT(probe_fault(engine->begin_probe("pretext", ten, {}, 0)), HasSubstr("1..1000"));
  ASSERT_TRUE(engine->begin_probe("pretext", ten, {}, {}));
  ASSERT_TRUE(engine->advance_probe(0.0));
  EXPECT_THAT(probe_fault(engine->probe_result()), HasSubstr("not finished"));
}

TEST(EngineProbe, OtherDataAndAnotherExperimentDropIt) {
  const std::vector<std::uint32_t> ten = {10};
  const auto engine = probed_engine();
  const auto begin = [&] { return engine->begin_probe("untrained", ten, {}, {}).ok(); };
  ASSERT_TRUE(begin());
  ASSERT_TRUE(engine->start({}));
  EXPECT_FALSE(engine->advance_probe(0.0));
  ASSERT_TRUE(begin());
  const std::vector<std::uint8_t> image(kImagePixels);
  ASSERT_TRUE(engine->replace_images(0, image, std::vector<std::uint8_t>{1}, "own"));
  EXPECT_FALSE(engine->advance_probe(0.0));
  ASSERT_TRUE(engine->start({}) && begin());
  ASSERT_TRUE(engine->load_generated(1, 22, 4));
  EXPECT_FALSE(engine->advance_probe(0.0));
}

TEST(EngineProbe, SaysWhereThereIsNoMemory) {
  bool room = true;
  EngineOptions options;
  options.heap_bytes = std::size_t{1} << 26U;
  options.has_room = [&](std::size_t) { return room; };
  const auto engine = std::move(Engine::create(options)).value();
  ASSERT_TRUE(engine->load_generated(1, 22, 4) && engine->start({}));
  room = false;
  EXPECT_THAT(probe_fault(engine->begin_probe("pixels", std::vector<std::uint32_t>{1}, {}, {})),
              HasSubstr("no memory for the probe"));
}

}  // namespace
}  // namespace quarterturn
