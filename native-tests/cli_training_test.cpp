// The commands at work: tables, JSON, reproducibility, saving, stopping and going on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <string>
#include <thread>

#include "cli_support.hpp"

namespace quarterturn::cli_test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::Contains;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

const std::string kDigits = "--data generated:220:60 ";

std::string signature(const json& result) { return result.at("runs").at(0).at("signature"); }

void expect_test(const json& test, std::size_t count, std::size_t classes) {
  EXPECT_EQ(test.at("count"), count);
  EXPECT_NEAR(test.at("accuracy").get<double>(), test.at("correct").get<double>() / static_cast<double>(count), 1e-12);
  EXPECT_LT(test.at("interval95").at(0).get<double>(), test.at("interval95").at(1).get<double>());
  EXPECT_LE(test.at("interval95").at(0).get<double>(), test.at("accuracy").get<double>());
  EXPECT_GE(test.at("interval95").at(1).get<double>(), test.at("accuracy").get<double>());
  EXPECT_THAT(test.at("data").get<std::string>(), HasSubstr("generated"));
  std::size_t sum = 0;
  std::size_t diagonal = 0;
  ASSERT_EQ(test.at("confusion").size(), classes);
  for (std::size_t label = 0; label < classes; ++label) {
    ASSERT_EQ(test.at("confusion").at(label).size(), classes);
    for (std::size_t predicted = 0; predicted < classes; ++predicted) {
      const auto n = test.at("confusion").at(label).at(predicted).get<std::size_t>();
      sum += n;
      if (label == predicted) diagonal += n;
    }
  }
  EXPECT_EQ(sum, count);
  EXPECT_EQ(diagonal, test.at("correct").get<std::size_t>());
}

TEST(CliRun, JsonHoldsEverything) {
  const Folder folder;
  const json result = folder.run_json(words("run " + kDigits + "--epochs 2 --seed 7 --random-patience 3"));
  EXPECT_EQ(result.at("data").at("train"), 220);
  EXPECT_EQ(result.at("data").at("test"), 60);
  EXPECT_THAT(result.at("data").at("source").get<std::string>(), HasSubstr("generated"));
  EXPECT_TRUE(result.at("environment").at("arithmetic") == "fused" ||
              result.at("environment").at("arithmetic") == "unfused");
  EXPECT_THAT(result.at("environment").at("available_isas"), Contains(result.at("environment").at("isa")));
  ASSERT_EQ(result.at("runs").size(), 1U);
  const json& run = result.at("runs").at(0);
  EXPECT_EQ(run.at("settings").at("seed"), 7);
  EXPECT_EQ(run.at("settings").at("preset"), "unit");
  EXPECT_EQ(run.at("settings").at("labels"), 20);
  EXPECT_EQ(run.at("settings").at("fit").at("pretext").at("batch"), 192);
  EXPECT_EQ(run.at("settings").at("fit").at("self_supervised").at("batch"), 64);
  EXPECT_EQ(run.at("settings").at("fit").at("self_supervised").at("validation_split"), 0.2);
  EXPECT_EQ(run.at("settings").at("fit").at("random").at("patience"), 3);
  EXPECT_EQ(run.at("settings").at("fit").at("supervised").at("patience"), 7);
  EXPECT_EQ(run.at("settings").at("fit").at("supervised").at("learning_rate"), 0.001);
  for (const char* name : {"pretext", "self_supervised", "random", "supervised"}) {
    const json& history = run.at("history").at(name);
    ASSERT_EQ(history.size(), 2U) << name;
    EXPECT_EQ(history.at(1).at("epoch"), 2);
    EXPECT_GT(history.at(1).at("loss").get<double>(), 0.0);
    EXPECT_EQ(history.at(1).at("validation_loss").is_null(), std::string(name) == "pretext");
  }
  expect_test(run.at("results").at("rotation"), 240, 4);
  for (const char* name : {"self_supervised", "random", "supervised"}) {
    expect_test(run.at("results").at(name).at("test"), 60, 10);
    expect_test(run.at("results").at(name).at("full_test"), 60, 10);
  }
  EXPECT_EQ(run.at("signature").get<std::string>().size(), 16U);

  const std::string command = run.at("reproduce");
  ASSERT_THAT(command, StartsWith("quarterturn run "));
  EXPECT_EQ(signature(folder.run_json(words(command.substr(std::string("quarterturn ").size())))), signature(result));
}

