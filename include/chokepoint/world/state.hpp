#pragma once
// What changes: stocks, orders, goods on the way, beliefs, prices, files, policy in force.
//
// Each array has one owner per phase (the comment names who writes it). Material is integer grams;
// every gram is in exactly one bucket: input stock, finished goods, held for licence, licensed, held
// at customs, in transit (on a link or a covert branch), seized, in a public stockpile or bought for it. Beliefs and prices are doubles, written by their own row only.

#include "chokepoint/world/authority.hpp"
#include "chokepoint/world/published.hpp"
#include "chokepoint/world/structure.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint::world {

// A price as whole nano-dollars per gram, so that duty is integer arithmetic.
[[nodiscard]] inline std::int64_t nano_dollars(double usd_per_kg)
{
    return static_cast<std::int64_t>(usd_per_kg * 1e6 + 0.5);
}

struct FirmState {                          // [n_firms]
    std::vector<std::int64_t> finished;     // finished goods F [g]; production, allocation
    std::vector<std::int64_t> orders;       // call-offs received today that may be filled [g]; allocation
    std::vector<double> ordinary_orders;    // what all clients ordinarily call off on such a day [g]; allocation
    std::vector<double> order_level;        // of sellers, smoothed `orders` over `ordinary_orders` [1]; production
    std::vector<double> last_orders;        // [n_firms x window] of which order_level is the mean; empty where smoothed; production
    std::vector<double> last_demand;        // [n_firms x window] of which demand is the mean; empty where smoothed; beliefs
    std::vector<std::int64_t> owed;         // may be filled but is not, kept [g]; allocation
    std::vector<std::int64_t> output;       // made today [activity]; production
    std::vector<std::int64_t> wanted;       // wanted today [activity]; production
    std::vector<double> want_carry;         // rounding carried to tomorrow [activity]; production
    std::vector<std::int64_t> given_up;     // not wanted today for its cost [activity]; production; empty where need answers to nothing
    std::vector<double> given_up_carry;     // rounding carried [activity]; production
    std::vector<double> cost;               // of inputs over day 0, as seen at the last review [1]; ordering
    std::vector<double> cost_in_price;      // of traders, the part of `price` that passes on cost [1]; price phase
    std::vector<double> demand;             // d^, smoothed wanted activity [activity/d]; beliefs
    std::vector<std::int64_t> open_orders;  // call-offs that need no licence [g]; allocation
    std::vector<double> expected_orders;    // base of those links times today's season [g/d]; allocation
    std::vector<double> price;              // [USD/kg]; price phase
    std::vector<double> base_price;         // [USD/kg] on day 0; never changes
    std::vector<double> ln_price;           // ln of price over base price, 0 at rest; price phase
    std::vector<std::int64_t> price_history;  // [history * n_sellers], see Structure::price_index [1e-9 USD/g]
    std::vector<std::int64_t> duty;         // paid today [1e-6 USD]; arrivals
};

struct SlotState {                          // [n_slots]
    std::vector<std::int64_t> stock;        // input stock S [g]; arrivals, production
    std::vector<std::int64_t> on_order;     // ordered, not received [g]; arrivals, ordering
    std::vector<std::int64_t> received;     // today [g]; arrivals
    std::vector<std::int64_t> use, need;    // today [g]; production
    std::vector<double> use_carry, need_carry;  // rounding carried [g]; production
    std::vector<std::int64_t> lacked;       // of need less use today: what this input itself was short of; the rest lies idle [g]; production
    // need there would have been today less `need`: given up for its cost, or gone to another recipe [g]; production.
    // Empty where need answers to nothing, and where recipes stay.
    std::vector<std::int64_t> given_up, switched;
    std::vector<double> given_up_carry, switched_carry;  // rounding carried [g]; production
};

// Goods under way on one lane. A plane holds one dispatch day, a cell for each link of the lane by rank,
// so a day's arrivals lie close together; a plane whose goods have arrived is used again.
// Goods are whole grams up to 2^63: their high words are kept from the first time a link sends 2^32 g
// (4 295 t) on a day. Whoever adds puts a carry in by `raise`, which no other thread may see.
struct LaneGoods {
    std::vector<std::uint32_t> low;         // [n_planes * n_links] low 32 bits [g]
    std::vector<std::uint32_t> high;        // [n_planes * n_links] high 32 bits, or empty [2^32 g]
    std::vector<std::uint64_t> free;        // first cells of the planes not in use

    [[nodiscard]] std::int64_t at(std::size_t cell) const
    {
        const std::uint64_t above = high.empty() ? 0 : high[cell];
        return static_cast<std::int64_t>(above << 32 | low[cell]);
    }
    // Returns what to `raise` the cell by.
    [[nodiscard]] std::uint32_t add(std::size_t cell, std::int64_t grams)
    {
        const std::uint64_t sum = low[cell] + static_cast<std::uint64_t>(grams);
        low[cell] = static_cast<std::uint32_t>(sum);
        return static_cast<std::uint32_t>(sum >> 32);
    }
    void raise(std::size_t cell, std::uint32_t carry)
    {
        high.resize(low.size());
        high[cell] += carry;
    }
    void clear(std::size_t cell)
    {
        low[cell] = 0;
        if (!high.empty()) high[cell] = 0;
    }
    // First cell of an empty plane; grows by just one plane where all are in use.
    [[nodiscard]] std::uint64_t take_plane(std::size_t n_links)
    {
        if (free.empty()) {
            free.push_back(low.size());
            for (auto* words : {&low, &high}) {
                if (words == &high && high.empty()) continue;
                words->reserve(words->size() + n_links);
                words->resize(words->size() + n_links);
            }
        }
        const std::uint64_t plane = free.back();
        free.pop_back();
        return plane;
    }
};

