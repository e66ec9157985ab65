#pragma once
// What the user asked for: one ensemble member's scenario, typed, merged, validated, in model units.
//
// Every distribution has been replaced by the member's drawn value, except those over the firms of a
// block (cover), which the world draws firm by firm. No text is left to interpret but ids and titles.
// Units  mass [g], time [d] unless a name says otherwise, share [1], price [USD/kg], rate of duty [1].
// Maps become vectors in the order of the merged file; ids are unique inside a vector.

#include "chokepoint/core/calendar.hpp"
#include "chokepoint/core/date.hpp"
#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/conduct.hpp"
#include "chokepoint/scenario/licensing.hpp"
#include "chokepoint/scenario/stockpile.hpp"
#include "chokepoint/scenario/supply.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::scenario {

// A value that may differ between the firms of a block.
struct FirmDistribution {
    enum class Kind { kConstant, kLognormal, kTriangular, kUniform };
    Kind kind = Kind::kConstant;
    double a = 0;  // constant value | median | low  | low
    double b = 0;  //                | log sd | mode | high
    double c = 0;  //                |        | high |
};

struct Time {
    core::Date start;
    int horizon = 365;  // [d]
};

struct Region {
    std::string id, title;
    core::WorkingCalendar calendar;  // every day open when the scenario gives none
    bool has_calendar = false;
};

struct RegionGroup {
    std::string id;
    std::vector<std::string> regions;
};

struct Product {
    std::string id, title, hs;
    double price = 0;                              // origin price at the start [USD/kg]
    std::string form;                              // ore, oxide, metal, alloy, magnet, ...; empty = not said
    std::vector<std::pair<std::string, double>> elements;  // content of chemical elements [g/g]
    bool look_alike = false;  // shares a customs code with a controlled product: held up at customs
};

// One cell of a trade table, tonnes per year. A fixed cell is kept; a seed cell is balanced.
struct Flow {
    std::string origin, destination;
    double tonnes_per_year = 0;
    bool fixed = false;
    core::Location where;
};
// A known total: production of an origin or use of a destination.
struct FlowMargin {
    std::string region;
    bool is_production = true;
    double tonnes_per_year = 0;
    core::Location where;
};
// A trade table for one product or for a family of products that statistics do not tell apart.
struct Family {
    std::string id, title;
    std::string controlled, look_alike;  // product ids; look_alike empty for a family of one product
    double look_alike_share = 0;         // [1] share of use that is look-alike (phi)
    std::vector<std::pair<std::string, double>> sector_factor;  // sector name -> factor on the share
    std::vector<std::pair<std::string, double>> region_factor;  // region id -> factor on the share
    std::vector<Flow> flows;
    std::vector<FlowMargin> margins;
};

// Transit days by origin and destination, already complete for every ordered pair of regions.
struct Lane {
    std::string origin, destination;
    int days = 1;          // [d] at least 1
    double noise_sd = 0;   // [1] log sd of the transit time drawn per lane and dispatch day; 0 = none
    int air_days = 0;      // [d] goods for buyers who run short are flown; 0 = never
    double freight = 0;    // [USD/kg] part of the landed cost
};

enum class Criticality { kMinor, kCritical, kImportant };  // what output does without the input

struct Input {
    std::string product;  // product id or family id
    // Exactly one of the three is set.
    std::optional<double> grams_per_unit;     // producers: grams per gram of output; vehicles: per vehicle
    std::optional<double> grams_per_day;      // total of the block
    std::optional<double> remainder;          // [1] share of what the region's flows leave after the others
    Criticality critical = Criticality::kCritical;
    std::optional<FirmDistribution> cover{};  // [d] in place of the block's
};

struct Producer {
    std::string id, title, region, makes;
    int firms = 1;
    std::optional<double> capacity;     // [g/d] total of the block; weights sourcing where no flows are given
    std::optional<double> utilisation;  // [1] base output over capacity; used when capacity is absent
    std::vector<Input> uses;
    FirmDistribution cover;             // [d] input stock
    double finished_cover = 10;         // [d] finished stock F*
    double size_log_sd = 1.0;           // log sd of firm sizes
    Growth growth = {};
    std::optional<double> supply_elasticity{};  // es; behaviour.price.supply_elasticity when absent
};

struct Exporter {  // trading house at origin
    std::string id, title, region;
    std::vector<std::string> trades;  // product or family ids
    int firms = 1;
    double share = 0;                 // [1] of the region's exports of these that pass through
    FirmDistribution cover;           // [d]
    double size_log_sd = 1.0;
};

