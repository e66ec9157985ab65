// What buyers do about a shortage beside ordering: each behaviour against the same buyer without it.

#include "support/catch.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"
#include "support/supply.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

struct Outcome {
    double lost = 0;         // [d of output] less what was made up
    double most_output = 0;  // of a day, over base output
};

// 37.5 days of output are lost (A27, 30 days of cover); after the cut 1200 g a day arrive.
Outcome after_a_stop(const scenario::Scenario& s, int days = 700)
{
    Model model(s);
    Outcome out;
    const auto cut = cut_from_day_10(1000, 0.75, 90);
    run_supplied(model, days, [&](int day) { return day < 100 ? cut(day) : 1200; }, [&](int) {
        out.lost += days_lost(model);
        out.most_output = std::max(out.most_output, 1 - days_lost(model));
    });
    return out;
}

std::string product_of_slot(const Model& model, std::size_t slot)
{
    return model.structure.products[model.structure.slots.product[slot]].id;
}

double days_lost_today(const Model& model)
{
    const std::uint32_t firm = model.structure.slots.firm[0];
    return static_cast<double>(model.state.firm.wanted[firm] - model.state.firm.output[firm]) /
           static_cast<double>(model.structure.firms.base_output[firm]);
}

}  // namespace

TEST_CASE("a share of lost output is made up, at most a tenth of base output a day")
{
    scenario::Scenario s = one_buyer(30);
    const Outcome never = after_a_stop(s);
    CHECK(never.lost == Approx(37.5).margin(0.05));
    CHECK(never.most_output == 1);
    s.behaviour.conduct.catch_up = 0.4;
    const Outcome some = after_a_stop(s);
    CHECK(some.lost == Approx(37.5 * 0.6).margin(0.05));
    CHECK(some.most_output == Approx(1.1));
    s.behaviour.conduct.catch_up_cap = 0.05;
    CHECK(after_a_stop(s).most_output == Approx(1.05));
    CHECK(after_a_stop(s, 101 + 100).lost == Approx(37.5 - 5).margin(0.1));  // 100 days at 5 %
    s.buyers[0].conduct.catch_up = 1.0;  // in place of what all do
    CHECK(after_a_stop(s, 1000).lost == Approx(0).margin(0.05));
    s.buyers[0].conduct.catch_up = 0.0;
    CHECK(after_a_stop(s).lost == never.lost);
}

