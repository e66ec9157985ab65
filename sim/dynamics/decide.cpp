// Phase 2. Each authority takes in what was filed yesterday, issues licences that have become due,
// lets go of what customs held long enough, and lets its desks work; see desk.hpp.

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "desk.hpp"

namespace chokepoint::dynamics {

void decide(const world::Structure& structure, const StepContext& context, world::State& state)
{
    core::parallel_for(structure.policy.controls.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t c = begin; c < end; ++c) {
            Desk(structure, context, state, static_cast<std::uint16_t>(c)).work();
        }
    });
    for (auto& rows : state.handed_in) rows.clear();
}

}  // namespace chokepoint::dynamics
