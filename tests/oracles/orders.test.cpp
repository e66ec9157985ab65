// A24. A constant base stock passes demand on unchanged: order = demand, Var(orders) / Var(demand) = 1.
//
// Review every day, forecast frozen, the whole gap ordered, no cap, no hoarding: the target never
// moves, so each day's order restores the position by exactly that day's use. Tolerance 0.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

using namespace chokepoint;
using namespace chokepoint::test;

TEST_CASE("A24 a constant base stock orders what was used")
{
    for (const int lane_days : {1, 5, 30}) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}}, lane_days);
        s.behaviour.gap_share = 1;
        s.behaviour.order_cap = 0;
        s.behaviour.demand_smoothing = 0;
        s.behaviour.hoarding = 0;
        Model model(s);
        const std::int64_t base = model.structure.slots.base_need[0];
        REQUIRE(model.structure.n_slots() == 1);
        REQUIRE(base == 1000);
        double sum_demand = 0, sum_demand2 = 0, sum_order = 0, sum_order2 = 0;
        constexpr int kDays = 2000;
        for (int day = 0; day < kDays; ++day) {
            const double z = model.random.normal(core::Stream::kParameter, 1, day);
            const std::int64_t demand = std::llround(1000 + 50 * z);
            const auto context = model.context(day);
            for (const engine::Phase& phase : engine::phases()) {
                // The buyer needs this day's demand; its idea of normal demand stays what it was.
                const bool using_up = std::string_view(phase.name) == "production";
                model.structure.slots.base_need[0] = using_up ? demand : base;
                phase.run(model.structure, context, model.state);
            }
            model.state.day = day;
            CAPTURE(lane_days, day);
            REQUIRE(model.state.slot.use[0] == demand);
            const std::int64_t order = model.state.link.period_order[0];
            REQUIRE(order == demand);
            const auto d = static_cast<double>(demand);
            const auto o = static_cast<double>(order);
            sum_demand += d;
            sum_demand2 += d * d;
            sum_order += o;
            sum_order2 += o * o;
        }
        const double var_demand = sum_demand2 / kDays - std::pow(sum_demand / kDays, 2);
        const double var_order = sum_order2 / kDays - std::pow(sum_order / kDays, 2);
        CHECK(var_demand > 2000);  // about 50^2: the demand did move
        CHECK(var_order / var_demand == 1.0);
    }
}

namespace {

struct Variance {
    double sum = 0, squares = 0;
    int n = 0;
    void add(double x) { sum += x, squares += x * x, ++n; }
    [[nodiscard]] double value() const { return squares / n - std::pow(sum / n, 2); }
};

// A buyer of N(1000, 50^2) grams a day that closes its whole gap every day, nothing capped.
scenario::Scenario noisy_buyer(int lane_days, double cover, double smoothing)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}}, lane_days);
    s.behaviour.gap_share = 1;
    s.behaviour.order_cap = 0;
    s.behaviour.demand_smoothing = smoothing;
    s.buyers[0].cover.a = cover;
    return s;
}

// Runs `days` of random demand; `forecast` may replace what the buyer expects, given the demand of the day.
template <class Forecast>
void run_noisy(Model& model, int days, std::uint32_t buyer_slot, Variance& demands, Forecast forecast, const engine::Observer& observe)
{
    constexpr std::int64_t kLent = 1'000'000;  // what is short is owed (stock below 0), as the formulas have it
    const std::uint32_t buyer = model.structure.slots.firm[buyer_slot];
    for (int day = 0; day < days; ++day) {
        const std::int64_t demand = std::llround(1000 + 50 * model.random.normal(core::Stream::kParameter, 1, day));
        for (const engine::Phase& phase : engine::phases()) {
            const std::string_view name = phase.name;
            const bool using_up = name == "production";
            if (using_up) model.state.slot.stock[buyer_slot] += kLent;
            if (name == "ordering") forecast(day, demand, model.state.firm.demand[buyer]);
            model.structure.slots.base_need[buyer_slot] = using_up ? demand : 1000;
            phase.run(model.structure, model.context(day), model.state);
            if (using_up) model.state.slot.stock[buyer_slot] -= kLent;
        }
        model.state.day = day;
        demands.add(static_cast<double>(demand) - 1000);
        observe(day, model.state);
    }
}

}  // namespace

// A25. Forecast by the mean of the last p = 10 days: the order is d + (L / p)(d - d of ten days ago), so
// Var(orders) / Var(demand) = 1 + 2L/p + 2L^2/p^2 = 2.5 for L = 5, the review included. Returns are never needed: no
// order comes near 0. 4e5 days; the ratio's standard error is about 0.3 %, so 1.5 % are five of them.
TEST_CASE("A25 a moving-average forecast amplifies orders by the textbook ratio")
{
    constexpr int kWindow = 10;
    Model model(noisy_buyer(5, 0, 0));
    double last[kWindow];
    std::fill_n(last, kWindow, 1000.0);
    double sum = 1000.0 * kWindow;
    Variance demands, orders;
    const auto moving_average = [&](int day, std::int64_t demand, double& expected) {
        sum += static_cast<double>(demand) - last[day % kWindow];
        last[day % kWindow] = static_cast<double>(demand);
        expected = sum / kWindow;
    };
    run_noisy(model, 400'000, 0, demands, moving_average,
              [&](int, const world::State& state) { orders.add(static_cast<double>(state.link.period_order[0]) - 1000); });
    CHECK(orders.value() / demands.value() == Approx(2.5).epsilon(0.015));
}

