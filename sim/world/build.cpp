#include "chokepoint/world/build.hpp"

#include "chokepoint/world/day_zero.hpp"
#include "border.hpp"
#include "candidates.hpp"
#include "canonical.hpp"
#include "conduct_rows.hpp"
#include "controlling.hpp"
#include "fineness.hpp"
#include "network.hpp"
#include "outside.hpp"
#include "policy_rows.hpp"
#include "route_rows.hpp"
#include "row_index.hpp"
#include "sources.hpp"
#include "stockpile_rows.hpp"
#include "supply_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <map>
#include <utility>

namespace chokepoint::world {

namespace {

using core::Stream;
using scenario::Scenario;

constexpr double kLongestTransit = 1.5;  // of the lane's days, however rough the noise

void fail(const Scenario& scenario, const std::string& key, std::string problem, std::string remedy)
{
    const core::Location where = scenario.origin ? scenario.origin(key) : core::Location{};
    throw core::InputError(
        {{core::Diagnostic::Severity::kError, where, key, std::move(problem), std::move(remedy)}});
}

void add_places(const Scenario& scenario, Structure& structure)
{
    structure.start = scenario.time.start;
    structure.horizon = scenario.time.horizon;
    std::map<std::string, std::uint32_t> regions;
    for (const auto& region : scenario.regions) {
        regions[region.id] = static_cast<std::uint32_t>(structure.regions.size());
        structure.regions.push_back({region.id, region.title.empty() ? region.id : region.title, region.calendar});
    }
    for (const auto& product : scenario.products) {
        structure.products.push_back(
            {product.id, product.title.empty() ? product.id : product.title, product.price, product.look_alike,
             core::entity_key(product.id), kNone});
    }
    const auto products = index_by_id(scenario.products);
    for (const auto& family : scenario.families) {
        if (!family.look_alike.empty()) structure.products[products.at(family.look_alike)].looks_like = products.at(family.controlled);
    }
    for (const auto& lane : scenario.lanes) {
        const int longest =
            lane.noise_sd > 0 ? static_cast<int>(std::ceil(kLongestTransit * lane.days)) + 1 : lane.days;
        structure.lanes.push_back({regions.at(lane.origin), regions.at(lane.destination), lane.days, lane.noise_sd,
                                   longest + 1, core::entity_key(lane.origin + ">" + lane.destination)});
        if (scenario.behaviour.instant_delivery) structure.lanes.back().days = structure.lanes.back().ring = 0;
        structure.lanes.back().air_days = lane.air_days;
        structure.lanes.back().freight = lane.freight;
    }
}

// Capacity of a firm is its base output times the block's slack.
double slack(const Scenario& scenario, const BlockPlan& plan, const PlannedBlock& planned, double per_tonne)
{
    if (planned.block.role != Role::kProducer) return -1;
    if (planned.capacity >= 0) {
        double activity = 0;
        for (const PlannedBlock& other : plan.blocks) activity += other.key == planned.key ? other.activity : 0;
        if (planned.capacity < activity * (1 - 1e-9)) {
            fail(scenario, planned.key + ".capacity",
                 fmt::format("capacity {:.3f} t/d is below the base flow of {:.3f} t/d (day 0 is a steady state)",
                             planned.capacity / per_tonne, activity / per_tonne),
                 fmt::format("write \"{:.0f} t/d\" or more", std::ceil(activity / per_tonne)));
        }
        return activity > 0 ? planned.capacity / activity : 1;
    }
    return planned.utilisation > 0 ? 1 / planned.utilisation : -1;
}

void add_firms(const Scenario& scenario, const BlockPlan& plan, const Network& network, const core::Random& random,
               Structure& structure)
{
    for (const auto& planned : plan.blocks) structure.blocks.push_back(planned.block);
    Firms& firms = structure.firms;
    firms.key = network.firm_key;
    firms.block = network.firm_block;
    firms.base_output = network.firm_output;
    const std::size_t n = firms.key.size();
    firms.capacity.resize(n);
    firms.finished_target.assign(n, 0);
    firms.border_base.assign(n, 0);
    firms.review_phase.resize(n);
    firms.seller_row.assign(n, kNone);
    firms.season_direct.assign(n, 0.0);
    firms.season_indirect.assign(n, 0.0);
    for (const auto& planned : plan.blocks) {
        const double factor = slack(scenario, plan, planned, structure.per_million());
        const Block& block = planned.block;
        for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
            const auto base = static_cast<double>(firms.base_output[firm]);
            firms.capacity[firm] = block.role == Role::kBuyer ? kUnlimited
                                   : factor < 0               ? kUnlimited
                                                              : std::llround(std::ceil(base * factor));
            if (block.product != kNone) {
                firms.seller_row[firm] = static_cast<std::uint32_t>(structure.n_sellers++);
            }
            if (block.role != Role::kBuyer) {
                firms.finished_target[firm] = std::llround(base * planned.finished_cover);
            }
            firms.review_phase[firm] = static_cast<std::uint8_t>(
                random.bits(Stream::kReviewDay, firms.key[firm]) %
                static_cast<std::uint64_t>(structure.parameters.review_days));
        }
    }
}

double draw_cover(const scenario::FirmDistribution& cover, const core::Random& random, std::uint64_t key)
{
    using Kind = scenario::FirmDistribution::Kind;
    switch (cover.kind) {
        case Kind::kConstant: return cover.a;
        case Kind::kLognormal: return cover.a * std::exp(cover.b * random.normal(Stream::kCover, key));
        case Kind::kUniform: return cover.a + (cover.b - cover.a) * random.uniform(Stream::kCover, key);
        case Kind::kTriangular: break;
    }
    const double u = random.uniform(Stream::kCover, key);
    const double split = (cover.b - cover.a) / (cover.c - cover.a);
    return u < split ? cover.a + std::sqrt(u * (cover.c - cover.a) * (cover.b - cover.a))
                     : cover.c - std::sqrt((1 - u) * (cover.c - cover.a) * (cover.c - cover.b));
}

// What is received after use waits for the next day; orders that follow use itself need no target for that.
double least_cover(const Parameters& parameters) { return parameters.instant_delivery && !parameters.output_forecast ? 1 : 0; }

void add_slots(const BlockPlan& plan, const Network& network, const core::Random& random, Structure& structure)
{
    Slots& slots = structure.slots;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> row_of;
    for (const PlannedInput& input : plan.inputs) {
        row_of[{input.block, input.product}] = static_cast<std::uint32_t>(structure.rows.size());
        structure.rows.push_back({input.block, input.product});
    }
    const std::size_t n = network.slots.size();
    for (auto* rows : {&slots.firm, &slots.row}) rows->reserve(n);
    slots.base_need.reserve(n);
    slots.product.reserve(n);
    slots.part.reserve(n);
    slots.critical.reserve(n);
    slots.cover.reserve(n);
    structure.firms.slot_begin.assign(structure.n_firms() + 1, 0);
    for (const RawSlot& raw : network.slots) {
        const std::uint32_t block = structure.firms.block[raw.firm];
        slots.firm.push_back(raw.firm);
        slots.row.push_back(row_of.at({block, raw.product}));
        slots.product.push_back(static_cast<std::uint16_t>(raw.product));
        slots.part.push_back(static_cast<std::uint16_t>(raw.part));
        slots.critical.push_back(static_cast<std::uint8_t>(raw.critical));
        slots.base_need.push_back(raw.need);
        // One draw per firm: a firm that keeps little stock keeps little of everything. Kinds of part differ.
        std::uint64_t key = structure.firms.key[raw.firm];
        if (parts_of(plan.blocks[block], raw.critical) > 1)
            key = input_key(key, structure.products[raw.product].key, raw.part);
        const auto& own = plan.inputs[slots.row.back()].cover;
        const double cover = draw_cover(own ? *own : plan.blocks[block].cover, random, key);
        slots.cover.push_back(std::max(cover, least_cover(structure.parameters)));
        ++structure.firms.slot_begin[raw.firm + 1];
        if (structure.firms.base_output[raw.firm] == 0) structure.firms.base_output[raw.firm] = 1;
    }
    for (std::size_t i = 1; i <= structure.n_firms(); ++i) {
        structure.firms.slot_begin[i] += structure.firms.slot_begin[i - 1];
    }
}

void add_links(const Network& network, Structure& structure)
{
    Links& links = structure.links;
    const Firms& firms = structure.firms;
    const std::size_t n_regions = structure.regions.size();
    std::vector<std::uint16_t> lane_of(n_regions * n_regions, 0);
    for (std::size_t i = 0; i < structure.lanes.size(); ++i) {
        Lane& lane = structure.lanes[i];
        lane_of[lane.origin * n_regions + lane.destination] = static_cast<std::uint16_t>(i);
        lane.duty_row = static_cast<std::uint32_t>(structure.duty_cell(lane.destination, lane.origin, 0));
    }
    links.seller.reserve(network.links.size());
    links.lane.reserve(network.links.size());
    structure.slots.link_begin.assign(structure.n_slots() + 1, 0);
    std::size_t slot = 0;
    for (const RawLink& raw : network.links) {  // sorted as the slots are
        while (structure.slots.firm[slot] != raw.buyer || structure.slots.product[slot] != raw.product ||
               structure.slots.part[slot] != raw.part) {
            ++slot;
        }
        ++structure.slots.link_begin[slot + 1];
        const std::uint32_t to = structure.blocks[firms.block[raw.buyer]].region;
        const std::uint32_t from = structure.blocks[firms.block[raw.seller]].region;
        links.seller.push_back(raw.seller);
        links.lane.push_back(lane_of[from * n_regions + to]);
    }
    for (std::size_t i = 1; i <= structure.n_slots(); ++i) {
        structure.slots.link_begin[i] += structure.slots.link_begin[i - 1];
    }
    links.border.assign(links.seller.size(), kNone);
    links.season.assign(links.seller.size(), 0);
    links.out_season.assign(links.seller.size(), 0);
}

// Rated orders count in their own country alone; a trading house buys for clients abroad.
Tier tier_between(const Block& from, const Block& to, bool spot)
{
    const bool home = from.region == to.region;
    if (home && to.rated) return Tier::kRated;
    if (home && to.role != Role::kExporter) return spot ? Tier::kHomeSpot : Tier::kHome;
    return spot ? Tier::kSpot : Tier::kContract;
}

// Seller order: rows of a seller contiguous, by buyer within.
void order_by_seller(const BlockPlan& plan, const Network& network, const core::Random& random, Structure& structure)
{
    Links& links = structure.links;
    Firms& firms = structure.firms;
    const std::size_t n = links.seller.size();
    firms.out_begin.assign(structure.n_firms() + 1, 0);
    for (const std::uint32_t seller : links.seller) ++firms.out_begin[seller + 1];
    for (std::size_t i = 1; i <= structure.n_firms(); ++i) firms.out_begin[i] += firms.out_begin[i - 1];
    std::vector<std::uint32_t> next(firms.out_begin.begin(), firms.out_begin.end() - 1);
    links.out.resize(n);
    links.in.resize(n);
    for (std::uint32_t in = 0; in < n; ++in) {
        const std::uint32_t out = next[links.seller[in]]++;
        links.out[in] = out;
        links.in[out] = in;
    }
    links.out_lane.resize(n);
    links.out_phase.resize(n);
    links.out_tier.resize(n);
    links.out_abroad.resize(n);
    links.out_base.resize(n);
    links.out_border.assign(n, kNone);
    links.out_control.assign(n, kUncontrolled);
    links.out_rank.resize(n);
    links.out_key.resize(n);
    links.rank.resize(n);
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        const std::uint32_t buyer = structure.slots.firm[slot];
        const Block& to = structure.blocks[firms.block[buyer]];
        const bool spot = random.uniform(Stream::kSpot, firms.key[buyer]) < plan.blocks[firms.block[buyer]].spot;
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
            const std::uint32_t out = links.out[in];
            const Block& from = structure.blocks[firms.block[links.seller[in]]];
            const bool home = from.region == to.region;
            links.out_lane[out] = links.lane[in];
            links.out_phase[out] = firms.review_phase[buyer];
            links.out_abroad[out] = home ? 0 : 1;
            links.out_base[out] = network.links[in].base;
            links.out_key[out] = structure.link_key(slot, in);
            // Whoever was found in search has no contract.
            links.out_tier[out] = static_cast<std::uint8_t>(tier_between(from, to, spot || network.links[in].base == 0));
            if (!home) firms.border_base[links.seller[in]] += links.out_base[out];
        }
    }
    for (std::size_t out = 0; out < n; ++out) {
        links.out_rank[out] = structure.lanes[links.out_lane[out]].n_links++;
        links.rank[links.in[out]] = links.out_rank[out];
    }
}

