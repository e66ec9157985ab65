#pragma once
// Makers a firm could buy from and does not: links without base flow, there from the start, dormant.

#include "network.hpp"

namespace chokepoint::world {

// For each critical or important input of a firm that makes something, up to `search.candidates` makers drawn in
// proportion to size, at home or beyond the controlling regions. Keeps the order of links.
void add_candidates(const scenario::Scenario& scenario, const BlockPlan& plan, const std::vector<std::uint8_t>& controlling,
                    const core::Random& random, Network& network);

}  // namespace chokepoint::world
