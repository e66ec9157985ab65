// Phase 5. Firms whose review day it is order up to a target position and revise their sources.
//
// Equations  T  = d (R + H) + sum_i w_i d (days under way for lead L_i)      target position
//            O  = clip(gamma (T - IP) + (1 - gamma) d R, 0, Omax d R)        order of one review
//            with `counts: stock` IP is the stock alone and T has no goods under way
//            H  = min(h_max H0, H0 (1 + eta rho)) + phi sum_i w_i rise_i     cover with hoarding
//            rise_i = ln((1 + announced duty) / (1 + duty)) where t + L_i still beats it, else 0
//            V_i = ln a_i - sigma ln c_i - lam_L L_i / 30 - lam_R r_i;  P = softmax(V);  w += delta (P - w)
// With forecasts from output (ARIO, Hallegatte 2014)  O = use R + gamma max(0, T - IP),
//            T = a min(wanted, K) (H + days under way), need in place of use at buyers
// ln c_i counts while stock is above `strain.cover` of its base; a source refused in principle gets nothing (weight 0).
// a_i is fixed by the base shares, so only changes since day 0 enter V. A source found by search has the mean a_i of
// those of day 0 times e^-iota. See sim/MODEL.md, ordering.
// What a link has not delivered for longer than its buyer waits counts as not ordered, and is ordered from those who
// deliver:  O' = clip(gamma (T - IP + overdue) + (1 - gamma) d R, 0, Omax d R), what goes beyond O by their shares.
// An order is called off in equal daily parts until the next review. With a hazard of cancellation a part of what
// sellers have not set aside is withdrawn first: the position is less by it, so it is ordered anew, from
// whom the shares of today say.

#include "chokepoint/core/apportion.hpp"
#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "chokepoint/world/season.hpp"
#include "belief.hpp"
#include "calls.hpp"
#include "capacity.hpp"
#include "control.hpp"
#include "demand.hpp"
#include "expected_duty.hpp"
#include "landed.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace chokepoint::dynamics {

