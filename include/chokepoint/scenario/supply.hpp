#pragma once
// What the supply side may do beside making what is asked: as the scenario states it.
//
// Everything is off by default. Units  mass [g], time [d], share [1], price [USD/kg].

#include "chokepoint/core/date.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::scenario {

struct Project {  // new or restarted capacity of a producer block, listed with its date
    std::string id, title;
    core::Date start;        // first day of the ramp
    int ramp_days = 365;     // [d] until all of it is there, in equal steps; 0 = at once
    double capacity = 0;     // [g/d]
};

struct Outage {  // part of the capacity that is lost for some days
    std::string id, title;
    core::Date from;
    std::optional<core::Date> until;  // first day it is over; never when absent
    double share = 0;        // [1] of what the block could make
};

struct Stretch {  // running above capacity while short
    double most = 1;         // of capacity; 1 = off
    double days = 90;        // [d] time constant, up where all is lacking and down
};

struct Investment {  // projects nobody has listed, begun because the price stays high
    double price = 1.5;      // [1] price over that of day 0 above which it counts
    int for_days = 180;      // [d] in a row before it is decided
    int lead_days = 730;     // [d] from the decision to the first day of the ramp
    int ramp_days = 365;     // [d]
    double size = 0.25;      // [1] of the block's capacity on day 0
};

struct PriceFloor {  // the block gets at least this for what it makes
    double price = 0;        // [USD/kg]
    core::Date from;
    std::optional<core::Date> until;
};

struct Offtake {  // guaranteed purchase of what industry leaves
    std::string by;          // stockpile
    double amount = 0;       // [g/d] at most, and made whatever is ordered
    core::Date from;
    std::optional<core::Date> until;
};

struct Growth {  // of one producer block
    std::vector<Project> projects;
    std::vector<Outage> outages;
    Stretch stretch;
    std::optional<Investment> investment;
    std::optional<PriceFloor> floor;
    std::optional<Offtake> offtake;
};

}  // namespace chokepoint::scenario
