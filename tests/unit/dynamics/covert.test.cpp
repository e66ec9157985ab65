// Covert routes: who sends when, how much, what is found, who pays which duty, what an authority learns.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"
#include "support/state_compare.hpp"

#include "chokepoint/core/apportion.hpp"
#include "dynamics/covert.hpp"

#include <cmath>
#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

constexpr std::int64_t kKilogram = 1000;

// A maker in XAA, a buyer in XBB that uses 100 kg a day and holds 30 days; from day 10 nothing is licensed.
// The lane takes a day, so the buyer lacks 100 kg more each day from day 11 on. The route: all of its
// 50 kg a day from the first day, no cost, no fear, nothing found.
scenario::Scenario smuggling(int firms = 1)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 100e3}});
    s.producers[0].firms = firms;
    s.buyers[0].firms = firms == 1 ? 1 : 40;  // so that every maker has some of them
    add_licensing(s, 10).toward[0].posture = "suspended";
    scenario::Route route;
    route.id = "night_boats";
    route.from = "XAA";
    route.to = {"XBB"};
    route.products = {"magnet"};
    route.delay_days = 0;
    route.ramp_days = 0;
    route.capacity = 50e3;
    route.cost = 0;
    route.scale = 0.01;
    route.penalty = 0;
    route.lot_size = 10e3;
    route.lot_effect = 0;
    route.detection = 0;
    route.detection_volume = 0;
    s.routes = {route};
    return s;
}

// Prices do not move in these worlds: the price outside is what a test says, three times the origin's.
Model with_premium(const scenario::Scenario& s, double outside = 3)
{
    Model model(s);
    model.state.outside_price.assign(model.state.outside_price.size(), outside);
    return model;
}

struct Days {
    std::vector<std::int64_t> shipped, arrived, seized, duty;
    [[nodiscard]] static std::int64_t sum(const std::vector<std::int64_t>& v) { return std::accumulate(v.begin(), v.end(), std::int64_t{0}); }
};

// The first route and product, day by day.
Days flows(Model& model, int days)
{
    Days out;
    model.run_to(days - 1, [&](int, const world::State& state) {
        out.shipped.push_back(state.published.routes[0].shipped);
        out.arrived.push_back(state.published.routes[0].arrived);
        out.seized.push_back(state.published.routes[0].seized);
        out.duty.push_back(Days::sum(state.firm.duty));
    });
    return out;
}
Days flows(const scenario::Scenario& s, int days)
{
    Model model = with_premium(s);
    return flows(model, days);
}

// XCC gets nothing, XBB all it asks for, and the distributors there send on to XCC.
scenario::Scenario dealers_world()
{
    scenario::Scenario s = small_world();
    s.behaviour.price_speed = 0;
    add_licensing(s, 10).toward[1].posture = "suspended";
    scenario::Route route;
    route.id = "dealers";
    route.kind = scenario::RouteKind::kReexport;
    route.from = "XAA";
    route.importer = "distributors";
    route.via = "XBB";
    route.to = {"XCC"};
    route.products = {"magnet"};
    route.delay_days = 0;
    route.share = 0.2;
    route.detection = route.detection_volume = 0;
    s.routes = {route};
    return s;
}

}  // namespace

TEST_CASE("appetite is a logistic choice that rises with the margin and falls with what is feared")
{
    CHECK(dynamics::appetite(0.3, 0.2, 0.1, 0.1) == Approx(0.5));
    CHECK(dynamics::appetite(0.4, 0.2, 0.1, 0.1) == Approx(0.7310585786));  // 1 / (1 + 1/e)
    double last = 0;
    for (double margin = 0.01; margin < 1; margin += 0.01) {
        const double now = dynamics::appetite(margin, 0.2, 0.1, 0.2);
        CHECK(now > last);
        CHECK(now < dynamics::appetite(margin, 0.2, 0.05, 0.2));
        CHECK(now < dynamics::appetite(margin, 0.1, 0.1, 0.2));
        last = now;
    }
    CHECK(dynamics::appetite(0, 0, 0, 0.5) == 0);  // no premium, no risk taken
    CHECK(dynamics::appetite(-1, 0, 0, 0.5) == 0);
}

