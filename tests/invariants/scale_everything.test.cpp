// A5 with everything on: units and the number of firms do not matter.
//
// A5a all quantities x 1000: quantities over 1000 equal up to rounding, and events on the same days. Quantities of the
//     smaller run are large already, so that rounding does not reach what is decided by a threshold.
// A5b every firm replaced by ten of a tenth of the size, all the same. Only what is a rule can hold: approval, returns, holds
//     below certainty, detection, candour, the share of spot firms, the cover of kinds of part, who sells to whom and which
//     makers a search meets are draws by firm, and ten draws are not one. So each input has one source and draws are certain.

#include "support/behaviours.hpp"
#include "support/catch.hpp"
#include "support/full_scenario.hpp"
#include "support/model.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

using namespace chokepoint;
using namespace chokepoint::test;
using scenario::Scenario;

namespace {

Scenario scaled(Scenario s, double factor)
{
    for (auto& buyer : s.buyers) {
        buyer.output_per_day *= factor;
        for (auto& input : buyer.uses) if (input.grams_per_day) *input.grams_per_day *= factor;
    }
    for (auto& family : s.families) {
        for (auto& flow : family.flows) flow.tonnes_per_year *= factor;
    }
    for (auto& producer : s.producers) {
        if (producer.capacity) *producer.capacity *= factor;
        for (auto& project : producer.growth.projects) project.capacity *= factor;
        if (producer.growth.offtake) producer.growth.offtake->amount *= factor;
    }
    for (auto& licensing : s.licensing) licensing.shipment_size *= factor;
    for (auto& route : s.routes) {
        if (route.capacity) *route.capacity *= factor;
        route.lot_size *= factor;
        route.lot_effect = 0;  // detection by lot is over 50 kg, whatever else grows
    }
    for (auto& stockpile : s.stockpiles) {
        stockpile.stock *= factor;
        stockpile.release *= factor;
        if (stockpile.refill) stockpile.refill->rate *= factor, stockpile.refill->target *= factor;
    }
    return s;
}

// Powers of two: a share of exactly so many orders takes as many sellers (a ceiling), and must be rounded alike.
constexpr double kLarge = 8192, kThousand = 1024;

// Prices a thousandth, so that duty on large quantities fits 64 bits. Only ratios of prices act.
Scenario cheap(Scenario s)
{
    for (auto& product : s.products) product.price *= 1e-3;
    for (auto& lane : s.lanes) lane.freight *= 1e-3;
    for (auto& licensing : s.licensing) licensing.cost *= 1e-3;
    for (auto& producer : s.producers) if (producer.growth.floor) producer.growth.floor->price *= 1e-3;
    return s;
}

// Where oxide runs out, a gram more of it is up to a hundred grams more of magnets (0.01 g of oxide a gram).
constexpr double kMagnetPerOxide = 100;
constexpr double kTinyShare = 1e-9;

// Largest gap between `a` / ka and `b` / kb beyond 1e-9 of the value.
double gap(const std::vector<std::int64_t>& a, double ka, const std::vector<std::int64_t>& b, double kb)
{
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = static_cast<double>(a[i]) / ka;
        worst = std::max(worst, std::abs(x - static_cast<double>(b[i]) / kb) - kTinyShare * std::abs(x));
    }
    return worst;
}

// Each link may round by a gram a day, and stock, hence orders, keep what was rounded.
void check_same_run(const Scenario& one, const Scenario& other, double factor, int days)
{
    Model a(one);
    Model b(other);
    const double per_day = kMagnetPerOxide * static_cast<double>(b.structure.n_links());
    double unmet = 0;
    for (int day = 0; day < days; ++day) {
        CAPTURE(one.name, day, per_day);
        a.run_to(day);
        b.run_to(day);
        const auto& x = a.state.published;
        const auto& y = b.state.published;
        const double rounding = per_day * (day + 1);
        REQUIRE(gap(x.use, 1, y.use, factor) <= rounding);
        REQUIRE(gap(x.stock, 1, y.stock, factor) <= rounding);
        REQUIRE(gap(x.output, 1, y.output, factor) <= rounding);
        REQUIRE(gap(x.exports, 1, y.exports, factor) <= rounding);
        for (std::size_t p = 0; p < x.price_outside.size(); ++p) REQUIRE(x.price_outside[p] == Approx(y.price_outside[p]).epsilon(1e-5));
        for (std::size_t row = 0; row < x.use.size(); ++row) unmet += static_cast<double>(x.need[row] - x.use[row]);
    }
    CHECK(unmet > 1e3 * per_day);
    REQUIRE(a.state.events.size() == b.state.events.size());
    for (std::size_t i = 0; i < a.state.events.size(); ++i) {
        CHECK(a.state.events[i].day == b.state.events[i].day);
        CHECK(a.state.events[i].kind == b.state.events[i].kind);
    }
}

