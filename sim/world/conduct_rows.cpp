#include "conduct_rows.hpp"

#include <algorithm>

namespace chokepoint::world {

namespace {

bool does_anything(const BlockConduct& block) { return block.catch_up > 0 || block.precaution > 0; }

template <class Test>
bool any_block(const Structure& structure, Test test)
{
    return std::any_of(structure.conduct.blocks.begin(), structure.conduct.blocks.end(), test);
}

}  // namespace

void add_conduct(const scenario::Scenario& scenario, Structure& structure)
{
    const scenario::Conduct& all = scenario.behaviour.conduct;
    Conduct& conduct = structure.conduct;
    conduct.catch_up_cap = all.catch_up_cap;
    conduct.blocks.resize(structure.blocks.size());
    for (std::size_t b = 0; b < structure.blocks.size(); ++b) {
        const Role role = structure.blocks[b].role;
        const bool makes = role == Role::kBuyer || role == Role::kProducer;
        conduct.blocks[b].precaution = makes ? all.precaution : 0;
    }
    for (const auto& buyer : scenario.buyers) {
        const auto at = std::find_if(structure.blocks.begin(), structure.blocks.end(),
                                     [&](const Block& block) { return block.id == buyer.id; });
        BlockConduct& block = conduct.blocks[static_cast<std::size_t>(at - structure.blocks.begin())];
        block.catch_up = buyer.conduct.catch_up.value_or(all.catch_up);
        block.precaution = buyer.conduct.precaution.value_or(all.precaution);
    }
    if (!any_block(structure, does_anything)) conduct.blocks.clear();
}

void fill_conduct(const Structure& structure, State& state)
{
    if (any_block(structure, [](const BlockConduct& block) { return block.catch_up > 0; })) {
        state.conduct.owed_output.assign(structure.n_firms(), 0.0);
    }
}

}  // namespace chokepoint::world
