// The engine's public face: what it answers, what it refuses, and that a refusal changes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "data/idx.hpp"
#include "engine/engine.hpp"

namespace quarterturn {
namespace {

using testing::HasSubstr;

std::unique_ptr<Engine> engine(unsigned threads = 1) {
  EngineOptions options;
  options.most_threads = threads;
  return std::move(Engine::create(options)).value();
}

SettingList tiny(std::uint32_t labels = 20) {
  return {{"seed", 3.0},
          {"labels", static_cast<double>(labels)},
          {"pretext.batch", 112.0},
          {"pretext.epochs", 1.0},
          {"arms.self_supervised.epochs", 2.0},
          {"arms.random.epochs", 1.0},
          {"arms.supervised.epochs", 1.0}};
}

std::unique_ptr<Engine> begun(const SettingList& settings = tiny()) {
  std::unique_ptr<Engine> made = engine();
  EXPECT_TRUE(made->load_generated(7, 220, 40));
  EXPECT_TRUE(made->start(settings));
  return made;
}

std::string trained(Engine& of) {
  while (of.advance(1e9).value().more) {
  }
  return of.signature().value();
}

/// The message; empty where all went well.
template <class T>
std::string fault(const Result<T>& result) {
  return result ? std::string() : result.error().message;
}

TEST(EngineFacade, SaysWhatItIs) {
  EXPECT_THAT(fault(Engine::create({.threads = 3, .most_threads = 2})),
              HasSubstr("threads must be a whole number 0..2"));
  const EngineInfo info = engine(2)->info();
  EXPECT_EQ(info.threads, 2U);
  EXPECT_FALSE(info.isa.empty());
  EXPECT_EQ(info.version, QUARTERTURN_VERSION);
}

TEST(EngineFacade, NamesWhatIsMissing) {
  const auto bare = engine();
  const std::vector<std::uint8_t> image(kImagePixels);
  for (const std::string& message :
       {fault(bare->data_info()), fault(bare->image("train", 0, 0)), fault(bare->label("train", 0)),
        fault(bare->images("train", 0, 1)), fault(bare->replace_images(0, image, {}, "x")), fault(bare->start({})),
        fault(bare->benchmark("peak", 1.0))}) {
    EXPECT_EQ(message, "no data is loaded; load data first");
  }
  ASSERT_TRUE(bare->load_generated(1, 22, 4));
  for (const std::string& message :
       {fault(bare->with_arms({})), fault(bare->settings()), fault(bare->advance(1)), fault(bare->step()),
        fault(bare->progress()), fault(bare->history("pretext")), fault(bare->set_learning_rate("pretext", 1)),
        fault(bare->go_on(1)), fault(bare->results()), fault(bare->signature()), fault(bare->predict(image)),
        fault(bare->variants("test", 0, 1, "now")), fault(bare->activations("rotnet", image, 0)),
        fault(bare->features(image, {})), fault(bare->tensor("rotnet.conv1.kernel")), fault(bare->save_weights()),
        fault(bare->load_weights(image)), fault(bare->checkpoint()), fault(bare->restore(image))}) {
    EXPECT_EQ(message, "no experiment is under way; start one first");
  }
}

TEST(EngineFacade, RefusesWrongWordsAndPlaces) {
  const auto e = begun();
  const std::vector<std::uint8_t> image(kImagePixels);
  EXPECT_THAT(fault(e->image("valid", 0, 0)), HasSubstr("\"train\" or \"test\""));
  EXPECT_THAT(fault(e->image("train", 220, 0)), HasSubstr("0..219"));
  EXPECT_THAT(fault(e->image("train", UINT64_MAX, 0)), HasSubstr("0..219"));
  EXPECT_THAT(fault(e->image("train", 0, 4)), HasSubstr("0..3"));
  EXPECT_THAT(fault(e->images("test", 39, 2)), HasSubstr("within the set"));
  EXPECT_THAT(fault(e->images("test", 39, UINT64_MAX)), HasSubstr("within the set"));
  EXPECT_THAT(fault(e->history("rotnet")), HasSubstr("pretext"));
  EXPECT_THAT(fault(e->set_learning_rate("pretext", -1)), HasSubstr("above 0"));
  EXPECT_THAT(fault(e->go_on(0.1)), HasSubstr("nothing has failed"));
  EXPECT_THAT(fault(e->predict({})), HasSubstr("784"));
  EXPECT_THAT(fault(e->variants("test", 0, 1, "then")), HasSubstr("\"keep\""));
  EXPECT_THAT(fault(e->variants("test", 0, 1, "kept")), HasSubstr("no weights are kept"));
  EXPECT_THAT(fault(e->variants("test", 0, 257, "now")), HasSubstr("1..256"));
  EXPECT_THAT(fault(e->activations("pretext", image, 0)), HasSubstr("rotnet"));
  EXPECT_THAT(fault(e->layers("nothing")), HasSubstr("rotnet"));
  EXPECT_THAT(fault(e->features(image, {.name = "foo"})), HasSubstr("\"random\""));
  EXPECT_THAT(fault(e->features(image, {.weights = std::span<const float>()})), HasSubstr("19104"));
  EXPECT_THAT(fault(e->features({}, {})), HasSubstr("784"));
  EXPECT_THAT(fault(e->axes(std::vector<float>(7), std::nullopt)), HasSubstr("288"));
  EXPECT_THAT(fault(e->tensor("rotnet.conv9.kernel")), HasSubstr("rotnet.conv9.kernel"));
  EXPECT_THAT(fault(e->centre_drawing(image, 0, 28)), HasSubstr("width and height"));
  EXPECT_THAT(fault(e->centre_drawing(image, 28, 27)), HasSubstr("width * height"));
  EXPECT_THAT(fault(e->benchmark("nothing", 1.0)), HasSubstr("nothing"));
  EXPECT_THAT(fault(e->benchmark("peak", 0.0)), HasSubstr("0..600"));
  EXPECT_THAT(fault(e->load_generated(1, 10, 1)), HasSubstr("trainCount"));
  EXPECT_THAT(fault(e->load_generated(1, 11, 10'001)), HasSubstr("testCount"));
  EXPECT_THAT(fault(e->restore(image)), HasSubstr("checkpoint"));
  EXPECT_EQ(e->progress().value().word, "pretext") << "a fault leaves the experiment as it was";
}

TEST(EngineFacade, RefusesWrongSettings) {
  const auto e = begun();
  EXPECT_THAT(fault(e->start({{"batches", 1.0}})), HasSubstr("no entry \"batches\""));
  EXPECT_THAT(fault(e->start({{"arms.rotnet", std::nullopt}})), HasSubstr("no entry \"arms.rotnet\""));
  EXPECT_THAT(fault(e->start({{"pretext.batch", std::string("12")}})), HasSubstr("pretext.batch"));
  EXPECT_THAT(fault(e->start({{"arms.random.shuffle", 1.0}})), HasSubstr("random.shuffle"));
  EXPECT_THAT(fault(e->start({{"preset", std::string("raw")}})), HasSubstr("preset"));
  EXPECT_EQ(e->settings().value().settings.labels, 20U);
  EXPECT_TRUE(e->start({{"arms", std::nullopt}, {"arms.random", std::nullopt}, {"pretext", std::nullopt}}));
}

TEST(EngineFacade, GeneratedDigitsAreTheSameHoweverTheyAreMade) {
  const auto lazy = engine();
  ASSERT_TRUE(lazy->load_generated(5, 2500, 30));
  const auto eager = engine();
  ASSERT_TRUE(eager->load_generated(5, 2500, 30));
  int pieces = 1;
  while (eager->make_more()) ++pieces;
  EXPECT_EQ(pieces, 3);
  EXPECT_FALSE(eager->make_more());
  const DataSource expected = generated_source(5, 2500, 30);
  for (Engine* e : {lazy.get(), eager.get()}) {
    for (const std::uint64_t index : {0U, 299U, 300U, 2499U}) {
      EXPECT_TRUE(std::ranges::equal(e->image("train", index, 0).value(), expected.train.image(index)));
      EXPECT_EQ(e->label("train", index).value(), expected.train.labels[index]);
    }
    EXPECT_TRUE(std::ranges::equal(e->images("test", 0, 30).value().pixels, expected.test.pixels));
  }
}

TEST(EngineFacade, LazyDigitsDoNotChangeARun) {
  const auto lazy = begun();
  const auto eager = engine();
  ASSERT_TRUE(eager->load_generated(7, 220, 40));
  while (eager->make_more()) {
  }
  ASSERT_TRUE(eager->start(tiny()));
  EXPECT_EQ(trained(*lazy), trained(*eager));
}

TEST(EngineFacade, LoadsIdxFilesThatLieOutside) {
  Dataset set;
  for (std::size_t i = 0; i < 70; ++i) {
    set.pixels.insert(set.pixels.end(), kImagePixels, static_cast<std::uint8_t>(i));
    set.labels.push_back(static_cast<std::uint8_t>(i % 10));
  }
  const std::vector<std::uint8_t> images = write_idx_images(set.pixels);
  const std::vector<std::uint8_t> labels = write_idx_labels(set.labels);
  const SpanSource image_file(images);
  const SpanSource label_file(labels);
  const auto e = engine();
  const DataInfo split = e->load_idx({&image_file, &label_file}, "mine").value();
  EXPECT_EQ(split.train, 60U);
  EXPECT_EQ(split.test, 10U);
  EXPECT_EQ(e->label("test", 3).value(), 3);
  EXPECT_EQ(e->image("test", 0, 0).value()[0], 60);
  EXPECT_EQ(e->load_idx({&image_file, &label_file, &image_file, &label_file}, "both").value().test, 70U);
  EXPECT_THAT(fault(e->load_idx({}, "x")), HasSubstr("trainImages"));
  EXPECT_THAT(fault(e->load_idx({&image_file, &label_file, &image_file, nullptr}, "x")), HasSubstr("testLabels"));
  EXPECT_THAT(fault(e->load_idx({&label_file, &label_file}, "x")), HasSubstr("trainImages"));
  const std::span<const std::uint8_t> whole(images);
  const SpanSource cut(whole.first(20));
  EXPECT_THAT(fault(e->load_idx({&cut, &label_file}, "x")), HasSubstr("trainImages"));
  EXPECT_EQ(e->data_info().value().source, "both");
}

TEST(EngineFacade, WhatDoesNotFitIsRefused) {
  std::size_t room = 10'000'000;
  EngineOptions options;
  options.heap_bytes = 64U << 20;
  options.has_room = [&](std::size_t bytes) { return bytes <= room; };
  const auto e = std::move(Engine::create(options)).value();
  ASSERT_TRUE(e->load_generated(1, 220, 40));
  ASSERT_TRUE(e->start(tiny()));
  EXPECT_THAT(fault(e->load_generated(1, 60'000, 10'000)),
              HasSubstr("60000 + 10000 images do not fit beside 1 threads into the engine's 64 MiB"));
  EXPECT_THAT(fault(e->data_info()), HasSubstr("no data")) << "they were dropped to try";
  ASSERT_TRUE(e->load_generated(1, 220, 40));
  ASSERT_TRUE(e->start(tiny()));
  room = 0;
  EXPECT_THAT(fault(e->checkpoint()), HasSubstr("no memory for the file beside 260 images"));
  EXPECT_THAT(fault(e->save_weights()), HasSubstr("no memory"));
  EXPECT_TRUE(e->step());
}

TEST(EngineFacade, ReplacesImagesByTheVisitorsOwn) {
  const auto e = begun();
  const std::vector<std::uint8_t> pixels(2 * kImagePixels, 9);
  const std::vector<std::uint8_t> labels = {4, 5};
  EXPECT_THAT(fault(e->replace_images(219, pixels, labels, "x")), HasSubstr("219..220"));
  EXPECT_THAT(fault(e->replace_images(UINT64_MAX, pixels, labels, "x")), HasSubstr("training set"));
  EXPECT_THAT(fault(e->replace_images(0, std::span(pixels).first(5), labels, "x")), HasSubstr("784"));
  EXPECT_THAT(fault(e->replace_images(0, pixels, std::vector<std::uint8_t>{4, 10}, "x")), HasSubstr("10"));
  EXPECT_TRUE(e->progress()) << "a fault leaves the experiment as it was";
  const auto before = e->image("train", 199, 0).value();
  EXPECT_EQ(e->replace_images(200, pixels, labels, "mixed").value().source, "mixed");
  EXPECT_FALSE(e->progress()) << "the experiment was on other data";
  EXPECT_EQ(e->image("train", 199, 0).value(), before);
  EXPECT_EQ(e->image("train", 201, 0).value()[5], 9);
  EXPECT_EQ(e->label("train", 201).value(), 5);
}

TEST(EngineFacade, ArmsBeginAgainOnTheSameRotationNetwork) {
  const auto first = begun(tiny(20));
  EXPECT_THAT(fault(first->with_arms(tiny(10))), HasSubstr("not finished"));
  const std::string before = trained(*first);
  const auto whole = begun(tiny(10));
  const std::string expected = trained(*whole);
  EXPECT_THAT(fault(first->with_arms({{"seed", 4.0}})), HasSubstr("seed differs"));
  EXPECT_THAT(fault(first->with_arms({{"pretext.learningRate", 0.5}})), HasSubstr("pretext.learningRate differs"));
  EXPECT_THAT(fault(first->with_arms({{"labels", 0.0}})), HasSubstr("labels"));
  EXPECT_EQ(first->signature().value(), before) << "a fault changes nothing";
  ASSERT_TRUE(first->with_arms({{"labels", 10.0}}));
  EXPECT_EQ(first->progress().value().word, "self_supervised");
  EXPECT_EQ(first->history("pretext").value().size(), 1U);
  EXPECT_TRUE(first->history("self_supervised").value().empty());
  EXPECT_EQ(trained(*first), expected);
  EXPECT_NE(before, expected);
  const ResultsReport results = first->results().value();
  EXPECT_EQ(results.arms[2]->test.correct, whole->results().value().arms[2]->test.correct);
  EXPECT_EQ(results.pretext->confusion.size(), kTurns);
}

TEST(EngineFacade, EveryPretextTaskIsTrainedAndTested) {
  const std::vector<TaskReport> tasks = begun()->tasks().value();
  EXPECT_EQ(tasks.size(), pretext_tasks().size());
  for (const TaskReport& task : tasks) {
    SCOPED_TRACE(task.name);
    const std::size_t classes = task.class_names.size();
    SettingList settings = tiny(10);
    settings.push_back({"pretext.task", std::string(task.name)});
    const auto e = begun(settings);
    EXPECT_EQ(e->settings().value().task.name, task.name);
    EXPECT_EQ(e->settings().value().task.class_names, task.class_names);
    EXPECT_EQ(e->layers("rotnet").value().back().output, std::to_string(classes));
    EXPECT_EQ(e->layers("rotnet").value().back().parameters, 65 * classes);
    EXPECT_EQ(e->tensor("rotnet.dense.bias").value().size(), classes);
    trained(*e);
    const ResultsReport results = e->results().value();
    EXPECT_EQ(results.task, task.name);
    EXPECT_EQ(results.pretext->count, 40 * classes);
    ASSERT_EQ(results.pretext->confusion.size(), classes);
    std::uint32_t rows = 0;
    for (const std::vector<std::uint32_t>& row : results.pretext->confusion) {
      EXPECT_EQ(row.size(), classes);
      EXPECT_EQ(std::accumulate(row.begin(), row.end(), 0U), 40U) << "each class as often as the others";
      rows += row[static_cast<std::size_t>(&row - results.pretext->confusion.data())];
    }
    EXPECT_EQ(rows, results.pretext->correct);

    // What the network says of a variant is what it says of that image.
    const std::vector<float> all = e->variants("test", 2, 3, "now").value();
    ASSERT_EQ(all.size(), 3 * classes * classes);
    const auto image = e->image("test", 3, 0).value();
    for (std::size_t variant = 0; variant < classes; ++variant) {
      const auto seen = e->variant(task.name, variant, image).value();
      const auto first = all.begin() + static_cast<std::ptrdiff_t>((classes + variant) * classes);
      EXPECT_EQ(e->predict(seen).value().pretext,
                std::vector<float>(first, first + static_cast<std::ptrdiff_t>(classes)))
          << variant;
    }
    EXPECT_THAT(fault(e->variants("test", 0, 1024 / classes + 1, "now")),
                HasSubstr("1.." + std::to_string(1024 / classes)));
    EXPECT_THAT(fault(e->variant(task.name, classes, image)), HasSubstr("0.." + std::to_string(classes - 1)));
  }
  const auto e = begun();
  EXPECT_THAT(fault(e->variant("sorting", 0, {})),
              HasSubstr("no pretext task \"sorting\"; there are turns, mirrors, turns_mirrors, jigsaw, shuffles"));
  EXPECT_THAT(fault(e->start({{"pretext.task", std::string("sorting")}})),
              HasSubstr("pretext.task is \"sorting\"; give \"turns\", \"mirrors\", \"turns_mirrors\", \"jigsaw\" "
                        "or \"shuffles\""));
  EXPECT_THAT(fault(e->start({{"pretext.tusk", 1.0}})), HasSubstr("it knows task, batch"));
}

TEST(EngineFacade, KeptWeightsAreOfTheTaskTheyWereKeptIn) {
  const auto e = begun();
  ASSERT_TRUE(e->variants("test", 0, 1, "keep"));
  SettingList settings = tiny(10);
  settings.push_back({"pretext.task", std::string("jigsaw")});
  const auto other = begun(settings);
  ASSERT_TRUE(e->restore(other->checkpoint().value()));
  EXPECT_EQ(e->settings().value().task.name, "jigsaw");
  EXPECT_THAT(fault(e->variants("test", 0, 1, "kept")), HasSubstr("no weights are kept"));
  EXPECT_EQ(e->variants("test", 0, 1, "keep").value().size(), 24U * 24U);
}

TEST(EngineFacade, ACheckpointGoesOnToTheSameSignature) {
  const auto whole = begun();
  const std::string expected = trained(*whole);
  const auto first = begun();
  while (first->progress().value().word != "random") ASSERT_TRUE(first->step());
  const std::vector<std::uint8_t> saved = first->checkpoint().value();
  const auto second = begun({});
  ASSERT_TRUE(second->restore(saved));
  EXPECT_EQ(trained(*second), expected);
  const auto weights = begun();
  ASSERT_TRUE(weights->load_weights(whole->save_weights().value()));
  EXPECT_EQ(weights->tensor("rotnet.dense.kernel").value(), whole->tensor("rotnet.dense.kernel").value());
}

TEST(EngineFacade, LooksIntoTheNetworks) {
  const auto e = begun();
  const Engine::LabelledImages images = e->images("test", 0, 40).value();
  const std::vector<float> points = e->features(images.pixels, {}).value();
  const std::vector<float> kernel = e->tensor("rotnet.conv1.kernel").value();
  EXPECT_EQ(kernel.size(), 576U);
  EXPECT_EQ(points.size(), 40U * 288U);
  EXPECT_NE(e->features(images.pixels, {.name = "random"}).value(), points);
  EXPECT_EQ(e->axes(points, std::nullopt).value().axes[1].size(), 288U);
  EXPECT_EQ(e->axes(points, images.labels).value().mean.size(), 288U);
  EXPECT_THAT(fault(e->axes(points, images.labels.subspan(1))), HasSubstr("one label"));
  const std::vector<float> kept = e->variants("test", 3, 5, "keep").value();
  ASSERT_TRUE(e->step());
  EXPECT_EQ(e->variants("test", 3, 5, "kept").value(), kept);
  EXPECT_NE(e->variants("test", 3, 5, "now").value(), kept);
  const auto turned = e->image("test", 1, 1).value();
  EXPECT_EQ(e->activations("rotnet", e->image("test", 1, 0).value(), 1).value().stage1,
            e->activations("self_supervised", turned, 0).value().stage1);
  EXPECT_EQ(e->layers("rotnet").value().front().output, "14x14x64");
}

}  // namespace
}  // namespace quarterturn
