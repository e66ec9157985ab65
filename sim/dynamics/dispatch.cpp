// Phase 7. Allocated goods are shipped, handed to the authority, or stopped by customs as look-alikes.
// Over a border a seller ships no more a day than a multiple of its base (times the season, which it
// planned for), and nothing while the border is closed.

#include "chokepoint/core/apportion.hpp"
#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "chokepoint/world/season.hpp"
#include "control.hpp"
#include "covert.hpp"

#include <algorithm>
#include <climits>
#include <vector>

namespace chokepoint::dynamics {

namespace {

using namespace world;

struct Scratch {
    std::vector<std::int64_t> ready, part;
    std::vector<std::uint64_t> tie;
    std::vector<std::uint32_t> out;
};

void ship(const Structure& structure, State& state, std::uint32_t out, std::int64_t grams)
{
    const std::uint64_t plane = state.transit.today_plane[structure.links.out_lane[out]];
    state.link.transit[plane + structure.links.out_rank[out]] += grams;
}

// Adds today's allocation to the batch and hands the batch in when it is full or old enough.
void collect_for_filing(const Structure& structure, State& state, std::uint32_t out, std::uint32_t border, int day)
{
    BorderState& b = state.border;
    const Control& control = structure.policy.controls[structure.border.control[border]];
    const std::int64_t goods = state.link.allocated[out];
    if (goods > 0) {
        if (b.unfiled[border] == 0) b.first_unfiled[border] = day;
        b.unfiled[border] += goods;
        state.link.allocated[out] = 0;
    }
    if (b.unfiled[border] == 0 || day < b.refile_after[border]) return;
    const auto batch = static_cast<std::int64_t>(control.batch_cover * static_cast<double>(structure.border.base[border]));
    const bool full = b.unfiled[border] >= std::min(control.shipment_size, batch);
    if (full || day - b.first_unfiled[border] >= control.batch_days) b.to_file[border] = b.unfiled[border];
}

// Goods of a link that may cross the border today: free goods, licensed goods, lots customs let go.
std::int64_t ready_to_cross(const State& state, std::uint32_t out, std::uint32_t border)
{
    std::int64_t goods = state.link.allocated[out];
    if (border != kNone) goods += state.border.licensed[border] + state.border.released[border];
    return goods;
}

void cross(const Structure& structure, const StepContext& context, State& state, std::uint32_t firm,
           std::uint32_t out, std::int64_t allowed)
{
    const std::uint32_t border = structure.links.out_border[out];
    BorderState& b = state.border;
    if (border != kNone) {  // what has waited longest goes first
        const std::int64_t released = std::min(allowed, b.released[border]);
        b.released[border] -= released;
        b.customs[border] -= released;
        const std::int64_t licensed = std::min(allowed - released, b.licensed[border]);
        b.licensed[border] -= licensed;
        if (released + licensed > 0) ship(structure, state, out, released + licensed);
        allowed -= released + licensed;
    }
    const std::int64_t goods = state.link.allocated[out];
    const std::int64_t back = goods - allowed;  // over the daily limit: stays with the seller
    state.firm.finished[firm] += back;
    state.firm.owed[firm] += back;
    state.link.backlog[out] += back;
    if (allowed == 0) return;
    if (border != kNone && structure.border.look_alike[border] != 0 &&
        needs_licence(structure.policy.controls[structure.border.control[border]], context.day) &&
        context.random.uniform(core::Stream::kCustomsHold, structure.border.key[border], context.day) <
            posture_toward(structure, state, border).hold) {
        b.to_hold[border] = allowed;
        b.customs[border] += allowed;
        return;
    }
    ship(structure, state, out, allowed);
}

std::int64_t daily_limit(const Structure& structure, const StepContext& context, std::uint32_t firm)
{
    const Parameters& parameters = structure.parameters;
    double season = 1.0;
    if (structure.blocks[structure.firms.block[firm]].region == parameters.season_region) {
        if (parameters.closed[static_cast<std::size_t>(context.day)] != 0) return 0;
        const auto called_until = [&](int day) {
            return season_sum(parameters.call_sum, parameters.season_first, day);
        };
        season = std::max(1.0, called_until(context.day) - called_until(context.day - 1));
    }
    if (parameters.dispatch_cap <= 0) return INT64_MAX;
    return static_cast<std::int64_t>(
        parameters.dispatch_cap * season * static_cast<double>(structure.firms.border_base[firm]) + 0.5);
}

void send(const Structure& structure, const StepContext& context, const std::vector<std::uint8_t>& licensing,
          State& state, std::uint32_t firm, Scratch& scratch)
{
    std::int64_t total = 0;
    scratch.out.clear();
    for (std::uint32_t out = structure.firms.out_begin[firm]; out < structure.firms.out_begin[firm + 1]; ++out) {
        if (structure.links.out_abroad[out] == 0) {
            if (state.link.allocated[out] > 0) ship(structure, state, out, state.link.allocated[out]);
            continue;
        }
        const std::uint32_t border = structure.links.out_border[out];
        const std::uint16_t control = structure.links.out_control[out];
        if (border != kNone && control != kUncontrolled && licensing[control] != 0) {
            collect_for_filing(structure, state, out, border, context.day);
        }
        const std::int64_t ready = ready_to_cross(state, out, border);
        if (ready == 0) continue;
        scratch.out.push_back(out);
        total += ready;
    }
    if (scratch.out.empty()) return;
    const std::int64_t limit = daily_limit(structure, context, firm);
    const std::size_t n = scratch.out.size();
    if (total > limit) {
        scratch.ready.resize(n);
        scratch.part.resize(n);
        scratch.tie.resize(n);
        for (std::size_t i = 0; i < n; ++i) {
            const std::uint32_t out = scratch.out[i];
            scratch.ready[i] = ready_to_cross(state, out, structure.links.out_border[out]);
            scratch.tie[i] = structure.links.key[structure.links.in[out]];
        }
        core::apportion(limit, std::span<const std::int64_t>(scratch.ready), scratch.tie, scratch.part);
    }
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t out = scratch.out[i];
        const std::int64_t allowed =
            total > limit ? scratch.part[i] : ready_to_cross(state, out, structure.links.out_border[out]);
        cross(structure, context, state, firm, out, allowed);
    }
}

}  // namespace

void dispatch(const Structure& structure, const StepContext& context, State& state)
{
    const std::vector<std::uint8_t> licensing = licences_needed(structure, context.day);
    core::parallel_for(structure.n_firms(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        Scratch scratch;
        for (std::size_t firm = begin; firm < end; ++firm) {
            send(structure, context, licensing, state, static_cast<std::uint32_t>(firm), scratch);
        }
    });
    inspect_covert(structure, context, state);
}

}  // namespace chokepoint::dynamics
