#include "adapt.hpp"

#include "composite.hpp"

#include <algorithm>

namespace chokepoint::dynamics {

namespace {

using namespace world;

bool is_strained(const Structure& structure, const State& state, std::uint32_t slot, std::uint32_t region)
{
    const Conduct& conduct = structure.conduct;
    // Short itself, not idle for want of another input.
    if (state.slot.stock[slot] < state.slot.need[slot] - state.slot.use[slot]) return true;
    const auto wanted = static_cast<double>(wanted_stock(structure, state, slot));
    if (static_cast<double>(state.slot.stock[slot]) < conduct.strain_cover * wanted) return true;
    const std::uint16_t product = structure.slots.product[slot];
    return structure.controlling[region] == 0 &&
           state.outside_price[product] > conduct.strain_price * structure.products[product].price;
}

// Beyond the lag, a step of `rule` up to the cap.
double grown(double value, int strained, const RecipeRule& rule, double cap)
{
    return strained > rule.lag ? std::max(value, std::min(cap, value + rule.speed)) : value;
}

void change_recipes(const Structure& structure, State& state, const BlockConduct& caps, std::uint32_t first, std::uint32_t last)
{
    const Conduct& conduct = structure.conduct;
    ConductState& own = state.conduct;
    for (std::uint32_t slot = first; slot < last; ++slot) {
        const std::uint32_t other = conduct.look_alike[slot];
        own.substituted[slot] = grown(own.substituted[slot], own.strained[slot], conduct.substitution, caps.substitution_cap);
        if (other == kNone || own.strained[other] > 0) continue;
        own.switched[slot] = grown(own.switched[slot], own.strained[slot], conduct.switching, caps.switching_cap);
    }
    for (std::uint32_t slot = first; slot < last; ++slot) own.recipe[slot] = (1 - own.substituted[slot]) * (1 - own.switched[slot]);
    for (std::uint32_t slot = first; slot < last; ++slot) {
        const std::uint32_t other = conduct.look_alike[slot];
        if (other == kNone || own.switched[slot] == 0) continue;
        const double ratio = static_cast<double>(structure.slots.base_need[slot]) / static_cast<double>(structure.slots.base_need[other]);
        own.recipe[other] += (1 - own.substituted[other]) * own.switched[slot] * ratio;  // gram for gram
    }
    if (!caps.composite) return;
    for (std::uint32_t slot = first; slot < last; ++slot) own.recipe[slot] *= tonnes_per_unit(structure, state, slot);
}

void search(const Structure& structure, ConductState& own, std::uint32_t slot, int qualification, int day)
{
    if (own.qualifies_on[slot] >= 0 && day >= own.qualifies_on[slot]) {
        ++own.found[slot];
        own.qualifies_on[slot] = -1;
    }
    if (own.qualifies_on[slot] >= 0 || own.found[slot] == structure.conduct.candidates[slot]) return;
    if (own.strained[slot] > structure.conduct.search_after) own.qualifies_on[slot] = day + qualification;
}

}  // namespace

void adapt(const Structure& structure, State& state, std::size_t firm, int day)
{
    const std::uint32_t block = structure.firms.block[firm];
    const BlockConduct& conduct = structure.conduct.blocks[block];
    if (!conduct.changes_recipe() && conduct.qualification < 0) return;
    const std::uint32_t first = structure.firms.slot_begin[firm], last = structure.firms.slot_begin[firm + 1];
    for (std::uint32_t slot = first; slot < last; ++slot) {
        const bool strained = is_strained(structure, state, slot, structure.blocks[block].region);
        state.conduct.strained[slot] = strained ? state.conduct.strained[slot] + 1 : 0;
        if (conduct.qualification >= 0) search(structure, state.conduct, slot, conduct.qualification, day);
    }
    if (conduct.changes_recipe()) change_recipes(structure, state, conduct, first, last);
}

}  // namespace chokepoint::dynamics
