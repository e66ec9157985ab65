#pragma once
// Covert routes: goods that leave without a licence, or go on from a country that was given one.
//
// A route carries products from one origin to some destinations. A branch is one product of a route to
// one destination: it has the capacity, the premium and the transit. An edge is one firm that sends on
// a branch: producers and trading houses of the origin (undeclared), or the firms of an importer block
// (reexport). An edge is open, barred until a day, or found for good. See sim/MODEL.md, routes.
// Left out: goods that change form on the way, and what a penalty does to a firm's money.
// Units  grams, days; money in 1e-6 USD.

#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::world {

enum class RouteKind : std::uint8_t { kUndeclared, kReexport };

inline constexpr double kReferenceLot = 50e3;  // [g] the lot that detection is stated for

struct RouteRow {
    std::string id, title;
    RouteKind kind = RouteKind::kUndeclared;
    std::uint32_t from = 0;   // region of origin; its controls are evaded and its steps enforce
    int opens = 0;            // first day anything may leave; INT_MAX = never
};

struct Branch {
    std::uint32_t route = 0, destination = 0;
    std::uint16_t product = 0;
    std::uint16_t control = 0xffffU;     // of the origin on the product, 0xffff none: never carries
    std::uint32_t duty_cell = 0;         // destination and declared origin
    int onset = 0, ramp = 0;             // first day; days until all of the capacity is there
    double capacity = 0;                 // most a day once ramped up [g/d]
    double base_flow = 0;                // declared flow of day 0 from origin to destination [g/d]
    double cost = 0, scale = 1;          // [1] of the sender's price
    double penalty = 0;                  // [1] multiple of the lot's value
    std::int64_t lot_size = 0;           // [g]
    double detection = 0;                // pi0, before any step [1] per lot
    double detection_volume = 0;         // pi1 [1] per base flow
    double lot_effect = 0;               // exponent of lot size over reference_lot
    double reference_lot = kReferenceLot;  // [g]
    bool discovers = false;              // a lot found closes the edge for good
    int transit = 1;                     // [d]
    int barred = 0;                      // [d]
    std::uint32_t first_edge = 0, n_edges = 0;
    std::uint32_t first_user = 0, n_users = 0;
    std::uint32_t ring = 0;              // first day of its goods in CovertState::grams, transit + 1 days
};


struct Covert {
    std::vector<RouteRow> routes;             // sorted by id
    std::vector<Branch> branches;             // sorted by (route, product, destination)
    std::vector<std::uint32_t> edge_branch;   // [n_edges]
    std::vector<std::uint32_t> edge_firm;     // [n_edges] the sender
    std::vector<std::int64_t> edge_weight;    // [n_edges] base output of the sender [g/d]
    std::vector<std::uint64_t> edge_key;      // [n_edges] stable
    std::vector<std::uint32_t> sender;        // [n_senders] firms with edges, ascending
    std::vector<std::uint32_t> sender_begin;  // [n_senders + 1] rows of sender_edge
    std::vector<std::uint32_t> sender_edge;   // [n_edges] edges by sender
    std::vector<std::uint32_t> user;          // [n_users] slots that may receive, by branch
    std::vector<std::uint64_t> user_key;      // [n_users] for ties
    std::uint32_t n_ring = 0;                 // days of the rings of all branches together

    [[nodiscard]] std::size_t n_edges() const { return edge_branch.size(); }
};

struct Entry {  // a consignment of a branch that came to one slot today
    std::uint32_t branch = 0, slot = 0;
    std::int64_t grams = 0, duty = 0;  // [g], [1e-6 USD]
};

struct CovertState {
    // branches
    std::vector<double> detection;       // pi0 in force [1]; policy
    std::vector<double> volume;          // shipped a day, 30-day average up to yesterday [g/d]; publish
    std::vector<double> appetite;        // share of the capacity that senders would use today [1]; allocation
    std::vector<std::int64_t> planned;   // asked of all senders today [g]; allocation
    std::vector<std::int64_t> shipped;   // left today, found lots included [g]; dispatch
    std::vector<std::int64_t> seized;    // of it found today [g]; dispatch
    std::vector<std::int64_t> arrived;   // today [g]; arrivals
    std::vector<std::int64_t> under_way; // end of day [g]; arrivals, dispatch
    std::vector<std::int64_t> grams;     // [n_ring] under way by day of arrival [g]; arrivals, dispatch
    std::vector<std::int64_t> value;     // [n_ring] the same at the senders' prices [1e-6 USD]
    // edges
    std::vector<std::int64_t> asked;     // today [g]; allocation
    std::vector<std::int64_t> taken;     // today, from the sender's finished goods [g]; allocation
    std::vector<std::int64_t> passed;    // of it not found [g]; dispatch
    std::vector<std::int32_t> barred_until;  // first day it may carry again; dispatch
    std::vector<std::int32_t> found;     // day the authority found it, -1 not; decisions, dispatch
    // other
    std::vector<Entry> entries;          // of today; arrivals
    std::size_t next_step = 0;           // of Policy::enforcement; policy
    std::vector<std::int64_t> scratch, part;  // longest list of users or edges

    [[nodiscard]] bool open(std::size_t edge, int day) const { return found[edge] < 0 && barred_until[edge] <= day; }
};

}  // namespace chokepoint::world
