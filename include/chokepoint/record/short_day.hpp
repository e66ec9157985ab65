#pragma once
// The first short day of a buyer group: the one rule of the table of `run`, of reports and of `explain`.
//
// In a member it is the first of five days in a row with unmet need above 1 % of need, the earliest over the materials looked at.
// Over members it is the median of those that have one. The day on which the median of unmet need passes 1 % is another one.

#include <cmath>
#include <span>
#include <vector>

namespace chokepoint::record {

// Days from the start by material, -1 where it never was short; -1 when none was.
[[nodiscard]] inline double earliest_short_day(std::span<const double> by_product)
{
    double out = -1;
    for (const double day : by_product)
        if (day >= 0 && (out < 0 || day < out)) out = day;
    return out;
}

// The whole day a quantile between two of them falls on.
[[nodiscard]] inline int whole_day(double day) { return static_cast<int>(std::floor(day)); }

}  // namespace chokepoint::record
