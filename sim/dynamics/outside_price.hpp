#pragma once
// Phase 8, the price outside: one index per product for the world beyond the controlling regions, a thin market that clears
// what buyers there bid for against what is sent to them.
//
// Equations  ln P += kappa_o (clip(ln(asked / offered), -x, x) + eb ln(P / p0))
//            asked   = need, or use where output is made up, + min(lost stock / tau_b, (Omax - 1) need): a buyer refills as
//                      fast as its rule of orders lets it
//            offered = need0 m / m0, need0 what users ordinarily need on such a day, m and m0 the goods sent off to them and
//                      what is ordinarily sent off on such days, both smoothed over a fortnight
// 1 at rest. Goods that do not leave the origin are missed on the day they do not leave. While stock is refilled nobody
// undercuts: the logarithm counts as 0 at least. No quantity moves P beyond e^(-x / eb). See sim/MODEL.md, price.
// Cost  links that supply users beyond the controlling regions.

#include "chokepoint/dynamics/phases.hpp"

namespace chokepoint::dynamics {

void set_outside_prices(const world::Structure& structure, int day, world::State& state);

}  // namespace chokepoint::dynamics
