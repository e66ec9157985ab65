#pragma once
// The dates of a scenario against its simulated days: warnings, and the list of dated steps.

#include "chokepoint/core/date.hpp"
#include "chokepoint/scenario/scenario_file.hpp"
#include "node.hpp"
#include "report.hpp"
#include "tables.hpp"

#include <string_view>
#include <vector>

namespace chokepoint::scenario {

// The word that may stand for a date: the step is switched off on purpose, which needs no warning.
inline constexpr std::string_view kNever = "never";

// Events before the first or after the last day.
void warn_outside_horizon(const Node& root, Report& report);
// Simulated days for which a calendar lists nothing any more.
void warn_past_calendars(const Node& root, const Tables& tables, Report& report);
// Every dated step, in order of their dates.
[[nodiscard]] std::vector<DatedStep> dated_steps(const Node& root);

}  // namespace chokepoint::scenario
