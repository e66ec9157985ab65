#pragma once
// A quantity in a unit that a key does not take, told in one that it does: 2000 lb is 0.90718474 t, 60 d are
// about 41 working days. Nothing where the two do not measure the same.

#include "quantity.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::scenario {

// What a message may say to do: `write "0.90718474 t"` where that is what the user wrote, `write about "41 wd"` where
// it comes close, no number where nothing is known to mean the same.
[[nodiscard]] std::string conversion_remedy(double number, std::string_view unit, Dimension wanted);

// The same without a number, after a verb: "give it in %", "add one of these units".
[[nodiscard]] std::string unit_to_add(std::string_view verb, Dimension wanted);

}  // namespace chokepoint::scenario
