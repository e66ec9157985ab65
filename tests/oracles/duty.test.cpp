// A17, A19. Duty is charged on the day of customs entry, on the value at origin.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

// Duty paid on each day of a run [1e-6 USD], all buyers together.
std::vector<std::int64_t> duty_by_day(const scenario::Scenario& scenario, int days)
{
    Model model(scenario);
    std::vector<std::int64_t> duty;
    model.run_to(days - 1, [&](int, const world::State& state) {
        duty.push_back(std::accumulate(state.firm.duty.begin(), state.firm.duty.end(), std::int64_t{0}));
    });
    return duty;
}

}  // namespace

// One kilogram a day at 100 USD/kg: landed cost 245 at 145 % and 130 at 30 %, which is 46.938776 % less;
// duty per 100 USD falls from 145 to 30. Exact in millionths of a dollar.
TEST_CASE("A17 landed cost at 145 and at 30 per cent")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    s.products[0].price = 100;
    add_tariff(s, 1.45, {{10, 0.30}});
    const auto duty = duty_by_day(s, 20);
    CHECK(duty[9] == 145'000'000);
    CHECK(duty[10] == 30'000'000);
    const double before = 100 + static_cast<double>(duty[9]) * 1e-6;
    const double after = 100 + static_cast<double>(duty[10]) * 1e-6;
    CHECK(before == Approx(245).epsilon(1e-12));
    CHECK(after == Approx(130).epsilon(1e-12));
    CHECK((after - before) / before == Approx(-115.0 / 245.0).epsilon(1e-12));
    CHECK(100 * (after - before) / before == Approx(-46.938776).margin(5e-7));
}

// Ten kilograms at 1 USD/kg land on each of days 0 to 79; 145 % to day 39, 30 % from day 40:
// 40 x 14.5 + 40 x 3 = 700 USD. With 30 days at sea, what is shipped from day 10 on pays 30 %.
TEST_CASE("A19 duty on the water")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 10'000}}, 30);
    add_tariff(s, 1.45, {{40, 0.30}});
    const auto duty = duty_by_day(s, 80);
    CHECK(std::accumulate(duty.begin(), duty.end(), std::int64_t{0}) == 700'000'000);
    CHECK(duty[39] == 14'500'000);  // shipped on day 9
    CHECK(duty[40] == 3'000'000);   // shipped on day 10
}

TEST_CASE("A19 the lot shipped on day 10 is the first to pay the new rate")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 10'000}}, 30);
    add_tariff(s, 1.45, {{40, 0.30}});
    Model model(s);
    model.run_to(9);
    model.state.link.backlog[0] += 7'000;  // day 10 ships 17 kg, which can be told apart at the border
    model.run_to(10);
    std::vector<std::int64_t> duty;
    model.run_to(41, [&](int, const world::State& state) {
        duty.push_back(state.published.duty_by_region[model.region("XBB")]);
    });
    CHECK(duty[39 - 11] == 14'500'000);
    CHECK(duty[40 - 11] == 5'100'000);  // 17 USD at 30 %
    CHECK(duty[41 - 11] == 3'000'000);
}
