#pragma once
// One line of the field table in words, for the reference page and for explain.

#include "fields.hpp"

#include <string>

namespace chokepoint::scenario {

[[nodiscard]] std::string type_words(const Field& field);     // "wd", "stop_clock, hard, none"
[[nodiscard]] std::string default_words(const Field& field);  // "required", "45 wd", ""
[[nodiscard]] std::string bound_words(const Field& field);    // "0 wd to 1000 wd", ""
[[nodiscard]] std::string assumption_words(const Field& field);  // "Range: 1 to 5 (basis).", ""

}  // namespace chokepoint::scenario
