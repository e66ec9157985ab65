#pragma once
// Scenarios with everything on: every behaviour a scenario can state, none left at "off".

#include "chokepoint/scenario/scenario.hpp"

#include <cstdint>

namespace chokepoint::test {

// A world with every behaviour on under which day 0 can be at rest, and no event: no season, growth, noise, days of
// rest, policy or project. Pure function of `seed`.
[[nodiscard]] scenario::Scenario full_world(std::uint64_t seed);

// Scenarios 1 to this are those the invariants run.
inline constexpr std::uint64_t kFullSeeds = 12;

// Every behaviour on, and every event: tariffs that change and are announced, a licensing measure, season, closures, growth,
// days of rest, noise, covert routes, projects, a price floor, offtake, a stockpile that is filled again.
[[nodiscard]] scenario::Scenario full_scenario(std::uint64_t seed);

}  // namespace chokepoint::test
