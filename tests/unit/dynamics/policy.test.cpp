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

// ln need moves by 0.006 a day of what is left of -0.76 ln(2.45 / 1.20): after n days the gap closed is
// 1 - 0.994^n. Whole grams, with the fraction carried.
TEST_CASE("need follows the duty with a lag")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1'000'000}, {"other", "XCC", 1'000'000}});
    s.behaviour.duty_response = {{"XBB", -0.76, 0.006}};
    add_tariff(s, 0.2, {{50, 1.45}});
    Model model(s);
    model.run_to(349, [&](int day, const world::State& state) {
        const int n = std::max(0, day - 49);
        const double ln = -0.76 * std::log(2.45 / 1.2) * (1 - std::pow(0.994, n));
        CAPTURE(day);
        const auto need = static_cast<double>(state.published.need[model.row("buyer", "magnet")]);
        CHECK(std::abs(need - 1e6 * std::exp(ln)) <= 1.5);
        CHECK(state.published.need[model.row("other", "magnet")] == 1'000'000);
    });
}

TEST_CASE("need of defense follows neither duty nor price")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1'000'000}, {"other", "XBB", 1'000'000}});
    s.buyers[0].sector = scenario::Sector::kDefense;
    s.behaviour.duty_response = {{"XBB", -0.76, 0.006}};
    s.behaviour.demand_elasticity = 0.3;
    add_tariff(s, 0.2, {{50, 1.45}});
    Model model(s);
    model.run_to(199, [&](int day, const world::State& state) {
        CAPTURE(day);
        CHECK(state.published.need[model.row("buyer", "magnet")] == 1'000'000);
    });
    CHECK(model.state.published.need[model.row("other", "magnet")] < 800'000);
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
