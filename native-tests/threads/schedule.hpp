// A schedule of random delays for the worker team: wherever one thread may overtake another, some are held up.
#pragma once

#include <cstdint>

namespace quarterturn::testing {

/// From now on delays come from this seed; 0: no delays.
void use_schedule(std::uint64_t seed);

/// Points passed since then.
std::uint64_t schedule_points();

}  // namespace quarterturn::testing
