// Output files that cannot be written, signals, closed pipes, input from pipes: what is finished is never lost.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <string>

#include "cli/interrupt.hpp"
#include "cli/output_file.hpp"
#include "cli_support.hpp"

namespace quarterturn::cli_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kData = "--data generated:110:10 ";
const std::string kShort = kData + "--epochs 1 --threads 1 ";

bool is_one_line(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n') == 1 && text.back() == '\n';
}

TEST(CliFiles, TwoOutputsInOneFileAreRefused) {
  const Folder folder;
  fs::create_directory(folder / "sub");
  fs::create_symlink("out", folder / "link");
  fs::create_symlink("sub", folder / "other-sub");
  write_text(folder / "old", "old");
  fs::create_hard_link(folder / "old", folder / "hard");
  for (const std::string outputs :
       {"--save out --json out", "--save out --json ./sub/../out", "--save out --json link",
        "--json out --checkpoint link", "--checkpoint out --save out", "--save sub/out --json other-sub/out",
        "--save old --json hard", "--save out --json out.last-good"}) {
    const Outcome outcome = folder.run(words("run " + kShort + outputs));
    EXPECT_EQ(outcome.code, 2) << outputs;
    EXPECT_THAT(outcome.err, HasSubstr("name the same file")) << outputs;
    EXPECT_TRUE(is_one_line(outcome.err)) << outcome.err;
  }
  EXPECT_EQ(folder.run(words("run " + kShort + "--seeds 1..2 --save w-{seed} --json w-2")).code, 2);
  EXPECT_EQ(folder.run(words("run " + kShort + "--save /dev/null --json /dev/null")).code, 0);
  EXPECT_THAT(folder.names(), ElementsAre("hard", "link", "old", "other-sub", "sub"));
  EXPECT_EQ(read_text(folder / "old"), "old");
}

TEST(CliFiles, AnOutputThatWouldOverwriteAnInputIsRefused) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("run " + kShort + "--save weights --checkpoint state")).code, 0);
  write_text(folder / "digit.pgm", "P5\n28 28\n255\n" + std::string(784, 'x'));
  const std::string weights = read_text(folder / "weights");
  const std::string state = read_text(folder / "state");
  for (const std::string& arguments :
       {"run " + kShort + "--init weights --json weights", "run " + kShort + "--init weights --checkpoint ./weights",
        "run " + kData + "--resume state --save state", "run " + kData + "--resume state --json state",
        std::string("predict digit.pgm --init weights --json digit.pgm"),
        std::string("predict digit.pgm --init weights --json weights"),
        "probe " + kData + "--init weights --json ./weights", "probe " + kData + "--resume state --json state"}) {
    const Outcome outcome = folder.run(words(arguments));
    EXPECT_EQ(outcome.code, 2) << arguments;
    EXPECT_THAT(outcome.err, HasSubstr("would overwrite")) << arguments;
  }
  EXPECT_EQ(read_text(folder / "weights"), weights);
  EXPECT_EQ(read_text(folder / "state"), state);
  // Going on in the same file is meant.
  EXPECT_EQ(folder.run(words("run " + kShort + "--init weights --save weights")).code, 0);
  EXPECT_EQ(folder.run(words("run " + kData + "--resume state --checkpoint state")).code, 0);
}

