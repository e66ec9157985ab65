// What buyers need is what the scenario states, however little it is.
//
// A world is counted so that its smallest need is 100 counts a day or more, so whole counts take at most half of a per cent
// from a need, and what is left of a count is carried from day to day: over any number of days the sum is off by 0.5 % and a
// count at most. No gram is allowed on top. Where large amounts do not leave that room, the scenario is refused.

#include "chokepoint/world/judge.hpp"
#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

constexpr double kTolerance = 0.005;

// Buyers need 1, 1.37, 1.74, ... times so many grams a year.
scenario::Scenario needing(double grams_per_year)
{
    scenario::Scenario s = small_world();
    double times = 1;
    for (auto& buyer : s.buyers) {
        buyer.uses[0].grams_per_day = times * grams_per_year / 365;
        times += 0.37;
    }
    return s;
}

bool refused(const scenario::Scenario& s)
{
    const auto found = world::judge(s, {}).diagnostics;
    return std::any_of(found.begin(), found.end(), [](const core::Diagnostic& d) {
        return d.severity == core::Diagnostic::Severity::kError && d.problem.find("can be counted in steps of") != std::string::npos;
    });
}

// Largest gap between what a buyer needed over the run and what is stated, as a share of what is stated; nothing stops early.
double worst_gap(const scenario::Scenario& s)
{
    Model model(s);
    std::vector<std::int64_t> need(model.structure.rows.size(), 0);
    model.run_to(s.time.horizon - 1, [&](int, const world::State& state) {
        for (std::size_t row = 0; row < need.size(); ++row) need[row] += state.published.need[row];
    });
    double worst = 0;
    for (const auto& buyer : s.buyers) {
        const double stated = *buyer.uses[0].grams_per_day * s.time.horizon;
        const double counted = static_cast<double>(need[model.row(buyer.id, "magnet")]) / static_cast<double>(model.structure.counts_per_gram);
        worst = std::max(worst, std::abs(counted / stated - 1));
    }
    return worst;
}

}  // namespace

TEST_CASE("need over a run is what is stated, from a gram to a thousand tonnes a year")
{
    for (const double grams : {1.0, 30.0, 100.0, 300.0, 1e3, 3e3, 3e4, 1e5, 1e6, 1e9}) {
        CAPTURE(grams);
        const scenario::Scenario s = needing(grams);
        REQUIRE_FALSE(refused(s));
        CHECK(worst_gap(s) <= kTolerance);
    }
}

TEST_CASE("worlds whose needs are 100 g a day or more are counted in grams")
{
    // Makers need 0.02 g of oxide a gram of magnets.
    CHECK(Model(needing(2e6)).structure.counts_per_gram == 1);
    CHECK(Model(needing(3e4)).structure.counts_per_gram > 1);
    CHECK(Model(small_world()).structure.counts_per_gram == 1);
}

TEST_CASE("a small need beside large ones is met to the gram or refused")
{
    int n_refused = 0, n_met = 0;
    for (const double small : {1.0, 30.0, 300.0, 3e3, 3e4, 365.0}) {
        for (const double tonnes : {1.0, 1e3, 1e6, 1e8}) {
            CAPTURE(small, tonnes);
            scenario::Scenario s = needing(tonnes * 1e6);
            s.buyers[0].uses[0].grams_per_day = small / 365;
            if (refused(s)) {
                ++n_refused;
                continue;
            }
            ++n_met;
            CHECK(worst_gap(s) <= kTolerance);
        }
    }
    CHECK(n_refused > 3);
    CHECK(n_met > 10);
}

TEST_CASE("a world counted finely is the larger world in small, money too")
{
    // Need and licences: both a hundred thousand times as large in the other world, which counts in grams.
    scenario::Scenario small = needing(1), large = needing(1e5);
    for (auto* s : {&small, &large}) add_tariff(*s, 0.1, {{30, 1.45}});
    for (auto* s : {&small, &large}) add_licensing(*s, 20).minimum_review_days = 45;
    small.licensing[0].shipment_size = 50e-5;
    large.licensing[0].shipment_size = 50;
    Model a(small), b(large);
    REQUIRE(a.structure.counts_per_gram == 100'000 * b.structure.counts_per_gram);
    for (int day = 0; day < 150; ++day) {
        CAPTURE(day);
        a.run_to(day);
        b.run_to(day);
        // A flow at the edge of a count may round either way: two counts a firm.
        for (std::size_t row = 0; row < a.structure.rows.size(); ++row) {
            CHECK(std::abs(a.state.published.use[row] - b.state.published.use[row]) <= 2 * static_cast<std::int64_t>(a.structure.n_firms()));
        }
        CHECK(a.state.published.duty_by_region == b.state.published.duty_by_region);
    }
}
