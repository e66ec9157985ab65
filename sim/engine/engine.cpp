#include "chokepoint/engine/engine.hpp"

#include <array>

namespace chokepoint::engine {

namespace {
constexpr std::array<Phase, 10> kPhases{{
    {"policy", dynamics::apply_policy},
    {"arrivals", dynamics::receive},
    {"decisions", dynamics::decide},
    {"production", dynamics::produce},
    {"beliefs", dynamics::learn},
    {"ordering", dynamics::order},
    {"allocation", dynamics::allocate},
    {"dispatch", dynamics::dispatch},
    {"prices", dynamics::set_prices},
    {"publish", dynamics::publish},
}};
// Instant delivery: what is given out arrives the same day, and orders see it.
constexpr std::array<Phase, 10> kInstantPhases{{
    {"policy", dynamics::apply_policy},
    {"decisions", dynamics::decide},
    {"production", dynamics::produce},
    {"beliefs", dynamics::learn},
    {"allocation", dynamics::allocate},
    {"dispatch", dynamics::dispatch},
    {"arrivals", dynamics::receive},
    {"ordering", dynamics::order},
    {"prices", dynamics::set_prices},
    {"publish", dynamics::publish},
}};
}  // namespace

std::span<const Phase> phases() { return kPhases; }

std::span<const Phase> phases(const world::Structure& structure)
{
    return structure.parameters.instant_delivery ? kInstantPhases : kPhases;
}

void run(const world::Structure& structure, const core::Random& random, int last_day, world::State& state,
         const Observer& observe)
{
    const std::span<const Phase> phases_of_day = phases(structure);
    while (state.day < last_day) {
        const int day = state.day + 1;
        const dynamics::StepContext context{day, structure.start + day, random};
        for (const Phase& phase : phases_of_day) phase.run(structure, context, state);
        state.day = day;
        if (observe) observe(day, state);
    }
}

}  // namespace chokepoint::engine
