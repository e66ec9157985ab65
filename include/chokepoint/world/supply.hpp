#pragma once
// Capacity that changes in a run, by producer block. Nothing is stored where none does.
//
//   K_t = K_0 (1 + sum_i r_i(t)) prod_j (1 - l_j(t)) z    r_i the part of project i that is there, over the
//                                                         block's K_0; l_j what outage j takes of the rest
//   z  += (z_max - z) s / tau while s > 0, else (1 - z) / tau;  s = (wanted - output) / wanted of the day before
//
// A block's projects are shared by its firms in proportion to capacity. See sim/MODEL.md, capacity.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::world {

struct ProjectRow {
    std::string id;
    int start = 0;     // first day of the ramp
    int ramp = 0;      // [d]
    double share = 0;  // [1] of the block's capacity on day 0

    // The part that is there on a day: start + ramp - 1 is the first with all of it.
    [[nodiscard]] double there(int day) const
    {
        if (day < start) return 0;
        const int steps = std::min(day - start + 1, std::max(1, ramp));
        return share * steps / std::max(1, ramp);
    }
};

struct OutageRow {
    std::string id;
    int from = 0, until = 0;  // [day) of the run
    double share = 0;         // [1] of capacity that is lost
    [[nodiscard]] bool in_force(int day) const { return day >= from && day < until; }
};

struct InvestmentRow {
    bool on = false;
    double price = 0;  // [1] over its first
    int for_days = 0, lead = 0, ramp = 0;  // [d]
    double size = 0;   // [1] of the block's capacity on day 0
};

struct FloorRow {  // makers get at least `price`: a guarantor pays what the market does not
    double price = 0;  // [USD/kg], 0 = off
    int from = 0, until = 0;
    [[nodiscard]] bool in_force(int day) const { return price > 0 && day >= from && day < until; }
};
struct OfftakeRow {  // what industry leaves of `grams` a day goes to a stockpile
    bool on = false;
    std::uint32_t stockpile = 0;
    double grams = 0;  // [g/d] of the block
    int from = 0, until = 0;
    int transit = 1;   // [d]
    std::uint32_t export_cell = 0xffffffffU;  // of Published::exports
    [[nodiscard]] bool in_force(int day) const { return on && day >= from && day < until; }
};

struct BlockSupply {  // one that has any of it
    std::uint32_t block = 0;
    bool outside = false;  // beyond the controlling regions: sees the price outside
    double capacity0 = 0;  // [g/d] on day 0
    std::vector<ProjectRow> projects;
    std::vector<OutageRow> outages;
    double stretch = 1, stretch_days = 1;  // z_max [1], tau [d]
    InvestmentRow investment;
    FloorRow floor;
    OfftakeRow offtake;
};

struct Supply {
    std::vector<BlockSupply> blocks;      // ascending by block
    std::vector<std::uint32_t> of_block;  // [n_blocks] row of `blocks` or 0xffffffff; empty when there is none
    double investment_cap = 0;            // [1/yr] of a product's base output, all begun for their price together
    std::vector<double> market;           // [n_products] base output of its producers [g/d]; empty when none invests
};

struct SupplyState {
    // Empty when no capacity changes; production.
    std::vector<std::int64_t> capacity;   // [n_firms] in force today [activity/d]
    std::vector<double> stretch;          // [n_firms] z [1]
    // By row of Supply::blocks; price phase.
    std::vector<std::vector<ProjectRow>> begun;  // for their price
    std::vector<int> days_above;                 // in a row [d]
    std::vector<std::int64_t> taken;             // under offtake today [g]; allocation
};

}  // namespace chokepoint::world
