#include "stockpile_rows.hpp"

#include "row_index.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::world {

namespace {

using scenario::Scenario;

// Users of one buyer block: the stock below which they are served is at most their own cover, so that on day 0
// nobody is.
void add_tier(const Structure& structure, const Block& block, double cover, StockpileRow& out)
{
    const std::uint32_t first = structure.firms.slot_begin[block.first_firm];
    const std::uint32_t last = structure.firms.slot_begin[block.first_firm + block.n_firms];
    for (std::uint32_t slot = first; slot < last; ++slot) {
        if (structure.slots.product[slot] != out.product) continue;
        const double days = std::min(cover, structure.slots.cover[slot]);
        out.user.push_back(slot);
        out.user_key.push_back(structure.slot_key(slot));
        out.kept.push_back(std::llround(static_cast<double>(structure.slots.base_need[slot]) * days));
    }
    out.tier_begin.push_back(static_cast<std::uint32_t>(out.user.size()));
}

std::uint32_t export_cell(const Structure& structure, std::uint32_t origin, std::uint32_t destination, std::uint32_t product)
{
    const auto found = std::find(structure.exports_of.begin(), structure.exports_of.end(), origin);
    if (found == structure.exports_of.end() || origin == destination) return kNone;
    const auto row = static_cast<std::size_t>(found - structure.exports_of.begin());
    return static_cast<std::uint32_t>((row * structure.regions.size() + destination) * structure.products.size() + product);
}

int transit_days(const Structure& structure, std::uint32_t origin, std::uint32_t destination)
{
    for (const Lane& lane : structure.lanes) {
        if (lane.origin == origin && lane.destination == destination) return lane.days;
    }
    return 1;
}

void add_refill(const scenario::Refill& from, const BlockPlan& plan, const Structure& structure, StockpileRow& out)
{
    for (std::uint32_t b = 0; b < structure.blocks.size(); ++b) {
        const Block& block = structure.blocks[b];
        if (block.role != Role::kProducer || plan.blocks[b].owner != from.from || block.product != out.product) continue;
        out.refill = {true, b, from.below, std::llround(from.rate), std::llround(from.target), from.first};
        out.origin = block.region;
        out.export_cell = export_cell(structure, block.region, out.region, out.product);
    }
    out.transit = transit_days(structure, out.origin, out.region);
}


// Offtake of a maker of several products is of the one the stockpile holds.
void join_offtake(const Scenario& scenario, const BlockPlan& plan, Structure& structure)
{
    for (BlockSupply& supply : structure.supply.blocks) {
        if (!supply.offtake.on) continue;
        const Block& block = structure.blocks[supply.block];
        const auto& producer = *std::find_if(scenario.producers.begin(), scenario.producers.end(),
                                             [&](const auto& p) { return p.id == plan.blocks[supply.block].owner; });
        const std::uint32_t row = index_by_id(structure.stockpiles).at(producer.growth.offtake->by);
        const StockpileRow& stockpile = structure.stockpiles[row];
        supply.offtake.on = stockpile.product == block.product;
        supply.offtake.stockpile = row;
        supply.offtake.transit = transit_days(structure, block.region, stockpile.region);
        supply.offtake.export_cell = export_cell(structure, block.region, stockpile.region, block.product);
    }
}

}  // namespace

void add_stockpiles(const Scenario& scenario, const BlockPlan& plan, Structure& structure)
{
    const auto regions = index_by_id(scenario.regions);
    const auto products = index_by_id(scenario.products);
    const auto blocks = index_by_id(structure.blocks);
    for (const scenario::Stockpile& from : scenario.stockpiles) {
        StockpileRow out;
        out.id = from.id;
        out.title = from.title.empty() ? from.id : from.title;
        out.region = regions.at(from.region);
        out.product = products.at(from.product);
        out.outside = structure.controlling[out.region] == 0;
        out.at_market = from.at_market;
        out.stock0 = std::llround(from.stock);
        out.release = std::llround(from.release);
        out.from = from.from ? *from.from - structure.start : 0;
        out.tier_begin.push_back(0);
        for (const std::string& id : from.serves) add_tier(structure, structure.blocks[blocks.at(id)], from.cover, out);
        if (from.refill) add_refill(*from.refill, plan, structure, out);
        structure.stockpiles.push_back(std::move(out));
    }
    join_offtake(scenario, plan, structure);
}

void fill_stockpiles(const Structure& structure, State& state)
{
    for (std::uint32_t i = 0; i < structure.stockpiles.size(); ++i) {
        const StockpileRow& row = structure.stockpiles[i];
        StockpileState own;
        own.now.stock = row.stock0;
        int longest = row.transit;
        for (const BlockSupply& supply : structure.supply.blocks) {
            if (supply.offtake.on && supply.offtake.stockpile == i) longest = std::max(longest, supply.offtake.transit);
        }
        own.ring.assign(static_cast<std::size_t>(longest) + 1, 0);
        std::size_t widest = row.user.size();
        if (row.refill.on) widest = std::max<std::size_t>(widest, structure.blocks[row.refill.block].n_firms);
        own.lack.resize(widest);
        own.part.resize(widest);
        own.tie.resize(widest);
        state.published.stockpiles.push_back(own.now);
        state.stockpile.push_back(std::move(own));
    }
}

}  // namespace chokepoint::world