namespace {

using namespace world;

struct Scratch {  // of the links of one slot; sized once per block of rows
    std::vector<double> wait;  // expected beyond the lane [d]
    std::vector<double> risk;  // of refusal [1]
    std::vector<double> overdue;  // ordered longer ago than the buyer waits for [g]
    std::vector<double> late;  // overdue over what is waited for, at most 1 [1]
    std::vector<double> weight;
    std::vector<std::int64_t> part, more;
    std::vector<std::uint64_t> tie;
    void grow(std::size_t n)
    {
        if (part.size() >= n) return;
        for (auto* v : {&wait, &risk, &weight, &overdue, &late}) v->resize(n);
        part.resize(n);
        tie.resize(n);
    }
};

// What a buyer fears of a link: the posture announced or the refusals met, whichever is worse [1].
double refusal_risk(const Structure& structure, const State& state, std::uint32_t border, int day)
{
    if (border == kNone || !is_covered(structure, state, border)) return 0;
    const PostureRow& posture = posture_toward(structure, state, border);
    if (!posture.licence) return 0;
    if (posture.banned || listed_as(structure, state, border, day) == Listed::kBanned || asks_no_more(structure, state, border, day)) return 1;
    if (has_general_licence(state, border, day)) {
        return std::min(posture.signal, structure.policy.controls[structure.border.control[border]].general.signal);
    }
    const std::uint32_t granted = state.border.n_decided[border] - state.border.n_refused[border];
    return std::max(posture.signal, 1 - approval_belief(1 - posture.signal, granted, state.border.n_decided[border]));
}

// Orders of a link a day [g].
double ordered_a_day(const Structure& structure, const State& state, std::uint32_t out)
{
    return std::max(static_cast<double>(structure.links.out_base[out]),
                    static_cast<double>(state.link.period_order[out]) / structure.parameters.review_days);
}

// What a link has not delivered beyond the time its buyer waits for: the lane, and what a licence is expected to take or
// `elsewhere_after`, whichever is longer. Orders are told by their quantity: what waits beyond so many days of orders is older.
double overdue(const Structure& structure, const State& state, std::uint32_t in, double wait)
{
    if (structure.parameters.elsewhere_after <= 0) return 0;
    const std::uint32_t out = structure.links.out[in];
    std::int64_t waiting = state.link.backlog[out];
    const std::uint32_t border = structure.links.border[in];
    if (border != kNone) waiting += state.border.unfiled[border] + state.border.filed[border] + state.border.customs[border];
    if (waiting == 0) return 0;
    const double patience = std::max(structure.parameters.elsewhere_after, wait);
    return std::max(0.0, static_cast<double>(waiting) - patience * ordered_a_day(structure, state, out));
}

// Which sources get what is overdue elsewhere: by shares, less the more a source is late itself, nothing from as much again
// as the buyer waits for [1]. Sellers that ask the same authority for a licence are as late as the latest of them: who waits
// for a licence gains nothing by asking another exporter to file.
double deliverers(const Structure& structure, const State& state, std::uint32_t slot, Scratch& scratch)
{
    const std::uint32_t first = structure.slots.link_begin[slot];
    const std::uint32_t n = structure.slots.link_begin[slot + 1] - first;
    const auto asks = [&](std::uint32_t i) {
        const std::uint32_t border = structure.links.border[first + i];
        return border != kNone && is_covered(structure, state, border) ? structure.border.control[border] : kUncontrolled;
    };
    std::vector<double>& late = scratch.late;
    for (std::uint32_t i = 0; i < n; ++i) {
        const double waits_for = ordered_a_day(structure, state, structure.links.out[first + i]) * structure.parameters.elsewhere_after;
        late[i] = scratch.overdue[i] == 0 ? 0.0 : waits_for > 0 ? std::min(1.0, scratch.overdue[i] / waits_for) : 1.0;
    }
    double total = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
        double latest = late[i];
        for (std::uint32_t j = 0; j < n && asks(i) != kUncontrolled; ++j)
            if (asks(j) == asks(i)) latest = std::max(latest, late[j]);
        total += scratch.weight[i] = scratch.risk[i] >= 1 ? 0.0 : state.link.share[first + i] * (1 - latest);
    }
    return total;
}

// What the buyer expects of each link of a slot.
void gather_beliefs(const Structure& structure, const State& state, std::uint32_t slot, int day, Scratch& scratch)
{
    const std::uint32_t first = structure.slots.link_begin[slot];
    const std::uint32_t n = structure.slots.link_begin[slot + 1] - first;
    scratch.grow(n);
    for (std::uint32_t i = 0; i < n; ++i) {
        const std::uint32_t border = structure.links.border[first + i];
        scratch.wait[i] = border == kNone ? 0.0 : state.border.wait[border];
        scratch.risk[i] = refusal_risk(structure, state, border, day);
        scratch.overdue[i] = overdue(structure, state, first + i, scratch.wait[i]);
    }
}

// A seller's fill is the part of the last period's order it has set aside by now.
void learn_fill(const Structure& structure, State& state, std::uint32_t slot)
{
    if (state.link.fill.empty()) return;
    for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
        const std::uint32_t out = structure.links.out[in];
        const auto ordered = static_cast<double>(state.link.period_order[out]);
        if (ordered <= 0) continue;  // no news
        const double filled = std::max(0.0, 1 - static_cast<double>(state.link.backlog[out]) / ordered);
        state.link.fill[in] += structure.parameters.fill_learning * (filled - state.link.fill[in]);
    }
}

// What stands for the base share of the first `found` candidates of a slot.
double share_of_found(const Structure& structure, std::uint32_t slot, std::uint32_t n)
{
    return std::exp(-structure.parameters.inertia) / (n - structure.conduct.candidates[slot]);
}

// Who runs short takes what it can get: a line that stops costs more than any price of a small input. Without this a duty
// helped whom it taxes, since those it drove away from a source that cannot deliver were short of less.
bool short_of_stock(const Structure& structure, const State& state, std::uint32_t slot)
{
    const double least = structure.conduct.strain_cover * static_cast<double>(structure.base_stock(slot));
    return static_cast<double>(state.slot.stock[slot]) < least;
}

