// A18, A20. Who bears a duty, and the path of a price after a cut.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include <cmath>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

// One origin, one importer; duty falls from 145 to 30 % on day 1; one source, so nothing but price and need move.
scenario::Scenario one_origin(double supply_elasticity, double demand_elasticity)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 10'000'000}});
    s.time.horizon = 2001;
    s.products[0].price = 100;
    add_tariff(s, 1.45, {{1, 0.30}});
    scenario::Behaviour& b = s.behaviour;
    b.price_speed = std::isinf(supply_elasticity) ? 0 : 0.05;
    b.price_clip = 100;
    b.bid_elasticity = 0;
    b.supply_elasticity = std::isinf(supply_elasticity) ? 0 : supply_elasticity;
    b.demand = {scenario::DemandPrice::kComposite, 0, {-demand_elasticity, 1}, {}};
    return s;
}

struct Incidence {
    double exporter, importer, quantity;  // over day 0
};

Incidence incidence_on_day_2000(const scenario::Scenario& scenario)
{
    Model model(scenario);
    const std::uint32_t row = model.row("buyer", "magnet");
    model.run_to(0);
    const double price = model.state.published.price_origin[0];
    const auto use = static_cast<double>(model.state.published.use[row]);
    model.run_to(2000);
    const double after = model.state.published.price_origin[0];
    return {after / price, after * 1.30 / (price * 2.45), static_cast<double>(model.state.published.use[row]) / use};
}

}  // namespace

TEST_CASE("A18 a maker's own elasticity of supply is used in place of that of all")
{
    scenario::Scenario of_all = one_origin(2, 0.8), own = one_origin(0, 0.8);
    own.producers[0].supply_elasticity = 2;
    const Incidence a = incidence_on_day_2000(of_all), b = incidence_on_day_2000(own);
    CHECK((a.exporter == b.exporter && a.importer == b.importer && a.quantity == b.quantity));
    CHECK(incidence_on_day_2000(one_origin(0, 0.8)).exporter != a.exporter);
}

// With T = 1.30 / 2.45: p = T^(-ed / (es + ed)), importer p T, quantity p^es; without a limit on supply T^-ed.
// Whole grams of 10 t a day cost 1e-7; the slowest case is within e^-(2000 x 0.05 x 0.6) of its limit.
TEST_CASE("A18 incidence of a duty cut, one origin")
{
    struct Case {
        double supply, demand;
        Incidence expected;
    };
    const double unlimited = std::numeric_limits<double>::infinity();
    for (const Case& c : {Case{unlimited, 0.8, {1, 0.530612, 1.660268}}, Case{2, 0.8, {1.198492, 0.635934, 1.436383}},
                          Case{0.5, 0.8, {1.476957, 0.783691, 1.215301}}, Case{5, 1, {1.111400, 0.589723, 1.695713}}}) {
        INFO("es " << c.supply << " ed " << c.demand);
        const Incidence found = incidence_on_day_2000(one_origin(c.supply, c.demand));
        CHECK(found.exporter == Approx(c.expected.exporter).margin(1e-4));
        CHECK(found.importer == Approx(c.expected.importer).margin(1e-4));
        CHECK(found.quantity == Approx(c.expected.quantity).margin(1e-4));
    }
}

// Sellers bear ed / (es + ed) of the change, the rest falls to importers; nothing is said before duty changes.
TEST_CASE("A18 incidence is reported")
{
    Model model(one_origin(2, 0.8));
    model.run_to(0);
    const auto borne = [&] { return model.state.published.exporter_bears[model.region("XBB")]; };
    CHECK(std::isnan(borne()));
    model.run_to(2000);
    CHECK(borne() == Approx(0.8 / 2.8).margin(1e-4));
}

// Need that looks at the price outside, which a duty does not move, takes the same quantity as before.
TEST_CASE("A18 is a matter of which price need answers to")
{
    scenario::Scenario s = one_origin(2, 0.8);
    s.behaviour.demand.price = scenario::DemandPrice::kOutside;
    CHECK(incidence_on_day_2000(s).quantity == 1);
}

namespace {

// Steps of the price rule alone: demand over supply at the base price is 1 / (1 - cut) for good.
struct PriceRule {
    PriceRule(double kappa, double supply_elasticity, double demand_elasticity) : model(scenario_of(kappa, supply_elasticity, demand_elasticity))
    {
        model.run_to(0);
    }
    static scenario::Scenario scenario_of(double kappa, double supply_elasticity, double demand_elasticity)
    {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1'000'000}});
        s.behaviour.price_speed = kappa;
        s.behaviour.price_clip = 100;
        s.behaviour.supply_elasticity = supply_elasticity;
        s.behaviour.bid_elasticity = -demand_elasticity;
        return s;
    }
    double step(double cut)
    {
        const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
        model.state.firm.demand[maker] = static_cast<double>(model.structure.firms.base_output[maker]) / (1 - cut);
        model.state.firm.owed[maker] = 0;
        dynamics::set_prices(model.structure, model.context(++day), model.state);
        return std::exp(model.state.firm.ln_price[maker]);
    }
    Model model;
    int day = 0;
};

}  // namespace

// p' = p (D/S)^kappa with D = p^-ed, S = (1 - cut) p^es: cut 0.4, ed 0.25, es 0.1, kappa 1.
TEST_CASE("A20 the price climbs to where a cut clears")
{
    PriceRule rule(1, 0.1, 0.25);
    std::vector<double> path{1};
    for (int n = 1; n <= 200; ++n) path.push_back(rule.step(0.4));
    CHECK(path[1] == Approx(1.6667).margin(1e-4));
    CHECK(path[2] == Approx(2.3230).margin(1e-4));
    CHECK(path[5] == Approx(3.6334).margin(1e-4));
    CHECK(path[10] == Approx(4.2201).margin(1e-4));
    CHECK(path[200] == Approx(std::pow(0.6, -1 / 0.35)).epsilon(1e-12));
    CHECK(path[200] == Approx(4.3038).margin(1e-4));
}

// Stable if and only if 0 < kappa (ed + es) < 2; the gap to the limit is multiplied by 1 - kappa (ed + es) a step.
TEST_CASE("A20 the price rule is stable up to kappa (ed + es) = 2")
{
    const double limit = -std::log(0.6) / 2;  // ed + es = 2
    for (const double kappa : {0.95, 1.05}) {
        PriceRule rule(kappa, 0.5, 1.5);
        double gap = limit;
        for (int n = 1; n <= 20; ++n) {
            const double next = std::abs(std::log(rule.step(0.4)) - limit);
            CHECK(next == Approx(gap * std::abs(1 - 2 * kappa)).epsilon(1e-9));
            gap = next;
        }
        CHECK((gap < limit) == (kappa < 1));
    }
}
