#pragma once
// A public stockpile of one product: what it holds, whom it serves, when it buys.
//
// Units  mass [g], time [d], price [USD/kg], share [1].

#include "chokepoint/core/date.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::scenario {

struct Refill {
    std::string from;       // producer block it buys from
    double below = 1;       // price over that of day 0 below which it buys
    double rate = 0;        // [g/d] most it buys a day
    double target = 0;      // [g] it holds and has under way
    bool first = false;     // takes goods before orders are served, else what they leave
};

struct Stockpile {
    std::string id, title, region, product;
    double stock = 0;                 // [g] at the start
    double cover = 0;                 // [d] of need below which a user is served
    double release = 0;               // [g/d] most it gives a day
    std::vector<std::string> serves;  // buyer blocks, the first one first
    std::optional<core::Date> from;   // first day of release
    bool at_market = true;            // users pay the price of the day, else that of day 0
    std::optional<Refill> refill;
};

}  // namespace chokepoint::scenario
