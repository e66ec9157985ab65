#pragma once
// What a scenario says that changes nothing: a duty on a lane without goods, a control nobody meets, a posture no
// destination has, a rule that cannot fire while the run lasts.

#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/block_flows.hpp"
#include "chokepoint/world/judge.hpp"

#include <vector>

namespace chokepoint::world {

[[nodiscard]] std::vector<core::Diagnostic> without_effect(const scenario::Scenario& scenario, const BlockPlan& plan);

}  // namespace chokepoint::world
