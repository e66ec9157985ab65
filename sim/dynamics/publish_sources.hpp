#pragma once
// Where orders stand, by who ordered and who sells: the books behind an answer to "who holds it up?".

#include "chokepoint/dynamics/context.hpp"
#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::dynamics {

// Fills Published::sources and finished. Of what a link has ordered and not been given, what its seller may put before
// the authority today counts as owed, the rest as not filed. Cost: reads every link.
void publish_sources(const world::Structure& structure, const StepContext& context, world::State& state);

}  // namespace chokepoint::dynamics
