#pragma once
// Which links an authority guards, and which of its classes each belongs to.

#include "chokepoint/core/random.hpp"
#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::world {

// Fills Structure::border, the border rows of links and firms, and the classes of each control.
// Firms and links are already there, in both orders.
void add_border(const scenario::Scenario& scenario, const core::Random& random, Structure& structure);

}  // namespace chokepoint::world
