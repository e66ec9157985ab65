#pragma once
// What exists: firms, what they need, who supplies whom. Built once per member, never changed in a run.
//
// A firm turns inputs into one output: a producer makes its product, a trading house or a distributor
// passes one product on, a buyer makes vehicles or other output that leaves the model. A slot is one
// input of one firm, or one of the kinds of part it consists of; a link joins a slot to one seller. Links are kept in two orders: buyer order
// (rows of a slot contiguous) and seller order (rows of a seller contiguous), with a permutation.
// Rows are sorted by stable keys, so the order of the scenario file cannot matter.
// Units  grams and days; activity is grams a day for sellers, milli-units of output a day for buyers. A world where someone
//        needs few grams counts in a decimal part of a gram: read "gram" as a count (counts_per_gram of them a gram); money
//        and output of buyers, which go with goods, are in the same part of 1e-6 USD and of a milli-unit. The recorder alone
//        divides by it (per_million), and texts that name tonnes.

#include "chokepoint/core/calendar.hpp"
#include "chokepoint/core/date.hpp"
#include "chokepoint/core/random.hpp"
#include "chokepoint/world/conduct.hpp"
#include "chokepoint/world/covert.hpp"
#include "chokepoint/world/policy.hpp"
#include "chokepoint/world/stockpile.hpp"
#include "chokepoint/world/supply.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::world {

inline constexpr std::uint32_t kNone = 0xffffffffU;
inline constexpr std::uint16_t kUncontrolled = 0xffffU;

enum class Role : std::uint8_t { kProducer, kExporter, kImporter, kBuyer };
// Served in this order. Without domestic first a client at home is in the tier of its kind.
enum class Tier : std::uint8_t { kRated, kHome, kContract, kSpot, kHomeSpot };
inline constexpr int kTiers = 4;
enum class Criticality : std::uint8_t { kMinor, kCritical, kImportant };  // as in scenario::Criticality
// How a link's call-offs follow the season of one origin: not at all, over its border, or one lane
// later through a distributor that buys there.
enum class Seasonal : std::uint8_t { kFlat, kDirect, kIndirect };

struct Region {
    std::string id, title;
    core::WorkingCalendar calendar;
};
struct Product {
    std::string id, title;
    double price = 0;  // origin price on day 0 [USD/kg]
    bool look_alike = false;  // customs may take it for a controlled product
    std::uint64_t key = 0;    // stable, for draws: rows move when a scenario gains a product
    std::uint32_t looks_like = kNone;  // the controlled product of its family
};
struct NeedStepRow {  // days from <= t < until
    int from = 0, until = 0;
    double factor = 1;              // of need [1]
};
struct Block {  // a named group of firms; rows of its firms are contiguous
    std::string id, title, unit;    // unit: name of the output, empty when not counted
    std::uint64_t key = 0;          // stable, for draws and ties
    Role role = Role::kBuyer;
    int sector = -1;                // scenario::Sector as a number, -1 unless a buyer
    std::string sector_name;        // empty unless a buyer
    std::uint32_t region = 0;
    std::uint32_t product = kNone;  // what it sells
    bool rated = false;
    double demand_elasticity = 0;   // of demand for its good to the price of that good, at most 0 [1]
    double cost_share = 1;          // share of that price that inputs cost on day 0 [1]
    std::uint32_t first_firm = 0, n_firms = 0;
    double growth = 0;              // [1/yr]
    double value = 0;               // [USD/unit] value added, 0 when not stated
    std::vector<NeedStepRow> need_steps;
    double need_noise = 0;          // log sd of a firm's need from week to week [1]
    double common_noise = 0;        // log sd of the need of all its firms together from month to month [1]
    double supply_elasticity = 0;   // es of a producer [1]
};
struct Row {  // one input of one block: the unit of reporting
    std::uint32_t block = 0, product = 0;
};
struct Source {  // a block that may sell what a row needs, whether any of its firms does or not
    std::uint32_t row = 0, seller = 0;       // into Structure::rows and blocks
    std::uint16_t control = kUncontrolled;   // measure that guards goods from the seller to the user
};

struct Firms {
    std::vector<std::uint64_t> key;          // [n_firms] stable
    std::vector<std::uint32_t> block;        // [n_firms]
    std::vector<std::int64_t> base_output;   // [n_firms] activity on day 0 [activity/d]
    std::vector<std::int64_t> capacity;      // [n_firms] [activity/d]
    std::vector<std::int64_t> finished_target;  // [n_firms] F*, 0 for buyers [g]
    std::vector<std::int64_t> border_base;   // [n_firms] base flow that leaves the country [g/d]
    std::vector<std::uint8_t> review_phase;  // [n_firms] reviews when (day + phase) % R == 0
    std::vector<std::uint32_t> seller_row;   // [n_firms] place among the firms that sell, kNone for buyers
    std::vector<double> season_direct;       // [n_firms] share of inputs straight from the season's origin
    std::vector<double> season_indirect;     // [n_firms] share through distributors at home
    std::vector<std::uint32_t> slot_begin;   // [n_firms + 1]
    std::vector<std::uint32_t> out_begin;    // [n_firms + 1] rows in seller order
    std::vector<std::uint32_t> border_begin; // [n_firms + 1] rows of border links
    std::vector<std::uint8_t> avoids;        // [n_firms] buys elsewhere while a licence is needed
    std::vector<std::uint8_t> dual_use;      // [n_firms] serves defense without saying so
};

