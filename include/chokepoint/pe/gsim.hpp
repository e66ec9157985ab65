#pragma once
// GSIM: one good, many regions, goods told apart by origin; prices that clear every exporter's market.
//
// linear  Francois and Hall (2003): every equation linearised at the values before the change, duty changes as
//         (T' - T) / T with T = 1 + t. What the published spreadsheet gives, to all digits.
// levels  the same behaviour without the approximation: constant elasticities of demand and supply, CES between
//         origins, market balance solved by Newton's method in logarithms of prices.
// Both answer in changes against the values of the file. With one importer the levels are the usual Armington
// model of one market (ExPEM). sim/MODEL.md, section 11, has the equations.
//
// Throws core::InputError when an exporter's supply elasticity is infinite, core::ModelError when Newton's method
// does not come within the tolerance.

#include "chokepoint/scenario/trade_file.hpp"

#include <vector>

namespace chokepoint::pe {

struct GsimAnswer {
    std::vector<double> price;      // [exporter] change of the price a producer receives [1]
    std::vector<double> composite;  // [importer] change of the price index buyers pay, duty included [1]
    std::vector<double> value;      // [exporter][importer] trade after the change, without duty [USD]
    std::vector<double> quantity;   // [exporter][importer] change of quantity [1]
    std::vector<double> revenue;    // [region] change of duty revenue [USD]
    std::vector<double> consumer;   // [region] change of consumer surplus [USD]
    std::vector<double> producer;   // [region] change of producer surplus [USD]

    [[nodiscard]] double net(int region) const
    {
        const auto r = static_cast<std::size_t>(region);
        return revenue[r] + consumer[r] + producer[r];
    }
};

struct Newton {
    double tolerance = 1e-10;  // [1] largest |ln(demand / supply)| of an exporter that counts as balanced
    int most_steps = 100;
};

struct Convergence {
    int steps = 0;
    double residual = 0;  // [1] largest |ln(demand / supply)| left
};

struct GsimReport {
    GsimAnswer linear, levels;
    Convergence convergence;
};

[[nodiscard]] GsimAnswer gsim_linear(const scenario::TradeCase& trade);
[[nodiscard]] GsimAnswer gsim_levels(const scenario::TradeCase& trade, const Newton& newton, Convergence& reached);
[[nodiscard]] GsimReport gsim(const scenario::TradeCase& trade);

}  // namespace chokepoint::pe
