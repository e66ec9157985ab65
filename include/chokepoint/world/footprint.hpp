#pragma once
// How large a world will be, before it is built: from block flows, which hold no firms.
//
// Counts  firms and inputs are exact; links follow from how orders and offers overlap (network.hpp): one for each order and
//         one for each offer, less what falls on one another.
// Memory  rows times what a row takes in Structure and State, goods under way by lane and day, prices by day, files that wait.
// Files   a link files when its batch is full or old enough; what may wait before an authority is capped by held_cap.
// Cost    that of plan_blocks, whatever world.scale is.

#include "chokepoint/scenario/scenario.hpp"

namespace chokepoint::world {

struct Footprint {
    double firms = 0, inputs = 0, links = 0;
    double files_a_day = 0;    // filed while every measure is in force
    double files_waiting = 0;  // at once, at most
    double bytes = 0;          // of one member
};

// Throws core::InputError where the world cannot be planned.
[[nodiscard]] Footprint footprint(const scenario::Scenario& scenario);

}  // namespace chokepoint::world
