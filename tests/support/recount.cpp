#include "support/recount.hpp"

#include "chokepoint/core/random.hpp"
#include "chokepoint/world/season.hpp"

#include <algorithm>
#include <climits>
#include <cmath>

namespace chokepoint::test {

using namespace world;

namespace {

std::int64_t under_way(const Structure& structure, const State& state, std::size_t out)
{
    const std::uint16_t lane = structure.links.out_lane[out];
    const LaneGoods& goods = state.link.transit[lane];
    std::int64_t sum = 0;
    for (std::size_t cell = structure.links.out_rank[out]; cell < goods.low.size();
         cell += structure.lanes[lane].n_links) {
        sum += goods.at(cell);
    }
    return sum;
}

std::int64_t before_authority(const BorderState& border, std::size_t b)
{
    return border.unfiled[b] + border.filed[b] + border.given_back[b];
}

// What of a review's order has not been called off by the end of day j of its period. A link without
// season is called off in equal parts, the first ones larger by a gram; the others follow the season.
std::int64_t not_called_off(const Structure& structure, std::uint32_t in, std::int64_t order, int day, int j)
{
    const int review = structure.parameters.review_days;
    const int before = day - j - 1;
    const double total = days_called(structure, in, before, before + review);
    if (structure.links.season[in] != static_cast<std::uint8_t>(Seasonal::kFlat) && total != review && total > 0) {
        const double part = days_called(structure, in, before, day) / total;
        return order - static_cast<std::int64_t>(static_cast<double>(order) * part);
    }
    std::int64_t called = 0;
    for (int i = 0; i <= j; ++i) called += order / review + (i < order % review ? 1 : 0);
    return order - called;
}

bool trades(const Block& block) { return block.role == Role::kExporter || block.role == Role::kImporter; }

__extension__ using Wide = __int128;

// Half to even.
std::int64_t rounded(Wide exact, Wide unit)
{
    const Wide floor = exact / unit;
    const Wide twice = 2 * (exact - floor * unit);
    const bool up = twice > unit || (twice == unit && floor % 2 != 0);
    return static_cast<std::int64_t>(floor) + (up ? 1 : 0);
}

// grams x nano-dollars a gram x millionths to millionths of a dollar.
std::int64_t rounded_duty(std::int64_t grams, std::int64_t nano, std::int64_t ppm)
{
    return rounded(static_cast<Wide>(grams) * nano * ppm, 1'000'000'000);
}

bool names(const std::vector<std::string>& ids, const std::string& id)
{
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

std::vector<Goods> recount_goods(const Structure& structure, const State& state)
{
    std::vector<Goods> goods(structure.products.size());
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        goods[structure.slots.product[slot]].input_stock += state.slot.stock[slot];
    }
    for (std::size_t firm = 0; firm < structure.n_firms(); ++firm) {
        const Block& block = structure.blocks[structure.firms.block[firm]];
        if (block.product != kNone) goods[block.product].finished += state.firm.finished[firm];
    }
    for (std::size_t out = 0; out < structure.n_links(); ++out) {
        const std::uint32_t seller = structure.links.seller[structure.links.in[out]];
        const std::uint32_t product = structure.blocks[structure.firms.block[seller]].product;
        goods[product].transit += under_way(structure, state, out);
    }
    for (std::size_t b = 0; b < structure.n_border(); ++b) {
        const std::uint32_t product = structure.blocks[structure.firms.block[structure.links.seller[structure.links.in[structure.border.out[b]]]]].product;
        goods[product].held += before_authority(state.border, b);
        goods[product].licensed += state.border.licensed_wait[b] + state.border.licensed[b];
        goods[product].customs += state.border.customs[b];
    }
    for (const Branch& branch : structure.covert.branches) {
        for (int d = 0; d <= branch.transit; ++d) {
            goods[branch.product].covert += state.covert.grams[branch.ring + static_cast<std::size_t>(d)];
        }
    }
    for (std::size_t i = 0; i < structure.stockpiles.size(); ++i) {
        std::int64_t& sum = goods[structure.stockpiles[i].product].stockpiled;
        sum += state.stockpile[i].now.stock;
        for (const std::int64_t grams : state.stockpile[i].ring) sum += grams;
    }
    for (std::size_t p = 0; p < goods.size(); ++p) goods[p].seized = state.published.mass[p].seized;
    return goods;
}

std::vector<std::int64_t> net_output(const Structure& structure, const State& state)
{
    std::vector<std::int64_t> net(structure.products.size(), 0);
    for (std::size_t firm = 0; firm < structure.n_firms(); ++firm) {
        const Block& block = structure.blocks[structure.firms.block[firm]];
        if (block.role == Role::kProducer) net[block.product] += state.firm.output[firm];
    }
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        const Block& block = structure.blocks[structure.firms.block[structure.slots.firm[slot]]];
        if (!trades(block)) net[structure.slots.product[slot]] -= state.slot.use[slot];
    }
    return net;
}

std::vector<std::int64_t> recount_on_order(const Structure& structure, const State& state)
{
    const int review = structure.parameters.review_days;
    std::vector<std::int64_t> open(structure.n_slots(), 0);
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
            const std::uint32_t out = structure.links.out[in];
            // With instant delivery an order is called off from the day after it is placed, so one placed today is whole.
            const int today = (state.day + structure.links.out_phase[out] + review) % review - (structure.parameters.instant_delivery ? 1 : 0);
            open[slot] += not_called_off(structure, in, state.link.period_order[out], state.day, today) +
                          state.link.backlog[out] + under_way(structure, state, out);
            const std::uint32_t border = structure.links.border[in];
            if (border == kNone) continue;
            open[slot] += before_authority(state.border, border) + state.border.licensed_wait[border] +
                          state.border.licensed[border] + state.border.customs[border];
        }
    }
    return open;
}

