#pragma once
// Public stockpiles through the day, serial: users of the tiers and firms of the blocks they buy from.
//
// Release  tier by tier  min(cap left, stock, sum max(0, min(cover*, H0) need - S)), divided by what users lack.
// Refill   while the price is below a multiple of its first and no authority treats the holder worse than
//          routine: at most `rate` a day of finished goods, up to the target, goods under way included.
// Cost     no stockpile: nothing.

#include "chokepoint/dynamics/context.hpp"
#include "chokepoint/world/state.hpp"

namespace chokepoint::dynamics {

// Phase 1, after receipts: what was bought arrives, users are served.
void release_stockpiles(const world::Structure& structure, const StepContext& context, world::State& state);
// Phase 6: purchases of those that buy before orders are served (`first`), or after.
void refill_stockpiles(const world::Structure& structure, const StepContext& context, world::State& state, bool first);
// Phase 9: flows of the day; purchases abroad count as exports of the origin.
void publish_stockpiles(const world::Structure& structure, world::State& state);

}  // namespace chokepoint::dynamics
