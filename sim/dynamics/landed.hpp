#pragma once
// What a source asks with duty, freight and the licence.
//
// Equation  c_i = p_i (1 + duty_i) + freight_i + licence_i, in logarithms over that of day 0. See sim/MODEL.md, choice of source.

#include "control.hpp"

#include <cmath>

namespace chokepoint::dynamics {

// c_i of day 0 over the price at origin, which is the same for all sources of a product then [1].
[[nodiscard]] inline double landed0(const world::Structure& structure, const world::State& state, std::uint32_t slot, std::uint32_t in)
{
    const std::uint16_t product = structure.slots.product[slot];
    const double with_duty = 1 + static_cast<double>(state.policy.base_duty_ppm[structure.duty_cell(in, product)]) / 1e6;
    if (!structure.parameters.extra_costs) return with_duty;
    return with_duty + structure.lanes[structure.links.lane[in]].freight / structure.products[product].price;
}

// ln of c_i over that of day 0; exactly 0 at rest [1].
[[nodiscard]] inline double ln_landed_change(const world::Structure& structure, const world::State& state, std::uint32_t slot,
                                             std::uint32_t in, int day)
{
    const std::uint16_t product = structure.slots.product[slot];
    const double change = state.firm.ln_price[structure.links.seller[in]] + state.policy.ln_duty[structure.duty_cell(in, product)];
    if (!structure.parameters.extra_costs) return change;
    const std::uint32_t border = structure.links.border[in];
    const bool licensed = border != world::kNone && needs_application(structure, state, border, day);
    const double licence = licensed ? structure.policy.controls[structure.border.control[border]].cost : 0.0;
    const double freight = structure.lanes[structure.links.lane[in]].freight;
    if ((change == 0 || freight == 0) && licence == 0) return change;
    const double price = structure.products[product].price;
    const double with_duty = (landed0(structure, state, slot, in) * price - freight) * std::exp(change);
    return std::log((with_duty + freight + licence) / (landed0(structure, state, slot, in) * price));
}

}  // namespace chokepoint::dynamics
