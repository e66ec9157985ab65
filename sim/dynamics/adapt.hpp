#pragma once
// What strain does to firms, in the phase of beliefs: recipes change, makers are looked for.
//
// An input is strained while it leaves need unmet, while stock is below a share of what is wanted, or, beyond the
// controlling regions, while the price outside is above a multiple of its first. After more than `lag`
// days in a row  s_k += r / 365 up to its cap, and theta_k += v up to its cap where the firm uses the
// look-alike as well and that one is not strained. Both stay when the strain is over: parts once redesigned
// are not designed back. After more than `search_after` days the next candidate is qualified, one at a time.
// Cost: slots, only where one of the three is on.

#include "chokepoint/world/state.hpp"

#include <cmath>

namespace chokepoint::dynamics {

// Stock of day 0, by the recipe of today [g].
[[nodiscard]] inline std::int64_t wanted_stock(const world::Structure& structure, const world::State& state, std::size_t slot)
{
    const std::int64_t base = structure.base_stock(slot);
    const double recipe = state.conduct.recipe_of(slot);
    return recipe == 1.0 ? base : std::llround(static_cast<double>(base) * recipe);
}

// Writes the firm's rows of ConductState but owed_output.
void adapt(const world::Structure& structure, world::State& state, std::size_t firm, int day);

}  // namespace chokepoint::dynamics
