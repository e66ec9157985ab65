#pragma once
// Where a scenario leaves what is known: a value outside the range the key reference gives for it, published or assumed; a
// duty beyond any in the data that its elasticity was estimated on. Both run, since nothing better may be known, and both
// are said.

#include "chokepoint/scenario/scenario.hpp"
#include "node.hpp"
#include "report.hpp"

namespace chokepoint::scenario {

void warn_beyond_estimates(const Scenario& scenario, const Node& root, Report& report);

}  // namespace chokepoint::scenario