TEST(CliFiles, AnOutputThatWouldOverwriteTheDataIsRefused) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("digits --count 110 --test-count 10 --out data/mnist")).code, 0);
  ASSERT_EQ(folder.run(words("run " + kShort + "--save weights")).code, 0);
  fs::create_symlink("data/mnist/t10k-labels-idx1-ubyte", folder / "link");
  fs::create_hard_link(folder / "data/mnist/train-labels-idx1-ubyte", folder / "hard");
  const std::string images = "data/mnist/train-images-idx3-ubyte";
  const std::string before = read_text(folder / images);
  const std::string settings = " --data data/mnist --epochs 1 ";
  for (const std::string& arguments :
       {"run" + settings + "--save " + images, "run" + settings + "--checkpoint link", "run" + settings + "--json hard",
        "run --epochs 1 --json " + images, "pretext" + settings + "--json link",
        "head" + settings + "--init weights --save hard",
        "compare" + settings + "--pretext turns --arms none --labels 10 --json link",
        std::string("probe --data data/mnist --json link"), "bench --seconds 0.01 --data data/mnist --json " + images,
        "info --data data/mnist --json " + images}) {
    const Outcome outcome = folder.run(words(arguments));
    EXPECT_EQ(outcome.code, 2) << arguments;
    EXPECT_THAT(outcome.err, HasSubstr("which is also a file of the data")) << arguments;
    EXPECT_TRUE(is_one_line(outcome.err)) << outcome.err;
  }
  EXPECT_EQ(read_text(folder / images), before);
  EXPECT_EQ(folder.run(words("info --data data/mnist --json data/mnist/info.json")).code, 0);
}

TEST(CliFiles, TheSeedOfACheckpointCountsInTheNamesOfOutputs) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("run " + kShort + "--seed 7 --checkpoint state")).code, 0);
  const Outcome outcome = folder.run(words("run " + kData + "--resume state --save weights-{seed} --json weights-7"));
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--save and --json name the same file"));
  EXPECT_THAT(folder.names(), ElementsAre("state"));
  EXPECT_EQ(folder.run(words("run " + kData + "--resume state --save weights-{seed} --json weights-1")).code, 0);
}

TEST(CliFiles, AnOutputThatWouldOverwriteWhatStandardInputReadsIsRefused) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("run " + kShort + "--save weights")).code, 0);
  const std::string weights = read_text(folder / "weights");
  const auto redirected = [&folder] {
    const int file = ::open((folder / "weights").c_str(), O_RDONLY);
    return file >= 0 && ::dup2(file, STDIN_FILENO) >= 0;
  };
  Child child(folder.path(), words("run " + kShort + "--init - --json weights"), {}, false, "", redirected);
  const Outcome outcome = child.wait();
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("would overwrite 'weights', which is also the file of --init"));
  EXPECT_EQ(read_text(folder / "weights"), weights);
}

TEST(CliFiles, AnOutputThatIsAlsoTheStandardOutputIsRefused) {
  const Folder folder;
  Child child(folder.path(), words("run " + kShort + "--json both"), {}, false, (folder / "both").string());
  const Outcome outcome = child.wait();
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("which is also the standard output"));
}

TEST(CliFiles, OnlyJsonGoesToTheStandardOutput) {
  const Folder folder;
  for (const std::string option : {"--save", "--checkpoint"}) {
    const Outcome outcome = folder.run(words("run " + kShort + option + " -"));
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr(option + " needs a file"));
  }
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(CliFiles, AFileThatIsAMountPointIsWrittenInPlace) {
  const Folder folder;
  for (const std::string option : {"--save", "--json", "--checkpoint"}) {
    write_text(folder / "host", std::string(1000000, 'x'));  // longer than what will be written
    write_text(folder / "out", "");
    const auto mount_it = [&] {
      return own_mounts() &&
             ::mount((folder / "host").c_str(), (folder / "out").c_str(), nullptr, MS_BIND, nullptr) == 0;
    };
    Child child(folder.path(), words("run " + kShort + option + " out"), {}, false, "", mount_it);
    const Outcome outcome = child.wait();
    if (outcome.code == kNotStarted) GTEST_SKIP() << "mounts are not allowed here";
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.err, IsEmpty());
    EXPECT_THAT(outcome.out, HasSubstr("Accuracy on test data"));
    const std::string written = read_text(folder / "host");
    if (option == "--json") {
      EXPECT_FALSE(json::parse(written, nullptr, false).is_discarded());
    } else {
      EXPECT_EQ(
          folder.run(words("run " + kData + (option == "--save" ? "--epochs 0 --init host" : "--resume host"))).code,
          0);
    }
  }
  EXPECT_THAT(folder.names(), ElementsAre("host", "out"));
}

