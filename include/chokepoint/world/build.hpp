#pragma once
// From a scenario to a world in steady state.
//
// build_structure   blocks, balanced flows, firms, links, policy rows; a pure function of the scenario
//                   (its seed and member included). Throws InputError for what cannot be built.
// initial_state     day 0 as a fixed point: stock, orders, goods on the way and prices such that with
//                   no event every day repeats the last, to the gram.

#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::world {

// How draws are keyed. Raise it with any change of a key, a stream or the order of draws of a world: members of results with
// different numbers did not meet the same chance.
inline constexpr int kDrawScheme = 2;

[[nodiscard]] Structure build_structure(const scenario::Scenario& scenario);
[[nodiscard]] State initial_state(const Structure& structure);

}  // namespace chokepoint::world
