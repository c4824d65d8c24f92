// Lists of arms and comparisons on the command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include "cli_support.hpp"

namespace quarterturn::cli_test {
namespace {
namespace arms_test {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kDigits = "--data generated:220:60 ";

std::string signature_of(const json& result) { return result.at("runs").at(0).at("signature"); }

TEST(CliArms, AnyListIsTrainedReportedAndReproduced) {
  const Folder folder;
  const json result = folder.run_json(
      words("run " + kDigits +
            "--epochs 2 --arms supervised-adam,self_supervised,fine-tuned-adam --fine-tuned-adam-batch 8"));
  const json& run = result.at("runs").at(0);
  EXPECT_EQ(run.at("settings").at("arms"), "supervised_adam,self_supervised,fine_tuned_adam");
  EXPECT_EQ(run.at("settings").at("fit").at("fine_tuned_adam").at("batch"), 8);
  EXPECT_EQ(run.at("settings").at("fit").at("supervised_adam").at("batch"), 32);
  EXPECT_FALSE(run.at("results").contains("supervised"));
  for (const char* arm : {"supervised_adam", "self_supervised", "fine_tuned_adam"}) {
    EXPECT_EQ(run.at("results").at(arm).at("full_test").at("count"), 60) << arm;
    EXPECT_EQ(run.at("history").at(arm).size(), 2U) << arm;
  }
  const std::string command = run.at("reproduce");
  EXPECT_THAT(command, HasSubstr("--arms supervised-adam,self-supervised,fine-tuned-adam"));
  EXPECT_EQ(signature_of(folder.run_json(words(command.substr(std::string("quarterturn ").size())))),
            signature_of(result));

  // Differences are those of the self-supervised arm, wherever it stands.
  ASSERT_EQ(run.at("paired").size(), 2U);
  for (const json& paired : run.at("paired")) {
    EXPECT_EQ(paired.at("to"), "self_supervised");
    const json& results = run.at("results");
    const auto correct = [&](const json& arm) {
      return results.at(arm.get<std::string>()).at("full_test").at("correct").get<int>();
    };
    EXPECT_EQ(paired.at("only_first").get<int>() - paired.at("only_second").get<int>(),
              correct(paired.at("arm")) - correct(paired.at("to")));
    EXPECT_NEAR(paired.at("difference").get<double>(), (correct(paired.at("arm")) - correct(paired.at("to"))) / 60.0,
                1e-12);
    EXPECT_LE(paired.at("interval95").at(0), paired.at("difference"));
    EXPECT_GE(paired.at("interval95").at(1), paired.at("difference"));
  }
}

TEST(CliArms, TextHasTheTablesOfTheList) {
  const Folder folder;
  const Outcome outcome = folder.run(words("run " + kDigits + "--epochs 1 --show --arms fine_tuned,self-supervised"));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  for (const char* text : {"Fine-tuned: everything trained, from the pretext network's weights",
                           "Training: fine-tuned, 1 epochs", "Prediction, fine-tuned: ", "Confusion, fine-tuned",
                           "Accuracy beside that of self-supervised, image by image"}) {
    EXPECT_THAT(outcome.out, HasSubstr(text));
  }
  EXPECT_THAT(outcome.out, Not(HasSubstr("Training: random")));
  const Outcome seeds = folder.run(words("run " + kDigits + "--epochs 1 --seeds 1..2 --arms supervised_adam,random"));
  EXPECT_THAT(seeds.out, AllOf(HasSubstr("supervised-adam"), HasSubstr("Accuracy beside that of supervised-adam"),
                               HasSubstr("2 seeds"), Not(HasSubstr("self-supervised"))));
}

TEST(CliArms, WithoutArmsThePretextTaskIsAll) {
  const Folder folder;
  const json result = folder.run_json(words("run " + kDigits + "--epochs 1 --arms none"));
  const json& run = result.at("runs").at(0);
  EXPECT_EQ(run.at("settings").at("arms"), "none");
  EXPECT_EQ(run.at("paired").size(), 0U);
  EXPECT_EQ(run.at("history").size(), 1U);
  const std::string command = run.at("reproduce");
  EXPECT_EQ(signature_of(folder.run_json(words(command.substr(std::string("quarterturn ").size())))),
            signature_of(result));
}

TEST(CliArms, AListThatIsNoneIsBadUsage) {
  const Folder folder;
  for (const char* list : {"foo", "random,random", "pretext", "random,", "self-supervised,none"}) {
    const Outcome outcome = folder.run(words("run " + kDigits + "--arms " + list));
    EXPECT_EQ(outcome.code, 2) << list;
    EXPECT_THAT(outcome.err, AllOf(StartsWith("quarterturn: "), HasSubstr("--arms"), HasSubstr("fine-tuned-adam")))
        << list;
  }
}

TEST(CliArms, HeadTrainsAListOnARotNet) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("pretext " + kDigits + "--epochs 1 --save rotnet")).code, 0);
  const json head = folder.run_json(
      words("head " + kDigits + "--epochs 2 --init rotnet --arms fine-tuned-adam,supervised --save weights"));
  const json& results = head.at("runs").at(0).at("results");
  EXPECT_TRUE(results.contains("fine_tuned_adam"));
  EXPECT_TRUE(results.contains("supervised"));
  EXPECT_FALSE(results.contains("self_supervised"));
  const std::string command = head.at("runs").at(0).at("reproduce");
  EXPECT_EQ(signature_of(folder.run_json(words(command.substr(std::string("quarterturn ").size())))),
            signature_of(head));

