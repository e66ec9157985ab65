#pragma once
// The axes of a result: which buyers, products, regions, origins, controls, covert routes and days it
// speaks of, who sells and to whom.
//
// Buyers are the blocks with role kBuyer, products and regions are all of the world's, origins are
// the regions whose exports are published, each in structure order. Days count from 0 at `start`;
// week w holds days 7w..7w+6, a month is a calendar month; the last week and the outer months may be
// incomplete.

#include "chokepoint/core/date.hpp"
#include "chokepoint/world/structure.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::record {

enum class Dim : std::uint8_t {
    kMember,
    kQuantile,
    kTime,
    kWeek,
    kMonth,
    kBuyer,
    kProduct,
    kOrigin,
    kDestination,
    kRegion,
    kControl,
    kDesk,
    kEndUse,
    kRoute,
    kProducer,
    kStockpile,
    kSeller,
    kSource,
};
[[nodiscard]] const char* dim_name(Dim dim);

struct Named {
    std::string id, title;
};
struct BuyerAxis {
    std::string id, title, sector, region, unit;  // unit: of its output, empty when not counted
    bool rated = false;
    double base_output = 0;  // on day 0 [unit/d]; 0 when not counted
    std::string answers_to{};  // what its need answers to: outside, composite, paid; empty when nothing
};

struct SellerAxis {  // producers, exporters and importers
    std::string id, title, role, region, product;
};
struct SourceAxis {  // a user's input and a block that may sell it, "seller>user"
    std::string id, control;  // control: measure that guards the goods, empty when none
    std::string acts;         // events that act on the goods, "kind subject", joined by commas
    double base = 0;          // flow of day 0 [t/d]
};
struct ProducerAxis {
    std::string id, title;
    std::string outages, projects;  // of the scenario, with their dates, joined by semicolons
};
struct ServingAxis {  // a covert route or a public stockpile
    std::string id, title;
    std::string serves;  // "user product" it may give goods to, joined by commas
    std::string steps;   // of enforcement that act on it, joined by commas
};
struct ControlAxis {
    std::string id, title, region, from, refuses;  // refuses: end uses it refuses in principle
    std::vector<std::string> postures;             // [regions] toward them at the start
};

struct Axes {
    core::Date start;
    int days = 0;
    std::vector<BuyerAxis> buyers;
    std::vector<Named> products, regions;
    std::vector<ServingAxis> routes, stockpiles;
    std::vector<ProducerAxis> producers;  // producer blocks whose capacity may change or is supported
    std::vector<SellerAxis> sellers;
    std::vector<SourceAxis> sources;
    std::vector<ControlAxis> controls;
    std::vector<std::string> origins;
    std::vector<std::string> desks;     // "control.stage", control by control
    std::vector<std::string> end_uses;  // civil, defense, unknown; none without a control

    // Length of an axis; kMember and kQuantile belong to the ensemble and give 0.
    [[nodiscard]] std::size_t size(Dim dim) const;
    [[nodiscard]] std::size_t week_of(int day) const { return static_cast<std::size_t>(day) / 7; }
    [[nodiscard]] std::size_t month_of(int day) const;         // 0 = the month of `start`
    [[nodiscard]] std::vector<int> first_days(Dim dim) const;  // of kTime, kWeek, kMonth
    // Everything that decides the layout of a member, as text: equal text, equal layout.
    [[nodiscard]] std::string fingerprint() const;
};

[[nodiscard]] Axes axes_of(const world::Structure& structure);

}  // namespace chokepoint::record
