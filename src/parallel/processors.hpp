// How many processors this process may use, which may be fewer than the machine has. Native only.
#pragma once

#include <string>
#include <string_view>

namespace quarterturn {

/// The processors of the process's affinity mask (taskset, sched_setaffinity), and no more than the quota of its
/// control group (a container's limit) gives at a time, rounded up. At least 1.
unsigned usable_processors();

/// The processors' worth of time that control groups allow a process, rounded up; 0: no limit. A group's limit holds
/// for all below it, so the least one on the way up to the root counts. `groups`: text of /proc/self/cgroup; `root`:
/// where the groups are mounted, "/sys/fs/cgroup" (cgroup v2 at the root; v1 in its folders "cpu,cpuacct" or "cpu").
unsigned cgroup_processors(std::string_view groups, const std::string& root);

}  // namespace quarterturn
