#pragma once
// What a phase of the day is given besides structure and state.

#include "chokepoint/core/date.hpp"
#include "chokepoint/core/random.hpp"

#include <cstddef>

namespace chokepoint::dynamics {

struct StepContext {
    int day = 0;  // 0 is the first simulated day
    core::Date date;
    core::Random random;
};

// Rows a block of a parallel loop takes; fixed, so results cannot depend on the number of threads.
inline constexpr std::size_t kFirmGrain = 2048;
inline constexpr std::size_t kSlotGrain = 4096;

}  // namespace chokepoint::dynamics
