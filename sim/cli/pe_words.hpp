#pragma once
// How far the linear answer of a partial-equilibrium report is from the one in levels, in words.

#include "chokepoint/pe/gsim.hpp"
#include "chokepoint/pe/smart.hpp"

#include <string>
#include <vector>

namespace chokepoint::cli {

// What to say of one pair of numbers: "29 % too small", "of the wrong sign", "the same to half a per cent".
[[nodiscard]] std::string how_far(double linear, double levels);

// Sentences on the flow whose duty changes most, its two regions, and the largest gap among net gains.
[[nodiscard]] std::vector<std::string> gsim_words(const scenario::TradeCase& trade, const pe::GsimReport& report);
[[nodiscard]] std::vector<std::string> smart_words(const scenario::TradeCase& trade, const pe::SmartReport& report);

}  // namespace chokepoint::cli
