#include "ration.hpp"

#include "chokepoint/core/apportion.hpp"

#include <algorithm>
#include <numeric>

namespace chokepoint::dynamics {

using namespace world;

double rank_of(const Structure& structure, const State& state, std::uint32_t firm, std::uint32_t out)
{
    switch (structure.parameters.rationing) {
        case Rationing::kContracts:
        case Rationing::kProportional: return 0;
        case Rationing::kLargeAccounts: return static_cast<double>(structure.links.out_account[out]);
        case Rationing::kPrice: break;
    }
    if (structure.links.out_abroad[out] == 0) return state.firm.price[firm];
    const std::uint32_t product = structure.blocks[structure.firms.block[firm]].product;
    const std::uint32_t cell = structure.lanes[structure.links.out_lane[out]].duty_row + product;
    return state.outside_price[product] / (1 + static_cast<double>(state.policy.duty_ppm[cell]) * 1e-6);
}

void ration(std::int64_t goods, std::span<const std::int64_t> requests, std::span<const std::uint64_t> ties,
            std::span<const double> ranks, RationScratch& scratch, std::span<std::int64_t> parts)
{
    const std::size_t n = requests.size();
    if (ranks.empty()) {
        const std::int64_t asked = std::accumulate(requests.begin(), requests.end(), std::int64_t{0});
        core::apportion(std::min(goods, asked), requests, ties, parts);
        return;
    }
    scratch.order.resize(n);
    std::iota(scratch.order.begin(), scratch.order.end(), 0U);
    std::stable_sort(scratch.order.begin(), scratch.order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return ranks[a] > ranks[b]; });
    for (std::size_t begin = 0, end = 0; begin < n; begin = end) {
        scratch.request.clear();
        scratch.tie.clear();
        std::int64_t asked = 0;
        for (; end < n && ranks[scratch.order[end]] == ranks[scratch.order[begin]]; ++end) {
            scratch.request.push_back(requests[scratch.order[end]]);
            scratch.tie.push_back(ties[scratch.order[end]]);
            asked += scratch.request.back();
        }
        scratch.part.resize(end - begin);
        const std::int64_t given = std::min(goods, asked);
        core::apportion(given, std::span<const std::int64_t>(scratch.request), scratch.tie, scratch.part);
        if (asked == 0) std::fill(scratch.part.begin(), scratch.part.end(), 0);
        for (std::size_t i = begin; i < end; ++i) parts[scratch.order[i]] = scratch.part[i - begin];
        goods -= given;
    }
}

}  // namespace chokepoint::dynamics
