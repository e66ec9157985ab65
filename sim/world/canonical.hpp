#pragma once
// A scenario with its lists in the order of their ids.
//
// Rows of regions and products, sums of doubles and ties follow from the order of lists, so the world
// is built from this copy: the order in the user's file cannot matter. Policy lists keep their order
// (dates decide there), blocks are sorted again by the id they get.

#include "chokepoint/scenario/scenario.hpp"

namespace chokepoint::world {

[[nodiscard]] scenario::Scenario canonical(scenario::Scenario scenario);

}  // namespace chokepoint::world
