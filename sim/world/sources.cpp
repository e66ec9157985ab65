#include "sources.hpp"

#include "controlling.hpp"

#include <stdexcept>

namespace chokepoint::world {

namespace {

// Makers sell to everyone but a trading house abroad; trading houses sell abroad; distributors sell at home.
bool may_sell(const Block& seller, const Block& user)
{
    const bool home = seller.region == user.region;
    switch (seller.role) {
        case Role::kProducer: return user.role == Role::kExporter ? home : user.role != Role::kImporter || !home;
        case Role::kExporter: return !home && user.role != Role::kExporter;
        case Role::kImporter: return home && (user.role == Role::kBuyer || user.role == Role::kProducer);
        case Role::kBuyer: break;
    }
    return false;
}

// To a trading house at home no licence is needed: the border comes one step later.
std::uint16_t guard_of(const Structure& structure, const Block& seller, const Block& user)
{
    return seller.region == user.region ? kUncontrolled : control_of(structure, seller.region, seller.product);
}

// The first measure at an origin of which something is true.
template <class Is>
std::uint16_t first_control(const Structure& structure, std::uint32_t region, Is is)
{
    for (std::uint16_t c = 0; c < structure.policy.controls.size(); ++c) {
        const Control& control = structure.policy.controls[c];
        if (control.region == region && is(control)) return c;
    }
    return kUncontrolled;
}

void expect_every_link(const Structure& structure)
{
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        const std::uint32_t row = structure.slots.row[slot];
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
            const std::uint32_t seller = structure.firms.block[structure.links.seller[in]];
            const std::size_t source = structure.source_of(row, seller);
            if (source < structure.source_begin[row + 1] && structure.sources[source].seller == seller) continue;
            throw std::logic_error(structure.blocks[seller].id + " sells to " + structure.blocks[structure.rows[row].block].id +
                                   " and is none of its sources");
        }
    }
}

}  // namespace

std::uint16_t control_of(const Structure& structure, std::uint32_t region, std::uint32_t product)
{
    const auto listing = [&](std::uint32_t listed) {
        return first_control(structure, region, [&](const Control& control) { return control.lists_product(listed); });
    };
    const Product& goods = structure.products[product];
    std::uint16_t found = listing(product);
    if (found != kUncontrolled || !goods.look_alike) return found;
    if (goods.looks_like != kNone) return listing(goods.looks_like);
    found = first_control(structure, region, [&](const Control& control) { return controls_goods(structure, control); });
    return found != kUncontrolled ? found : first_control(structure, region, [](const Control&) { return true; });
}

void add_sources(Structure& structure)
{
    structure.source_begin.assign(1, 0);
    for (std::uint32_t row = 0; row < structure.rows.size(); ++row) {
        const Block& user = structure.blocks[structure.rows[row].block];
        for (std::uint32_t s = 0; s < structure.blocks.size(); ++s) {
            const Block& seller = structure.blocks[s];
            if (seller.product != structure.rows[row].product || !may_sell(seller, user)) continue;
            structure.sources.push_back({row, s, guard_of(structure, seller, user)});
        }
        structure.source_begin.push_back(static_cast<std::uint32_t>(structure.sources.size()));
    }
    expect_every_link(structure);
}

}  // namespace chokepoint::world
