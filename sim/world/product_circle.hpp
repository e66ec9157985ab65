#pragma once
// What makes a circle of products impossible to plan, and the words for it.

#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/scenario.hpp"
#include "product_order.hpp"
#include "trade_tables.hpp"

#include <vector>

namespace chokepoint::world {

// Uses that cannot stand in a circle: products of a trade table, amounts stated by the day.
[[nodiscard]] std::vector<core::Diagnostic> circle_faults(const scenario::Scenario& scenario, const TradeTables& tables,
                                                          const ProductGroup& circle);

// The circle asks for as much as it makes, round after round.
[[nodiscard]] core::Diagnostic uses_up_what_it_makes(const scenario::Scenario& scenario, const TradeTables& tables,
                                                     const ProductGroup& circle);

}  // namespace chokepoint::world
