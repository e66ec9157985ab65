// A29. Proportional and priority rationing of 70 over defense 20, automotive 50, other 30.
//
// Proportional: 0.7 each, 14 / 35 / 21. Rated first: 20, then 50 over 50:30, 31.25 / 18.75. Supply 15,
// rated first: 15 / 0 / 0. In units of 100 g all are whole. Largest remainder: 100 over 33, 33, 34, 50
// is 22, 22, 22.67, 33.33, so the odd unit goes to the third: 22, 22, 23, 33. Tolerance 0.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

// What each client is given on day 0 when the maker holds `supply` grams; in order of client ids.
std::vector<std::int64_t> give(const std::vector<Client>& clients, std::int64_t supply)
{
    Model model(clients_world(clients));
    const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
    model.state.firm.finished[maker] = supply;
    dynamics::allocate(model.structure, model.context(0), model.state);
    std::vector<std::int64_t> given;
    for (std::size_t in = 0; in < model.structure.n_links(); ++in) {
        const std::uint32_t out = model.structure.links.out[in];
        given.push_back(model.state.link.allocated[out]);
        // What is not given stays on the books.
        const std::int64_t asked = model.structure.base(in);
        CHECK(model.state.link.backlog[out] == asked - given.back());
    }
    CHECK(model.state.firm.finished[maker] == 0);
    return given;
}

std::vector<Client> three(bool rated, const std::string& defense_region = "XAA")
{
    return {{"a_defense", defense_region, 2000, scenario::Sector::kDefense, rated},
            {"b_auto", "XAA", 5000, scenario::Sector::kAutomotive, false},
            {"c_other", "XAA", 3000, scenario::Sector::kOther, false}};
}

}  // namespace

TEST_CASE("A29 proportional rationing")
{
    CHECK(give(three(false), 7000) == std::vector<std::int64_t>{1400, 3500, 2100});
}

TEST_CASE("A29 rated orders first")
{
    CHECK(give(three(true), 7000) == std::vector<std::int64_t>{2000, 3125, 1875});
    CHECK(give(three(true), 1500) == std::vector<std::int64_t>{1500, 0, 0});
}

TEST_CASE("A29 a rating counts only inside the rating country")
{
    CHECK(give(three(true, "XBB"), 7000) == std::vector<std::int64_t>{1400, 3500, 2100});
}

TEST_CASE("A29 whole grams by largest remainder")
{
    const std::vector<Client> four{{"a", "XAA", 33}, {"b", "XAA", 33}, {"c", "XAA", 34}, {"d", "XAA", 50}};
    CHECK(give(four, 100) == std::vector<std::int64_t>{22, 22, 23, 33});
}
