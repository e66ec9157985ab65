#pragma once
// What a firm ordinarily makes on a day, before growth, duty, price or shortage.

#include "chokepoint/world/season.hpp"
#include "chokepoint/world/state.hpp"

namespace chokepoint::dynamics {

// Over base activity [1]: season and working days of a buyer; what clients ordinarily call off, of a seller (after allocation).
[[nodiscard]] inline double ordinary_activity(const world::Structure& structure, const world::State& state, std::size_t firm, int day)
{
    const world::Block& block = structure.blocks[structure.firms.block[firm]];
    if (block.product != world::kNone)
        return state.firm.ordinary_orders[firm] / static_cast<double>(structure.firms.base_output[firm]);
    return world::season_of_firm(structure, firm, block.region, day) *
           structure.conduct.work_of(structure.firms.block[firm], block.region, day);
}

}  // namespace chokepoint::dynamics
