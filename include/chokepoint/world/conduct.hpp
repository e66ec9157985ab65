#pragma once
// What buyers do about a shortage beside ordering, by block. Nothing is stored where nobody does any of it.
//
// Catch-up  a share chi of the output lost in a stop is owed; once inputs are there again, it is made
//           beyond what is wanted, at most a share of base output a day.
// Precaution  output is cut before stock runs out: at most S_k / (psi n a_k), n the days of cover wanted.
// See sim/MODEL.md, production.

#include <cstdint>
#include <vector>

namespace chokepoint::world {

struct BlockConduct {
    double catch_up = 0;    // chi [1]
    double precaution = 0;  // psi [1]
};

struct Conduct {
    std::vector<BlockConduct> blocks;  // [n_blocks], empty when no block does anything
    double catch_up_cap = 0;           // [1] of base output a day
};

struct ConductState {
    std::vector<double> owed_output;  // [n_firms], empty when nobody catches up: lost, to be made later [activity]; production
};

}  // namespace chokepoint::world