// What a firm does when the authority asks who its clients are.
struct Candour {
    double withhold = 0;        // [1] share of firms that name nobody: their end use stays unknown
    double change_source = 0;   // [1] share that turn to sellers who ask for no licence
    double defense_clients = 0; // [1] share that also serve defense without saying so
};

struct Importer {  // distributor in the destination
    std::string id, title, region;
    std::vector<std::string> trades;
    int firms = 1;
    double share = 0;                 // [1] of the region's imports of these (defense excluded) through them
    FirmDistribution cover;
    double size_log_sd = 1.0;
    Candour candour = {};
};

struct NeedStep {  // from `date` until `until`, need is (1 + change) times what it would be
    std::string id, title;
    core::Date date;
    std::optional<core::Date> until;
    double change = 0;  // [1] at least -1
};

struct Buyer {
    std::string id, title, region;
    Sector sector = Sector::kOther;
    int firms = 1;
    std::string makes;             // name of the output unit, e.g. "vehicle"; empty when not counted
    double output_per_day = 0;     // [unit/d] total of the block; 0 when not counted
    double value = 0;              // [USD/unit] value added; 0 when not stated
    std::vector<Input> uses;
    FirmDistribution cover;        // [d] H0
    bool rated = false;            // rated orders go first inside the buyer's own country
    double growth = 0;             // [1/yr] g
    double size_log_sd = 1.0;
    Candour candour = {};
    BuyerConduct conduct = {};
    std::vector<NeedStep> steps{}; // in order of place
    double noise = 0;              // log sd of the need of a firm from week to week, mean 1
};

struct RatePoint {  // ad valorem rate from `date` on
    core::Date date;
    double rate = 0;  // [1]
};
struct AnnouncedChange {  // of a layer, known before it takes effect
    core::Date announced, date;  // announced on, in effect from
    core::Date until;            // expected until this day: `date`, or the day it was withdrawn
    double change = 0;           // [1] signed change of the level on `date`
};
struct Lapse {  // a renewal that hangs on a flag: without it the change is undone from its old expiry on
    core::Date decided;      // the day of the renewal: it lapses unless the flag is raised then
    core::Date from, until;  // old expiry; the day the level would have lost the change anyway
    std::string flag;
    double change = 0;       // [1] what lapsing does to the level
    int earlier = -1;        // lapse of the same change before this one; nothing is left once it lapsed
};
struct TariffLayer {
    std::string id;
    std::vector<std::string> products;  // product ids; empty = all
    double base_rate = 0;               // [1] before the first point
    std::vector<RatePoint> points;      // ascending; changes, expiries and renewals resolved
    std::vector<AnnouncedChange> announced{};
    std::vector<Lapse> lapses{};        // `points` take every renewal as given
};
struct DutyCell {
    std::string importer, origin, product;
};
struct IdleChange {  // a dated change after which every rate is what it is without it
    enum class Why { kNothing, kInForce, kSameDay };  // +0 pp, the rate in force already, another change of the same day
    std::string key;   // tariffs.usa_on_chn.layers.fentanyl.changes.march
    Why why = Why::kNothing;
    double rate = 0;   // [1] in force before it
};
struct Tariff {
    std::string id;
    std::vector<std::string> importers, origins;  // region ids, groups and `other` expanded
    std::vector<TariffLayer> layers;
    std::vector<DutyCell> spared{};               // of `other`: another block names them
    bool for_the_record = false;                  // stated though no goods may move on its lanes
    std::vector<IdleChange> idle{};               // none of layers in which something is drawn, but for +0 pp
};

