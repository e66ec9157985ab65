// Need over time, what firms learn of it, and what a backlog does to a price.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"

#include <cmath>

using namespace chokepoint;
using namespace chokepoint::test;

TEST_CASE("need grows by the stated rate a year")
{
    for (const double growth : {0.0, 0.1}) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1'000'000}});
        s.buyers[0].growth = growth;
        Model model(s);
        model.run_to(365);
        CHECK(static_cast<double>(model.state.slot.need[0]) == Approx(1'000'000 * (1 + growth)).margin(1));
    }
}

// New year on 29 January 2025: ten days before it exports are base times e^0.3, ten days after base times e^-0.5, in October
// e^-0.1; what is used follows after the lane. Fractions of a gram are called off with the next day's.
TEST_CASE("exports follow the season at once and use follows after the lane")
{
    constexpr int kLane = 12;
    for (const bool on : {false, true}) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1'000'000}}, kLane);
        s.regions[0].calendar = china_2025();
        s.behaviour.season = {on, "XAA", 0.3, -0.5, -0.1};
        s.behaviour.closures = false;
        Model model(s);
        std::vector<double> exports, use;
        model.run_to(330, [&](int, const world::State& state) {
            exports.push_back(static_cast<double>(state.published.exports[model.region("XBB")]));
            use.push_back(static_cast<double>(state.slot.use[0]));
        });
        const auto at = [&](int month, int day, double ln_factor) {
            CAPTURE(on, month, day);
            const auto d = static_cast<std::size_t>(core::Date::from_ymd(2025, month, day) - s.time.start);
            const double expected = 1'000'000 * std::exp(on ? ln_factor : 0);
            CHECK(exports[d] == Approx(expected).margin(2));
            CHECK(use[d + kLane] == Approx(expected).margin(2));
        };
        at(1, 19, 0.3);
        at(2, 8, -0.5);
        at(6, 1, 0);
        at(10, 15, -0.1);
    }
}

// Wanted rises from 1000 to 2000 for good: after n days the forecast is 2000 - 1000 (1 - a)^n.
TEST_CASE("the forecast follows what is wanted by a part of the gap a day")
{
    for (const double a : {0.0, 0.05, 1.0}) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
        s.behaviour.demand_smoothing = a;
        Model model(s);
        const std::uint32_t buyer = model.structure.slots.firm[0];
        for (int n = 1; n <= 20; ++n) {
            model.state.firm.wanted[buyer] = 2000;
            dynamics::learn(model.structure, model.context(n), model.state);
            CHECK(model.state.firm.demand[buyer] == Approx(2000 - 1000 * std::pow(1 - a, n)).epsilon(1e-12));
        }
    }
}

TEST_CASE("need changes on the dates of its steps, each of what the others leave")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1'000'000}});
    s.buyers[0].steps = {{"slump", "", s.time.start + 10, s.time.start + 30, -0.2}, {"new_model", "", s.time.start + 20, std::nullopt, 0.5}};
    Model model(s);
    model.run_to(40, [&](int day, const world::State& state) {
        CAPTURE(day);
        const double factor = (day >= 10 && day < 30 ? 0.8 : 1.0) * (day >= 20 ? 1.5 : 1.0);
        CHECK(static_cast<double>(state.slot.need[0]) == Approx(1'000'000 * factor).margin(1));
    });
}

// 400 firms, 100 weeks: the mean of exp(sd z - sd^2 / 2) is 1 with a standard error of 0.2 / 200, its logarithm has the sd stated.
TEST_CASE("random need is a draw of each firm and week, with mean 1")
{
    constexpr double kSd = 0.2, kBase = 1e6;
    scenario::Scenario s = clients_world({{"buyer", "XBB", 400 * kBase}});
    s.time.horizon = 700;
    s.buyers[0].firms = 400;
    s.buyers[0].size_log_sd = 0;
    s.buyers[0].noise = kSd;
    Model model(s);
    double sum = 0, logs = 0, squares = 0;
    int n = 0;
    std::vector<std::int64_t> monday(400);
    model.run_to(699, [&](int day, const world::State& state) {
        for (std::size_t slot = 0; slot < 400; ++slot) {
            if (day % 7 != 0) {
                REQUIRE(std::abs(state.slot.need[slot] - monday[slot]) <= 1);  // the same all week
                continue;
            }
            monday[slot] = state.slot.need[slot];
            const double factor = static_cast<double>(state.slot.need[slot]) / kBase, ln = std::log(factor) + kSd * kSd / 2;
            sum += factor, logs += ln, squares += ln * ln, ++n;
        }
    });
    CHECK(std::abs(sum / n - 1) < 4.5 * kSd / 200);
    CHECK(std::abs(logs / n) < 4.5 * kSd / 200);
    CHECK(std::sqrt(squares / n) == Approx(kSd).epsilon(0.02));
}

