#pragma once
// One export control of a scenario as rows.

#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::world {

// Regions and products of the structure are already there; classes follow when links are known.
[[nodiscard]] Control control_row(const scenario::Licensing& licensing, const scenario::Scenario& scenario,
                                  const Structure& structure);

}  // namespace chokepoint::world