TEST(CliFiles, ADiskWithoutRoomIsReportedBeforeTraining) {
  const Folder folder;
  fs::create_directory(folder / "small");
  const auto mount_it = [&] {
    return own_mounts() && ::mount("none", (folder / "small").c_str(), "tmpfs", 0, "size=64k") == 0;
  };
  for (const std::string outputs : {"--save small/weights", "--checkpoint small/state"}) {
    Child child(folder.path(), words("run " + kShort + outputs), {}, false, "", mount_it);
    const Outcome outcome = child.wait();
    if (outcome.code == kNotStarted) GTEST_SKIP() << "mounts are not allowed here";
    EXPECT_EQ(outcome.code, 1) << outputs;
    EXPECT_THAT(outcome.out, Not(HasSubstr("Training: ")));
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("No space left on device"), HasSubstr("bytes are needed")));
    EXPECT_TRUE(is_one_line(outcome.err)) << outcome.err;
  }
}

TEST(CliFiles, EveryCommandReportsAFullDiskAtItsStart) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("digits --count 110 --test-count 10 --out digits")).code, 0);
  ASSERT_EQ(folder.run(words("run " + kShort + "--save weights")).code, 0);
  fs::create_directory(folder / "full");
  const auto mount_it = [&] {
    if (!own_mounts() || ::mount("none", (folder / "full").c_str(), "tmpfs", 0, "size=64k") != 0) return false;
    write_text(folder / "full/all-of-it", std::string(100000, 'x'));
    return true;
  };
  for (const std::string& arguments :
       {"run " + kShort + "--json full/json", "pretext " + kShort + "--json full/json",
        "head " + kShort + "--init weights --json full/json",
        "compare " + kShort + "--pretext turns --arms none --labels 10 --json full/json",
        "probe " + kData + "--json full/json", "bench --seconds 0.01 " + kData + "--json full/json",
        "info " + kData + "--json full/json",
        std::string("predict digits/t10k-images-idx3-ubyte --init weights --json full/json"),
        std::string("digits --count 1000 --out full")}) {
    Child child(folder.path(), words(arguments), {}, false, "", mount_it);
    const Outcome outcome = child.wait();
    if (outcome.code == kNotStarted) GTEST_SKIP() << "mounts are not allowed here";
    EXPECT_EQ(outcome.code, 1) << arguments;
    EXPECT_THAT(outcome.out, IsEmpty()) << arguments;
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("No space left on device"), HasSubstr("bytes are needed"))) << arguments;
    EXPECT_TRUE(is_one_line(outcome.err)) << outcome.err;
  }
}

TEST(CliFiles, ADiskWithRoomForOneOutputOfTwoIsReportedBeforeTraining) {
  const Folder folder;
  fs::create_directory(folder / "small");
  const auto mount_it = [&] {
    return own_mounts() && ::mount("none", (folder / "small").c_str(), "tmpfs", 0, "size=700k") == 0;
  };
  Child child(folder.path(), words("run " + kShort + "--checkpoint small/state --save small/weights"), {}, false, "",
              mount_it);
  const Outcome outcome = child.wait();
  if (outcome.code == kNotStarted) GTEST_SKIP() << "mounts are not allowed here";
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, Not(HasSubstr("Signature: ")));
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("No space left on device"), HasSubstr("all outputs on this disk need")));
}

