// Phase 3. Output is the least of capacity, what is wanted and what critical inputs allow; need that
// is not met is lost but for the share a buyer catches up. Sellers make for the orders they may fill and
// to restore finished stock.

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "chokepoint/world/season.hpp"
#include "activity.hpp"
#include "calls.hpp"
#include "capacity.hpp"
#include "demand.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace chokepoint::dynamics {

namespace {

using namespace world;

// Log-normal with mean 1.
double noise(double sd, double z) { return std::exp(sd * z - 0.5 * sd * sd); }

// Factor on a buyer's base activity today, before what it does about cost: season, growth, dated steps, and draws of the week and
// of the month.
double need_factor(const Structure& structure, const StepContext& context, const State& state, std::size_t firm, const Block& block)
{
    const int day = context.day;
    double factor = ordinary_activity(structure, state, firm, day);
    if (block.growth != 0) factor *= std::pow(1 + block.growth, day / 365.0);
    for (const NeedStepRow& step : block.need_steps)
        if (step.from <= day && day < step.until) factor *= step.factor;
    if (block.need_noise > 0) factor *= noise(block.need_noise, context.random.normal(core::Stream::kNeed, structure.firms.key[firm], day / 7));
    const int month = context.date.year() * 12 + context.date.month();
    if (block.common_noise > 0) factor *= noise(block.common_noise, context.random.normal(core::Stream::kNeed, block.key, month, 1));
    return factor;
}

// Whole units of an amount, the fraction carried to the next day.
std::int64_t with_carry(double amount, double& carry)
{
    const double exact = amount + carry;
    const auto whole = static_cast<std::int64_t>(exact);
    carry = exact - static_cast<double>(whole);
    return whole;
}

std::int64_t wanted_by_buyer(const Structure& structure, const StepContext& context, State& state, std::size_t firm, const Block& block)
{
    const std::int64_t base = structure.firms.base_output[firm];
    const double factor = need_factor(structure, context, state, firm, block);
    const double kept = need_kept(structure, state, firm);
    if (!state.firm.given_up.empty()) {
        const double amount = static_cast<double>(base) * factor * (1 - kept);
        state.firm.given_up[firm] = amount == 0 ? 0 : with_carry(amount, state.firm.given_up_carry[firm]);
    }
    if (factor * kept == 1.0 && state.firm.want_carry[firm] == 0) return base;
    return with_carry(static_cast<double>(base) * (factor * kept), state.firm.want_carry[firm]);
}

// With instant delivery the orders of today, placed yesterday, are made today.
std::int64_t called_today(const Structure& structure, const State& state, const DaySeason& calls, std::size_t firm)
{
    std::int64_t sum = 0;
    for (std::uint32_t out = structure.firms.out_begin[firm]; out < structure.firms.out_begin[firm + 1]; ++out) {
        const int j = calls.day_of_period(structure.links.out_phase[out]);
        sum += calls.call_off(Seasonal::kFlat, static_cast<std::uint32_t>(firm), state.link.period_order[out], j);
    }
    return sum;
}

// Each order counts once: what is owed was not in stock when it was called, and what is expected was not called yet. Owed
// with the goods there, because they may not cross today, asks for none to be made: finished less owed is what is there.
std::int64_t wanted_by_seller(const Structure& structure, State& state, std::size_t firm, int day)
{
    const std::int64_t owed = std::max<std::int64_t>(0, state.firm.owed[firm] - state.firm.finished[firm]);
    const std::int64_t free = std::max<std::int64_t>(0, state.firm.finished[firm] - state.firm.owed[firm]);
    const std::int64_t gap = structure.firms.finished_target[firm] - free;
    learn_calls(structure, state, firm, day);
    // With instant delivery the orders of today are known.
    const std::int64_t calls = structure.parameters.instant_delivery ? state.firm.orders[firm] : calls_expected(structure, state, firm);
    return std::max<std::int64_t>(0, calls + owed + gap / structure.parameters.review_days);
}

// a0_k, by the recipe of day 0.
double per_activity0(const Structure& structure, std::size_t slot, std::size_t firm)
{
    return static_cast<double>(structure.slots.base_need[slot]) / static_cast<double>(structure.firms.base_output[firm]);
}

// a_k, by the recipe of the day before.
double per_activity(const Structure& structure, const State& state, std::size_t slot, std::size_t firm)
{
    return per_activity0(structure, slot, firm) * state.conduct.recipe_of(slot);
}

// What need there would have been beyond that of today: given up for its cost, or gone to another recipe (negative
// where another recipe needs more).
void book_need_gone(const Structure& structure, State& state, std::size_t firm, std::size_t slot)
{
    const double each0 = per_activity0(structure, slot, firm);
    if (!state.slot.given_up.empty()) {
        const std::int64_t output = state.firm.given_up[firm];
        state.slot.given_up[slot] = output == 0 ? 0 : with_carry(static_cast<double>(output) * each0, state.slot.given_up_carry[slot]);
    }
    if (state.slot.switched.empty()) return;
    const double recipe = state.conduct.recipe_of(slot);
    const double gone = static_cast<double>(state.firm.wanted[firm]) * each0 * (1 - recipe);
    state.slot.switched[slot] = gone == 0 ? 0 : with_carry(gone, state.slot.switched_carry[slot]);
}

// What a buyer may make beyond what is wanted, of output lost before.
std::int64_t made_up_at_most(const Structure& structure, const State& state, std::size_t firm)
{
    if (state.conduct.owed_output.empty()) return 0;
    const double cap = structure.conduct.catch_up_cap * static_cast<double>(structure.firms.base_output[firm]);
    return static_cast<std::int64_t>(std::min(state.conduct.owed_output[firm], cap));
}

void book_lost(const Structure& structure, State& state, std::size_t firm)
{
    if (state.conduct.owed_output.empty()) return;
    const double chi = structure.conduct.blocks[structure.firms.block[firm]].catch_up;
    const auto lost = static_cast<double>(state.firm.wanted[firm] - state.firm.output[firm]);
    state.conduct.owed_output[firm] += lost > 0 ? chi * lost : lost;
}

// What is made on a day when nothing is short, over base, where that is more: cover is days of base use all the year, so
// neither the peak of a season nor a week done in five days is scarcity [1].
double peak_of_day(const Structure& structure, std::size_t firm, const Block& block, int day)
{
    const Parameters& parameters = structure.parameters;
    double factor = season_of_firm(structure, firm, block.region, day) *
                    structure.conduct.work_of(structure.firms.block[firm], block.region, day);
    if (block.product != kNone && block.region == parameters.season_region)  // its clients' orders follow the season
        factor *= season_sum(parameters.call_sum, parameters.season_first, day) -
                  season_sum(parameters.call_sum, parameters.season_first, day - 1);
    return std::max(1.0, factor);
}

// The most output an input allows, where that is less than `output`; a_k is `each`, K0 base output, s the peak of the day.
//   critical   S_k / a_k, with precaution s S_k / (psi n a_k) as well
//   important  0.5 (S_k / a_k + K0)
std::int64_t allowed(const Structure& structure, std::size_t firm, std::uint32_t slot, std::int64_t in_stock, double each,
                     std::int64_t output, double peak)
{
    const auto stock = static_cast<double>(in_stock);
    if (structure.slots.critical[slot] == static_cast<std::uint8_t>(Criticality::kImportant)) {
        const double half = 0.5 * (stock / each + static_cast<double>(structure.firms.base_output[firm]));
        return half < static_cast<double>(output) ? static_cast<std::int64_t>(half) : output;
    }
    if (stock < static_cast<double>(output) * each) output = static_cast<std::int64_t>(stock / each);
    if (structure.conduct.blocks.empty()) return output;
    const double kept = structure.conduct.blocks[structure.firms.block[firm]].precaution * structure.slots.cover[slot] * each / peak;
    return stock < kept * static_cast<double>(output) ? static_cast<std::int64_t>(stock / kept) : output;
}

// Of need that is not met, what this input is short of itself: what would be unmet were all others there. The rest lies
// in stock while the line stands for want of another.
std::int64_t lacking(const Structure& structure, const State& state, std::size_t firm, std::uint32_t slot, double each,
                     std::int64_t unmet, double peak)
{
    const std::int64_t output = state.firm.output[firm], wanted = state.firm.wanted[firm];
    std::int64_t lacks = unmet - state.slot.stock[slot];  // stock is what use left
    if (structure.slots.critical[slot] == static_cast<std::uint8_t>(Criticality::kCritical)) {
        // As if nothing had been used yet.
        const std::int64_t alone = allowed(structure, firm, slot, state.slot.stock[slot] + state.slot.use[slot], each, wanted, peak);
        if (alone <= output) return unmet;  // it held the line
        lacks = std::max(lacks, state.slot.need[slot] - static_cast<std::int64_t>(static_cast<double>(alone) * each));
    }
    return std::clamp<std::int64_t>(lacks, 0, unmet);
}

void use_inputs(const Structure& structure, State& state, std::size_t firm, const Block& block, int day)
{
    const std::int64_t base = structure.firms.base_output[firm];
    const std::int64_t capacity = capacity_of(structure, state, firm);
    // What a maker cannot make today for want of capacity is no need of its inputs.
    const std::int64_t wanted = block.product != kNone ? std::min(state.firm.wanted[firm], capacity) : state.firm.wanted[firm];
    const std::uint32_t first = structure.firms.slot_begin[firm];
    const std::uint32_t last = structure.firms.slot_begin[firm + 1];
    std::int64_t output = std::min(wanted + made_up_at_most(structure, state, firm), capacity);
    const double peak = structure.conduct.blocks.empty() ? 1.0 : peak_of_day(structure, firm, block, day);
    for (std::uint32_t slot = first; slot < last; ++slot) {
        const double each = per_activity(structure, state, slot, firm);
        const bool as_ever = wanted == base && state.conduct.recipe_of(slot) == 1.0;
        state.slot.need[slot] = as_ever ? structure.slots.base_need[slot]
                                        : with_carry(static_cast<double>(wanted) * each, state.slot.need_carry[slot]);
        book_need_gone(structure, state, firm, slot);
        if (structure.slots.critical[slot] == static_cast<std::uint8_t>(Criticality::kMinor)) continue;
        output = allowed(structure, firm, slot, state.slot.stock[slot], each, output, peak);
    }
    state.firm.output[firm] = output;
    for (std::uint32_t slot = first; slot < last; ++slot) {
        std::int64_t use = structure.slots.base_need[slot];
        if (output != base || state.conduct.recipe_of(slot) != 1.0) {
            use = output == wanted ? state.slot.need[slot]
                                   : with_carry(static_cast<double>(output) * per_activity(structure, state, slot, firm),
                                                state.slot.use_carry[slot]);
        }
        // Use and need are rounded apart: a gram more than the need of the day is used tomorrow, so that none is unmet by less than nought.
        if (output < wanted && use > state.slot.need[slot]) {
            state.slot.use_carry[slot] += static_cast<double>(use - state.slot.need[slot]);
            use = state.slot.need[slot];
        }
        use = std::min(use, state.slot.stock[slot]);
        state.slot.use[slot] = use;
        state.slot.stock[slot] -= use;
        const std::int64_t unmet = state.slot.need[slot] - use;
        state.slot.lacked[slot] = unmet > 0 ? lacking(structure, state, firm, slot, per_activity(structure, state, slot, firm), unmet, peak) : 0;
    }
    book_lost(structure, state, firm);
}

}  // namespace