constexpr double kUnit = 1e9;  // [g/d]; ten firms of three kinds of part divide it to the gram

scenario::FirmDistribution days(double cover) { return {scenario::FirmDistribution::Kind::kConstant, cover, 0, 0}; }

scenario::Input input(const std::string& product, double grams, scenario::Criticality critical)
{
    scenario::Input out;
    out.product = product;
    out.grams_per_day = grams;
    out.critical = critical;
    return out;
}

scenario::Buyer buyer(const std::string& id, const std::string& region, scenario::Sector sector, double spot)
{
    scenario::Buyer out;
    out.id = id;
    out.region = region;
    out.sector = sector;
    out.size_log_sd = 0;
    out.makes = "vehicle";
    out.output_per_day = 1e6;
    out.uses = {input("magnets", 12 * kUnit, scenario::Criticality::kCritical)};
    out.cover = days(10);
    out.rated = sector == scenario::Sector::kDefense;
    out.growth = 0.05;
    out.conduct.spot = spot;
    return out;
}

scenario::Producer maker(const std::string& region, const std::string& makes)
{
    scenario::Producer out;
    out.id = makes + "_" + region;
    out.region = region;
    out.makes = makes;
    out.utilisation = 0.95;
    out.finished_cover = 1;
    out.size_log_sd = 0;
    out.cover = days(15);
    if (makes == "oxide") return out;
    scenario::Input oxide;
    oxide.product = "oxide";
    oxide.grams_per_unit = 0.02;
    out.uses = {oxide};
    return out;
}

// One firm a block, one origin a destination, traders between all of XAA and XBB.
Scenario world_of_single_firms()
{
    using scenario::Criticality;
    using scenario::Sector;
    Scenario s = full_world(1);
    s.name = "single_firms";
    s.regions.clear();
    s.lanes.clear();
    for (const char* id : {"XAA", "XBB", "XCC"}) s.regions.push_back({id, id, china_2025(), true});
    for (const auto& from : s.regions) {
        for (const auto& to : s.regions) s.lanes.push_back({from.id, to.id, from.id == to.id ? 2 : 15, from.id == to.id ? 0 : 0.2, from.id == to.id ? 0 : 4});
    }
    scenario::Family& magnets = s.families[0];
    magnets.look_alike_share = 0.25;
    magnets.sector_factor.clear();
    magnets.region_factor.clear();
    magnets.flows = {{"XAA", "XAA", 1, true, {}}, {"XAA", "XBB", 1, true, {}}, {"XBB", "XCC", 1, true, {}}};
    magnets.margins.clear();
    s.producers = {maker("XAA", "magnet_heavy"), maker("XAA", "magnet_plain"), maker("XBB", "magnet_heavy"), maker("XBB", "magnet_plain"), maker("XAA", "oxide")};
    s.exporters = {{"houses", "", "XAA", {"magnets"}, 1, 1, days(10), 0}};
    s.importers = {{"dealers", "", "XBB", {"magnets"}, 1, 1, days(8), 0}};
    s.buyers = {buyer("auto_b", "XBB", Sector::kAutomotive, 0), buyer("wind_b", "XBB", Sector::kWind, 1), buyer("defense_b", "XBB", Sector::kDefense, 0),
                buyer("auto_a", "XAA", Sector::kAutomotive, 0), buyer("wind_a", "XAA", Sector::kWind, 1), buyer("defense_a", "XAA", Sector::kDefense, 0),
                buyer("auto_c", "XCC", Sector::kAutomotive, 0)};
    s.buyers[0].uses.push_back(input("oxide", kUnit / 10, Criticality::kImportant));
    s.buyers[1].uses.push_back(input("oxide", kUnit / 10, Criticality::kMinor));
    s.buyers[1].conduct.working_days = true;
    *s.buyers[1].uses[0].grams_per_day /= 2;
    for (std::size_t home = 3; home < 6; ++home) {  // grows beyond what there is, by sizes that rank
        *s.buyers[home].uses[0].grams_per_day *= home == 4 ? 2 : 4;
        s.buyers[home].growth = 3;
    }
    s.world.suppliers_min = s.world.suppliers_max = 1;
    return s;
}

