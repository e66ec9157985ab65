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

namespace {

scenario::FirmDistribution days(double d) { return {scenario::FirmDistribution::Kind::kConstant, d, 0, 0}; }

// maker -> trading house at origin -> distributor -> buyer, a tonne a day. Each closes its whole gap every day.
scenario::Scenario chain(double smoothing, double dealer_cover)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1e9}}, 20);
    s.behaviour.gap_share = 1;
    s.behaviour.order_cap = 0;
    s.behaviour.demand_smoothing = smoothing;
    s.behaviour.hoarding = 0;
    s.buyers[0].cover = days(10);
    scenario::Importer dealer;
    dealer.id = "dealer", dealer.region = "XBB", dealer.trades = {"magnet"}, dealer.share = 1, dealer.cover = days(dealer_cover);
    scenario::Exporter house;
    house.id = "house", house.region = "XAA", house.trades = {"magnet"}, house.share = 1, house.cover = days(10);
    s.importers = {dealer};
    s.exporters = {house};
    return s;
}

std::uint32_t slot_of(const Model& model, const char* block)
{
    return model.structure.firms.slot_begin[model.structure.blocks[model.block(block)].first_firm];
}

std::int64_t order_of(const Model& model, std::uint32_t slot)
{
    return model.state.link.period_order[model.structure.links.out[model.structure.slots.link_begin[slot]]];
}

// One day with `need` in place of the buyer's base.
void run_day(Model& model, int day, std::uint32_t slot, std::int64_t need)
{
    const std::uint32_t firm = model.structure.slots.firm[slot];
    const std::int64_t base = model.structure.firms.base_output[firm], base_need = model.structure.slots.base_need[slot];
    for (const engine::Phase& phase : engine::phases()) {
        const bool using_up = std::string_view(phase.name) == "production";
        if (using_up) model.structure.firms.base_output[firm] = model.structure.slots.base_need[slot] = need;
        phase.run(model.structure, model.context(day), model.state);
        model.structure.firms.base_output[firm] = base;
        model.structure.slots.base_need[slot] = base_need;
    }
    model.state.day = day;
}

}  // namespace

// A day of extra need goes up the chain. A tier that orders d + L (change of its smoothed forecast) answers it as
// O(z) / D(z) = 1 + a L (1 - 1/z) / (1 - (1 - a)/z) does, whose squares sum to the ratio of variances 1 + 2aL + 2a^2 L^2 / (2 - a)
// (Chen, Ryan and Simchi-Levi 2000). L is what its forecast is multiplied with: cover, lane and, at traders and
// makers, the day on which goods are made ready. There is no noise: the tolerance is the rounding to grams.
TEST_CASE("A25 each tier of a chain amplifies orders by the textbook ratio")
{
    constexpr double a = 0.05;
    constexpr std::int64_t kBase = 1'000'000'000, kExtra = 100'000'000;
    Model model(chain(a, 15));
    const std::uint32_t buyer = slot_of(model, "buyer"), dealer = slot_of(model, "dealer"), house = slot_of(model, "house");
    const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
    // Of each tier: L, the days until it hears of the extra day, and what it ordered beyond base [extra days].
    struct Tier {
        double L;
        int hears;
        std::vector<double> orders;
    };
    std::vector<Tier> tiers = {{30, 0, {}}, {36, 1, {}}, {31, 1, {}}, {1, 1, {}}};
    constexpr int kShock = 5, kDays = 300;
    for (int day = 0; day < kDays; ++day) {
        run_day(model, day, buyer, day == kShock ? kBase + kExtra : kBase);
        const std::int64_t orders[] = {order_of(model, buyer), order_of(model, dealer), order_of(model, house), model.state.firm.output[maker]};
        for (std::size_t i = 0; i < tiers.size(); ++i)
            tiers[i].orders.push_back(static_cast<double>(orders[i] - kBase) / static_cast<double>(kExtra));
    }
    std::vector<double> asked(kDays, 0.0);
    asked[kShock] = 1;
    double in = 1;
    for (const Tier& tier : tiers) {
        std::vector<double> expected(kDays, 0.0);
        double forecast = 0, out = 0;
        for (int day = tier.hears; day < kDays; ++day) {
            const double d = asked[static_cast<std::size_t>(day - tier.hears)];
            const double change = a * (d - forecast);
            forecast += change;
            expected[static_cast<std::size_t>(day)] = d + tier.L * change;
        }
        for (int day = 0; day < kDays; ++day) {
            CAPTURE(tier.L, day);
            REQUIRE(tier.orders[static_cast<std::size_t>(day)] == Approx(expected[static_cast<std::size_t>(day)]).margin(1e-6));
            out += tier.orders[static_cast<std::size_t>(day)] * tier.orders[static_cast<std::size_t>(day)];
        }
        if (in == 1) CHECK(out / in == Approx(1 + 2 * a * tier.L + 2 * a * a * tier.L * tier.L / (2 - a)).epsilon(1e-4));
        CHECK(out > in);
        in = out;
        asked = tier.orders;
    }
}