std::string negative_bucket(const State& state)
{
    const auto negative = [](const std::vector<std::int64_t>& v) {
        return std::any_of(v.begin(), v.end(), [](std::int64_t x) { return x < 0; });
    };
    const auto& b = state.border;
    const std::pair<const char*, const std::vector<std::int64_t>*> buckets[] = {
        {"stock", &state.slot.stock},       {"on_order", &state.slot.on_order}, {"use", &state.slot.use},
        {"finished", &state.firm.finished}, {"output", &state.firm.output},     {"owed", &state.firm.owed},
        {"backlog", &state.link.backlog},   {"unfiled", &b.unfiled},
        {"filed", &b.filed},                {"licensed", &b.licensed},          {"licensed_wait", &b.licensed_wait},
        {"released", &b.released},          {"customs", &b.customs},            {"given_back", &b.given_back},
        {"covert", &state.covert.grams},    {"passed", &state.covert.passed},   {"seized", &state.covert.seized}};
    for (const auto& [name, values] : buckets) {
        if (negative(*values)) return name;
    }
    return {};
}

DutyLedger::DutyLedger(const scenario::Scenario& scenario, const Structure& structure, const State& day0)
    : scenario_(scenario), structure_(structure), buyer_of_(structure.n_links()), price_{day0.firm.price}
{
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
            buyer_of_[in] = structure.slots.firm[slot];
        }
    }
    for (std::size_t out = 0; out < structure.n_links(); ++out) {  // one base flow a day sailed before day 0
        const Lane& lane = structure.lanes[structure.links.out_lane[out]];
        for (int back = 1; back <= lane.days; ++back) enter(out, -back, structure.links.out_base[out]);
    }
}

int DutyLedger::arrival(const Lane& lane, int day) const
{
    if (day < 0 || lane.noise_sd <= 0) return day + lane.days;
    // Log-normal transit time, one draw per lane and day, at most 1.5 times the lane.
    const std::string name = structure_.regions[lane.origin].id + ">" + structure_.regions[lane.destination].id;
    const double z = core::Random(scenario_.seed, scenario_.member).normal(core::Stream::kTransit, core::entity_key(name), day);
    const int longest = static_cast<int>(std::ceil(1.5 * lane.days)) + 1;
    return day + std::clamp(static_cast<int>(std::lround(lane.days * std::exp(lane.noise_sd * z))), 1, longest);
}

int DutyLedger::ship_of_flight(const Lane& lane, int day) const
{
    int ship = day, soonest = INT_MAX;
    for (int d = day - static_cast<int>(std::ceil(1.5 * lane.days)) - 1; d <= day; ++d) {
        const int lands = arrival(lane, d);
        if (lands < day + lane.air_days || lands >= soonest) continue;
        soonest = lands;
        ship = d;
    }
    return ship;
}

void DutyLedger::enter(std::size_t out, int ship, std::int64_t grams)
{
    if (grams == 0) return;
    const int arrives = arrival(structure_.lanes[structure_.links.out_lane[out]], ship);
    arriving_[{arrives, ship, structure_.links.in[out]}] += grams;
}

