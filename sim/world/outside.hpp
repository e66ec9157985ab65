#pragma once
// The world beyond the controlling regions: who uses goods there, what they hold, which links supply them. After links,
// rows and controlling regions.

#include "chokepoint/world/structure.hpp"

namespace chokepoint::world {

void find_outside(Structure& structure);

}  // namespace chokepoint::world