struct Slots {
    std::vector<std::uint32_t> firm;        // [n_slots]
    std::vector<std::uint32_t> row;         // [n_slots] into Structure::rows
    std::vector<std::uint16_t> product;     // [n_slots]
    std::vector<std::uint16_t> part;        // [n_slots] kind of part, of those an input of the firm consists of
    std::vector<std::uint8_t> critical;     // [n_slots] Criticality
    std::vector<std::int64_t> base_need;    // [n_slots] [g/d]
    std::vector<double> cover;              // [n_slots] H0 [d]
    std::vector<std::uint32_t> link_begin;  // [n_slots + 1] buyer order
};

struct Links {
    // buyer order
    std::vector<std::uint32_t> seller;      // [n_links] firm
    std::vector<std::uint32_t> out;         // [n_links] row in seller order
    std::vector<std::uint32_t> rank;        // [n_links] place among the links of the lane
    std::vector<std::uint32_t> border;      // [n_links] border row or kNone
    std::vector<std::uint16_t> lane;        // [n_links] into Structure::lanes
    std::vector<std::uint8_t> season;       // [n_links] Seasonal
    // seller order
    std::vector<std::uint32_t> in;          // [n_links] row in buyer order
    std::vector<std::uint16_t> out_lane;    // [n_links]
    std::vector<std::uint8_t> out_phase;    // [n_links] review phase of the buyer
    std::vector<std::uint8_t> out_tier;     // [n_links]
    std::vector<std::uint8_t> out_abroad;   // [n_links] crosses a border
    std::vector<std::uint8_t> out_season;   // [n_links] Seasonal
    std::vector<std::uint32_t> out_border;  // [n_links] border row or kNone
    std::vector<std::uint16_t> out_control; // [n_links] control that may cover its goods, kUncontrolled if none
    std::vector<std::int64_t> out_base;     // [n_links] base flow [g/d]
    std::vector<std::uint32_t> out_rank;    // [n_links] place among the links of the lane
    std::vector<std::uint64_t> out_key;     // [n_links] stable, for draws and ties
    std::vector<std::uint32_t> out_slot;    // [n_links] input it serves; empty where nothing flies
    std::vector<std::int64_t> out_account;  // [n_links] base flow to the same client [g/d]; empty unless sellers rank by it
};

// Links over a border whose product an authority controls or may take for controlled. Seller order.
struct BorderLinks {
    std::vector<std::uint32_t> out;          // [n_border] row in seller order
    std::vector<std::uint16_t> control;      // [n_border] licensing row whose authority guards the origin
    std::vector<std::uint16_t> product;      // [n_border]
    std::vector<std::uint32_t> buyer;        // [n_border] firm named as end user
    std::vector<std::uint32_t> slot;         // [n_border] its input
    std::vector<std::uint32_t> row;          // [n_border] the same, into Structure::rows
    std::vector<std::uint32_t> source;       // [n_border] the same and its seller, into Structure::sources
    std::vector<std::uint16_t> klass;        // [n_border] into Control::classes
    std::vector<std::uint8_t> general;       // [n_border] the seller is large enough for a general licence
    std::vector<std::uint16_t> destination;  // [n_border] region
};

struct ExportLink {  // a link whose dispatch is published as an export
    std::uint32_t out = 0;   // row in seller order
    std::uint32_t cell = 0;  // into Published::exports
};

struct SupplyLink {  // brings goods made, or sold from a controlling region, to users beyond those regions
    std::uint32_t out = 0;      // row in seller order
    std::uint32_t seller = 0;
    std::uint32_t product = 0;
};

struct Lane {
    std::uint32_t origin = 0, destination = 0;
    int days = 1;         // [d]
    double noise_sd = 0;  // log sd of the transit time
    int ring = 2;         // length of the ring of dispatch days [d], longer than any transit
    std::uint64_t key = 0;
    std::uint32_t n_links = 0;  // links that sail it
    std::uint32_t duty_row = 0;  // first of its duty cells, one a product
    double freight = 0;   // [USD/kg]
    int air_days = 0;     // [d] of a flight, shorter than `days`; 0: nothing flies
};

// Stable key of one input of a firm, or of one of the kinds of part it consists of.
[[nodiscard]] inline std::uint64_t input_key(std::uint64_t firm, std::uint64_t product, std::uint32_t part)
{
    const std::uint64_t key = core::combine_keys(firm, product);
    return part == 0 ? key : core::combine_keys(key, part);
}

