#pragma once
// Compares states bit by bit.

#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

#include <string>

namespace chokepoint::test {

// Name of the first field that differs, empty when none does. Doubles are compared by their bits;
// scratch (what a phase clears before it reads) is left out.
[[nodiscard]] std::string first_difference(const world::State& a, const world::State& b);

// The state with everything stored by day moved to stand by age, so that states of different days can
// be compared: rings are rotated, day numbers become differences from the last finished day.
[[nodiscard]] world::State by_age(const world::Structure& structure, const world::State& state);

}  // namespace chokepoint::test
