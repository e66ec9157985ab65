#include "chokepoint/record/axes.hpp"

#include "source_acts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <climits>
#include <map>
#include <numeric>

namespace chokepoint::record {

const char* dim_name(Dim dim)
{
    switch (dim) {
        case Dim::kMember:
            return "member";
        case Dim::kQuantile:
            return "quantile";
        case Dim::kTime:
            return "time";
        case Dim::kWeek:
            return "week";
        case Dim::kMonth:
            return "month";
        case Dim::kBuyer:
            return "buyer";
        case Dim::kProduct:
            return "product";
        case Dim::kOrigin:
            return "origin";
        case Dim::kDestination:
            return "destination";
        case Dim::kRegion:
            return "region";
        case Dim::kControl:
            return "control";
        case Dim::kDesk:
            return "desk";
        case Dim::kEndUse:
            return "end_use";
        case Dim::kRoute:
            return "route";
        case Dim::kProducer:
            return "producer";
        case Dim::kStockpile:
            return "stockpile";
        case Dim::kSeller:
            return "seller";
        case Dim::kSource:
            return "source";
    }
    return "";
}

std::size_t Axes::size(Dim dim) const
{
    const int last = days - 1;
    switch (dim) {
        case Dim::kMember:
        case Dim::kQuantile:
            return 0;
        case Dim::kTime:
            return static_cast<std::size_t>(days);
        case Dim::kWeek:
            return days > 0 ? week_of(last) + 1 : 0;
        case Dim::kMonth:
            return days > 0 ? month_of(last) + 1 : 0;
        case Dim::kBuyer:
            return buyers.size();
        case Dim::kProduct:
            return products.size();
        case Dim::kOrigin:
            return origins.size();
        case Dim::kDestination:
        case Dim::kRegion:
            return regions.size();
        case Dim::kControl:
            return controls.size();
        case Dim::kDesk:
            return desks.size();
        case Dim::kEndUse:
            return end_uses.size();
        case Dim::kRoute:
            return routes.size();
        case Dim::kProducer:
            return producers.size();
        case Dim::kStockpile:
            return stockpiles.size();
        case Dim::kSeller:
            return sellers.size();
        case Dim::kSource:
            return sources.size();
    }
    return 0;
}

std::size_t Axes::month_of(int day) const
{
    const core::Date date = start + day;
    return static_cast<std::size_t>((date.year() - start.year()) * 12 + date.month() - start.month());
}

std::vector<int> Axes::first_days(Dim dim) const
{
    std::vector<int> out(size(dim));
    std::iota(out.begin(), out.end(), 0);
    if (dim == Dim::kWeek) {
        for (int& day : out) day *= 7;
    }
    if (dim == Dim::kMonth) {
        for (int day = days - 1; day >= 0; --day) out[month_of(day)] = day;
    }
    return out;
}

std::string Axes::fingerprint() const
{
    std::string out = start.to_string() + ' ' + std::to_string(days);
    const auto list = [&](const char* what, const auto& names, auto id) {
        out += '\n';
        out += what;
        for (const auto& name : names) out += ' ' + id(name);
    };
    const auto own_id = [](const auto& named) { return named.id; };
    const auto itself = [](const std::string& id) { return id; };
    list("buyer", buyers, own_id);
    list("product", products, own_id);
    list("region", regions, own_id);
    list("origin", origins, itself);
    list("control", controls, own_id);
    list("desk", desks, itself);
    list("route", routes, own_id);
    if (!producers.empty()) list("producer", producers, own_id);
    if (!stockpiles.empty()) list("stockpile", stockpiles, own_id);
    list("seller", sellers, own_id);
    list("source", sources, own_id);
    return out;
}

namespace {

// Titles by which readers tell the entries of an axis apart: one that stands twice, or none, goes with its id.
template <typename Entries>
void tell_apart(Entries& entries)
{
    std::map<std::string, int> count;
    for (const auto& one : entries) ++count[one.title];
    for (auto& one : entries) {
        if (one.title.empty())
            one.title = one.id;
        else if (count[one.title] > 1)
            one.title += " (" + one.id + ")";
    }
}

const char* role_name(world::Role role)
{
    switch (role) {
        case world::Role::kProducer: return "producer";
        case world::Role::kExporter: return "exporter";
        case world::Role::kImporter: return "importer";
        case world::Role::kBuyer: break;
    }
    return "buyer";
}

// As behaviour.demand.price of a scenario.
const char* price_name(world::DemandPrice price)
{
    switch (price) {
        case world::DemandPrice::kOutside: return "outside";
        case world::DemandPrice::kComposite: return "composite";
        case world::DemandPrice::kPaid: break;
    }
    return "paid";
}

ControlAxis control_axis(const world::Structure& structure, const world::Control& control)
{
    ControlAxis out{control.id, control.title, structure.regions[control.region].id,
                    (structure.start + control.from()).to_string(), {}, {}};
    if (control.defense == world::EndUsePolicy::kRefuse) out.refuses = "defense";
    if (control.unknown == world::EndUsePolicy::kRefuse) out.refuses += out.refuses.empty() ? "unknown" : ", unknown";
    for (const std::uint16_t row : control.initial_posture) out.postures.push_back(control.postures[row].id);
    return out;
}

void add_sellers(const world::Structure& structure, Axes& axes)
{
    for (const auto& block : structure.blocks) {
        if (block.role == world::Role::kBuyer) continue;
        axes.sellers.push_back({block.id, block.title, role_name(block.role), structure.regions[block.region].id,
                                block.product == world::kNone ? "" : structure.products[block.product].id});
    }
    const std::vector<double> base = source_base(structure);
    const std::vector<std::string> acts = source_acts(structure, base);
    for (std::size_t s = 0; s < structure.sources.size(); ++s) {
        const world::Source& source = structure.sources[s];
        const std::string& user = structure.blocks[structure.rows[source.row].block].id;
        const bool guarded = source.control != world::kUncontrolled;
        axes.sources.push_back({structure.blocks[source.seller].id + ">" + user,
                                guarded ? structure.policy.controls[source.control].id : "", acts[s], base[s]});
    }
}

ProducerAxis producer_axis(const world::Structure& structure, const world::BlockSupply& supply)
{
    const auto& block = structure.blocks[supply.block];
    const auto date = [&](int day) { return (structure.start + day).to_string(); };
    std::vector<std::string> outages, projects;
    for (const auto& outage : supply.outages)
        outages.push_back(fmt::format("{}: {:.6g} % from {}{}", outage.id, 100 * outage.share, date(outage.from),
                                      outage.until == INT_MAX ? "" : " until " + date(outage.until)));
    for (const auto& project : supply.projects)
        projects.push_back(fmt::format("{}: {:.6g} t/d from {} over {} d", project.id, project.share * supply.capacity0 / structure.per_million(), date(project.start), project.ramp));
    return {block.id, block.title, fmt::format("{}", fmt::join(outages, "; ")), fmt::format("{}", fmt::join(projects, "; "))};
}

}  // namespace

Axes axes_of(const world::Structure& structure)
{
    Axes axes;
    axes.start = structure.start;
    axes.days = structure.horizon;
    for (const auto& region : structure.regions) axes.regions.push_back({region.id, region.title});
    for (const auto& product : structure.products) axes.products.push_back({product.id, product.title});
    for (const auto region : structure.exports_of) axes.origins.push_back(structure.regions[region].id);
    for (const auto& control : structure.policy.controls) {
        axes.controls.push_back(control_axis(structure, control));
        for (const auto& stage : control.stages) axes.desks.push_back(control.id + "." + stage.id);
    }
    if (!axes.controls.empty()) axes.end_uses = {"civil", "defense", "unknown"};
    for (std::uint32_t r = 0; r < structure.covert.routes.size(); ++r) {
        const auto& route = structure.covert.routes[r];
        axes.routes.push_back({route.id, route.title, served_by_route(structure, r), steps_on_route(structure, r)});
    }
    for (const auto& stockpile : structure.stockpiles)
        axes.stockpiles.push_back({stockpile.id, stockpile.title, served_by_stockpile(structure, stockpile), ""});
    for (const auto& supply : structure.supply.blocks) axes.producers.push_back(producer_axis(structure, supply));
    add_sellers(structure, axes);
    for (const auto& block : structure.blocks) {
        if (block.role != world::Role::kBuyer) continue;
        std::int64_t base = 0;  // [milli-units/d]
        for (std::uint32_t i = 0; i < block.n_firms; ++i) {
            base += structure.firms.base_output[block.first_firm + i];
        }
        const bool counted = !block.unit.empty();
        axes.buyers.push_back({block.id, block.title, block.sector_name, structure.regions[block.region].id,
                               block.unit, block.rated, counted ? static_cast<double>(base) / 1000.0 : 0.0,
                               block.demand_elasticity == 0 ? "" : price_name(structure.parameters.demand_price)});
    }
    tell_apart(axes.buyers);
    tell_apart(axes.sellers);
    tell_apart(axes.producers);
    for (auto* named : {&axes.regions, &axes.products}) tell_apart(*named);
    for (auto* serving : {&axes.routes, &axes.stockpiles}) tell_apart(*serving);
    return axes;
}

}  // namespace chokepoint::record
