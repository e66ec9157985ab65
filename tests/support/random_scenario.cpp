#include "support/random_scenario.hpp"

#include "support/dice.hpp"

#include <algorithm>

namespace chokepoint::test {

using namespace scenario;
using core::Date;
using core::WorkingCalendar;

namespace {

FirmDistribution cover(Dice& dice, double median)
{
    using Kind = FirmDistribution::Kind;
    switch (dice.whole(0, 3)) {
        case 0: return {Kind::kConstant, median, 0, 0};
        case 1: return {Kind::kUniform, 0.5 * median, 1.5 * median, 0};
        case 2: return {Kind::kTriangular, 0.3 * median, median, 2 * median};
        default: return {Kind::kLognormal, median, dice.uniform(0.2, 1.0), 0};
    }
}

Input per_gram(const std::string& product, double grams, Criticality critical)
{
    Input input;
    input.product = product;
    input.grams_per_unit = grams;
    input.critical = critical;
    return input;
}

Input per_day(const std::string& product, double grams, Criticality critical)
{
    Input input;
    input.product = product;
    input.grams_per_day = grams;
    input.critical = critical;
    return input;
}

Criticality criticality(Dice& dice)
{
    return dice.one_of({Criticality::kMinor, Criticality::kCritical, Criticality::kImportant});
}

void add_regions(Scenario& s, Dice& dice)
{
    const int n = dice.whole(2, 5);
    for (int i = 0; i < n; ++i) {
        Region region;
        region.id = std::string("X") + static_cast<char>('A' + i) + static_cast<char>('A' + i);
        s.regions.push_back(region);
    }
    for (const auto& from : s.regions) {
        for (const auto& to : s.regions) {
            const bool home = from.id == to.id;
            s.lanes.push_back({from.id, to.id, home ? dice.whole(1, 3) : dice.whole(1, 40), 0});
        }
    }
}

void add_products(Scenario& s, Dice& dice)
{
    Product heavy{"magnet_heavy", "", "850511", dice.uniform(30, 90), "magnet", {{"Dy", 0.02}}, false};
    Product plain{"magnet_plain", "", "850511", dice.uniform(20, 60), "magnet", {}, true};
    Product oxide{"oxide", "", "284690", dice.uniform(100, 400), "oxide", {{"Dy", 0.7}}, false};
    s.products = {heavy, plain, oxide};
    Family magnets;
    magnets.id = "magnets";
    magnets.controlled = heavy.id;
    magnets.look_alike = plain.id;
    magnets.look_alike_share = dice.uniform(0.1, 0.5);
    magnets.sector_factor = {{"automotive", 0.75}, {"defense", 0.0}, {"other", 1.2}};
    if (dice.chance(0.5)) {  // a trade table with XAA as the main origin; otherwise shares follow capacity
        for (const auto& from : s.regions) {
            if (from.id != "XAA" && from.id != "XBB") continue;
            for (const auto& to : s.regions) {
                magnets.flows.push_back({from.id, to.id, dice.uniform(10, 400) * (from.id == "XAA" ? 3 : 1),
                                         dice.chance(0.2), {}});
            }
        }
    }
    s.families = {magnets};
}

void add_sellers(Scenario& s, Dice& dice)
{
    const auto producer = [&](const std::string& region, const std::string& makes) {
        Producer p;
        p.id = makes + "_" + region;
        p.region = region;
        p.makes = makes;
        p.firms = dice.whole(1, 5);
        p.utilisation = dice.uniform(0.5, 1.0);
        p.cover = cover(dice, dice.uniform(5, 40));
        p.finished_cover = dice.uniform(1, 12);
        p.size_log_sd = dice.uniform(0, 1.2);
        if (makes == "magnet_heavy") p.uses.push_back(per_gram("oxide", dice.uniform(0.01, 0.4), Criticality::kCritical));
        if (makes == "magnet_plain" && dice.chance(0.5)) p.uses.push_back(per_gram("oxide", 0.013, criticality(dice)));
        s.producers.push_back(p);
    };
    for (const char* region : {"XAA", "XBB"}) {
        for (const char* makes : {"magnet_heavy", "magnet_plain", "oxide"}) {
            if (std::string(region) == "XAA" || !s.families[0].flows.empty() || dice.chance(0.5)) producer(region, makes);
        }
    }
    if (dice.chance(0.6)) {
        s.exporters.push_back({"houses", "", "XAA", {"magnets"}, dice.whole(1, 4), dice.uniform(0.1, 0.9),
                               cover(dice, 10), dice.uniform(0, 1)});
    }
    for (const auto& region : s.regions) {
        if (!dice.chance(0.4)) continue;
        s.importers.push_back({"dealers_" + region.id, "", region.id, {"magnets"}, dice.whole(1, 3),
                               dice.uniform(0.1, 0.8), cover(dice, 20), dice.uniform(0, 1)});
    }
}

void add_buyers(Scenario& s, Dice& dice)
{
    for (const auto& region : s.regions) {
        const int n = dice.whole(1, 3);
        for (int i = 0; i < n; ++i) {
            Buyer b;
            b.sector = dice.one_of({Sector::kAutomotive, Sector::kDefense, Sector::kElectronics, Sector::kWind});
            b.id = std::string(sector_name(b.sector)) + "_" + region.id + "_" + std::to_string(i);
            b.region = region.id;
            b.firms = dice.whole(1, 7);
            b.uses.push_back(per_day("magnets", dice.uniform(2e4, 5e6), Criticality::kCritical));
            if (dice.chance(0.3)) b.uses.push_back(per_day("oxide", dice.uniform(1e3, 1e5), criticality(dice)));
            if (dice.chance(0.5)) {
                b.makes = "vehicle";
                b.output_per_day = dice.uniform(50, 5000);
            }
            b.cover = cover(dice, dice.uniform(10, 60));
            b.rated = b.sector == Sector::kDefense && dice.chance(0.7);
            b.size_log_sd = dice.uniform(0, 1.2);
            s.buyers.push_back(b);
        }
    }
}

void add_tariffs(Scenario& s, Dice& dice)
{
    const int n = dice.whole(0, 2);
    for (int t = 0; t < n; ++t) {
        Tariff tariff;
        tariff.id = "tariff_" + std::to_string(t);
        for (const auto& region : s.regions) {
            if (region.id != "XAA" && dice.chance(0.7)) tariff.importers.push_back(region.id);
        }
        tariff.origins = {"XAA"};
        if (dice.chance(0.5)) tariff.origins.push_back("XBB");
        const int layers = dice.whole(1, 3);
        for (int l = 0; l < layers; ++l) {
            TariffLayer layer{"layer_" + std::to_string(l), {}, dice.chance(0.5) ? dice.uniform(0, 0.2) : 0.0, {}};
            if (dice.chance(0.4)) layer.products = {dice.chance(0.5) ? "magnet_heavy" : "oxide"};
            int day = dice.whole(-10, 40);
            for (int i = dice.whole(0, 3); i > 0; --i, day += dice.whole(1, 50)) {
                layer.points.push_back({s.time.start + day, dice.uniform(0, 1.5)});
            }
            tariff.layers.push_back(layer);
        }
        s.tariffs.push_back(tariff);
    }
}

// Desks in series, further lists, priorities, listed entities, general licences, memory: each now and then.
void add_authority(Scenario& s, Licensing& l, Dice& dice)
{
    const Date from = l.from;
    if (dice.chance(0.5)) l.announced = from - dice.whole(0, 20);
    if (dice.chance(0.4)) l.lists = {{"later", {"magnet_plain"}, from + dice.whole(5, 60), {}, from + dice.whole(61, 150)}};
    for (int place = 1; place <= dice.whole(0, 2); ++place) {
        Stage stage;
        stage.id = "desk_" + std::to_string(place);
        stage.place = place;
        stage.throughput = l.throughput;
        stage.throughput.unlimited = dice.chance(0.5);
        stage.minimum_review_days = dice.whole(0, 5);
        stage.returned = dice.uniform(0, 0.2);
        l.stages.push_back(stage);
    }
    l.validity_days = dice.one_of({5, 30, 180});
    l.resubmit_at_most = dice.one_of({0, 0, 3});
    Posture free{"free", 1, 1, 0, 0, 0, false, false, true, false};
    Posture banned{"banned", 0, 0, 0.5, 0.6, 0, true, true, false, true};
    l.postures.push_back(free);
    l.postures.push_back(banned);
    for (Toward& toward : l.toward) {
        const int day = toward.changes.empty() ? 90 : toward.changes.back().date - s.time.start + 10;
        if (dice.chance(0.3)) toward.changes.push_back({s.time.start + day, dice.one_of<std::string>({"free", "banned"})});
        if (dice.chance(0.3)) toward.changes.push_back({s.time.start + day + 20, "routine"});
    }
    Priority large{"large", {}, {}, {}, {}, dice.uniform(0.2, 0.9), 1, {}, {}, 3, dice.chance(0.3)};
    if (dice.chance(0.5)) l.priorities = {large};
    EntityList listed{"listed", {s.buyers[0].id}, {}, dice.uniform(0.2, 1), EntityState::kNone,
                      {{from + 5, dice.one_of({EntityState::kBanned, EntityState::kWatch})}, {from + 40, EntityState::kSuspended}},
                      0.3, from + 20, from + 60};
    if (dice.chance(0.5)) l.entities = {listed};
    l.odds.documents = dice.one_of({0.0, 2.0});
    l.odds.history = dice.one_of({0.0, 2.0});
    l.general = {dice.chance(0.5), from, {}, dice.whole(0, 3), 60, dice.uniform(0.1, 1), dice.uniform(0.3, 1), 0.15};
    l.disclosure.discovers_defense = l.disclosure.discovers_route = dice.one_of({0.0, 0.1});
    for (auto& buyer : s.buyers) buyer.candour = {dice.uniform(0, 0.3), dice.uniform(0, 0.3), dice.uniform(0, 0.3)};
}

void add_licensing(Scenario& s, Dice& dice)
{
    Licensing l;
    l.id = "control";
    l.authority = "XAA";
    l.products = {"magnet_heavy"};
    if (dice.chance(0.4)) l.products.push_back("oxide");
    const int from = dice.whole(-5, 50);
    l.from = s.time.start + from;
    if (dice.chance(0.4)) l.until = l.from + dice.whole(20, 120);
    l.shipment_size = dice.uniform(1e3, 3e6);
    l.deadline_days = dice.whole(10, 45);
    l.deadline_mode = dice.one_of({DeadlineMode::kHard, DeadlineMode::kStopClock, DeadlineMode::kNone});
    l.minimum_review_days = dice.chance(0.5) ? dice.whole(1, 20) : 0;
    l.licence_lag_days = dice.whole(0, 6);
    l.declared_lot_days = dice.whole(0, 7);
    l.batch_days = dice.whole(0, 20);
    l.batch_cover = dice.uniform(0, 30);
    l.held_cap = dice.uniform(5, 90);
    l.throughput.mode = dice.one_of({ThroughputMode::kTonnage, ThroughputMode::kFiles});
    l.throughput.normalised_calendar = dice.chance(0.5);
    l.throughput.unlimited = dice.chance(0.2);
    l.throughput.files_per_reviewer_day = dice.uniform(0.2, 3);
    int day = from;
    for (int i = dice.whole(1, 4); i > 0; --i, day += dice.whole(5, 40)) {
        const double most = l.throughput.mode == ThroughputMode::kFiles ? 30 : 1.3;
        l.throughput.levels.push_back({s.time.start + day, dice.chance(0.3) ? 0.0 : dice.uniform(0, most)});
    }
    l.postures = {{"open", 1.5, 1, 0, 0}, {"routine", 1, 0.9, 0.6, 0.3}, {"slow", 0.3, 0.6, 0.8, 0.4},
                  {"suspended", 0, 0, 0.9, 0.6}};
    for (const auto& region : s.regions) {
        if (region.id == "XAA") continue;
        Toward toward{region.id, dice.one_of<std::string>({"open", "routine", "slow", "suspended"}), {}};
        int change = dice.whole(0, 80);
        for (int i = dice.whole(0, 3); i > 0; --i, change += dice.whole(1, 40)) {
            toward.changes.push_back(
                {s.time.start + change, dice.one_of<std::string>({"open", "routine", "slow", "suspended"})});
        }
        l.toward.push_back(toward);
    }
    l.defense = dice.one_of({EndUseRule::kCivil, EndUseRule::kHalf, EndUseRule::kRefuse});
    l.unknown = dice.one_of({EndUseRule::kCivil, EndUseRule::kHalf, EndUseRule::kRefuse});
    l.returned = dice.chance(0.6) ? dice.uniform(0, 0.4) : 0;
    l.resubmit_days = dice.whole(1, 15);
    l.resubmit = dice.one_of({0.0, 0.5, 1.0});
    l.customs_hold_days = dice.whole(1, 60);
    l.announcement_wait = dice.uniform(0, 60);
    add_authority(s, l, dice);
    s.licensing = {l};
}

Condition watch(Condition::Kind kind, const std::string& subject, double level, bool below, int window)
{
    Condition out;
    out.kind = kind;
    out.subject = subject;
    out.level = level;
    out.below = below;
    out.window = window;
    return out;
}

// A rule of every kind of condition: five raise flags, two of which another rule turns into postures.
void add_rule_of_each_kind(Scenario& s)
{
    using Kind = Condition::Kind;
    const Date start = s.time.start;
    s.flags = {{"short", {}, {}}, {"stalled", {}, {}}, {"dear", {}, {}}, {"agreed", {}, {}}, {"dated", start + 3, start + 50}};
    s.commitments = {{"statement", "both sides will suspend measures", "broad", start + 25, {"agreed"}}};
    const std::string far = s.licensing[0].toward.back().region;
    const auto raise = [](const std::string& id, Condition when, const std::string& flag, std::vector<RuleStep> restored) {
        return Rule{id, {std::move(when)}, "", "XAA", {"then", 1, {}, {}, {flag}, {}}, std::move(restored), 0};
    };
    Condition tariff = watch(Kind::kTariff, "tariff", 1.0, false, 0);
    tariff.hysteresis = 0.5;
    tariff.for_days = 2;
    Rule truce{"truce", {tariff}, "control", "XAA", {"then", 3, {"XBB"}, {"suspended"}, {}, {}},
               {{"ease", 0, {"XBB"}, {"slow"}, {}, {}}, {"normal", 10, {"XBB"}, {"routine"}, {}, {}}}, 2};
    Condition shortage = watch(Kind::kShortage, "", 0.005, false, 10);
    for (const auto& buyer : s.buyers) shortage.buyers.push_back(buyer.id);
    Condition granted = watch(Kind::kGranted, "control", 0.5, true, 20);
    for (const auto& toward : s.licensing[0].toward) granted.toward.push_back(toward.region);
    Condition dates;
    dates.from = start + 10;
    dates.until = start + 120;
    Rule both{"both", {watch(Kind::kFlag, "short", 0, false, 0), dates}, "control", "XAA",
              {"then", 2, {far}, {"slow"}, {}, {"agreed"}}, {{"back", 1, {far}, {"open"}, {"agreed"}, {}}}, 0};
    s.rules = {truce, raise("short", shortage, "short", {{"over", 4, {}, {}, {}, {"short"}}}),
               raise("stalled", granted, "stalled", {}), both};
    s.rules.push_back(raise("dear", watch(Kind::kPrice, "magnet_heavy", 1.02, false, 0), "dear", {}));
    Rule at_origin = raise("origin", watch(Kind::kPrice, "magnet_heavy", 0.99, true, 0), "dear", {});
    at_origin.when[0].origin = "XAA";
    s.rules.push_back(at_origin);
    s.tariffs[0].layers[0].announced = {{start + 2, start + 7, start + 7, 1.42}, {start + 30, start + 200, start + 120, 0.5}};
    s.behaviour.front_loading = 60;
}

void add_rules(Scenario& s, Dice& dice)
{
    if (s.tariffs.empty() || !dice.chance(0.7)) return;
    Condition tariff = watch(Condition::Kind::kTariff, s.tariffs[0].id, dice.uniform(0, 1), false, 0);
    tariff.for_days = dice.whole(0, 20);
    Rule rule{"rule", {tariff}, "control", "XAA", {"then", dice.whole(0, 10), {"XBB"}, {"suspended"}, {}, {}}, {}, 0};
    s.rules = {rule};
}

// Distributors serve no one in defense: a block needs other buyers at home to have anything to send on.
const Importer* reexporter(const Scenario& s)
{
    for (const Importer& importer : s.importers) {
        if (importer.region == "XAA" || s.regions.size() < 3) continue;
        for (const Buyer& buyer : s.buyers) {
            if (buyer.region == importer.region && buyer.sector != Sector::kDefense) return &importer;
        }
    }
    return nullptr;
}

Route random_route(const Scenario& s, const std::string& id, Dice& dice)
{
    Route r;
    r.id = id;
    r.from = "XAA";
    r.products = {"magnet_heavy"};
    r.delay_days = dice.whole(0, 30);
    r.ramp_days = dice.whole(0, 30);
    r.capacity = dice.uniform(1e3, 3e6);
    r.cost = dice.uniform(0, 0.3);
    r.scale = dice.uniform(0.05, 0.3);
    r.penalty = dice.uniform(0, 5);
    r.lot_size = dice.uniform(1e3, 3e5);
    r.lot_effect = dice.uniform(0, 1);
    r.detection = dice.chance(0.2) ? 0 : dice.uniform(0, 0.1);
    r.detection_volume = dice.uniform(0, 0.2);
    r.discovers = dice.chance(0.3);
    r.barred_days = dice.whole(0, 40);
    if (dice.chance(0.3)) r.transit_days = dice.whole(1, 50);
    for (const auto& region : s.regions) {
        if (region.id != "XAA" && dice.chance(0.7)) r.to.push_back(region.id);
    }
    return r;
}

void drop(std::vector<std::string>& ids, const std::string& id) { ids.erase(std::remove(ids.begin(), ids.end(), id), ids.end()); }

// Four in ten scenarios have routes, undeclared and from an importer where one can be.
void add_routes(Scenario& s, Dice& dice)
{
    if (!dice.chance(0.4)) return;
    Route undeclared = random_route(s, "smugglers", dice);
    if (dice.chance(0.5) && undeclared.to.size() > 1) {
        undeclared.via = undeclared.to.back();
        undeclared.to.pop_back();
        undeclared.declares_via = dice.chance(0.6);
    }
    if (!undeclared.to.empty()) s.routes.push_back(undeclared);
    if (const Importer* importer = reexporter(s)) {
        Route reexport = random_route(s, "dealers", dice);
        reexport.kind = RouteKind::kReexport;
        reexport.importer = importer->id;
        reexport.via = importer->region;
        reexport.declares_via = dice.chance(0.5);
        drop(reexport.to, reexport.via);
        if (!reexport.to.empty()) s.routes.push_back(reexport);
    }
    Enforcement set{"campaign", "XAA", s.time.start + dice.whole(-20, 100), true, dice.chance(0.7), dice.uniform(0, 0.3), {}};
    Enforcement times{"centre", "XAA", s.time.start + dice.whole(0, 140), true, true, {}, dice.uniform(0, 4)};
    s.enforcement = {set, times};
}

void set_behaviour(Scenario& s, Dice& dice)
{
    Behaviour& b = s.behaviour;
    b.review_days = dice.one_of({1, 3, 7, 14});
    b.demand_smoothing = dice.uniform(0, 0.2);
    b.lead_up = dice.uniform(0.004, 0.2);
    b.gap_share = dice.uniform(0.1, 1);
    b.cancellation = dice.one_of({0.0, 0.0, 0.05});
    b.order_cap = dice.one_of({0.0, 1.5, 2.0});
    b.share_adjustment = dice.uniform(0, 0.5);
    b.fixed_shares = dice.chance(0.2);
    b.demand = {dice.one_of({DemandPrice::kOutside, DemandPrice::kComposite, DemandPrice::kPaid}), dice.one_of({0.0, 30.0}),
                {dice.one_of({0.0, -0.2}), dice.one_of({1.0, 0.3})}, {}};
    b.dispatch_cap = dice.one_of({0.0, 1.1, 1.5});
    b.price_speed = dice.one_of({0.0, 0.05, 0.2});
    b.domestic_first = dice.chance(0.5);
    b.home_reserve = dice.one_of({0.0, 0.0, 0.3});
    b.rationing = dice.one_of({Rationing::kContracts, Rationing::kProportional, Rationing::kLargeAccounts, Rationing::kPrice});
    b.closures = dice.chance(0.7);
    b.season = {dice.chance(0.5), "XAA", 0.3, -0.5, -0.1};
    for (auto& region : s.regions) {
        if (region.id != "XAA" && !dice.chance(0.3)) continue;
        region.calendar = china_2025();
        region.has_calendar = true;
    }
    for (auto& lane : s.lanes) {
        if (dice.chance(0.5)) lane.noise_sd = dice.uniform(0.05, 0.4);
    }
    for (auto& buyer : s.buyers) buyer.growth = dice.one_of({0.0, 0.1, -0.2});
    b.conduct.catch_up = dice.one_of({0.0, 0.0, 0.5});
    b.conduct.catch_up_cap = dice.uniform(0.02, 0.2);
    b.conduct.precaution = dice.one_of({0.0, 0.0, 0.8});
    b.conduct.search = {dice.one_of({0, 0, 3}), dice.whole(0, 30), dice.whole(0, 60), {}};
    b.conduct.switching = {dice.one_of({0.0, 0.01}), dice.whole(0, 60), dice.uniform(0.1, 0.6)};
    b.conduct.substitution = {dice.one_of({0.0, 0.001}), dice.whole(0, 60), dice.uniform(0.1, 0.3)};
    for (auto& buyer : s.buyers) {
        if (dice.chance(0.2)) buyer.conduct.catch_up = dice.uniform(0, 1);
        buyer.conduct.working_days = dice.chance(0.2);
    }
    b.demand.noise = dice.one_of({0.0, 0.0, 0.1});
}

}  // namespace

WorkingCalendar china_2025()
{
    std::vector<Date> holidays;
    const auto add = [&](int month, int day, int last_month, int last_day) {
        for (Date d = Date::from_ymd(2025, month, day); d <= Date::from_ymd(2025, last_month, last_day); d = d + 1) {
            holidays.push_back(d);
        }
    };
    add(1, 1, 1, 1);
    add(1, 28, 2, 4);
    add(4, 4, 4, 6);
    add(5, 1, 5, 5);
    add(5, 31, 6, 2);
    add(10, 1, 10, 8);
    std::vector<Date> make_up;
    for (const auto& [month, day] : {std::pair(1, 26), {2, 8}, {4, 27}, {9, 28}, {10, 11}}) {
        make_up.push_back(Date::from_ymd(2025, month, day));
    }
    return {holidays, make_up, {Date::from_ymd(2025, 1, 29)}};
}

Scenario random_world(std::uint64_t seed)
{
    Dice dice(seed, "world");
    Scenario s;
    s.name = "random_" + std::to_string(seed);
    s.seed = seed;
    s.time = {Date::from_ymd(2025, 1, 1), 200};
    s.world.suppliers_min = 1;
    s.world.suppliers_max = dice.whole(1, 3);
    s.behaviour.demand.all.elasticity = 0;
    add_regions(s, dice);
    add_products(s, dice);
    add_sellers(s, dice);
    add_buyers(s, dice);
    return s;
}

Scenario random_scenario(std::uint64_t seed)
{
    Scenario s = random_world(seed);
    Dice dice(seed, "events");
    add_tariffs(s, dice);
    add_licensing(s, dice);
    add_rules(s, dice);
    set_behaviour(s, dice);
    Dice hidden(seed, "routes");  // dice of their own: the rest of a scenario does not depend on them
    add_routes(s, hidden);
    Dice more(seed, "shortage");
    s.behaviour.elsewhere_after = more.one_of({0.0, 14.0, 30.0});
    for (auto& licensing : s.licensing) licensing.use_first = more.one_of({0.0, 14.0, 30.0});
    return s;
}

Scenario busy_scenario()
{
    Scenario s = random_world(23);
    s.name = "busy";
    s.world.suppliers_max = 3;
    for (auto& lane : s.lanes) lane.noise_sd = 0.2;
    s.regions[0].calendar = china_2025();
    s.regions[0].has_calendar = true;
    s.exporters = {{"houses", "", "XAA", {"magnets"}, 3, 0.4, {}, 1.0}};
    s.importers = {{"dealers", "", "XBB", {"magnets"}, 2, 0.3, {FirmDistribution::Kind::kConstant, 20, 0, 0}, 1.0}};
    s.exporters[0].cover = {FirmDistribution::Kind::kLognormal, 10, 0.5, 0};
    s.tariffs = {{"tariff", {"XBB"}, {"XAA"}, {{"layer", {}, 0.03, {{s.time.start + 7, 1.45}, {s.time.start + 40, 0.3}}}}}};
    Dice dice(4, "events");
    add_licensing(s, dice);
    Licensing& l = s.licensing[0];
    l.from = s.time.start + 5;
    l.until.reset();
    l.throughput.unlimited = false;
    l.throughput.mode = ThroughputMode::kTonnage;
    l.throughput.levels = {{l.from, 0.8}};
    l.deadline_mode = DeadlineMode::kStopClock;
    l.minimum_review_days = 2;
    l.licence_lag_days = 2;
    l.batch_days = 7;
    l.batch_cover = 5;
    l.returned = 0.2;
    l.resubmit = 0.7;
    l.customs_hold_days = 20;
    l.defense = EndUseRule::kHalf;
    l.unknown = EndUseRule::kHalf;
    for (std::size_t i = 0; i < l.toward.size(); ++i) {
        l.toward[i] = {l.toward[i].region, i % 2 == 0 ? "routine" : "slow",
                       {{s.time.start + 30, i % 2 == 0 ? "open" : "routine"}}};
    }
    Behaviour& b = s.behaviour;
    b.demand = {DemandPrice::kPaid, 20, {-0.3, 0.7}, {}};
    b.season = {true, "XAA", 0.3, -0.5, -0.1};
    add_rule_of_each_kind(s);
    return s;
}

Scenario busy_with_routes()
{
    Scenario s = busy_scenario();
    s.name = "busy_with_routes";
    Dice dice(5, "routes");
    Route undeclared = random_route(s, "smugglers", dice);
    undeclared.delay_days = 1;
    undeclared.ramp_days = 10;
    undeclared.capacity = 2e6;
    undeclared.cost = undeclared.penalty = 0;
    undeclared.scale = 0.5;
    undeclared.lot_size = 2e3;
    undeclared.detection = 0.02;
    undeclared.barred_days = 10;
    undeclared.discovers = false;
    undeclared.transit_days = 3;
    undeclared.to.clear();
    for (const auto& region : s.regions) {
        if (region.id != "XAA") undeclared.to.push_back(region.id);
    }
    Route reexport = undeclared;
    reexport.id = "dealers";
    reexport.kind = RouteKind::kReexport;
    reexport.importer = "dealers";
    reexport.via = "XBB";
    reexport.declares_via = true;
    reexport.discovers = true;
    drop(reexport.to, "XBB");
    s.routes = {undeclared, reexport};
    s.enforcement = {{"campaign", "XAA", s.time.start + 25, true, true, {}, 2.0}};
    return s;
}

}  // namespace chokepoint::test
