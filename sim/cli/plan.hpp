#pragma once
// The plan of a scenario as `validate` prints it: what exists, which duties hold when, by when a
// licence filed on a policy date must be decided.
//
// Read from the world as built, not from the scenario's text, so it shows what would run.

#include "chokepoint/world/structure.hpp"

#include <string>

namespace chokepoint::cli {

[[nodiscard]] std::string counts_plan(const world::Structure& structure);
// Ad valorem duty by lane: one line for products and origins that share their history.
[[nodiscard]] std::string duty_plan(const world::Structure& structure);
// For each control and dated change: the statutory deadline and the day a licence granted then is in hand.
[[nodiscard]] std::string deadline_plan(const world::Structure& structure);

}  // namespace chokepoint::cli