void revise_shares(const Structure& structure, State& state, std::uint32_t slot, int day, Scratch& scratch)
{
    const Parameters& parameters = structure.parameters;
    const std::uint32_t first = structure.slots.link_begin[slot];
    const std::uint32_t n = structure.slots.link_begin[slot + 1] - first;
    if (parameters.fixed_shares || n < 2) return;
    const bool avoid = structure.firms.avoids[structure.slots.firm[slot]] != 0;
    const bool runs_short = short_of_stock(structure, state, slot);
    bool changed = false;
    double total = 0;
    int dormant = state.conduct.found.empty() ? 0 : -static_cast<int>(state.conduct.found[slot]);
    for (std::uint32_t i = 0; i < n; ++i) {
        const std::uint32_t in = first + i;
        double value = runs_short ? 0.0 : -parameters.sigma * ln_landed_change(structure, state, slot, in, day);
        const std::uint32_t border = structure.links.border[in];
        if ((avoid && border != kNone && is_covered(structure, state, border)) || scratch.risk[i] == 1) {
            scratch.weight[i] = 0;  // turns to sellers who ask for no licence, or are not refused one
            changed = true;
            continue;
        }
        value -= parameters.lead_weight * scratch.wait[i] / 30.0;
        value -= parameters.refusal_weight * scratch.risk[i];
        double base = structure.base_share(slot, in);
        if (base == 0) {  // a candidate
            base = dormant++ < 0 ? share_of_found(structure, slot, n) : 0.0;
            changed = changed || base > 0;
        }
        changed = changed || value != 0;
        scratch.weight[i] = base * (value == 0 ? 1.0 : std::exp(value));
        total += scratch.weight[i];
    }
    for (std::uint32_t i = 0; i < n; ++i) {
        const double target = changed && total > 0 ? scratch.weight[i] / total : structure.base_share(slot, first + i);
        double& share = state.link.share[first + i];
        share += parameters.share_adjustment * (target - share);
    }
}

// What stock is wanted for [activity/d]: smoothed demand, or what could be made today had inputs been there.
double expected_activity(const Structure& structure, const State& state, std::size_t firm)
{
    if (!structure.parameters.output_forecast) return state.firm.demand[firm];
    return static_cast<double>(std::min(state.firm.wanted[firm], capacity_of(structure, state, firm)));
}

// What a seller will have ready tonight beyond what it keeps ready, in input [g]: what lacks will be taken from stock before
// anything new. With forecasts from output what is owed and not made yet counts alone.
double made_ready(const Structure& structure, const State& state, std::uint32_t slot, std::size_t firm)
{
    if (structure.firms.seller_row[firm] == kNone) return 0;
    std::int64_t ready = state.firm.finished[firm] - state.firm.owed[firm];
    if (structure.parameters.output_forecast) {
        ready = std::min<std::int64_t>(0, ready);
    } else {
        ready -= structure.firms.finished_target[firm];
        if (!structure.parameters.instant_delivery) ready -= calls_expected(structure, state, firm);  // not called off yet
    }
    return static_cast<double>(ready) *
           (static_cast<double>(structure.slots.base_need[slot]) / static_cast<double>(structure.firms.base_output[firm]));
}

struct Order {
    std::int64_t usual = 0;      // by shares [g]
    std::int64_t elsewhere = 0;  // in place of what is overdue, from those who deliver [g]
};

