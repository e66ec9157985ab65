#pragma once
// Firms and links from block flows: synthetic disaggregation that keeps every block total exactly.
//
// Firm sizes are log-normal. A firm's need of a product is cut into the kinds of part it consists of, and
// each into one to three orders of similar size; the orders of a block, in a random sequence, are laid along a line, and so are the flows of
// the seller blocks, each divided over sellers drawn in proportion to size. Where an order and a
// seller overlap there is a link. Sums over any block are therefore exact to the gram.

#include "chokepoint/core/random.hpp"
#include "chokepoint/world/block_flows.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint::world {

struct RawLink {
    std::uint32_t buyer = 0, seller = 0;  // firms
    std::uint32_t product = 0;
    std::int64_t base = 0;  // [g/d]
    std::uint32_t part = 0; // of the buyer's slot
};

struct RawSlot {
    std::uint32_t firm = 0, product = 0;
    std::int64_t need = 0;  // [g/d]
    scenario::Criticality critical = scenario::Criticality::kCritical;
    std::uint32_t part = 0;
};

struct Network {
    std::vector<std::uint64_t> firm_key;      // [n_firms]
    std::vector<std::uint32_t> firm_block;    // [n_firms]
    std::vector<double> firm_weight;          // [n_firms] share of the block's size, sums to one
    std::vector<std::int64_t> firm_output;    // [n_firms] base activity
    std::vector<RawSlot> slots;               // sorted by (firm, product, part)
    std::vector<RawLink> links;               // sorted by (buyer, product, part, seller)
};

// Kinds of part an input of a block's firms consists of: one unless output stops without it.
[[nodiscard]] std::uint32_t parts_of(const PlannedBlock& planned, scenario::Criticality critical);

// Fills first_firm and n_firms of the plan's blocks.
[[nodiscard]] Network make_network(BlockPlan& plan, const core::Random& random, int suppliers_min,
                                   int suppliers_max);

}  // namespace chokepoint::world
