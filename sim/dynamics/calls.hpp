#pragma once
// What a seller expects its clients to call off in a day: forecast as buyers forecast their need, each order once.
//
// Equations  q        level of orders, of clients who may be served, over what they ordinarily call off on such a day (base
//                     and season), forecast from orders / ordinary (forecast.hpp)
//            calls = q ordinary
// With `forecast: output` calls are the orders of the day before. See sim/MODEL.md, production.

#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"
#include "forecast.hpp"

#include <cmath>

namespace chokepoint::dynamics {

// Production, before goods are made: the orders of the day before change the forecast.
inline void learn_calls(const world::Structure& structure, world::State& state, std::size_t firm, int day)
{
    const double ordinary = state.firm.ordinary_orders[firm];
    if (ordinary <= 0) return;  // a day of rest says nothing of demand
    const double today = static_cast<double>(state.firm.orders[firm]) / ordinary;
    learn_from(structure.parameters, state.firm.last_orders, firm, day, today, state.firm.order_level[firm]);
}

// [g] Expected of the day, from the orders of the day before.
[[nodiscard]] inline std::int64_t calls_expected(const world::Structure& structure, const world::State& state, std::size_t firm)
{
    const double ordinary = state.firm.ordinary_orders[firm];
    if (structure.parameters.output_forecast || ordinary <= 0) return state.firm.orders[firm];
    return std::llround(state.firm.order_level[firm] * ordinary);
}

}  // namespace chokepoint::dynamics