TEST(CliPretext, EveryTaskIsTrainedTestedAndShown) {
  const Folder folder;
  struct Task {
    const char* option;
    std::size_t classes;
    const char* last_class;
  };
  for (const Task& task :
       {Task{"turns", 4, "270"}, Task{"mirrors", 4, "both"}, Task{"turns-mirrors", 8, "mirrored 270"},
        Task{"jigsaw", 24, "4321"}, Task{"shuffles", 4, "D"}}) {
    SCOPED_TRACE(task.option);
    const std::string command = std::string("pretext --pretext ") + task.option + " " + kDigits + "--epochs 1 ";
    const json result = folder.run_json(words(command));
    const json& run = result.at("runs").at(0);
    const std::string key = std::string(task.option) == "turns" ? "rotation" : "pretext";
    expect_test(run.at("results").at(key), 60 * task.classes, task.classes);
    EXPECT_EQ(run.at("results").at(key).at("classes").back(), task.last_class);
    const std::string again = run.at("reproduce");
    EXPECT_EQ(signature(folder.run_json(words(again.substr(std::string("quarterturn ").size())))), signature(result));

    const Outcome outcome = folder.run(words(command + "--show"));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("Dense " + std::to_string(task.classes) + ", softmax"));
    EXPECT_THAT(outcome.out, HasSubstr(" of the first 60 test images"));
    EXPECT_THAT(outcome.out, HasSubstr(std::string("as ") + task.last_class));
  }
}

TEST(CliPretext, AnUnknownTaskIsAnErrorThatListsTheKnownOnes) {
  const Folder folder;
  for (const char* command : {"run", "pretext", "bench"}) {
    const Outcome outcome = folder.run(words(std::string(command) + " --pretext sorting"));
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("'sorting' is not one of turns, mirrors, turns-mirrors, jigsaw, shuffles"));
  }
}

TEST(CliPretext, FilesKnowTheirTask) {
  const Folder folder;
  const std::string weights = (folder / "weights.safetensors").string();
  ASSERT_EQ(folder.run(words("pretext --pretext jigsaw " + kDigits + "--epochs 1 --save " + weights)).code, 0);
  const Outcome head = folder.run(words("head " + kDigits + "--epochs 1 --init " + weights));
  EXPECT_EQ(head.code, 0) << head.err;
  const Outcome other = folder.run(words("pretext --pretext mirrors " + kDigits + "--epochs 1 --init " + weights));
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("their pretext task is \"jigsaw\""));

  const std::string state = (folder / "state.safetensors").string();
  const std::string run = "run --preset notebook --pretext mirrors " + kDigits + "--epochs 1 ";
  const json whole = folder.run_json(words(run + "--checkpoint " + state));
  const json resumed = folder.run_json(words("run " + kDigits + "--resume " + state));
  EXPECT_EQ(signature(resumed), signature(whole)) << "preset and task come with the checkpoint";
  const Outcome contradicted = folder.run(words("run --pretext jigsaw " + kDigits + "--resume " + state));
  EXPECT_EQ(contradicted.code, 1);
  EXPECT_THAT(contradicted.err, HasSubstr("it was made with --pretext mirrors"));
}

TEST(CliRun, TextShowsWhatTheNotebookShows) {
  const Folder folder;
  const Outcome outcome = folder.run(words("run " + kDigits + "--epochs 1 --show"));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  for (const char* text :
       {"shape of x_train: (200, 28, 28)", "shape of yy_train: (20,)", "shape of xx_test: (60, 28, 28)",
        "Image 4 turned counter-clockwise", "270 degrees", "parameters: 23,988 (trainable 23,988, frozen 0)",
        "parameters: 21,994 (trainable 2,890, frozen 19,104)", "parameters: 21,994 (trainable 21,994, frozen 0)",
        "14x14x64", "Training: pretext, 1 epochs", "Training: supervised, 1 epochs",
        "Prediction, self-supervised: ", "Rotation accuracy: ", "95% interval", "all test images", "Confusion, random",
        "Signature: ", "Reproduce: quarterturn run --data generated:220:60:1 --preset unit --seed 1 --epochs 1"}) {
    EXPECT_THAT(outcome.out, HasSubstr(text));
  }
}

