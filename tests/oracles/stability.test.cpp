// A31 and C3. Orders that restore a position do not swing, however long deliveries take; those that restore a
// stock alone do, beyond a known bound. After a freeze of licences exports catch up and come back to rest.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

constexpr double kDaily = 1e9;  // [g] so that whole grams are far below every swing looked at

// A buyer who reviews every day and closes 1 / tau of the gap, of stock alone or of the position.
scenario::Scenario restocking(int lane_days, double tau, bool counts_ordered)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", kDaily}}, lane_days);
    s.producers[0].utilisation = 0.1;
    s.behaviour.gap_share = 1 / tau;
    s.behaviour.order_cap = 0;
    s.behaviour.demand_smoothing = 0;
    s.behaviour.hoarding = 0;
    s.behaviour.counts_ordered = counts_ordered;
    return s;
}

// Largest gap of the stock to that of day 0 over [from, to), once a millionth of a day's use was added on day 0.
double largest_gap(Model& model, int from, int to)
{
    const std::int64_t base = model.structure.base_stock(0);
    double worst = 0;
    model.run_to(to - 1, [&](int day, const world::State& state) {
        if (day >= from) worst = std::max(worst, std::abs(static_cast<double>(state.slot.stock[0] - base)));
    });
    return worst;
}

bool swings_grow(int lane_days, double tau, bool counts_ordered)
{
    const int period = 4 * lane_days + 2;  // of the swing at the bound
    scenario::Scenario s = restocking(lane_days, tau, counts_ordered);
    s.time.horizon = 12 * period;
    Model model(s);
    model.run_to(0);
    model.state.slot.stock[0] += static_cast<std::int64_t>(kDaily / 1e3);
    const double early = largest_gap(model, 2 * period, 4 * period);
    const double late = largest_gap(model, 10 * period, 12 * period);
    return late > early;
}

}  // namespace

// x' = x - x_{t-L} / tau is bounded if and only if tau > 1 / (2 sin(pi / (2 (2L + 1)))). An order of the end of day t is in
// the stock of the end of day t + lane, so L is the lane less a day. A swing of a thousandth of a day's use never
// takes an order to nothing in that time.
TEST_CASE("A31 restocking from the stock alone is bounded where the formula says")
{
    for (const auto& [lag, published] : {std::pair(4, 2.879), {14, 9.236}, {30, 19.419}, {63, 40.426}, {93, 59.525}}) {
        const double bound = 1 / (2 * std::sin(std::numbers::pi / (2 * (2 * lag + 1))));
        CAPTURE(lag);
        CHECK(bound == Approx(published).margin(1e-3));
        CHECK(swings_grow(lag + 1, bound * 0.95, false));
        CHECK_FALSE(swings_grow(lag + 1, bound * 1.05, false));
    }
}

TEST_CASE("A31 restocking from the position is bounded for all of them")
{
    for (const int lag : {4, 14, 30, 63, 93, 120}) {
        CAPTURE(lag);
        for (const double tau : {1.0, 2.0, 10.0}) CHECK_FALSE(swings_grow(lag + 1, tau, true));
    }
}

namespace {

// Default behaviour; licences stop for `freeze` days from day 100, then nothing limits them.
scenario::Scenario frozen_for(int freeze, int lane_days)
{
    scenario::Scenario s = clients_world({{"auto", "XBB", kDaily}, {"wind", "XCC", kDaily}}, lane_days);
    s.behaviour = scenario::Behaviour{};
    s.time.horizon = 1500;
    s.producers[0].firms = 10;
    s.world.suppliers_max = 2;
    for (scenario::Buyer& buyer : s.buyers) {
        buyer.firms = 30;
        buyer.size_log_sd = 1;
        buyer.cover = {scenario::FirmDistribution::Kind::kLognormal, 28, 0.8, 0};
    }
    scenario::Licensing& l = add_licensing(s, 100);
    l.throughput.unlimited = false;
    l.throughput.levels = {{l.from, 0.0}, {l.from + freeze, 1000.0}};
    return s;
}

struct Swing {
    double least = 1e9;        // mean of two months of exports over base, from the end of the freeze on
    double most_after = 0;     // the same once below 1
    double last = 0;
};

Swing swing_of(const scenario::Scenario& scenario, int freeze)
{
    Model model(scenario);
    std::vector<double> exports;
    model.run_to(scenario.time.horizon - 1, [&](int, const world::State& state) {
        double sum = 0;
        for (const std::int64_t grams : state.published.exports) sum += static_cast<double>(grams);
        exports.push_back(sum);
    });
    Swing out;
    bool below = false;
    constexpr std::size_t kWindow = 60;
    for (std::size_t day = 100 + static_cast<std::size_t>(freeze); day + kWindow <= exports.size(); ++day) {
        double sum = 0;
        for (std::size_t k = 0; k < kWindow; ++k) sum += exports[day + k];
        out.last = sum / kWindow / (2 * kDaily);
        out.least = std::min(out.least, out.last);
        below = below || out.last < 1;
        if (below) out.most_after = std::max(out.most_after, out.last);
    }
    return out;
}

// Two-month means of exports stay above 0.75 of base and, once below it, never rise above 1.1 of it again.
void check_calm(int lane_days, int freeze)
{
    CAPTURE(lane_days, freeze);
    const Swing found = swing_of(frozen_for(freeze, lane_days), freeze);
    CHECK(found.least >= 0.75);
    CHECK(found.most_after <= 1.1);
    CHECK(found.last == Approx(1).margin(0.02));
}

}  // namespace

TEST_CASE("C3 no lead time makes exports swing once licences flow again")
{
    for (const int lane_days : {4, 7, 14, 21, 30, 45, 63, 80, 93, 105, 120}) check_calm(lane_days, 60);
    for (const int lane_days : {4, 63, 120}) {
        for (const int freeze : {30, 120}) check_calm(lane_days, freeze);
    }
}

TEST_CASE("C3 sees orders that count the stock alone")
{
    scenario::Scenario s = frozen_for(120, 63);
    s.behaviour.counts_ordered = false;
    const Swing found = swing_of(s, 120);
    CHECK(found.least < 0.5);
    CHECK(found.most_after > 1.2);
}
