#pragma once
// Demand for goods told apart by origin: shares of spending and how demand answers to prices.

#include "chokepoint/pe/gsim.hpp"

#include <vector>

namespace chokepoint::pe {

// [exporter][importer] share of an importer's spending, duty included; 0 where it buys nothing.
[[nodiscard]] std::vector<double> spending_shares(const scenario::TradeCase& trade, const std::vector<double>& value,
                                                  const std::vector<double>& tariff);
// [exporter] sales before the change, home included [USD].
[[nodiscard]] std::vector<double> sales(const scenario::TradeCase& trade);
// [importer] spending before the change, duty included [USD].
[[nodiscard]] std::vector<double> spending(const scenario::TradeCase& trade);

// d ln demand(exporter, importer) / d ln price(other, importer): theta_other (sigma + eta), less sigma for its own.
[[nodiscard]] double response(const scenario::TradeCase& trade, const std::vector<double>& shares, int exporter, int other,
                              int importer);
// Exporters without sales keep their price; an infinite supply elasticity is an error. Throws core::InputError.
void check_supply(const scenario::TradeCase& trade);

}  // namespace chokepoint::pe
