#pragma once
// Supply side measures over a scenario that has makers and buyers of "magnet_heavy" in XAA and XBB.

#include "chokepoint/scenario/scenario.hpp"

#include <cstdint>

namespace chokepoint::test {

// Projects, stretch, investment, floor and offtake of the first maker, a stockpile in XBB that buys from it and serves
// every buyer there is; dates, sizes and order of service vary with the seed.
void add_supply(scenario::Scenario& scenario, std::uint64_t seed);

}  // namespace chokepoint::test
