#pragma once
// Covert routes on which nothing left in any member, and why.

#include "chokepoint/ensemble/summary.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace chokepoint::cli {

// A sentence a route; empty where every route carried something.
[[nodiscard]] std::string quiet_routes(const record::Axes& axes, std::span<const record::Metrics> members, std::size_t width);

}  // namespace chokepoint::cli
