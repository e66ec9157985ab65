// GSIM beyond its published example: what must hold for any trade.

#include "chokepoint/pe/gsim.hpp"
#include "support/catch.hpp"
#include "trade.hpp"

#include <cmath>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

pe::GsimAnswer levels(const scenario::TradeCase& trade)
{
    pe::Convergence reached;
    return pe::gsim_levels(trade, pe::Newton{}, reached);
}

double gap(const scenario::TradeCase& trade)
{
    const auto report = pe::gsim(trade);
    double widest = 0;
    for (std::size_t flow = 0; flow < trade.value.size(); ++flow)
        widest = std::max(widest, std::abs(report.linear.quantity[flow] - report.levels.quantity[flow]));
    return widest;
}

scenario::TradeCase with_cut(double points)
{
    auto trade = three_regions();
    set_duty(trade, 1, 0, 0.3, 0.3 - points);
    return trade;
}

}  // namespace

// The linear answer is the first order of the one in levels: their gap falls with the square of the change, so a
// tenth of the change leaves a hundredth of the gap. Third order is of relative size 0.01; 5 per cent leaves room.
TEST_CASE("linearised and in levels agree to first order")
{
    CHECK(gap(with_cut(0.001)) / gap(with_cut(0.01)) == Approx(0.01).epsilon(0.05));
    CHECK(gap(with_cut(0.001)) > 0);
}

TEST_CASE("no change of duty changes nothing")
{
    for (const auto& answer : {pe::gsim_linear(with_cut(0)), levels(with_cut(0))}) {
        for (const double one : answer.quantity) CHECK(one == 0);
        for (const double one : answer.price) CHECK(one == 0);
        for (int region = 0; region < 3; ++region) CHECK(answer.net(region) == 0);
    }
}

// A duty on the only origin there is, all at home elsewhere: demand p^-0.8 T^-0.8 meets supply p^1.5 at
// p = T^(-0.8 / 2.3), by hand.
TEST_CASE("one exporter and one importer give the textbook incidence")
{
    auto trade = three_regions();
    trade.value = {0, 0, 0, 5e6, 0, 0, 0, 0, 0};
    set_duty(trade, 1, 0, 1.45, 0.30);
    const double price = std::pow(1.30 / 2.45, -0.8 / 2.3);
    const auto answer = levels(trade);
    CHECK(1 + answer.price[1] == Approx(price).epsilon(1e-9));
    CHECK(1 + answer.quantity[trade.at(1, 0)] == Approx(std::pow(price, 1.5)).epsilon(1e-9));
    CHECK(1 + answer.composite[0] == Approx(price * 1.30 / 2.45).epsilon(1e-9));
    CHECK(answer.producer[1] == Approx(5e6 * (std::pow(price, 2.5) - 1) / 2.5).epsilon(1e-9));
    CHECK(answer.consumer[0] == Approx(5e6 * 2.45 * (1 - std::pow(price * 1.30 / 2.45, 0.2)) / 0.2).epsilon(1e-9));
    CHECK(answer.revenue[0] == Approx(0.30 * 5e6 * std::pow(price, 2.5) - 1.45 * 5e6).epsilon(1e-9));
}

// The limits are removable: elasticities a millionth away must agree to about as much.
TEST_CASE("elasticities of one take the logarithmic limit")
{
    auto exact = with_cut(0.2), near = exact;
    exact.substitution.assign(3, 1);
    near.substitution.assign(3, 1 + 1e-6);
    exact.demand.assign(3, -1);
    near.demand.assign(3, -1 - 1e-6);
    const auto a = levels(exact), b = levels(near);
    for (std::size_t flow = 0; flow < 9; ++flow) CHECK(a.quantity[flow] == Approx(b.quantity[flow]).margin(1e-5));
    for (std::size_t region = 0; region < 3; ++region) CHECK(a.consumer[region] == Approx(b.consumer[region]).epsilon(1e-4));
}

TEST_CASE("a new order of regions reorders the answer and nothing else")
{
    const auto trade = with_cut(0.25);
    const std::vector<int> order{2, 0, 1};  // new region -> old
    auto moved = trade;
    for (int e = 0; e < 3; ++e) {
        for (int i = 0; i < 3; ++i) {
            const std::size_t from = trade.at(order[static_cast<std::size_t>(e)], order[static_cast<std::size_t>(i)]), to = moved.at(e, i);
            moved.value[to] = trade.value[from];
            moved.tariff_before[to] = trade.tariff_before[from];
            moved.tariff_after[to] = trade.tariff_after[from];
        }
    }
    const auto a = pe::gsim(trade), b = pe::gsim(moved);
    for (int region = 0; region < 3; ++region) {
        CHECK(b.levels.net(region) == Approx(a.levels.net(order[static_cast<std::size_t>(region)])).epsilon(1e-8));
        CHECK(b.linear.net(region) == Approx(a.linear.net(order[static_cast<std::size_t>(region)])).epsilon(1e-8));
    }
}

// 145 per cent on and off again: in levels the second change undoes the first.
TEST_CASE("levels are reversible, however large the change")
{
    auto on = three_regions();
    set_duty(on, 1, 0, 0, 1.45);
    const auto up = levels(on);
    auto off = on;
    off.value = up.value;
    set_duty(off, 1, 0, 1.45, 0);
    const auto down = levels(off);
    for (std::size_t flow = 0; flow < 9; ++flow) CHECK(down.value[flow] == Approx(on.value[flow]).epsilon(1e-8));
    CHECK(down.net(0) == Approx(-up.net(0)).epsilon(1e-7));
}

TEST_CASE("a search that does not come within the tolerance is an error that says how far it came")
{
    pe::Convergence reached;
    CHECK_THROWS_WITH(pe::gsim_levels(with_cut(0.3), {1e-10, 1}, reached), Catch::Contains("after 1 steps the worst market is out of balance by"));
    CHECK_THROWS_AS(pe::gsim_levels(with_cut(0.3), {1e-10, 1}, reached), core::ModelError);
    CHECK(pe::gsim(with_cut(0.3)).convergence.residual <= pe::Newton{}.tolerance);
}

TEST_CASE("GSIM does not take an infinite elasticity of supply")
{
    auto trade = one_market();
    set_duty(trade, 1, 0, 0.1, 0);
    CHECK_THROWS_AS(pe::gsim(trade), core::InputError);
    CHECK_THROWS_WITH(pe::gsim(trade), Catch::Contains("elasticities.supply: is missing"));
}

// A region without sales has no market to clear and keeps its price, even with an infinite elasticity.
TEST_CASE("a region that sells nothing is no obstacle")
{
    auto trade = one_market();
    set_duty(trade, 1, 0, 0.5, 0);
    trade.supply[1] = trade.supply[2] = 2;
    const auto report = pe::gsim(trade);
    CHECK(report.levels.price[0] == 0);
    CHECK(report.levels.producer[0] == 0);
    CHECK(report.linear.price[0] == 0);
    CHECK(report.levels.price[1] > 0);
    CHECK(report.levels.price[2] < 0);
}
