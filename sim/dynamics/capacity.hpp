#pragma once
// How much a seller can make today, and how that changes: projects, outages, stretch, investment.
//
// Equations  K_t = K_0 (1 + sum_i r_i(t)) prod_j (1 - l_j(t)) z
//            z += (z_max - z) s / tau while s > 0, else (1 - z) / tau;  s = (wanted - output) / wanted of the day before
//            (Hallegatte 2008, 2014)
//            An investing block whose price has been above `price` times its first for `for` days in a row begins
//            a project; all such of one product together add at most `investment_cap` of its base output a year.
// Cost       firms of blocks whose capacity may change, nothing where there is none.

#include "chokepoint/dynamics/context.hpp"
#include "chokepoint/world/state.hpp"

namespace chokepoint::dynamics {

[[nodiscard]] inline std::int64_t capacity_of(const world::Structure& structure, const world::State& state, std::size_t firm)
{
    return state.supply.capacity.empty() ? structure.firms.capacity[firm] : state.supply.capacity[firm];
}

// Production: the firm's capacity of today, from what was wanted the day before.
void set_capacity(const world::Structure& structure, world::State& state, std::size_t firm, int day);
// What offtake makes sure a firm wants to make today [g]; 0 without.
[[nodiscard]] std::int64_t promised(const world::Structure& structure, std::size_t firm, int day);
// ln of what a firm gets for its product over its price on day 0: its price, or the floor in force.
[[nodiscard]] double ln_received(const world::Structure& structure, const world::State& state, std::size_t firm, int day);
// Output a firm offers at the price of day 0: base output, more by what projects have added [activity/d].
[[nodiscard]] double offered_at_base(const world::Structure& structure, const world::State& state, std::size_t firm, int day);
// Price phase, after prices: projects begun today.
void invest(const world::Structure& structure, const StepContext& context, world::State& state);
// Publication: capacity, and what floors cost, by row of Supply::blocks.
void publish_capacity(const world::Structure& structure, const StepContext& context, world::State& state);

}  // namespace chokepoint::dynamics
