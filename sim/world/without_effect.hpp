#pragma once
// What a scenario says that changes nothing: a duty on a lane without goods or a change to the rate in force, a control
// nobody meets, a posture no destination has, a region without goods, a rule that cannot fire or act while the run lasts.

#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/block_flows.hpp"
#include "chokepoint/world/judge.hpp"

#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace chokepoint::world {

// Origin, destination and product of what moves on day 0 or may.
using Lanes = std::set<std::tuple<std::string, std::string, std::string>>;

[[nodiscard]] std::vector<core::Diagnostic> rules_without_effect(const scenario::Scenario& scenario);
[[nodiscard]] std::vector<core::Diagnostic> licensing_without_effect(const scenario::Scenario& scenario, const BlockPlan& plan, const Lanes& lanes);
[[nodiscard]] std::vector<core::Diagnostic> enforcement_without_effect(const scenario::Scenario& scenario);
// Of everything, these among it.
[[nodiscard]] std::vector<core::Diagnostic> without_effect(const scenario::Scenario& scenario, const BlockPlan& plan);

}  // namespace chokepoint::world
