#pragma once
// The season of one origin's export call-offs, by day number. Factor 1 where no season is set.

#include "chokepoint/world/structure.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::world {

// Factor on call-offs made on `day`.
[[nodiscard]] inline double season_at(const Parameters& parameters, int day)
{
    if (parameters.season.empty()) return 1.0;
    const int last = static_cast<int>(parameters.season.size()) - 1;
    return parameters.season[static_cast<std::size_t>(std::clamp(day - parameters.season_first, 0, last))];
}

// Sum of the factors over the `length` days before `day` (fractions of a day count in part).
[[nodiscard]] inline double season_before(const Parameters& parameters, int day, double length)
{
    if (parameters.season.empty()) return length;
    const int whole = static_cast<int>(length);
    const int last = static_cast<int>(parameters.season.size()) - 1;
    const auto sum_to = [&](int d) {  // through day d
        const int i = d - parameters.season_first;
        return i < 0 ? static_cast<double>(i + 1) : parameters.season_sum[static_cast<std::size_t>(std::min(i, last))];
    };
    const double part = (length - whole) * season_at(parameters, day - 1 - whole);
    return sum_to(day - 1) - sum_to(day - 1 - whole) + part;
}

// How many days a link's call-offs run behind the season, and how strongly they follow it.
struct SeasonPhase {
    int lag = 0;          // [d]
    double exposure = 0;  // [1]
};

[[nodiscard]] inline SeasonPhase season_phase(const Structure& structure, std::size_t link)
{
    switch (static_cast<Seasonal>(structure.links.season[link])) {
        case Seasonal::kFlat: return {0, 0.0};
        case Seasonal::kDirect: return {0, 1.0};
        case Seasonal::kIndirect: break;
    }
    const std::uint32_t seller = structure.links.seller[link];
    const std::uint32_t region = structure.blocks[structure.firms.block[seller]].region;
    return {structure.parameters.season_lane[region], structure.firms.season_direct[seller]};
}

// Days of base call-offs a link should have under way on `day` before ordering, for a lead of `lead` days.
[[nodiscard]] inline double planned_pipeline(const Structure& structure, std::size_t link, int day, double lead)
{
    const double days = std::max(0.0, lead - 1);
    const SeasonPhase phase = season_phase(structure, link);
    if (phase.exposure == 0) return days;
    return days + phase.exposure * (season_before(structure.parameters, day - phase.lag, days) - days);
}

}  // namespace chokepoint::world