// 60 blocks, 60 months: of 3600 draws the mean has a standard error of 0.2 / 60.
TEST_CASE("random need of a block is one draw of all its firms in a calendar month, with mean 1")
{
    constexpr double kSd = 0.2, kBase = 1e6;
    constexpr int kBlocks = 60, kMonths = 60;
    std::vector<Client> clients;
    for (int i = 0; i < kBlocks; ++i) clients.push_back({"buyer_" + std::to_string(i), "XBB", 3 * kBase});
    scenario::Scenario s = clients_world(clients);
    s.time.horizon = 31 * kMonths;
    for (auto& buyer : s.buyers) buyer.firms = 3, buyer.size_log_sd = 0;
    s.behaviour.demand.noise = kSd;
    Model model(s);
    double sum = 0, squares = 0;
    int n = 0, month = 0;
    std::vector<std::int64_t> first(3 * kBlocks);
    model.run_to(s.time.horizon - 1, [&](int day, const world::State& state) {
        const core::Date date = s.time.start + day;
        const int now = date.year() * 12 + date.month();
        for (std::size_t slot = 0; slot < first.size(); ++slot) {
            if (now == month) {
                REQUIRE(std::abs(state.slot.need[slot] - first[slot]) <= 1);  // the same all month
                continue;
            }
            first[slot] = state.slot.need[slot];
            if (slot % 3 != 0) {
                REQUIRE(std::abs(first[slot] - first[slot - slot % 3]) <= 1);  // and for all firms of the block
                continue;
            }
            const double factor = static_cast<double>(first[slot]) / kBase, ln = std::log(factor) + kSd * kSd / 2;
            sum += factor, squares += ln * ln, ++n;
        }
        month = now;
    });
    CHECK(n >= kBlocks * kMonths);
    CHECK(std::abs(sum / n - 1) < 4.5 * kSd / 60);
    CHECK(std::sqrt(squares / n) == Approx(kSd).epsilon(0.06));
}

TEST_CASE("a moving average forecasts the mean of the last days")
{
    constexpr int kWindow = 10;
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    s.behaviour.forecast_window = kWindow;
    Model model(s);
    const std::uint32_t buyer = model.structure.slots.firm[0];
    for (int n = 1; n <= 25; ++n) {
        model.state.firm.wanted[buyer] = 1000 + 100 * n;
        dynamics::learn(model.structure, model.context(n), model.state);
        double mean = 0;
        for (int back = 0; back < kWindow; ++back) mean += 1000 + 100 * std::max(0, n - back);
        CHECK(model.state.firm.demand[buyer] == Approx(mean / kWindow).epsilon(1e-12));
    }
}

// A signal of 0.6 with eta 1 asks for 1.6 times the cover of 30 days; the cap gives 1.2 times: 6 days of 1000 g, not 18.
TEST_CASE("cover wanted is capped")
{
    for (const double cap : {1.2, 2.0}) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
        s.behaviour.gap_share = 1;
        s.behaviour.hoarding = 1;
        s.behaviour.cover_cap = cap;
        s.behaviour.order_cap = 0;
        s.behaviour.lead_up = 0;
        s.behaviour.announcement = 0;
        add_licensing(s, 20).postures[0].signal = 0.6;
        Model model(s);
        std::int64_t extra = 0;
        model.run_to(80, [&](int, const world::State& state) { extra += state.link.period_order[0] - 1000; });
        CHECK(extra == (cap < 1.6 ? 6000 : 18'000));
    }
}

// A maker at rest that owes thirty days' output: ln p rises by kappa ln(1 + 30 / tau_b), at most kappa times the clip.
TEST_CASE("a backlog counts in the price as demand over its days, up to the clip")
{
    struct Case { double days, clip, rises; };
    for (const Case& c : {Case{30, 0.7, 0.05 * std::log(2.0)}, Case{60, 0.7, 0.05 * std::log(1.5)}, Case{30, 0.2, 0.05 * 0.2}, Case{1e12, 0.7, 0}}) {
        CAPTURE(c.days, c.clip);
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
        s.behaviour.price_speed = 0.05;
        s.behaviour.price_backlog_days = c.days;
        s.behaviour.price_clip = c.clip;
        Model model(s);
        const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
        model.state.firm.owed[maker] = 30'000;
        dynamics::set_prices(model.structure, model.context(0), model.state);
        CHECK(model.state.firm.ln_price[maker] == Approx(c.rises).epsilon(1e-9).margin(1e-9));
    }
}