TEST(CliFiles, ALimitOfFileSizesIsAnErrorAndNotTheEndOfTheProgram) {
  const Folder folder;
  const auto limit = [] {
    const struct rlimit most{1000, 1000};
    return ::setrlimit(RLIMIT_FSIZE, &most) == 0;
  };
  Child child(folder.path(), words("run " + kShort + "--save weights"), {}, false, "/dev/null", limit);
  const Outcome outcome = child.wait();
  EXPECT_EQ(outcome.code, 1);
  EXPECT_FALSE(outcome.by_signal);
  EXPECT_THAT(outcome.err, HasSubstr("File too large"));
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(CliFiles, WhatCannotBeWrittenAtTheEndIsSavedElsewhereAndNamed) {
  const Folder folder;
  fs::create_directory(folder / "out");
  HeldPipe state(folder / "state");
  Child child(
      folder.path(),
      words("run " + kShort + "--checkpoint state --checkpoint-every 0 --save out/weights --json out/result.json"));
  state.wait_for_writer();
  fs::remove_all(folder / "out");
  state.release();
  const Outcome outcome = child.wait();
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("Accuracy on test data"), HasSubstr("Signature: ")));
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("cannot write 'out/weights'"), HasSubstr("weights.saved'"),
                                 HasSubstr("cannot write 'out/result.json'"), HasSubstr("result.json.saved'")));
  const json result = json::parse(read_text(folder / "result.json.saved"), nullptr, false);
  ASSERT_FALSE(result.is_discarded());
  EXPECT_TRUE(result.at("complete"));
  EXPECT_EQ(folder.run(words("run " + kData + "--epochs 0 --init weights.saved")).code, 0);
}

TEST(CliFiles, ACheckpointThatFailsForAWhileCostsNoRun) {
  const Folder folder;
  fs::create_directory(folder / "out");
  HeldPipe pipe(folder / "pipe");
  fs::create_symlink(folder / "pipe", folder / "out/state");
  Child child(folder.path(),
              words("run " + kShort + "--checkpoint out/state --checkpoint-every 0 --pretext-epochs 100"));
  pipe.wait_for_writer();
  fs::remove_all(folder / "out");
  pipe.release();
  const Outcome outcome = child.wait();
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("Signature: "));
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("warning: cannot write 'out/state'"), HasSubstr("the training goes on"),
                                 HasSubstr("it is saved as '")));
  EXPECT_EQ(folder.run(words("run " + kData + "--resume state.saved")).code, 0);
}

TEST(CliFiles, ADanglingLinkStaysALink) {
  const Folder folder;
  fs::create_directory(folder / "sub");
  fs::create_symlink("sub/weights", folder / "link");
  ASSERT_EQ(folder.run(words("run " + kShort + "--save link")).code, 0);
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_TRUE(fs::is_regular_file(folder / "sub/weights"));
}

TEST(CliFiles, DigitsChangeTogetherOrNotAtAll) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("digits --count 20 --test-count 5 --out digits")).code, 0);
  const std::string before = read_text(folder / "digits/train-images-idx3-ubyte");
  fs::remove(folder / "digits/t10k-labels-idx1-ubyte");
  fs::create_directory(folder / "digits/t10k-labels-idx1-ubyte");
  EXPECT_EQ(folder.run(words("digits --count 30 --test-count 5 --out digits")).code, 1);
  EXPECT_EQ(read_text(folder / "digits/train-images-idx3-ubyte"), before);
}

TEST(CliFiles, DigitsNeedAFileForEachPart) {
  const Folder folder;
  fs::create_directory(folder / "digits");
  fs::create_symlink("train-labels-idx1-ubyte", folder / "digits/t10k-labels-idx1-ubyte");
  const Outcome outcome = folder.run(words("digits --count 30 --test-count 5 --out digits"));
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("name the same file"));
  EXPECT_FALSE(fs::exists(folder / "digits/train-images-idx3-ubyte"));
}

TEST(CliFiles, FilesThatChangeTogetherAreLeftAloneAfterASignal) {
  const Folder folder;
  write_text(folder / "first", "old");
  const pid_t process = ::fork();
  if (process == 0) {
    cli::catch_interrupts();
    ::raise(SIGTERM);
    const bool written =
        cli::write_outputs({{(folder / "first").string(), {1, 2}}, {(folder / "second").string(), {3}}}).ok();
    ::_exit(written ? 1 : 0);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(process, &status, 0), process);
  EXPECT_EQ(status, 0);
  EXPECT_THAT(folder.names(), ElementsAre("first"));
  EXPECT_EQ(read_text(folder / "first"), "old");
}

