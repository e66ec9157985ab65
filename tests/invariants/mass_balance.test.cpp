// A2. Every gram, every order and every micro-dollar is accounted for, every day, to the last unit.
//
// Expected: output less use of a product equals the change of what is counted in all its buckets; an
// input's orders equal what is on the books, at the authority, at customs and under way; duty equals
// the sum over entries of value x rate, each rounded once, half to even. Tolerance 0.

#include "support/catch.hpp"
#include "support/full_scenario.hpp"
#include "support/model.hpp"
#include "support/random_scenario.hpp"
#include "support/random_supply.hpp"
#include "support/recount.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

// What happened in a run, so that a set of scenarios can be shown to exercise every mechanism.
struct Seen {
    std::int64_t granted = 0, refused = 0, returned = 0, held = 0, duty = 0, short_days = 0, ended = 0, rules = 0;
    std::int64_t stocked = 0, released = 0, support = 0, begun = 0;  // days on which it happened; projects
    std::int64_t covert = 0, seized = 0, barred = 0, washed = 0;  // days on which it happened
    std::int64_t flown = 0;  // days
    std::int64_t lapsed = 0, voided = 0, general = 0, restarts = 0, known = 0, tainted = 0, passed_on = 0;
    void operator+=(const Seen& other)
    {
        granted += other.granted;
        refused += other.refused;
        returned += other.returned;
        held += other.held;
        duty += other.duty;
        short_days += other.short_days;
        ended += other.ended;
        rules += other.rules;
        stocked += other.stocked;
        released += other.released;
        support += other.support;
        begun += other.begun;
        covert += other.covert;
        flown += other.flown;
        seized += other.seized;
        barred += other.barred;
        washed += other.washed;
        lapsed += other.lapsed;
        voided += other.voided;
        general += other.general;
        restarts += other.restarts;
        known += other.known;
        tainted += other.tainted;
        passed_on += other.passed_on;
    }
};

void count(const world::State& state, Seen& seen)
{
    for (const auto& counts : state.published.licences) {
        seen.granted += counts.granted;
        seen.refused += counts.refused;
        seen.returned += counts.returned;
    }
    seen.held += std::accumulate(state.border.customs.begin(), state.border.customs.end(), std::int64_t{0}) > 0;
    seen.flown += std::any_of(state.link.flown.begin(), state.link.flown.end(), [](std::int64_t g) { return g > 0; });
    seen.duty += std::accumulate(state.firm.duty.begin(), state.firm.duty.end(), std::int64_t{0}) > 0;
    for (std::size_t row = 0; row < state.published.need.size(); ++row) {
        seen.short_days += state.published.use[row] < state.published.need[row];
    }
}

void count_supply(const world::State& state, Seen& seen)
{
    for (const auto& flow : state.published.stockpiles) {
        seen.stocked += flow.refilled > 0;
        seen.released += flow.released > 0;
    }
    for (const std::int64_t paid : state.published.support) seen.support += paid > 0;
}

void count_covert(const scenario::Scenario& scenario, const world::Structure& structure, const world::State& state, Seen& seen)
{
    for (std::size_t b = 0; b < structure.covert.branches.size(); ++b) {
        const auto& branch = structure.covert.branches[b];
        const auto& route = scenario.routes[structure.covert.routes[branch.route].id == scenario.routes[0].id ? 0 : 1];
        seen.covert += state.covert.arrived[b] > 0;
        seen.seized += state.covert.seized[b] > 0;
        seen.washed += state.covert.arrived[b] > 0 && route.declares_via;
    }
    for (const std::int32_t until : state.covert.barred_until) seen.barred += until > state.day;
}

