#pragma once
// A checked tree of a trade file to the typed case; reports what depends on several keys at once.

#include "chokepoint/scenario/trade_file.hpp"
#include "node.hpp"
#include "report.hpp"

namespace chokepoint::scenario {

[[nodiscard]] TradeCase decode_trade(const Node& root, Report& report);

}  // namespace chokepoint::scenario
