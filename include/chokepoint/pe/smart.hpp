#pragma once
// SMART: what one importer buys when its duties change; goods told apart by origin.
//
// linear  Laird and Yeats (1986), as in WITS: trade creation and diversion from the values before the change.
// levels  the same elasticities held constant over the whole change.
// Creation and diversion are in values at the prices before the change, as SMART gives them. Sales at home are
// not part of it. sim/MODEL.md, section 11, has the equations.
//
// Throws core::InputError when the file names no market and has several importers.

#include "chokepoint/scenario/trade_file.hpp"

#include <vector>

namespace chokepoint::pe {

struct SmartAnswer {
    std::vector<double> creation;   // [exporter] imports more because the good is cheaper [USD]
    std::vector<double> diversion;  // [exporter] imports taken from (or lost to) other origins [USD]
    std::vector<double> price;      // [exporter] change of the price it receives; 0 with infinite supply [1]
    double revenue = 0;             // change of duty revenue [USD]

    [[nodiscard]] double total(int exporter) const
    {
        const auto e = static_cast<std::size_t>(exporter);
        return creation[e] + diversion[e];
    }
};

struct SmartReport {
    int importer = 0;
    SmartAnswer linear, levels;
};

[[nodiscard]] SmartReport smart(const scenario::TradeCase& trade);

}  // namespace chokepoint::pe