// Filed = in review + granted (and not lapsed) + refused + returned + lapsed or void, since the start, exactly.
class Applications {
  public:
    void check(const world::State& state)
    {
        cells_.resize(state.published.licences_by_use.size());
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            const world::LicenceCounts& today = state.published.licences_by_use[i];
            cells_[i].add(today);
            const world::LicenceCounts& sum = cells_[i];
            const std::int64_t lapsed = sum.lapsed + sum.voided;
            REQUIRE(sum.filed == today.in_review + (sum.granted - sum.lapsed) + sum.refused + sum.returned + lapsed);
            REQUIRE(sum.filed_g == today.in_review_g + sum.granted_g + sum.refused_g + sum.returned_g + sum.voided_g);
            REQUIRE(sum.granted >= sum.lapsed);
        }
        std::int64_t at_desks = 0, open = 0;
        for (const auto& desk : state.published.desks) at_desks += desk.in_review;
        for (const auto& counts : state.published.licences) open += counts.in_review;
        REQUIRE(at_desks == open);
    }
    [[nodiscard]] world::LicenceCounts total() const
    {
        world::LicenceCounts sum;
        for (const auto& cell : cells_) sum.add(cell);
        return sum;
    }

  private:
    std::vector<world::LicenceCounts> cells_;  // [controls * regions * end uses] since the start
};

// Sums of covert routes against their parts.
void check_covert(const world::Structure& structure, const world::State& state)
{
    std::vector<std::int64_t> under_way(structure.covert.branches.size(), 0), sent(under_way), passed(under_way);
    for (std::size_t b = 0; b < under_way.size(); ++b) {
        const auto& branch = structure.covert.branches[b];
        for (int d = 0; d <= branch.transit; ++d) under_way[b] += state.covert.grams[branch.ring + static_cast<std::size_t>(d)];
    }
    for (std::size_t e = 0; e < structure.covert.n_edges(); ++e) {
        sent[structure.covert.edge_branch[e]] += state.covert.taken[e];
        passed[structure.covert.edge_branch[e]] += state.covert.passed[e];
    }
    REQUIRE(under_way == state.covert.under_way);
    REQUIRE(sent == state.covert.shipped);
    for (std::size_t b = 0; b < sent.size(); ++b) REQUIRE(sent[b] - passed[b] == state.covert.seized[b]);
}

// The first row where two counts differ, or -1: a whole vector in a message helps nobody.
int first_mismatch(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b)
{
    if (a.size() != b.size()) return 0;
    const auto at = std::mismatch(a.begin(), a.end(), b.begin()).first;
    return at == a.end() ? -1 : static_cast<int>(at - a.begin());
}

Seen check_balances(const scenario::Scenario& scenario, int days)
{
    Model model(scenario);
    DutyLedger ledger(scenario, model.structure, model.state);
    auto before = recount_goods(model.structure, model.state);
    REQUIRE(first_mismatch(recount_on_order(model.structure, model.state), model.state.slot.on_order) == -1);
    Seen seen;
    Applications applications;
    model.run_to(days - 1, [&](int day, const world::State& state) {
        CAPTURE(scenario.name, day);
        const auto after = recount_goods(model.structure, state);
        const auto net = net_output(model.structure, state);
        for (std::size_t p = 0; p < after.size(); ++p) {
            CAPTURE(model.structure.products[p].id);
            REQUIRE(after[p].total() - before[p].total() == net[p]);
        }
        before = after;
        REQUIRE(negative_bucket(state) == "");
        REQUIRE(first_mismatch(recount_on_order(model.structure, state), state.slot.on_order) == -1);
        REQUIRE(first_mismatch(ledger.after(day, state), state.firm.duty) == -1);
        check_covert(model.structure, state);
        applications.check(state);
        for (std::size_t d = 0; d + 1 < state.published.desks.size(); ++d) seen.passed_on += state.published.desks[d].done;
        count(state, seen);
        count_supply(state, seen);
        count_covert(scenario, model.structure, state, seen);
    });
    const world::LicenceCounts total = applications.total();
    seen.lapsed = total.lapsed;
    seen.voided = total.voided;
    seen.general = total.general;
    seen.restarts = total.clock_restarts;
    for (const auto& memory : model.state.published.memory) {
        seen.known += memory.users_named;
        seen.tainted += memory.users_tainted;
    }
    for (const auto& begun : model.state.supply.begun) seen.begun += static_cast<std::int64_t>(begun.size());
    for (const auto& event : model.state.events) {
        seen.ended += event.kind == "control" && event.text.find("no longer") != std::string::npos;
        seen.rules += event.kind == "rule";
    }
    return seen;
}

}  // namespace

