#pragma once
// Covert routes as rows: branches by product and destination, edges by sender, slots that may receive.
//
// add_routes needs firms, slots, links and controls. Throws InputError where a route has no sender, no
// user at its destinations, or a share of a flow that is zero.

#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::world {

void add_enforcement(const scenario::Scenario& scenario, Structure& structure);
void add_routes(const scenario::Scenario& scenario, Structure& structure);
// Day 0: nothing under way, every edge open.
void fill_covert(const Structure& structure, State& state);

}  // namespace chokepoint::world
