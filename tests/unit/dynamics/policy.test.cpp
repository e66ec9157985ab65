// Rules that watch tariffs, dated postures, the response of need to duty.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"

#include <cmath>

using namespace chokepoint;
using namespace chokepoint::test;
using core::Date;

namespace {

// First day on which the posture toward XBB is `posture`, -1 never.
int first_day_of(const scenario::Scenario& scenario, const std::string& posture, int days)
{
    Model model(scenario);
    int found = -1;
    model.run_to(days - 1, [&](int day, const world::State& state) {
        const std::uint16_t row = state.authority[0].posture[model.region("XBB")];
        if (found < 0 && model.structure.policy.controls[0].postures[row].id == posture) found = day;
    });
    return found;
}

scenario::Scenario with_rule(const std::vector<std::pair<int, double>>& rates, int for_days, int working_days)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    s.regions[0].calendar = china_2025();
    add_licensing(s, 0);
    add_tariff(s, 0.3, rates);
    s.rules = {tariff_rule(1.0, for_days, "suspended", working_days)};
    return s;
}

}  // namespace

// Above the level from Monday 3 March: the fifth day is Friday the 7th, three working days on is
// Wednesday the 12th.
TEST_CASE("a rule fires after days above and working days of the authority")
{
    const Date start = Date::from_ymd(2025, 1, 1);
    const int raised = Date::from_ymd(2025, 3, 3) - start;
    const scenario::Scenario s = with_rule({{raised, 1.45}}, 5, 3);
    CHECK((start + first_day_of(s, "suspended", 200)).to_string() == "2025-03-12");
}

TEST_CASE("a rule does not fire when the tariff falls back in time or is just at the level")
{
    CHECK(first_day_of(with_rule({{61, 1.45}, {65, 0.3}}, 5, 0), "suspended", 200) == -1);
    CHECK(first_day_of(with_rule({{61, 1.45}, {66, 0.3}}, 5, 0), "suspended", 200) == 65);  // the fifth day
    CHECK(first_day_of(with_rule({{61, 1.0}}, 0, 0), "suspended", 200) == -1);
}

TEST_CASE("postures change on their dates")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    scenario::Licensing& l = add_licensing(s, 0);
    l.toward[0].changes = {{s.time.start + 33, "suspended"}};
    CHECK(first_day_of(s, "suspended", 100) == 33);
    l.toward[0].changes[0].date = s.time.start - 5;  // before the start: in force from the first day
    CHECK(first_day_of(s, "suspended", 100) == 0);
}

// Inputs are half of the price of the good and cost 2.45 / 1.20 times as much from day 50 on: of need stays
// (1 + 0.5 (2.45 / 1.20 - 1))^-0.8 = 0.7146. The rest is given up, to the gram.
TEST_CASE("need answers to the price of the good through the share of inputs in it")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1'000'000}, {"other", "XCC", 1'000'000}});
    s.behaviour.demand = {scenario::DemandPrice::kPaid, 0, {-0.8, 0.5}, {}};
    add_tariff(s, 0.2, {{50, 1.45}});
    Model model(s);
    std::int64_t given_up = 0;
    model.run_to(149, [&](int day, const world::State& state) {
        CAPTURE(day);
        const std::size_t row = model.row("buyer", "magnet");
        const double kept = day > 50 ? std::pow(1 + 0.5 * (2.45 / 1.2 - 1), -0.8) : 1;
        CHECK(std::abs(static_cast<double>(state.published.need[row]) - 1e6 * kept) <= 1);
        CHECK(std::abs(state.published.need[row] + state.published.given_up[row] - 1'000'000) <= 1);
        given_up += state.published.need[row] + state.published.given_up[row] - 1'000'000;
        CHECK(state.published.need[model.row("other", "magnet")] == 1'000'000);
        CHECK(state.published.given_up[model.row("other", "magnet")] == 0);
    });
    CHECK(std::abs(given_up) <= 1);  // fractions are carried, not lost
}

