// Phase 6. Sellers give finished goods to call-offs and backlog, tier by tier; inside a tier first what clients
// ordinarily take, each in proportion, whole grams by largest remainder. What is not given stays on the books.
// A link before a licensing authority asks for no more than the authority may still hold.

#include "chokepoint/core/apportion.hpp"
#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "chokepoint/world/season.hpp"
#include "control.hpp"
#include "covert.hpp"
#include "ration.hpp"
#include "stockpile.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace chokepoint::dynamics {

namespace {

using namespace world;

struct Scratch {
    std::vector<std::int64_t> request, part, tier_request, tier_part;
    std::vector<std::int64_t> usual;  // of the request, what the client ordinarily takes in a day [g]
    std::vector<std::uint64_t> tie;
    std::vector<std::uint32_t> row;
    std::vector<double> rank;  // empty while all are equal
    RationScratch ration;
    void grow(std::size_t n)
    {
        if (request.size() >= n) return;
        for (auto* v : {&request, &part, &tier_request, &tier_part, &usual}) v->resize(n);
        tie.resize(n);
        row.resize(n);
    }
};

// What is the same for every link on one day.
struct Today {
    Today(const Structure& structure, int day) : season(structure, day_of_calls(structure.parameters, day)) {}
    DaySeason season;
};

// Home clients have a tier of their own only where they come first.
int tier_of(const Structure& structure, std::uint32_t out)
{
    const auto tier = static_cast<Tier>(structure.links.out_tier[out]);
    if (tier != Tier::kHome && tier != Tier::kHomeSpot) return static_cast<int>(tier);
    if (structure.parameters.domestic_first) return static_cast<int>(Tier::kHome);
    return static_cast<int>(tier == Tier::kHome ? Tier::kContract : Tier::kSpot);
}

// A part of the goods is kept for home clients: those abroad, trading houses included, may ask for the rest only.
// Returns how much less is asked.
std::int64_t keep_for_home(const Structure& structure, std::uint32_t first, std::uint32_t n, std::int64_t goods,
                           Scratch& scratch)
{
    const auto free = static_cast<std::int64_t>((1 - structure.parameters.home_reserve) * static_cast<double>(goods));
    std::size_t m = 0;
    std::int64_t asked = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
        const auto tier = static_cast<Tier>(structure.links.out_tier[first + i]);
        if (tier != Tier::kContract && tier != Tier::kSpot) continue;
        scratch.tier_request[m] = scratch.request[i];
        scratch.tie[m] = structure.links.out_key[first + i];
        scratch.row[m++] = i;
        asked += scratch.request[i];
    }
    if (asked <= free) return 0;
    core::apportion(free, std::span<const std::int64_t>(scratch.tier_request.data(), m),
                    std::span<const std::uint64_t>(scratch.tie.data(), m), std::span(scratch.tier_part.data(), m));
    for (std::size_t k = 0; k < m; ++k) scratch.request[scratch.row[k]] = scratch.tier_part[k];
    return asked - free;
}

// Shares goods among the first `m` requests of the scratch, which are of one tier.
void share(const Structure& structure, const State& state, std::uint32_t firm, std::size_t m, std::int64_t goods, Scratch& scratch)
{
    if (has_ranks(structure.parameters.rationing)) {
        scratch.rank.resize(m);
        const std::uint32_t first = structure.firms.out_begin[firm];
        for (std::size_t k = 0; k < m; ++k) scratch.rank[k] = rank_of(structure, state, firm, first + scratch.row[k]);
    }
    ration(goods, std::span<const std::int64_t>(scratch.tier_request.data(), m), std::span<const std::uint64_t>(scratch.tie.data(), m),
           scratch.rank, scratch.ration, std::span(scratch.tier_part.data(), m));
}

void give_by_tier(const Structure& structure, const State& state, std::uint32_t firm, std::uint32_t n,
                  std::int64_t goods, Scratch& scratch)
{
    const std::uint32_t first = structure.firms.out_begin[firm];
    std::fill_n(scratch.part.begin(), n, 0);
    for (int tier = 0; tier < kTiers && goods > 0; ++tier) {
        for (const bool beyond : {false, true}) {  // what clients ordinarily take, then what they ask beyond it
            std::size_t m = 0;
            std::int64_t asked = 0;
            for (std::uint32_t i = 0; i < n; ++i) {
                if (tier_of(structure, first + i) != tier) continue;
                const std::int64_t usual = std::min(scratch.request[i], scratch.usual[i]);
                const std::int64_t request = beyond ? scratch.request[i] - usual : usual;
                if (request == 0) continue;
                scratch.tier_request[m] = request;
                scratch.tie[m] = structure.links.out_key[first + i];
                scratch.row[m++] = i;
                asked += request;
            }
            if (m == 0) continue;
            share(structure, state, firm, m, goods, scratch);
            for (std::size_t k = 0; k < m; ++k) scratch.part[scratch.row[k]] += scratch.tier_part[k];
            goods -= std::min(goods, asked);
        }
    }
}