TEST(CliRun, ARunThatDivergesSaysHowToGoOnAndDoesSo) {
  const Folder folder;
  const std::string options =
      "run --data generated:330:100 --preset notebook --pretext-epochs 1 --arms-epochs 3 --supervised-batch 4 ";
  const json undisturbed = folder.run_json(words(options));
  const Outcome failed =
      folder.run(words(options + "--supervised-learning-rate 1000 --checkpoint state --save weights"));
  EXPECT_EQ(failed.code, 1);
  EXPECT_THAT(
      failed.err,
      AllOf(HasSubstr("supervised stopped in epoch 1, step "), HasSubstr("at learning rate 1e+03;"),
            HasSubstr("lower the rate, say to 1e+02, and go on; the last good weights are in weights.last-good"),
            HasSubstr("--supervised-learning-rate 100"), HasSubstr("--checkpoint state --resume state")));
  EXPECT_EQ(failed.err.find('\n'), failed.err.size() - 1);
  const Outcome again =
      folder.run(words(options + "--supervised-learning-rate 1000 --checkpoint state --resume state"));
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.err, HasSubstr("lower the rate, say to 1e+02"));
  const json resumed = folder.run_json(words(options + "--supervised-learning-rate 0.001 --resume state"));
  EXPECT_EQ(signature(resumed), signature(undisturbed));
  EXPECT_EQ(folder.run(words("head --init weights.last-good --data generated:330:100 --epochs 1")).code, 0);
}

TEST(CliRun, FewerLabelsThanUsualAreSaid) {
  const Folder folder;
  EXPECT_THAT(folder.run(words("run --data generated:110:10 --epochs 1")).out,
              HasSubstr("Note: labels: 10 are used instead of 1000"));
  const json few = folder.run_json(words("run --data generated:110:10 --epochs 1"));
  EXPECT_THAT(few.at("runs").at(0).at("note").get<std::string>(), HasSubstr("10 are used"));
  const json asked = folder.run_json(words("run --data generated:110:10 --epochs 1 --labels 10"));
  EXPECT_TRUE(asked.at("runs").at(0).at("note").is_null());
  EXPECT_EQ(signature(few), signature(asked));
  EXPECT_THAT(folder.run(words("pretext --data generated:110:10 --epochs 1")).out, Not(HasSubstr("Note: ")));
}

TEST(CliRun, TheReproducingCommandIsShortAndComplete) {
  const Folder folder;
  const auto command = [&](const std::string& options) {
    const json result = folder.run_json(words("run --data generated:110:10 " + options));
    const std::string text = result.at("runs").at(0).at("reproduce");
    const std::string common = "quarterturn run --data generated:110:10:1 --preset unit --seed 1";
    EXPECT_THAT(text, StartsWith(common));
    const std::string expect = " --expect " + signature(result);
    EXPECT_THAT(text, testing::EndsWith(expect));
    EXPECT_EQ(signature(folder.run_json(words(text.substr(std::string("quarterturn ").size())))), signature(result));
    return text.substr(common.size(), text.size() - common.size() - expect.size());
  };
  EXPECT_EQ(command("--epochs 1 --threads 2"), " --epochs 1");
  EXPECT_EQ(command("--pretext-epochs 1 --arms-epochs 2 --labels 9"), " --labels 9 --pretext-epochs 1 --arms-epochs 2");
  EXPECT_EQ(command("--epochs 1 --supervised-batch 3 --random-learning-rate 0.0375 --self-supervised-shuffle false"),
            " --supervised-batch 3 --epochs 1 --random-learning-rate 0.0375 --self-supervised-shuffle false");
  EXPECT_EQ(command("--epochs 1 --arms-validation-split 0.5 --patience 2"),
            " --epochs 1 --arms-validation-split 0.5 --patience 2");
}

