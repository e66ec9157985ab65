// Sellers: call-offs of a period, tiers, the cap on goods before the authority.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include <cmath>
#include <map>
#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

std::uint32_t out_of(const Model& model, const char* block)
{
    const std::uint32_t slot = model.structure.firms.slot_begin[model.structure.blocks[model.block(block)].first_firm];
    return model.structure.links.out[model.structure.slots.link_begin[slot]];
}

// [g] set aside today, of blocks of one firm with one source.
std::vector<std::int64_t> given_by_block(const Model& model)
{
    std::vector<std::int64_t> given(model.structure.blocks.size(), 0);
    for (std::size_t slot = 0; slot < model.structure.n_slots(); ++slot) {
        const std::uint32_t in = model.structure.slots.link_begin[slot];
        given[model.structure.firms.block[model.structure.slots.firm[slot]]] =
            model.state.link.allocated[model.structure.links.out[in]];
    }
    return given;
}

}  // namespace

TEST_CASE("an order is called off in equal daily parts that sum to it")
{
    scenario::Scenario s = clients_world({{"buyer", "XAA", 1000}});
    s.behaviour.review_days = 7;
    Model model(s);
    const int phase = model.structure.links.out_phase[0];
    const int first = (7 - phase) % 7 + 7;  // a review day
    model.state.link.period_order[0] = 10;
    std::vector<std::int64_t> called;
    for (int day = first; day < first + 7; ++day) {
        dynamics::allocate(model.structure, model.context(day), model.state);
        called.push_back(model.state.link.allocated[0]);
    }
    CHECK(called == std::vector<std::int64_t>{2, 2, 2, 1, 1, 1, 1});
}

// The stock is gone the day after a review: the gap is ordered six days later, not at once.
TEST_CASE("an order stands until the next review day")
{
    scenario::Scenario s = clients_world({{"buyer", "XAA", 1000}});
    s.behaviour.review_days = 7;
    s.behaviour.gap_share = 1;
    Model model(s);
    const int phase = model.structure.links.out_phase[0];
    const int review = (7 - phase) % 7 + 7;
    for (int day = review + 1; day <= review + 7; ++day) {
        model.state.slot.stock[0] = 0;
        dynamics::order(model.structure, model.context(day), model.state);
        CHECK((model.state.link.period_order[0] == 7000) == (day < review + 7));
    }
}

TEST_CASE("a reserve for home clients caps what those abroad may ask for")
{
    for (const double reserve : {0.0, 0.3}) {
        scenario::Scenario s = clients_world({{"abroad", "XBB", 1000}, {"home", "XAA", 100}});
        s.behaviour.home_reserve = reserve;
        Model model(s);
        model.state.firm.finished[model.structure.blocks[model.block("maker")].first_firm] = 1000;
        dynamics::allocate(model.structure, model.context(0), model.state);
        for (std::size_t out = 0; out < model.structure.n_links(); ++out) {
            const bool abroad = model.structure.links.out_abroad[out] != 0;
            // 1100 asked, 1000 there: 909 and 91 in proportion; with 30 % kept, 700 and all of 100.
            const std::int64_t expected = reserve == 0 ? (abroad ? 909 : 91) : (abroad ? 700 : 100);
            CHECK(model.state.link.allocated[out] == expected);
        }
    }
}

// 1600 asked, 900 there. In proportion 562.5, 225 and 112.5; by account 900 to the largest; by price the client without
// duty first, then the other two alike.
TEST_CASE("who goes without when goods fall short is the scenario's choice")
{
    using Given = std::map<std::string, std::int64_t>;
    const std::map<scenario::Rationing, Given> expected{
        {scenario::Rationing::kProportional, {{"large", 562}, {"middle", 225}, {"small", 113}}},
        {scenario::Rationing::kLargeAccounts, {{"large", 900}, {"middle", 0}, {"small", 0}}},
        {scenario::Rationing::kPrice, {{"large", 500}, {"middle", 200}, {"small", 200}}}};
    for (const auto& [rule, given] : expected) {
        scenario::Scenario s = clients_world({{"large", "XBB", 1000}, {"middle", "XBB", 400}, {"small", "XCC", 200}});
        s.behaviour.rationing = rule;
        add_tariff(s, 0.5, {});
        Model model(s);
        dynamics::apply_policy(model.structure, model.context(0), model.state);
        model.state.firm.finished[model.structure.blocks[model.block("maker")].first_firm] = 900;
        dynamics::allocate(model.structure, model.context(0), model.state);
        CAPTURE(static_cast<int>(rule));
        for (std::size_t slot = 0; slot < model.structure.n_slots(); ++slot) {
            const auto& block = model.structure.blocks[model.structure.firms.block[model.structure.slots.firm[slot]]];
            const std::uint32_t out = model.structure.links.out[model.structure.slots.link_begin[slot]];
            if (!given.contains(block.id)) continue;
            CHECK(std::abs(model.state.link.allocated[out] - given.at(block.id)) <= 1);  // half a gram rounded
        }
    }
}

