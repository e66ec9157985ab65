#pragma once
// One member from scenario to result: draw, build the world, run every day, sample it.
//
// The runner is a pure function of (scenario, seed, member) and may be called from several threads.
// Inside, a member's loops spread over whatever threads are free; that changes no bit of its result.

#include "chokepoint/ensemble/run.hpp"
#include "chokepoint/scenario/scenario_file.hpp"

#include <cstdint>

namespace chokepoint::ensemble {

[[nodiscard]] MemberRunner simulation(const scenario::ScenarioFile& file, std::uint64_t seed);

}  // namespace chokepoint::ensemble