TEST(CliFiles, ClosedStandardOutputDoesNotMixIntoAFile) {
  const Folder folder;
  const auto close_it = [] { return ::close(STDOUT_FILENO) == 0; };
  Child child(folder.path(), words("run " + kShort + "--save weights"), {}, false, "", close_it);
  EXPECT_EQ(child.wait().code, 1);  // the text is lost
  EXPECT_EQ(folder.run(words("run " + kData + "--epochs 0 --init weights")).code, 0);
}

// ---- signals --------------------------------------------------------------------------------------------------------

TEST(CliSignals, TheProgramEndsByTheSignalThatStoppedIt) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const Folder folder;
    HeldPipe state(folder / "state");
    Child child(folder.path(),
                words("run " + kData + "--epochs 10000 --patience 0 --checkpoint state --checkpoint-every 0"));
    state.wait_for_writer();
    child.signal(signal);
    state.release();
    const Outcome outcome = child.wait();
    EXPECT_TRUE(outcome.by_signal) << signal;
    EXPECT_EQ(outcome.code, 128 + signal);
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("stopped by "), HasSubstr("--resume state")));
  }
}

TEST(CliSignals, ASecondSignalEndsAtOnce) {
  const Folder folder;
  HeldPipe state(folder / "state");
  Child child(folder.path(),
              words("run " + kData + "--epochs 10000 --patience 0 --checkpoint state --checkpoint-every 0"));
  state.wait_for_writer();
  child.signal(SIGINT);
  child.signal(SIGTERM);                 // also another one
  const Outcome outcome = child.wait();  // although nobody reads the pipe
  EXPECT_TRUE(outcome.by_signal);
}

TEST(CliSignals, DigitsThatAreBeingReplacedAreReplacedToTheLast) {
  const Folder folder;
  fs::create_directory(folder / "digits");
  HeldPipe images(folder / "digits/t10k-images-idx3-ubyte");  // the third of four
  Child child(folder.path(), words("digits --count 20 --test-count 200 --out digits"));
  images.wait_for_writer();
  child.signal(SIGINT);
  images.release();
  const Outcome outcome = child.wait();
  EXPECT_TRUE(outcome.by_signal);
  EXPECT_EQ(outcome.code, 128 + SIGINT);
  EXPECT_EQ(fs::file_size(folder / "digits/t10k-labels-idx1-ubyte"), 8 + 200U);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / "digits"), fs::directory_iterator()), 4);
}

TEST(CliSignals, FinishedSeedsAreKeptAndTheJsonSaysThatItIsPartial) {
  const Folder folder;
  HeldPipe second(folder / "weights-2");
  Child child(folder.path(), words("run " + kShort + "--seeds 1..4 --save weights-{seed} --json result.json"));
  second.wait_for_writer();
  child.signal(SIGINT);
  second.release();
  const Outcome outcome = child.wait();
  EXPECT_EQ(outcome.code, 128 + SIGINT);
  EXPECT_TRUE(outcome.by_signal);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("stopped by Ctrl-C"), Not(HasSubstr("nothing was kept"))));
  EXPECT_THAT(outcome.out, HasSubstr("2 seeds (in brackets: epochs)"));
  const json result = json::parse(read_text(folder / "result.json"), nullptr, false);
  ASSERT_FALSE(result.is_discarded());
  EXPECT_FALSE(result.at("complete"));
  EXPECT_THAT(result.at("stopped").get<std::string>(), HasSubstr("stopped by Ctrl-C"));
  EXPECT_EQ(result.at("seeds"), (std::vector<int>{1, 2, 3, 4}));
  EXPECT_EQ(result.at("runs").size(), 2U);
  EXPECT_EQ(result.at("summary").at("seeds"), 2);
}

