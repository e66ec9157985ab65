#include "support/small_world.hpp"

namespace chokepoint::test {

using namespace scenario;

namespace {

FirmDistribution days(double cover) { return {FirmDistribution::Kind::kConstant, cover, 0, 0}; }

Input amount(const std::string& product, double grams_per_day)
{
    Input input;
    input.product = product;
    input.grams_per_day = grams_per_day;
    return input;
}

Buyer buyer(const std::string& id, Sector sector, const std::string& region, int firms, double grams_per_day)
{
    Buyer out;
    out.id = id;
    out.region = region;
    out.sector = sector;
    out.firms = firms;
    out.uses = {amount("magnet", grams_per_day)};
    out.cover = days(30);
    return out;
}

}  // namespace

Scenario small_world()
{
    Scenario s;
    s.name = "small_world";
    s.time = {core::Date::from_ymd(2025, 1, 1), 200};
    s.seed = 7;
    for (const char* id : {"XAA", "XBB", "XCC"}) {
        Region region;
        region.id = id;
        s.regions.push_back(region);
    }
    for (const auto& from : s.regions) {
        for (const auto& to : s.regions) {
            s.lanes.push_back({from.id, to.id, from.id == to.id ? 2 : (to.id == "XBB" ? 20 : 9), 0});
        }
    }
    Product magnet;
    magnet.id = "magnet";
    magnet.price = 50;
    magnet.elements = {{"Dy", 0.02}};
    Product oxide;
    oxide.id = "oxide";
    oxide.price = 250;
    s.products = {magnet, oxide};
    Producer maker;
    maker.id = "makers";
    maker.region = "XAA";
    maker.makes = "magnet";
    maker.firms = 6;
    maker.utilisation = 0.7;
    maker.cover = days(20);
    Input use;
    use.product = "oxide";
    use.grams_per_unit = 0.02;
    maker.uses = {use};
    Producer refiner;
    refiner.id = "refiners";
    refiner.region = "XAA";
    refiner.makes = "oxide";
    refiner.firms = 2;
    refiner.utilisation = 0.7;
    s.producers = {maker, refiner};
    Exporter house;
    house.id = "houses";
    house.region = "XAA";
    house.trades = {"magnet"};
    house.firms = 3;
    house.share = 0.4;
    house.cover = days(10);
    s.exporters = {house};
    Importer distributor;
    distributor.id = "distributors";
    distributor.region = "XBB";
    distributor.trades = {"magnet"};
    distributor.firms = 2;
    distributor.share = 0.3;
    distributor.cover = days(25);
    s.importers = {distributor};
    s.buyers = {buyer("auto_b", Sector::kAutomotive, "XBB", 8, 6e6), buyer("auto_c", Sector::kAutomotive, "XCC", 5, 4e6),
                buyer("defense_b", Sector::kDefense, "XBB", 3, 1e6)};
    s.behaviour.demand.all.elasticity = 0;
    return s;
}

Licensing& add_licensing(Scenario& scenario, int from_day)
{
    Licensing l;
    l.id = "control";
    l.authority = "XAA";
    l.products = {"magnet"};
    l.from = scenario.time.start + from_day;
    l.licence_lag_days = 0;
    l.declared_lot_days = 0;
    l.returned = 0;
    l.throughput.unlimited = true;
    l.defense = EndUseRule::kCivil;
    l.unknown = EndUseRule::kCivil;
    l.postures = {{"routine", 1, 1, 0, 0}, {"suspended", 0, 0, 0, 0.6}};
    l.toward = {{"XBB", "routine", {}}, {"XCC", "routine", {}}};
    l.throughput.levels = {{scenario.time.start + from_day, 1.0}};
    scenario.licensing.push_back(l);
    return scenario.licensing.back();
}

void add_tariff(Scenario& scenario, double base_rate, std::vector<std::pair<int, double>> rates)
{
    TariffLayer layer{"layer", {}, base_rate, {}, {}};
    for (const auto& [day, rate] : rates) layer.points.push_back({scenario.time.start + day, rate});
    scenario.tariffs.push_back({"xbb_on_xaa", {"XBB"}, {"XAA"}, {layer}});
}

Rule tariff_rule(double above, int for_days, const std::string& posture, int working_days)
{
    Condition condition;
    condition.kind = Condition::Kind::kTariff;
    condition.subject = "xbb_on_xaa";
    condition.level = above;
    condition.for_days = for_days;
    Rule rule;
    rule.id = "rule";
    rule.when = {condition};
    rule.licensing = "control";
    rule.by = "XAA";
    rule.then = {"then", working_days, {"XBB"}, {posture}, {}, {}};
    return rule;
}

}  // namespace chokepoint::test
