#pragma once
// What phase 9 publishes at the end of each day: integer sums, complete and additive.
//
// A flow is today's, a stock is the end of today's. Row = (block, product) of Structure::rows.

#include "chokepoint/world/stockpile.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::world {

struct MassBalance {  // per product, since the start of the run [g]
    std::int64_t produced = 0, consumed = 0;
    std::int64_t seized = 0;
};

struct RouteFlow {  // per covert route and product
    std::int64_t shipped = 0, arrived = 0, seized = 0;  // [g] today; shipped holds what was seized
    std::int64_t edges_open = 0, edges_found = 0;       // end of day
    std::int64_t premium = 0;  // 1 on a day on which its goods are controlled and fetch more than senders ask plus duty
    std::int64_t asked = 0;    // [g] asked of senders today
};

// Every file ends in one of granted, refused, returned or void, so that since the start
// filed = in_review + granted + refused + returned + voided. A granted one may lapse later.
struct LicenceCounts {  // per control, destination and end use
    std::int64_t filed = 0, granted = 0, refused = 0, returned = 0, voided = 0;      // files today; voided: no licence needed any more
    std::int64_t filed_g = 0, granted_g = 0, refused_g = 0, returned_g = 0, voided_g = 0;  // [g] today
    std::int64_t in_review = 0, in_review_g = 0;                                     // end of day
    std::int64_t wait_days = 0;  // summed over files granted today [d], submission to decision
    std::int64_t lapsed = 0, lapsed_g = 0;  // licences today that ran out or were revoked, [g] not used of them
    std::int64_t general = 0;    // general licences given today
    std::int64_t clock_restarts = 0;  // requests for documents that files decided today had met, see Deadline::kStopClock

    void add(const LicenceCounts& o)
    {
        filed += o.filed, granted += o.granted, refused += o.refused, returned += o.returned, voided += o.voided;
        filed_g += o.filed_g, granted_g += o.granted_g, refused_g += o.refused_g, returned_g += o.returned_g;
        voided_g += o.voided_g, in_review += o.in_review, in_review_g += o.in_review_g, wait_days += o.wait_days;
        lapsed += o.lapsed, lapsed_g += o.lapsed_g, general += o.general, clock_restarts += o.clock_restarts;
    }
};

struct DeskCounts {  // per control and stage
    std::int64_t in_review = 0, in_review_g = 0;  // end of day
    std::int64_t done = 0;                        // files passed on, decided or returned today
    double credited = 0, spent = 0, offered = 0;  // [g or files] today; offered: cost of the files that came
};

enum class Outcome : std::uint8_t { kGranted, kRefused, kReturned };
struct Decision {  // one file that left the authority today
    std::uint16_t control = 0, destination = 0;
    std::uint8_t end_use = 0;
    std::uint32_t source = 0;  // input of the end user's block and block of the applicant, into Structure::sources
    Outcome outcome = Outcome::kGranted;
    std::int32_t wait = 0;   // submission to decision [d]
    std::int64_t grams = 0;
};

// Where orders of a row with one block that sells stand, end of day; together they are what the row has ordered and
// not received, less what is under way and what is not called off yet.
struct SourceBook {
    std::int64_t owed = 0;       // may be filled, and the seller has not [g]
    std::int64_t not_filed = 0;  // needs a licence nobody has filed for: batches, what the authority may not hold yet, what came back [g]
    std::int64_t paused = 0;     // the same where an exporter refused in principle asks no more for a time [g]
    std::int64_t in_review = 0, licensed = 0, at_customs = 0;  // [g]
    std::int64_t open_files = 0, oldest_file = 0;              // [files], age [d]
};

struct Memory {  // per control, since the start
    std::int64_t users_named = 0, users_tainted = 0, routes_found = 0;
};

// Weeks count from the first day; the last one may be short.
[[nodiscard]] inline bool ends_week(int day, int horizon) { return day % 7 == 6 || day == horizon - 1; }

struct Published {
    // per row [g]
    std::vector<std::int64_t> need, use, stock, received;  // [n_rows]
    std::vector<std::int64_t> given_up, switched;          // [n_rows] need given up for its cost, gone to another recipe today
    std::vector<std::int64_t> ordinary_need;               // [n_rows] of users beyond the controlling regions, on such a day in the base year
    // where what a row has ordered stands [g]; files of it in review and the age of the oldest [d]: at the end of the
    // days `ends_week` names, nought on the others
    std::vector<std::int64_t> at_seller, in_review, licensed, at_customs, in_transit;  // [n_rows]
    std::vector<std::int64_t> open_files, oldest_file;                                 // [n_rows]
    std::vector<SourceBook> sources;                       // [n_sources] as the lines before
    std::vector<std::int64_t> source_refused, source_returned;                         // [n_sources] [g] today
    std::vector<std::int64_t> refused, returned;                                       // [n_rows] [g] today
    std::vector<std::int64_t> lacked;                      // [n_rows] of need less use: what the material itself was short of [g] today
    // per block
    std::vector<std::int64_t> output, wanted;              // [n_blocks] activity made and wanted today
    std::vector<std::int64_t> output_given_up;             // [n_blocks] activity not wanted today for its cost
    std::vector<std::int64_t> finished;                    // [n_blocks] finished goods at the end of the days `ends_week` names [g]
    std::vector<std::int64_t> duty;                        // [n_blocks] paid today [1e-6 USD]
    // per region
    std::vector<std::int64_t> duty_by_region;              // [n_regions] paid today [1e-6 USD]
    std::vector<std::int64_t> flown;                       // [n_regions] to it today [g]
    // exports of Structure::exports_of by destination and product
    std::vector<std::int64_t> exports;                     // [n_exports_of * n_regions * n_products] [g] today
    std::vector<LicenceCounts> licences;                   // [n_controls * n_regions]
    std::vector<LicenceCounts> licences_by_use;            // [n_controls * n_regions * kEndUses]
    std::vector<DeskCounts> desks;                         // [stages of all controls]
    std::vector<Decision> decisions;                       // of today, control by control
    std::vector<Memory> memory;                            // [n_controls]
    std::vector<std::int64_t> capacity;                    // [rows of Supply::blocks] in force today [g/d]
    std::vector<std::int64_t> support;                     // [rows of Supply::blocks] paid today to makers under a price floor [1e-6 USD]
    std::vector<StockpileFlow> stockpiles;                 // [n_stockpiles]
    std::vector<RouteFlow> routes;                         // [n_routes * n_products]
    std::vector<MassBalance> mass;                         // [n_products]
    std::vector<double> price_origin;                      // [n_exports_of * n_products] base-weighted [USD/kg]
    std::vector<double> price_outside;                     // [n_products] index outside the controlling regions [USD/kg]
    std::vector<double> price_contract;                    // [n_exports_of * n_products] licensed contracts [USD/kg]
    // part of the change of duty since day 0 that sellers bear [1], NaN where it has not changed; as `exports`, at the
    // end of the days `ends_week` names
    std::vector<double> exporter_bears;                    // [n_exports_of * n_regions * n_products]
    std::vector<std::int64_t> duty_ppm;                    // [n_regions * n_regions * n_products] in force today

    // Need of a row there would have been without any answer to duty, price or shortage: used + switched + given up + unmet [g].
    [[nodiscard]] std::int64_t full_need(std::size_t row) const { return need[row] + switched[row] + given_up[row]; }
};

struct Event {  // what policy did and why
    int day = 0;
    std::string kind;     // "duty", "posture", "throughput", "control", "rule", "enforcement", "route", "capacity", "stockpile"
    std::string subject;  // id
    std::string text;     // one sentence
};

}  // namespace chokepoint::world
