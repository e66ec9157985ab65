// SMART beyond its formulas: what must hold for any market.

#include "chokepoint/pe/smart.hpp"
#include "support/catch.hpp"
#include "trade.hpp"

#include <cmath>
#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

TEST_CASE("diversion takes from one origin what it gives to another")
{
    auto trade = one_market();
    set_duty(trade, 1, 0, 1.45, 0.30);
    set_duty(trade, 2, 0, 0.10, 0.25);
    const auto report = pe::smart(trade);
    for (const auto& answer : {report.linear, report.levels}) {
        CHECK(sum(answer.diversion) == Approx(0).margin(1e-6));
        CHECK(answer.diversion[1] > 0);
        CHECK(answer.creation[2] < 0);
    }
}

// Equal changes of 1 + t leave relative prices, and so the shares, as they were.
TEST_CASE("equal changes divert nothing")
{
    auto trade = one_market();
    set_duty(trade, 1, 0, 0.2, 0.1);
    set_duty(trade, 2, 0, 0.2, 0.1);
    CHECK(pe::smart(trade).levels.diversion[1] == Approx(0).margin(1e-6));
    CHECK(pe::smart(trade).linear.diversion[1] == Approx(0).margin(1e-6));
}

TEST_CASE("duty revenue is that on what is imported after, less that on what was before")
{
    auto trade = one_market();
    set_duty(trade, 1, 0, 1.45, 0.30);
    set_duty(trade, 2, 0, 0.10, 0.10);
    const auto answer = pe::smart(trade).levels;
    CHECK(answer.revenue == Approx(0.30 * (30e6 + answer.total(1)) + 0.10 * (70e6 + answer.total(2)) - 1.45 * 30e6 - 0.10 * 70e6));
}

// 1 - 1.5 * 1.45 is below nothing: the linear form ends imports there. In levels neither creation nor diversion alone
// takes all there is; their sum may, since SMART takes both from the value before.
TEST_CASE("a steep rise of duty diverts all in the linear form and never all in levels")
{
    auto trade = one_market();
    set_duty(trade, 1, 0, 0, 1.45);
    const auto report = pe::smart(trade);
    CHECK(report.linear.diversion[1] == Approx(-30e6));
    CHECK(report.levels.diversion[1] > -30e6);
    CHECK(report.levels.creation[1] > -30e6);
    CHECK(report.levels.total(1) < -30e6);
}

// What is sold at home and what other importers buy is no part of the market.
TEST_CASE("sales at home and other importers count for nothing")
{
    auto small = one_market();
    set_duty(small, 1, 0, 1.45, 0.30);
    auto large = small;
    large.value[large.at(0, 0)] = 500e6;
    large.value[large.at(2, 1)] = 500e6;
    CHECK(pe::smart(large).levels.diversion == pe::smart(small).levels.diversion);
    CHECK(pe::smart(large).linear.creation == pe::smart(small).linear.creation);
}

TEST_CASE("SMART wants one importer")
{
    auto trade = three_regions();
    set_duty(trade, 1, 0, 1.45, 0.30);
    CHECK_THROWS_AS(pe::smart(trade), core::InputError);
    CHECK_THROWS_WITH(pe::smart(trade), Catch::Contains("market: is missing"));
    trade.market = 2;
    CHECK(pe::smart(trade).importer == 2);
}
