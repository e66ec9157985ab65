#pragma once
// Measures that control something, and the regions that have one.
//
// A measure controls goods when a block of its region makes or trades a product it lists. One that does not
// makes its region no controlling one.

#include "chokepoint/world/structure.hpp"

namespace chokepoint::world {

[[nodiscard]] bool controls_goods(const Structure& structure, const Control& control);

// Fills Structure::controlling.
void find_controlling(Structure& structure);

}  // namespace chokepoint::world
