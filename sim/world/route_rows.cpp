#include "route_rows.hpp"

#include "chokepoint/core/random.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <map>
#include <tuple>

namespace chokepoint::world {

namespace {

using scenario::Scenario;

template <class Items>
std::uint32_t row_of(const Items& items, const std::string& id)
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
    return static_cast<std::uint32_t>(found - items.begin());
}

class RouteBuilder {
  public:
    RouteBuilder(const Scenario& scenario, Structure& structure)
        : scenario_(scenario), structure_(structure), covert_(structure.covert)
    {
    }

    void build()
    {
        if (scenario_.routes.empty()) return;
        count_base_flows();
        for (const auto& route : scenario_.routes) add_route(route);
        order_by_sender();
    }

  private:
    [[noreturn]] void fail(const scenario::Route& route, const std::string& key, std::string problem, std::string remedy) const
    {
        const std::string path = fmt::format("routes.{}.{}", route.id, key);
        const core::Location where = scenario_.origin ? scenario_.origin(path) : core::Location{};
        throw core::InputError(
            {{core::Diagnostic::Severity::kError, where, path, std::move(problem), std::move(remedy)}});
    }

    // Declared flow of day 0 by importer, origin and product, as duty cells are.
    void count_base_flows()
    {
        base_flow_.assign(structure_.regions.size() * structure_.regions.size() * structure_.products.size(), 0);
        for (std::size_t slot = 0; slot < structure_.n_slots(); ++slot) {
            const std::uint16_t product = structure_.slots.product[slot];
            for (std::uint32_t in = structure_.slots.link_begin[slot]; in < structure_.slots.link_begin[slot + 1]; ++in) {
                base_flow_[structure_.duty_cell(in, product)] += structure_.base(in);
            }
        }
    }

    void add_route(const scenario::Route& route)
    {
        const auto row = static_cast<std::uint32_t>(covert_.routes.size());
        const std::uint32_t from = row_of(structure_.regions, route.from);
        const auto first = covert_.branches.size();
        std::vector<std::uint32_t> products, destinations;
        for (const auto& id : route.products) products.push_back(row_of(structure_.products, id));
        for (const auto& id : route.to) destinations.push_back(row_of(structure_.regions, id));
        std::sort(products.begin(), products.end());
        std::sort(destinations.begin(), destinations.end());
        covert_.routes.push_back({route.id, route.title.empty() ? route.id : route.title,
                                  static_cast<RouteKind>(route.kind), from, INT_MAX});
        for (const std::uint32_t product : products) {
            for (const std::uint32_t destination : destinations) add_branch(route, row, product, destination);
        }
        if (covert_.branches.size() == first) {
            fail(route, "to", "no one there uses any of these products (goods would reach nobody)", "name other destinations or products");
        }
        share_capacity(route, first);
    }

    void add_branch(const scenario::Route& route, std::uint32_t row, std::uint32_t product, std::uint32_t destination)
    {
        Branch b;
        b.route = row;
        b.destination = destination;
        b.product = static_cast<std::uint16_t>(product);
        b.first_user = static_cast<std::uint32_t>(covert_.user.size());
        add_users(b);
        if (b.n_users == 0) return;
        const std::uint32_t from = covert_.routes[row].from;
        const std::uint32_t via = route.via.empty() ? kNone : row_of(structure_.regions, route.via);
        set_dates(route, from, b);
        b.duty_cell = static_cast<std::uint32_t>(structure_.duty_cell(destination, route.declares_via ? via : from, product));
        b.base_flow = static_cast<double>(base_flow_[structure_.duty_cell(destination, from, product)]);
        b.cost = route.cost;
        b.scale = route.scale;
        b.penalty = route.penalty;
        b.lot_size = std::max<std::int64_t>(1, std::llround(route.lot_size));
        b.detection = route.detection;
        b.detection_volume = route.detection_volume;
        b.lot_effect = route.lot_effect;
        b.reference_lot = kReferenceLot * static_cast<double>(structure_.counts_per_gram);
        b.discovers = route.discovers;
        b.barred = route.barred_days;
        b.transit = route.transit_days ? *route.transit_days : days_under_way(route, from, via, destination);
        b.ring = covert_.n_ring;
        covert_.n_ring += static_cast<std::uint32_t>(b.transit) + 1;
        add_edges(route, b);
        covert_.branches.push_back(b);
    }