TEST(CliRun, PipedOutputHasNoControlCharactersAndNoProgress) {
  const Folder folder;
  const Outcome quiet = folder.run(words("run " + kDigits + "--epochs 2 --show"));
  ASSERT_EQ(quiet.code, 0) << quiet.err;
  EXPECT_THAT(quiet.err, IsEmpty());
  EXPECT_TRUE(
      std::all_of(quiet.out.begin(), quiet.out.end(), [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7F); }));
  EXPECT_THAT(quiet.out, Not(HasSubstr("epoch 1 of 2")));
  const Outcome verbose = folder.run(words("run " + kDigits + "--epochs 2 --verbose"));
  EXPECT_THAT(verbose.out, HasSubstr("pretext epoch 1 of 2: loss "));
  EXPECT_THAT(verbose.out, HasSubstr("supervised epoch 2 of 2: loss "));
}

TEST(CliRun, ATerminalGetsALiveLineNoWiderThanItself) {
  const Folder folder;
  // Long enough for several slices on any machine: the line is drawn between two of them, first after the first one.
  Child child(folder.path(), words("run " + kDigits + "--pretext-epochs 20 --arms-epochs 3"), {}, true);
  const Outcome outcome = child.wait();
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.err, ContainsRegex("pretext: epoch [0-9]+ of 20, loss [0-9.]+"));
  EXPECT_THAT(outcome.err, HasSubstr("images/s"));
  std::size_t width = 0;
  for (const char c : outcome.err) {
    width = c == '\r' ? 0 : width + 1;
    EXPECT_LE(width, 99U + 3U);  // with the three bytes that clear the line
  }
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
}

TEST(CliRun, JsonOnStandardOutputStandsAlone) {
  const Folder folder;
  const Outcome outcome = folder.run(words("run " + kDigits + "--epochs 1 --json -"));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_FALSE(json::parse(outcome.out, nullptr, false).is_discarded());
  EXPECT_THAT(outcome.err, HasSubstr("Accuracy on test data"));
}

TEST(CliRun, SignatureDependsOnTheSeedAndNotOnThreads) {
  const Folder folder;
  const std::string run = "run " + kDigits + "--epochs 1 ";
  const std::string one = signature(folder.run_json(words(run + "--threads 1")));
  EXPECT_EQ(one, signature(folder.run_json(words(run + "--threads 3"))));
  EXPECT_NE(one, signature(folder.run_json(words(run + "--threads 1 --seed 2"))));
  EXPECT_NE(one, signature(folder.run_json(words(run + "--preset notebook"))));
}

TEST(CliRun, SeveralSeedsGiveMeanAndDeviation) {
  const Folder folder;
  const std::string run = "run " + kDigits + "--epochs 1 ";
  const json all = folder.run_json(words(run + "--seeds 2,5..6 --save weights-{seed}"));
  ASSERT_EQ(all.at("runs").size(), 3U);
  EXPECT_EQ(all.at("runs").at(1).at("settings").at("seed"), 5);
  EXPECT_EQ(signature(folder.run_json(words(run + "--seed 2"))), signature(all));
  double sum = 0.0;
  double squares = 0.0;
  for (const json& one : all.at("runs")) {
    const double accuracy = one.at("results").at("supervised").at("full_test").at("accuracy");
    sum += accuracy;
    squares += accuracy * accuracy;
  }
  const json& summary = all.at("summary").at("supervised").at("full_test");
  EXPECT_NEAR(summary.at("mean").get<double>(), sum / 3, 1e-12);
  EXPECT_NEAR(summary.at("standard_deviation").get<double>(), std::sqrt(std::max(0.0, squares - sum * sum / 3) / 2),
              1e-7);
  for (const char* name : {"weights-2", "weights-5", "weights-6"}) EXPECT_THAT(folder.names(), Contains(name));
  const Outcome text = folder.run(words(run + "--seeds 1..2"));
  EXPECT_THAT(text.out, HasSubstr("mean"));
  EXPECT_THAT(text.out, HasSubstr("std"));
}

TEST(CliDigits, AWrittenFolderTrainsLikeGeneratedDigits) {
  const Folder folder;
  const Outcome written = folder.run(words("digits --count 220 --test-count 60 --seed 9 --out digits"));
  ASSERT_EQ(written.code, 0) << written.err;
  EXPECT_THAT(written.out, HasSubstr("--data digits"));
  EXPECT_EQ(std::filesystem::file_size(folder / "digits/train-images-idx3-ubyte"), 16U + 220U * 784U);
  EXPECT_EQ(std::filesystem::file_size(folder / "digits/t10k-labels-idx1-ubyte"), 8U + 60U);
  EXPECT_EQ(signature(folder.run_json(words("run --data digits --epochs 1"))),
            signature(folder.run_json(words("run --data generated:220:60:9 --epochs 1"))));
}