TEST(CliSignals, SeedsBeforeOneThatDivergesAreKept) {
  const Folder folder;
  // Numbers are the same to the last bit on every machine of an arithmetic family: in both, seed 2 holds and 3 does
  // not.
  const Outcome outcome = folder.run(words(
      "run " + kData +
      "--preset notebook --pretext-epochs 0 --self-supervised-epochs 0 --random-epochs 0 "
      "--supervised-epochs 3 --supervised-batch 4 --supervised-learning-rate 0.08 --seeds 2,3,4 --json result.json"));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("not finite"), HasSubstr("seed 3"), HasSubstr("before it are kept")));
  const json result = json::parse(read_text(folder / "result.json"), nullptr, false);
  ASSERT_FALSE(result.is_discarded());
  EXPECT_FALSE(result.at("complete"));
  EXPECT_EQ(result.at("runs").size(), 1U);
}

TEST(CliSignals, SeedsOfAComparisonBeforeOneThatDivergesAreKept) {
  const Folder folder;
  const Outcome outcome = folder.run(
      words("compare " + kData +
            "--preset notebook --pretext turns --pretext-epochs 0 --arms supervised --labels 10 --supervised-epochs 3 "
            "--supervised-batch 4 --supervised-learning-rate 0.08 --seeds 2,3,4 --json result.json"));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("not finite"), HasSubstr("seed 3"), HasSubstr("before it are kept")));
  EXPECT_THAT(outcome.out, HasSubstr("Test accuracy"));
  const json result = json::parse(read_text(folder / "result.json"), nullptr, false);
  ASSERT_FALSE(result.is_discarded());
  EXPECT_FALSE(result.at("complete"));
  EXPECT_EQ(result.at("curves").at(0).at("results").at(0).at("seeds").size(), 1U);
}

TEST(CliSignals, EveryCommandWhoseReaderHasGoneWritesItsJson) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("digits --count 110 --test-count 10 --out digits")).code, 0);
  ASSERT_EQ(folder.run(words("run " + kShort + "--save weights")).code, 0);
  const auto closed_pipe = [] {
    std::array<int, 2> ends{};
    std::signal(SIGPIPE, SIG_DFL);
    return ::pipe(ends.data()) == 0 && ::close(ends[0]) == 0 && ::dup2(ends[1], STDOUT_FILENO) >= 0;
  };
  for (const std::string& arguments :
       {"run " + kShort + "--seeds 1..2", "pretext " + kShort, "head " + kShort + "--init weights",
        "compare " + kShort + "--pretext turns --arms none --labels 10 --seeds 1..2", "probe " + kData,
        std::string("predict digits/t10k-images-idx3-ubyte --init weights")}) {
    Child child(folder.path(), words(arguments + " --json result.json"), {}, false, "", closed_pipe);
    EXPECT_EQ(child.wait().code, 128 + SIGPIPE) << arguments;
    const json result = json::parse(read_text(folder / "result.json"), nullptr, false);
    ASSERT_FALSE(result.is_discarded()) << arguments;
    EXPECT_TRUE(result.value("complete", true)) << arguments;
    fs::remove(folder / "result.json");
  }
}

TEST(CliSignals, AClosedPipeLosesNoFile) {
  const Folder folder;
  HeldPipe state(folder / "state");
  ASSERT_EQ(::mkfifo((folder / "text").c_str(), 0600), 0);
  const int reader = ::open((folder / "text").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  ASSERT_GE(reader, 0);
  const auto default_pipe_signal = [] { return std::signal(SIGPIPE, SIG_DFL) != SIG_ERR; };
  Child child(folder.path(),
              words("run " + kShort + "--checkpoint state --checkpoint-every 0 --save weights --json result.json"), {},
              false, (folder / "text").string(), default_pipe_signal);
  state.wait_for_writer();
  ::close(reader);
  state.release();
  const Outcome outcome = child.wait();
  EXPECT_EQ(outcome.code, 128 + SIGPIPE);
  EXPECT_TRUE(outcome.by_signal);
  EXPECT_THAT(outcome.err, IsEmpty());
  EXPECT_TRUE(json::parse(read_text(folder / "result.json"), nullptr, false).value("complete", false));
  EXPECT_EQ(folder.run(words("run " + kData + "--epochs 0 --init weights")).code, 0);
}

TEST(CliSignals, ADigitsCommandWhoseReaderHasGoneWritesAllFiles) {
  const Folder folder;
  const auto closed_pipe = [] {
    std::array<int, 2> ends{};
    std::signal(SIGPIPE, SIG_DFL);
    return ::pipe(ends.data()) == 0 && ::close(ends[0]) == 0 && ::dup2(ends[1], STDOUT_FILENO) >= 0;
  };
  Child child(folder.path(), words("digits --count 20 --test-count 5 --out digits"), {}, false, "", closed_pipe);
  EXPECT_EQ(child.wait().code, 128 + SIGPIPE);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / "digits"), fs::directory_iterator()), 4);
}

