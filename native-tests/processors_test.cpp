// The processors that control groups leave to a process.
#include "parallel/processors.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace quarterturn {
namespace {

namespace fs = std::filesystem;

class Groups : public testing::Test {
 protected:
  Groups() : root_(fs::path(testing::TempDir()) / ("quarterturn-groups-" + std::to_string(::getpid()))) {}
  ~Groups() override { fs::remove_all(root_); }
  void put(const std::string& file, const std::string& text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
  }
  [[nodiscard]] unsigned processors(const std::string& groups) const {
    return cgroup_processors(groups, root_.string());
  }

 private:
  fs::path root_;
};

TEST_F(Groups, Version2TakesTheLeastLimitOnTheWayUp) {
  EXPECT_EQ(processors("0::/a/b\n"), 0U);
  put("a/b/cpu.max", "max 100000\n");
  EXPECT_EQ(processors("0::/a/b\n"), 0U);
  put("a/cpu.max", "250000 100000\n");
  EXPECT_EQ(processors("0::/a/b\n"), 3U);
  put("a/b/cpu.max", "50000 100000\n");
  EXPECT_EQ(processors("0::/a/b\n"), 1U);
  EXPECT_EQ(processors("0::/elsewhere\n"), 0U);
}

TEST_F(Groups, InAContainerTheRootCounts) {
  put("cpu.max", "200000 100000\n");
  EXPECT_EQ(processors("0::/\n"), 2U);
  EXPECT_EQ(processors("0::/docker/1234\n"), 2U);
}

TEST_F(Groups, Version1HasAFolderForEachController) {
  const std::string groups = "5:memory:/m\n4:cpu,cpuacct:/a\n1:name=systemd:/s\n";
  put("cpu,cpuacct/a/cpu.cfs_quota_us", "-1\n");
  put("cpu,cpuacct/a/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(processors(groups), 0U);
  put("cpu,cpuacct/a/cpu.cfs_quota_us", "150000\n");
  EXPECT_EQ(processors(groups), 2U);
  put("cpu/b/cpu.cfs_quota_us", "400000\n");
  put("cpu/b/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(processors("3:cpu:/b\n"), 4U);
}

TEST_F(Groups, WhatIsNotUnderstoodIsNoLimit) {
  put("a/cpu.max", "many\n");
  for (const char* groups : {"", "\n", "0", "0:", "0::", "0::/a", "::::"}) EXPECT_EQ(processors(groups), 0U) << groups;
}

TEST(Processors, ThereIsAtLeastOne) { EXPECT_GE(usable_processors(), 1U); }

}  // namespace
}  // namespace quarterturn
