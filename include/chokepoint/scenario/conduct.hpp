#pragma once
// What buyers do about a shortage beside ordering: as the scenario states it for all and for a block.
//
// Everything is off by default. Units  share [1], time [d].

#include <optional>

namespace chokepoint::scenario {

struct Conduct {  // behaviour.production
    double catch_up = 0;        // chi [1] share of lost output that is made later
    double catch_up_cap = 0.1;  // [1] most made beyond what is wanted a day, of base output
    double precaution = 0;      // psi [1] share of wanted stock below which output is cut; 0 = off
};

struct BuyerConduct {  // of one block, in place of the value for all
    std::optional<double> catch_up, precaution;  // [1]
};

}  // namespace chokepoint::scenario