// ---- input ----------------------------------------------------------------------------------------------------------

TEST(CliInput, APipeServesAsPictureAndAsWeights) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("digits --count 20 --test-count 2 --out digits")).code, 0);
  ASSERT_EQ(folder.run(words("run " + kShort + "--save weights")).code, 0);
  const std::string images = "digits/t10k-images-idx3-ubyte";
  const json plain = folder.run_json(words("predict " + images + " --init weights"));
  const std::string bytes = read_text(folder / images);
  const auto piped = [&bytes] {
    std::array<int, 2> ends{};
    return ::pipe(ends.data()) == 0 && ::write(ends[1], bytes.data(), bytes.size()) > 0 && ::close(ends[1]) == 0 &&
           ::dup2(ends[0], STDIN_FILENO) >= 0;
  };
  for (const std::string name : {"/dev/stdin", "-"}) {
    Child child(folder.path(), words("predict " + name + " --init weights --json piped.json"), {}, false, "", piped);
    const Outcome outcome = child.wait();
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const json answer = json::parse(read_text(folder / "piped.json"), nullptr, false);
    EXPECT_EQ(answer.at("predictions").at(0).at("supervised"), plain.at("predictions").at(0).at("supervised"));
  }
  EXPECT_EQ(folder.run(words("predict - --init -")).code, 2);
  EXPECT_EQ(folder.run(words("run --init - --resume -")).code, 2);
}

TEST(CliInput, FoldersAsArchivesUnpackThem) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("digits --count 110 --test-count 10 --out plain")).code, 0);
  fs::create_directories(folder / "kaggle");
  fs::create_directories(folder / "torchvision/MNIST");
  for (const auto& entry : fs::directory_iterator(folder / "plain")) {
    const std::string name = entry.path().filename().string();
    fs::create_directory(folder / "kaggle" / name);
    fs::copy_file(entry.path(), folder / "kaggle" / name / name);
  }
  fs::rename(folder / "plain", folder / "torchvision/MNIST/raw");
  for (const std::string name : {"kaggle", "torchvision", "torchvision/MNIST", "torchvision/MNIST/raw"}) {
    const Outcome outcome = folder.run(words("info --data " + name));
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.out, HasSubstr("110 training and 10 test images")) << name;
  }
}

TEST(CliInput, ABrokenFolderThatNobodyAskedForIsReportedAndDoneWithout) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("digits --count 110 --test-count 10 --out data/mnist")).code, 0);
  write_text(folder / "data/mnist/train-labels-idx1-ubyte", "broken");
  const Outcome found = folder.run(words("info"));
  EXPECT_EQ(found.code, 0);
  EXPECT_THAT(found.err, AllOf(HasSubstr("warning: "), HasSubstr("train-labels-idx1-ubyte")));
  // The next one is taken, or generated digits.
  EXPECT_THAT(found.out, AllOf(HasSubstr("data hash"), Not(HasSubstr("not usable"))));
  EXPECT_EQ(folder.run(words("run --data data/mnist --epochs 1")).code, 1);
}