    void set_dates(const scenario::Route& route, std::uint32_t from, Branch& b)
    {
        b.ramp = route.ramp_days;
        b.onset = INT_MAX;
        for (std::uint16_t c = 0; c < structure_.policy.controls.size(); ++c) {
            const Control& control = structure_.policy.controls[c];
            if (control.region != from || !control.lists_product(b.product)) continue;
            b.control = c;
            for (const ControlListRow& list : control.lists) {
                if (list.covers[b.product] != 0) b.onset = std::min(b.onset, list.from + route.delay_days);
            }
            if (route.onset) b.onset = *route.onset - structure_.start;
            break;
        }
        covert_.routes[b.route].opens = std::min(covert_.routes[b.route].opens, b.onset);
    }

    int lane_days(std::uint32_t from, std::uint32_t to) const
    {
        for (const Lane& lane : structure_.lanes) {
            if (lane.origin == from && lane.destination == to) return lane.days;
        }
        return 1;
    }

    // An importer abroad has the goods already; undeclared goods sail all the way.
    int days_under_way(const scenario::Route& route, std::uint32_t from, std::uint32_t via, std::uint32_t to) const
    {
        if (via == kNone) return lane_days(from, to);
        const int last = lane_days(via, to);
        return route.kind == scenario::RouteKind::kReexport ? last : lane_days(from, via) + last;
    }

    // Those who use a product up: traders would only hand it on.
    void add_users(Branch& b)
    {
        for (std::uint32_t slot = 0; slot < structure_.n_slots(); ++slot) {
            const std::uint32_t firm = structure_.slots.firm[slot];
            const Block& block = structure_.blocks[structure_.firms.block[firm]];
            if (block.region != b.destination || structure_.slots.product[slot] != b.product) continue;
            if (block.role != Role::kBuyer && block.role != Role::kProducer) continue;
            covert_.user.push_back(slot);
            covert_.user_key.push_back(structure_.slot_key(slot));
        }
        b.n_users = static_cast<std::uint32_t>(covert_.user.size()) - b.first_user;
    }

    bool sends(const scenario::Route& route, const Block& block, const Branch& b) const
    {
        if (block.product != b.product) return false;
        if (route.kind == scenario::RouteKind::kReexport) {
            return block.role == Role::kImporter &&
                   (block.id == route.importer || block.id == route.importer + ":" + structure_.products[b.product].id);
        }
        const bool seller = block.role == Role::kProducer || block.role == Role::kExporter;
        return seller && block.region == covert_.routes[b.route].from;
    }

    void add_edges(const scenario::Route& route, Branch& b)
    {
        b.first_edge = static_cast<std::uint32_t>(covert_.n_edges());
        const std::uint64_t name =
            core::entity_key(route.id + ">" + structure_.regions[b.destination].id);
        std::int64_t weight = 0;
        for (const Block& block : structure_.blocks) {
            if (!sends(route, block, b)) continue;
            for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
                covert_.edge_branch.push_back(static_cast<std::uint32_t>(covert_.branches.size()));
                covert_.edge_firm.push_back(firm);
                covert_.edge_weight.push_back(structure_.firms.base_output[firm]);
                covert_.edge_key.push_back(core::combine_keys(name, structure_.firms.key[firm]));
                weight += covert_.edge_weight.back();
            }
        }
        b.n_edges = static_cast<std::uint32_t>(covert_.n_edges()) - b.first_edge;
        if (weight == 0) {
            const bool reexport = route.kind == scenario::RouteKind::kReexport;
            fail(route, "products",
                 fmt::format("{} has no {} to send (its base flow is zero)", reexport ? route.importer : route.from, structure_.products[b.product].id),
                 reexport ? "name what passes through the importer block" : "name what the origin makes");
        }
    }