// One thing a rule watches. Indicators as published the day before, tariffs and flags as of today.
struct Condition {
    enum class Kind { kTariff, kShortage, kGranted, kPrice, kFlag, kDates };
    Kind kind = Kind::kDates;
    std::string subject;                // tariff, licensing, product or flag id
    bool below = false;                 // else above
    double level = 0;                   // [1] rate of duty (sum of layers), unmet share, share granted, price over base
    std::optional<double> hysteresis;   // [1] level at which it is over; `level` when absent
    int for_days = 0;                   // [d] in a row before it holds
    std::vector<std::string> buyers;    // shortage: buyer groups
    std::vector<std::string> products;  // shortage: product ids; empty = all they use
    std::vector<std::string> toward;    // granted: region ids
    std::string origin;                 // price: region id; empty = the price outside
    int window = 30;                    // [d] shortage and granted are summed over
    bool lowered = false;               // flag: holds while it is not raised
    std::optional<core::Date> from, until;  // holds on from <= day < until only
    std::string path{};                 // of its keys: rules.deny.when
};
struct RuleStep {
    std::string id;
    int after = 0;                      // [working days]
    std::vector<std::string> toward, postures;  // region ids and their new postures, same order
    std::vector<std::string> raise, lower;      // flags
    std::vector<std::string> keys{};            // of the scenario's `toward` that decided each: the region, a group, `other`
};
struct Rule {  // when every condition holds, `then` follows; when one is over, `restored`
    std::string id;
    std::vector<Condition> when;
    std::string licensing;              // control whose postures change; empty when only flags do
    std::string by;                     // region whose calendar counts the delay; empty = every day
    RuleStep then;
    std::vector<RuleStep> restored;     // ascending by `after`
    int at_most = 0;                    // firings; 0 = no limit
};
struct Flag {  // raised on from <= day < until unless a rule or a commitment says otherwise
    std::string id;
    std::optional<core::Date> from, until;
};
struct Commitment {  // the reading taken
    std::string id, text, reading;
    core::Date date;
    std::vector<std::string> raise;     // flags
    std::vector<std::string> of_other_readings{};  // flags that readings not taken would raise
};

enum class RouteKind { kUndeclared, kReexport };

// Goods that leave without a licence, or go on from an importer of a third country.
struct Route {
    std::string id, title;
    RouteKind kind = RouteKind::kUndeclared;
    std::string from;                    // region of origin
    std::string via;                     // undeclared: region goods pass, empty if none; reexport: region of the importer
    std::string importer;                // reexport: importer block that sends on; empty otherwise
    std::vector<std::string> to;         // region ids, groups expanded
    std::vector<std::string> products;   // product ids, families expanded
    std::optional<core::Date> onset;     // first day; else `delay` after the first control of the origin
    int delay_days = 30;                 // [d]
    int ramp_days = 60;                  // [d] until all of the capacity is there
    std::optional<double> capacity;      // [g/d] of all products and destinations together
    std::optional<double> share;         // [1] of the base flow from the origin; one of the two is set
    double cost = 0.2;                   // [1] of the sender's price
    double scale = 0.1;                  // [1] width of the choice
    double penalty = 5;                  // [1] multiple of the lot's value
    double lot_size = 50e3;              // [g]
    double lot_effect = 0.5;             // detection goes with (lot / 50 kg) to this power
    double detection = 0.02;             // [1] pi0 per lot
    double detection_volume = 0.1;       // [1] pi1 per base flow on the lane
    bool discovers = false;              // a lot found closes the sender's edge for good
    bool declares_via = false;           // which origin is declared, hence which duty is paid
    std::optional<int> transit_days;     // [d] else the lanes it follows
    int barred_days = 60;                // [d]
};

struct Enforcement {  // a dated step in the detection of lots on covert routes of one origin
    std::string id, by;
    core::Date from;
    bool undeclared = true, reexport = true;  // kinds of route it acts on
    std::optional<double> detection;          // [1] new probability per lot
    std::optional<double> factor;             // [1] or a multiple of it; one of the two is set
};

// Seasonal pattern of one origin's export call-offs around its lunar new year.
struct Season {
    bool on = false;
    std::string region;      // origin whose calendar dates the new year
    double before = 0;       // ln factor on days -28..-4
    double after = 0;        // ln factor on days -3..+20
    double october = 0;      // ln factor in October
};

// What a buyer's need does as its inputs get dearer: need follows (1 + s (P - 1))^e, P the cost of its inputs over day 0.
struct DemandResponse {
    double elasticity = 0;  // e, of demand for the good it makes to the price of that good; at most 0 [1]
    double cost_share = 1;  // s, share of that price that its inputs cost on day 0 [1]
};
enum class DemandPrice : std::uint8_t { kOutside, kComposite, kPaid };
struct Demand {
    DemandPrice price = DemandPrice::kOutside;
    double lag_days = 0;    // [d] until a change of input cost is in the price of a good; 0 = at the next review
    DemandResponse all;     // of every sector but defense, which buys what it needs
    std::vector<std::pair<std::string, DemandResponse>> by_sector;  // in place of it
    double noise = 0;       // log sd of the need of all firms of a block together from month to month, mean 1

    [[nodiscard]] DemandResponse of(Sector sector) const;
};
// Behaviour of firms; defaults and ranges are in the key reference.
enum class Rationing { kContracts, kProportional, kLargeAccounts, kPrice };

