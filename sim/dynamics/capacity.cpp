#include "capacity.hpp"

#include "chokepoint/core/apportion.hpp"
#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint::dynamics {

namespace {

using namespace world;

constexpr double kNoRoom = 1e-9;

// Row of Supply::blocks of a firm, or kNone.
std::uint32_t supply_row(const Structure& structure, std::size_t firm)
{
    return structure.supply.of_block.empty() ? kNone : structure.supply.of_block[structure.firms.block[firm]];
}

// K_t over K_0 but for stretch.
double project_factor(const Structure& structure, const State& state, std::uint32_t row, int day)
{
    double factor = 1;
    for (const ProjectRow& project : structure.supply.blocks[row].projects) factor += project.there(day);
    for (const ProjectRow& project : state.supply.begun[row]) factor += project.there(day);
    return factor;
}

// What outages leave of it [1].
double left_by_outages(const BlockSupply& supply, int day)
{
    double left = 1;
    for (const OutageRow& outage : supply.outages) left *= outage.in_force(day) ? 1 - outage.share : 1;
    return left;
}

// Part of what was wanted the day before that was not made [1]; nothing before day 0.
double scarcity(const State& state, std::size_t firm)
{
    const std::int64_t wanted = state.firm.wanted[firm];
    const std::int64_t lacking = wanted - state.firm.output[firm];
    return lacking > 0 ? static_cast<double>(lacking) / static_cast<double>(wanted) : 0;
}

// Price over that of day 0 that a block's owners look at: outside the controlling regions the index there, inside
// the mean of their own, weighted by base output.
double price_ratio(const Structure& structure, const State& state, const BlockSupply& supply, int day)
{
    const Block& block = structure.blocks[supply.block];
    const double base_price = structure.products[block.product].price;
    const double least = supply.floor.in_force(day) ? supply.floor.price / base_price : 0;
    if (supply.outside) return std::max(least, state.outside_price[block.product] / base_price);
    double value = 0, weight = 0;
    for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
        const auto base = static_cast<double>(structure.firms.base_output[firm]);
        value += base * std::exp(state.firm.ln_price[firm]);
        weight += base;
    }
    return std::max(least, weight > 0 ? value / weight : 1.0);
}

// What projects begun for their price add to a product's capacity a day while one of `ramp` days from `start` on
// would be ramped [g/d per d]. Those of the scenario are listed whatever the price and do not count.
double added_meanwhile(const Structure& structure, const State& state, std::uint32_t product, int start, int ramp)
{
    double rate = 0;
    for (std::size_t row = 0; row < structure.supply.blocks.size(); ++row) {
        const BlockSupply& supply = structure.supply.blocks[row];
        if (structure.blocks[supply.block].product != product) continue;
        for (const ProjectRow& other : state.supply.begun[row]) {
            const int length = std::max(1, other.ramp);
            if (other.start < start + ramp && start < other.start + length) rate += other.share * supply.capacity0 / length;
        }
    }
    return rate;
}

void begin_project(const Structure& structure, const StepContext& context, State& state, std::uint32_t row)
{
    const BlockSupply& supply = structure.supply.blocks[row];
    const InvestmentRow& plan = supply.investment;
    const Block& block = structure.blocks[supply.block];
    const int start = context.day + plan.lead;
    const int ramp = std::max(1, plan.ramp);
    const double allowed = structure.supply.investment_cap * structure.supply.market[block.product] / 365;
    const double left = std::max(0.0, allowed - added_meanwhile(structure, state, block.product, start, ramp));
    if (left <= kNoRoom * allowed) return;  // what rounding leaves of the cap is no project
    const double share = std::min(plan.size, left * ramp / supply.capacity0);
    auto& begun = state.supply.begun[row];
    begun.push_back({fmt::format("{}.{}", block.id, begun.size() + 1), start, plan.ramp, share});
    state.supply.days_above[row] = 0;
    state.events.push_back({context.day, "capacity", block.id,
                            fmt::format("begins a project of {} t/d, on stream in {} d: price {:.2f} times that of day 0 for {} d",
                                        core::plain(share * supply.capacity0 / structure.per_million(), 3), plan.lead, price_ratio(structure, state, supply, context.day), plan.for_days)});
}