void serve(const Structure& structure, const StepContext& context, const Today& today, State& state,
           std::uint32_t firm, Scratch& scratch)
{
    const std::uint32_t first = structure.firms.out_begin[firm];
    const std::uint32_t n = structure.firms.out_begin[firm + 1] - first;
    if (n == 0) return;
    scratch.grow(n);
    std::int64_t orders = 0;
    std::int64_t open_orders = 0, waiting_orders = 0;
    std::int64_t asked = 0;
    double expected = 0, expected_waiting = 0;
    const std::uint32_t product = structure.blocks[structure.firms.block[firm]].product;
    const bool contracts = structure.parameters.rationing == Rationing::kContracts;
    for (std::uint32_t i = 0; i < n; ++i) {
        const std::uint32_t out = first + i;
        const int j = today.season.day_of_period(structure.links.out_phase[out]);
        const auto season = static_cast<Seasonal>(structure.links.out_season[out]);
        const std::int64_t called = today.season.call_off(season, firm, state.link.period_order[out], j);
        std::int64_t request = called + state.link.backlog[out];
        const std::uint32_t border = structure.links.out_border[out];
        const std::uint16_t control = structure.links.out_control[out];
        // A trading house will need the licence, so its order says as little of demand as a client's abroad.
        const bool controlled = control != kUncontrolled && state.authority[control].needed[product] != 0;
        const bool guarded = controlled && border != kNone && needs_application(structure, state, border, context.day);
        const bool licensed = border == kNone ? controlled : guarded;
        if (guarded) {
            const std::int64_t later = std::min(state.link.backlog[out], state.border.to_refile[border]);
            request = std::min(request - later, held_room(structure, state, border));
        }
        orders += guarded ? std::min(called, request) : called;
        (licensed ? waiting_orders : open_orders) += called;
        const double usual = static_cast<double>(structure.links.out_base[out]) * today.season.called_today(season, firm);
        (licensed ? expected_waiting : expected) += usual;
        scratch.request[i] = request;
        scratch.usual[i] = contracts ? std::llround(usual) : request;
        state.link.backlog[out] += called;
        asked += request;
    }
    std::int64_t& finished = state.firm.finished[firm];
    if (structure.parameters.home_reserve > 0) asked -= keep_for_home(structure, first, n, finished, scratch);
    if (finished >= asked) {
        std::copy_n(scratch.request.begin(), n, scratch.part.begin());
    } else {
        give_by_tier(structure, state, firm, n, finished, scratch);
    }
    std::int64_t given = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
        state.link.allocated[first + i] = scratch.part[i];
        state.link.backlog[first + i] -= scratch.part[i];
        given += scratch.part[i];
    }
    finished -= given;
    state.firm.orders[firm] = orders;
    state.firm.ordinary_orders[firm] = expected + expected_waiting;
    state.firm.owed[firm] = structure.parameters.backlog_dropped ? 0 : asked - given;
    // Orders that wait for a licence say less of demand, or nothing.
    const double u = structure.parameters.unlicensed_weight;
    state.firm.open_orders[firm] = open_orders + (u > 0 ? std::llround(u * static_cast<double>(waiting_orders)) : 0);
    state.firm.expected_orders[firm] = expected + (u > 0 ? u * expected_waiting : 0);
}

}  // namespace

void allocate(const Structure& structure, const StepContext& context, State& state)
{
    const Today today(structure, context.day);
    take_covert(structure, context, state);
    refill_stockpiles(structure, context, state, true);
    core::parallel_for(structure.n_firms(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        Scratch scratch;
        for (std::size_t firm = begin; firm < end; ++firm) {
            serve(structure, context, today, state, static_cast<std::uint32_t>(firm), scratch);
        }
    });
    count_covert_orders(structure, state);
    refill_stockpiles(structure, context, state, false);
}

}  // namespace chokepoint::dynamics
