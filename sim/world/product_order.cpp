#include "product_order.hpp"

#include <algorithm>

namespace chokepoint::world {

namespace {

using MadeInto = std::vector<std::set<std::uint32_t>>;

// What is made from `product`, at any number of steps, of what is not done.
std::set<std::uint32_t> reached_from(const MadeInto& made_into, const std::vector<bool>& done, std::uint32_t product)
{
    std::set<std::uint32_t> reached;
    std::vector<std::uint32_t> open{product};
    while (!open.empty()) {
        const std::uint32_t at = open.back();
        open.pop_back();
        for (const std::uint32_t next : made_into[at]) {
            if (!done[next] && reached.insert(next).second) open.push_back(next);
        }
    }
    return reached;
}

// A circle from which nothing else is made that is not done: all that is reached from any of its products.
// There is one where no product is ready, since following what is made from one must come back.
ProductGroup last_circle(const MadeInto& made_into, const std::vector<bool>& done)
{
    for (std::uint32_t product = 0;; ++product) {
        if (done[product]) continue;
        const auto reached = reached_from(made_into, done, product);
        const bool closed = std::all_of(reached.begin(), reached.end(), [&](std::uint32_t other) {
            return reached_from(made_into, done, other).contains(product);
        });
        if (closed) return {{reached.begin(), reached.end()}, true};
    }
}

}  // namespace

std::vector<ProductGroup> downstream_first(const MadeInto& made_into)
{
    const std::size_t n = made_into.size();
    std::vector<ProductGroup> groups;
    std::vector<bool> done(n, false);
    for (std::size_t n_done = 0; n_done < n;) {
        const std::size_t before = n_done;
        for (std::uint32_t product = 0; product < n; ++product) {
            const auto& users = made_into[product];
            if (done[product] || !std::all_of(users.begin(), users.end(), [&](std::uint32_t q) { return done[q]; })) continue;
            groups.push_back({{product}, false});
            done[product] = true;
            ++n_done;
        }
        if (n_done > before || n_done == n) continue;
        groups.push_back(last_circle(made_into, done));
        for (const std::uint32_t product : groups.back().products) done[product] = true;
        n_done += groups.back().products.size();
    }
    return groups;
}

}  // namespace chokepoint::world
