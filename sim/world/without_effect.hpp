#pragma once
// What a scenario says that changes nothing: a duty on a lane without goods, a control nobody meets, a posture no
// destination has, a region without goods, a rule that cannot fire or act while the run lasts.

#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/block_flows.hpp"
#include "chokepoint/world/judge.hpp"

#include <vector>

namespace chokepoint::world {

[[nodiscard]] std::vector<core::Diagnostic> rules_without_effect(const scenario::Scenario& scenario);
// Of everything, rules among it.
[[nodiscard]] std::vector<core::Diagnostic> without_effect(const scenario::Scenario& scenario, const BlockPlan& plan);

}  // namespace chokepoint::world
