// What senders of covert routes would send, and what they take from their finished goods.

#include "covert.hpp"

#include "chokepoint/core/apportion.hpp"
#include "chokepoint/core/parallel.hpp"
#include "chokepoint/core/plain.hpp"
#include "chokepoint/world/season.hpp"
#include "adapt.hpp"
#include "control.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace chokepoint::dynamics {

namespace {

using namespace world;

constexpr double kNoMargin = 1e-9;  // rounding of a mean price is no premium

bool evades(const State& state, const Branch& branch, int day)
{
    return day >= branch.onset && branch.control != kUncontrolled &&
           state.authority[branch.control].covered[branch.product] != 0;
}

double ramped(const Branch& branch, int day)
{
    if (branch.ramp == 0) return 1;
    return std::min(1.0, static_cast<double>(day - branch.onset + 1) / branch.ramp);
}

double mean_sender_price(const Structure& structure, const State& state, const Branch& branch)
{
    double value = 0, weight = 0;
    for (std::uint32_t e = branch.first_edge; e < branch.first_edge + branch.n_edges; ++e) {
        const auto w = static_cast<double>(structure.covert.edge_weight[e]);
        value += w * state.firm.price[structure.covert.edge_firm[e]];
        weight += w;
    }
    return value / weight;
}

double branch_appetite(const Structure& structure, const State& state, std::size_t b)
{
    const Branch& branch = structure.covert.branches[b];
    const double price = mean_sender_price(structure, state, branch);
    const double duty = static_cast<double>(state.policy.duty_ppm[branch.duty_cell]) * 1e-6;
    const double margin = state.outside_price[branch.product] / price - (1 + duty);
    const double pi = lot_detection(branch, state.covert.detection[b], state.covert.volume[b], branch.lot_size);
    return appetite(margin, branch.cost, pi * branch.penalty, branch.scale);
}

// Declared goods on their way to a slot, per day of their lanes [g/d]: what goes on arriving if no more is sent than of late.
double arriving(const Structure& structure, const State& state, const DaySeason& season, std::uint32_t slot)
{
    const int j = season.day_of_period(structure.firms.review_phase[structure.slots.firm[slot]]);
    std::int64_t under_way = state.slot.on_order[slot];
    double base = 0, days = 0;
    for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
        const std::uint32_t out = structure.links.out[in], border = structure.links.border[in];
        const auto curve = static_cast<Seasonal>(structure.links.season[in]);
        const std::uint32_t seller = structure.links.seller[in];
        const std::int64_t order = state.link.period_order[out];
        under_way -= state.link.backlog[out] + season.to_call(curve, seller, order, j) + season.call_off(curve, seller, order, j);
        if (border != kNone) {
            const BorderState& b = state.border;
            under_way -= b.unfiled[border] + b.filed[border] + b.licensed_wait[border] + b.licensed[border] + b.customs[border];
        }
        base += static_cast<double>(structure.base(in));
        days += static_cast<double>(structure.base(in)) * structure.lanes[structure.links.lane[in]].days;
    }
    return days == 0 ? 0.0 : static_cast<double>(under_way) * base / days;
}

// What users of a branch lack: stock below its base level, need not met today, and what will not arrive of their need in the
// days that goods sent today are on their way [g].
std::int64_t lack(const Structure& structure, const State& state, const DaySeason& season, const Branch& branch, std::uint32_t slot)
{
    const double a_day = static_cast<double>(structure.slots.base_need[slot]) * state.conduct.recipe_of(slot);
    const double coming = branch.transit * std::max(0.0, a_day - arriving(structure, state, season, slot));
    const std::int64_t below = wanted_stock(structure, state, slot) - state.slot.stock[slot] + static_cast<std::int64_t>(coming);
    return std::max<std::int64_t>(0, below) + state.slot.need[slot] - state.slot.use[slot];
}

// Less what any route has under way to the same users, today's earlier plans included.
std::int64_t room(const Structure& structure, const State& state, const DaySeason& season, std::size_t b)
{
    const Branch& branch = structure.covert.branches[b];
    std::int64_t sum = 0;
    for (std::uint32_t u = branch.first_user; u < branch.first_user + branch.n_users; ++u) {
        sum += lack(structure, state, season, branch, structure.covert.user[u]);
    }
    for (std::size_t other = 0; other < structure.covert.branches.size(); ++other) {
        const Branch& o = structure.covert.branches[other];
        if (o.product != branch.product || o.destination != branch.destination) continue;
        sum -= state.covert.under_way[other] + state.covert.planned[other];
    }
    return std::max<std::int64_t>(0, sum);
}

void ask_senders(const Structure& structure, int day, std::size_t b, State& state)
{
    const Branch& branch = structure.covert.branches[b];
    CovertState& covert = state.covert;
    for (std::uint32_t i = 0; i < branch.n_edges; ++i) {
        const std::uint32_t e = branch.first_edge + i;
        covert.scratch[i] = covert.open(e, day) ? structure.covert.edge_weight[e] : 0;
    }
    core::apportion(covert.planned[b], std::span<const std::int64_t>(covert.scratch.data(), branch.n_edges),
                    std::span<const std::uint64_t>(structure.covert.edge_key.data() + branch.first_edge, branch.n_edges),
                    std::span(covert.asked.data() + branch.first_edge, branch.n_edges));
}

