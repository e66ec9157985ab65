#include "stockpile.hpp"

#include "capacity.hpp"

#include "chokepoint/core/apportion.hpp"
#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace chokepoint::dynamics {

namespace {

using namespace world;

// Price of the product where the stockpile is: the index outside, or in a controlling region the mean of its makers.
double market_price(const Structure& structure, const State& state, const StockpileRow& row)
{
    const double base_price = structure.products[row.product].price;
    if (row.outside) return state.outside_price[row.product];
    double value = 0, weight = 0;
    for (const Block& block : structure.blocks) {
        if (block.role != Role::kProducer || block.region != row.region || block.product != row.product) continue;
        for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
            const auto base = static_cast<double>(structure.firms.base_output[firm]);
            value += base * state.firm.price[firm];
            weight += base;
        }
    }
    return weight > 0 ? value / weight : base_price;
}

// [1e-6 USD] of grams at a price, rounded once.
std::int64_t worth(std::int64_t grams, double usd_per_kg) { return core::muldiv_half_even(grams, nano_dollars(usd_per_kg), 1000); }

// Gives one tier what it lacks, as far as `left` goes; returns how much.
std::int64_t serve_tier(const Structure& structure, const StockpileRow& row, std::size_t tier, std::int64_t left,
                        State& state, StockpileState& own)
{
    const std::uint32_t first = row.tier_begin[tier];
    const std::size_t n = row.tier_begin[tier + 1] - first;
    std::int64_t lacking = 0;
    for (std::size_t i = 0; i < n; ++i) {
        own.lack[i] = std::max<std::int64_t>(0, row.kept[first + i] - state.slot.stock[row.user[first + i]]);
        lacking += own.lack[i];
    }
    const std::int64_t given = std::min(left, lacking);
    if (given == 0) return 0;
    core::apportion(given, std::span<const std::int64_t>(own.lack.data(), n),
                    std::span<const std::uint64_t>(row.user_key.data() + first, n), std::span(own.part.data(), n));
    const double price = row.at_market ? market_price(structure, state, row) : structure.products[row.product].price;
    for (std::size_t i = 0; i < n; ++i) {
        state.slot.stock[row.user[first + i]] += own.part[i];
        state.slot.received[row.user[first + i]] += own.part[i];
    }
    own.now.earned += worth(given, price);
    return given;
}

// Routine or better: no licence is needed, or files are reviewed at full weight.
bool may_buy(const Structure& structure, const State& state, const StockpileRow& row)
{
    for (std::size_t c = 0; c < structure.policy.controls.size(); ++c) {
        const Control& control = structure.policy.controls[c];
        if (control.region != row.origin || row.origin == row.region || state.authority[c].needed[row.product] == 0) continue;
        const PostureRow& posture = control.postures[state.authority[c].posture[row.region]];
        if (posture.banned || (posture.licence && posture.weight < 1)) return false;
    }
    return market_price(structure, state, row) < row.refill.below * structure.products[row.product].price;
}

// Takes finished goods of the block in proportion to what there is; they count as orders, so that more is made.
void buy(const Structure& structure, const StepContext& context, State& state, const StockpileRow& row, StockpileState& own)
{
    const Block& block = structure.blocks[row.refill.block];
    const std::size_t n = block.n_firms;
    std::int64_t there = 0;
    for (std::size_t i = 0; i < n; ++i) {
        own.lack[i] = state.firm.finished[block.first_firm + i];
        own.tie[i] = structure.firms.key[block.first_firm + i];
        there += own.lack[i];
    }
    const std::int64_t open = row.refill.target - own.now.stock - own.now.under_way;
    const std::int64_t bought = std::min({row.refill.rate, open, there});
    if (bought <= 0) return;
    core::apportion(bought, std::span<const std::int64_t>(own.lack.data(), n), std::span<const std::uint64_t>(own.tie.data(), n),
                    std::span(own.part.data(), n));
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t firm = block.first_firm + i;
        state.firm.finished[firm] -= own.part[i];
        own.now.paid += worth(own.part[i], state.firm.price[firm]);
    }
    own.now.refilled = own.bought = bought;
    own.now.under_way += bought;
    own.ring[static_cast<std::size_t>(context.day + row.transit) % own.ring.size()] += bought;
}

