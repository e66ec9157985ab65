// P1, P2, P3. Published examples of the models trade economists use.

#include "chokepoint/pe/gsim.hpp"
#include "chokepoint/pe/smart.hpp"
#include "support/catch.hpp"

#include <cmath>

using namespace chokepoint;

namespace {

scenario::TradeCase load(const std::string& name, const std::vector<std::string>& overrides = {})
{
    const std::filesystem::path root = CHOKEPOINT_SOURCE_DIR;
    return scenario::load_trade(root / "tests/scenarios/pe" / name, overrides, root / "data");
}

void check_all(const std::vector<double>& found, const std::vector<double>& expected, double unit, double tolerance)
{
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] / unit == Approx(expected[i]).margin(tolerance));
}

}  // namespace

// Francois and Hall, 4 x 4: price changes are published (four digits). The rest was computed from the published
// formulas by an independent script and is given to one decimal, so half of it is the tolerance.
TEST_CASE("P1 the published example of GSIM, linearised")
{
    const auto trade = load("gsim_4x4.yaml");
    const auto answer = pe::gsim_linear(trade);
    const double million = 1e6, rounding = 0.05;
    check_all(answer.price, {0.0792, -0.0316, 0.0480, -0.0184}, 1, 1e-4);
    check_all(answer.composite, {-0.0903, 0.0259, -0.0800, 0.0369}, 1, 1e-4);
    check_all(answer.revenue, {-138.5, 0.6, -93.8, -2.9}, million, rounding);
    check_all(answer.consumer, {110.6, -8.9, 68.6, -32.9}, million, rounding);
    check_all(answer.producer, {46.1, -26.2, 39.8, -5.1}, million, rounding);
    check_all({answer.net(0), answer.net(1), answer.net(2), answer.net(3)}, {18.2, -34.5, 14.5, -40.8}, million, rounding);
    CHECK(answer.value[trade.at(2, 0)] / million == Approx(518.2).margin(rounding));
}

// The cut of 32 and 41 per cent is far from marginal: in levels the price that exporters of the United States get
// rises by more than half as much again. Solved here once more by the market balance itself.
TEST_CASE("P1 in levels clears every market and differs from the linear answer")
{
    const auto trade = load("gsim_4x4.yaml");
    const auto report = pe::gsim(trade);
    for (int exporter = 0; exporter < trade.size(); ++exporter) {
        double before = 0, after = 0;
        for (int importer = 0; importer < trade.size(); ++importer) {
            const std::size_t flow = trade.at(exporter, importer);
            before += trade.value[flow];
            after += trade.value[flow] * (1 + report.levels.quantity[flow]);
        }
        CHECK(after / before == Approx(std::pow(1 + report.levels.price[static_cast<std::size_t>(exporter)], 1.5)).epsilon(1e-9));
    }
    CHECK(report.levels.price[0] > 1.5 * report.linear.price[0]);
}

// One market of four suppliers, supply elasticity 5, substitution 4, demand -1, cost of the third 5 per cent higher.
// Published 1.0099, 1.0032, 0.9817, 1.0308 (cut off after four digits); the exact numbers to six.
TEST_CASE("P2 the published example of an Armington market is GSIM in levels with one importer")
{
    const auto trade = load("expem.yaml");
    const auto answer = pe::gsim(trade).levels;
    const double tolerance = 1e-6;
    CHECK(1 + answer.composite[4] == Approx(1.009908).margin(tolerance));
    for (const std::size_t other : {0, 1, 3}) CHECK(1 + answer.price[other] == Approx(1.003292).margin(tolerance));
    CHECK(1 + answer.price[2] == Approx(0.981770).margin(tolerance));
    CHECK((1 + answer.price[2]) * 1.05 == Approx(1.030858).margin(tolerance));
    CHECK(1 + answer.quantity[trade.at(0, 4)] == Approx(1.016567).margin(tolerance));
    CHECK(1 + answer.quantity[trade.at(2, 4)] == Approx(0.912113).margin(tolerance));
}

// Laird and Yeats: creation M eta dt / ((1 + t)(1 - eta / e)), diversion M N s x / (M + N + M s x) with
// x = (1 + t') / (1 + t) - 1; M 30, N 70, eta -1, s -1.5, t 145 to 30 per cent.
TEST_CASE("P3 the formulas of SMART")
{
    const double million = 1e6, tolerance = 1e-6;
    const auto answer = pe::smart(load("smart_two.yaml")).linear;
    CHECK(answer.creation[1] / million == Approx(14.081633).margin(tolerance));
    CHECK(answer.diversion[1] / million == Approx(12.207245).margin(tolerance));
    CHECK(answer.diversion[2] / million == Approx(-12.207245).margin(tolerance));
    const auto finite = pe::smart(load("smart_two.yaml", {"elasticities.supply=2"})).linear;
    CHECK(finite.creation[1] / million == Approx(9.387755).margin(tolerance));
    CHECK(finite.diversion[1] / million == Approx(12.207245).margin(tolerance));
}

// The same elasticities over the whole cut: creation 30 ((130/245)^-1 - 1) = 26.538462 and with supply 2
// 30 ((130/245)^(-2/3) - 1); diversion 100 R / (1 + R) - 30 with R = 3/7 (130/245)^-1.5.
TEST_CASE("P3 in levels")
{
    const double million = 1e6, tolerance = 1e-6, ratio = 1.30 / 2.45;
    const auto answer = pe::smart(load("smart_two.yaml")).levels;
    CHECK(answer.creation[1] / million == Approx(26.538462).margin(tolerance));
    const double odds = 3.0 / 7 * std::pow(ratio, -1.5);
    CHECK(answer.diversion[1] / million == Approx(100 * odds / (1 + odds) - 30).margin(tolerance));
    const auto finite = pe::smart(load("smart_two.yaml", {"elasticities.supply=2"})).levels;
    CHECK(finite.creation[1] / million == Approx(30 * (std::pow(ratio, -2.0 / 3) - 1)).margin(tolerance));
    CHECK(1 + finite.price[1] == Approx(std::pow(ratio, -1.0 / 3)).margin(tolerance));
}
