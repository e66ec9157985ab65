#include "chokepoint/record/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chokepoint::record {

double quantile_of_sorted(std::span<const double> sorted, double p)
{
    if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(at), sorted.size() - 1);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double quantile(std::vector<double> values, double p)
{
    std::erase_if(values, [](double value) { return std::isnan(value); });
    std::sort(values.begin(), values.end());
    return quantile_of_sorted(values, p);
}

}  // namespace chokepoint::record
