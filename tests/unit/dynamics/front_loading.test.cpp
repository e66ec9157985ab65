// Duties announced before they take effect, withdrawn, or renewed only while a flag is raised.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <cmath>

using namespace chokepoint;
using namespace chokepoint::test;
using scenario::Scenario;

namespace {

constexpr int kLane = 10, kAnnounced = 50, kEffective = 100;

// A buyer of 1 kg a day that closes every gap at once, ten days from its seller. Duty doubles what the
// goods cost from day 100, announced on day 50.
Scenario announced(double front_loading)
{
    Scenario s = clients_world({{"buyer", "XBB", 1000}}, kLane);
    s.behaviour.gap_share = 1;
    s.behaviour.order_cap = 0;
    s.behaviour.front_loading = front_loading;
    add_tariff(s, 0, {{kEffective, 1.0}});
    s.tariffs[0].layers[0].announced = {{s.time.start + kAnnounced, s.time.start + kEffective, s.time.start + kEffective, 1.0}};
    return s;
}

struct Flow {
    std::vector<std::int64_t> ordered, exported;  // by day [g]
    [[nodiscard]] static std::int64_t sum(const std::vector<std::int64_t>& days, int from, int to)
    {
        std::int64_t out = 0;
        for (int d = from; d < to; ++d) out += days[static_cast<std::size_t>(d)];
        return out;
    }
};

Flow run(const Scenario& s, int days = 250)
{
    Model model(s);
    Flow out;
    const std::size_t cell = model.region("XBB") * model.structure.products.size() + model.product("magnet");
    model.run_to(days - 1, [&](int, const world::State& state) {
        out.ordered.push_back(state.link.period_order[0]);
        out.exported.push_back(state.published.exports[cell]);
    });
    return out;
}

}  // namespace

