#pragma once
// Capacity that changes in a run, from scenario to rows and first state.

#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/block_flows.hpp"
#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::world {

// Needs firms, their capacity and the controls.
void add_supply(const scenario::Scenario& scenario, const BlockPlan& plan, Structure& structure);
void fill_supply(const Structure& structure, State& state);

}  // namespace chokepoint::world
