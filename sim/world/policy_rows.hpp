#pragma once
// Tariffs, licensing, rules and behaviour as day-numbered rows.

#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::world {

// Fills structure.policy and structure.parameters; regions, products and lanes are already there.
void add_policy(const scenario::Scenario& scenario, Structure& structure);

}  // namespace chokepoint::world
