#pragma once
// What a member's result holds, found by names in place of rows.

#include "chokepoint/scenario/scenario.hpp"

#include <map>
#include <string>
#include <vector>

namespace chokepoint::test {

// One entity of one variable: the bytes of all its values. The key is "variable of entity, entity".
using ByName = std::map<std::string, std::string>;

struct NamedResult {
    ByName values;
    std::vector<std::string> events;  // in order, each as a line
};

// Builds and runs a scenario over so many days.
[[nodiscard]] NamedResult run_by_name(const scenario::Scenario& scenario, int days);

// The first thing that `one` holds and `other` lacks or holds differently; empty if there is none.
[[nodiscard]] std::string first_missing(const NamedResult& one, const NamedResult& other);

}  // namespace chokepoint::test
