#include "support/model.hpp"

#include "chokepoint/world/build.hpp"

#include <stdexcept>

namespace chokepoint::test {

namespace {

template <class Items>
std::uint32_t find(const Items& items, const std::string& id)
{
    for (std::uint32_t i = 0; i < items.size(); ++i) {
        if (items[i].id == id) return i;
    }
    throw std::logic_error("the test's world has no " + id);
}

}  // namespace

Model::Model(const scenario::Scenario& scenario)
    : structure(world::build_structure(scenario)),
      random(scenario.seed, scenario.member),
      state(world::initial_state(structure))
{
}

void Model::run_to(int last_day, const engine::Observer& observe)
{
    engine::run(structure, random, last_day, state, observe);
}

dynamics::StepContext Model::context(int day) const { return {day, structure.start + day, random}; }
std::uint32_t Model::block(const std::string& id) const { return find(structure.blocks, id); }
std::uint32_t Model::region(const std::string& id) const { return find(structure.regions, id); }
std::uint32_t Model::product(const std::string& id) const { return find(structure.products, id); }

std::uint32_t Model::row(const std::string& block_id, const std::string& product_id) const
{
    for (std::uint32_t i = 0; i < structure.rows.size(); ++i) {
        if (structure.rows[i].block == block(block_id) && structure.rows[i].product == product(product_id)) return i;
    }
    throw std::logic_error(block_id + " does not use " + product_id);
}

}  // namespace chokepoint::test
