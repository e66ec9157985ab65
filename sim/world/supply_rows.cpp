#include "supply_rows.hpp"

#include <algorithm>
#include <climits>
#include <map>

namespace chokepoint::world {

namespace {

using scenario::Scenario;

bool grows(const scenario::Growth& growth)
{
    return !growth.projects.empty() || !growth.outages.empty() || growth.stretch.most > 1 || growth.investment || growth.floor || growth.offtake;
}

double sum_over_firms(const Block& block, const std::vector<std::int64_t>& of)
{
    double sum = 0;
    for (std::uint32_t i = 0; i < block.n_firms; ++i) sum += static_cast<double>(of[block.first_firm + i]);
    return sum;
}

InvestmentRow investment_row(const scenario::Growth& growth)
{
    if (!growth.investment) return {};
    const scenario::Investment& from = *growth.investment;
    return {true, from.price, from.for_days, from.lead_days, from.ramp_days, from.size};
}

// `owner_capacity` is that of all blocks the scenario's producer became: its projects are shared by them.
BlockSupply block_supply(const scenario::Growth& growth, double owner_capacity, const Structure& structure)
{
    BlockSupply out;
    for (const scenario::Project& project : growth.projects) {
        out.projects.push_back({project.id, project.start - structure.start, project.ramp_days,
                                owner_capacity > 0 ? project.capacity / owner_capacity : 0});
    }
    std::sort(out.projects.begin(), out.projects.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    const auto day = [&](const std::optional<core::Date>& date) { return date ? *date - structure.start : INT_MAX; };
    for (const scenario::Outage& outage : growth.outages) {
        out.outages.push_back({outage.id, outage.from - structure.start, day(outage.until), outage.share});
    }
    std::sort(out.outages.begin(), out.outages.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    out.stretch = growth.stretch.most;
    out.stretch_days = growth.stretch.days;
    out.investment = investment_row(growth);
    if (growth.floor) out.floor = {growth.floor->price, growth.floor->from - structure.start, day(growth.floor->until)};
    if (growth.offtake) {
        out.offtake.on = true;
        out.offtake.grams = growth.offtake->amount;
        out.offtake.from = growth.offtake->from - structure.start;
        out.offtake.until = day(growth.offtake->until);
    }
    return out;
}

void add_market(const Structure& structure, Supply& supply)
{
    supply.market.assign(structure.products.size(), 0.0);
    for (const Block& block : structure.blocks) {
        if (block.role != Role::kProducer) continue;
        supply.market[block.product] += sum_over_firms(block, structure.firms.base_output);
    }
}

}  // namespace

void add_supply(const Scenario& scenario, const BlockPlan& plan, Structure& structure)
{
    Supply& supply = structure.supply;
    std::map<std::string, const scenario::Growth*> growth_of;
    for (const auto& producer : scenario.producers) {
        if (grows(producer.growth)) growth_of[producer.id] = &producer.growth;
    }
    if (growth_of.empty()) return;
    std::map<std::string, double> capacity_of;
    for (const PlannedBlock& planned : plan.blocks) {
        if (planned.block.role == Role::kProducer)
            capacity_of[planned.owner] += sum_over_firms(planned.block, structure.firms.capacity);
    }
    supply.of_block.assign(structure.blocks.size(), kNone);
    for (std::uint32_t b = 0; b < structure.blocks.size(); ++b) {
        if (structure.blocks[b].role != Role::kProducer || !growth_of.contains(plan.blocks[b].owner)) continue;
        BlockSupply row = block_supply(*growth_of.at(plan.blocks[b].owner), capacity_of.at(plan.blocks[b].owner), structure);
        row.block = b;
        row.outside = structure.controlling[structure.blocks[b].region] == 0;
        row.capacity0 = sum_over_firms(structure.blocks[b], structure.firms.capacity);
        supply.of_block[b] = static_cast<std::uint32_t>(supply.blocks.size());
        supply.blocks.push_back(std::move(row));
    }
    supply.investment_cap = scenario.behaviour.investment_cap;
    add_market(structure, supply);
}

void fill_supply(const Structure& structure, State& state)
{
    if (structure.supply.blocks.empty()) return;
    state.supply.capacity = structure.firms.capacity;
    state.supply.stretch.assign(structure.n_firms(), 1.0);
    state.supply.begun.resize(structure.supply.blocks.size());
    state.supply.days_above.assign(structure.supply.blocks.size(), 0);
    state.supply.taken.assign(structure.supply.blocks.size(), 0);
    state.published.support.assign(structure.supply.blocks.size(), 0);
    state.published.capacity.assign(structure.supply.blocks.size(), 0);
}

}  // namespace chokepoint::world
