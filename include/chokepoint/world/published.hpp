#pragma once
// What phase 9 publishes at the end of each day: integer sums, complete and additive.
//
// A flow is today's, a stock is the end of today's. Row = (block, product) of Structure::rows.

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
};

struct LicenceCounts {  // per control and destination
    std::int64_t filed = 0, granted = 0, refused = 0, returned = 0;                  // files today
    std::int64_t filed_g = 0, granted_g = 0, refused_g = 0, returned_g = 0;          // [g] today
    std::int64_t in_review = 0, in_review_g = 0;                                     // end of day
    std::int64_t wait_days = 0;  // summed over files granted today [d], submission to decision
};

struct Published {
    // per row [g]
    std::vector<std::int64_t> need, use, stock, received;  // [n_rows]
    // per block
    std::vector<std::int64_t> output, wanted;              // [n_blocks] activity made and wanted today
    std::vector<std::int64_t> duty;                        // [n_blocks] paid today [1e-6 USD]
    // per region
    std::vector<std::int64_t> duty_by_region;              // [n_regions] paid today [1e-6 USD]
    // exports of Structure::exports_of by destination and product
    std::vector<std::int64_t> exports;                     // [n_exports_of * n_regions * n_products] [g] today
    std::vector<LicenceCounts> licences;                   // [n_controls * n_regions]
    std::vector<RouteFlow> routes;                         // [n_routes * n_products]
    std::vector<MassBalance> mass;                         // [n_products]
    std::vector<double> price_origin;                      // [n_exports_of * n_products] base-weighted [USD/kg]
    std::vector<double> price_outside;                     // [n_products] index outside the controlling regions [USD/kg]
    std::vector<std::int64_t> duty_ppm;                    // [n_regions * n_regions * n_products] in force today
};

struct Event {  // what policy did and why
    int day = 0;
    std::string kind;     // "duty", "posture", "throughput", "control", "rule", "enforcement", "route"
    std::string subject;  // id
    std::string text;     // one sentence
};

}  // namespace chokepoint::world