// What a seller's client takes in all its kinds of part: rows of a client are neighbours.
void add_accounts(Structure& structure)
{
    if (structure.parameters.rationing != Rationing::kLargeAccounts) return;
    Links& links = structure.links;
    std::vector<std::uint32_t> buyer(structure.n_links());  // seller order
    for (std::uint32_t slot = 0; slot < structure.n_slots(); ++slot) {
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
            buyer[links.out[in]] = structure.slots.firm[slot];
        }
    }
    links.out_account.assign(buyer.size(), 0);
    for (std::uint32_t seller = 0; seller < structure.n_firms(); ++seller) {
        const std::uint32_t end = structure.firms.out_begin[seller + 1];
        for (std::uint32_t first = structure.firms.out_begin[seller], last = first; first < end; first = last) {
            std::int64_t sum = 0;
            while (last < end && buyer[last] == buyer[first]) sum += links.out_base[last++];
            for (std::uint32_t out = first; out < last; ++out) links.out_account[out] = sum;
        }
    }
}

// How much of each firm's input follows the season of the export origin, straight or through importers.
void add_season_exposure(Structure& structure)
{
    if (structure.parameters.use_sum.empty()) return;
    const std::uint32_t origin = structure.parameters.season_region;
    Firms& firms = structure.firms;
    Links& links = structure.links;
    const auto walk = [&](auto visit) {
        for (std::uint32_t slot = 0; slot < structure.n_slots(); ++slot) {
            for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1];
                 ++in) {
                visit(structure.slots.firm[slot], in, structure.blocks[firms.block[structure.slots.firm[slot]]],
                      structure.blocks[firms.block[links.seller[in]]]);
            }
        }
    };
    std::vector<double> total(structure.n_firms(), 0.0);
    walk([&](std::uint32_t firm, std::uint32_t in, const Block& to, const Block& from) {
        total[firm] += static_cast<double>(structure.base(in));
        const bool abroad = from.region == origin && to.region != origin && to.role != Role::kProducer;
        const bool house = from.region == origin && to.role == Role::kExporter;
        if (abroad || house) links.season[in] = static_cast<std::uint8_t>(Seasonal::kDirect);
        if (abroad) firms.season_direct[firm] += static_cast<double>(structure.base(in));
    });
    for (std::size_t firm = 0; firm < total.size(); ++firm) {
        if (total[firm] > 0) firms.season_direct[firm] /= total[firm];
    }
    walk([&](std::uint32_t firm, std::uint32_t in, const Block&, const Block& from) {
        if (from.role != Role::kImporter) return;
        links.season[in] = static_cast<std::uint8_t>(Seasonal::kIndirect);
        firms.season_indirect[firm] +=
            static_cast<double>(structure.base(in)) / total[firm] * firms.season_direct[links.seller[in]];
    });
    for (std::size_t out = 0; out < links.in.size(); ++out) links.out_season[out] = links.season[links.in[out]];
}

