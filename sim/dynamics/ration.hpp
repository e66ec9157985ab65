#pragma once
// Who goes without when a seller has too little: everyone in proportion, or small accounts, or those who pay less.

#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::dynamics {

[[nodiscard]] inline bool has_ranks(world::Rationing rule) { return rule == world::Rationing::kLargeAccounts || rule == world::Rationing::kPrice; }

// Rank of a link among its seller's; the highest is served first, equal ranks in proportion.
//   contracts, proportional  0 for all
//   large accounts  base flow to the client, of all its kinds of part [g/d]
//   price           what the client pays less its duty [USD/kg]: at home the seller's price, abroad the price
//                   outside over 1 + duty
[[nodiscard]] double rank_of(const world::Structure& structure, const world::State& state, std::uint32_t firm,
                             std::uint32_t out);

struct RationScratch {
    std::vector<std::uint32_t> order;
    std::vector<std::int64_t> request, part;
    std::vector<std::uint64_t> tie;
};

// Gives `goods` to requests by rank: whole grams, by largest remainder among equals, ties by key. Without ranks all
// are equal. `parts` sum to the smaller of goods and all requests; all spans but `ranks` have one length.
void ration(std::int64_t goods, std::span<const std::int64_t> requests, std::span<const std::uint64_t> ties,
            std::span<const double> ranks, RationScratch& scratch, std::span<std::int64_t> parts);

}  // namespace chokepoint::dynamics