Order order_quantity(const Structure& structure, const State& state, std::uint32_t slot, std::size_t firm, int day,
                     Scratch& scratch)
{
    const Parameters& parameters = structure.parameters;
    const bool front_loads = parameters.front_loading > 0 && !state.policy.expected.empty();
    const double ratio = expected_activity(structure, state, firm) / static_cast<double>(structure.firms.base_output[firm]);
    const double recipe = state.conduct.recipe_of(slot);
    const double demand = static_cast<double>(structure.slots.base_need[slot]) * ratio * recipe;
    double pipeline = 0;
    double risk = 0;
    double rise = 0;
    const std::uint32_t first = structure.slots.link_begin[slot];
    for (std::uint32_t in = first; in < structure.slots.link_begin[slot + 1]; ++in) {
        const double lead = structure.lanes[structure.links.lane[in]].days + scratch.wait[in - first];
        pipeline += state.link.share[in] * planned_pipeline(structure, in, day, lead);
        const double unfilled = state.link.fill.empty() ? 0.0 : 1 - state.link.fill[in];
        risk += state.link.share[in] * std::max(scratch.risk[in - first], unfilled);
        if (!front_loads) continue;
        rise += state.link.share[in] * rise_escaped(structure, state, structure.duty_cell(in, structure.slots.product[slot]), day + lead);
    }
    const double cover0 = structure.slots.cover[slot];
    const double cover = std::min(parameters.cover_cap * cover0, cover0 * (1 + parameters.hoarding * risk)) +
                         parameters.front_loading * rise;
    const double period = demand * parameters.review_days;
    double position = static_cast<double>(state.slot.stock[slot]) + made_ready(structure, state, slot, firm) * recipe;
    double target = (parameters.output_forecast ? 0.0 : period) + demand * cover;
    if (parameters.counts_ordered) {
        position += static_cast<double>(state.slot.on_order[slot]);
        target += demand * pipeline;
    }
    double quantity = 0;
    if (parameters.output_forecast) {
        const bool sells = structure.firms.seller_row[firm] != kNone;
        const auto used = static_cast<double>(sells ? state.slot.use[slot] : state.slot.need[slot]);
        quantity = used * parameters.review_days + parameters.gap_share * std::max(0.0, target - position);
    } else {
        quantity = parameters.gap_share * (target - position) + (1 - parameters.gap_share) * period;
    }
    const double most = parameters.order_cap > 0 ? parameters.order_cap * period : std::numeric_limits<double>::infinity();
    Order out;
    out.usual = std::max<std::int64_t>(0, std::llround(std::min(quantity, most)));
    const double elsewhere = std::accumulate(scratch.overdue.begin(), scratch.overdue.begin() + (structure.slots.link_begin[slot + 1] - first), 0.0);
    if (elsewhere == 0 || deliverers(structure, state, slot, scratch) <= 0) return out;
    // As if what is overdue had not been ordered.
    const double in_all = std::min(quantity + parameters.gap_share * elsewhere, most);
    out.elsewhere = std::max<std::int64_t>(0, std::llround(in_all) - out.usual);
    return out;
}

void place(const Structure& structure, State& state, std::uint32_t slot, const Order& order, int day, Scratch& scratch)
{
    const std::uint32_t first = structure.slots.link_begin[slot];
    const std::uint32_t n = structure.slots.link_begin[slot + 1] - first;
    const std::span<const double> shares(state.link.share.data() + first, n);
    for (std::uint32_t i = 0; i < n; ++i) scratch.tie[i] = structure.link_key(slot, first + i);
    const int review = structure.parameters.review_days;
    core::apportion(order.usual, shares, std::span(scratch.tie).first(n), std::span(scratch.part).first(n));
    if (order.elsewhere > 0) {
        scratch.more.resize(n);
        core::apportion(order.elsewhere, std::span<const double>(scratch.weight).first(n), std::span(scratch.tie).first(n), std::span(scratch.more).first(n));
        for (std::uint32_t i = 0; i < n; ++i) scratch.part[i] += scratch.more[i];
    }
    for (std::uint32_t i = 0; i < n; ++i) {
        const double days = days_called(structure, first + i, day - 1, day - 1 + review);
        const std::int64_t grams =
            days == review ? scratch.part[i] : std::llround(static_cast<double>(scratch.part[i]) * days / review);
        state.link.period_order[structure.links.out[first + i]] = grams;
        state.slot.on_order[slot] += grams;
    }
}

// Withdraws a part of what sellers have not set aside; all of it once search has found another source.
void cancel(const Structure& structure, State& state, std::uint32_t slot)
{
    const bool found = !state.conduct.found.empty() && state.conduct.found[slot] > 0;
    const double part = found ? 1.0 : structure.parameters.cancelled;
    if (part <= 0) return;
    for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
        std::int64_t& backlog = state.link.backlog[structure.links.out[in]];
        const auto grams = static_cast<std::int64_t>(part * static_cast<double>(backlog));
        backlog -= grams;
        state.slot.on_order[slot] -= grams;
    }
}

