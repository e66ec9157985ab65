#include "bench_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace chokepoint::cli {

using namespace scenario;

namespace {

constexpr std::array kRegions{"XAA", "XBB", "XCC", "XDD", "XEE", "XFF", "XGG", "XHH"};
constexpr const char* kAuthority = "XAA";
const std::array<std::string, 2> kMagnets{"magnet_hre", "magnet_std"};

// Shares of all firms. The rest are buyers.
constexpr double kMakers = 0.08, kRefiners = 0.01, kHouses = 0.04, kDistributors = 0.07;
constexpr double kBuyers = 1 - kMakers - kRefiners - kHouses - kDistributors;
constexpr double kGramsPerFirm = 50e3;  // a buyer's daily need of both magnets [g/d]

int at_least_one(double count) { return std::max(1, static_cast<int>(count + 0.5)); }

FirmDistribution lognormal(double median, double log_sd)
{
    return {FirmDistribution::Kind::kLognormal, median, log_sd, 0};
}

void add_places(Scenario& s)
{
    // Weekends off and two closures of eight days, each around a new year.
    std::vector<core::Date> holidays,
        new_years{core::Date::from_ymd(2025, 1, 29), core::Date::from_ymd(2026, 2, 17)};
    for (const core::Date year : new_years) {
        for (int day = -1; day < 7; ++day) holidays.push_back(year + day);
    }
    for (const char* id : kRegions) {
        Region region;
        region.id = id;
        if (region.id == kAuthority) region.calendar = core::WorkingCalendar(holidays, {}, new_years);
        region.has_calendar = region.id == kAuthority;
        s.regions.push_back(region);
    }
    int days = 7;
    for (const char* from : kRegions) {
        for (const char* to : kRegions) {
            days = 7 + (days * 5 + 3) % 30;
            const bool home = std::string_view(from) == to;
            s.lanes.push_back({from, to, home ? 3 : days, home ? 0.0 : 0.1});
        }
    }
}

void add_products(Scenario& s)
{
    Product product;
    product.id = kMagnets[0];
    product.price = 75;
    product.elements = {{"Dy", 0.02}};
    s.products.push_back(product);
    product.id = kMagnets[1];
    product.price = 45;
    product.elements.clear();
    product.look_alike = true;
    s.products.push_back(product);
    product.id = "oxide";
    product.price = 250;
    product.elements = {{"Dy", 0.02}};
    product.look_alike = false;
    s.products.push_back(product);
}

void add_sellers(Scenario& s, double firms)
{
    const auto producer = [&](const std::string& id, const char* region, const std::string& makes,
                              double count) {
        Producer out;
        out.id = id;
        out.region = region;
        out.makes = makes;
        out.firms = at_least_one(count);
        out.utilisation = 0.8;
        out.cover = lognormal(20, 0.5);
        if (makes != "oxide") {
            Input use;
            use.product = "oxide";
            use.grams_per_unit = 0.02;
            out.uses = {use};
        }
        s.producers.push_back(out);
    };
    for (const std::string& magnet : kMagnets) {
        producer("home_" + magnet, kAuthority, magnet, firms * kMakers / 2 * 0.9);
        producer("abroad_" + magnet, "XBB", magnet, firms * kMakers / 2 * 0.1);
    }
    producer("refiners", kAuthority, "oxide", firms * kRefiners);
    Exporter houses;
    houses.id = "houses";
    houses.region = kAuthority;
    houses.trades.assign(kMagnets.begin(), kMagnets.end());
    houses.firms = at_least_one(firms * kHouses / 2);  // for each product
    houses.share = 0.5;
    houses.cover = lognormal(10, 0.3);
    s.exporters.push_back(houses);
    for (const char* region : kRegions) {
        if (std::string_view(region) == kAuthority) continue;
        Importer distributors;
        distributors.id = fmt::format("distributors_{}", region);
        distributors.region = region;
        distributors.trades = houses.trades;
        distributors.firms = at_least_one(firms * kDistributors / 2 / (kRegions.size() - 1));
        distributors.share = 0.3;
        distributors.cover = lognormal(30, 0.3);
        s.importers.push_back(distributors);
    }
}

void add_buyers(Scenario& s, double firms)
{
    struct Kind {
        const char* name;
        Sector sector;
        double share;
    };
    constexpr std::array kKinds{Kind{"auto", Sector::kAutomotive, 0.25},
                                Kind{"defense", Sector::kDefense, 0.1},
                                Kind{"industrial", Sector::kIndustrial, 0.65}};
    for (const char* region : kRegions) {
        for (const Kind& kind : kKinds) {
            Buyer buyer;
            buyer.id = fmt::format("{}_{}", kind.name, region);
            buyer.region = region;
            buyer.sector = kind.sector;
            buyer.firms = at_least_one(firms * kBuyers * kind.share / kRegions.size());
            buyer.cover = lognormal(28, 0.8);
            buyer.rated = kind.sector == Sector::kDefense;
            for (const std::string& magnet : kMagnets) {
                Input use;
                use.product = magnet;
                use.grams_per_day = kGramsPerFirm / 2 * buyer.firms;
                buyer.uses.push_back(use);
            }
            if (kind.sector == Sector::kAutomotive) {  // three inputs, so that links come to five a firm
                Input use;
                use.product = "oxide";
                use.grams_per_day = kGramsPerFirm / 50 * buyer.firms;
                buyer.uses.push_back(use);
            }
            s.buyers.push_back(buyer);
        }
    }
}

void add_policy(Scenario& s)
{
    const core::Date start = s.time.start;
    TariffLayer layer{"layer", {}, 0.02, {{start + 2, 1.0}, {start + 20, 0.3}}};
    TariffLayer second{"second", {kMagnets[1]}, 0.0, {{start + 10, 0.25}}};
    s.tariffs.push_back({"xbb_on_xaa", {"XBB", "XCC"}, {kAuthority}, {layer, second}});
    Licensing control;
    control.id = "control";
    control.authority = kAuthority;
    control.products = {kMagnets[0], "oxide"};
    control.from = start + 3;
    control.throughput.levels = {{start + 3, 0.5}, {start + 30, 0.8}};
    control.postures = {
        {"routine", 1, 0.99, 0.3, 0}, {"slow", 0.3, 0.99, 0.6, 0.3}, {"suspended", 0, 0, 0.9, 0.6}};
    for (const char* region : kRegions) {
        if (std::string_view(region) == kAuthority) continue;
        const bool first = std::string_view(region) == "XBB";
        control.toward.push_back(
            {region, first ? "suspended" : "routine",
             first ? std::vector<PostureChange>{{start + 25, "slow"}} : std::vector<PostureChange>{}});
    }
    s.licensing.push_back(control);
    s.behaviour.season = {true, kAuthority, 0.32, -0.53, -0.1};
    s.behaviour.demand = {scenario::DemandPrice::kPaid, 60, {-1, 0.01}, {}};
}

}  // namespace

Scenario bench_world(std::uint64_t firms, int days)
{
    Scenario s;
    s.name = "bench";
    s.time = {core::Date::from_ymd(2025, 1, 1), days};
    s.seed = 1;
    s.world = {1, 1, 2};
    add_places(s);
    add_products(s);
    add_sellers(s, static_cast<double>(firms));
    add_buyers(s, static_cast<double>(firms));
    add_policy(s);
    s.output.exports_of = {kAuthority};
    return s;
}

}  // namespace chokepoint::cli