TEST(CliInput, AWrongDataSetIsAnErrorAtTheStartAndAnotherSignatureOneAtTheEnd) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("digits --count 110 --test-count 10 --seed 3 --out right")).code, 0);
  ASSERT_EQ(folder.run(words("digits --count 110 --test-count 10 --seed 4 --out wrong")).code, 0);
  const json result = folder.run_json(words("run --data right --epochs 1"));
  const std::string command = result.at("runs").at(0).at("reproduce");
  const std::string signature = result.at("runs").at(0).at("signature");
  const std::string hash = result.at("data").at("hash");
  EXPECT_THAT(command, AllOf(HasSubstr("--data " + (folder / "right").string() + " --expect-data " + hash),
                             HasSubstr("--expect " + signature)));
  std::vector<std::string> again = words(command);
  again.erase(again.begin());
  EXPECT_EQ(folder.run(again).code, 0);

  std::replace(again.begin(), again.end(), (folder / "right").string(), (folder / "wrong").string());
  const Outcome wrong = folder.run(again);
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.out, IsEmpty());
  EXPECT_THAT(wrong.err, AllOf(HasSubstr("not those of --expect-data " + hash), HasSubstr("--data")));

  const Outcome other =
      folder.run(words("run --data right --epochs 1 --seed 2 --json other.json --expect " + signature));
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("not with " + signature));
  EXPECT_THAT(other.out, HasSubstr("Accuracy on test data"));
  EXPECT_EQ(json::parse(read_text(folder / "other.json"), nullptr, false).at("runs").size(), 1U);

  EXPECT_EQ(folder.run(words("run --expect 123")).code, 2);
  EXPECT_EQ(folder.run(words("run --seeds 1..2 --expect " + signature)).code, 2);
}

TEST(CliInput, TheHashCountsOnlyTheImagesThatARunUses) {
  const Folder folder;
  const auto hash = [&](const std::string& data) {
    return folder.run_json(words("info --data " + data)).at("data").at("hash").get<std::string>();
  };
  const std::string notebook = hash("generated:11000:10");
  EXPECT_EQ(notebook, hash("generated:11100:10"));
  EXPECT_NE(notebook, hash("generated:10999:10"));
  EXPECT_NE(notebook, hash("generated:11000:11"));
}

TEST(CliMachine, OnlyProcessorsThatTheProgramMayUseCount) {
  const Folder folder;
  const auto pinned = [] {
    cpu_set_t all;
    cpu_set_t one;
    CPU_ZERO(&one);
    if (::sched_getaffinity(0, sizeof all, &all) != 0) return false;
    int first = 0;
    while (!CPU_ISSET(first, &all)) ++first;
    CPU_SET(first, &one);
    return ::sched_setaffinity(0, sizeof one, &one) == 0;
  };
  Child info(folder.path(), words("info " + kData + "--json info.json"), {}, false, "", pinned);
  ASSERT_EQ(info.wait().code, 0);
  const json environment = json::parse(read_text(folder / "info.json"), nullptr, false).at("environment");
  EXPECT_EQ(environment.at("threads"), 1);
  EXPECT_EQ(environment.at("processors"), 1);
  Child more(folder.path(), words("run " + kData + "--epochs 1 --threads 3"), {}, false, "", pinned);
  const Outcome outcome = more.wait();
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("warning: 3 threads share 1 processor"));
}

TEST(CliMachine, OtherCommandsWarnOfTooManyThreads) {
  const Folder folder;
  ASSERT_EQ(folder.run(words("digits --count 110 --test-count 10 --out digits")).code, 0);
  ASSERT_EQ(folder.run(words("run " + kShort + "--save weights")).code, 0);
  const auto pinned = [] {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(::sched_getcpu(), &one);
    return ::sched_setaffinity(0, sizeof one, &one) == 0;
  };
  for (const std::string& arguments :
       {"pretext " + kData + "--epochs 1", "head " + kData + "--epochs 1 --init weights",
        "compare " + kData + "--epochs 1 --pretext turns --arms none --labels 10", "probe " + kData, "info " + kData,
        std::string("predict digits/t10k-images-idx3-ubyte --init weights")}) {
    Child child(folder.path(), words(arguments + " --threads 2"), {}, false, "", pinned);
    const Outcome outcome = child.wait();
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("warning: 2 threads share 1 processor")) << arguments;
  }
}

}  // namespace
}  // namespace quarterturn::cli_test
