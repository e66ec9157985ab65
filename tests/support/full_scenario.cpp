#include "support/full_scenario.hpp"

#include "support/dice.hpp"
#include "support/random_scenario.hpp"
#include "support/random_supply.hpp"

#include <algorithm>

namespace chokepoint::test {

using namespace scenario;

namespace {

bool makes_abroad(const Scenario& s)
{
    return std::any_of(s.producers.begin(), s.producers.end(), [](const Producer& p) { return p.region == "XBB" && p.makes == "magnet_heavy"; });
}

// A random scenario with a third country to send goods on from and a maker beyond the controlling one.
Scenario drawn(std::uint64_t seed)
{
    for (std::uint64_t s = 1000 * seed;; ++s) {
        const Scenario out = random_scenario(s);
        if (out.regions.size() >= 3 && makes_abroad(out)) return out;
    }
}

Input daily(const std::string& product, double grams, Criticality critical)
{
    Input input;
    input.product = product;
    input.grams_per_day = grams;
    input.critical = critical;
    return input;
}

Buyer buyer(const std::string& id, const std::string& region, Sector sector, Dice& dice)
{
    Buyer b;
    b.id = id;
    b.region = region;
    b.sector = sector;
    b.firms = dice.whole(2, 5);
    b.makes = "vehicle";
    b.output_per_day = dice.uniform(50, 5000);
    b.value = dice.uniform(1e3, 3e4);
    b.uses = {daily("magnets", dice.uniform(5e5, 3e6), Criticality::kCritical)};
    b.cover = {FirmDistribution::Kind::kLognormal, dice.uniform(10, 30), 0.6, 0};
    return b;
}

// Traders and the buyers some behaviours need.
void add_blocks(Scenario& s, Dice& dice)
{
    using Kind = FirmDistribution::Kind;
    s.exporters = {{"houses", "", "XAA", {"magnets"}, 3, dice.uniform(0.2, 0.5), {Kind::kLognormal, 10, 0.5, 0}, 1.0}};
    s.importers = {{"dealers", "", "XBB", {"magnets"}, 2, dice.uniform(0.2, 0.6), {Kind::kConstant, 20, 0, 0}, 1.0}};
    s.buyers.push_back(buyer("full_auto", "XBB", Sector::kAutomotive, dice));
    s.buyers.back().uses.push_back(daily("oxide", dice.uniform(1e4, 1e5), Criticality::kImportant));
    s.buyers.push_back(buyer("full_wind", "XCC", Sector::kWind, dice));
    s.buyers.back().uses.push_back(daily("oxide", dice.uniform(1e4, 1e5), Criticality::kMinor));
    s.buyers.push_back(buyer("full_home", "XAA", Sector::kAutomotive, dice));
    for (const char* region : {"XAA", "XBB"}) {
        s.buyers.push_back(buyer(std::string("full_defense_") + region, region, Sector::kDefense, dice));
        s.buyers.back().rated = true;
    }
}

void set_ordering(Behaviour& b, Dice& dice)
{
    b.review_days = dice.one_of({1, 3, 7});
    b.demand_smoothing = dice.uniform(0.02, 0.1);
    b.lead_up = dice.uniform(0.01, 0.05);
    b.lead_down_ratio = dice.uniform(0.1, 0.5);
    b.announcement = dice.uniform(0.2, 0.9);
    b.gap_share = dice.uniform(0.3, 0.7);
    b.order_cap = dice.uniform(1.3, 2);
    b.hoarding = dice.uniform(0.3, 1);
    b.cover_cap = dice.uniform(1.2, 2);
    b.cancellation = dice.uniform(0.01, 0.05);
    b.front_loading = dice.uniform(30, 100);
}

void set_market(Behaviour& b, Dice& dice)
{
    b.sigma = dice.uniform(1, 3);
    b.lead_weight = dice.uniform(0.2, 1);
    b.refusal_weight = dice.uniform(1, 3);
    b.inertia = dice.uniform(0.2, 1);
    b.share_adjustment = dice.uniform(0.05, 0.3);
    b.fixed_shares = false;
    const double elasticity = -dice.uniform(0.05, 0.3);
    b.demand = {dice.chance(0.5) ? DemandPrice::kComposite : DemandPrice::kPaid, 20, {elasticity, 0.7}, {{"wind", {1.5 * elasticity, 0.4}}}};
    b.dispatch_cap = dice.uniform(1.1, 1.5);
    b.price_speed = dice.uniform(0.05, 0.2);
    b.price_backlog_days = dice.uniform(10, 40);
    b.outside_price_speed = dice.uniform(0.5, 3);
    b.price_clip = dice.uniform(0.4, 0.8);
    b.supply_elasticity = dice.uniform(0.05, 0.2);
    b.bid_elasticity = -dice.uniform(0.3, 1);
    b.contract_share = dice.uniform(0.2, 0.8);
    b.unlicensed_weight = dice.uniform(0.1, 1);
    b.least_price = dice.uniform(0.9, 0.99);
    b.domestic_first = true;
    b.home_reserve = dice.uniform(0.1, 0.4);
    b.rationing = dice.one_of({Rationing::kLargeAccounts, Rationing::kPrice});
    b.investment_cap = dice.uniform(0.02, 0.1);
}

void set_conduct(Scenario& s, Dice& dice)
{
    Conduct& c = s.behaviour.conduct;
    c.catch_up = dice.uniform(0.2, 0.8);
    c.catch_up_cap = dice.uniform(0.02, 0.1);
    c.precaution = dice.uniform(0.2, 0.8);
    c.strain_cover = dice.uniform(0.4, 0.8);
    c.strain_price = dice.uniform(1.2, 2);
    c.switching = {dice.uniform(0.002, 0.01), dice.whole(5, 30), dice.uniform(0.1, 0.5)};
    c.substitution = {dice.uniform(0.0005, 0.002), dice.whole(5, 30), dice.uniform(0.05, 0.3)};
    c.search = {dice.whole(1, 3), dice.whole(5, 20), dice.whole(10, 40), {}};
    for (Buyer& b : s.buyers) {
        b.growth = 0;
        b.conduct = {};
        b.conduct.spot = dice.uniform(0.2, 0.8);
        b.conduct.parts = dice.whole(2, 5);
        if (dice.chance(0.3)) b.conduct.catch_up = dice.uniform(0, 1);
        if (dice.chance(0.3)) b.conduct.precaution = dice.uniform(0, 0.8);
        if (dice.chance(0.3)) b.conduct.qualification_days = dice.whole(5, 30);
        if (dice.chance(0.3)) b.conduct.switching_cap = b.conduct.substitution_cap = dice.uniform(0.05, 0.3);
        b.candour = {dice.uniform(0.1, 0.3), dice.uniform(0.1, 0.3), dice.uniform(0.1, 0.3)};
    }
}

void set_flights(Scenario& s, Dice& dice)
{
    for (Lane& lane : s.lanes) {
        lane.noise_sd = 0;
        lane.air_days = lane.origin != lane.destination && lane.days > 2 ? dice.whole(1, lane.days - 1) : 0;
    }
    s.air_below = dice.uniform(5, 14);
    s.air_premium = dice.uniform(3, 10);
}

// Supply that does nothing while nothing is short: a floor below the price, less offtake than base output, a full stockpile.
void add_quiet_supply(Scenario& s, std::uint64_t seed)
{
    add_supply(s, seed);
    Growth& growth = s.producers.front().growth;
    growth.projects.clear();
    growth.floor->price = 1;
    growth.offtake->amount = 1;
    s.stockpiles[0].refill->target = s.stockpiles[0].stock;
}

void add_events(Scenario& s, Dice& dice)
{
    const auto on = [&](int day) { return s.time.start + day; };
    TariffLayer layer{"layer", {}, 0.03, {{on(dice.whole(15, 30)), 1.45}, {on(dice.whole(60, 90)), 0.3}}};
    layer.announced = {{on(2), layer.points[0].date, layer.points[0].date, 1.42}};
    s.tariffs.insert(s.tariffs.begin(), {"full", {"XBB", "XCC"}, {"XAA"}, {layer}});
    Licensing& l = s.licensing[0];
    l.from = on(dice.whole(10, 30));
    l.announced = l.from - dice.whole(3, 9);
    l.announcement_wait = dice.uniform(20, 60);
    l.lists.clear();
    l.general.from = l.from;
    for (EntityList& list : l.entities) list.ownership_from = l.from;
    if (l.until) l.until = l.from + dice.whole(60, 120);
    l.throughput.unlimited = false;
    l.throughput.mode = ThroughputMode::kTonnage;
    l.throughput.levels = {{l.from, 0.0}, {l.from + dice.whole(20, 50), dice.uniform(0.3, 1)}};
    l.defense = dice.one_of({EndUseRule::kHalf, EndUseRule::kRefuse});
    l.returned = dice.uniform(0.05, 0.3);
    l.disclosure.discovers_defense = l.disclosure.discovers_route = 0.05;
    for (Lane& lane : s.lanes) lane.noise_sd = lane.origin == lane.destination ? 0 : dice.uniform(0.05, 0.3);
    for (Region& region : s.regions) {
        region.calendar = china_2025();
        region.has_calendar = true;
    }
    s.behaviour.season = {true, "XAA", 0.3, -0.5, -0.1};
    s.behaviour.closures = true;
    for (Buyer& b : s.buyers) {
        b.growth = dice.uniform(-0.2, 0.2);
        b.conduct.working_days = dice.chance(0.4);
    }
}

Route route(const std::string& id, const Scenario& s, Dice& dice)
{
    Route r;
    r.id = id;
    r.from = "XAA";
    r.products = {"magnet_heavy"};
    r.delay_days = dice.whole(1, 20);
    r.ramp_days = dice.whole(5, 30);
    r.capacity = dice.uniform(1e5, 2e6);
    r.cost = r.penalty = 0;
    r.scale = 0.5;
    r.lot_size = 1e4;
    r.detection = 0.02;
    r.detection_volume = dice.uniform(0, 0.1);
    r.barred_days = dice.whole(5, 20);
    r.transit_days = dice.whole(3, 20);
    for (const Region& region : s.regions) {
        if (region.id != "XAA" && region.id != "XBB") r.to.push_back(region.id);
    }
    return r;
}

void add_routes(Scenario& s, Dice& dice)
{
    Route undeclared = route("smugglers", s, dice);
    Route reexport = route("dealers_on", s, dice);
    reexport.kind = RouteKind::kReexport;
    reexport.importer = "dealers";
    reexport.via = "XBB";
    reexport.declares_via = dice.chance(0.5);
    s.routes = {undeclared, reexport};
    s.enforcement = {{"campaign", "XAA", s.time.start + dice.whole(40, 100), true, true, {}, 2.0}};
}

}  // namespace

Scenario full_world(std::uint64_t seed)
{
    Dice dice(seed, "full");
    Scenario s = drawn(seed);
    s.name = "full_world_" + std::to_string(seed);
    s.tariffs.clear();
    s.licensing.clear();
    s.rules.clear();
    s.routes.clear();
    s.enforcement.clear();
    s.behaviour = {};
    for (Region& region : s.regions) {
        region.calendar = {};
        region.has_calendar = false;
    }
    add_blocks(s, dice);
    set_ordering(s.behaviour, dice);
    set_market(s.behaviour, dice);
    set_conduct(s, dice);
    set_flights(s, dice);
    add_quiet_supply(s, seed);
    Dice later(seed, "full, later");  // of what came later, so that the rest keeps its draws
    s.behaviour.composite = later.chance(0.5);
    s.behaviour.counts_ordered = !later.chance(0.25);
    s.behaviour.wait_cap = later.uniform(10, 40);
    s.behaviour.fill_learning = later.uniform(0.1, 0.5);
    s.behaviour.conduct.search.by_sector = {{"automotive", later.whole(5, 30)}};
    for (Lane& lane : s.lanes) lane.freight = lane.origin == lane.destination ? 0 : later.uniform(0.5, 5);
    return s;
}

Scenario full_scenario(std::uint64_t seed)
{
    Scenario s = drawn(seed);
    const Scenario quiet = full_world(seed);
    s.name = "full_" + std::to_string(seed);
    s.exporters = quiet.exporters;
    s.importers = quiet.importers;
    s.buyers = quiet.buyers;
    s.behaviour = quiet.behaviour;
    s.lanes = quiet.lanes;
    s.air_below = quiet.air_below;
    s.air_premium = quiet.air_premium;
    Dice dice(seed, "full events");
    add_events(s, dice);
    add_supply(s, seed);
    Dice later(seed, "full outage");
    const core::Date stop = s.time.start + later.whole(20, 60);
    s.producers.front().growth.outages = {{"flood", "", stop, stop + later.whole(10, 40), later.uniform(0.3, 1)}};
    s.behaviour.investment_cap = quiet.behaviour.investment_cap;
    add_routes(s, dice);
    Dice last(seed, "full events, later");
    for (Licensing& licensing : s.licensing) licensing.cost = last.uniform(0.5, 5);
    return s;
}

}  // namespace chokepoint::test
