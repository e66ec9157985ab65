#pragma once
// The keys of a trade file, which partial-equilibrium reports read: one table, of the same make as that of scenarios.

#include "fields.hpp"

#include <vector>

namespace chokepoint::scenario {

[[nodiscard]] const std::vector<Field>& trade_table();
[[nodiscard]] const FieldNode& trade_tree();

}  // namespace chokepoint::scenario
