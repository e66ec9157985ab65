#pragma once
// Public stockpiles, from scenario to rows and first state.

#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/block_flows.hpp"
#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::world {

// Needs slots, lanes, controls and the regions whose exports are published.
void add_stockpiles(const scenario::Scenario& scenario, const BlockPlan& plan, Structure& structure);
void fill_stockpiles(const Structure& structure, State& state);

}  // namespace chokepoint::world