TEST_CASE("a lot is found more often when it is larger and when more goes the same way")
{
    world::Branch branch;
    branch.base_flow = 1e6;
    branch.detection_volume = 0.1;
    branch.lot_effect = 0.5;
    CHECK(dynamics::lot_detection(branch, 0.02, 0, 50'000) == Approx(0.02));
    CHECK(dynamics::lot_detection(branch, 0.02, 1e6, 50'000) == Approx(0.12));
    CHECK(dynamics::lot_detection(branch, 0.02, 0, 200'000) == Approx(0.04));  // four times the lot, to the power 1/2
    CHECK(dynamics::lot_detection(branch, 0.02, 0, 500) == Approx(0.002));
    CHECK(dynamics::lot_detection(branch, 0.8, 0, 200'000) == 1);
    CHECK(dynamics::lot_detection(branch, 0, 0, 1'000'000) == 0);
    branch.lot_effect = 0;
    CHECK(dynamics::lot_detection(branch, 0.02, 0, 1'000'000) == Approx(0.02));
}

TEST_CASE("goods move from the onset on, only what buyers lack, and at most the capacity")
{
    const Days d = flows(smuggling(), 60);
    // Day 10 receives what left on day 9; nothing more is under way, so what is sent that day will be lacked when it arrives.
    for (std::size_t day = 0; day < 60; ++day) {
        CAPTURE(day);
        CHECK(d.shipped[day] == (day >= 10 ? 50 * kKilogram : 0));
        CHECK(d.arrived[day] == (day >= 11 ? 50 * kKilogram : 0));
        CHECK(d.seized[day] == 0);
    }
    // With room for all of it, what is lacking is sent each day, less what is under way.
    scenario::Scenario s = smuggling();
    s.routes[0].capacity = 1e9;
    const Days all = flows(s, 40);
    for (std::size_t day = 12; day < 40; ++day) CHECK(all.shipped[day] == 100 * kKilogram);
}

TEST_CASE("nothing moves without a control in force, a premium, or before the onset")
{
    scenario::Scenario s = smuggling();
    CHECK(Days::sum(flows(s, 60).shipped) > 0);
    Model no_premium = with_premium(s, 1.0);
    CHECK(Days::sum(flows(no_premium, 60).shipped) == 0);
    s.routes[0].onset = s.time.start + 30;
    const Days late = flows(s, 60);
    CHECK(late.shipped[29] == 0);
    CHECK(late.shipped[30] == 50 * kKilogram);
    s.routes[0].onset.reset();
    s.routes[0].delay_days = 25;  // after the control of day 10
    const Days delayed = flows(s, 60);
    CHECK(delayed.shipped[34] == 0);
    CHECK(delayed.shipped[35] == 50 * kKilogram);
    s.licensing[0].until = s.time.start + 40;
    const Days ended = flows(s, 60);
    CHECK(ended.shipped[39] == 50 * kKilogram);
    CHECK(Days::sum({ended.shipped.begin() + 40, ended.shipped.end()}) == 0);
    s.licensing[0].products = {};  // nothing is controlled
    CHECK(Days::sum(flows(s, 60).shipped) == 0);
    s.licensing.clear();
    CHECK(Days::sum(flows(s, 60).shipped) == 0);
}

TEST_CASE("the capacity is reached linearly and never exceeded, whatever the number of senders")
{
    for (const int firms : {1, 7}) {
        scenario::Scenario s = smuggling(firms);
        s.routes[0].ramp_days = 20;
        s.routes[0].onset = s.time.start + 15;
        const Days d = flows(s, 60);
        for (int day = 0; day < 60; ++day) {
            CAPTURE(firms, day);
            const double part = std::min(1.0, std::max(0.0, (day - 14) / 20.0));
            CHECK(d.shipped[static_cast<std::size_t>(day)] == static_cast<std::int64_t>(50e3 * part));
        }
    }
}

TEST_CASE("half of the capacity is used where the gain is nil, less where finding is likelier")
{
    scenario::Scenario s = smuggling();
    s.routes[0].cost = 2.0;  // eats a price outside of three times the origin's
    CHECK(flows(s, 20).shipped[15] == 25 * kKilogram);
    s.routes[0].scale = 0.5;
    s.routes[0].penalty = 5;
    s.routes[0].barred_days = 0;
    std::int64_t last = INT64_MAX;
    for (const double pi : {0.0, 0.02, 0.1, 0.3}) {
        s.routes[0].detection = pi;
        const std::int64_t sent = flows(s, 12).shipped[11];
        // The logistic choice at -5 pi / 0.5.
        CHECK(sent == static_cast<std::int64_t>(50e3 / (1 + std::exp(5 * pi / 0.5))));
        CHECK(sent < last);
        last = sent;
    }
    // What the route carries is noticed too: the second month sends less than the first.
    s.routes[0].detection = 0;
    s.routes[0].detection_volume = 0.5;
    const Days noticed = flows(s, 71);
    CHECK(noticed.shipped[70] < noticed.shipped[11]);
}

// Users with thirty days in stock and a route of sixty: what is under way was set against the stock alone, so that half of what they
// use came and they stood every other day for ever.
TEST_CASE("a route keeps as much under way as its users will use while it sails")
{
    scenario::Scenario s = smuggling();
    s.routes[0].capacity = 1e9;
    s.routes[0].transit_days = 60;
    const Days d = flows(s, 400);
    const auto sum = [&](std::size_t from, std::size_t to) {
        return std::accumulate(d.arrived.begin() + static_cast<std::ptrdiff_t>(from), d.arrived.begin() + static_cast<std::ptrdiff_t>(to), std::int64_t{0});
    };
    CHECK(sum(70, 400) >= 330 * 100 * kKilogram);                 // need of every day since the first ship
    CHECK(sum(70, 400) <= (330 + 30 + 2) * 100 * kKilogram);      // and the stock, once
    CHECK(sum(300, 400) == 100 * 100 * kKilogram);
}

// A trader was priced like a mine: with its goods waiting for licences it asked ever more, and sent nothing on.
TEST_CASE("a trader asks what its purchases cost it and its margin, whatever it is asked for")
{
    scenario::Scenario s = dealers_world();
    s.behaviour.price_speed = 0.05;
    Model model(s);
    const auto& block = model.structure.blocks[model.block("distributors")];
    bool rose = false;
    model.run_to(200, [&](int, const world::State& state) {
        for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
            CHECK(state.firm.price[firm] / state.firm.base_price[firm] == Approx(state.firm.cost_in_price[firm]));
        }
        for (std::size_t firm = 0; firm < state.firm.price.size(); ++firm) rose = rose || state.firm.price[firm] > 1.05 * state.firm.base_price[firm];
    });
    CHECK(rose);
}

TEST_CASE("a lot found is seized, and its sender sends nothing until its day")
{
    scenario::Scenario s = smuggling();
    s.routes[0].detection = 1;
    s.routes[0].barred_days = 20;
    Model model = with_premium(s);
    const Days d = flows(model, 80);
    for (std::size_t day = 0; day < 80; ++day) {
        CAPTURE(day);
        const bool sends = day == 10 || day == 31 || day == 52 || day == 73;  // twenty days between
        CHECK(d.shipped[day] == (sends ? 50 * kKilogram : 0));
        CHECK(d.seized[day] == d.shipped[day]);
        CHECK(d.arrived[day] == 0);
    }
    CHECK(model.state.published.mass[0].seized == 200 * kKilogram);
    CHECK(model.state.published.routes[0].edges_open == 0);
    CHECK(model.state.published.routes[0].edges_found == 0);
}

TEST_CASE("where a lot found shows the route, it carries no more")
{
    scenario::Scenario s = smuggling();
    s.routes[0].detection = 1;
    s.routes[0].barred_days = 0;
    s.routes[0].discovers = true;
    Model model = with_premium(s);
    const Days d = flows(model, 80);
    CHECK(Days::sum(d.shipped) == 50 * kKilogram);
    CHECK(model.state.published.routes[0].edges_found == 1);
    const auto ended = std::find_if(model.state.events.begin(), model.state.events.end(), [](const auto& event) {
        return event.kind == "route" && event.text.find("last of its senders") != std::string::npos;
    });
    REQUIRE(ended != model.state.events.end());
    CHECK(ended->day == 10);
    s.routes[0].discovers = false;
    CHECK(Days::sum(flows(s, 80).shipped) > 1000 * kKilogram);
}

// 60 days of five lots of 10 kg, each found with 10 %: 300 lots from day 10 on (day 69 the last). The
// sum is binomial, sd = sqrt(300 x 0.1 x 0.9) = 5.2; 4.5 sd leave 7 in a million.
TEST_CASE("lots are found one by one with the stated probability")
{
    scenario::Scenario s = smuggling();
    s.routes[0].detection = 0.1;
    s.routes[0].barred_days = 0;
    const Days d = flows(s, 70);
    const std::int64_t lots = Days::sum(d.shipped) / (10 * kKilogram);
    CHECK(lots == 300);
    CHECK(Days::sum(d.seized) % (10 * kKilogram) == 0);
    const double found = static_cast<double>(Days::sum(d.seized)) / 10e3;
    CHECK(std::abs(found - 30) < 4.5 * std::sqrt(300 * 0.09));
}

// Lots of 1 kg and of 25 kg, found with 10 % times the root of their size over 50 kg: 1.41 % and 7.07 %.
// 2950 lots: 41.7 expected, sd 6.4; 118 lots of 25 kg: 8.34, sd 2.8. In grams 41.7 kg +- 6.4 against
// 208.6 kg +- 69.6: apart by 2.4 sd with one world, so ten worlds are summed (7.6 sd).
TEST_CASE("larger lots lose more")
{
    std::int64_t small = 0, large = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        scenario::Scenario s = smuggling();
        s.seed = seed;
        s.routes[0].detection = 0.1;
        s.routes[0].lot_effect = 0.5;
        s.routes[0].barred_days = 0;
        s.routes[0].lot_size = 1e3;
        small += Days::sum(flows(s, 70).seized);
        s.routes[0].lot_size = 25e3;
        large += Days::sum(flows(s, 70).seized);
    }
    CHECK(large > 2 * small);
}

TEST_CASE("an enforcement step finds more from its day on, for its kind of route and its region")
{
    scenario::Scenario s = smuggling();
    s.routes[0].barred_days = 0;
    const auto step = [&](double detection) {
        scenario::Enforcement e;
        e.id = "campaign";
        e.by = "XAA";
        e.from = s.time.start + 40;
        e.detection = detection;
        return e;
    };
    s.enforcement = {step(0.4)};
    Model model = with_premium(s);
    const Days d = flows(model, 70);
    CHECK(Days::sum({d.seized.begin(), d.seized.begin() + 40}) == 0);
    CHECK(Days::sum({d.seized.begin() + 40, d.seized.end()}) > 0);
    CHECK(std::any_of(model.state.events.begin(), model.state.events.end(), [](const auto& event) {
        return event.day == 40 && event.kind == "enforcement" && event.subject == "XAA.campaign" && event.text == "a lot on a covert route is found with 40 %";
    }));
    s.enforcement[0].undeclared = false;  // a step against reexports alone
    CHECK(Days::sum(flows(s, 70).seized) == 0);
    s.enforcement = {step(0.4)};
    s.enforcement[0].by = "XCC";
    CHECK(Days::sum(flows(s, 70).seized) == 0);

    // Multiples act on what is in force; a step dated before the run is in force from the start.
    s.enforcement = {step(0.1), step(0), step(0)};
    s.enforcement[0].from = s.time.start + -5;
    s.enforcement[1] = s.enforcement[2] = {};
    s.enforcement[1].id = "centre";
    s.enforcement[2].id = "second";
    for (int i : {1, 2}) {
        s.enforcement[static_cast<std::size_t>(i)].by = "XAA";
        s.enforcement[static_cast<std::size_t>(i)].from = s.time.start + 20 * i;
        s.enforcement[static_cast<std::size_t>(i)].factor = 3.0;
    }
    Model steps = with_premium(s);
    steps.run_to(0);
    CHECK(steps.state.covert.detection[0] == Approx(0.1));
    steps.run_to(20);
    CHECK(steps.state.covert.detection[0] == Approx(0.3));
    steps.run_to(40);
    CHECK(steps.state.covert.detection[0] == Approx(0.9));
}

TEST_CASE("the origin declared decides the duty, and the duty the appetite")
{
    scenario::Scenario s = smuggling();
    s.tariffs = {{"on_xaa", {"XBB"}, {"XAA"}, {{"layer", {}, 1.45, {}}}}, {"on_xcc", {"XBB"}, {"XCC"}, {{"layer", {}, 0.10, {}}}}};
    s.routes[0].via = "XCC";
    const Days honest = flows(s, 60);
    s.routes[0].declares_via = true;
    const Days washed = flows(s, 60);
    // 1 USD/kg: 50 kg are 50 USD, 72.5 and 5 USD of duty [1e-6 USD]. From XAA by XCC to XBB takes two days.
    CHECK(honest.arrived[12] == 50 * kKilogram);
    CHECK(honest.arrived[11] == 0);
    CHECK(honest.duty[40] == 72'500'000);
    CHECK(washed.duty[40] == 5'000'000);
    s.routes[0].cost = 0.55;  // 3 - 1 - 1.45 - 0.55 = 0: half; with 10 % a gain of 1.35: all
    s.routes[0].declares_via = false;
    CHECK(std::abs(flows(s, 20).shipped[15] - 25 * kKilogram) <= 1);
    s.routes[0].declares_via = true;
    CHECK(flows(s, 20).shipped[15] == 50 * kKilogram);
}

TEST_CASE("undeclared goods are no exports, cost a seller finished goods and make it produce")
{
    scenario::Scenario s = smuggling();
    const auto made = [](const scenario::Scenario& scenario) {
        Model model = with_premium(scenario);
        std::int64_t output = 0;
        model.run_to(120, [&](int day, const world::State& state) {
            output += state.published.output[model.block("maker")];
            if (day > 10) CHECK(Days::sum(state.published.exports) == 0);
        });
        return output;
    };
    const std::int64_t with = made(s);
    s.routes.clear();
    // Days 11 to 120 take 50 kg each; the maker ends with the same finished stock, give or take a day.
    CHECK(std::abs(with - made(s) - 110 * 50 * kKilogram) <= 100 * kKilogram);
}

TEST_CASE("a reexport leaves an importer abroad, which asks the authority for more")
{
    const auto run = [](bool routes) {
        scenario::Scenario s = dealers_world();
        if (!routes) s.routes.clear();
        Model model = with_premium(s, 150);
        std::int64_t filed = 0;
        model.run_to(150, [&](int, const world::State& state) { filed += state.published.licences[model.region("XBB")].filed_g; });
        return std::pair(filed, model);
    };
    const auto [with, model] = run(true);
    const auto [without, other] = run(false);
    // Senders are the firms of the block, goods come to users in XCC over the lane from XBB.
    const auto& block = model.structure.blocks[model.block("distributors")];
    REQUIRE(model.structure.covert.n_edges() == block.n_firms);
    for (const std::uint32_t firm : model.structure.covert.edge_firm) CHECK(model.structure.firms.block[firm] == model.block("distributors"));
    CHECK(model.structure.covert.branches[0].transit == 9);
    CHECK(model.structure.covert.branches[0].capacity == Approx(0.2 * 4e6));
    CHECK(model.state.published.routes[0].arrived > 0);
    const std::uint32_t row = model.row("auto_c", "magnet");
    CHECK(model.state.published.use[row] > other.state.published.use[row]);
    CHECK(with > without + 20'000 * kKilogram);
}

// Every decided file of a dealer shows its onward route for certain.
TEST_CASE("a file that shows a route closes it and its importer is refused for a time")
{
    scenario::Scenario s = dealers_world();
    s.licensing[0].disclosure.discovers_route = 1;
    s.licensing[0].disclosure.barred = 30;
    s.licensing[0].resubmit_days = 5;
    Model model = with_premium(s, 150);
    const std::uint32_t dealers = model.structure.blocks[model.block("distributors")].n_firms;
    std::int64_t shipped_before = 0, shipped_after = 0, refused = 0;
    int all_found = -1, last_refused = -1;
    model.run_to(150, [&](int day, const world::State& state) {
        const bool found = state.published.routes[0].edges_found == dealers;
        if (found && all_found < 0) all_found = day;
        (all_found >= 0 && day > all_found ? shipped_after : shipped_before) += state.published.routes[0].shipped;
        refused += state.published.licences[model.region("XBB")].refused;
        if (state.published.licences[model.region("XBB")].refused > 0) last_refused = day;
    });
    REQUIRE(all_found > 0);
    CHECK(model.state.published.memory[0].routes_found == dealers);
    CHECK(shipped_after == 0);
    CHECK(refused > 0);
    CHECK(last_refused <= all_found + 30);  // barred from the day found; thereafter it is granted again
    s.licensing[0].disclosure.reveals = false;
    Model blind = with_premium(s, 150);
    blind.run_to(150);
    CHECK(blind.state.published.memory[0].routes_found == 0);
    CHECK(blind.state.published.routes[0].shipped > 0);
}

TEST_CASE("a route that carries nothing changes nothing")
{
    scenario::Scenario s = small_world();
    add_licensing(s, 10).toward[1].posture = "suspended";
    Model without(s);
    scenario::Route route;
    route.id = "dealers";
    route.from = "XAA";
    route.to = {"XCC", "XBB"};
    route.products = {"magnet"};
    route.capacity = 0.5;  // less than a gram a day
    route.onset = s.time.start;
    s.routes = {route};
    Model with(s);
    with.run_to(199);
    without.run_to(199);
    world::State state = with.state;
    CHECK(state.covert.appetite[0] > 0);
    state.covert = without.state.covert;
    state.published.routes.clear();
    std::erase_if(state.events, [](const auto& event) { return event.kind == "route"; });
    CHECK(first_difference(state, without.state) == "");
}

// Open after n decisions with (1 - q)^n. 4000 trials of 20 decisions at 5 %: 0.95^20 = 0.3585, sd of the
// mean 0.0076; 4.5 sd leave 7 in a million.
TEST_CASE("an authority finds the edges of a declared importer decision by decision")
{
    Model model(smuggling());
    const auto& edges = model.structure.covert;
    REQUIRE(edges.n_edges() == 1);
    const std::uint32_t firm = edges.edge_firm[0];
    const int onset = edges.branches[0].onset;
    model.state.covert.volume[0] = 1;  // the route is in use
    int open = 0;
    constexpr int kTrials = 4000;
    for (int trial = 0; trial < kTrials; ++trial) {
        model.state.covert.found[0] = -1;
        std::uint32_t found = 0;
        for (int n = 0; n < 20; ++n) {
            found += dynamics::discover_edges(model.structure, model.context(onset + trial), model.state, 0, firm,
                                              static_cast<std::uint64_t>(n), 0.05);
        }
        CHECK(found == (model.state.covert.found[0] >= 0 ? 1U : 0U));  // once at most
        open += model.state.covert.found[0] < 0 ? 1 : 0;
    }
    const double p = std::pow(0.95, 20);
    CHECK(std::abs(static_cast<double>(open) / kTrials - p) < 4.5 * std::sqrt(p * (1 - p) / kTrials));
    model.state.covert.found[0] = -1;
    CHECK(dynamics::discover_edges(model.structure, model.context(onset), model.state, 1, firm, 0, 1.0) == 0);  // another authority
    CHECK(dynamics::discover_edges(model.structure, model.context(onset), model.state, 0, firm + 1, 0, 1.0) == 0);
    CHECK(dynamics::discover_edges(model.structure, model.context(onset), model.state, 0, firm, 0, 1.0) == 1);
    CHECK(model.state.covert.found[0] == onset);
}

// An importer was barred for a route that existed on paper alone.
TEST_CASE("a route that has carried nothing cannot be found")
{
    Model model(smuggling());
    const auto& edges = model.structure.covert;
    const int day = edges.branches[0].onset + 10;
    const auto found = [&] {
        return dynamics::discover_edges(model.structure, model.context(day), model.state, 0, edges.edge_firm[0], 0, 1.0);
    };
    CHECK(found() == 0);
    model.state.covert.volume[0] = 1;
    CHECK(found() == 1);
}

TEST_CASE("what an authority knows stays known when its posture changes")
{
    scenario::Scenario s = smuggling();
    s.licensing[0].toward[0].changes = {{s.time.start + 50, "routine"}, {s.time.start + 60, "suspended"}};
    Model model = with_premium(s);
    model.run_to(30);
    CHECK(model.state.published.routes[0].shipped > 0);
    CHECK(dynamics::discover_edges(model.structure, model.context(30), model.state, 0, model.structure.covert.edge_firm[0], 1, 1.0) == 1);
    std::int64_t later = 0;
    model.run_to(150, [&](int, const world::State& state) { later += state.published.routes[0].shipped; });
    CHECK(later == 0);
}

TEST_CASE("edges found take their part of the capacity with them")
{
    scenario::Scenario s = smuggling(2);
    Model model = with_premium(s);
    model.run_to(20);
    CHECK(model.state.published.routes[0].shipped == 50 * kKilogram);
    const auto& weight = model.structure.covert.edge_weight;  // base output, 100 kg a day together
    REQUIRE(weight.size() == 2);
    REQUIRE(weight[0] + weight[1] == 100 * kKilogram);
    REQUIRE(std::min(weight[0], weight[1]) > 1000);
    CHECK(std::abs(model.state.covert.taken[0] - weight[0] / 2) <= 1);  // in proportion, to the gram
    model.state.covert.found[0] = 20;
    model.run_to(21);
    CHECK(std::abs(model.state.published.routes[0].shipped - weight[1] / 2) <= 1);
    CHECK(model.state.covert.taken[0] == 0);
}