// Capacity of edges that are closed is lost to the route.
double open_share(const Structure& structure, const State& state, const Branch& branch, int day)
{
    std::int64_t open = 0, all = 0;
    for (std::uint32_t e = branch.first_edge; e < branch.first_edge + branch.n_edges; ++e) {
        all += structure.covert.edge_weight[e];
        if (state.covert.open(e, day)) open += structure.covert.edge_weight[e];
    }
    return open == all ? 1.0 : static_cast<double>(open) / static_cast<double>(all);
}

void plan(const Structure& structure, int day, State& state)
{
    CovertState& covert = state.covert;
    std::fill(covert.planned.begin(), covert.planned.end(), 0);
    std::fill(covert.asked.begin(), covert.asked.end(), 0);
    const DaySeason season(structure, day);
    for (std::size_t b = 0; b < structure.covert.branches.size(); ++b) {
        const Branch& branch = structure.covert.branches[b];
        covert.appetite[b] = evades(state, branch, day) ? branch_appetite(structure, state, b) : 0.0;
        if (covert.appetite[b] <= 0) continue;
        const double most = branch.capacity * ramped(branch, day) * open_share(structure, state, branch, day);
        const auto sent = static_cast<std::int64_t>(most * covert.appetite[b]);
        if (sent == 0) continue;
        covert.planned[b] = std::min(sent, room(structure, state, season, b));
        ask_senders(structure, day, b, state);
    }
}

void log(State& state, int day, const char* kind, const std::string& subject, std::string text)
{
    state.events.push_back({day, kind, subject, std::move(text)});
}

}  // namespace

double appetite(double margin, double cost, double expected_penalty, double scale)
{
    if (margin <= kNoMargin) return 0;  // no premium: nobody takes the risk
    return 1 / (1 + std::exp(-(margin - cost - expected_penalty) / scale));
}

double lot_detection(const Branch& branch, double pi0, double volume, std::int64_t lot)
{
    const double pi = pi0 + branch.detection_volume * (volume / branch.base_flow);
    if (pi <= 0) return 0;
    return std::min(1.0, pi * std::pow(static_cast<double>(lot) / branch.reference_lot, branch.lot_effect));
}

void enforce(const Structure& structure, const StepContext& context, State& state)
{
    const Covert& covert = structure.covert;
    const auto& steps = structure.policy.enforcement;
    std::size_t& next = state.covert.next_step;
    for (; next < steps.size() && steps[next].day <= context.day; ++next) {
        const EnforcementRow& step = steps[next];
        for (std::size_t b = 0; b < covert.branches.size(); ++b) {
            const RouteRow& route = covert.routes[covert.branches[b].route];
            if (route.from != step.region || !(route.kind == RouteKind::kReexport ? step.reexport : step.undeclared)) continue;
            double& pi0 = state.covert.detection[b];
            pi0 = step.detection < 0 ? std::min(1.0, pi0 * step.factor) : step.detection;
        }
        if (step.day < context.day) continue;  // dated before the run
        const std::string found = step.detection < 0 ? core::plain(step.factor) + " times as often"
                                                     : fmt::format("with {} %", core::plain(step.detection * 100));
        log(state, context.day, "enforcement", step.id,
            fmt::format("a lot on a covert route is found {}{}", found, covert.routes.empty() ? " (the scenario has no route)" : ""));
    }
    for (const RouteRow& route : covert.routes) {
        if (route.opens == context.day) log(state, context.day, "route", route.id, "goods may leave from today");
    }
}

void take_covert(const Structure& structure, const StepContext& context, State& state)
{
    const Covert& covert = structure.covert;
    if (covert.branches.empty()) return;
    plan(structure, context.day, state);
    core::parallel_for(covert.sender.size(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t s = begin; s < end; ++s) {
            std::int64_t& finished = state.firm.finished[covert.sender[s]];
            for (std::uint32_t i = covert.sender_begin[s]; i < covert.sender_begin[s + 1]; ++i) {
                const std::uint32_t e = covert.sender_edge[i];
                state.covert.taken[e] = std::min(state.covert.asked[e], finished);
                finished -= state.covert.taken[e];
            }
        }
    });
}

void count_covert_orders(const Structure& structure, State& state)
{
    const Covert& covert = structure.covert;
    core::parallel_for(covert.sender.size(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t s = begin; s < end; ++s) {
            const std::uint32_t firm = covert.sender[s];
            std::int64_t asked = 0;
            for (std::uint32_t i = covert.sender_begin[s]; i < covert.sender_begin[s + 1]; ++i) {
                asked += state.covert.asked[covert.sender_edge[i]];
            }
            if (asked == 0) continue;
            state.firm.orders[firm] += asked;
            // Beliefs blow open orders up to all clients; covert ones stand for themselves alone.
            const double part = state.firm.expected_orders[firm] / static_cast<double>(structure.firms.base_output[firm]);
            state.firm.open_orders[firm] += std::llround(static_cast<double>(asked) * part);
        }
    });
}

}  // namespace chokepoint::dynamics
