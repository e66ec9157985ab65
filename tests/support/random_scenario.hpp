#pragma once
// Scenarios drawn at random: small worlds with every mechanism switched on in some of them.

#include "chokepoint/scenario/scenario.hpp"

#include <cstdint>

namespace chokepoint::test {

// The State Council's calendar of 2025, with the lunar new year on 29 January.
[[nodiscard]] core::WorkingCalendar china_2025();

// World only: two to five regions, a chain of oxide, controlled and look-alike magnets, traders, firms
// of log-normal size and cover. No event, no season: day 0 is a steady state. Pure function of `seed`.
[[nodiscard]] scenario::Scenario random_world(std::uint64_t seed);

// The same world with tariffs that change, a licensing measure with random modes, postures that
// change, rules, season, closures, duty response, transit noise, random behaviour.
[[nodiscard]] scenario::Scenario random_scenario(std::uint64_t seed);

// One world with everything on at once: control from day 5 with returns and refusals, holds of
// look-alikes, noise on every lane, tariffs that change, season, closures, prices, sourcing.
[[nodiscard]] scenario::Scenario busy_scenario();

// The same with covert routes, undeclared from the makers and sent on by the dealers, with seizures.
[[nodiscard]] scenario::Scenario busy_with_routes();

}  // namespace chokepoint::test
