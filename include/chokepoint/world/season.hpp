#pragma once
// The season of one origin's exports, by day number. Factors are 1 where no season is set.
//
// Two curves: what clients use (shifted by the lane), and what they call off, which is the same but for
// closures of the border: what would be called off on closed days is called off in the fortnight before.
// Running sums C (calls) and U (use) give what should be under way or stocked ahead on day t for a
// lead of L days: C(t-1) - U(t-L).

#include "chokepoint/world/structure.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::world {

// Sum of a curve through `day` (a fraction of a day counts in part); curves are 1 before their first day.
[[nodiscard]] inline double season_sum(const std::vector<double>& sums, int first_day, double day)
{
    const double floor_day = std::floor(day);
    const auto at = [&](double d) {
        const auto i = static_cast<std::ptrdiff_t>(d) - first_day;
        if (i < 0) return static_cast<double>(i + 1);
        const auto last = static_cast<std::ptrdiff_t>(sums.size()) - 1;
        return i <= last ? sums[static_cast<std::size_t>(i)]
                         : sums[static_cast<std::size_t>(last)] + static_cast<double>(i - last);
    };
    const double whole = at(floor_day);
    return day == floor_day ? whole : whole + (day - floor_day) * (at(floor_day + 1) - whole);
}

// The same for whole days.
[[nodiscard]] inline double season_sum(const std::vector<double>& sums, int first_day, int day)
{
    const int i = day - first_day;
    const int last = static_cast<int>(sums.size()) - 1;
    if (i < 0) return i + 1;
    return i <= last ? sums[static_cast<std::size_t>(i)] : sums[static_cast<std::size_t>(last)] + (i - last);
}

// Factor on use that arrived from the origin after `lag` days.
[[nodiscard]] inline double season_of_use(const Parameters& parameters, int day, int lag)
{
    if (parameters.use_sum.empty()) return 1.0;
    return season_sum(parameters.use_sum, parameters.season_first, day - lag) -
           season_sum(parameters.use_sum, parameters.season_first, day - lag - 1);
}

// A link's call-offs over days (from, to]: days of base, following the season as far as the link does.
[[nodiscard]] inline double days_called(const Structure& structure, std::size_t link, int from, int to)
{
    const Parameters& p = structure.parameters;
    const double days = to - from;
    switch (static_cast<Seasonal>(structure.links.season[link])) {
        case Seasonal::kFlat: return days;
        case Seasonal::kDirect:
            return season_sum(p.call_sum, p.season_first, to) - season_sum(p.call_sum, p.season_first, from);
        case Seasonal::kIndirect: break;
    }
    const std::uint32_t seller = structure.links.seller[link];
    const int lag = p.season_lane[structure.blocks[structure.firms.block[seller]].region];
    const double sum = season_sum(p.use_sum, p.season_first, to - lag) - season_sum(p.use_sum, p.season_first, from - lag);
    return days + structure.firms.season_direct[seller] * (sum - days);
}

// Days of base use a link should have under way or stocked ahead on `day` before ordering.
[[nodiscard]] inline double planned_pipeline(const Structure& structure, std::size_t link, int day, double lead)
{
    const Parameters& p = structure.parameters;
    const double days = std::max(0.0, lead - 1);
    switch (static_cast<Seasonal>(structure.links.season[link])) {
        case Seasonal::kFlat: return days;
        case Seasonal::kDirect:
            return season_sum(p.call_sum, p.season_first, day - 1) -
                   season_sum(p.use_sum, p.season_first, day - 1 - days);
        case Seasonal::kIndirect: break;
    }
    const std::uint32_t seller = structure.links.seller[link];
    const int lag = p.season_lane[structure.blocks[structure.firms.block[seller]].region];
    const double sum = season_sum(p.use_sum, p.season_first, day - 1 - lag) -
                       season_sum(p.use_sum, p.season_first, day - 1 - lag - days);
    return days + structure.firms.season_direct[seller] * (sum - days);
}

// Factor on a buyer's base activity: its inputs' season, as they arrive.
[[nodiscard]] inline double season_of_firm(const Structure& structure, std::size_t firm, std::uint32_t region, int day)
{
    const double direct = structure.firms.season_direct[firm];
    const double indirect = structure.firms.season_indirect[firm];
    if (direct <= 0 && indirect <= 0) return 1.0;
    const Parameters& p = structure.parameters;
    return 1 + direct * (season_of_use(p, day, p.season_lane[region]) - 1) +
           indirect * (season_of_use(p, day, p.season_lane_home[region]) - 1);
}

}  // namespace chokepoint::world
