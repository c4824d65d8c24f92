// The errors that the page words itself: their codes and values, and that the message is one line as before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/coded.hpp"
#include "data/idx.hpp"
#include "engine/engine.hpp"
#include "models/compute.hpp"
#include "training/safetensors.hpp"
#include "training/settings.hpp"
#include "training_support.hpp"

namespace quarterturn::error_codes_test {
namespace {

using ::testing::HasSubstr;
using testing::make_compute;
using testing::make_experiment;
using testing::small_data;
using testing::small_settings;
using Bytes = std::vector<std::uint8_t>;

/// "code name=text name=#number"
std::string facts(const Error& error) {
  std::string text(error.code);
  for (const ErrorValue& value : error.values) {
    text += ' ' + std::string(value.name) + '=' + (value.number ? "#" : "") + value.text;
  }
  return text;
}

template <class T>
std::string facts(const Result<T>& result) {
  return result ? std::string("no error") : facts(result.error());
}

Bytes idx(std::uint8_t type, const std::vector<std::uint32_t>& dimensions, std::size_t elements,
          std::uint8_t value = 3) {
  Bytes bytes = {0, 0, type, static_cast<std::uint8_t>(dimensions.size())};
  for (const std::uint32_t d : dimensions) {
    for (const int shift : {24, 16, 8, 0}) bytes.push_back(static_cast<std::uint8_t>(d >> shift));
  }
  bytes.insert(bytes.end(), elements, value);
  return bytes;
}

TEST(ErrorCodes, ValuesAreThePartsOfTheMessageThatAreNoLiterals) {
  const std::string digits = "1e-05";
  const std::string text = "text";
  const Error error = coded("some-code count real word view more",
                            {"a ", 7U, " b ", JoinPart::number(digits), " c ", text, " d ", std::string_view("view")},
                            {std::string_view("unsaid")});
  EXPECT_EQ(error.message, "a 7 b 1e-05 c text d view");
  EXPECT_EQ(facts(error), "some-code count=#7 real=#1e-05 word=text view=view more=unsaid");
  EXPECT_EQ(facts(coded("bare", {"no values"})), "bare");
  EXPECT_EQ(facts(Error{"only a line"}), "");
}

TEST(ErrorCodes, OfIdxFiles) {
  EXPECT_EQ(facts(parse_idx({}, "a")), "idx-empty file=a");
  EXPECT_EQ(facts(parse_idx(Bytes{0x1F, 0x8B, 8, 0}, "a")), "idx-gzip file=a");
  EXPECT_EQ(facts(parse_idx(Bytes{0, 0, 8}, "a")), "idx-short bytes=#3 file=a");
  EXPECT_EQ(facts(parse_idx(Bytes{'P', '5', 8, 1}, "a")), "idx-unlike file=a");
  EXPECT_EQ(facts(parse_idx(Bytes{0, 0, 7, 1}, "a")), "idx-type-unknown type=#7 file=a");
  EXPECT_EQ(facts(parse_idx(Bytes{0, 0, 13, 1}, "a")), "idx-type type=float file=a");
  EXPECT_EQ(facts(parse_idx(Bytes{0, 0, 8, 9}, "a")), "idx-rank rank=#9 file=a");
  EXPECT_EQ(facts(parse_idx(Bytes{0, 0, 8, 3, 0, 0}, "a")), "idx-header-truncated bytes=#6 header=#16 file=a");
  EXPECT_EQ(facts(parse_idx(idx(8, {2, 3}, 5), "a")), "idx-truncated dimensions=2x3 bytes=#5 file=a");
  EXPECT_EQ(facts(parse_idx(idx(8, {2, 3}, 8), "a")), "idx-excess bytes=#2 dimensions=2x3 file=a");
  EXPECT_EQ(facts(parse_idx_images(idx(8, {4}, 4), "a")), "idx-no-images dimensions=4 file=a");
  EXPECT_EQ(facts(parse_idx_images(idx(8, {1, 4, 5}, 20), "a")), "idx-image-size height=#4 width=#5 file=a");
  EXPECT_EQ(facts(parse_idx_images(idx(8, {0, 28, 28}, 0), "a")), "idx-none file=a");
  EXPECT_EQ(facts(parse_idx_labels(idx(8, {1, 4}, 4), "a")), "idx-no-labels dimensions=1x4 file=a");
  EXPECT_EQ(facts(parse_idx_labels(idx(8, {2}, 2, 12), "a")),
            "idx-label label=#12 position=#0 classes=#10 most=#9 file=a");
  const Bytes images = idx(8, {3, 28, 28}, 3 * kImagePixels);
  const auto pair = parse_idx_dataset(images, "i", idx(8, {2}, 2), "l");
  EXPECT_EQ(facts(pair), "idx-pair labels=#2 images=#3 imagesFile=i file=l");
  EXPECT_EQ(pair.error().message, "l: 2 labels for the 3 images of i; give images and labels that belong together");
  EXPECT_EQ(facts(too_few_for_test(3, "a")), "idx-few images=#3 file=a");
  const Bytes labels = idx(8, {3}, 3);
  EXPECT_EQ(facts(load_mnist_bytes({images, labels, images, {}}, "x", {"ti", "tl", "ei", "el"})),
            "idx-missing other=ei file=el");
}

TEST(ErrorCodes, OfDataAndSettings) {
  DataSource data = small_data();
  EXPECT_EQ(facts(Experiment::check({}, {})), "train-too-few images=#0");
  data.test = {};
  EXPECT_EQ(facts(Experiment::check(data, small_settings())), "test-empty");
  data = small_data();
  data.train.labels.pop_back();
  EXPECT_EQ(facts(Experiment::check(data, small_settings())), "label-count set=training labels=#87 images=#88");
  data = small_data();
  data.test.labels[5] = 10;
  EXPECT_EQ(facts(Experiment::check(data, small_settings())), "label-class position=#5 set=test label=#10");
  ExperimentSettings settings = small_settings();
  settings.labels = 1;
  EXPECT_EQ(facts(Experiment::check(small_data(), settings)), "split-too-large run=self_supervised split=#0.2 rows=#1");

  settings = small_settings();
  settings[Run::pretext].batch = 0;
  EXPECT_EQ(facts(check(settings)),
            "setting-range setting=pretext.batch value=#0 range=a whole number 1..1024 least=#1 most=#1024");
  EXPECT_EQ(facts(set(settings, "arms.random.validationSplit", 1.5)),
            "setting-range setting=random.validationSplit value=#1.5 range=a number from 0, below 1 least=#0 most=#1");
  EXPECT_EQ(facts(set(settings, "preset", std::string("raw"))),
            "setting-range setting=preset value=\"raw\" range=\"unit\" or \"notebook\" least=#0 most=#0");
}

TEST(ErrorCodes, OfThreadsAndMemory) {
  ComputeOptions options;
  options.threads = kMaxThreads + 1;
  const std::string most = std::to_string(kMaxThreads);
  EXPECT_EQ(facts(Compute::create(options)),
            "threads-most threads=#" + std::to_string(kMaxThreads + 1) + " most=#" + most);
  EXPECT_EQ(facts(Engine::create({.threads = 3, .most_threads = 2})), "threads-range most=#2 started=#2");

  std::size_t room = 10'000'000;
  EngineOptions small;
  small.heap_bytes = 64U << 20;
  small.has_room = [&](std::size_t bytes) { return bytes <= room; };
  const auto engine = std::move(Engine::create(small)).value();
  EXPECT_EQ(facts(engine->load_generated(1, 60'000, 10'000)),
            "no-memory-data train=#60000 test=#10000 threads=#1 mebibytes=#64");
  ASSERT_TRUE(engine->load_generated(1, 220, 40));
  ASSERT_TRUE(engine->start({}));
  EXPECT_EQ(facts(engine->load_weights(Bytes(9'000'000))), "file-too-large");
  EXPECT_EQ(facts(engine->set_learning_rate("random", 0.0)), "learning-rate");
  const std::vector<float> diverged(288, INFINITY);
  EXPECT_EQ(facts(engine->axes(diverged, std::nullopt)), "features-diverged");
  room = 0;
  EXPECT_EQ(facts(engine->checkpoint()), "no-memory images=#260 threads=#1");
}

TEST(ErrorCodes, OfCheckpoints) {
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  Bytes saved = experiment->checkpoint();

  DataSource other_data = small_data();
  other_data.test.pixels[5] ^= 1U;
  other_data.source = "other digits";
  EXPECT_EQ(facts(make_experiment(*compute, small_settings(), other_data)->restore(saved)),
            "checkpoint-data made=" + small_data().source + " present=other digits");
  ExperimentSettings notebook = small_settings();
  notebook.preset = Preset::notebook;
  EXPECT_EQ(facts(make_experiment(*compute, notebook)->restore(saved)), "checkpoint-preset preset=unit");

  EXPECT_EQ(facts(experiment->restore(experiment->save_weights())), "checkpoint-none");
  EXPECT_THAT(facts(experiment->restore(Bytes(3))),
              HasSubstr("checkpoint-unreadable detail=safetensors: the file has only 3 bytes; the file is damaged"));
  const auto edited = [&](const std::string& from, const std::string& to) {
    Bytes file = saved;
    const auto place = std::search(file.begin(), file.end(), from.begin(), from.end());
    EXPECT_NE(place, file.end());
    std::copy(to.begin(), to.end(), place);
    return facts(experiment->restore(file));
  };
  EXPECT_EQ(edited(R"("quarterturn.checkpoint":"2")", R"("quarterturn.checkpoint":"9")"),
            "checkpoint-version version=9 newest=2");
  EXPECT_EQ(edited(R"("run":"pretext")", R"("run":"pretexx")"),
            "checkpoint-damaged detail=its entry run is missing or wrong");
}

TEST(ErrorCodes, OfWeights) {
  EXPECT_EQ(facts(SafetensorsView::parse(Bytes(3))), "safetensors-damaged detail=the file has only 3 bytes");
  const auto compute = make_compute();
  const auto experiment = make_experiment(*compute);
  const auto loaded = [&](const char* tensor, std::uint64_t size, float value) {
    SafetensorsWriter writer;
    const std::vector<float> values(size, value);
    if (size != 0) writer.add(tensor, {size}, values);
    return facts(experiment->load_weights(writer.write()));
  };
  EXPECT_EQ(loaded("x.bias", 10, 1.0F), "weights-unknown tensor=x.bias example=rotnet.conv1.kernel");
  EXPECT_EQ(loaded("rotnet.conv2.bias", 31, 1.0F),
            "weights-shape detail=rotnet.conv2.bias: found F32 [31], wanted F32 [32]");
  EXPECT_EQ(loaded("rotnet.conv2.bias", 32, INFINITY), "weights-diverged element=#0 tensor=rotnet.conv2.bias");
  EXPECT_EQ(loaded("", 0, 0.0F), "weights-none example=rotnet.conv1.kernel");
  experiment->step();
  EXPECT_THAT(loaded("rotnet.conv2.bias", 32, 1.0F), "weights-late tensor=rotnet.conv2.bias run=pretext");
}

TEST(ErrorCodes, OfARunThatDiverged) {
  const auto compute = make_compute();
  ExperimentSettings settings = small_settings();
  settings[Run::pretext].epochs = 0;
  settings[Run::supervised].learning_rate = 1e30F;
  const auto experiment = make_experiment(*compute, settings);
  EXPECT_EQ(experiment->fault(), nullptr);
  while (experiment->advance(1e9).more) {
  }
  ASSERT_NE(experiment->fault(), nullptr);
  EXPECT_EQ(experiment->fault()->message, experiment->failure());
  EXPECT_THAT(facts(*experiment->fault()),
              ::testing::MatchesRegex("run-stopped run=supervised epoch=#1 step=#[12] rate=#1e.30"));
  EXPECT_EQ(facts(experiment->go_on(0.0F)), "learning-rate");
  ASSERT_TRUE(experiment->go_on(0.01F));
  EXPECT_EQ(experiment->fault(), nullptr);

  const auto failed = make_experiment(*compute, settings);
  while (failed->advance(1e9).more) {
  }
  const auto restored = make_experiment(*compute);
  ASSERT_TRUE(restored->restore(failed->checkpoint()));
  ASSERT_NE(restored->fault(), nullptr);
  EXPECT_EQ(facts(*restored->fault()), "") << "a checkpoint keeps the line alone";
  EXPECT_EQ(restored->fault()->message, failed->failure());
}

}  // namespace
}  // namespace quarterturn::error_codes_test
