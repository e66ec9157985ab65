#pragma once
// Keys that are set and cannot do anything beside the others: warnings.

#include "chokepoint/scenario/scenario.hpp"
#include "node.hpp"
#include "report.hpp"

namespace chokepoint::scenario {

void warn_of_idle_keys(const Scenario& scenario, const Node& root, Report& report);

}  // namespace chokepoint::scenario
