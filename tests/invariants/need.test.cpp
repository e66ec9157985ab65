// What policy takes away is accounted for, whichever way it does: each day the need there would have been without any
// answer to duty, price or shortage is what was used, went to another recipe, was given up for cost, and was not delivered.
//
// The identity holds by the way it is booked, so it is compared with a run of its own: the same world in which need answers
// to nothing. Tolerance: whole units and grams with the fraction carried, so a run differs by less than a unit of activity
// and three grams an input, however long it is.

#include "support/catch.hpp"
#include "support/full_scenario.hpp"
#include "support/model.hpp"

#include <cmath>
#include <numeric>
#include <vector>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

scenario::Scenario answering_to_nothing(scenario::Scenario s)
{
    s.behaviour.demand.all.elasticity = 0;
    s.behaviour.demand.by_sector.clear();
    s.behaviour.composite = false;
    s.behaviour.conduct.switching.speed = s.behaviour.conduct.substitution.speed = 0;
    return s;
}

// Most that rounding may leave between two running sums of a row [g].
double room(const world::Structure& structure, std::size_t row)
{
    double sum = 0;
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        if (structure.slots.row[slot] != row) continue;
        const auto each = static_cast<double>(structure.slots.base_need[slot]) / static_cast<double>(structure.firms.base_output[structure.slots.firm[slot]]);
        sum += 4 + 3 * each;
    }
    return sum;
}

}  // namespace

TEST_CASE("need is used, switched away, given up or not delivered, every day")
{
    std::int64_t given_up = 0, gained = 0, switched = 0, unmet = 0;
    for (std::uint64_t seed = 1; seed <= kFullSeeds; ++seed) {
        Model model(full_scenario(seed)), plain(answering_to_nothing(full_scenario(seed)));
        REQUIRE(model.structure.rows.size() == plain.structure.rows.size());
        std::vector<double> apart(model.structure.rows.size(), 0.0);
        model.run_to(159, [&](int day, const world::State& state) {
            plain.run_to(day);
            for (std::size_t row = 0; row < apart.size(); ++row) {
                const world::Block& block = model.structure.blocks[model.structure.rows[row].block];
                if (block.role != world::Role::kBuyer) continue;
                const world::Published& now = state.published;
                REQUIRE(now.full_need(row) == now.use[row] + now.switched[row] + now.given_up[row] + (now.need[row] - now.use[row]));
                apart[row] += static_cast<double>(now.full_need(row) - plain.state.published.need[row]);
                CAPTURE(seed, day, block.id, apart[row]);
                REQUIRE(std::abs(apart[row]) <= room(model.structure, row));
                given_up += now.given_up[row] > 0;
                gained += now.given_up[row] < 0;
                switched += now.switched[row] > 0;
                unmet += now.use[row] < now.need[row];
            }
        });
    }
    CHECK(given_up > 0);
    CHECK(gained > 0);
    CHECK(switched > 0);
    CHECK(unmet > 0);
}

// Output likewise: wanted and given up are what would have been wanted; what is made is at most what is wanted but for
// output lost before.
TEST_CASE("output is made, stopped or given up, every day")
{
    for (std::uint64_t seed = 1; seed <= kFullSeeds; ++seed) {
        Model model(full_scenario(seed)), plain(answering_to_nothing(full_scenario(seed)));
        std::vector<double> apart(model.structure.blocks.size(), 0.0);
        model.run_to(159, [&](int day, const world::State& state) {
            plain.run_to(day);
            for (std::size_t b = 0; b < apart.size(); ++b) {
                const world::Block& block = model.structure.blocks[b];
                if (block.role != world::Role::kBuyer) continue;
                apart[b] += static_cast<double>(state.published.wanted[b] + state.published.output_given_up[b] - plain.state.published.wanted[b]);
                CAPTURE(seed, day, block.id, apart[b]);
                REQUIRE(std::abs(apart[b]) <= 3.0 * block.n_firms);
            }
        });
    }
}