// With a lag of 20 days the price of the good has made 1 - e^(-n / 20) of its way after n reviews of one day.
TEST_CASE("what inputs cost reaches the price of a good with a lag")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1'000'000}});
    s.behaviour.demand = {scenario::DemandPrice::kPaid, 20, {-1, 1}, {}};
    add_tariff(s, 0, {{50, 1.0}});
    Model model(s);
    model.run_to(149, [&](int day, const world::State& state) {
        CAPTURE(day);
        const double cost = day > 50 ? 2 - std::exp(-(day - 50) / 20.0) : 1;
        CHECK(std::abs(static_cast<double>(state.published.need[model.row("buyer", "magnet")]) - 1e6 / cost) <= 1);
    });
}

TEST_CASE("need of defense follows neither duty nor price")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1'000'000}, {"other", "XBB", 1'000'000}});
    s.buyers[0].sector = scenario::Sector::kDefense;
    s.behaviour.demand = {scenario::DemandPrice::kPaid, 0, {-1, 1}, {}};
    add_tariff(s, 0.2, {{50, 1.45}});
    Model model(s);
    model.run_to(199, [&](int day, const world::State& state) {
        CAPTURE(day);
        CHECK(state.published.need[model.row("buyer", "magnet")] == 1'000'000);
        CHECK(state.published.given_up[model.row("buyer", "magnet")] == 0);
    });
    CHECK(model.state.published.need[model.row("other", "magnet")] < 500'000);
}

TEST_CASE("parts of a layer are told as one while they move alike, and by product where they do not")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    scenario::TariffLayer one{"emergency", {"magnet"}, 0, {{s.time.start + 10, 1.25}, {s.time.start + 20, 0.0}}, {}};
    scenario::TariffLayer other{"emergency", {"lookalike"}, 0, {{s.time.start + 10, 1.25}, {s.time.start + 20, 0.1}}, {}};
    s.products.push_back(s.products[0]);
    s.products.back().id = "lookalike";
    s.tariffs = {{"t", {"XBB"}, {"XAA"}, {one, other}}};
    Model model(s);
    model.run_to(40, [](int, const world::State&) {});
    std::vector<std::pair<int, std::string>> told;
    for (const auto& event : model.state.events)
        if (event.kind == "duty") told.emplace_back(event.day, event.subject + ": " + event.text);
    CHECK(told == std::vector<std::pair<int, std::string>>{
                      {10, "t.emergency: rate 0 % becomes 125 %"},
                      {20, "t.emergency: rate 125 % becomes 0 % for magnet"},
                      {20, "t.emergency: rate 125 % becomes 10 % for lookalike"}});
}

// Each product pays 60 %: added up the layers would be above the level of 100 %.
TEST_CASE("a rule reads the product that pays most, not the sum over layers of different products")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    s.regions[0].calendar = china_2025();
    add_licensing(s, 0);
    s.products.push_back(s.products[0]);
    s.products.back().id = "lookalike";
    const auto layer = [&s](const std::string& id, const std::string& product, double rate) {
        return scenario::TariffLayer{id, {product}, 0, {{s.time.start + 50, rate}}, {}};
    };
    s.tariffs = {{"xbb_on_xaa", {"XBB"}, {"XAA"}, {layer("a", "magnet", 0.6), layer("b", "lookalike", 0.6)}}};
    s.rules = {tariff_rule(1.0, 0, "suspended", 0)};
    CHECK(first_day_of(s, "suspended", 100) == -1);
    s.tariffs[0].layers.push_back(layer("c", "lookalike", 0.6));  // 120 % on the one
    CHECK(first_day_of(s, "suspended", 100) == 50);
}

TEST_CASE("layers of a duty add up and each has its own dates and products")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    s.tariffs = {{"t", {"XBB"}, {"XAA"},
                  {{"mfn", {}, 0.02, {}, {}},
                   {"emergency", {}, 0, {{s.time.start + 10, 1.25}, {s.time.start + 20, 0.1}}, {}},
                   {"elsewhere", {"nothing_here"}, 0.5, {}, {}}}}};
    Model model(s);
    const std::size_t cell = model.structure.duty_cell(model.region("XBB"), model.region("XAA"), model.product("magnet"));
    model.run_to(40, [&](int day, const world::State& state) {
        CHECK(state.published.duty_ppm[cell] == (day < 10 ? 20'000 : day < 20 ? 1'270'000 : 120'000));
    });
    const std::size_t other = model.structure.duty_cell(model.region("XCC"), model.region("XAA"), model.product("magnet"));
    CHECK(model.state.published.duty_ppm[other] == 0);
}
