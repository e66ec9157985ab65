#include "outside.hpp"

namespace chokepoint::world {

namespace {

void add_users(Structure& structure)
{
    std::vector<std::uint8_t> counts(structure.rows.size(), 0);
    for (std::uint32_t row = 0; row < structure.rows.size(); ++row) {
        const Block& block = structure.blocks[structure.rows[row].block];
        if (structure.controlling[block.region] != 0) continue;
        counts[row] = 1;
        structure.rows_outside.push_back(row);
    }
    structure.stock_outside.assign(structure.products.size(), 0);
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        if (counts[structure.slots.row[slot]] == 0) continue;
        structure.stock_outside[structure.slots.product[slot]] += structure.base_stock(slot);
    }
}

// Goods count once, where they come into the regions beyond control: from sellers in controlling regions, and from makers.
void add_supply_links(Structure& structure)
{
    std::vector<std::uint8_t> goes_outside(structure.n_links(), 0);
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        const Block& to = structure.blocks[structure.firms.block[structure.slots.firm[slot]]];
        if (structure.controlling[to.region] != 0) continue;
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in)
            goes_outside[structure.links.out[in]] = 1;
    }
    for (std::uint32_t out = 0; out < structure.n_links(); ++out) {
        if (goes_outside[out] == 0) continue;
        const std::uint32_t seller = structure.links.seller[structure.links.in[out]];
        const Block& from = structure.blocks[structure.firms.block[seller]];
        if (structure.controlling[from.region] == 0 && from.role != Role::kProducer) continue;
        structure.supply_links.push_back({out, seller, from.product});
    }
    structure.supply_links.shrink_to_fit();
}

}  // namespace

void find_outside(Structure& structure)
{
    add_users(structure);
    add_supply_links(structure);
}

}  // namespace chokepoint::world
