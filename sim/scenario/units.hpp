#pragma once
// The units of each dimension and their size in the model unit.

#include "quantity.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::scenario {

struct Unit {
    std::string text;        // as the user writes it
    double factor = 1;       // number * factor / divisor is in the model unit; two parts, so that
    double divisor = 1;      // 95 % is exactly 0.95
    std::string model_unit;  // unit of the result
};

// The units listed for a dimension; the first is the usual one.
[[nodiscard]] std::vector<Unit> units_of(Dimension dimension);
// The unit a user wrote, including those with a free name such as "vehicle/d" or "kg/vehicle".
[[nodiscard]] std::optional<Unit> find_unit(std::string_view text, Dimension dimension);

}  // namespace chokepoint::scenario