TEST(CliPredict, IdxAndPicturesOfTheSameDigitGiveTheSameAnswer) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("digits --count 20 --test-count 2 --out digits")).code, 0);
  ASSERT_EQ(folder.run(words("run " + kDigits + "--epochs 1 --save weights --preset notebook")).code, 0);
  const std::string images = "digits/train-images-idx3-ubyte";
  const std::string pixels = read_text(folder / images).substr(16 + 3 * 784, 784);
  write_text(folder / "digit.pgm", "P5\n28 28\n255\n" + pixels);
  std::string large = "P5\n112 112\n255\n";  // four times as large, dark on light
  for (std::size_t y = 0; y < 112; ++y) {
    for (std::size_t x = 0; x < 112; ++x) {
      large += static_cast<char>(255 - static_cast<unsigned char>(pixels[y / 4 * 28 + x / 4]));
    }
  }
  write_text(folder / "large.pgm", large);

  const json idx = folder.run_json(words("predict " + images + " --index 3 --count 2 --init weights"));
  EXPECT_EQ(idx.at("preset"), "notebook");  // as the weights file says
  ASSERT_EQ(idx.at("predictions").size(), 2U);
  const json pictures = folder.run_json(words("predict digit.pgm large.pgm --init weights"));
  ASSERT_EQ(pictures.at("predictions").size(), 2U);
  for (const char* network : {"rotation", "self_supervised", "random", "supervised"}) {
    const json& of_idx = idx.at("predictions").at(0).at(network).at("probabilities");
    EXPECT_EQ(of_idx, pictures.at("predictions").at(0).at(network).at("probabilities")) << network;
    EXPECT_NE(of_idx, idx.at("predictions").at(1).at(network).at("probabilities")) << network;
    double sum = 0.0;
    for (const json& p : pictures.at("predictions").at(1).at(network).at("probabilities")) sum += p.get<double>();
    EXPECT_NEAR(sum, 1.0, 1e-5) << network;
  }
  const Outcome text = folder.run(words("predict digit.pgm --init weights"));
  EXPECT_THAT(text.out, HasSubstr("Prediction, supervised: "));
  EXPECT_THAT(text.out, HasSubstr("Rotation: turned by "));
  const Outcome beyond = folder.run(words("predict " + images + " --index 20 --init weights"));
  EXPECT_EQ(beyond.code, 1);
  EXPECT_THAT(beyond.err, HasSubstr("--index 0 to 19"));
  EXPECT_EQ(folder.run(words("predict large.pgm --as-is --init weights")).code, 1);
}

TEST(CliHead, OnASavedPretextNetworkRepeatsTheRunsArms) {
  const Folder folder;
  const std::string data = kDigits + "--epochs 2 --seed 3 ";
  const json whole = folder.run_json(words("run " + data));
  const json pretext = folder.run_json(words("pretext " + data + "--save rotnet"));
  EXPECT_EQ(pretext.at("runs").at(0).at("history").at("pretext").at(1).at("loss"),
            whole.at("runs").at(0).at("history").at("pretext").at(1).at("loss"));
  EXPECT_FALSE(pretext.at("runs").at(0).at("results").contains("supervised"));
  const json head = folder.run_json(words("head " + data + "--init rotnet"));
  for (const char* arm : {"self_supervised", "random", "supervised"}) {
    EXPECT_EQ(head.at("runs").at(0).at("results").at(arm), whole.at("runs").at(0).at("results").at(arm)) << arm;
  }
  // A file of pretext weights has no opinion on digits.
  ASSERT_EQ(folder.run(words("digits --count 20 --test-count 2 --out digits")).code, 0);
  const json opinion = folder.run_json(words("predict digits/t10k-images-idx3-ubyte --init rotnet"));
  EXPECT_TRUE(opinion.at("predictions").at(0).contains("rotation"));
  EXPECT_FALSE(opinion.at("predictions").at(0).contains("supervised"));
}

