#pragma once
// What buyers do about a shortage beside ordering: as the scenario states it for all and for a block.
//
// Everything is off by default. Units  share [1], time [d].

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::scenario {

// Change of recipe: from an input to its look-alike, or with less of it.
struct Recipe {
    double speed = 0;  // [1/d] of the recipe, while strained longer than the lag; 0 = off
    int lag_days = 0;  // [d]
    double cap = 0;    // [1]
};

struct Search {
    int candidates = 0;            // makers a firm may turn to, for each input; 0 = off
    int after_days = 30;           // [d] strained before it turns to the next
    int qualification_days = 180;  // [d] from then until it delivers
    std::vector<std::pair<std::string, double>> by_sector;  // sector and days, in place of it
};

struct Conduct {  // behaviour.production, strain, switching, substitution, search
    double catch_up = 0;        // chi [1] share of lost output that is made later
    double catch_up_cap = 0.1;  // [1] most made beyond what is wanted a day, of base output
    double precaution = 0;      // psi [1] share of wanted stock below which output is cut; 0 = off
    double strain_cover = 0.5;  // [1] of wanted cover, stock below which a buyer is strained
    double strain_price = 2;    // [1] P / P0 above which it is
    Recipe switching{0, 120, 0.2};
    Recipe substitution{0, 360, 0.2};
    Search search;
};

struct BuyerConduct {  // of one block, in place of the value for all
    std::optional<double> catch_up, precaution, switching_cap, substitution_cap;  // [1]
    std::optional<int> qualification_days;
    bool working_days = false;  // works on working days of its region alone, as much in all
    double spot = 0;            // [1] share of its firms that buy without a contract
    int parts = 1;              // kinds of part each critical input consists of, with a stock of its own each
};

}  // namespace chokepoint::scenario
