#include "plan.hpp"

#include "format.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

#include <array>

namespace chokepoint::cli {

std::string counts_plan(const world::Structure& structure)
{
    std::array<std::size_t, 4> blocks{}, firms{};
    for (const auto& block : structure.blocks) {
        ++blocks[static_cast<std::size_t>(block.role)];
        firms[static_cast<std::size_t>(block.role)] += block.n_firms;
    }
    constexpr std::array kRoles{"producers", "exporters", "importers", "buyers"};
    std::string out = fmt::format(
        "{} to {}, {}\n{}, {}, {}, {}, {} ({} over a controlled border)\n",
        structure.start.to_string(), (structure.start + (structure.horizon - 1)).to_string(),
        counted_text(static_cast<std::uint64_t>(structure.horizon), "day"),
        counted_text(structure.regions.size(), "region"), counted_text(structure.products.size(), "product"),
        counted_text(structure.blocks.size(), "block"), counted_text(structure.n_firms(), "firm"),
        counted_text(structure.n_links(), "link"), count_text(structure.n_border()));
    for (std::size_t role = 0; role < kRoles.size(); ++role) {
        out += fmt::format("  {:<10} {:>4} block{} {:>8} firm{}\n", kRoles[role], blocks[role],
                           blocks[role] == 1 ? ", " : "s,", count_text(firms[role]),
                           firms[role] == 1 ? "" : "s");
    }
    if (structure.counts_per_gram > 1)
        out += fmt::format("goods are counted in steps of {} g, since someone needs little\n", core::plain(1.0 / static_cast<double>(structure.counts_per_gram), 1));
    return out + fmt::format("flows balanced to known totals; largest relative miss {:.2g}\n",
                             structure.flow_residual);
}

}  // namespace chokepoint::cli
