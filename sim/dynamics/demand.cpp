#include "demand.hpp"

#include "composite.hpp"
#include "landed.hpp"

#include <cmath>

namespace chokepoint::dynamics {

namespace {

using namespace world;

bool is_trader(const Block& block) { return block.role == Role::kExporter || block.role == Role::kImporter; }

// P_k. A trader sells what it buys, so it looks at its own sources whatever need answers to.
double cost_of_input(const Structure& structure, const State& state, const Block& block, std::uint32_t slot, int day)
{
    const DemandPrice price = is_trader(block) ? DemandPrice::kPaid : structure.parameters.demand_price;
    if (price == DemandPrice::kPaid) return paid_over_base(structure, state, slot, day);
    if (price == DemandPrice::kComposite) return std::exp(ln_landed(structure, state, slot, day));
    const std::uint16_t product = structure.slots.product[slot];
    return state.outside_price[product] / structure.products[product].price;
}

}  // namespace

void look_at_costs(const Structure& structure, State& state, std::size_t firm, int day)
{
    const Block& block = structure.blocks[structure.firms.block[firm]];
    if (!is_trader(block) && block.demand_elasticity == 0) return;
    double cost = 0, value = 0;
    for (std::uint32_t slot = structure.firms.slot_begin[firm]; slot < structure.firms.slot_begin[firm + 1]; ++slot) {
        const double weight = static_cast<double>(structure.slots.base_need[slot]) *
                              structure.products[structure.slots.product[slot]].price * cost0(structure, state, slot);
        cost += weight * cost_of_input(structure, state, block, slot, day);
        value += weight;
    }
    if (value <= 0) return;
    const double part = is_trader(block) ? 1.0 : structure.parameters.passed_on;
    double& known = state.firm.cost[firm];
    if (cost / value != known) known = part == 1 ? cost / value : known + part * (cost / value - known);
}

double need_kept(const Structure& structure, const State& state, std::size_t firm)
{
    const Block& block = structure.blocks[structure.firms.block[firm]];
    if (block.demand_elasticity == 0 || state.firm.cost[firm] == 1) return 1;
    return std::pow(1 + block.cost_share * (state.firm.cost[firm] - 1), block.demand_elasticity);
}

}  // namespace chokepoint::dynamics