TEST_CASE("A2 mass, orders and duty balance in the small world under control and tariff")
{
    scenario::Scenario s = small_world();
    scenario::Licensing& l = add_licensing(s, 10);
    l.defense = scenario::EndUseRule::kRefuse;
    l.throughput.unlimited = false;
    l.throughput.levels = {{s.time.start + 10, 0.0}, {s.time.start + 60, 0.8}};
    l.returned = 0.2;
    add_tariff(s, 0.03, {{20, 1.45}, {70, 0.30}});
    const Seen seen = check_balances(s, 200);
    CHECK(seen.granted > 0);
    CHECK(seen.refused > 0);
    CHECK(seen.returned > 0);
    CHECK(seen.duty == 150);  // nothing left on days 10 to 59, so nothing landed on fifty days
}

TEST_CASE("A2 mass, orders, duty and applications balance in sixty random scenarios")
{
    Seen all;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) all += check_balances(random_scenario(seed), 150);
    // The set is not vacuous: every mechanism was at work in it.
    CHECK(all.granted > 1000);
    CHECK(all.refused > 100);
    CHECK(all.returned > 100);
    CHECK(all.held > 1000);
    CHECK(all.duty > 1000);
    CHECK(all.short_days > 1000);
    CHECK(all.ended >= 5);
    CHECK(all.rules >= 5);
    CAPTURE(all.covert, all.seized, all.barred, all.washed);
    CHECK(all.covert > 300);
    CHECK(all.seized > 50);
    CHECK(all.barred > 500);
    CHECK(all.washed > 100);
    CAPTURE(all.lapsed, all.voided, all.general, all.restarts, all.known, all.tainted, all.passed_on);
    CHECK(all.lapsed > 50);
    CHECK(all.voided > 50);
    CHECK(all.general > 20);
    CHECK(all.restarts > 20);
    CHECK(all.known > 100);
    CHECK(all.tainted > 5);
    CHECK(all.passed_on > 500);
}

TEST_CASE("A2 mass, orders and duty balance where the supply side acts too")
{
    Seen all;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        scenario::Scenario s = random_scenario(seed);
        add_supply(s, seed);
        all += check_balances(s, 150);
    }
    CAPTURE(all.stocked, all.released, all.support, all.begun);
    CHECK(all.stocked > 100);
    CHECK(all.released > 100);
    CHECK(all.support > 100);
    CHECK(all.begun > 1);
}

TEST_CASE("A2 mass, orders and duty balance without transport or a book of orders, in a circle of products")
{
    Seen all;
    for (int options = 1; options < 8; ++options) {
        scenario::Scenario s = small_world();
        scenario::Input scrap = s.producers[0].uses[0];
        scrap.product = "magnet";
        scrap.grams_per_unit = 0.2;
        s.producers[1].uses = {scrap};
        s.producers[0].growth.outages = {{"fire", "", s.time.start + 40, s.time.start + 70, 0.8}};
        s.producers[1].growth.outages = {{"flood", "", s.time.start + 60, s.time.start + 65, 1}};
        s.producers[0].growth.stretch = {1.2, 20};
        s.behaviour.instant_delivery = (options & 1) != 0;
        s.behaviour.backlog_dropped = (options & 2) != 0;
        s.behaviour.output_forecast = (options & 4) != 0;
        if (options & 4) s.behaviour.review_days = 1;
        add_tariff(s, 0.03, {{20, 1.45}, {70, 0.30}});
        all += check_balances(s, 200);
    }
    CHECK(all.short_days > 300);
    CHECK(all.duty > 1000);
}

TEST_CASE("A2 everything on: mass, orders, duty and applications balance")
{
    Seen all;
    for (std::uint64_t seed = 1; seed <= kFullSeeds; ++seed) all += check_balances(full_scenario(seed), 150);
    CAPTURE(all.granted, all.refused, all.held, all.duty, all.flown, all.covert, all.seized, all.stocked, all.released);
    CHECK(all.granted > 100);
    CHECK(all.refused > 100);
    CHECK(all.held > 100);
    CHECK(all.duty > 100);
    CHECK(all.flown > 100);
    CHECK(all.covert > 100);
    CHECK(all.seized > 10);
    CHECK(all.stocked > 10);
    CHECK(all.released > 10);
}
