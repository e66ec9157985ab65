#pragma once
// What strain does to firms, in the phase of beliefs: recipes change, makers are looked for.
//
// An input is strained while need is not met, while stock is below a share of what is wanted, or, beyond the
// controlling regions, while the price outside is above a multiple of its first. After more than `lag`
// days in a row  s_k += r / 365 up to its cap, and theta_k += v up to its cap where the firm uses the
// look-alike as well and that one is not strained. Both stay when the strain is over: parts once redesigned
// are not designed back. After more than `search_after` days the next candidate is qualified, one at a time.
// Cost: slots, only where one of the three is on.

#include "chokepoint/world/state.hpp"

namespace chokepoint::dynamics {

// Writes the firm's rows of ConductState but owed_output.
void adapt(const world::Structure& structure, world::State& state, std::size_t firm, int day);

}  // namespace chokepoint::dynamics
