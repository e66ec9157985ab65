// The price outside is that of a thin market: it sees goods that do not leave, and forgets them when they do again.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include <cmath>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

constexpr int kControl = 20;

// A buyer abroad with 90 days of stock over a lane of 30: nobody there lacks anything for four months.
scenario::Scenario well_stocked()
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1e6}}, 30);
    s.buyers[0].cover.a = 90;
    s.behaviour.price_speed = 0.05;
    return s;
}

scenario::Licensing& frozen(scenario::Scenario& s)
{
    scenario::Licensing& l = add_licensing(s, kControl);
    l.throughput.unlimited = false;
    l.throughput.levels[0].level = 0;
    l.batch_days = 1;
    return l;
}

double price(const Model& model) { return model.state.outside_price[0] / model.structure.products[0].price; }

}  // namespace

TEST_CASE("goods that do not leave are bid for before anybody lacks them")
{
    scenario::Scenario s = well_stocked();
    frozen(s);
    Model model(s);
    model.run_to(kControl - 1);
    CHECK(price(model) == 1);
    model.run_to(kControl + 25);
    CHECK(model.state.published.use[model.row("buyer", "magnet")] == model.state.published.need[model.row("buyer", "magnet")]);
    // With nothing sent from day 0 on, (13/14)^n of the flow is left: pressure n ln(14/13), at most .7, and
    // ln P' = ln P + .08 (pressure - .5 ln P).
    double ln_price = 0;
    for (int n = 1; n <= 26; ++n) ln_price += 0.08 * (std::min(0.7, n * std::log(14.0 / 13)) - 0.5 * ln_price);
    CHECK(price(model) == Approx(std::exp(ln_price)).epsilon(1e-6));
    CHECK(price(model) > 2);
    model.run_to(350);
    CHECK(price(model) == Approx(std::exp(1.4)).epsilon(0.01));
}

TEST_CASE("the price outside collapses when goods leave again and stock is full")
{
    scenario::Scenario s = well_stocked();
    frozen(s).throughput.levels.push_back({s.time.start + kControl + 30, 3});
    Model model(s);
    model.run_to(kControl + 29);
    const double peak = price(model);
    CHECK(peak > 2);
    model.run_to(kControl + 200);
    CHECK(price(model) < 1.15);  // licences take a day now, by which stock stays below what it was
}

TEST_CASE("a season is no scarcity")
{
    scenario::Scenario s = well_stocked();
    s.time.start = core::Date::from_ymd(2025, 1, 1);
    s.behaviour.season = {true, "XAA", 0.3, -0.5, -0.1};
    s.behaviour.closures = true;
    Model model(s);
    double least = 1, most = 1;
    model.run_to(300, [&](int, const world::State& state) {
        const double p = state.outside_price[0] / model.structure.products[0].price;
        least = std::min(least, p), most = std::max(most, p);
    });
    CHECK(least > 0.98);
    CHECK(most < 1.02);
}