struct Structure {
    core::Date start;
    int horizon = 0;  // [d]
    std::vector<Region> regions;
    std::vector<std::uint8_t> controlling;  // [n_regions] a measure there controls goods made or traded there
    std::vector<Product> products;
    std::vector<Block> blocks;  // sorted by owner and product
    std::vector<Row> rows;      // sorted by (block, product); buyers and all others
    std::vector<Source> sources;             // sorted by (row, seller)
    std::vector<std::uint32_t> source_begin; // [n_rows + 1]
    std::vector<Lane> lanes;
    Firms firms;
    Slots slots;
    Links links;
    BorderLinks border;
    Policy policy;        // dated duties, controls, rules
    Covert covert;        // hidden routes
    Conduct conduct;      // what buyers do about a shortage beside ordering
    Supply supply;        // capacity that changes, floors and offtake
    std::vector<StockpileRow> stockpiles;  // in the order of the scenario's ids
    Parameters parameters;
    std::vector<std::uint32_t> exports_of;  // regions whose exports are published
    std::vector<ExportLink> export_links;
    std::vector<SupplyLink> supply_links;
    std::vector<std::uint32_t> rows_outside;  // rows of users beyond the controlling regions
    std::vector<std::int64_t> stock_outside;  // [n_products] their input stock on day 0 [g]
    std::size_t n_sellers = 0;    // firms that sell
    std::int64_t counts_per_gram = 1;  // a power of ten, see sim/world/fineness.hpp
    double flow_residual = 0;  // largest relative miss of a published total after balancing [1]

    // Counts in a tonne; of money, in a dollar.
    [[nodiscard]] double per_million() const { return 1e6 * static_cast<double>(counts_per_gram); }
    [[nodiscard]] std::size_t n_firms() const { return firms.key.size(); }
    [[nodiscard]] std::size_t n_slots() const { return slots.firm.size(); }
    [[nodiscard]] std::size_t n_links() const { return links.seller.size(); }
    [[nodiscard]] std::size_t n_border() const { return border.out.size(); }
    // Base flow of a link in buyer order [g/d].
    [[nodiscard]] std::int64_t base(std::size_t link) const { return links.out_base[links.out[link]]; }
    // Share of a slot's base flow that a link brings [1].
    [[nodiscard]] double base_share(std::size_t slot, std::size_t link) const
    {
        return static_cast<double>(base(link)) / static_cast<double>(slots.base_need[slot]);
    }
    // Stock of a slot on day 0 [g]. With instant delivery what is used on a day was received the day before.
    [[nodiscard]] std::int64_t base_stock(std::size_t slot) const
    {
        const double least = parameters.instant_delivery ? 1.0 : 0.0;
        return std::llround(static_cast<double>(slots.base_need[slot]) * std::max(slots.cover[slot], least));
    }
    // Row of Structure::sources of a user's row and a block that sells to it.
    [[nodiscard]] std::size_t source_of(std::uint32_t row, std::uint32_t seller) const
    {
        const auto first = sources.begin() + source_begin[row], last = sources.begin() + source_begin[row + 1];
        return static_cast<std::size_t>(std::partition_point(first, last, [&](const Source& one) { return one.seller < seller; }) - sources.begin());
    }
    // Of a guarded link: base flow [g/d]; stable key.
    [[nodiscard]] std::int64_t border_base(std::size_t row) const { return links.out_base[border.out[row]]; }
    [[nodiscard]] std::uint64_t border_key(std::size_t row) const { return links.out_key[border.out[row]]; }
    [[nodiscard]] std::uint64_t slot_key(std::size_t slot) const
    {
        return input_key(firms.key[slots.firm[slot]], products[slots.product[slot]].key, slots.part[slot]);
    }
    // What Links::out_key holds, from what lies at hand in buyer order.
    [[nodiscard]] std::uint64_t link_key(std::size_t slot, std::size_t link) const
    {
        return core::combine_keys(slot_key(slot), firms.key[links.seller[link]]);
    }
    // Whether the need of any buyer answers to what its inputs cost.
    [[nodiscard]] bool answers_to_cost() const
    {
        return std::any_of(blocks.begin(), blocks.end(), [](const Block& block) { return block.demand_elasticity != 0; });
    }
    // Days of prices kept: goods are valued at dispatch, so longer than any transit.
    [[nodiscard]] std::size_t price_history_days() const
    {
        int longest = 1;
        for (const Lane& lane : lanes) longest = std::max(longest, lane.ring);
        return static_cast<std::size_t>(longest) + 1;
    }
    // Where a seller's price of a day stands in FirmState::price_history.
    [[nodiscard]] std::size_t price_index(std::size_t history_day, std::size_t seller) const
    {
        return history_day * n_sellers + firms.seller_row[seller];
    }
    // Of a link in buyer order and what it brings.
    [[nodiscard]] std::size_t duty_cell(std::size_t link, std::uint16_t product) const
    {
        return lanes[links.lane[link]].duty_row + std::size_t{product};
    }
    [[nodiscard]] std::size_t duty_cell(std::size_t importer, std::size_t origin, std::size_t product) const
    {
        return (importer * regions.size() + origin) * products.size() + product;
    }
};

}  // namespace chokepoint::world