// Rules and events that need no draw by firm.
void add_certain_events(Scenario& s)
{
    const auto on = [&](int day) { return s.time.start + day; };
    s.behaviour.composite = false;
    s.behaviour.counts_ordered = true;
    s.behaviour.review_days = 1;  // the weekday of a review is drawn by firm
    s.behaviour.conduct.search.candidates = 0;
    s.behaviour.conduct.switching = {0.01, 3, 0.3};
    s.behaviour.demand = {scenario::DemandPrice::kOutside, 10, {-0.3, 0.9}, {{"wind", {-0.4, 0.9}}}};
    s.behaviour.hoarding = 1;
    s.behaviour.cover_cap = 1.2;
    s.behaviour.conduct.precaution = 0.3;
    s.time.horizon = 240;
    s.behaviour.season = {true, "XAA", 0.3, -0.5, -0.1};
    s.tariffs.clear();
    add_tariff(s, 0.03, {{30, 1.45}, {90, 0.3}});
    s.tariffs[0].layers[0].announced = {{on(5), on(30), on(30), 1.42}};
    scenario::Licensing& l = add_licensing(s, 20);
    l.products = {"magnet_heavy", "oxide"};
    l.announced = on(12);
    l.announcement_wait = 40;
    l.minimum_review_days = 10;
    l.licence_lag_days = 3;
    l.declared_lot_days = 4;
    l.customs_hold_days = 5;
    l.shipment_size = 1e18;
    l.batch_cover = 5.5;
    l.defense = scenario::EndUseRule::kRefuse;
    l.resubmit_days = 7;
    l.postures = {{"routine", 1, 1, 0, 0.3}, {"suspended", 0, 0, 1, 0.6}};
    l.toward = {{"XBB", "suspended", {{on(100), "routine"}}}, {"XCC", "routine", {}}};
    l.general = {true, on(20), {}, 2, 60, 1, 1, 0.15};
    s.routes.clear();
    scenario::Route route;
    route.id = "smugglers";
    route.from = "XAA";
    route.to = {"XBB"};
    route.products = {"magnet_heavy"};
    route.delay_days = 10;
    route.capacity = kUnit;
    route.cost = route.penalty = route.detection = route.detection_volume = 0;
    route.lot_size = 1e18;
    s.routes = {route};
    s.stockpiles[0].product = "magnet_heavy";
    s.stockpiles[0].serves = {"auto_b", "wind_b"};
    s.stockpiles[0].stock = 20 * kUnit;
    s.stockpiles[0].release = kUnit;
    s.stockpiles[0].refill = scenario::Refill{"magnet_heavy_XBB", 2, kUnit / 5, 40 * kUnit, false};
    s.producers[0].growth.stretch = {1.1, 10};
    scenario::Growth& growth = s.producers[2].growth;
    growth.projects = {{"plant", "", on(40), 30, kUnit}};
    growth.outages = {{"flood", "", on(60), on(75), 0.3}};
    growth.stretch = {1.2, 20};
    growth.investment = scenario::Investment{1.05, 5, 20, 20, 0.3};
    growth.floor = scenario::PriceFloor{1.1 * s.products[0].price, on(10), {}};
    growth.offtake = scenario::Offtake{s.stockpiles[0].id, 12 * kUnit, on(20), on(100)};
}

}  // namespace

TEST_CASE("A5a everything on: quantities a thousand times as large give the same run")
{
    // In scenarios 2, 5, 12 and 14 a link runs dry, and less than a gram of the smaller run opens a batch of the larger.
    std::vector<Scenario> all;
    for (const std::uint64_t seed : {1, 3, 4, 6, 7, 8, 9, 10, 11, 13, 15, 16}) {
        all.push_back(cheap(scaled(full_scenario(seed), kLarge)));
        check_same_run(all.back(), scaled(all.back(), kThousand), kThousand, 150);
    }
    CHECK(idle_in_all(all, 150) == std::set<std::string>{});
}

// Accounts depend on who sells to whom, so sellers rank by them only where a firm has one kind of part and one seller.
TEST_CASE("A5b everything certain on: ten clones of a tenth of the size give the same run")
{
    for (const int parts : {1, 3}) {
        CAPTURE(parts);
        Scenario one = world_of_single_firms();
        add_certain_events(one);
        for (auto& buyer : one.buyers) buyer.conduct.parts = parts;
        one.behaviour.rationing = parts == 1 ? scenario::Rationing::kLargeAccounts : scenario::Rationing::kPrice;
        Scenario ten = one;
        ten.world.scale = 10;
        REQUIRE(Model(ten).structure.n_firms() == 10 * Model(one).structure.n_firms());
        REQUIRE(Model(ten).structure.n_links() == 10 * Model(one).structure.n_links());
        check_same_run(one, ten, 1, 220);
        // What does not act here: choices between sources, what is drawn by firm, and whose turn it is at a desk without limit.
        std::set<std::string> choice{"need and what is paid", "choice by landed cost", "choice by wait", "choice by risk", "partial adjustment",
                                     "search", "inertia", "qualification", "qualification by sector", "change of source", "freight", "cost of a licence", "composite of sources", "orders by stock alone", "use before restocking"};
        choice.insert(parts == 1 ? "kinds of part" : "rationing by rank");
        CHECK(idle_in_all({one}, 220) == choice);
    }
}
