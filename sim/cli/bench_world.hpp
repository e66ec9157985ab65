#pragma once
// A synthetic scenario of any size for measuring: about five links a firm, everything switched on.
//
// Eight regions; magnets with and without heavy rare earths, and their oxide, mostly from one region
// that licenses exports; trading houses, distributors, three kinds of buyers. Licences, layered
// duties, season, customs holds, prices, learning and noise in transit all act within the first days.

#include "chokepoint/scenario/scenario.hpp"

#include <cstdint>

namespace chokepoint::cli {

// About `firms` firms (never fewer than some hundred); runs for `days` days.
[[nodiscard]] scenario::Scenario bench_world(std::uint64_t firms, int days);

}  // namespace chokepoint::cli
