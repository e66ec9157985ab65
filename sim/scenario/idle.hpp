#pragma once
// Keys that are set and cannot do anything beside the others: warnings.

#include "chokepoint/scenario/scenario.hpp"
#include "node.hpp"
#include "report.hpp"

#include <string>

namespace chokepoint::scenario {

// Whether the file itself or a --set says it: what a file inherits it cannot help.
[[nodiscard]] bool is_set_here(const Node& root, const std::string& path);

void warn_of_idle_licensing(const Scenario& scenario, const Node& root, Report& report);
// Of all, these among them.
void warn_of_idle_keys(const Scenario& scenario, const Node& root, Report& report);

}  // namespace chokepoint::scenario