// Listed projects whose ramp begins today.
void tell_projects(const Structure& structure, const StepContext& context, State& state, const BlockSupply& supply)
{
    for (const ProjectRow& project : supply.projects) {
        if (project.start != context.day) continue;
        state.events.push_back({context.day, "capacity", structure.blocks[supply.block].id,
                                fmt::format("{} comes on stream: {} t/d more over {} d", project.id,
                                            core::plain(project.share * supply.capacity0 / structure.per_million(), 3), project.ramp)});
    }
}

// Outages that begin or end today.
void tell_outages(const Structure& structure, int day, State& state, const BlockSupply& supply)
{
    for (const OutageRow& outage : supply.outages) {
        if (outage.from != day && outage.until != day) continue;
        state.events.push_back({day, "capacity", structure.blocks[supply.block].id,
                                outage.from == day ? fmt::format("{} begins: {} % of capacity lost", outage.id, core::plain(outage.share * 100, 3))
                                                   : fmt::format("{} is over", outage.id)});
    }
}

}  // namespace

void set_capacity(const Structure& structure, State& state, std::size_t firm, int day)
{
    const std::uint32_t row = supply_row(structure, firm);
    if (row == kNone) return;
    const BlockSupply& supply = structure.supply.blocks[row];
    double& stretch = state.supply.stretch[firm];
    const double lacking = scarcity(state, firm);
    stretch += (lacking > 0 ? (supply.stretch - stretch) * lacking : 1 - stretch) / supply.stretch_days;
    const double factor = project_factor(structure, state, row, day) * left_by_outages(supply, day) * stretch;
    state.supply.capacity[firm] = std::llround(static_cast<double>(structure.firms.capacity[firm]) * factor);
}

std::int64_t promised(const Structure& structure, std::size_t firm, int day)
{
    const std::uint32_t row = supply_row(structure, firm);
    if (row == kNone || !structure.supply.blocks[row].offtake.in_force(day)) return 0;
    const BlockSupply& supply = structure.supply.blocks[row];
    return std::llround(supply.offtake.grams * (static_cast<double>(structure.firms.capacity[firm]) / supply.capacity0));
}

double ln_received(const Structure& structure, const State& state, std::size_t firm, int day)
{
    const std::uint32_t row = supply_row(structure, firm);
    if (row == kNone || !structure.supply.blocks[row].floor.in_force(day)) return state.firm.ln_price[firm];
    return std::max(state.firm.ln_price[firm], std::log(structure.supply.blocks[row].floor.price / state.firm.base_price[firm]));
}

double offered_at_base(const Structure& structure, const State& state, std::size_t firm, int day)
{
    const auto base = static_cast<double>(structure.firms.base_output[firm]);
    const std::uint32_t row = supply_row(structure, firm);
    return row == kNone ? base : base * project_factor(structure, state, row, day);
}

void invest(const Structure& structure, const StepContext& context, State& state)
{
    for (std::uint32_t row = 0; row < structure.supply.blocks.size(); ++row) {
        const BlockSupply& supply = structure.supply.blocks[row];
        tell_projects(structure, context, state, supply);
        tell_outages(structure, context.day, state, supply);
        if (!supply.investment.on || supply.capacity0 <= 0) continue;
        int& days = state.supply.days_above[row];
        days = price_ratio(structure, state, supply, context.day) > supply.investment.price ? days + 1 : 0;
        if (days >= supply.investment.for_days) begin_project(structure, context, state, row);
    }
}

void publish_capacity(const Structure& structure, const StepContext& context, State& state)
{
    for (std::size_t row = 0; row < structure.supply.blocks.size(); ++row) {
        const Block& block = structure.blocks[structure.supply.blocks[row].block];
        const FloorRow& floor = structure.supply.blocks[row].floor;
        std::int64_t sum = 0, support = 0;
        for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
            sum += state.supply.capacity[firm];
            if (!floor.in_force(context.day) || state.firm.price[firm] >= floor.price) continue;
            support += core::muldiv_half_even(state.firm.output[firm], nano_dollars(floor.price - state.firm.price[firm]), 1000);
        }
        state.published.capacity[row] = sum;
        state.published.support[row] = support;
    }
}

}  // namespace chokepoint::dynamics
