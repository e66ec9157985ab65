// Capacity that changes: projects, outages, stretch, investment.

#include "dynamics/capacity.hpp"
#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include <cmath>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

// A maker of 1000 g/d at its capacity, one client at home who wants twice that from `day` on.
scenario::Scenario full_world()
{
    scenario::Scenario s = clients_world({{"buyer", "XAA", 1000}});
    s.producers[0].capacity = 1000;
    return s;
}

std::uint32_t maker(const Model& model) { return model.structure.blocks[model.block("maker")].first_firm; }

void want_twice(Model& model)
{
    for (auto& owed : model.state.firm.owed) owed = 0;
    model.state.link.backlog[0] += 1'000'000;  // a thousand days of base: more is wanted than can be made
}

}  // namespace

TEST_CASE("a project adds its capacity in equal steps and none before its date")
{
    scenario::Scenario s = full_world();
    s.producers[0].growth.projects = {{"plant", "", s.time.start + 10, 4, 400}, {"restart", "", s.time.start + 20, 0, 100}};
    Model model(s);
    want_twice(model);
    model.run_to(25, [&](int day, const world::State& state) {
        CAPTURE(day);
        const std::int64_t plant = std::clamp(day - 9, 0, 4) * 100;
        const std::int64_t capacity = 1000 + plant + (day >= 20 ? 100 : 0);
        CHECK(state.supply.capacity[maker(model)] == capacity);
        CHECK(state.published.capacity[0] == capacity);
        if (day > 0) CHECK(state.firm.output[maker(model)] == capacity);
    });
    REQUIRE(model.state.events.size() == 2);
    CHECK(model.state.events[0].day == 10);
    CHECK(model.state.events[0].kind == "capacity");
}

TEST_CASE("a project is its maker's alone, and shared by its firms as capacity is")
{
    scenario::Scenario s = clients_world({{"buyer", "XAA", 1000}});
    scenario::Producer second = s.producers[0];
    second.id = "second";
    s.producers.push_back(second);
    for (auto& producer : s.producers) producer.capacity = 500;
    s.producers[0].firms = 2;
    s.producers[0].growth.projects = {{"plant", "", s.time.start, 0, 250}};
    Model model(s);
    model.run_to(0);
    CHECK(model.state.published.capacity == std::vector<std::int64_t>{750});
    for (std::uint32_t firm = 0; firm < model.structure.n_firms(); ++firm) {
        const bool grows = model.structure.firms.block[firm] == model.block("maker");
        const std::int64_t before = model.structure.firms.capacity[firm];
        CHECK(model.state.supply.capacity[firm] == (grows ? before * 3 / 2 : before));
    }
}

TEST_CASE("an outage takes its share of capacity on its days, and several multiply")
{
    scenario::Scenario s = full_world();
    s.producers[0].growth.projects = {{"plant", "", s.time.start + 2, 0, 1000}};
    s.producers[0].growth.outages = {{"flood", "The flood", s.time.start + 5, s.time.start + 9, 0.5},
                                     {"strike", "", s.time.start + 7, std::nullopt, 0.2}};
    Model model(s);
    want_twice(model);
    model.run_to(20, [&](int day, const world::State& state) {
        CAPTURE(day);
        const double left = (day >= 5 && day < 9 ? 0.5 : 1) * (day >= 7 ? 0.8 : 1);
        CHECK(state.supply.capacity[maker(model)] == std::llround((day < 2 ? 1000 : 2000) * left));
        if (day > 0) CHECK(state.firm.output[maker(model)] == state.supply.capacity[maker(model)]);
    });
    std::vector<std::string> texts;
    for (const auto& event : model.state.events)
        if (event.kind == "capacity") texts.push_back(std::to_string(event.day) + " " + event.subject + " " + event.text);
    REQUIRE(texts.size() == 4);
    CHECK(texts[1] == "5 maker flood begins: 50 % of capacity lost");
    CHECK(texts[2] == "7 maker strike begins: 20 % of capacity lost");
    CHECK(texts[3] == "9 maker flood is over");
}

