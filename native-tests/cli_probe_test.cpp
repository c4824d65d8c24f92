// `quarterturn probe`, and the probe beside the results of `quarterturn run`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cli_support.hpp"

namespace quarterturn::cli_test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

/// 40 of the training images are labelled.
const std::string kProbedDigits = "--data generated:440:60 ";

TEST(CliProbe, FitsTheFeaturesOfWhatWasTrained) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("pretext " + kProbedDigits + "--epochs 1 --save rotnet")).code, 0);
  const json result = folder.run_json(words("probe " + kProbedDigits + "--init rotnet --labels 10,40 --draws 3"));
  EXPECT_EQ(result.at("command"), "probe");
  EXPECT_EQ(result.at("weights"), "rotnet");
  ASSERT_EQ(result.at("probes").size(), 3U);
  std::size_t place = 0;
  for (const std::string features : {"pretext", "untrained", "pixels"}) {
    const json& probe = result.at("probes").at(place++);
    EXPECT_EQ(probe.at("features"), features);
    EXPECT_THAT(probe.at("data").get<std::string>(), HasSubstr("generated"));
    ASSERT_EQ(probe.at("budgets").size(), 2U);
    const json& ten = probe.at("budgets").at(0);
    EXPECT_EQ(ten.at("labels"), 10);
    ASSERT_EQ(ten.at("draws").size(), 3U);
    double sum = 0.0;
    for (const json& draw : ten.at("draws")) sum += draw.at("correct").get<double>();
    EXPECT_NEAR(ten.at("full_test").at("correct").get<double>(), sum / 3.0, 1e-12);
    EXPECT_EQ(ten.at("full_test").at("count"), 60);
    const json& forty = probe.at("budgets").at(1);
    EXPECT_EQ(forty.at("draws").size(), 1U);
    EXPECT_LT(forty.at("test").at("interval95").at(0), forty.at("test").at("accuracy"));
    EXPECT_GT(forty.at("test").at("interval95").at(1), forty.at("test").at("accuracy"));
  }
  const Outcome text = folder.run(words("probe " + kProbedDigits + "--features untrained --labels 10 --penalty 2.5"));
  EXPECT_THAT(text.out, AllOf(HasSubstr("Exact linear probe"), HasSubstr("untrained network"), HasSubstr("2.5"),
                              HasSubstr("all 60 test images"), HasSubstr("95% interval")));
}

TEST(CliProbe, ReadsACheckpointAsItIsAndIsPartOfARun) {
  const Folder folder;
  const json run = folder.run_json(words("run " + kProbedDigits + "--epochs 1 --checkpoint state"));
  const json& beside = run.at("runs").at(0).at("probes");
  ASSERT_EQ(beside.size(), 4U);
  const json probe = folder.run_json(words("probe " + kProbedDigits + "--resume state"));
  EXPECT_EQ(probe.at("probes"), beside);
  // As far as there are labels: 40 of them, and those are the last number.
  ASSERT_EQ(beside.at(0).at("budgets").size(), 3U);
  EXPECT_EQ(beside.at(0).at("budgets").at(2).at("labels"), 40);
  EXPECT_THAT(folder.run(words("run " + kProbedDigits + "--epochs 0")).out, HasSubstr("Exact linear probe"));
}

TEST(CliProbe, TellsTheCommandThatFitsTheSameAgain) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("run " + kProbedDigits + "--epochs 1 --arms none --checkpoint state --save weights")).code,
            0);
  const std::string program = "quarterturn ";
  for (const std::string options :
       {"--resume state --features pretext,untrained --draws 3", "--init weights --labels 10,40 --preset notebook",
        "--features untrained,pixels --penalty 0.30000000000000004 --seed 7"}) {
    const json first = folder.run_json(words("probe " + kProbedDigits + options));
    const std::string command = first.at("reproduce");
    ASSERT_EQ(command.substr(0, program.size()), program);
    const json again = folder.run_json(words(command.substr(program.size())));
    EXPECT_EQ(again.at("probes"), first.at("probes")) << command;
    EXPECT_EQ(again.at("reproduce"), command);
    EXPECT_THAT(folder.run(words("probe " + kProbedDigits + options)).out, HasSubstr("Reproduce: " + command + "\n"));
  }
  const Outcome other = folder.run(words("probe " + kProbedDigits + "--expect-data 0123456789abcdef"));
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("the images are not those of --expect-data 0123456789abcdef"));
}

TEST(CliProbe, SaysWhatItCannotFit) {
  const Folder folder;
  struct Wrong {
    std::string options;
    std::string message;
  };
  for (const auto& [options, message] :
       {Wrong{"--features pretext", "--features pretext needs that network's trained weights; give --init FILE"},
        Wrong{"--features supervised", "--features supervised needs that network's trained weights"},
        Wrong{"--features conv",
              "'conv' is not one of pretext, untrained, supervised, supervised_adam, fine_tuned, fine_tuned_adam, "
              "pixels"},
        Wrong{"--labels 41", "the labels of a probe must be 1..40, the labelled images there are; not 41"},
        Wrong{"--labels 0", "'0' is not a whole number from 1"}, Wrong{"--penalty 0", "'0' is not a number from"},
        Wrong{"--draws 0", "'0' is not a whole number from 1 to 1000"}, Wrong{"--init a --resume b", "excludes"}}) {
    const Outcome outcome = folder.run(words("probe " + kProbedDigits + options));
    EXPECT_EQ(outcome.code, 2) << options;
    EXPECT_THAT(outcome.err, HasSubstr(message)) << options;
    EXPECT_EQ(outcome.out, "");
  }
  EXPECT_EQ(folder.run(words("probe " + kProbedDigits + "--init missing")).code, 1);
}

}  // namespace
}  // namespace quarterturn::cli_test
