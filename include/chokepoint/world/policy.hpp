#pragma once
// Policy and behaviour as rows: dates as day numbers, names as row numbers. No text is left to read.
//
// Day numbers count from the first simulated day (0); a date before the start is negative.

#include "chokepoint/world/control.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::world {

struct DutyChange {  // from `day` on, `layer_rate` of one tariff layer applies to a cell
    int day = 0;
    std::uint32_t tariff = 0, layer = 0;
    std::int64_t ppm = 0;  // [1e-6 of value]
};
struct AnnouncedDuty {  // a change of one layer that firms expect on announced <= day < until
    int announced = 0, until = 0;
    int day = 0;           // in effect from
    std::uint32_t tariff = 0, layer = 0;
    std::int64_t change_ppm = 0;
};
struct LapseRow {  // a renewal that hangs on a flag; without it the layer moves on from <= day < until
    int decided = 0, from = 0, until = 0;
    std::uint32_t tariff = 0, layer = 0, flag = 0;
    std::int64_t change_ppm = 0;
    int earlier = -1;      // row of the lapse before it of the same change, -1 none
};
struct DutyLayer {
    std::string id;
    std::int64_t base_ppm = 0;
    std::vector<std::uint32_t> cells;  // duty cells the layer applies to
};
struct DutyTariff {
    std::string id;
    std::vector<DutyLayer> layers;
};

// What a rule can watch. Levels are parts per million, so that duties compare as integers.
enum class Indicator : std::uint8_t { kTariff, kShortage, kGranted, kPrice, kFlag, kDates };
struct ConditionRow {
    Indicator indicator = Indicator::kDates;
    bool below = false;                   // else above
    bool lowered = false;                 // flag: holds while it is not raised
    std::int64_t level_ppm = 0, end_ppm = 0;  // begins beyond the first, is over at or past the second
    int for_days = 0;                     // [d] in a row before it holds
    int window = 0;                       // [d] shortage and granted are summed over
    int from = 0, until = 0;              // holds on from <= day < until only
    std::uint32_t subject = 0;            // tariff, control, product or flag
    std::vector<std::uint32_t> cells;     // shortage: rows of Structure::rows; granted: regions; price: Published cell, or none
    std::string name;                     // what is watched, in words
};
struct RuleStepRow {
    std::string id;
    int after = 0;                        // [working days]
    std::vector<std::uint32_t> regions;
    std::vector<std::uint16_t> postures;  // same order as regions
    std::vector<std::uint32_t> raise, lower;  // flags
};
struct RuleRow {
    std::string id;
    std::vector<ConditionRow> conditions; // every one must hold
    std::uint32_t control = 0;            // meant only where a step names regions
    core::WorkingCalendar calendar;       // counts the delays
    RuleStepRow then;
    std::vector<RuleStepRow> restored;    // ascending by `after`
    int at_most = 0;                      // 0 = no limit
};
struct FlagRow {
    std::string id;
    int from = 0, until = 0;              // raised on `from`, lowered on `until`
};
struct CommitmentRow {
    int day = 0;
    std::string id, text;                 // text: the clause and how it is read
    std::vector<std::uint32_t> raise;     // flags
};

struct EnforcementRow {  // from `day` on, lots of a region's covert routes are found more or less often
    int day = 0;
    std::uint32_t region = 0;  // origin of the routes
    std::string id;
    bool undeclared = true, reexport = true;  // kinds of route it acts on
    double detection = -1;     // sets the probability per lot [1], < 0 leaves it
    double factor = 1;         // multiplies it
};

struct Policy {
    std::vector<DutyTariff> tariffs;
    std::vector<DutyChange> duty_changes;  // ascending by (day, tariff, layer)
    std::vector<AnnouncedDuty> announced;  // ascending by (day, tariff, layer)
    std::vector<LapseRow> lapses;
    std::vector<Control> controls;
    std::vector<FlagRow> flags;
    std::vector<CommitmentRow> commitments;
    std::vector<RuleRow> rules;
    std::vector<EnforcementRow> enforcement;  // ascending by (day, id)
};

// Behaviour of firms, resolved. Symbols as in sim/MODEL.md.
// How a seller shares goods that fall short inside a tier.
enum class Rationing : std::uint8_t { kContracts, kProportional, kLargeAccounts, kPrice };
// What an input costs a buyer: the price outside; its sources as one good; what they ask on average, duty included.
enum class DemandPrice : std::uint8_t { kOutside, kComposite, kPaid };  // as in scenario::DemandPrice

struct Parameters {
    int review_days = 7;             // R [d]
    double demand_smoothing = 0.05;  // a_d [1/d]
    double lead_up = 0.015, lead_down = 0.003;  // a_up, a_dn [1/d]
    double announcement = 0.3;       // omega
    double wait_cap = 90;            // [d]
    double gap_share = 0.5;          // gamma
    double order_cap = 2;            // Omax, 0 = off
    double hoarding = 0.3, cover_cap = 2;       // eta, h_max
    double cancelled = 0;            // share of a backlog withdrawn at a review, 0 = off
    double elsewhere_after = 30;     // [d] before what a seller owes is ordered from others, 0 = off
    bool counts_ordered = true;      // orders restore the position, else the stock alone
    double fill_learning = 0;        // a_f at a review, 0 = off
    double front_loading = 0;        // phi [d], 0 = off
    bool extra_costs = false;        // freight or licences cost something
    double sigma = 1.45, lead_weight = 0.5, refusal_weight = 2, inertia = 1;
    double share_adjustment = 0.014;  // delta per review
    bool fixed_shares = false;
    DemandPrice demand_price = DemandPrice::kOutside;
    double passed_on = 1;            // part of a change of input cost that reaches the price of a good at a review [1]
    double dispatch_cap = 1.3;       // 0 = off
    double air_below = 7;            // [d] of cover
    std::int64_t air_premium = 0;    // [1e-6 USD/g]
    double price_speed = 0.05, outside_price_speed = 0.08, price_backlog_days = 30, price_clip = 0.7, supply_elasticity = 0.1;
    double bid_elasticity = -0.5;    // eb, at most 0
    double contract_share = 0.5;     // theta
    double unlicensed_weight = 0;    // u
    double least_price = 0;          // [1] of the price of day 0
    bool domestic_first = false;
    double home_reserve = 0;         // f_dom, share of goods kept for home clients
    Rationing rationing = Rationing::kContracts;
    std::vector<double> call_sum, use_sum; // running sums of the season's curves by day; empty = none
    int season_first = 0;                  // day number of the first entry
    std::vector<std::uint8_t> closed;      // [horizon] border of the season's origin shut; empty = never
    std::uint32_t season_region = 0xffffffffU;
    std::vector<int> season_lane;          // [n_regions] transit from the season's origin [d]
    std::vector<int> season_lane_home;     // [n_regions] the same plus the domestic leg [d]
    bool instant_delivery = false;         // goods are received on the day they are given out, orders placed after
    bool backlog_dropped = false;          // what is not given out on the day is off the books
    bool output_forecast = false;          // orders follow use, stock what could have been made
    int forecast_window = 0;               // [d] of the moving average of demand and orders, 0 = smoothed
};

}  // namespace chokepoint::world