std::int64_t DutyLedger::rate_ppm(const std::string& importer, const std::string& origin, const std::string& product,
                                  int day) const
{
    std::int64_t sum = 0;
    for (const auto& tariff : scenario_.tariffs) {
        if (importer == origin || !names(tariff.importers, importer) || !names(tariff.origins, origin)) continue;
        for (const auto& layer : tariff.layers) {
            if (!layer.products.empty() && !names(layer.products, product)) continue;
            double rate = layer.base_rate;
            for (const auto& point : layer.points) {
                if (point.date - scenario_.time.start <= day) rate = point.rate;
            }
            sum += std::llround(rate * 1e6);
        }
    }
    return sum;
}

// What passed on each edge, valued at its sender's price and rounded once.
void DutyLedger::send_covert(int day, const State& state)
{
    for (std::size_t e = 0; e < structure_.covert.n_edges(); ++e) {
        if (state.covert.passed[e] == 0) continue;
        const std::uint32_t b = structure_.covert.edge_branch[e];
        const auto nano = static_cast<std::int64_t>(price_.back()[structure_.covert.edge_firm[e]] * 1e6 + 0.5);
        Consignment& sent = covert_[{b, day + structure_.covert.branches[b].transit}];
        sent.grams += state.covert.passed[e];
        sent.value += rounded(static_cast<Wide>(state.covert.passed[e]) * nano, 1000);
    }
}

void DutyLedger::land_covert(int day, const State& state, std::vector<std::int64_t>& duty)
{
    for (const Entry& entry : state.covert.entries) {
        const Branch& branch = structure_.covert.branches[entry.branch];
        const Consignment& whole = covert_[{entry.branch, day}];
        const std::string& id = structure_.covert.routes[branch.route].id;
        const auto route = std::find_if(scenario_.routes.begin(), scenario_.routes.end(), [&](const auto& r) { return r.id == id; });
        const std::int64_t ppm = rate_ppm(structure_.regions[branch.destination].id, route->declares_via ? route->via : route->from,
                                          structure_.products[branch.product].id, day);
        duty[structure_.slots.firm[entry.slot]] += rounded_duty(entry.grams, rounded(static_cast<Wide>(whole.value) * 1000, whole.grams), ppm);
    }
    for (std::size_t b = 0; b < structure_.covert.branches.size(); ++b) {
        std::int64_t received = 0;
        for (const Entry& entry : state.covert.entries) received += entry.branch == b ? entry.grams : 0;
        const auto due = covert_.find({static_cast<std::uint32_t>(b), day});
        // A sum that differs shows as a duty no one paid.
        if (received != (due == covert_.end() ? 0 : due->second.grams)) duty.at(0) -= 1'000'000'000;
    }
}

std::vector<std::int64_t> DutyLedger::after(int day, const State& state)
{
    std::vector<std::int64_t> duty(structure_.n_firms(), 0);
    if (structure_.parameters.instant_delivery) {  // sent today, entered today
        for (std::uint32_t in = 0; in < structure_.n_links(); ++in) arriving_[{day, day, in}] += state.link.allocated[structure_.links.out[in]];
    }
    for (auto next = arriving_.begin(); next != arriving_.end() && std::get<0>(next->first) == day; next = arriving_.erase(next)) {
        const auto [arrives, ship, in] = next->first;
        const std::uint32_t seller = structure_.links.seller[in];
        const Block& from = structure_.blocks[structure_.firms.block[seller]];
        const Block& to = structure_.blocks[structure_.firms.block[buyer_of_[in]]];
        const std::int64_t ppm = rate_ppm(structure_.regions[to.region].id, structure_.regions[from.region].id,
                                          structure_.products[from.product].id, day);
        const auto nano = static_cast<std::int64_t>(price_[static_cast<std::size_t>(std::max(ship, 0))][seller] * 1e6 + 0.5);
        duty[buyer_of_[in]] += rounded_duty(next->second, nano, ppm);
    }
    land_covert(day, state, duty);
    send_covert(day, state);
    std::vector<int> with_ship(structure_.lanes.size(), day);
    for (std::size_t l = 0; l < structure_.lanes.size(); ++l) {
        if (structure_.lanes[l].air_days > 0) with_ship[l] = ship_of_flight(structure_.lanes[l], day);
    }
    for (std::size_t out = 0; !structure_.parameters.instant_delivery && out < structure_.n_links(); ++out) {
        const std::uint16_t l = structure_.links.out_lane[out];
        const std::int64_t flown = state.link.flown.empty() ? 0 : state.link.flown[out];
        const std::int64_t at_sea = state.link.transit[l].at(state.transit.today_plane[l] + structure_.links.out_rank[out]);
        enter(out, day, at_sea - (with_ship[l] == day ? flown : 0));
        enter(out, with_ship[l], flown);
    }
    price_.push_back(state.firm.price);
    return duty;
}

}  // namespace chokepoint::test
