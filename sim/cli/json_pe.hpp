#pragma once
// The partial-equilibrium reports as JSON: money in USD, changes as fractions, duties in per cent.

#include "chokepoint/pe/gsim.hpp"
#include "chokepoint/pe/smart.hpp"

#include <string>

namespace chokepoint::cli {

// { "report", "name", "title", "steps", "residual", "flows": [...], "regions": [...], "words": [...] }
[[nodiscard]] std::string gsim_json(const scenario::TradeCase& trade, const pe::GsimReport& report);
// { "report", "name", "title", "market", "flows": [...], "revenue", "words": [...] }
[[nodiscard]] std::string smart_json(const scenario::TradeCase& trade, const pe::SmartReport& report);

}  // namespace chokepoint::cli
