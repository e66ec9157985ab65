// What a seller does not deliver is ordered from those who do, after a time, and ordinary clients are served before newcomers.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include "chokepoint/dynamics/phases.hpp"

#include <algorithm>
#include <string>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

constexpr int kControl = 20;

// XBB buys 900 g a day from XAA and 100 g from XCC. XAA lets nothing out from day 20 on; the maker in XCC, who also
// serves 900 g a day of a client at home, can make a quarter more than it does.
scenario::Scenario half_blocked(double elsewhere_after)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}, {"home", "XCC", 900}});
    s.world.suppliers_min = s.world.suppliers_max = 2;
    s.producers[0].utilisation = 0.5;
    scenario::Producer other = s.producers[0];
    other.id = "other";
    other.region = "XCC";
    other.utilisation = 0.8;
    s.producers.push_back(other);
    scenario::Family table;
    table.id = "magnets";
    table.controlled = "magnet";
    table.flows = {{"XAA", "XBB", 0.3285, true, {}}, {"XCC", "XBB", 0.0365, true, {}}, {"XCC", "XCC", 0.3285, true, {}}};
    s.families = {table};
    s.behaviour.fixed_shares = false;
    s.behaviour.share_adjustment = 0;
    s.behaviour.gap_share = 0.5;
    s.behaviour.elsewhere_after = elsewhere_after;
    s.behaviour.announcement = s.behaviour.lead_up = 0;
    s.time.horizon = 200;
    scenario::Licensing& l = add_licensing(s, kControl);
    l.throughput.unlimited = false;
    l.throughput.levels[0].level = 0;
    return s;
}

struct Seen {
    std::int64_t received = 0;                         // by the buyer from day 100 to 199 [g]
    std::int64_t home_stock = 0, least_at_home = 0;    // on day 0 and the least of the run [g]
};

Seen run(const scenario::Scenario& scenario)
{
    Model model(scenario);
    Seen out;
    const std::uint32_t firm = model.structure.blocks[model.block("buyer")].first_firm;
    const std::uint32_t row = model.row("home", "magnet");
    model.run_to(199, [&](int day, const world::State& state) {
        for (std::uint32_t slot = model.structure.firms.slot_begin[firm]; slot < model.structure.firms.slot_begin[firm + 1]; ++slot)
            if (day >= 100) out.received += state.slot.received[slot];
        if (day == 0) out.home_stock = out.least_at_home = state.published.stock[row];
        out.least_at_home = std::min(out.least_at_home, state.published.stock[row]);
    });
    return out;
}

}  // namespace

TEST_CASE("a buyer orders elsewhere what a seller has not delivered in its time")
{
    const Seen never = run(half_blocked(0));
    const Seen after = run(half_blocked(30));
    CHECK(never.received <= 100 * 110);  // what it has of the other source
    // All that is free there, 250 g a day, on top of its own hundred.
    CHECK(after.received >= 100 * 330);
    CHECK(after.received <= 100 * 360);
}

TEST_CASE("clients of the other source keep theirs when others come to it")
{
    const Seen contracts = run(half_blocked(30));
    CHECK(contracts.least_at_home >= contracts.home_stock - 900);  // a day's
    scenario::Scenario s = half_blocked(30);
    s.behaviour.rationing = scenario::Rationing::kProportional;  // who asks more gets more
    CHECK(run(s).least_at_home < contracts.least_at_home - 900);
}

// A second exporter under the same authority delivers nothing either: what is overdue at one is not ordered from the other.
TEST_CASE("who waits for a licence does not ask another exporter of the same country")
{
    for (const double elsewhere_after : {0.0, 30.0}) {
        CAPTURE(elsewhere_after);
        scenario::Scenario s = half_blocked(elsewhere_after);
        s.families[0].flows = {{"XAA", "XBB", 0.365, true, {}}, {"XCC", "XCC", 0.3285, true, {}}};
        s.producers[0].firms = 4;
        s.licensing[0].throughput.levels[0].level = 0.3;
        Model model(s);
        std::int64_t ordered = 0;
        model.run_to(150, [&](int day, const world::State& state) {
            if (day < 100) return;
            for (std::uint32_t out = 0; out < model.structure.n_links(); ++out)
                if (model.structure.links.out_border[out] != world::kNone) ordered += state.link.period_order[out];
        });
        CHECK(ordered <= 51 * 1000);  // never more than what is used
    }
}

TEST_CASE("nothing is ordered elsewhere before the time is up")
{
    const scenario::Scenario patient = half_blocked(300), never = half_blocked(0);
    CHECK(run(patient).received == run(never).received);
}

// 900 there. Of 1600 asked 800 is what the three ordinarily take (500, 200, 100), which comes first; the rest in
// proportion to what each asks beyond it.
TEST_CASE("what clients ordinarily take comes before what they ask beyond it")
{
    scenario::Scenario s = clients_world({{"large", "XBB", 500}, {"middle", "XBB", 200}, {"small", "XCC", 100}});
    Model model(s);
    for (auto& grams : model.state.link.period_order) grams *= 2;
    // The small one asks for ten times as much.
    for (std::uint32_t out = 0; out < model.structure.n_links(); ++out)
        if (model.structure.links.out_base[out] == 100) model.state.link.backlog[out] = 800;
    dynamics::apply_policy(model.structure, model.context(0), model.state);
    model.state.firm.finished[model.structure.blocks[model.block("maker")].first_firm] = 960;
    dynamics::allocate(model.structure, model.context(0), model.state);
    // Beyond 500, 200 and 100 they ask 500, 200 and 900; 160 is left.
    for (std::uint32_t out = 0; out < model.structure.n_links(); ++out) {
        const std::int64_t base = model.structure.links.out_base[out];
        const std::int64_t expected = base == 500 ? 550 : base == 200 ? 220 : 190;
        CHECK(std::abs(model.state.link.allocated[out] - expected) <= 1);
    }
}
