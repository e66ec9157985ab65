#pragma once
// What a rule reads, and whether its conditions hold.
//
// A tariff, a flag and the date are read as of today, because events of today come first; shortage, share
// granted and price as published the day before. A condition holds once its indicator has been beyond
// the level for `for` days in a row; it is over when the indicator is back at or past the hysteresis
// level, so one that hovers around a level does not chatter. An indicator that cannot be read (no file
// to decide) neither begins nor ends anything.

#include "chokepoint/dynamics/context.hpp"
#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

#include <string>

namespace chokepoint::dynamics {

// Reads the condition today and says whether it holds. Called once a day.
bool holds_today(const world::Structure& structure, const StepContext& context, const world::ConditionRow& row,
                 const world::State& state, world::ConditionState& watch);
// What it last read, as in "usa_on_chn at 145 % (above 100 % for 5 d)".
[[nodiscard]] std::string what_was_seen(const world::ConditionRow& row, const world::ConditionState& watch);

}  // namespace chokepoint::dynamics
