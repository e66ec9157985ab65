#include "conduct_rows.hpp"

#include "row_index.hpp"

#include <algorithm>
#include <optional>

namespace chokepoint::world {

namespace {

bool does_anything(const BlockConduct& block)
{
    return block.qualification >= 0 || block.working_days || block.composite || block.catch_up > 0 || block.precaution > 0 || block.switching_cap > 0 || block.substitution_cap > 0;
}

template <class Test>
bool any_block(const Structure& structure, Test test)
{
    return std::any_of(structure.conduct.blocks.begin(), structure.conduct.blocks.end(), test);
}

RecipeRule rule(const scenario::Recipe& from) { return {from.speed, from.lag_days}; }

// Of the block itself, of its sector, of all.
int qualification(const scenario::Search& search, const scenario::Buyer& buyer)
{
    if (buyer.conduct.qualification_days) return *buyer.conduct.qualification_days;
    for (const auto& [sector, days] : search.by_sector) {
        if (sector == scenario::sector_name(buyer.sector)) return static_cast<int>(days);
    }
    return search.qualification_days;
}

// Caps of what is switched off are 0, so that a block that does nothing looks like one.
void add_blocks(const scenario::Scenario& scenario, Structure& structure)
{
    const scenario::Conduct& all = scenario.behaviour.conduct;
    Conduct& conduct = structure.conduct;
    const auto cap = [](const scenario::Recipe& recipe, std::optional<double> own) { return recipe.speed > 0 ? own.value_or(recipe.cap) : 0.0; };
    conduct.blocks.resize(structure.blocks.size());
    for (std::size_t b = 0; b < structure.blocks.size(); ++b) {
        const Role role = structure.blocks[b].role;
        if (role != Role::kBuyer && role != Role::kProducer) continue;
        conduct.blocks[b].precaution = all.precaution;
        conduct.blocks[b].composite = scenario.behaviour.composite;
        conduct.blocks[b].substitution_cap = cap(all.substitution, {});
        if (all.search.candidates > 0) conduct.blocks[b].qualification = all.search.qualification_days;
    }
    for (const auto& buyer : scenario.buyers) {
        const auto at = std::find_if(structure.blocks.begin(), structure.blocks.end(),
                                     [&](const Block& block) { return block.id == buyer.id; });
        BlockConduct& block = conduct.blocks[static_cast<std::size_t>(at - structure.blocks.begin())];
        block.catch_up = buyer.conduct.catch_up.value_or(all.catch_up);
        block.precaution = buyer.conduct.precaution.value_or(all.precaution);
        if (all.search.candidates > 0) block.qualification = qualification(all.search, buyer);
        block.working_days = buyer.conduct.working_days;
        block.switching_cap = cap(all.switching, buyer.conduct.switching_cap);
        block.substitution_cap = cap(all.substitution, buyer.conduct.substitution_cap);
    }
    if (!any_block(structure, does_anything)) conduct.blocks.clear();
}

// The slot of the look-alike of each controlled input, at firms that use both.
void add_look_alikes(const scenario::Scenario& scenario, Structure& structure)
{
    const auto products = index_by_id(scenario.products);
    const Slots& slots = structure.slots;
    structure.conduct.look_alike.assign(structure.n_slots(), kNone);
    for (const auto& family : scenario.families) {
        if (family.look_alike.empty()) continue;
        const std::uint32_t from = products.at(family.controlled), to = products.at(family.look_alike);
        for (std::uint32_t slot = 0; slot < structure.n_slots(); ++slot) {
            if (slots.product[slot] != from) continue;
            const std::uint32_t firm = slots.firm[slot];
            for (std::uint32_t other = structure.firms.slot_begin[firm]; other < structure.firms.slot_begin[firm + 1]; ++other) {
                if (slots.product[other] != to) continue;
                // Kind by kind; where the look-alike has fewer kinds, the rest go to its first.
                std::uint32_t& own = structure.conduct.look_alike[slot];
                if (own == kNone || slots.part[other] == slots.part[slot]) own = other;
            }
        }
    }
}

// Whole on working days, none on others, scaled so that the mean over the run is one.
std::vector<double> work_factors(const Structure& structure, const Region& region)
{
    std::vector<double> out(static_cast<std::size_t>(structure.horizon), 0.0);
    double open = 0;
    for (int day = 0; day < structure.horizon; ++day) {
        if (!region.calendar.is_working_day(structure.start + day)) continue;
        out[static_cast<std::size_t>(day)] = 1;
        ++open;
    }
    for (double& factor : out) factor = open > 0 ? factor * structure.horizon / open : 1.0;
    return out;
}

}  // namespace

void add_conduct(const scenario::Scenario& scenario, Structure& structure)
{
    const scenario::Conduct& all = scenario.behaviour.conduct;
    Conduct& conduct = structure.conduct;
    conduct.catch_up_cap = all.catch_up_cap;
    conduct.strain_cover = all.strain_cover;
    conduct.strain_price = all.strain_price;
    conduct.switching = rule(all.switching);
    conduct.substitution = rule(all.substitution);
    add_blocks(scenario, structure);
    if (any_block(structure, [](const BlockConduct& b) { return b.working_days; })) {
        for (const Region& region : structure.regions) conduct.work.push_back(work_factors(structure, region));
    }
    const bool recipes = any_block(structure, [](const BlockConduct& b) { return b.changes_recipe(); });
    if (recipes) add_look_alikes(scenario, structure);
    conduct.search_after = all.search.after_days;
}

void count_candidates(Structure& structure)
{
    if (!any_block(structure, [](const BlockConduct& b) { return b.qualification >= 0; })) return;
    structure.conduct.candidates.assign(structure.n_slots(), 0);
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
            if (structure.base(in) == 0) ++structure.conduct.candidates[slot];
        }
    }
}

void fill_conduct(const Structure& structure, State& state)
{
    if (any_block(structure, [](const BlockConduct& block) { return block.catch_up > 0; })) {
        state.conduct.owed_output.assign(structure.n_firms(), 0.0);
    }
    const std::size_t n = structure.conduct.look_alike.size();
    const std::size_t n_searching = structure.conduct.candidates.size();
    state.conduct.strained.assign(std::max(n, n_searching), 0);
    state.conduct.qualifies_on.assign(n_searching, -1);
    state.conduct.found.assign(n_searching, 0);
    state.conduct.switched.assign(n, 0.0);
    state.conduct.substituted.assign(n, 0.0);
    state.conduct.recipe.assign(n, 1.0);
}

}  // namespace chokepoint::world
