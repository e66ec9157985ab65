// Phase 7. Allocated goods are shipped, handed to the authority, or stopped by customs as look-alikes.
// Over a border a seller ships no more a day than a multiple of its base (times the season, which it
// planned for), and nothing while the border is closed. Clients won by their search come on top of that base.

#include "chokepoint/core/apportion.hpp"
#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "chokepoint/world/season.hpp"
#include "control.hpp"
#include "covert.hpp"
#include "ration.hpp"

#include <algorithm>
#include <climits>
#include <numeric>
#include <utility>
#include <vector>

namespace chokepoint::dynamics {

namespace {

using namespace world;

struct Carry {  // what a link sent beyond 32 bits
    std::uint16_t lane = 0;
    std::uint32_t grams = 0;  // [2^32 g]
    std::size_t cell = 0;
};

struct Scratch {
    std::vector<std::int64_t> ready, part, spot_ready, contract_part;
    std::vector<std::uint64_t> tie;
    std::vector<std::uint32_t> out;
    std::vector<double> rank;  // empty while all are equal
    RationScratch ration;
    std::vector<Carry>* carries = nullptr;           // of the block of rows
    std::vector<HandedIn>* handed_in = nullptr; // of the block of rows
};

// Goods go by air to a buyer whose stock covers less than so many days, unless it never holds more: on day 0 nothing flies.
bool flies(const Structure& structure, const State& state, std::uint32_t out)
{
    if (structure.lanes[structure.links.out_lane[out]].air_days == 0) return false;
    const std::uint32_t slot = structure.links.out_slot[out];
    const std::int64_t stock = state.slot.stock[slot];
    return stock < structure.base_stock(slot) &&
           static_cast<double>(stock) < structure.parameters.air_below * static_cast<double>(structure.slots.base_need[slot]);
}

void ship(const Structure& structure, State& state, std::uint32_t out, std::int64_t grams, Scratch& scratch)
{
    if (structure.parameters.instant_delivery) return;  // its buyer takes it from `allocated` today
    const std::uint16_t lane = structure.links.out_lane[out];
    std::size_t cell = state.transit.today_plane[lane] + structure.links.out_rank[out];
    if (!state.link.flown.empty() && flies(structure, state, out)) {
        cell = state.transit.air_plane[lane] + structure.links.out_rank[out];
        state.link.flown[out] += grams;
    }
    const std::uint32_t carry = state.link.transit[lane].add(cell, grams);
    if (carry != 0) scratch.carries->push_back({lane, carry, cell});
}

// Adds today's allocation to the batch and hands the batch in when it is full or old enough.
void collect_for_filing(const Structure& structure, State& state, std::uint32_t out, std::uint32_t border, int day,
                        Scratch& scratch)
{
    BorderState& b = state.border;
    const Control& control = structure.policy.controls[structure.border.control[border]];
    const std::int64_t goods = state.link.allocated[out];
    if (goods > 0) {
        if (b.unfiled[border] == 0) b.first_unfiled[border] = day;
        b.unfiled[border] += goods;
        state.link.allocated[out] = 0;
    }
    if (b.unfiled[border] == 0 || asks_no_more(structure, state, border, day)) return;
    const auto batch = static_cast<std::int64_t>(control.batch_cover * static_cast<double>(structure.border_base(border)));
    const std::int64_t whole = std::min(control.shipment_size, batch);
    const bool full = b.unfiled[border] >= whole - crumb_of(whole);
    if (!full && day - b.first_unfiled[border] < control.batch_days) return;
    scratch.handed_in->push_back({border, 0});
}

// Under a general licence goods cross as free ones do, as far as it reaches; a batch begun before is let go.
void use_general_licence(const Structure& structure, State& state, std::uint32_t out, std::uint32_t border)
{
    BorderState& b = state.border;
    const std::uint16_t control = structure.border.control[border];
    if (state.authority[control].needed[structure.border.product[border]] == 0) return;
    state.link.allocated[out] += b.unfiled[border];
    b.unfiled[border] = 0;
    const std::int64_t above = std::max<std::int64_t>(0, state.link.allocated[out] - b.general_left[border]);
    state.link.allocated[out] -= above;
    b.unfiled[border] = above;
    b.first_unfiled[border] = -1;
}

// Goods of a link that may cross the border today: free goods and licensed goods.
std::int64_t ready_to_cross(const State& state, std::uint32_t out, std::uint32_t border)
{
    std::int64_t goods = state.link.allocated[out];
    if (border != kNone) goods += state.border.licensed[border];
    return goods;
}

// Lots customs let go. They were within the limit of the day they were brought to the border, and are not counted again.
void send_released(const Structure& structure, State& state, std::uint32_t out, std::uint32_t border, Scratch& scratch)
{
    if (border == kNone) return;
    const std::int64_t released = std::exchange(state.border.released[border], 0);
    if (released == 0) return;
    state.border.customs[border] -= released;
    ship(structure, state, out, released, scratch);
}

// Goods that look controlled and are not, while controlled ones need a licence.
bool may_be_held(const Structure& structure, const State& state, std::uint32_t border)
{
    const std::uint16_t product = structure.border.product[border];
    const AuthorityState& authority = state.authority[structure.border.control[border]];
    return authority.licensing && structure.products[product].look_alike && authority.covered[product] == 0;
}

void cross(const Structure& structure, const StepContext& context, State& state, std::uint32_t firm,
           std::uint32_t out, std::int64_t allowed, Scratch& scratch)
{
    const std::uint32_t border = structure.links.out_border[out];
    BorderState& b = state.border;
    if (border != kNone) {  // what has waited longest goes first
        const std::int64_t licensed = std::min(allowed, b.licensed[border]);
        b.licensed[border] -= licensed;
        b.used[border] += licensed;
        if (licensed > 0) ship(structure, state, out, licensed, scratch);
        allowed -= licensed;
    }
    const std::int64_t goods = state.link.allocated[out];
    const std::int64_t back = goods - allowed;  // over the daily limit: stays with the seller
    state.firm.finished[firm] += back;
    if (!structure.parameters.backlog_dropped) state.firm.owed[firm] += back;
    state.link.backlog[out] += back;
    state.link.allocated[out] = allowed;
    if (allowed == 0) return;
    if (border != kNone && has_general_licence(state, border, context.day)) {
        b.general_left[border] = std::max<std::int64_t>(0, b.general_left[border] - allowed);
    }
    if (border != kNone && may_be_held(structure, state, border) &&
        context.random.uniform(core::Stream::kCustomsHold, structure.border_key(border), context.day) <
            posture_toward(structure, state, border).hold) {
        b.customs[border] += allowed;
        for (std::int64_t left = allowed; left > 0; left -= scratch.handed_in->back().held) {
            scratch.handed_in->push_back({border, static_cast<std::uint32_t>(std::min<std::int64_t>(left, UINT32_MAX))});
        }
        return;
    }
    ship(structure, state, out, allowed, scratch);
}

bool is_closed(const Structure& structure, const StepContext& context, std::uint32_t firm)
{
    const Parameters& parameters = structure.parameters;
    return structure.blocks[structure.firms.block[firm]].region == parameters.season_region &&
           parameters.closed[static_cast<std::size_t>(context.day)] != 0;
}

// Where the border is open.
std::int64_t daily_limit(const Structure& structure, const StepContext& context, std::uint32_t firm)
{
    const Parameters& parameters = structure.parameters;
    double season = 1.0;
    if (structure.blocks[structure.firms.block[firm]].region == parameters.season_region) {
        const auto called_until = [&](int day) {
            return season_sum(parameters.call_sum, parameters.season_first, day);
        };
        season = std::max(1.0, called_until(context.day) - called_until(context.day - 1));
    }
    if (parameters.dispatch_cap <= 0) return INT64_MAX;
    return static_cast<std::int64_t>(
        parameters.dispatch_cap * season * static_cast<double>(structure.firms.border_base[firm]) + 0.5);
}

// Who crosses under the daily limit: contracts before spot, inside each as what falls short is shared.
void share_limit(const Structure& structure, std::int64_t limit, Scratch& scratch)
{
    const std::size_t n = scratch.ready.size();
    const auto buys_spot = [&](std::uint32_t out) { return structure.links.out_tier[out] == static_cast<std::uint8_t>(Tier::kSpot); };
    scratch.spot_ready.assign(n, 0);
    bool any = false;
    for (std::size_t i = 0; i < n; ++i) {
        if (!buys_spot(scratch.out[i])) continue;
        std::swap(scratch.spot_ready[i], scratch.ready[i]);
        any = any || scratch.spot_ready[i] > 0;
    }
    ration(limit, scratch.ready, scratch.tie, scratch.rank, scratch.ration, scratch.part);
    if (!any) return;
    scratch.contract_part = scratch.part;
    limit -= std::accumulate(scratch.part.begin(), scratch.part.end(), std::int64_t{0});
    ration(limit, scratch.spot_ready, scratch.tie, scratch.rank, scratch.ration, scratch.part);
    for (std::size_t i = 0; i < n; ++i) scratch.part[i] += scratch.contract_part[i];
}

bool is_new_client(const Structure& structure, std::uint32_t out) { return structure.links.out_base[out] == 0; }

void send(const Structure& structure, const StepContext& context, State& state, std::uint32_t firm, Scratch& scratch)
{
    std::int64_t total = 0;
    const bool closed = is_closed(structure, context, firm);
    scratch.out.clear();
    for (std::uint32_t out = structure.firms.out_begin[firm]; out < structure.firms.out_begin[firm + 1]; ++out) {
        if (structure.links.out_abroad[out] == 0) {
            if (state.link.allocated[out] > 0) ship(structure, state, out, state.link.allocated[out], scratch);
            continue;
        }
        const std::uint32_t border = structure.links.out_border[out];
        if (border != kNone && structure.links.out_control[out] != kUncontrolled) {
            if (has_general_licence(state, border, context.day)) {
                use_general_licence(structure, state, out, border);
            } else if (needs_application(structure, state, border, context.day)) {
                collect_for_filing(structure, state, out, border, context.day, scratch);
            }
        }
        if (!closed) send_released(structure, state, out, border, scratch);
        const std::int64_t ready = ready_to_cross(state, out, border);
        if (ready == 0) continue;
        scratch.out.push_back(out);
        if (!is_new_client(structure, out)) total += ready;
    }
    if (scratch.out.empty()) return;
    const std::int64_t limit = closed ? 0 : daily_limit(structure, context, firm);
    const std::size_t n = scratch.out.size();
    if (total > limit) {
        scratch.ready.resize(n);
        scratch.part.resize(n);
        scratch.tie.resize(n);
        for (std::size_t i = 0; i < n; ++i) {
            const std::uint32_t out = scratch.out[i];
            scratch.ready[i] = is_new_client(structure, out) ? 0 : ready_to_cross(state, out, structure.links.out_border[out]);
            scratch.tie[i] = structure.links.out_key[out];
        }
        if (has_ranks(structure.parameters.rationing)) {
            scratch.rank.resize(n);
            for (std::size_t i = 0; i < n; ++i) scratch.rank[i] = rank_of(structure, state, firm, scratch.out[i]);
        }
        share_limit(structure, limit, scratch);
    }
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t out = scratch.out[i];
        const bool limited = is_new_client(structure, out) ? closed : total > limit;
        const std::int64_t allowed = !limited ? ready_to_cross(state, out, structure.links.out_border[out])
                                     : closed ? 0
                                              : scratch.part[i];
        cross(structure, context, state, firm, out, allowed, scratch);
    }
}

// What was not given out or may not leave today is off the books of both sides; each slot strikes its own links.
void drop_backlog(const Structure& structure, State& state)
{
    core::parallel_for(structure.n_slots(), kSlotGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t slot = begin; slot < end; ++slot) {
            for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
                state.slot.on_order[slot] -= std::exchange(state.link.backlog[structure.links.out[in]], 0);
            }
        }
    });
}

}  // namespace

void dispatch(const Structure& structure, const StepContext& context, State& state)
{
    std::fill(state.link.flown.begin(), state.link.flown.end(), 0);
    state.handed_in.resize((structure.n_firms() + kFirmGrain - 1) / kFirmGrain);
    std::vector<std::vector<Carry>> carries(structure.n_firms() / kFirmGrain + 1);
    core::parallel_for(structure.n_firms(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        Scratch scratch;
        scratch.carries = &carries[begin / kFirmGrain];
        scratch.handed_in = &state.handed_in[begin / kFirmGrain];
        for (std::size_t firm = begin; firm < end; ++firm) {
            send(structure, context, state, static_cast<std::uint32_t>(firm), scratch);
        }
    });
    for (const auto& block : carries) {  // may make room for high words, so not while others ship
        for (const Carry& carry : block) state.link.transit[carry.lane].raise(carry.cell, carry.grams);
    }
    if (structure.parameters.backlog_dropped) drop_backlog(structure, state);
    inspect_covert(structure, context, state);
}

}  // namespace chokepoint::dynamics