struct LinkState {
    // buyer order, written by ordering
    std::vector<double> share;              // w [1]
    std::vector<double> fill;               // part of a period's order the seller sets aside, as believed [1]; empty when nobody learns it
    // seller order, written by ordering: the row of a link is its buyer's in that phase
    std::vector<std::int64_t> period_order; // called off over the R days from the last review [g]
    // seller order, written by allocation and dispatch
    std::vector<std::int64_t> backlog;      // ordered, not allocated [g]; ordering strikes what is cancelled or refused for good
    std::vector<std::int64_t> allocated;    // today [g]
    // by lane, written by dispatch and arrivals: each link its own cells
    std::vector<LaneGoods> transit;         // [n_lanes] under way
    // seller order, written by dispatch; empty where nothing flies
    std::vector<std::int64_t> flown;        // today, by air [g]
};

struct WindowSum {                // sum of the last days, exact
    std::vector<std::int64_t> ring;  // [window] by day modulo window
    std::int64_t sum = 0;
    void push(int day, std::int64_t value)
    {
        if (ring.empty()) return;
        auto& oldest = ring[static_cast<std::size_t>(day) % ring.size()];
        sum += value - oldest;
        oldest = value;
    }
};

struct ConditionState {
    int days = 0;          // in a row beyond the level
    bool holds = false;
    double seen = 0;       // what it read last [ppm]
    WindowSum part, whole;  // unmet need and need [g]; files granted and decided
    std::vector<std::int64_t> filed;  // granted: files that joined, by day modulo its length
};

struct RuleState {
    std::vector<ConditionState> conditions;
    bool holds = false;     // every condition does
    int firings = 0;
    int acts_on = -1;       // day `then` takes effect, -1 none
    bool in_effect = false; // it has, and has not been restored
    int over_on = -1;       // day the condition was over while restoring, -1 not restoring
    std::size_t next_step = 0;
    std::string why;        // what was seen when it fired
};

struct PolicyState {
    std::vector<std::int64_t> layer_ppm;  // [all layers of all tariffs] in force
    std::vector<std::int64_t> dated_ppm;  // [all layers] by their dates, every renewal given
    std::vector<std::uint8_t> lapsed;     // [n_lapses] decided: not renewed
    std::vector<std::uint32_t> layer_begin;  // [n_tariffs + 1]
    std::vector<std::int64_t> duty_ppm;   // [duty cells] in force today
    std::vector<std::int64_t> base_duty_ppm;  // [duty cells] on day 0, before events
    std::vector<double> ln_duty;          // [duty cells] ln of (1 + duty) over its base, 0 at rest
    std::size_t next_duty = 0;
    std::vector<std::uint8_t> flags;      // [n_flags] raised
    std::vector<RuleState> rules;
    std::vector<std::uint32_t> expected;  // announced changes not yet in effect, ascending by their day
    std::vector<std::int64_t> expected_duty;  // [duty cells] scratch: duty with those before
    std::vector<double> expected_rise;    // [n_announced * duty cells] ln of (1 + duty) with over without it
};

struct TransitState {
    std::vector<std::int32_t> arrival;    // [sum of lane rings] arrival day by dispatch day
    std::vector<std::uint64_t> plane;     // [sum of lane rings] first cell of a dispatch day's goods in LaneGoods
    std::vector<std::uint32_t> arrival_begin;  // [n_lanes + 1] rows of both
    std::vector<std::int32_t> due;        // dispatch days that arrive today
    std::vector<std::uint32_t> due_begin; // [n_lanes + 1]
    std::vector<std::uint64_t> due_plane;   // first cell of the goods of each entry of `due`
    std::vector<std::uint32_t> due_price;   // the same entry's day in the price history
    std::vector<std::uint64_t> today_plane; // [n_lanes] first cell of today's dispatch
    std::vector<std::uint64_t> air_plane;   // [n_lanes] first cell of what lands as soon as a flight of today does
};

struct State {
    int day = -1;  // last finished day
    FirmState firm;
    SlotState slot;
    LinkState link;
    BorderState border;
    // By block of firms: dispatch appends, the decisions of the next day empty.
    std::vector<std::vector<HandedIn>> handed_in;
    std::vector<AuthorityState> authority;
    PolicyState policy;
    TransitState transit;
    CovertState covert;
    ConductState conduct;
    SupplyState supply;
    std::vector<StockpileState> stockpile;  // by row of Structure::stockpiles
    std::vector<double> outside_price;    // [n_products] [USD/kg]
    std::vector<double> sent_outside;     // [n_products] goods sent off to users beyond the controlling regions, smoothed [g/d]
    std::vector<double> ordinary_outside; // [n_products] the same in the base year, on such days [g/d]
    Published published;
    std::vector<Event> events;            // appended by the policy phase
};

}  // namespace chokepoint::world