// phi ln((1 + 1) / (1 + 0)) = 20 x 0.693147 = 13.863 days of 1000 g, asked for on the day of the
// announcement. Goods ordered on day 90 land on day 100, too late: from then on the extra is used up.
TEST_CASE("an announced rise of duty brings orders forward and the total does not change")
{
    const Flow with = run(announced(20));
    const Flow without = run(announced(0));
    const auto extra = std::llround(20'000 * std::log(2.0));
    CHECK(Flow::sum(without.ordered, 0, 250) == 250'000);
    CHECK(Flow::sum(with.ordered, 0, kAnnounced) == 1000 * kAnnounced);
    CHECK(with.ordered[kAnnounced] == 1000 + extra);
    CHECK(Flow::sum(with.ordered, kAnnounced, 90) == 40'000 + extra);
    CHECK(with.ordered[90] == 0);
    CHECK(Flow::sum(with.ordered, 0, 250) == 250'000);
    // What left before day 90 entered before the duty.
    CHECK(Flow::sum(with.exported, 0, 90) == Flow::sum(without.exported, 0, 90) + extra);
    CHECK(Flow::sum(with.exported, 0, 250) == Flow::sum(without.exported, 0, 250));
}

TEST_CASE("a rise withdrawn before its date is brought forward all the same, and never charged")
{
    Scenario s = announced(20);
    s.tariffs[0].layers[0].points.clear();
    s.tariffs[0].layers[0].announced[0].until = s.time.start + 70;
    const Flow flow = run(s);
    const auto extra = std::llround(20'000 * std::log(2.0));
    CHECK(flow.ordered[kAnnounced] == 1000 + extra);
    CHECK(Flow::sum(flow.ordered, 0, 70) == 70'000 + extra);
    CHECK(flow.ordered[70] == 0);
    CHECK(Flow::sum(flow.ordered, 0, 250) == 250'000);
    Model model(s);
    const std::size_t cell = model.structure.duty_cell(model.region("XBB"), model.region("XAA"), 0);
    model.run_to(249, [&](int, const world::State& state) { CHECK(state.published.duty_ppm[cell] == 0); });
    CHECK(model.state.events.size() == 2);
    CHECK(model.state.events[0].text == "+100 pp announced for 2025-04-11");
    CHECK(model.state.events[1].text == "+100 pp announced for 2025-04-11 withdrawn");
}

TEST_CASE("nothing is brought forward to escape a cut, or what cannot be escaped")
{
    Scenario cut = announced(20);
    cut.tariffs[0].layers[0].base_rate = 1.0;
    cut.tariffs[0].layers[0].points = {{cut.time.start + kEffective, 0.2}};
    cut.tariffs[0].layers[0].announced[0].change = -0.8;
    CHECK(Flow::sum(run(cut).ordered, kAnnounced, 60) == 10'000);
    Scenario late = announced(20);
    late.tariffs[0].layers[0].announced[0].announced = late.time.start + kEffective - kLane;
    CHECK(Flow::sum(run(late).ordered, kAnnounced, 110) == 60'000);
    late.tariffs[0].layers[0].announced[0].announced = late.time.start + kEffective - kLane - 1;  // lands the day before
    CHECK(run(late).ordered[kEffective - kLane - 1] > 10'000);
    Scenario home = announced(20);
    home.buyers[0].region = "XAA";
    CHECK(Flow::sum(run(home).ordered, kAnnounced, 60) == 10'000);
}

// Two steps of 100 points: on day 60 goods beat both, ln 3; on day 95 the second alone, ln(3 / 2).
TEST_CASE("steps announced one after the other are escaped one by one")
{
    Scenario s = announced(20);
    s.tariffs[0].layers[0].points = {{s.time.start + 100, 1.0}, {s.time.start + 130, 2.0}};
    auto& steps = s.tariffs[0].layers[0].announced;
    steps = {{s.time.start + 60, s.time.start + 130, s.time.start + 130, 1.0},
             {s.time.start + 60, s.time.start + 100, s.time.start + 100, 1.0}};
    const Flow flow = run(s);
    CHECK(flow.ordered[60] == 1000 + std::llround(20'000 * std::log(3.0)));
    CHECK(Flow::sum(flow.ordered, 0, 120) == 120'000 + std::llround(20'000 * std::log(1.5)));
    CHECK(Flow::sum(flow.ordered, 0, 250) == 250'000);
}

// 24 points were taken off on day 20 for 60 days; renewed on day 78 until day 200 if the flag is raised.
TEST_CASE("a renewal that hangs on a flag lapses where the flag is down")
{
    for (const int raised : {-5, 10, 78, 79, 500}) {
        CAPTURE(raised);
        Scenario s = clients_world({{"buyer", "XBB", 1000}});
        s.flags = {{"kept", s.time.start + raised, {}}};
        add_tariff(s, 0.34, {{20, 0.10}, {200, 0.34}});
        s.tariffs[0].layers[0].lapses = {{s.time.start + 78, s.time.start + 80, s.time.start + 200, "kept", 0.24, -1}};
        Model model(s);
        const std::size_t cell = model.structure.duty_cell(model.region("XBB"), model.region("XAA"), 0);
        model.run_to(249, [&](int day, const world::State& state) {
            CAPTURE(day);
            const bool off = day >= 20 && day < (raised <= 78 ? 200 : 80);
            CHECK(state.published.duty_ppm[cell] == (off ? 100'000 : 340'000));
        });
        const auto decided = std::count_if(model.state.events.begin(), model.state.events.end(), [](const auto& e) { return e.text.find("renewed because flag kept is") != std::string::npos; });
        CHECK(decided == 1);
    }
}

TEST_CASE("once a renewal has lapsed later ones of the same change are moot")
{
    Scenario s = clients_world({{"buyer", "XBB", 1000}});
    s.flags = {{"kept", s.time.start + 79, {}}};
    add_tariff(s, 0.34, {{20, 0.10}, {250, 0.34}});
    s.tariffs[0].layers[0].lapses = {{s.time.start + 78, s.time.start + 80, s.time.start + 250, "kept", 0.24, -1},
                                     {s.time.start + 150, s.time.start + 160, s.time.start + 250, "kept", 0.24, 0}};
    Model model(s);
    const std::size_t cell = model.structure.duty_cell(model.region("XBB"), model.region("XAA"), 0);
    model.run_to(299, [&](int day, const world::State& state) {
        CAPTURE(day);
        CHECK(state.published.duty_ppm[cell] == (day >= 20 && day < 80 ? 100'000 : 340'000));
    });
}
