#pragma once
// Where a scenario leaves what its elasticities were estimated on: a value outside the published range, a duty beyond any
// in the data. Both run, since nothing better may be known, and both are said.

#include "chokepoint/scenario/scenario.hpp"
#include "node.hpp"
#include "report.hpp"

namespace chokepoint::scenario {

void warn_beyond_estimates(const Scenario& scenario, const Node& root, Report& report);

}  // namespace chokepoint::scenario
