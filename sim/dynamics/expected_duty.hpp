#pragma once
// Duties that are announced and not yet in effect, as importers expect them.
//
// An announced change counts from the day it is announced until it takes effect or is withdrawn. Changes
// are ranked by the day they take effect; what each adds is ln of (1 + duty) with it over (1 + duty) with
// those before it, so that an order that beats only the later of two sees only the later.
// Reads duties of today; writes PolicyState::expected*. Serial; nothing while nothing is announced.

#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::dynamics {

void expect_duties(const world::Structure& structure, int day, world::State& state);
// Rise of ln(1 + duty) that goods of a cell escape by arriving on `day`; 0 when it falls.
[[nodiscard]] double rise_escaped(const world::Structure& structure, const world::State& state, std::size_t cell,
                                  double day);

}  // namespace chokepoint::dynamics
