#pragma once
// Who needs how much of what, and through whom it comes, block by block.
//
// From buyers' needs upwards: a buyer's need is split over origins by the balanced trade table of the
// product's family (or by producers' capacity where there is none); what crosses a border passes in
// part through trading houses at origin and distributors at the destination. Outputs of producers
// follow from what is asked of them, and their inputs from their output, product by product upstream. Products
// made from each other, or from themselves, are planned together: what a round of the circle asks for is added
// until it asks for nothing more (the Leontief series).
// Units  [g/d]
// Errors InputError: an origin with flows and no producer, a remainder below zero, a circle that uses up what it
//        makes or whose products stand in a trade table

#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/structure.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::world {

struct PlannedBlock {
    Block block;                      // rows of firms not yet assigned
    std::string owner;                // its id in the scenario; several blocks when it makes or trades several products
    std::string key;                  // scenario path, e.g. "buyers.auto_usa"
    scenario::FirmDistribution cover;
    double finished_cover = 0;        // [d]
    double size_log_sd = 1;
    double capacity = -1;             // [g/d] < 0 not given
    double utilisation = -1;          // [1] < 0 not given
    double activity = 0;              // [activity/d] base output of the block
    double spot = 0;                  // [1] share of its firms that buy without a contract
    int parts = 1;                    // kinds of part a critical input consists of
};

// Product of `buyer` taken from the firms of `seller`.
struct PlannedFlow {
    std::uint32_t buyer = 0, seller = 0, product = 0;  // planned blocks, product
    double grams_per_day = 0;
};

struct PlannedInput {
    std::uint32_t block = 0, product = 0;
    double grams_per_day = 0;
    scenario::Criticality critical = scenario::Criticality::kCritical;
    std::optional<scenario::FirmDistribution> cover;  // [d] in place of the block's
};

struct BlockPlan {
    std::vector<PlannedBlock> blocks;      // sorted by owner and product
    std::vector<PlannedInput> inputs;      // sorted by (block, product)
    std::vector<PlannedFlow> flows;        // sorted by (buyer, product, seller)
    std::vector<std::uint32_t> products_downstream_first;  // those of a circle one after the other
    std::vector<std::uint64_t> product_key;  // [n_products] stable, for draws
    std::vector<bool> in_circle;           // [n_products] made, by way of others or not, from itself
    double residual = 0;                   // largest relative miss of a known total after balancing [1]
};

[[nodiscard]] BlockPlan plan_blocks(const scenario::Scenario& scenario);

}  // namespace chokepoint::world
