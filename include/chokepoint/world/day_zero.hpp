#pragma once
// What holds on day 0 before anything dated that day, from the structure alone.

#include "chokepoint/world/structure.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint::world {

// Capacity of a firm that has no limit [activity/d].
inline constexpr std::int64_t kUnlimited = INT64_MAX / 8;

// Duty by cell [1e-6].
[[nodiscard]] std::vector<std::int64_t> duties_at_start(const Structure& structure);

}  // namespace chokepoint::world
