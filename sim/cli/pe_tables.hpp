#pragma once
// The partial-equilibrium reports as text: flows, regions, and how far the linear answer is off.

#include "chokepoint/pe/gsim.hpp"
#include "chokepoint/pe/smart.hpp"

#include <string>

namespace chokepoint::cli {

[[nodiscard]] std::string gsim_text(const scenario::TradeCase& trade, const pe::GsimReport& report);
[[nodiscard]] std::string smart_text(const scenario::TradeCase& trade, const pe::SmartReport& report);

}  // namespace chokepoint::cli
