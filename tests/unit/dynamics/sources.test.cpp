// Where orders stand by who sells: the parts are the whole of each input, and name who really holds them up.

#include "support/catch.hpp"
#include "support/full_scenario.hpp"
#include "support/model.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;
using world::SourceBook;

namespace {

// Sum over the sources of a row.
std::int64_t sum(const world::Structure& structure, const world::State& state, std::size_t row, std::int64_t SourceBook::*field)
{
    std::int64_t out = 0;
    for (std::size_t s = structure.source_begin[row]; s < structure.source_begin[row + 1]; ++s)
        out += state.published.sources[s].*field;
    return out;
}

std::int64_t total(const world::State& state, std::int64_t SourceBook::*field)
{
    std::int64_t out = 0;
    for (const SourceBook& book : state.published.sources) out += book.*field;
    return out;
}

void check_rows(const world::Structure& structure, const world::State& state)
{
    for (std::size_t row = 0; row < structure.rows.size(); ++row) {
        const auto of = [&](std::int64_t SourceBook::*field) { return sum(structure, state, row, field); };
        CHECK(of(&SourceBook::owed) + of(&SourceBook::not_filed) + of(&SourceBook::paused) == state.published.at_seller[row]);
        CHECK(of(&SourceBook::in_review) == state.published.in_review[row]);
        CHECK(of(&SourceBook::licensed) == state.published.licensed[row]);
        CHECK(of(&SourceBook::at_customs) == state.published.at_customs[row]);
        CHECK(of(&SourceBook::open_files) == state.published.open_files[row]);
        std::int64_t oldest = 0, refused = 0, returned = 0;
        for (std::size_t s = structure.source_begin[row]; s < structure.source_begin[row + 1]; ++s) {
            oldest = std::max(oldest, state.published.sources[s].oldest_file);
            refused += state.published.source_refused[s];
            returned += state.published.source_returned[s];
        }
        CHECK(oldest == state.published.oldest_file[row]);
        CHECK(refused == state.published.refused[row]);
        CHECK(returned == state.published.returned[row]);
        CHECK(state.published.in_transit[row] >= 0);
    }
}

}  // namespace

TEST_CASE("orders by source add up to those of each input, and none is below nought")
{
    std::int64_t not_filed = 0, refused = 0, customs = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        Model model(full_scenario(seed));
        model.run_to(125, [&](int day, const world::State& state) {
            for (const std::int64_t grams : state.published.source_refused) refused += grams;
            if (!world::ends_week(day, model.structure.horizon)) return;
            check_rows(model.structure, state);
            for (const SourceBook& book : state.published.sources)
                CHECK(std::min({book.owed, book.not_filed, book.paused, book.in_review}) >= 0);
            not_filed += total(state, &SourceBook::not_filed);
            customs += total(state, &SourceBook::at_customs);
        });
    }
    CHECK(std::min({not_filed, refused, customs}) > 0);  // else the sums show nothing
}

TEST_CASE("what sellers owe by source is what they could not give out")
{
    std::int64_t owed = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        scenario::Scenario s = random_scenario(seed);
        s.licensing.clear();  // what crosses with a licence makes room for orders after they were served
        s.rules.clear();
        s.behaviour.home_reserve = 0;
        Model model(s);
        model.run_to(125, [&](int day, const world::State& state) {
            if (!world::ends_week(day, model.structure.horizon)) return;
            CHECK(total(state, &SourceBook::owed) == std::accumulate(state.firm.owed.begin(), state.firm.owed.end(), std::int64_t{0}));
            owed += total(state, &SourceBook::owed);
        });
    }
    CHECK(owed > 0);
}

TEST_CASE("an exporter refused in principle that asks no more holds all orders of the client as paused")
{
    scenario::Scenario s = small_world();
    scenario::Licensing& control = add_licensing(s, 5);
    control.defense = scenario::EndUseRule::kRefuse;
    control.pause_days = 100;
    Model model(s);
    model.run_to(62);
    const std::size_t row = model.row("defense_b", "magnet");
    std::int64_t paused = 0;
    for (std::size_t source = model.structure.source_begin[row]; source < model.structure.source_begin[row + 1]; ++source) {
        const SourceBook& book = model.state.published.sources[source];
        CHECK(book.owed + book.not_filed + book.in_review == 0);
        paused += book.paused;
    }
    CHECK(paused > 0);
    CHECK(paused == model.state.published.at_seller[row]);
}

TEST_CASE("every member has the same sources, whatever its links")
{
    scenario::Scenario s = full_scenario(3);
    const Model first(s);
    s.member = 5;
    const Model other(s);
    const auto keys = [](const world::Structure& structure) {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
        for (const world::Source& source : structure.sources) out.emplace_back(source.row, source.seller);
        return out;
    };
    CHECK(keys(first.structure) == keys(other.structure));
}