void review(const Structure& structure, State& state, std::size_t firm, int day, Scratch& scratch)
{
    for (std::uint32_t slot = structure.firms.slot_begin[firm]; slot < structure.firms.slot_begin[firm + 1]; ++slot) {
        learn_fill(structure, state, slot);
        cancel(structure, state, slot);
        gather_beliefs(structure, state, slot, day, scratch);
        revise_shares(structure, state, slot, day, scratch);
        place(structure, state, slot, order_quantity(structure, state, slot, firm, day, scratch), day, scratch);
    }
    look_at_costs(structure, state, firm, day);
}

// A seventh of the firms review on a day, so their rows are scattered, and what they ask of sellers even more:
// rows are asked for some firms ahead, and what the rows point to a few firms ahead.
constexpr std::size_t kRowsAhead = 12, kSellersAhead = 5;

template <class... Arrays>
void prefetch(std::size_t row, const Arrays&... arrays)
{
    (__builtin_prefetch(arrays.data() + row), ...);
}

void prefetch_rows(const Structure& structure, const State& state, std::uint32_t firm)
{
    const std::uint32_t slot = structure.firms.slot_begin[firm];
    const std::uint32_t in = structure.slots.link_begin[slot];
    const Links& links = structure.links;
    prefetch(slot, structure.slots.base_need, structure.slots.cover, state.slot.stock, state.slot.on_order);
    prefetch(in, links.seller, links.out, links.border, links.lane, links.season, state.link.share);
}

void prefetch_sellers(const Structure& structure, const State& state, std::uint32_t firm)
{
    const std::uint32_t first = structure.slots.link_begin[structure.firms.slot_begin[firm]];
    const std::uint32_t last = structure.slots.link_begin[structure.firms.slot_begin[firm + 1]];
    for (std::uint32_t in = first; in < last; ++in) {
        prefetch(structure.links.seller[in], state.firm.ln_price, structure.firms.key);
        const std::uint32_t out = structure.links.out[in];
        prefetch(out, structure.links.out_base);
        __builtin_prefetch(state.link.period_order.data() + out, 1);
        const std::uint32_t border = structure.links.border[in];
        if (border == kNone) continue;
        const BorderLinks& rows = structure.border;
        prefetch(border, rows.control, rows.product, rows.destination, rows.klass, state.border.wait,
                 state.border.general_until, state.border.n_decided, state.border.n_refused);
    }
}

// Orders refused and not filed again are off the books of both sides; the buyer orders anew by its own rule.
void drop_refused(const Structure& structure, State& state)
{
    for (AuthorityState& authority : state.authority) {
        for (const DroppedOrder& order : authority.dropped) {
            state.link.backlog[structure.border.out[order.border]] -= order.grams;
            state.slot.on_order[structure.border.slot[order.border]] -= order.grams;
        }
        authority.dropped.clear();
    }
}

}  // namespace

void order(const Structure& structure, const StepContext& context, State& state)
{
    drop_refused(structure, state);
    const int days = structure.parameters.review_days;
    const int today = context.day % days;
    core::parallel_for(structure.n_firms(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        Scratch scratch;
        std::array<std::uint32_t, kFirmGrain> due;  // firms that review today
        std::size_t n = 0;
        for (std::size_t firm = begin; firm < end; ++firm) {
            if ((today + structure.firms.review_phase[firm]) % days == 0) due[n++] = static_cast<std::uint32_t>(firm);
        }
        for (std::size_t i = 0; i < n; ++i) {
            if (i + kRowsAhead < n) prefetch_rows(structure, state, due[i + kRowsAhead]);
            if (i + kSellersAhead < n) prefetch_sellers(structure, state, due[i + kSellersAhead]);
            review(structure, state, due[i], context.day, scratch);
        }
    });
}

}  // namespace chokepoint::dynamics
