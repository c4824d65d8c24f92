#include "parallel/processors.hpp"

#ifndef __wasm__

#ifdef __linux__
#include <sched.h>
#endif

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

namespace quarterturn {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Microseconds of processor time in each period, as processors; 0: no limit.
double processors_of(const std::string& quota, const std::string& period) {
  std::istringstream quota_text(quota);
  std::istringstream period_text(period);
  double allowed = 0.0;
  double of = 0.0;
  if (!(quota_text >> allowed) || !(period_text >> of) || allowed <= 0.0 || of <= 0.0) return 0.0;  // "max", -1
  return allowed / of;
}

double limit_v2(const std::string& folder) {
  std::istringstream line(text_of(folder + "/cpu.max"));
  std::string quota;
  std::string period;
  line >> quota >> period;
  return processors_of(quota, period);
}

double limit_v1(const std::string& folder) {
  return processors_of(text_of(folder + "/cpu.cfs_quota_us"), text_of(folder + "/cpu.cfs_period_us"));
}

/// The least limit of `group` ("/a/b") and the groups above it. Inside a container the group's own folder may be
/// mounted as the root; then the folders of its path are missing there, and the root is what counts.
double least_limit(const std::string& root, std::string group, double (*limit)(const std::string&)) {
  double least = 0.0;
  for (;;) {
    while (!group.empty() && group.back() == '/') group.pop_back();
    const double here = limit(root + group);
    if (here > 0.0) least = least == 0.0 ? here : std::min(least, here);
    if (group.empty()) return least;
    group.erase(group.rfind('/') == std::string::npos ? 0 : group.rfind('/'));
  }
}

unsigned affinity_processors() {
#ifdef __linux__
  // A machine with more processors than a cpu_set_t holds is an error, and has enough of them.
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) == 0) {
    if (const int count = CPU_COUNT(&set); count > 0) return static_cast<unsigned>(count);
  }
#endif
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

unsigned cgroup_processors(std::string_view groups, const std::string& root) {
  double least = 0.0;
  std::istringstream lines{std::string(groups)};
  for (std::string line; std::getline(lines, line);) {  // "4:cpu,cpuacct:/a/b", or "0::/a/b" in version 2
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    const std::string group = line.substr(second + 1);
    double limit = 0.0;
    if (controllers == ",,") {
      limit = least_limit(root, group, limit_v2);
    } else if (controllers.find(",cpu,") != std::string::npos) {
      limit = least_limit(root + "/cpu,cpuacct", group, limit_v1);
      if (limit == 0.0) limit = least_limit(root + "/cpu", group, limit_v1);
    }
    if (limit > 0.0) least = least == 0.0 ? limit : std::min(least, limit);
  }
  return static_cast<unsigned>(std::ceil(std::min(least, 1e6)));
}

unsigned usable_processors() {
  const unsigned mask = affinity_processors();
  const unsigned quota = cgroup_processors(text_of("/proc/self/cgroup"), "/sys/fs/cgroup");
  return quota == 0 ? mask : std::min(mask, quota);
}

}  // namespace quarterturn

#endif
