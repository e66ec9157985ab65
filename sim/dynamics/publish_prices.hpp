#pragma once
// What prices split into: the licensed contract between origin and outside, and who bears a change of duty. What was
// flown at a premium.

#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::dynamics {

// Contract = origin + theta (outside - origin), after both of today are published.
void publish_contracts(const world::Structure& structure, world::State& state);

// Share of sellers = -ln(p / p0) / ln((1 + duty) / (1 + duty0)); importers bear the rest. NaN where duty is as on day 0.
void publish_incidence(const world::Structure& structure, world::State& state);

// Goods flown today by region they fly to. Cost: links, where anything may fly at all.
void publish_flights(const world::Structure& structure, world::State& state);

}  // namespace chokepoint::dynamics
