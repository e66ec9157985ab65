// What becomes of goods on covert routes: found or not, under way, received; edges the authority finds.

#include "chokepoint/core/apportion.hpp"
#include "chokepoint/core/parallel.hpp"
#include "adapt.hpp"
#include "covert.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace chokepoint::dynamics {

namespace {

using namespace world;

constexpr double kVolumeDays = 30;  // averaging of what a branch carries [d]

std::size_t ring_day(const Branch& branch, int day)
{
    return branch.ring + static_cast<std::size_t>(day) % static_cast<std::size_t>(branch.transit + 1);
}

// Grams found of what an edge sends today: lot by lot, the last one smaller.
std::int64_t draw_lots(const Structure& structure, const StepContext& context, const State& state, std::uint32_t edge)
{
    const std::uint32_t b = structure.covert.edge_branch[edge];
    const Branch& branch = structure.covert.branches[b];
    const auto chance = [&](std::int64_t grams) {
        return lot_detection(branch, state.covert.detection[b], state.covert.volume[b], grams);
    };
    const auto is_found = [&](std::int64_t number, double pi) {
        return pi > 0 && context.random.uniform(core::Stream::kDetection, structure.covert.edge_key[edge], context.day,
                                                static_cast<std::uint32_t>(number)) < pi;
    };
    const std::int64_t sent = state.covert.taken[edge];
    const std::int64_t whole = sent / branch.lot_size;
    const std::int64_t rest = sent % branch.lot_size;
    const double pi = chance(branch.lot_size);
    std::int64_t seized = 0;
    for (std::int64_t k = 0; k < whole; ++k) seized += is_found(k, pi) ? branch.lot_size : 0;
    if (rest > 0 && is_found(whole, chance(rest))) seized += rest;
    return seized;
}

// A firm caught on one edge is barred on all of its edges from tomorrow.
void inspect_sender(const Structure& structure, const StepContext& context, State& state, std::size_t s)
{
    const Covert& covert = structure.covert;
    const std::span<const std::uint32_t> edges(covert.sender_edge.data() + covert.sender_begin[s],
                                               covert.sender_begin[s + 1] - covert.sender_begin[s]);
    int barred = -1;
    for (const std::uint32_t e : edges) {
        const std::int64_t sent = state.covert.taken[e];
        if (sent == 0) {
            state.covert.passed[e] = 0;
            continue;
        }
        const std::int64_t seized = draw_lots(structure, context, state, e);
        state.covert.passed[e] = sent - seized;
        if (seized == 0) continue;
        const Branch& branch = covert.branches[covert.edge_branch[e]];
        barred = std::max(barred, branch.barred);
        if (branch.discovers) state.covert.found[e] = context.day;
    }
    if (barred < 0) return;
    for (const std::uint32_t e : edges) {
        state.covert.barred_until[e] = std::max(state.covert.barred_until[e], context.day + 1 + barred);
    }
}

void send_off(const Structure& structure, const StepContext& context, State& state, std::size_t b)
{
    const Branch& branch = structure.covert.branches[b];
    CovertState& covert = state.covert;
    std::int64_t sent = 0, passed = 0, value = 0;
    for (std::uint32_t e = branch.first_edge; e < branch.first_edge + branch.n_edges; ++e) {
        sent += covert.taken[e];
        passed += covert.passed[e];
        if (covert.passed[e] == 0) continue;
        const std::int64_t price = nano_dollars(state.firm.price[structure.covert.edge_firm[e]]);
        value += core::muldiv_half_even(covert.passed[e], price, 1000);
    }
    covert.shipped[b] = sent;
    covert.seized[b] = sent - passed;
    covert.under_way[b] += passed;
    covert.grams[ring_day(branch, context.day + branch.transit)] = passed;
    covert.value[ring_day(branch, context.day + branch.transit)] = value;
}

// Gives a consignment to users by what they lack; when nobody lacks anything any more, by need.
void share_out(const Structure& structure, State& state, const Branch& branch, std::int64_t grams)
{
    CovertState& covert = state.covert;
    std::int64_t lacking = 0;
    for (std::uint32_t i = 0; i < branch.n_users; ++i) {
        const std::uint32_t slot = structure.covert.user[branch.first_user + i];
        covert.scratch[i] = std::max<std::int64_t>(0, wanted_stock(structure, state, slot) + structure.slots.base_need[slot] -
                                                          state.slot.stock[slot]);
        lacking += covert.scratch[i];
    }
    for (std::uint32_t i = 0; i < branch.n_users && lacking == 0; ++i) {
        covert.scratch[i] = structure.slots.base_need[structure.covert.user[branch.first_user + i]];
    }
    core::apportion(grams, std::span<const std::int64_t>(covert.scratch.data(), branch.n_users),
                    std::span<const std::uint64_t>(structure.covert.user_key.data() + branch.first_user, branch.n_users),
                    std::span(covert.part.data(), branch.n_users));
}

// Each part is a customs entry of its own: duty at today's rate on the value at dispatch, rounded once.
void enter(const Structure& structure, State& state, std::size_t b, std::int64_t grams, std::int64_t value)
{
    const Branch& branch = structure.covert.branches[b];
    const std::int64_t ppm = state.policy.duty_ppm[branch.duty_cell];
    const std::int64_t price = core::muldiv_half_even(value, 1000, grams);  // [1e-9 USD/g]
    for (std::uint32_t i = 0; i < branch.n_users; ++i) {
        const std::int64_t part = state.covert.part[i];
        if (part == 0) continue;
        const std::uint32_t slot = structure.covert.user[branch.first_user + i];
        const std::int64_t duty = ppm > 0 ? core::muldiv_half_even(part, price * ppm, 1'000'000'000) : 0;
        state.slot.stock[slot] += part;
        state.slot.received[slot] += part;
        state.firm.duty[structure.slots.firm[slot]] += duty;
        state.covert.entries.push_back({static_cast<std::uint32_t>(b), slot, part, duty});
    }
}

std::int64_t edges_found(const Structure& structure, const State& state, std::size_t route)
{
    const std::size_t n = structure.products.size();
    std::int64_t sum = 0;
    for (std::size_t p = route * n; p < (route + 1) * n; ++p) sum += state.published.routes[p].edges_found;
    return sum;
}

std::int64_t edges_of(const Structure& structure, std::size_t route)
{
    std::int64_t sum = 0;
    for (const Branch& branch : structure.covert.branches) sum += branch.route == route ? branch.n_edges : 0;
    return sum;
}

void sum_flows(const Structure& structure, const StepContext& context, State& state)
{
    std::fill(state.published.routes.begin(), state.published.routes.end(), RouteFlow{});
    for (std::size_t b = 0; b < structure.covert.branches.size(); ++b) {
        const Branch& branch = structure.covert.branches[b];
        RouteFlow& flow = state.published.routes[branch.route * structure.products.size() + branch.product];
        flow.shipped += state.covert.shipped[b];
        flow.arrived += state.covert.arrived[b];
        flow.seized += state.covert.seized[b];
        if (state.covert.appetite[b] > 0) flow.premium = 1;
        flow.asked += state.covert.planned[b];
        for (std::uint32_t e = branch.first_edge; e < branch.first_edge + branch.n_edges; ++e) {
            flow.edges_open += state.covert.open(e, context.day + 1) ? 1 : 0;
            flow.edges_found += state.covert.found[e] >= 0 ? 1 : 0;
        }
        state.published.mass[branch.product].seized += state.covert.seized[b];
        double& volume = state.covert.volume[b];
        volume += (static_cast<double>(state.covert.shipped[b]) - volume) / kVolumeDays;
    }
}

}  // namespace

void land_covert(const Structure& structure, const StepContext& context, State& state)
{
    CovertState& covert = state.covert;
    covert.entries.clear();
    for (std::size_t b = 0; b < structure.covert.branches.size(); ++b) {
        const std::size_t today = ring_day(structure.covert.branches[b], context.day);
        const std::int64_t grams = std::exchange(covert.grams[today], 0);
        const std::int64_t value = std::exchange(covert.value[today], 0);
        covert.arrived[b] = grams;
        if (grams == 0) continue;
        covert.under_way[b] -= grams;
        share_out(structure, state, structure.covert.branches[b], grams);
        enter(structure, state, b, grams, value);
    }
}

void inspect_covert(const Structure& structure, const StepContext& context, State& state)
{
    const Covert& covert = structure.covert;
    if (covert.branches.empty()) return;
    core::parallel_for(covert.sender.size(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t s = begin; s < end; ++s) inspect_sender(structure, context, state, s);
    });
    for (std::size_t b = 0; b < covert.branches.size(); ++b) send_off(structure, context, state, b);
}