// Who has goods flown is asked at dispatch, in seller order.
void add_flights(Structure& structure)
{
    const auto flies = [](const Lane& lane) { return lane.air_days > 0; };
    if (std::none_of(structure.lanes.begin(), structure.lanes.end(), flies)) return;
    structure.links.out_slot.resize(structure.n_links());
    for (std::uint32_t slot = 0; slot < structure.n_slots(); ++slot) {
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
            structure.links.out_slot[structure.links.out[in]] = slot;
        }
    }
}

void add_exports_of(const Scenario& scenario, Structure& structure)
{
    std::vector<std::string> ids = scenario.output.exports_of;
    if (ids.empty()) {
        for (const auto& licensing : scenario.licensing) ids.push_back(licensing.authority);
    }
    if (ids.empty()) {
        std::vector<double> exported(structure.regions.size(), 0.0);
        for (std::size_t out = 0; out < structure.n_links(); ++out) {
            if (structure.links.out_abroad[out] == 0) continue;
            const std::uint32_t seller = structure.links.seller[structure.links.in[out]];
            exported[structure.blocks[structure.firms.block[seller]].region] +=
                static_cast<double>(structure.links.out_base[out]);
        }
        const auto largest = std::max_element(exported.begin(), exported.end());
        if (largest != exported.end()) {
            ids.push_back(structure.regions[static_cast<std::size_t>(largest - exported.begin())].id);
        }
    }
    for (std::uint32_t r = 0; r < structure.regions.size(); ++r) {
        if (std::find(ids.begin(), ids.end(), structure.regions[r].id) != ids.end()) {
            structure.exports_of.push_back(r);
        }
    }
}

