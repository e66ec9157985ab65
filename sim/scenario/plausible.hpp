#pragma once
// Reads what is published about goods in the whole world.

#include "chokepoint/scenario/plausible.hpp"
#include "files.hpp"
#include "report.hpp"

#include <vector>

namespace chokepoint::scenario {

// Empty when the data folder has no such table; errors name the CSV's own line.
[[nodiscard]] std::vector<Plausible> read_plausible(Files& files, Report& report);

}  // namespace chokepoint::scenario