// At 99 % and at 100 % alike what is asked for is beyond the clip: up by kappa x a day at first. Where nothing at all can be
// offered the price then settles at e^(x / eb), and is not what it was.
TEST_CASE("a maker that has stopped altogether asks more, as one that has almost stopped does")
{
    const auto price_after = [](double share, int days) {
        scenario::Scenario s = full_world();
        s.time.horizon = days + 2;
        s.behaviour.price_speed = 0.05;
        s.behaviour.price_clip = 0.7;
        s.behaviour.bid_elasticity = -0.5;
        s.producers[0].growth.outages = {{"stop", "", s.time.start + 1, std::nullopt, share}};
        Model model(s);
        model.run_to(days);
        return model.state.firm.ln_price[maker(model)];
    };
    CHECK(price_after(0.99, 1) == Approx(0.05 * 0.7));
    CHECK(price_after(1, 1) == Approx(0.05 * 0.7));
    CHECK(price_after(1, 1000) == Approx(0.7 / 0.5).epsilon(1e-6));
}

// z' = z + (z_max - z) s / tau with s the part of what was wanted on the day before that was not made, else back to 1.
TEST_CASE("a maker stretches its capacity as far as it is short, and gives it up")
{
    scenario::Scenario s = full_world();
    s.producers[0].growth.stretch = {1.25, 30};
    Model model(s);
    CHECK_FALSE(model.structure.supply.blocks.empty());
    model.run_to(5);
    CHECK(model.state.supply.capacity[maker(model)] == 1000);  // not short: nothing moves
    want_twice(model);
    model.run_to(6);
    double z = 1;
    bool short_by_half = false, short_by_all = false;
    for (int n = 1; n <= 60; ++n) {
        if (n == 30) model.state.link.backlog[0] = 1000;  // now little more is wanted than is made
        const double wanted = static_cast<double>(model.state.firm.wanted[maker(model)]);
        const double lacking = (wanted - static_cast<double>(model.state.firm.output[maker(model)])) / wanted;
        short_by_half = short_by_half || (lacking > 0.1 && lacking < 0.9);
        short_by_all = short_by_all || lacking > 0.99;
        model.run_to(6 + n);
        z += lacking > 0 ? (1.25 - z) * lacking / 30 : (1 - z) / 30;
        CAPTURE(n, lacking);
        CHECK(model.state.supply.stretch[maker(model)] == Approx(z).epsilon(1e-12));
    }
    CHECK(short_by_all);
    CHECK(short_by_half);
    model.state.link.backlog[0] = 0;
    model.state.firm.finished[maker(model)] = 1'000'000;
    model.run_to(69);
    z = model.state.supply.stretch[maker(model)];
    model.run_to(79);
    CHECK(model.state.supply.stretch[maker(model)] == Approx(1 + (z - 1) * std::pow(1 - 1.0 / 30, 10)).epsilon(1e-12));
}

TEST_CASE("a maker invests once its price has been high for long enough, after its lead, within the cap")
{
    for (const double cap : {0.0, 0.04, 1.0}) {
        scenario::Scenario s = full_world();
        s.behaviour.investment_cap = cap;
        s.producers[0].growth.investment = scenario::Investment{1.5, 20, 50, 10, 0.3};
        Model model(s);
        model.state.outside_price[0] = 1.6;  // of 1 USD/kg; prices are fixed in this world
        model.run_to(18);
        CHECK(model.state.supply.begun[0].empty());
        model.run_to(120);
        // 30 % over ten days, but no more than the cap allows in ten days; the price stays, so a project is decided
        // every twenty days: those of days 19, 39 and 59 are done by day 120, that of day 59 comes on days 109 to 118.
        const double each = std::min(0.3, cap * 10 / 365);
        CHECK(model.state.supply.capacity[maker(model)] == std::llround(1000 * (1 + 3 * each)));
        CHECK(model.state.events.size() == (cap > 0 ? 6U : 0U));
        Model calm(s);
        calm.state.outside_price[0] = 1.4;
        calm.run_to(120);
        CHECK(calm.state.supply.capacity[maker(calm)] == 1000);
    }
}

// With the demand of day 0, a fifth more on offer lowers the price until bids take it up:
// p^-eb = 1.2 p^es, so ln p = -ln 1.2 / (eb + es).
TEST_CASE("new capacity is on offer and lowers the price of its maker")
{
    scenario::Scenario s = full_world();
    s.behaviour.price_speed = 0.05;
    s.producers[0].growth.projects = {{"plant", "", s.time.start + 5, 0, 200}};
    Model model(s);
    model.run_to(4);
    CHECK(model.state.firm.price[maker(model)] == 1);
    model.run_to(390);
    // Steps of 5 % close 1 - 0.05 (eb + es) = 97 % of the rest a day: 386 days leave 8e-6 of it.
    CHECK(model.state.firm.ln_price[maker(model)] == Approx(-std::log(1.2) / 0.6).epsilon(1e-4));
}
