#pragma once
// A small world for tests: one exporting country, two importing ones, one product and its oxide.
//
// XAA mines nothing and makes everything; XBB and XCC buy. Every quantity is a whole number of grams
// a day so that day 0 is an exact fixed point.

#include "chokepoint/scenario/scenario.hpp"

#include <string>
#include <utility>
#include <vector>

namespace chokepoint::test {

// Flows of 10 t/d magnets to automotive buyers in XBB and XCC and 1 t/d to defense in XBB; firms and
// links in the tens. No control, no tariff, no season, every day open.
[[nodiscard]] scenario::Scenario small_world();

// Adds a licensing measure of XAA on magnets from day `from`: everything may be decided at once, all
// granted, no lag; tests change what they need.
scenario::Licensing& add_licensing(scenario::Scenario& scenario, int from_day);

// Adds a tariff of XBB on XAA with one layer; rates from day numbers.
void add_tariff(scenario::Scenario& scenario, double base_rate, std::vector<std::pair<int, double>> rates);

// A rule of "control": once xbb_on_xaa has been above `above` for so many days, the posture toward XBB changes
// so many working days later.
[[nodiscard]] scenario::Rule tariff_rule(double above, int for_days, const std::string& posture, int working_days);

}  // namespace chokepoint::test
