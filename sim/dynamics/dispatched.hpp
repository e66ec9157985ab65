#pragma once
// What a link sent off today.

#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::dynamics {

// [g] After dispatch, on the same day: goods that crossed a border or went to a client at home, by ship or by air.
[[nodiscard]] inline std::int64_t dispatched_today(const world::Structure& structure, const world::State& state, std::uint32_t out)
{
    if (structure.parameters.instant_delivery) return state.link.allocated[out];
    const std::uint16_t lane = structure.links.out_lane[out];
    const std::int64_t shipped = state.link.transit[lane].at(state.transit.today_plane[lane] + structure.links.out_rank[out]);
    // What flew lies with an earlier ship's goods, unless today's lands first.
    if (state.link.flown.empty() || state.transit.air_plane[lane] == state.transit.today_plane[lane]) return shipped;
    return shipped + state.link.flown[out];
}

}  // namespace chokepoint::dynamics