void add_export_links(Structure& structure)
{
    std::vector<std::uint32_t> row_of(structure.regions.size(), kNone);
    for (std::uint32_t e = 0; e < structure.exports_of.size(); ++e) row_of[structure.exports_of[e]] = e;
    for (std::uint32_t out = 0; out < structure.n_links(); ++out) {
        if (structure.links.out_abroad[out] == 0) continue;
        const Lane& lane = structure.lanes[structure.links.out_lane[out]];
        if (row_of[lane.origin] == kNone) continue;
        const std::uint32_t seller = structure.links.seller[structure.links.in[out]];
        const std::uint32_t product = structure.blocks[structure.firms.block[seller]].product;
        const std::size_t cell =
            (row_of[lane.origin] * structure.regions.size() + lane.destination) * structure.products.size() + product;
        structure.export_links.push_back({out, static_cast<std::uint32_t>(cell)});
    }
    structure.export_links.shrink_to_fit();
}

}  // namespace

Structure build_structure(const Scenario& given)
{
    Scenario scenario = canonical(given);
    BlockPlan plan = plan_blocks(scenario);
    Structure structure;
    structure.counts_per_gram = counts_per_gram(scenario, plan);
    if (structure.counts_per_gram > 1) {
        scenario = in_counts(std::move(scenario), structure.counts_per_gram);
        plan = plan_blocks(scenario);
    }
    const core::Random random(scenario.seed, scenario.member);
    add_places(scenario, structure);
    add_policy(scenario, structure);
    structure.flow_residual = plan.residual;
    Network network =
        make_network(plan, random, scenario.world.suppliers_min, scenario.world.suppliers_max);
    add_firms(scenario, plan, network, random, structure);
    find_controlling(structure);
    add_candidates(scenario, plan, structure.controlling, random, network);
    add_supply(scenario, plan, structure);
    add_slots(plan, network, random, structure);
    add_conduct(scenario, structure);
    add_links(network, structure);
    order_by_seller(plan, network, random, structure);
    add_accounts(structure);
    count_candidates(structure);
    add_flights(structure);
    add_sources(structure);
    add_border(scenario, random, structure);
    add_season_exposure(structure);
    add_exports_of(scenario, structure);
    add_rules(scenario, structure);
    add_export_links(structure);
    find_outside(structure);
    add_routes(scenario, structure);
    add_stockpiles(scenario, plan, structure);
    return structure;
}

}  // namespace chokepoint::world
