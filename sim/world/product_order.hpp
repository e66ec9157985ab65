#pragma once
// The order in which needs are followed upstream: a product comes after everything made from it.
//
// Products made from each other, or one made from itself, are a circle and come as one group (a strongly
// connected component).
// Cost: products times uses, once a world.

#include <cstdint>
#include <set>
#include <vector>

namespace chokepoint::world {

struct ProductGroup {
    std::vector<std::uint32_t> products;  // ascending; one unless they are a circle
    bool circle = false;
};

// `made_into` [n_products]: what is made from each.
[[nodiscard]] std::vector<ProductGroup> downstream_first(const std::vector<std::set<std::uint32_t>>& made_into);

}  // namespace chokepoint::world