  EXPECT_EQ(folder.run(words("head " + kDigits + "--arms fine-tuned")).code, 2) << "it needs a RotNet";
  EXPECT_EQ(folder.run(words("head " + kDigits + "--arms none")).code, 2);
  EXPECT_EQ(folder.run(words("head " + kDigits + "--arms random --arm random")).code, 2);

  // Predict asks the networks that the file has.
  ASSERT_EQ(folder.run(words("digits --count 20 --test-count 2 --out digits")).code, 0);
  const json prediction = folder.run_json(words("predict digits/train-images-idx3-ubyte --init weights"));
  EXPECT_EQ(prediction.at("predictions").at(0).at("fine_tuned_adam").at("probabilities").size(), 10U);
  EXPECT_FALSE(prediction.at("predictions").at(0).contains("random"));
  const json probes = folder.run_json(words("probe " + kDigits + "--labels 20 --init weights"));
  std::vector<std::string> features;
  for (const json& probe : probes.at("probes")) features.push_back(probe.at("features"));
  EXPECT_THAT(features, testing::ElementsAre("pretext", "untrained", "supervised", "fine_tuned_adam", "pixels"));
}

TEST(CliArms, ACheckpointIsResumedWithItsOwnListOnly) {
  const Folder folder;
  const std::string run = "run " + kDigits + "--epochs 1 --arms fine-tuned-adam ";
  const json whole = folder.run_json(words(run + "--checkpoint state"));
  EXPECT_EQ(signature_of(folder.run_json(words("run " + kDigits + "--resume state --arms fine-tuned-adam"))),
            signature_of(whole));
  const Outcome other = folder.run(words("run " + kDigits + "--resume state --arms random"));
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("it was made with --arms fine-tuned-adam"));
}

TEST(CliCompare, CurvesAreThoseOfRunAndProbe) {
  const Folder folder;
  const std::string fits = "--epochs 2 --fine-tuned-adam-batch 8 ";
  const json result =
      folder.run_json(words("compare " + kDigits + fits + "--pretext turns --labels 10,20 --seeds 1..2"));
  EXPECT_EQ(result.at("command"), "compare");
  EXPECT_TRUE(result.at("complete"));
  std::vector<std::string> titles;
  for (const json& curve : result.at("curves")) titles.push_back(curve.at("curve"));
  EXPECT_THAT(titles, testing::ElementsAre("turns", "untrained", "pixels", "supervised", "supervised-adam",
                                           "fine-tuned", "fine-tuned-adam"));
  const auto accuracy = [&](std::size_t curve, std::size_t budget, std::size_t seed) {
    const json& one = result.at("curves").at(curve).at("results").at(budget).at("seeds").at(seed);
    EXPECT_EQ(one.at("count"), 60);
    return one.at("correct").get<int>();
  };

  // Seed 2 by the other commands.
  const json run =
      folder.run_json(words("run " + kDigits + fits +
                            "--seed 2 --labels 10 --arms supervised,supervised-adam,fine-tuned,fine-tuned-adam "
                            "--save weights"));
  std::size_t curve = 3;
  for (const char* arm : {"supervised", "supervised_adam", "fine_tuned", "fine_tuned_adam"}) {
    EXPECT_EQ(accuracy(curve++, 0, 1), run.at("runs").at(0).at("results").at(arm).at("full_test").at("correct")) << arm;
  }
  const json probes = folder.run_json(
      words("probe " + kDigits + "--seed 2 --init weights --features pretext,untrained,pixels --labels 10,20"));
  for (std::size_t features = 0; features < 3; ++features) {
    for (std::size_t budget = 0; budget < 2; ++budget) {
      EXPECT_EQ(accuracy(features, budget, 1),
                probes.at("probes").at(features).at("budgets").at(budget).at("full_test").at("correct"))
          << titles[features];
    }
  }

  // Means, deviations and differences follow from the seeds.
  const json& turns = result.at("curves").at(0).at("results").at(1);
  const double mean = (accuracy(0, 1, 0) + accuracy(0, 1, 1)) / 120.0;
  EXPECT_NEAR(turns.at("mean").get<double>(), mean, 1e-12);
  const json& difference = turns.at("differences").at(0);
  EXPECT_EQ(difference.at("to"), "untrained");
  EXPECT_NEAR(difference.at("mean").get<double>(), mean - (accuracy(1, 1, 0) + accuracy(1, 1, 1)) / 120.0, 1e-12);
  for (std::size_t seed = 0; seed < 2; ++seed) {
    const json& one = difference.at("seeds").at(seed);
    EXPECT_EQ(one.at("only_first").get<int>() - one.at("only_second").get<int>(),
              accuracy(0, 1, seed) - accuracy(1, 1, seed));
  }
}

