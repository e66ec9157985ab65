#pragma once
// Trade cases for tests, made in memory.

#include "chokepoint/scenario/trade_file.hpp"

#include <initializer_list>
#include <vector>

namespace chokepoint::test {

// Three regions that trade with one another and sell at home; nothing changes yet. Elasticities -0.8, 3, 1.5.
[[nodiscard]] scenario::TradeCase three_regions();
// Exporters 1 and 2 sell 30 and 70 million USD to importer 0; supply is infinite. Elasticities -1, 1.5.
[[nodiscard]] scenario::TradeCase one_market();
void set_duty(scenario::TradeCase& trade, int exporter, int importer, double before, double after);

}  // namespace chokepoint::test
