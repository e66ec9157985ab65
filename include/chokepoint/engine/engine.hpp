#pragma once
// The day loop: ten phases in a fixed order (one of two), a barrier after each.
//
// The engine knows nothing of recording: whoever wants to see a day passes an observer, which gets the
// state after phase 9 as const. A run can be cut anywhere: running to day a and on to day b gives the
// same bits as running to day b at once, because all that changes is in State.

#include "chokepoint/dynamics/phases.hpp"
#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

#include <functional>
#include <span>

namespace chokepoint::engine {

struct Phase {
    const char* name;
    void (*run)(const world::Structure&, const dynamics::StepContext&, world::State&);
};

// The phases of a day in order.
[[nodiscard]] std::span<const Phase> phases();
// The same in the order a structure asks for: with instant delivery goods arrive after dispatch, orders follow.
[[nodiscard]] std::span<const Phase> phases(const world::Structure& structure);

using Observer = std::function<void(int day, const world::State&)>;

// Runs from the day after state.day to `last_day` inclusive.
void run(const world::Structure& structure, const core::Random& random, int last_day, world::State& state,
         const Observer& observe = {});

}  // namespace chokepoint::engine