void publish_covert(const Structure& structure, const StepContext& context, State& state)
{
    const std::size_t n = structure.covert.routes.size();
    std::vector<std::int64_t> left(n);  // edges not found until yesterday
    for (std::size_t r = 0; r < n; ++r) left[r] = edges_of(structure, r) - edges_found(structure, state, r);
    sum_flows(structure, context, state);
    for (std::size_t r = 0; r < n; ++r) {
        if (left[r] == 0 || edges_found(structure, state, r) < edges_of(structure, r)) continue;
        state.events.push_back({context.day, "route", structure.covert.routes[r].id,
                                "the authority has found the last of its senders: it carries no more"});
    }
}

std::uint32_t discover_edges(const Structure& structure, const StepContext& context, State& state, std::uint16_t control,
                             std::uint32_t firm, std::uint64_t draw_key, double probability)
{
    const Covert& covert = structure.covert;
    const auto at = std::lower_bound(covert.sender.begin(), covert.sender.end(), firm);
    if (at == covert.sender.end() || *at != firm || probability <= 0) return 0;
    const auto s = static_cast<std::size_t>(at - covert.sender.begin());
    std::uint32_t found = 0;
    for (std::uint32_t i = covert.sender_begin[s]; i < covert.sender_begin[s + 1]; ++i) {
        const std::uint32_t e = covert.sender_edge[i];
        const Branch& branch = covert.branches[covert.edge_branch[e]];
        const bool used = state.covert.volume[covert.edge_branch[e]] > 0;  // what carried nothing leaves no trace
        if (branch.control != control || !used || state.covert.found[e] >= 0) continue;
        const double u = context.random.uniform(core::Stream::kDiscovery,
                                                core::combine_keys(covert.edge_key[e], draw_key), context.day);
        if (u >= probability) continue;
        state.covert.found[e] = context.day;
        ++found;
    }
    return found;
}

}  // namespace chokepoint::dynamics