// What is made up was not wanted today: it is no unmet need while it waits, and it is use when it comes.
TEST_CASE("output made up takes its inputs from stock and leaves the need of the day as it is")
{
    scenario::Scenario s = one_buyer(30);
    s.behaviour.conduct.catch_up = 1;
    Model model(s);
    std::int64_t use = 0, output = 0;
    const auto cut = cut_from_day_10(1000, 0.75, 90);
    run_supplied(model, 700, [&](int day) { return day < 100 ? cut(day) : 1200; }, [&](int) {
        REQUIRE(model.state.slot.need[0] == 1000);
        use += model.state.slot.use[0];
        output += model.state.firm.output[model.structure.slots.firm[0]];
    });
    CHECK(output == Approx(700'000).margin(2));
    CHECK(use == output);
}

TEST_CASE("inputs for output made up are bid for like need")
{
    scenario::Scenario s = one_buyer(30);
    s.behaviour.price_speed = 0.05;
    Model model(s);
    model.run_to(0);  // goods are sent off as ever
    const std::uint32_t row = model.row("buyer", "magnet");
    model.state.published.need[row] = model.state.published.ordinary_need[row] = 1000;
    model.state.published.stock[row] = model.structure.base_stock(0);
    for (const std::int64_t made_up : {0, 100}) {
        model.state.published.use[row] = 1000 + made_up;
        dynamics::set_prices(model.structure, model.context(0), model.state);
        CHECK((model.state.outside_price[0] > 1) == (made_up > 0));
    }
}

// An important input that is gone leaves half the output, and uses none of what is not there.
TEST_CASE("an important input halves what a critical one stops")
{
    scenario::Scenario s = one_buyer(10);
    s.buyers[0].uses[0].critical = scenario::Criticality::kImportant;
    Model model(s);
    run_supplied(model, 60, [](int day) { return day < 10 ? 1000 : 0; });
    CHECK(days_lost(model) == 0.5);
    CHECK(model.state.slot.use[0] == 0);
    CHECK(model.state.slot.stock[0] == 0);
}

TEST_CASE("precaution is a buyer's or a maker's, and a block's own counts first")
{
    const auto lost = [](scenario::Scenario s) {
        Model model(s);
        model.state.slot.stock[0] = 15'000;  // half of the 30 days wanted
        dynamics::produce(model.structure, model.context(0), model.state);
        return days_lost_today(model);
    };
    scenario::Scenario s = one_buyer(30);
    CHECK(lost(s) == 0);
    s.behaviour.conduct.precaution = 0.8;
    CHECK(lost(s) == 1 - 15 / 24.0);
    s.buyers[0].conduct.precaution = 0.0;
    CHECK(lost(s) == 0);
    scenario::Scenario chain = small_world();
    chain.behaviour.conduct.precaution = 0.8;
    const Model model(chain);
    CHECK(model.structure.conduct.blocks[model.block("makers")].precaution == 0.8);
    CHECK(model.structure.conduct.blocks[model.block("distributors")].precaution == 0);
}

namespace {

// A buyer of 600 g controlled and 400 g look-alike magnets a day, 30 days of each; nothing controlled is
// sent from day 10 on, so from day 25 on stock is below half of what is wanted.
scenario::Scenario two_grades()
{
    scenario::Scenario s = one_buyer(30);
    scenario::Product std = s.products[0];
    std.id = "magnet_std";
    s.products.push_back(std);
    scenario::Producer maker = s.producers[0];
    maker.id = "maker_std";
    maker.makes = "magnet_std";
    s.producers.push_back(maker);
    scenario::Family family;
    family.id = "magnets";
    family.controlled = "magnet";
    family.look_alike = "magnet_std";
    family.look_alike_share = 0.4;
    s.families = {family};
    s.buyers[0].uses[0].product = "magnets";
    s.behaviour.gap_share = 1;
    s.behaviour.order_cap = 0;
    return s;
}

constexpr int kFirstStrained = 25;  // 30 - 15 days of use after day 9

struct Day {
    std::int64_t need_controlled, need_look_alike, use_look_alike;
    double lost;
};

std::vector<Day> run_grades(const scenario::Scenario& s, int days = 200)
{
    Model model(s);
    const bool first = product_of_slot(model, 0) == "magnet";
    const std::size_t controlled = first ? 0 : 1, look_alike = first ? 1 : 0;
    std::vector<Day> out;
    run_supplied(model, days, [](int day) { return day < 10 ? 600 : 0; }, [&](int) {
        const auto& slot = model.state.slot;
        out.push_back({slot.need[controlled], slot.need[look_alike], slot.use[look_alike], days_lost(model)});
    });
    return out;
}

}  // namespace

// A line of 600 g controlled and 400 g look-alike magnets on so much of each: what it is short of itself, what lies idle.
TEST_CASE("what an input lacks is told apart from what lies idle because another ran out")
{
    const auto lacked = [](std::int64_t controlled_stock, std::int64_t look_alike_stock, double precaution = 0) {
        scenario::Scenario s = two_grades();
        s.behaviour.conduct.precaution = precaution;
        Model model(s);
        const bool first = product_of_slot(model, 0) == "magnet";
        const std::size_t controlled = first ? 0 : 1, look_alike = first ? 1 : 0;
        auto& slot = model.state.slot;
        slot.stock[controlled] = controlled_stock;
        slot.stock[look_alike] = look_alike_stock;
        dynamics::produce(model.structure, model.context(0), model.state);
        CHECK(slot.need[controlled] == 600);
        CHECK(slot.need[look_alike] == 400);
        for (const std::size_t i : {controlled, look_alike}) CHECK(slot.lacked[i] <= slot.need[i] - slot.use[i]);
        return std::pair(slot.lacked[controlled], slot.lacked[look_alike]);
    };
    CHECK(lacked(9000, 9000) == std::pair<std::int64_t, std::int64_t>(0, 0));
    CHECK(lacked(150, 9000) == std::pair<std::int64_t, std::int64_t>(450, 0));  // 300 g of look-alike lie idle
    CHECK(lacked(150, 200) == std::pair<std::int64_t, std::int64_t>(450, 200));  // half of the look-alike is there, a quarter is used
    CHECK(lacked(9000, 100) == std::pair<std::int64_t, std::int64_t>(0, 300));
    // 30 days wanted of each: 9000 g are half of the 18000 g of controlled magnets, so that 15/24 of it are used and the
    // look-alike, of which 12000 g are wanted and there, holds nothing up.
    CHECK(lacked(9000, 12000, 0.8) == std::pair<std::int64_t, std::int64_t>(225, 0));
}

// theta rises by 1 % a day from the first day strained for more than 60 days, and acts on the day after: the
// need on day t is 600 (1 - 0.01 (t - 25 - 60)), at most 30 % less, and the look-alike takes over each gram.
TEST_CASE("a recipe moves to the look-alike after a lag, at its speed, up to its cap")
{
    scenario::Scenario s = two_grades();
    s.behaviour.conduct.strain_price = 1000;
    const auto off = run_grades(s);
    CHECK(off.back().need_controlled == 600);
    CHECK(off.back().need_look_alike == 400);
    CHECK(off.back().lost == 1);
    s.behaviour.conduct.switching = {0.01, 60, 0.3};
    const auto on = run_grades(s);
    for (int day = 0; day < 200; ++day) {
        CAPTURE(day);
        const double theta = std::clamp(0.01 * (day - kFirstStrained - 60), 0.0, 0.3);
        const Day& seen = on[static_cast<std::size_t>(day)];
        CHECK(std::abs(static_cast<double>(seen.need_controlled) - 600 * (1 - theta)) <= 1);
        CHECK(std::abs(static_cast<double>(seen.need_look_alike) - (400 + 600 * theta)) <= 1);
    }
    s.buyers[0].conduct.switching_cap = 1.0;  // all of it: lines run again on the look-alike alone
    const auto whole = run_grades(s, 260);
    CHECK(whole.back().need_controlled == 0);
    CHECK(whole.back().lost == 0);
    CHECK(whole.back().use_look_alike == 1000);
    s.buyers[0].conduct.switching_cap = 0.0;
    CHECK(run_grades(s).back().need_controlled == 600);
}

// s rises by 0.1 % a day of strain beyond 90 days: the need on day t is 600 (1 - 0.001 (t - 25 - 90)).
TEST_CASE("a strained input is used more sparingly, after a lag and up to a cap, and stays so")
{
    scenario::Scenario s = two_grades();
    s.behaviour.conduct.strain_price = 1000;
    s.behaviour.conduct.substitution = {0.001, 90, 0.05};
    const auto on = run_grades(s, 250);
    for (int day = 0; day < 250; ++day) {
        CAPTURE(day);
        const double less = std::clamp(0.001 * (day - kFirstStrained - 90), 0.0, 0.05);
        const Day& seen = on[static_cast<std::size_t>(day)];
        CHECK(std::abs(static_cast<double>(seen.need_controlled) - 600 * (1 - less)) <= 1);
        CHECK(seen.need_look_alike == 400);  // not strained: its makers supply it in full
    }
    s.buyers[0].conduct.substitution_cap = 0.0;
    CHECK(run_grades(s, 250).back().need_controlled == 600);
}

// What the price outside says counts for users beyond the controlling regions alone, and stops when it falls.
TEST_CASE("a price above the threshold strains an input that is not short")
{
    for (const char* region : {"XBB", "XAA"}) {
        scenario::Scenario s = two_grades();
        s.buyers[0].region = region;
        s.behaviour.conduct.substitution = {0.001, 5, 0.3};
        add_licensing(s, 300);
        Model model(s);
        for (int day = 0; day < 100; ++day) {
            model.state.outside_price[model.product("magnet")] = day < 50 ? 2.1 : 1.9;
            model.run_to(day);
        }
        const std::size_t slot = product_of_slot(model, 0) == "magnet" ? 0 : 1;
        // 50 days strained, of which those after the fifth count.
        CHECK(model.state.conduct.substituted[slot] == Approx(std::string(region) == "XBB" ? 0.045 : 0));
        CHECK(model.state.conduct.strained[slot] == 0);
        CHECK(model.state.conduct.substituted[1 - slot] == 0);
    }
}

TEST_CASE("orders follow the recipe")
{
    scenario::Scenario s = two_grades();
    s.behaviour.conduct.substitution = {0.001, 5, 0.3};
    Model model(s);
    const std::size_t slot = product_of_slot(model, 0) == "magnet" ? 0 : 1;
    model.state.conduct.recipe[slot] = model.state.conduct.recipe[slot] * 0.8;
    model.state.conduct.substituted[slot] = 0.2;
    std::int64_t ordered = 0;
    model.run_to(199, [&](int, const world::State& state) { ordered += state.link.period_order[slot]; });
    // A fifth less a day, and a fifth of the 30 days held is used up first; under way is one day of use.
    CHECK(ordered == Approx(480 * 200 - 120 * 30).margin(200));
    CHECK(model.state.slot.stock[slot] == Approx(480 * 30).margin(2));
}

// 400 days from a Wednesday on hold 286 weekdays: 1000 g a day are used on them alone, 400 / 286 as much a day.
TEST_CASE("a factory that rests at weekends uses as much in all")
{
    for (const bool rests : {false, true}) {
        scenario::Scenario s = one_buyer(30);
        s.buyers[0].conduct.working_days = rests;
        s.regions[1].calendar = core::WorkingCalendar({}, {});
        s.regions[1].has_calendar = true;
        Model model(s);
        std::int64_t use = 0, sundays = 0;
        model.run_to(399, [&](int day, const world::State& state) {
            const bool open = s.regions[1].calendar.is_working_day(model.structure.start + day);
            use += state.slot.use[0];
            if (!open) sundays += state.slot.use[0];
            if (rests && open) REQUIRE(std::abs(static_cast<double>(state.slot.use[0]) - 1000 * 400 / 286.0) <= 1);
            REQUIRE(state.slot.use[0] == state.slot.need[0]);
            REQUIRE(state.firm.demand[model.structure.slots.firm[0]] == Approx(1000).margin(1));
        });
        CHECK(std::abs(static_cast<double>(use) - 400'000) <= 1);
        CHECK((sundays == 0) == rests);
    }
}

// Cover of 30 days is of base use: at psi 0.8 what it allows is 1.29 of base, less than the peak of e^0.3 before new year or
// the 400 / 286 of a week done in five days.
TEST_CASE("precaution takes neither a season nor working days for scarcity")
{
    scenario::Scenario seasonal = clients_world({{"buyer", "XBB", 1'000'000}}, 12);
    seasonal.regions[0].calendar = china_2025();
    seasonal.behaviour.season = {true, "XAA", 0.3, -0.5, -0.1};
    scenario::Scenario resting = one_buyer(30);
    resting.buyers[0].conduct.working_days = true;
    resting.regions[1].calendar = core::WorkingCalendar({}, {});
    resting.regions[1].has_calendar = true;
    for (scenario::Scenario& s : {std::ref(seasonal), std::ref(resting)}) {
        s.behaviour.conduct.precaution = 0.8;
        Model model(s);
        std::int64_t most = 0;
        model.run_to(119, [&](int day, const world::State& state) {
            CAPTURE(day);
            REQUIRE(state.slot.use[0] == state.slot.need[0]);
            most = std::max(most, state.slot.use[0]);
        });
        CHECK(static_cast<double>(most) > 1.34 * static_cast<double>(model.structure.slots.base_need[0]));
    }
}

TEST_CASE("stock that a new recipe no longer asks for is not missed by the price outside")
{
    scenario::Scenario s = two_grades();
    s.behaviour.price_speed = 0.05;
    s.behaviour.conduct.substitution = {0.001, 5, 0.3};
    Model model(s);
    const std::size_t slot = product_of_slot(model, 0) == "magnet" ? 0 : 1;
    const std::uint32_t row = model.structure.slots.row[slot];
    const std::uint32_t product = model.product("magnet");
    model.run_to(0);  // goods are sent off as ever
    for (const double recipe : {1.0, 0.8}) {
        model.state.conduct.recipe[slot] = recipe;
        model.state.published.need[row] = model.state.published.use[row] = model.state.published.ordinary_need[row] = 480;
        model.state.published.stock[row] = 480 * 30;
        model.state.outside_price[product] = 1;
        dynamics::set_prices(model.structure, model.context(0), model.state);
        CHECK((model.state.outside_price[product] > 1) == (recipe == 1.0));
    }
}