// 1400 asked, 900 there. Each kind of part of the first client is a flow of 200, smaller than the second's 400; together
// they are the larger account.
TEST_CASE("an account is all that a client takes, whatever kinds of part it is of")
{
    scenario::Scenario s = clients_world({{"large", "XBB", 1000}, {"small", "XBB", 400}});
    s.buyers[0].conduct.parts = 5;
    s.behaviour.rationing = scenario::Rationing::kLargeAccounts;
    Model model(s);
    model.state.firm.finished[model.structure.blocks[model.block("maker")].first_firm] = 900;
    dynamics::allocate(model.structure, model.context(0), model.state);
    std::int64_t given = 0;
    for (const std::int64_t grams : model.state.link.allocated) given += grams;
    CHECK(given == 900);
    CHECK(model.state.link.allocated[out_of(model, "small")] == 0);
    CHECK(model.state.link.allocated[out_of(model, "large")] == 180);  // a fifth of 900
}

// Goods wait behind a daily limit of 1.3 times 1600: 2080 of 3200 may cross.
TEST_CASE("large accounts are shipped first where the border limits a day")
{
    for (const bool large_first : {false, true}) {
        scenario::Scenario s = clients_world({{"large", "XBB", 1000}, {"small", "XBB", 600}});
        s.behaviour.dispatch_cap = 1.3;
        if (large_first) s.behaviour.rationing = scenario::Rationing::kLargeAccounts;
        Model model(s);
        for (std::int64_t& backlog : model.state.link.backlog) backlog = 0;
        std::map<std::string, std::uint32_t> out_of;
        for (std::size_t slot = 0; slot < model.structure.n_slots(); ++slot) {
            const auto& block = model.structure.blocks[model.structure.firms.block[model.structure.slots.firm[slot]]];
            out_of[block.id] = model.structure.links.out[model.structure.slots.link_begin[slot]];
        }
        model.state.link.allocated[out_of.at("large")] = 2000;
        model.state.link.allocated[out_of.at("small")] = 1200;
        dynamics::dispatch(model.structure, model.context(0), model.state);
        CHECK(model.state.link.backlog[out_of.at("large")] == (large_first ? 0 : 700));
        CHECK(model.state.link.backlog[out_of.at("small")] == (large_first ? 1120 : 420));
    }
}

TEST_CASE("clients at home come first only where the scenario says so")
{
    for (const bool first : {false, true}) {
        scenario::Scenario s = clients_world({{"abroad", "XBB", 1000}, {"home", "XAA", 1000}});
        s.behaviour.domestic_first = first;
        Model model(s);
        model.state.firm.finished[model.structure.blocks[model.block("maker")].first_firm] = 1200;
        dynamics::allocate(model.structure, model.context(0), model.state);
        std::vector<std::int64_t> given(model.structure.blocks.size(), 0);
        for (std::size_t slot = 0; slot < model.structure.n_slots(); ++slot) {
            const std::uint32_t in = model.structure.slots.link_begin[slot];
            given[model.structure.firms.block[model.structure.slots.firm[slot]]] =
                model.state.link.allocated[model.structure.links.out[in]];
        }
        CHECK(given[model.block("home")] == (first ? 1000 : 600));
        CHECK(given[model.block("abroad")] == (first ? 200 : 600));
    }
}

// 2000 asked, 1200 there: 600 each while both have contracts; where one buys spot the other gets its 1000 first.
TEST_CASE("a short seller serves contracts in full before spot")
{
    for (const double spot : {0.0, 1.0}) {
        for (const char* region : {"XBB", "XAA"}) {  // abroad and at home
            scenario::Scenario s = clients_world({{"contract", "XBB", 1000}, {"trader", region, 1000}});
            s.buyers[1].conduct.spot = spot;
            Model model(s);
            model.state.firm.finished[model.structure.blocks[model.block("maker")].first_firm] = 1200;
            dynamics::allocate(model.structure, model.context(0), model.state);
            const auto given = given_by_block(model);
            CHECK(given[model.block("contract")] == (spot > 0 ? 1000 : 600));
            CHECK(given[model.block("trader")] == (spot > 0 ? 200 : 600));
        }
    }
}

