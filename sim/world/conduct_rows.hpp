#pragma once
// What buyers do about a shortage, from the scenario to rows by block.

#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/state.hpp"

namespace chokepoint::world {

// After blocks and slots.
void add_conduct(const scenario::Scenario& scenario, Structure& structure);
// After links.
void count_candidates(Structure& structure);
void fill_conduct(const Structure& structure, State& state);

}  // namespace chokepoint::world