struct Behaviour {
    int review_days = 7;             // [d] R
    double demand_smoothing = 0.05;  // [1/d] a_d
    double lead_up = 0.015;          // [1/d] a_up
    double lead_down_ratio = 0.2;    // r: a_dn = r a_up
    double announcement = 0.3;       // omega
    double wait_cap = 90;            // [d] expected wait never above this
    double gap_share = 0.5;          // gamma
    double order_cap = 2;            // Omax; 0 = off
    double hoarding = 0.3;           // eta
    double cover_cap = 2;            // h_max
    double cancellation = 0;         // [1/d] hazard that what a seller has not allocated is withdrawn
    double elsewhere_after = 30;     // [d] what a seller has not delivered for so long is ordered from others; 0 = off
    bool counts_ordered = true;      // orders restore the position; else the stock alone
    double fill_learning = 0;        // a_f at a review; 0 = off
    double front_loading = 0;        // [d] phi: cover per unit of ln((1 + new) / (1 + old)); 0 = off
    double sigma = 1.45;             // elasticity of substitution between sources
    double estimated_to = 0.5;       // [1] rise of a landed price up to which sigma was estimated; nothing but a warning
    double lead_weight = 0.5;        // lam_L per 30 d
    double refusal_weight = 2;       // lam_R
    double inertia = 1;              // iota
    double share_adjustment = 0.014; // delta per review
    bool fixed_shares = false;
    bool composite = false;          // sources make up a composite good: tonnes per unit of need follow their mix
    Demand demand;
    double dispatch_cap = 1.3;       // daily dispatch over a border at most this times base; 0 = off
    double price_speed = 0.05;       // kappa_p per day; 0 = prices fixed
    double price_backlog_days = 30;  // [d] tau_b
    double price_clip = 0.7;         // x
    double outside_price_speed = 1.6;  // kappa of the price outside over kappa
    double supply_elasticity = 0.1;  // es
    double bid_elasticity = -0.5;    // eb, at most 0
    double contract_share = 0.5;     // theta: place of the licensed contract price between origin and outside
    double unlicensed_weight = 0;    // u: weight of orders that wait for a licence in what sellers learn of demand
    double least_price = 0;          // [1] of the price of day 0, below which no seller goes
    bool domestic_first = false;
    double home_reserve = 0;         // f_dom: share of a seller's goods kept for home clients
    Rationing rationing = Rationing::kContracts;  // inside a tier and at the border
    double investment_cap = 0.04;    // [1/yr] of a product's base output, by projects begun for their price
    bool instant_delivery = false;   // what is given out is received the same day, before orders are placed
    bool backlog_dropped = false;    // what is not given out on the day is no longer ordered
    bool output_forecast = false;    // orders follow what the day used, stock what could have been made
    int forecast_window = 0;         // [d] of a moving average in place of demand_smoothing; 0 = off
    bool closures = true;            // border posts shut on closures of the origin's calendar
    Season season;
    Conduct conduct;
};

struct World {
    double scale = 1;          // multiplies numbers of firms, not volumes
    int suppliers_min = 1;     // suppliers a firm has in one seller block
    int suppliers_max = 3;
};

struct Ensemble {
    int members = 100;
};

struct Output {
    bool members_daily = false;                // per-member daily series instead of weekly
    std::vector<double> quantiles;             // [1] ascending
    std::vector<std::string> exports_of;       // origins whose exports are recorded
    std::vector<std::string> visible_buyers;   // empty = all
};

struct Scenario {
    std::string name, title, question;
    std::vector<std::string> sources;
    Time time;
    std::uint64_t seed = 1;
    std::uint32_t member = 0;
    World world;
    std::vector<Region> regions;
    std::vector<RegionGroup> region_groups;
    std::vector<Product> products;
    std::vector<Family> families;
    std::vector<Lane> lanes;
    double air_below = 7;      // [d] of cover: a buyer with less has its goods flown
    double air_premium = 5;    // [USD/kg] over sea freight
    std::vector<Producer> producers;
    std::vector<Exporter> exporters;
    std::vector<Importer> importers;
    std::vector<Buyer> buyers;
    std::vector<Tariff> tariffs;
    std::vector<Licensing> licensing;
    std::vector<Flag> flags;
    std::vector<Commitment> commitments;
    std::vector<Rule> rules;
    std::vector<Enforcement> enforcement;
    std::vector<Route> routes;
    std::vector<Stockpile> stockpiles;
    Behaviour behaviour;
    Ensemble ensemble;
    Output output;
    // Where a key was set, for errors found after parsing; empty function when there is no file.
    std::function<core::Location(const std::string& key_path)> origin;
    // Whether every member draws a value of its own for a key; empty function when there is no file.
    std::function<bool(const std::string& key_path)> drawn;
};

}  // namespace chokepoint::scenario
