#pragma once
// What changes: stocks, orders, goods on the way, beliefs, prices, files, policy in force.
//
// Each array has one owner per phase (the comment names who writes it). Material is integer grams;
// every gram is in exactly one bucket: input stock, finished goods, held for licence, licensed, held
// at customs, in transit (on a link or a covert branch), seized. Beliefs and prices are doubles, written by their own row only.

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
    std::vector<std::int64_t> owed;         // may be filled but is not, kept [g]; allocation
    std::vector<std::int64_t> output;       // made today [activity]; production
    std::vector<std::int64_t> wanted;       // wanted today [activity]; production
    std::vector<double> want_carry;         // rounding carried to tomorrow [activity]; production
    std::vector<double> demand;             // d^, smoothed wanted activity [activity/d]; beliefs
    std::vector<std::int64_t> open_orders;  // call-offs that need no licence [g]; allocation
    std::vector<double> expected_orders;    // base of those links times today's season [g/d]; allocation
    std::vector<double> price;              // [USD/kg]; price phase
    std::vector<double> base_price;         // [USD/kg] on day 0; never changes
    std::vector<double> ln_price;           // ln of price over base price, 0 at rest; price phase
    std::vector<std::int64_t> price_history;  // [n_firms * history] by day modulo history [1e-9 USD/g]
    std::vector<std::int64_t> duty;         // paid today [1e-6 USD]; arrivals
};

struct SlotState {                          // [n_slots]
    std::vector<std::int64_t> stock;        // input stock S [g]; arrivals, production
    std::vector<std::int64_t> on_order;     // ordered, not received [g]; arrivals, ordering
    std::vector<std::int64_t> received;     // today [g]; arrivals
    std::vector<std::int64_t> use, need;    // today [g]; production
    std::vector<double> use_carry, need_carry;  // rounding carried [g]; production
};

struct LinkState {
    // buyer order, written by ordering
    std::vector<double> share;              // w [1]
    std::vector<std::int64_t> period_order; // called off over the R days from the last review [g]
    // seller order, written by allocation and dispatch
    std::vector<std::int64_t> rate;         // the seller's copy of period_order [g]
    std::vector<std::int64_t> backlog;      // ordered, not allocated [g]
    std::vector<std::int64_t> allocated;    // today [g]
    std::vector<std::int64_t> transit;      // [n_transit] under way, see Structure::transit_index [g]
};

struct BorderState {                        // [n_border]
    // dispatch
    std::vector<std::int64_t> unfiled;      // waiting to fill a batch [g]
    std::vector<std::int32_t> first_unfiled;  // day the batch began, -1 none
    std::vector<std::int64_t> to_file;      // handed in today [g]
    std::vector<std::int64_t> to_hold;      // stopped by customs today [g]
    // decisions
    std::vector<std::int64_t> filed;        // in review [g]
    std::vector<std::int64_t> licensed_wait;  // granted, licence not yet issued [g]
    std::vector<std::int64_t> granted;      // granted today [g]
    std::vector<std::int64_t> given_back;   // refused or returned today [g]
    std::vector<std::int64_t> released;     // let go by customs, still there [g]
    std::vector<std::int64_t> customs;      // held at customs, released included [g]
    std::vector<std::int32_t> refile_after; // no new file before this day
    std::vector<std::uint32_t> head, tail;  // oldest and newest open file, kNone
    std::vector<std::uint32_t> n_filed, n_decided, n_refused;  // files since the start
    // decisions and dispatch
    std::vector<std::int64_t> licensed;     // licence in hand [g]
    // beliefs
    std::vector<double> wait;               // expected wait beyond the lane [d]
    std::vector<double> grant_rate;         // granted a day, 30-day average [g/d]
};

struct File {  // one application
    std::uint32_t border = kNone;
    std::int64_t grams = 0;
    std::int32_t submitted = 0;    // day
    std::uint32_t serial = 0;      // how many files the link made before this one
    std::uint32_t next = kNone;    // next open file of the same link
};

