#pragma once
// Quantiles by linear interpolation (type 7 of Hyndman and Fan 1996, the default of R and NumPy).

#include <span>
#include <vector>

namespace chokepoint::record {

// `sorted` ascending, without NaN; NaN when empty. p in [0, 1].
[[nodiscard]] double quantile_of_sorted(std::span<const double> sorted, double p);
// Sorts and drops NaN first.
[[nodiscard]] double quantile(std::vector<double> values, double p);

}  // namespace chokepoint::record
