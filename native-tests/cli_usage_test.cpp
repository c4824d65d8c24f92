// Bad usage, failures and helps: one line on standard error, exit 2 or 1, no file harmed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "cli_support.hpp"

namespace quarterturn::cli_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

void expect_one_line(const Outcome& outcome, const std::string& fragment) {
  EXPECT_THAT(outcome.err, StartsWith("quarterturn: "));
  EXPECT_THAT(outcome.err, HasSubstr(fragment));
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_EQ(outcome.err.back(), '\n');
}

TEST(CliUsage, BadUsageIsOneLineAndExit2) {
  struct Case {
    std::string arguments;
    std::string fragment;
  };
  const Folder folder;
  for (const Case& c : {Case{"", "no command"},
                        Case{"frobnicate", "'frobnicate'"},
                        Case{"--frobnicate", "'--frobnicate'"},
                        Case{"run --frobnicate", "'--frobnicate' is no argument of quarterturn run"},
                        Case{"run surplus", "'surplus' is no argument of quarterturn run"},
                        Case{"run --seed abc", "--seed: 'abc' is not a whole number"},
                        Case{"run --seed -1", "--seed: '-1'"},
                        Case{"run --seed 1.5", "--seed: '1.5'"},
                        Case{"run --seed 18446744073709551616", "--seed"},
                        Case{"run --seed", "--seed"},
                        Case{"run --threads 0", "--threads: '0' is not a whole number from 1 to 32"},
                        Case{"run --threads 9999", "--threads: '9999'"},
                        Case{"run --isa abacus", "--isa: 'abacus' does not run here"},
                        Case{"run --preset raw", "--preset: 'raw' is not one of unit, notebook"},
                        Case{"run --batch 1025", "--batch: '1025'"},
                        Case{"run --batch 0", "--batch: '0'"},
                        Case{"run --epochs many", "--epochs: 'many'"},
                        Case{"run --learning-rate 0", "--learning-rate: '0'"},
                        Case{"run --learning-rate nan", "--learning-rate: 'nan'"},
                        Case{"run --random-patience x", "--random-patience: 'x'"},
                        Case{"run --pretext-shuffle maybe", "--pretext-shuffle: 'maybe'"},
                        Case{"run --seeds 5..1", "--seeds"},
                        Case{"run --seeds 1,1", "names a seed twice"},
                        Case{"run --seeds 1..2000", "more than 1000 seeds"},
                        Case{"run --seed 1 --seeds 1..2", "--seeds"},
                        Case{"run --seeds 1..2 --checkpoint c", "--checkpoint"},
                        Case{"run --seeds 1..2 --save weights", "{seed}"},
                        Case{"run --data generated:5", "generated:TRAIN:TEST:SEED"},
                        Case{"run --data generated:100:10:1:1", "generated:TRAIN:TEST:SEED"},
                        Case{"run --data generated:110:10 --labels 11", "--labels 11 is more"},
                        Case{"pretext --labels 5", "--labels"},
                        Case{"head", "--init"},
                        Case{"head --arm sideways", "--arm: 'sideways'"},
                        Case{"predict", "FILE is required"},
                        Case{"predict picture.png", "--init is required"},
                        Case{"digits", "--out is required"},
                        Case{"digits --out d --count 0", "--count: '0'"}}) {
    const Outcome outcome = folder.run(words(c.arguments));
    EXPECT_EQ(outcome.code, 2) << c.arguments;
    EXPECT_THAT(outcome.out, IsEmpty()) << c.arguments;
    expect_one_line(outcome, c.fragment);
  }
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(CliUsage, FailuresAreOneLineAndExit1) {
  struct Case {
    std::string arguments;
    std::string fragment;
  };
  const Folder folder;
  write_text(folder / "text", "This is no picture, no weights file and no checkpoint.\n");
  std::filesystem::create_directory(folder / "sub");
  const std::string small = "run --data generated:110:10 --epochs 1 ";
  for (const Case& c :
       {Case{"run --data missing", "missing"}, Case{"run --data text", "text"}, Case{"run --data sub", "sub"},
        Case{small + "--init missing", "missing"}, Case{small + "--init sub", "sub"},
        Case{small + "--init text", "text"}, Case{small + "--resume missing", "missing"},
        Case{small + "--resume text", "text"}, Case{small + "--save sub", "it is a folder"},
        Case{small + "--save missing/weights", "missing/weights"},
        Case{small + "--json text/result.json", "text/result.json"}, Case{small + "--checkpoint sub", "it is a folder"},
        Case{"predict missing.png --init missing", "missing"}, Case{"predict text --init text", "text"},
        Case{"digits --out text", "text"}}) {
    const Outcome outcome = folder.run(words(c.arguments));
    EXPECT_EQ(outcome.code, 1) << c.arguments;
    expect_one_line(outcome, c.fragment);
  }
  EXPECT_THAT(folder.names(), ElementsAre("sub", "text"));
}

TEST(CliUsage, ControlCharactersOfAFileNameDoNotReachTheTerminal) {
  const Folder folder;
  const Outcome outcome = folder.run({"run", "--data", "bad\x1b[31m\nname"});
  EXPECT_EQ(outcome.code, 1);
  expect_one_line(outcome, "bad?[31m?name");
}

TEST(CliUsage, EveryCommandHasHelpWithAnExample) {
  const Folder folder;
  for (const std::string command : {"", "run", "pretext", "head", "probe", "predict", "digits", "info"}) {
    std::vector<std::string> arguments = words(command);
    arguments.emplace_back("--help");
    const Outcome outcome = folder.run(arguments);
    EXPECT_EQ(outcome.code, 0) << command;
    EXPECT_THAT(outcome.out, HasSubstr("Example")) << command;
    EXPECT_THAT(outcome.out, HasSubstr("quarterturn " + command)) << command;
    EXPECT_THAT(outcome.err, IsEmpty()) << command;
  }
  EXPECT_THAT(folder.run({"--version"}).out, StartsWith("quarterturn "));
}

TEST(CliUsage, LostOutputIsAFailure) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const Folder folder;
  for (const std::string arguments :
       {"info --data generated:110:10", "run --help", "info --data generated:110:10 --json -"}) {
    Child child(folder.path(), words(arguments), {}, false, "/dev/full");
    const Outcome outcome = child.wait();
    EXPECT_EQ(outcome.code, 1) << arguments;
    EXPECT_THAT(outcome.err, HasSubstr("cannot write the output")) << arguments;
  }
  const Outcome outcome = folder.run(words("info --data generated:110:10 --json /dev/full"));
  EXPECT_EQ(outcome.code, 1);
  expect_one_line(outcome, "/dev/full");
}

