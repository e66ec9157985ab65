// Public stockpiles: release by tier, caps, arrivals of what is bought, when it is bought.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/recount.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <cmath>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

// Defense and automotive in XBB, 1000 g/d each; a stockpile of 50 kg there that may give 1500 g/d.
scenario::Scenario served_world()
{
    scenario::Scenario s = clients_world({{"army", "XBB", 1000, scenario::Sector::kDefense}, {"cars", "XBB", 1000}}, 3);
    s.producers[0].capacity = 4000;
    scenario::Stockpile stockpile;
    stockpile.id = "agency";
    stockpile.region = "XBB";
    stockpile.product = "magnet";
    stockpile.stock = 50'000;
    stockpile.cover = 10;
    stockpile.release = 1500;
    stockpile.serves = {"army", "cars"};
    s.stockpiles = {stockpile};
    return s;
}

std::uint32_t slot_of(const Model& model, const char* block)
{
    return model.structure.firms.slot_begin[model.structure.blocks[model.block(block)].first_firm];
}

void check_goods(const Model& model, std::int64_t& total)
{
    const std::int64_t now = recount_goods(model.structure, model.state)[0].total();
    CHECK(now - total == net_output(model.structure, model.state)[0]);
    total = now;
}

}  // namespace

TEST_CASE("a stockpile gives nothing while nobody is short, whatever cover it aims at")
{
    scenario::Scenario s = served_world();
    s.stockpiles[0].cover = 365;  // more than users keep themselves
    Model model(s);
    model.run_to(30, [&](int, const world::State& state) { CHECK(state.published.stockpiles[0].released == 0); });
    CHECK(model.state.published.stockpiles[0].stock == 50'000);
    CHECK(model.state.events.empty());
}

// Both lack 1000 g of the ten days kept; defense is served in full, the cap leaves 500 g for the rest.
TEST_CASE("the first tier is served in full before the next, up to the cap")
{
    Model model(served_world());
    model.run_to(4);
    for (const char* block : {"army", "cars"}) model.state.slot.stock[slot_of(model, block)] = 8000;  // 1000 g arrive, 1000 lack
    std::int64_t total = recount_goods(model.structure, model.state)[0].total();
    model.run_to(5);
    check_goods(model, total);
    CHECK(model.state.published.stockpiles[0].released == 1500);
    CHECK(model.state.published.stockpiles[0].stock == 48'500);
    CHECK(model.state.slot.stock[slot_of(model, "army")] == 8000 + 1000 + 1000 - 1000);
    CHECK(model.state.slot.stock[slot_of(model, "cars")] == 8000 + 1000 + 500 - 1000);
    REQUIRE(model.state.events.size() == 1);
    CHECK(model.state.events[0].kind == "stockpile");
    CHECK(model.state.published.stockpiles[0].earned == 1'500'000);  // 1.5 kg at 1 USD/kg
}

TEST_CASE("a stockpile gives no more than it holds, not before its date, and nothing to others")
{
    scenario::Scenario s = served_world();
    s.stockpiles[0].stock = 700;
    s.stockpiles[0].serves = {"cars"};
    s.stockpiles[0].from = s.time.start + 6;
    Model model(s);
    model.run_to(4);
    for (const char* block : {"army", "cars"}) model.state.slot.stock[slot_of(model, block)] = 0;
    model.run_to(5);
    CHECK(model.state.published.stockpiles[0].released == 0);
    model.run_to(6);
    CHECK(model.state.published.stockpiles[0].released == 700);
    CHECK(model.state.slot.stock[slot_of(model, "army")] == 0);
    model.run_to(9);
    CHECK(model.state.published.stockpiles[0].stock == 0);
}

TEST_CASE("users pay the price of the day or that of day 0")
{
    for (const bool market : {false, true}) {
        scenario::Scenario s = served_world();
        s.stockpiles[0].at_market = market;
        Model model(s);
        model.run_to(4);
        model.state.outside_price[0] = 3;
        model.state.slot.stock[slot_of(model, "army")] = 8000;
        model.run_to(5);
        CHECK(model.state.published.stockpiles[0].earned == (market ? 3'000'000 : 1'000'000));
    }
}

// 40 kg of the target of 41 are there: 300 g a day from day 0 on for three days and 100 g on the fourth, each three days
// under way; the maker makes them beyond its orders.
TEST_CASE("what a stockpile buys leaves the maker, is under way for the lane and counts as an export")
{
    scenario::Scenario s = served_world();
    s.stockpiles[0].stock = 40'000;
    s.stockpiles[0].refill = scenario::Refill{"maker", 1.1, 300, 41'000, false};
    s.output.exports_of = {"XAA"};
    Model model(s);
    std::int64_t total = recount_goods(model.structure, model.state)[0].total();
    std::int64_t exported = 0;
    model.run_to(20, [&](int day, const world::State& state) {
        CAPTURE(day);
        check_goods(model, total);
        const auto& flow = state.published.stockpiles[0];
        CHECK(flow.refilled == (day < 3 ? 300 : day == 3 ? 100 : 0));
        CHECK(flow.stock == 40'000 + std::min<std::int64_t>(1000, 300 * std::max(0, day - 2)));
        CHECK(flow.paid == flow.refilled * 1000);
        for (const std::int64_t grams : state.published.exports) exported += grams;
    });
    CHECK(exported == 21 * 2000 + 1000);
    const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
    model.run_to(60);
    CHECK(model.state.firm.finished[maker] >= model.structure.firms.finished_target[maker] - 7);  // want rounds down a seventh
}

TEST_CASE("a stockpile buys only below its price and from an origin that treats it as routine or better")
{
    scenario::Scenario s = served_world();
    s.stockpiles[0].stock = 0;
    s.stockpiles[0].refill = scenario::Refill{"maker", 1.1, 300, 41'000, false};
    {
        Model model(s);
        model.state.outside_price[0] = 1.2;
        model.run_to(5, [&](int, const world::State& state) { CHECK(state.published.stockpiles[0].refilled == 0); });
        model.state.outside_price[0] = 1.05;
        model.run_to(6);
        CHECK(model.state.published.stockpiles[0].refilled == 300);
    }
    for (const double weight : {0.3, 1.0}) {
        scenario::Licensing& l = add_licensing(s, 5);
        l.postures[0].weight = weight;
        Model model(s);
        model.run_to(4);
        CHECK(model.state.published.stockpiles[0].refilled == 300);
        model.run_to(5);
        CHECK(model.state.published.stockpiles[0].refilled == (weight < 1 ? 0 : 300));
        s.licensing.clear();
    }
}

// 2100 g are there and 2000 ordered: industry first leaves 100 g, the agency first leaves 1800 for industry.
TEST_CASE("a stockpile takes what industry leaves, or goes first where the scenario says so")
{
    for (const bool first : {false, true}) {
        scenario::Scenario s = served_world();
        s.stockpiles[0].stock = 0;
        s.stockpiles[0].refill = scenario::Refill{"maker", 1.1, 300, 41'000, first};
        Model model(s);
        const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
        model.state.firm.finished[maker] = 2100;
        model.structure.firms.capacity[maker] = 0;
        model.run_to(0);
        CHECK(model.state.published.stockpiles[0].refilled == (first ? 300 : 100));
        CHECK(model.state.firm.finished[maker] == 0);
        CHECK(model.state.firm.owed[maker] == (first ? 200 : 0));
    }
}

TEST_CASE("under offtake a maker makes the amount whatever is ordered, and the stockpile takes the rest")
{
    scenario::Scenario s = served_world();
    s.producers[0].growth.offtake = scenario::Offtake{"agency", 2600, s.time.start + 10, s.time.start + 20};
    s.producers[0].growth.floor = scenario::PriceFloor{1.5, s.time.start + 15, {}};
    Model model(s);
    const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
    std::int64_t total = recount_goods(model.structure, model.state)[0].total();
    model.run_to(30, [&](int day, const world::State& state) {
        CAPTURE(day);
        check_goods(model, total);
        const bool taken = day >= 10 && day < 20;
        CHECK(state.firm.output[maker] == (taken ? 2600 : 2000));
        CHECK(state.published.stockpiles[0].refilled == (taken ? 600 : 0));
        CHECK(state.published.stockpiles[0].paid == (taken ? (day < 15 ? 600'000 : 900'000) : 0));
        CHECK(state.firm.finished[maker] == model.structure.firms.finished_target[maker]);
    });
    CHECK(model.state.published.stockpiles[0].stock == 50'000 + 10 * 600);
}

// The guarantor pays 0.5 USD/kg on 2 kg a day; more is offered at the floor: p^(-eb) = (1.5)^es in equilibrium.
TEST_CASE("a price floor is paid by a guarantor, and the price falls because more is offered")
{
    scenario::Scenario s = served_world();
    s.producers[0].growth.floor = scenario::PriceFloor{1.5, s.time.start + 5, {}};
    Model model(s);
    model.run_to(4);
    CHECK(model.state.published.support[0] == 0);
    model.run_to(5);
    CHECK(model.state.published.support[0] == 1'000'000);
    s.behaviour.price_speed = 0.05;
    Model moving(s);
    const std::uint32_t maker = moving.structure.blocks[moving.block("maker")].first_firm;
    moving.run_to(4);
    CHECK(moving.state.firm.price[maker] == 1);
    moving.run_to(390);
    // Steps close 1 - 0.05 eb of the rest a day: 0.975^386 = 6e-5 of it is left.
    CHECK(moving.state.firm.ln_price[maker] == Approx(-0.1 * std::log(1.5) / 0.5).epsilon(1e-3));
}