    // The capacity of the route over its branches: in proportion to declared flows, else to need.
    void share_capacity(const scenario::Route& route, std::size_t first)
    {
        double flow = 0, need = 0;
        std::vector<double> needs;
        for (std::size_t i = first; i < covert_.branches.size(); ++i) {
            const Branch& b = covert_.branches[i];
            flow += b.base_flow;
            needs.push_back(0);
            for (std::uint32_t u = b.first_user; u < b.first_user + b.n_users; ++u) {
                needs.back() += static_cast<double>(structure_.slots.base_need[covert_.user[u]]);
            }
            need += needs.back();
        }
        if (route.share && flow <= 0) {
            fail(route, "share", "the origin sends nothing to these destinations on day 0 (a share of nothing is nothing)", "give capacity: instead");
        }
        for (std::size_t i = first; i < covert_.branches.size(); ++i) {
            Branch& b = covert_.branches[i];
            b.capacity = route.share  ? *route.share * b.base_flow
                         : flow > 0 ? *route.capacity * (b.base_flow / flow)
                         : need > 0 ? *route.capacity * (needs[i - first] / need)
                                    : 0.0;
            // Where nothing was declared, what its users need is the volume that would show.
            if (b.base_flow <= 0) b.base_flow = std::max(1.0, needs[i - first]);
        }
    }

    void order_by_sender()
    {
        std::map<std::uint32_t, std::vector<std::uint32_t>> edges;
        for (std::uint32_t e = 0; e < covert_.n_edges(); ++e) edges[covert_.edge_firm[e]].push_back(e);
        covert_.sender_begin.push_back(0);
        for (const auto& [firm, rows] : edges) {
            covert_.sender.push_back(firm);
            covert_.sender_edge.insert(covert_.sender_edge.end(), rows.begin(), rows.end());
            covert_.sender_begin.push_back(static_cast<std::uint32_t>(covert_.sender_edge.size()));
        }
    }

    const Scenario& scenario_;
    Structure& structure_;
    Covert& covert_;
    std::vector<std::int64_t> base_flow_;  // [duty cells] [g/d]
};

}  // namespace

void add_enforcement(const Scenario& scenario, Structure& structure)
{
    auto& steps = structure.policy.enforcement;
    for (const auto& step : scenario.enforcement) {
        steps.push_back({step.from - structure.start, row_of(scenario.regions, step.by), step.by + "." + step.id,
                         step.undeclared, step.reexport, step.detection.value_or(-1), step.factor.value_or(1)});
    }
    std::sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return std::tie(a.day, a.id) < std::tie(b.day, b.id); });
}

void add_routes(const Scenario& scenario, Structure& structure) { RouteBuilder(scenario, structure).build(); }

void fill_covert(const Structure& structure, State& state)
{
    const Covert& covert = structure.covert;
    CovertState& c = state.covert;
    const std::size_t n = covert.branches.size();
    for (const Branch& branch : covert.branches) c.detection.push_back(branch.detection);
    c.volume.assign(n, 0.0);
    c.appetite.assign(n, 0.0);
    for (auto* grams : {&c.planned, &c.shipped, &c.seized, &c.arrived, &c.under_way}) grams->assign(n, 0);
    c.grams.assign(covert.n_ring, 0);
    c.value.assign(covert.n_ring, 0);
    for (auto* grams : {&c.asked, &c.taken, &c.passed}) grams->assign(covert.n_edges(), 0);
    c.barred_until.assign(covert.n_edges(), 0);
    c.found.assign(covert.n_edges(), -1);
    std::uint32_t longest = 0;
    for (const Branch& branch : covert.branches) longest = std::max({longest, branch.n_users, branch.n_edges});
    c.scratch.assign(longest, 0);
    c.part.assign(longest, 0);
}

}  // namespace chokepoint::world