TEST_CASE("where home comes first a spot client at home goes before a contract abroad")
{
    scenario::Scenario s = clients_world({{"contract", "XBB", 1000}, {"trader", "XAA", 1000}});
    s.buyers[1].conduct.spot = 1;
    s.behaviour.domestic_first = true;
    Model model(s);
    model.state.firm.finished[model.structure.blocks[model.block("maker")].first_firm] = 1200;
    dynamics::allocate(model.structure, model.context(0), model.state);
    CHECK(given_by_block(model)[model.block("trader")] == 1000);
}

// Goods wait behind a daily limit of 1.3 times 1600: 2080 of 3200 may cross, 1300 and 780 in proportion.
TEST_CASE("contracts cross a limited border before spot")
{
    for (const double spot : {0.0, 1.0}) {
        scenario::Scenario s = clients_world({{"trader", "XBB", 1000}, {"contract", "XBB", 600}});
        s.behaviour.dispatch_cap = 1.3;
        s.buyers[0].conduct.spot = spot;
        Model model(s);
        const std::uint32_t trader = out_of(model, "trader"), contract = out_of(model, "contract");
        model.state.link.allocated[trader] = 2000;
        model.state.link.allocated[contract] = 1200;
        dynamics::dispatch(model.structure, model.context(0), model.state);
        CHECK(model.state.link.backlog[contract] == (spot > 0 ? 0 : 420));
        CHECK(model.state.link.backlog[trader] == (spot > 0 ? 1120 : 700));
    }
}

// 600 firms of which each buys spot with 30 %: 180 +- 5 x 11.2 (binomial, one false alarm in 1.7 million).
TEST_CASE("who buys spot is drawn by firm, and the draw moves nothing else")
{
    scenario::Scenario s = small_world();
    s.buyers[0].firms = 600;
    Model without(s);
    s.buyers[0].conduct.spot = 0.3;
    Model with(s);
    const auto& links = with.structure.links;
    std::vector<std::uint8_t> buys_spot(with.structure.n_firms(), 0);
    for (std::size_t slot = 0; slot < with.structure.n_slots(); ++slot) {
        for (std::uint32_t in = with.structure.slots.link_begin[slot]; in < with.structure.slots.link_begin[slot + 1]; ++in) {
            const auto tier = static_cast<world::Tier>(links.out_tier[links.out[in]]);
            if (tier == world::Tier::kSpot || tier == world::Tier::kHomeSpot) buys_spot[with.structure.slots.firm[slot]] = 1;
        }
    }
    CHECK(std::abs(std::accumulate(buys_spot.begin(), buys_spot.end(), 0) - 180) < 56);
    CHECK(with.structure.slots.base_need == without.structure.slots.base_need);
    CHECK(with.structure.slots.cover == without.structure.slots.cover);
    CHECK(with.structure.links.out_base == without.structure.links.out_base);
    CHECK(with.structure.firms.review_phase == without.structure.firms.review_phase);
}

// With nothing decided and ten days of base flow allowed before the authority, 10 kg are held; the
// rest stays an order, and the maker does not produce for it.
TEST_CASE("goods before the authority are capped and the rest stays an order")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.held_cap = 10;
    Model model(s);
    model.run_to(29, [&](int day, const world::State& state) {
        CAPTURE(day);
        const std::int64_t held = state.border.unfiled[0] + state.border.filed[0];
        CHECK(held == 1000 * std::min(day + 1, 10));
        CHECK(state.link.backlog[0] == 1000 * std::max(0, day + 1 - 10));
    });
    CHECK(model.state.firm.output[model.structure.blocks[model.block("maker")].first_firm] == 0);
}

TEST_CASE("backlog is kept and delivered")
{
    scenario::Scenario s = clients_world({{"buyer", "XAA", 1000}});
    Model model(s);
    const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
    model.structure.firms.capacity[maker] = 0;
    model.state.firm.finished[maker] = 0;
    model.run_to(9);
    CHECK(model.state.link.backlog[0] == 10'000);
    model.structure.firms.capacity[maker] = 1'000'000;
    model.run_to(40);
    CHECK(model.state.link.backlog[0] == 0);
    CHECK(model.state.firm.owed[maker] == 0);
}