// What industry has left of finished goods beyond their target, as far as offtake goes; paid at the price or the floor.
void take_under_offtake(const Structure& structure, const StepContext& context, State& state, std::size_t row)
{
    const BlockSupply& supply = structure.supply.blocks[row];
    state.supply.taken[row] = 0;
    if (!supply.offtake.in_force(context.day)) return;
    StockpileFlow& now = state.stockpile[supply.offtake.stockpile].now;
    const Block& block = structure.blocks[supply.block];
    std::int64_t taken = 0;
    for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
        const std::int64_t spare = state.firm.finished[firm] - structure.firms.finished_target[firm];
        const std::int64_t part = std::clamp<std::int64_t>(spare, 0, promised(structure, firm, context.day));
        state.firm.finished[firm] -= part;
        now.paid += worth(part, state.firm.base_price[firm] * std::exp(ln_received(structure, state, firm, context.day)));
        taken += part;
    }
    state.supply.taken[row] = taken;
    now.refilled += taken;
    now.under_way += taken;
    auto& ring = state.stockpile[supply.offtake.stockpile].ring;
    ring[static_cast<std::size_t>(context.day + supply.offtake.transit) % ring.size()] += taken;
}

}  // namespace

void release_stockpiles(const Structure& structure, const StepContext& context, State& state)
{
    for (std::size_t s = 0; s < structure.stockpiles.size(); ++s) {
        const StockpileRow& row = structure.stockpiles[s];
        StockpileState& own = state.stockpile[s];
        const std::int64_t arrived = std::exchange(own.ring[static_cast<std::size_t>(context.day) % own.ring.size()], 0);
        own.now.released = own.now.refilled = own.now.earned = own.now.paid = own.bought = 0;
        own.now.under_way -= arrived;
        own.now.stock += arrived;
        if (context.day < row.from) continue;
        std::int64_t left = std::min(row.release, own.now.stock);
        for (std::size_t tier = 0; tier + 1 < row.tier_begin.size() && left > 0; ++tier) {
            const std::int64_t given = serve_tier(structure, row, tier, left, state, own);
            left -= given;
            own.now.released += given;
        }
        own.now.stock -= own.now.released;
        if (own.now.released > 0 && own.ever_released == 0)
            state.events.push_back({context.day, "stockpile", row.id, fmt::format("begins to release: {} t today", core::plain(static_cast<double>(own.now.released) / structure.per_million(), 3))});
        own.ever_released += own.now.released;
    }
}

void refill_stockpiles(const Structure& structure, const StepContext& context, State& state, bool first)
{
    for (std::size_t s = 0; s < structure.stockpiles.size(); ++s) {
        const StockpileRow& row = structure.stockpiles[s];
        StockpileState& own = state.stockpile[s];
        if (!row.refill.on) continue;
        if (row.refill.first == first && may_buy(structure, state, row)) buy(structure, context, state, row, own);
        if (first || own.bought == 0) continue;
        const Block& block = structure.blocks[row.refill.block];
        for (std::size_t i = 0; i < block.n_firms; ++i) {  // counts after orders have been served
            state.firm.orders[block.first_firm + i] += own.part[i];
            state.firm.open_orders[block.first_firm + i] += own.part[i];
        }
    }
    if (first || structure.stockpiles.empty()) return;
    for (std::size_t row = 0; row < structure.supply.blocks.size(); ++row) take_under_offtake(structure, context, state, row);
}

void publish_stockpiles(const Structure& structure, State& state)
{
    for (std::size_t s = 0; s < structure.stockpiles.size(); ++s) {
        const StockpileRow& row = structure.stockpiles[s];
        const StockpileFlow& now = state.stockpile[s].now;
        state.published.stockpiles[s] = now;
        if (row.export_cell != kNone) state.published.exports[row.export_cell] += state.stockpile[s].bought;
    }
    for (std::size_t row = 0; row < structure.supply.blocks.size(); ++row) {
        const std::uint32_t cell = structure.supply.blocks[row].offtake.export_cell;
        if (cell != kNone) state.published.exports[cell] += state.supply.taken[row];
    }
}

}  // namespace chokepoint::dynamics