TEST(CliUsage, AFailedRunLeavesOldFilesAlone) {
  const Folder folder;
  write_text(folder / "result.json", "old result");
  write_text(folder / "weights", "old weights");
  // Adam moves every weight by about the learning rate: the pretext task stays finite, the supervised arm overflows
  // soon.
  const Outcome outcome = folder.run(
      words("run --data generated:110:10 --epochs 3 --preset notebook --learning-rate 10000 --arms-learning-rate 10000 "
            "--json result.json --save weights"));
  EXPECT_EQ(outcome.code, 1);
  expect_one_line(outcome, "not finite");
  EXPECT_EQ(read_text(folder / "result.json"), "old result");
  EXPECT_EQ(read_text(folder / "weights"), "old weights");
  EXPECT_THAT(folder.names(), ElementsAre("result.json", "weights", "weights.last-good"));
}

TEST(CliUsage, DataIsChosenByOptionThenEnvironmentThenFolderAndSaidAloud) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("digits --count 110 --test-count 10 --seed 3 --out data/mnist")).code, 0);
  ASSERT_EQ(folder.run(words("digits --count 120 --test-count 10 --seed 4 --out other")).code, 0);
  EXPECT_THAT(folder.run({"info"}).out, HasSubstr("110 training"));
  const Outcome by_environment = folder.run({"info"}, {{"QUARTERTURN_MNIST", "other"}});
  EXPECT_THAT(by_environment.out, HasSubstr("120 training"));
  EXPECT_THAT(by_environment.out, HasSubstr("QUARTERTURN_MNIST"));
  const Outcome by_option = folder.run(words("info --data generated:130:10"), {{"QUARTERTURN_MNIST", "other"}});
  EXPECT_THAT(by_option.out, HasSubstr("130 training"));
  EXPECT_THAT(by_option.out, HasSubstr("generated"));
}

}  // namespace
}  // namespace quarterturn::cli_test
