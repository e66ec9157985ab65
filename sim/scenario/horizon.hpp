#pragma once
// Warnings about dated events that lie outside the simulated period.

#include "node.hpp"
#include "report.hpp"

namespace chokepoint::scenario {

void warn_outside_horizon(const Node& root, Report& report);

}  // namespace chokepoint::scenario
