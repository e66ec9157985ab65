#pragma once
// Public stockpiles: structure and state. Each is a bucket of the mass balance, goods it has bought and that
// are under way to it included. Nothing is stored where there is none.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::world {

struct RefillRow {
    bool on = false;
    std::uint32_t block = 0;                // producers it buys from
    double below = 0;                       // [1] price over its first
    std::int64_t rate = 0, target = 0;      // [g/d], [g]
    bool first = false;                     // before orders are served
};

struct StockpileRow {
    std::string id, title;
    std::uint32_t region = 0, product = 0;
    bool outside = false;                   // beyond the controlling regions: the price there is the market's
    bool at_market = true;
    std::int64_t stock0 = 0, release = 0;   // [g], most a day [g/d]
    int from = 0;                           // first day of release
    std::vector<std::uint32_t> user;        // slots, tier by tier
    std::vector<std::uint64_t> user_key;
    std::vector<std::int64_t> kept;         // [users] stock below which a user is served [g]
    std::vector<std::uint32_t> tier_begin;  // [n_tiers + 1] rows of `user`
    RefillRow refill;
    int transit = 1;                        // [d] from the producers it buys from
    std::uint32_t export_cell = 0xffffffffU;  // of Published::exports, for what it buys abroad
    std::uint32_t origin = 0;               // region of those producers
};

struct StockpileFlow {  // per stockpile
    std::int64_t stock = 0, under_way = 0;  // end of day [g]
    std::int64_t released = 0, refilled = 0;  // today [g]; refilled: bought
    std::int64_t earned = 0, paid = 0;      // today [1e-6 USD]
};

struct StockpileState {
    StockpileFlow now;                      // arrivals, allocation
    std::int64_t ever_released = 0, bought = 0;  // since the start; today, offtake not included [g]
    std::vector<std::int64_t> ring;         // [transit + 1] arrives on a day modulo its length [g]
    std::vector<std::int64_t> lack, part;   // scratch
    std::vector<std::uint64_t> tie;
};

}  // namespace chokepoint::world