void produce(const Structure& structure, const StepContext& context, State& state)
{
    std::optional<DaySeason> calls;
    if (structure.parameters.instant_delivery) calls.emplace(structure, day_of_calls(structure.parameters, context.day));
    core::parallel_for(structure.n_firms(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t firm = begin; firm < end; ++firm) {
            const Block& block = structure.blocks[structure.firms.block[firm]];
            for (std::uint32_t b = structure.firms.border_begin[firm]; b < structure.firms.border_begin[firm + 1]; ++b) {
                // Refused or returned: the goods are the seller's again and the order is open again.
                state.firm.finished[firm] += state.border.given_back[b];
                state.link.backlog[structure.border.out[b]] += state.border.given_back[b];
                state.border.given_back[b] = 0;
            }
            if (!state.supply.capacity.empty()) set_capacity(structure, state, firm, context.day);
            const bool sells = block.product != kNone;
            if (calls) state.firm.orders[firm] = called_today(structure, state, *calls, firm);
            state.firm.wanted[firm] = sells ? wanted_by_seller(structure, state, firm, context.day)
                                            : wanted_by_buyer(structure, context, state, firm, block);
            if (!state.supply.capacity.empty())
                state.firm.wanted[firm] = std::max(state.firm.wanted[firm], promised(structure, firm, context.day));
            use_inputs(structure, state, firm, block, context.day);
            // A trader passes on exactly the grams it took from stock.
            const bool trades = block.role == Role::kExporter || block.role == Role::kImporter;
            const std::uint32_t slot = structure.firms.slot_begin[firm];
            if (trades && slot < structure.firms.slot_begin[firm + 1]) state.firm.output[firm] = state.slot.use[slot];
            if (sells) state.firm.finished[firm] += state.firm.output[firm];
        }
    });
}

}  // namespace chokepoint::dynamics
