#include "source_acts.hpp"

#include "chokepoint/world/day_zero.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

namespace chokepoint::record {

namespace {

using namespace world;
using Names = std::vector<std::string>;

std::string joined(const Names& names) { return fmt::format("{}", fmt::join(names, ", ")); }
std::string joined(const std::set<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

std::size_t cell_of(const Structure& structure, const Source& source)
{
    const Row& row = structure.rows[source.row];
    return structure.duty_cell(structure.blocks[row.block].region, structure.blocks[source.seller].region, row.product);
}

// Layers of duty by cell; parts of a layer share its id.
std::vector<Names> duties_by_cell(const Structure& structure)
{
    std::vector<Names> out(structure.regions.size() * structure.regions.size() * structure.products.size());
    for (const DutyTariff& tariff : structure.policy.tariffs) {
        for (const DutyLayer& layer : tariff.layers) {
            const std::string name = "duty " + tariff.id + "." + layer.id;
            for (const std::uint32_t cell : layer.cells)
                if (out[cell].empty() || out[cell].back() != name) out[cell].push_back(name);
        }
    }
    return out;
}

// Lists of end users that stand in files for goods of a source.
std::vector<std::set<std::string>> entities_by_source(const Structure& structure)
{
    std::vector<std::set<std::string>> out(structure.sources.size());
    for (std::size_t b = 0; b < structure.n_border(); ++b) {
        const Control& control = structure.policy.controls[structure.border.control[b]];
        const std::uint16_t entity = control.classes[structure.border.klass[b]].entity;
        if (entity < control.entities.size()) out[structure.border.source[b]].insert("entities " + control.id + "." + control.entities[entity].id);
    }
    return out;
}

void add_control(const Structure& structure, const Control& control, std::uint32_t product, std::uint32_t destination, Names& out)
{
    const std::uint32_t like = structure.products[product].looks_like;
    for (const ControlListRow& list : control.lists) {
        if (list.covers[product] == 0 && (like == kNone || list.covers[like] == 0)) continue;
        out.push_back("control " + (list.id == control.id ? control.id : control.id + "." + list.id));
    }
    for (std::size_t s = 0; s < control.stages.size(); ++s)  // the last desk goes by the name of the measure
        out.push_back("throughput " + (s + 1 == control.stages.size() ? control.id : control.id + "." + control.stages[s].id));
    out.push_back("posture " + control.id + "." + structure.regions[destination].id);
}

}  // namespace

std::vector<double> source_base(const Structure& structure)
{
    std::vector<std::int64_t> grams(structure.sources.size(), 0);
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in)
            grams[structure.source_of(structure.slots.row[slot], structure.firms.block[structure.links.seller[in]])] += structure.base(in);
    }
    std::vector<double> out;
    for (const std::int64_t g : grams) out.push_back(static_cast<double>(g) / structure.per_million());
    return out;
}

std::vector<std::string> source_acts(const Structure& structure, const std::vector<double>& base)
{
    const auto duties = duties_by_cell(structure);
    const auto entities = entities_by_source(structure);
    std::vector<std::string> out;
    for (std::size_t s = 0; s < structure.sources.size(); ++s) {
        const Source& source = structure.sources[s];
        const Row& row = structure.rows[source.row];
        const std::uint32_t destination = structure.blocks[row.block].region;
        Names names;
        if (base[s] > 0) {
            if (structure.blocks[source.seller].region != destination) names = duties[cell_of(structure, source)];
            if (source.control != kUncontrolled) add_control(structure, structure.policy.controls[source.control], row.product, destination, names);
            names.insert(names.end(), entities[s].begin(), entities[s].end());
        }
        out.push_back(joined(names));
    }
    return out;
}

std::vector<std::int64_t> source_duty_at_start(const Structure& structure)
{
    const std::vector<std::int64_t> cells = duties_at_start(structure);
    std::vector<std::int64_t> out;
    for (const Source& source : structure.sources) out.push_back(cells.empty() ? 0 : cells[cell_of(structure, source)]);
    return out;
}

std::string served_by_route(const Structure& structure, std::uint32_t route)
{
    std::set<std::string> names;
    for (const Branch& branch : structure.covert.branches) {
        if (branch.route != route) continue;
        for (std::uint32_t u = branch.first_user; u < branch.first_user + branch.n_users; ++u) {
            const Row& row = structure.rows[structure.slots.row[structure.covert.user[u]]];
            names.insert(structure.blocks[row.block].id + " " + structure.products[row.product].id);
        }
    }
    return joined(names);
}

std::string served_by_stockpile(const Structure& structure, const StockpileRow& stockpile)
{
    std::set<std::string> names;
    for (const std::uint32_t slot : stockpile.user) {
        const Row& row = structure.rows[structure.slots.row[slot]];
        names.insert(structure.blocks[row.block].id + " " + structure.products[row.product].id);
    }
    return joined(names);
}

std::string steps_on_route(const Structure& structure, std::uint32_t route)
{
    const RouteRow& row = structure.covert.routes[route];
    std::set<std::string> names;
    for (const EnforcementRow& step : structure.policy.enforcement)
        if (step.region == row.from && (row.kind == RouteKind::kReexport ? step.reexport : step.undeclared)) names.insert(step.id);
    return joined(names);
}

}  // namespace chokepoint::record
