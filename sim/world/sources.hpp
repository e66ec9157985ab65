#pragma once
// Who may sell to whom, block by block: the axis results tell of orders, files and refusals by.
//
// The list follows from what blocks are and not from links, which every member draws anew: all members have it alike.

#include "chokepoint/world/structure.hpp"

namespace chokepoint::world {

// The measure that lists a product at an origin. Goods that look controlled are held by the one that lists what they look
// like; where no family says what that is, by any there, first of all one that controls something.
[[nodiscard]] std::uint16_t control_of(const Structure& structure, std::uint32_t region, std::uint32_t product);

// Fills Structure::sources; rows, blocks and controls are there. Throws std::logic_error where a link has no source.
void add_sources(Structure& structure);

}  // namespace chokepoint::world