TEST(CliHead, TrainsOnlyTheChosenArms) {
  const Folder folder;
  const json head = folder.run_json(words("head " + kDigits + "--arm supervised --arm random --epochs 1 --labels 10"));
  const json& run = head.at("runs").at(0);
  EXPECT_EQ(run.at("settings").at("labels"), 10);
  EXPECT_TRUE(run.at("results").contains("random"));
  EXPECT_TRUE(run.at("results").contains("supervised"));
  EXPECT_FALSE(run.at("results").contains("self_supervised"));
  const std::string command = run.at("reproduce");
  EXPECT_EQ(signature(folder.run_json(words(command.substr(std::string("quarterturn ").size())))), signature(head));
}

TEST(CliRun, InterruptedAndResumedGivesTheSameSignature) {
  const Folder folder;
  // Many short epochs, so that Ctrl-C comes in the midst of them on any machine.
  const std::string run = "run --data generated:110:20 --arms-epochs 2 --pretext-epochs 100 ";
  {
    Child child(folder.path(), words(run + "--verbose --checkpoint state"));
    for (int i = 0; i < 6000 && child.output().find("pretext epoch 2 of 100") == std::string::npos; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    child.signal(SIGINT);
    const Outcome outcome = child.wait();
    EXPECT_EQ(outcome.code, 130);
    EXPECT_THAT(outcome.err, StartsWith("quarterturn: stopped by Ctrl-C in pretext, epoch "));
    EXPECT_THAT(outcome.err, HasSubstr("--resume state"));
    EXPECT_THAT(outcome.out, Not(HasSubstr("Signature")));
  }
  ASSERT_TRUE(std::filesystem::exists(folder / "state"));
  const json resumed = folder.run_json(words("run --data generated:110:20 --resume state --checkpoint state"));
  EXPECT_EQ(resumed.at("runs").at(0).at("history").at("pretext").size(), 100U);
  EXPECT_EQ(signature(resumed), signature(folder.run_json(words(run))));
  // The finished state is kept too.
  EXPECT_EQ(signature(resumed), signature(folder.run_json(words("run --data generated:110:20 --resume state"))));
  EXPECT_THAT(folder.names(), testing::ElementsAre("result.json", "state"));

  for (const std::string& wrong : {std::string("run --data generated:110:20 --resume state --seed 2"),
                                   std::string("run --data generated:110:20 --resume state --pretext-epochs 3"),
                                   std::string("run --data generated:110:20:2 --resume state"),
                                   std::string("pretext --data generated:110:20 --resume state")}) {
    const Outcome outcome = folder.run(words(wrong));
    EXPECT_EQ(outcome.code, 1) << wrong;
    EXPECT_THAT(outcome.err, StartsWith("quarterturn: 'state'")) << wrong;
  }
}

TEST(CliRun, CtrlCWithoutCheckpointKeepsNothing) {
  const Folder folder;
  write_text(folder / "weights", "old weights");
  Child child(folder.path(), words("run --data generated:110:20 --epochs 10000 --patience 0 --verbose --save weights"));
  for (int i = 0; i < 6000 && child.output().find("pretext epoch 1 of") == std::string::npos; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  child.signal(SIGTERM);
  const Outcome outcome = child.wait();
  EXPECT_EQ(outcome.code, 128 + SIGTERM);
  EXPECT_THAT(outcome.err, HasSubstr("nothing was kept"));
  EXPECT_EQ(read_text(folder / "weights"), "old weights");
  EXPECT_THAT(folder.names(), testing::ElementsAre("weights"));
}

TEST(CliRun, InitBeginsFromGivenWeights) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("run " + kDigits + "--epochs 2 --save weights")).code, 0);
  // No epochs: the networks are tested as they were loaded.
  const json loaded = folder.run_json(words("run " + kDigits + "--epochs 0 --seed 99 --init weights --save again"));
  EXPECT_EQ(read_text(folder / "weights"), read_text(folder / "again"));
  const json trained = folder.run_json(words("run " + kDigits + "--epochs 2"));
  for (const char* name : {"rotation", "self_supervised", "random", "supervised"}) {
    const json& a = loaded.at("runs").at(0).at("results").at(name);
    const json& b = trained.at("runs").at(0).at("results").at(name);
    EXPECT_EQ(a.contains("full_test") ? a.at("full_test") : a, b.contains("full_test") ? b.at("full_test") : b) << name;
  }
}

}  // namespace
}  // namespace quarterturn::cli_test