// Smoothing by a, as firms do: 1 + 2aL + 2a^2 L^2 / (2 - a) (Chen, Ryan and Simchi-Levi 2000), L being what the forecast is
// multiplied with: review, goods under way and cover, 20 + 10 d. The forecast remembers some 20 days, so 2e5 days are
// 1e4 draws of it: a standard error of 1.4 %, of which 5 % are three and a half.
TEST_CASE("A25 smoothing amplifies orders by its textbook ratio")
{
    constexpr double a = 0.05, L = 30;
    Model model(noisy_buyer(20, 10, a));
    Variance demands, orders;
    double expected = 1000;
    run_noisy(model, 200'000, 0, demands, [&](int, std::int64_t demand, double& own) { own = expected += a * (static_cast<double>(demand) - expected); },
              [&](int, const world::State& state) { orders.add(static_cast<double>(state.link.period_order[0]) - 1000); });
    CHECK(orders.value() / demands.value() == Approx(1 + 2 * a * L + 2 * a * a * L * L / (2 - a)).epsilon(0.05));
}

// Pattern 9: what a distributor orders varies more than what it is asked for, which varies more than use.
TEST_CASE("A25 orders vary more the further upstream")
{
    scenario::Scenario s = noisy_buyer(5, 10, 0.05);
    scenario::Importer dealer;
    dealer.id = "dealer";
    dealer.region = "XBB";
    dealer.trades = {"magnet"};
    dealer.share = 1;
    dealer.cover = {scenario::FirmDistribution::Kind::kConstant, 10, 0, 0};
    s.importers = {dealer};
    Model model(s);
    REQUIRE(model.structure.n_links() == 2);
    const auto slot_of = [&](const char* block) {
        return model.structure.firms.slot_begin[model.structure.blocks[model.block(block)].first_firm];
    };
    const auto order_of = [&](std::uint32_t slot, const world::State& state) {
        return static_cast<double>(state.link.period_order[model.structure.links.out[model.structure.slots.link_begin[slot]]]) - 1000;
    };
    const std::uint32_t buyer = slot_of("buyer"), distributor = slot_of("dealer");
    Variance demands, asked, ordered;
    double expected = 1000;
    run_noisy(model, 20'000, buyer, demands, [&](int, std::int64_t demand, double& own) { own = expected += 0.05 * (static_cast<double>(demand) - expected); },
              [&](int, const world::State& state) {
                  asked.add(order_of(buyer, state));
                  ordered.add(order_of(distributor, state));
              });
    CHECK(asked.value() > 1.5 * demands.value());
    CHECK(ordered.value() > 1.5 * asked.value());
}

// A26. Demand 10 a day; the expected wait rises once by 63 days: the position wanted rises by 630. Units of
// 10^6 g, so that rounding is far below the tolerance of 1e-6.
TEST_CASE("A26 one revision of the lead time is ordered once, and taken back by an order holiday")
{
    constexpr double kUnit = 1e6;
    const auto orders = [](double gap_share) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 10 * kUnit}});
        s.behaviour.gap_share = gap_share;
        s.behaviour.order_cap = 0;
        s.behaviour.demand_smoothing = 0;
        s.behaviour.hoarding = 0;
        s.behaviour.lead_up = 0;
        s.behaviour.announcement = 1;
        add_licensing(s, 20).announcement_wait = 63;
        Model model(s);
        std::vector<double> out;
        for (int day = 0; day < 400; ++day) {
            if (day == 200) model.state.border.wait[0] = 0;  // nobody expects to wait any more
            model.run_to(day);
            out.push_back(static_cast<double>(model.state.link.period_order[0]) / kUnit);
        }
        return out;
    };
    const auto extra = [](const std::vector<double>& days, int from, int to) {
        double sum = 0;
        for (int day = from; day < to; ++day) sum += days[static_cast<std::size_t>(day)] - 10;
        return sum;
    };
    const auto all = orders(1);
    CHECK(all[19] == 10);
    CHECK(all[20] == 640);
    CHECK(extra(all, 0, 200) == Approx(630).epsilon(1e-6));
    for (std::size_t day = 200; day < 263; ++day) CHECK(all[day] == 0);
    CHECK(all[263] == 10);
    const auto part = orders(0.25);
    const double expected[] = {167.5, 128.125, 98.59375, 76.4453125};
    for (std::size_t i = 0; i < 4; ++i) CHECK(part[20 + i] == Approx(expected[i]).epsilon(1e-6));
    CHECK(extra(part, 0, 200) == Approx(630).epsilon(1e-6));
    CHECK(extra(part, 200, 400) == Approx(-630).epsilon(1e-6));
}
