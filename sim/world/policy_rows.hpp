#pragma once
// Tariffs, licensing, flags, rules and behaviour as day-numbered rows.

#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::world {

// Fills structure.policy and structure.parameters; regions, products and lanes are already there.
void add_policy(const scenario::Scenario& scenario, Structure& structure);
// Flags, commitments and rules; policy, rows of reporting and published exports are already there.
void add_rules(const scenario::Scenario& scenario, Structure& structure);

}  // namespace chokepoint::world