// A first-in-first-out list without allocation once it has grown.
template <class Item>
class Fifo {
  public:
    [[nodiscard]] bool empty() const { return head_ == items_.size(); }
    [[nodiscard]] const Item& front() const { return items_[head_]; }
    [[nodiscard]] std::size_t size() const { return items_.size() - head_; }
    void push(const Item& item) { items_.push_back(item); }
    void pop()
    {
        if (++head_ == items_.size()) {
            items_.clear();
            head_ = 0;
        } else if (head_ >= 4096 && head_ * 2 >= items_.size()) {
            items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(head_));
            head_ = 0;
        }
    }

  private:
    std::vector<Item> items_;
    std::size_t head_ = 0;
};

struct Timed {  // goods that change bucket on a day
    std::uint32_t border = 0;
    std::int32_t day = 0;
    std::int64_t grams = 0;
};

struct ClassState {  // files of one destination and end use
    Fifo<std::uint32_t> queue;   // files by (submission day, key)
    double served = 0;           // cost served over weight: the smallest goes next
    bool active = false;         // was eligible when last looked at
};

struct AuthorityState {          // one per control
    std::vector<std::uint16_t> posture;  // [n_regions] in force today
    double level = 0;            // throughput in force
    double credit = 0;           // unspent budget [g or files]
    double served_floor = 0;     // cost over weight of the class served last
    std::vector<ClassState> classes;     // [n_regions * kEndUses]
    std::vector<File> files;     // open files and free rows
    std::vector<std::uint32_t> free_rows;
    Fifo<Timed> issuing;         // granted, waiting for the licence
    Fifo<Timed> holding;         // at customs
    std::size_t next_level = 0, next_change = 0;
    std::vector<std::uint32_t> today;    // scratch: border rows that filed today
    std::vector<LicenceCounts> counts;   // [n_regions]
};

struct RuleState {
    int days_above = 0;
    int fires_on = -1;  // day the posture changes, -1 none
    bool fired = false;
};

struct PolicyState {
    std::vector<std::int64_t> layer_ppm;  // [all layers of all tariffs]
    std::vector<std::uint32_t> layer_begin;  // [n_tariffs + 1]
    std::vector<std::int64_t> duty_ppm;   // [duty cells] in force today
    std::vector<std::int64_t> base_duty_ppm;  // [duty cells] on day 0, before events
    std::vector<double> ln_duty;          // [duty cells] ln of (1 + duty) over its base, 0 at rest
    std::size_t next_duty = 0;
    std::vector<RuleState> rules;
    std::vector<double> response;         // [n_regions] ln of the need factor from duty
    std::vector<double> duty_weight;      // [duty cells] share of a region's imports on day 0 [1]
};

struct TransitState {
    std::vector<std::int32_t> arrival;    // [sum of lane rings] arrival day by dispatch day
    std::vector<std::uint32_t> arrival_begin;  // [n_lanes + 1]
    std::vector<std::int32_t> due;        // dispatch days that arrive today
    std::vector<std::uint32_t> due_begin; // [n_lanes + 1]
    std::vector<std::uint64_t> due_plane;   // where the goods of each entry of `due` begin in LinkState::transit
    std::vector<std::uint32_t> due_price;   // the same entry's day in the price history
    std::vector<std::uint64_t> today_plane; // [n_lanes] where today's dispatch goes
};

struct State {
    int day = -1;  // last finished day
    FirmState firm;
    SlotState slot;
    LinkState link;
    BorderState border;
    std::vector<AuthorityState> authority;
    PolicyState policy;
    TransitState transit;
    CovertState covert;
    std::vector<double> outside_price;    // [n_products] [USD/kg]
    Published published;
    std::vector<Event> events;            // appended by the policy phase
};

}  // namespace chokepoint::world
