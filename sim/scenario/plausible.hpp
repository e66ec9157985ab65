#pragma once
// Reads what is published about goods and those who use them.

#include "chokepoint/scenario/plausible.hpp"
#include "files.hpp"
#include "report.hpp"

namespace chokepoint::scenario {

// Empty where the data folder has no such table; errors name the CSV's own line.
[[nodiscard]] Published read_published(Files& files, Report& report);

}  // namespace chokepoint::scenario