TEST(CliCompare, TextHasAccuraciesAndDifferences) {
  const Folder folder;
  const Outcome one =
      folder.run(words("compare " + kDigits + "--epochs 1 --pretext turns --labels 10,20 --arms supervised-adam"));
  ASSERT_EQ(one.code, 0) << one.err;
  for (const char* text : {"10 labels", "20 labels", "turns", "untrained", "pixels", "supervised-adam", "95% interval",
                           "Accuracy beside that of untrained (probe), image by image"}) {
    EXPECT_THAT(one.out, HasSubstr(text));
  }
  const Outcome several =
      folder.run(words("compare " + kDigits + "--epochs 1 --pretext turns --labels 20 --arms none --seeds 1..2"));
  ASSERT_EQ(several.code, 0) << several.err;
  EXPECT_THAT(several.out, AllOf(HasSubstr("mean and standard deviation of 2 seeds"), HasSubstr("+-"),
                                 Not(HasSubstr("supervised"))));
}

TEST(CliCompare, TellsTheCommandThatMakesTheSameCurves) {
  const Folder folder;
  const std::string program = "quarterturn ";
  for (const std::string options :
       {"--pretext mirrors,shuffles --labels 10,20 --arms none --seeds 3,1 --epochs 1",
        "--pretext turns --labels 20 --arms supervised-adam,fine-tuned --epochs 1 --fine-tuned-batch 8 --seed 4"}) {
    const Outcome text = folder.run(words("compare " + kDigits + options + " --json first.json"));
    ASSERT_EQ(text.code, 0) << text.err;
    const json first = json::parse(read_text(folder.path() / "first.json"));
    const std::string command = first.at("reproduce");
    EXPECT_THAT(text.out, HasSubstr("Reproduce: " + command + "\n"));
    ASSERT_EQ(command.substr(0, program.size()), program);
    const json again = folder.run_json(words(command.substr(program.size())));
    for (const char* part : {"curves", "seeds", "labels", "tasks", "fit", "preset", "reproduce"}) {
      EXPECT_EQ(again.at(part), first.at(part)) << part << ": " << command;
    }
  }
  const Outcome other = folder.run(words("compare " + kDigits + "--expect-data 0123456789abcdef"));
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("the images are not those of --expect-data 0123456789abcdef"));
}

TEST(CliCompare, WhatCannotBeComparedIsBadUsage) {
  const Folder folder;
  for (const char* bad : {"--labels 21", "--labels 0", "--pretext foo", "--arms foo", "--seeds 1,1", "--epochs x"}) {
    const Outcome outcome = folder.run(words("compare " + kDigits + bad));
    EXPECT_EQ(outcome.code, 2) << bad;
    EXPECT_THAT(outcome.err, StartsWith("quarterturn: ")) << bad;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << bad;
  }
}

TEST(CliCompare, CtrlCKeepsTheFinishedSeeds) {
  const Folder folder;
  // More seeds than can be over before the signal comes.
  Child child(folder.path(), words("compare " + kDigits +
                                   "--epochs 1 --pretext turns --labels 10 --arms supervised "
                                   "--seeds 1..900 --json result.json"));
  for (int i = 0; i < 6000 && child.output().find("Seed 1: done") == std::string::npos; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  child.signal(SIGINT);
  const Outcome outcome = child.wait();
  EXPECT_EQ(outcome.code, 130);
  EXPECT_THAT(outcome.err, HasSubstr("stopped by Ctrl-C"));
  EXPECT_THAT(outcome.out, HasSubstr("untrained"));
  const json result = json::parse(read_text(folder / "result.json"));
  EXPECT_FALSE(result.at("complete"));
  EXPECT_THAT(result.at("stopped").get<std::string>(), HasSubstr("stopped by Ctrl-C"));
  EXPECT_EQ(result.at("seeds").size(), 900U);
  const std::size_t kept = result.at("curves").at(0).at("results").at(0).at("seeds").size();
  EXPECT_GE(kept, 1U);
  EXPECT_LT(kept, 900U);
}

}  // namespace arms_test
}  // namespace
}  // namespace quarterturn::cli_test