// The same from the mean of the last W days: a tier orders d + (L / W)(d - d of W days ago), so that a day of extra need adds L / W
// on the day and takes it back W days later; squares sum to 1 + 2L/W + 2L^2/W^2 at the first tier.
TEST_CASE("A25 each tier of a chain that forecasts by a moving average does so too")
{
    constexpr int kWindow = 40, kShock = 5, kDays = 300;
    constexpr std::int64_t kBase = 1'000'000'000, kExtra = 100'000'000;
    scenario::Scenario s = chain(0, 15);
    s.behaviour.forecast_window = kWindow;
    Model model(s);
    const std::uint32_t buyer = slot_of(model, "buyer"), dealer = slot_of(model, "dealer");
    const double cover_and_lead[] = {30, 36};
    std::vector<double> orders[2], asked(kDays, 0.0);
    asked[kShock] = 1;
    for (int day = 0; day < kDays; ++day) {
        run_day(model, day, buyer, day == kShock ? kBase + kExtra : kBase);
        const std::int64_t placed[] = {order_of(model, buyer), order_of(model, dealer)};
        for (std::size_t i = 0; i < 2; ++i) orders[i].push_back(static_cast<double>(placed[i] - kBase) / static_cast<double>(kExtra));
    }
    for (std::size_t i = 0; i < 2; ++i) {
        const double ratio = cover_and_lead[i] / kWindow;
        double out = 0;
        for (int day = 0; day < kDays; ++day) {
            const auto of = [&](int d) { return d < 0 ? 0.0 : asked[static_cast<std::size_t>(d)]; };
            const int heard = day - static_cast<int>(i);  // the tier above hears a day later
            CAPTURE(i, day);
            const double order = orders[i][static_cast<std::size_t>(day)];
            REQUIRE(order == Approx(of(heard) + ratio * (of(heard) - of(heard - kWindow))).margin(1e-6));
            out += order * order;
        }
        if (i == 0) CHECK(out == Approx(1 + 2 * ratio + 2 * ratio * ratio).epsilon(1e-6));
        asked = orders[i];
    }
}

// Nothing kept ready, reviewed every day, the whole gap closed at once: the hardest case for a rule that counts an order twice.
TEST_CASE("a chain settles from any start")
{
    constexpr double kBase = 1e9;
    for (const double cover : {0.0, 10.0}) {
        for (std::uint64_t start = 0; start < 20; ++start) {
            scenario::Scenario s = chain(0.05, cover);
            s.producers[0].finished_cover = 0;
            Model model(s);
            world::State& state = model.state;
            const auto draw = [&](std::uint64_t what, std::size_t i) {
                return static_cast<std::int64_t>(30 * kBase * model.random.uniform(core::Stream::kParameter, core::combine_keys(start, what), static_cast<int>(i)));
            };
            for (std::size_t i = 0; i < state.slot.stock.size(); ++i) state.slot.stock[i] = draw(1, i);
            for (std::size_t i = 0; i < state.firm.finished.size(); ++i)
                if (model.structure.firms.seller_row[i] != world::kNone) state.firm.finished[i] = draw(2, i);
            for (std::size_t i = 0; i < state.firm.demand.size(); ++i) state.firm.demand[i] = static_cast<double>(draw(3, i)) / 15;
            double last = 0;
            for (int day = 0; day < 900; ++day) {
                model.run_to(day);
                if (day < 800) continue;
                for (const char* block : {"buyer", "dealer", "house"})
                    last = std::max(last, std::abs(static_cast<double>(order_of(model, slot_of(model, block))) / kBase - 1));
            }
            CAPTURE(cover, start);
            CHECK(last < 1e-6);
        }
    }
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
