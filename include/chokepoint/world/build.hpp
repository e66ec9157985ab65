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
// Capacity of a firm that has no limit [activity/d].
inline constexpr std::int64_t kUnlimited = INT64_MAX / 8;

[[nodiscard]] Structure build_structure(const scenario::Scenario& scenario);
// Duty of day 0 by cell, before what is dated that day [1e-6].
[[nodiscard]] std::vector<std::int64_t> duties_at_start(const Structure& structure);
[[nodiscard]] State initial_state(const Structure& structure);

}  // namespace chokepoint::world
