#pragma once
// Every behaviour that can be switched off by itself, and whether it acts in a scenario.
//
// A behaviour acts when the run without it differs on some day in anything published.

#include "chokepoint/scenario/scenario.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace chokepoint::test {

struct Behaviour {
    std::string name;
    std::function<void(scenario::Scenario&)> off;
};
[[nodiscard]] std::vector<Behaviour> every_behaviour();

// Names of those that make no difference over so many days in any of some scenarios.
[[nodiscard]] std::set<std::string> idle_in_all(const std::vector<scenario::Scenario>& scenarios, int days);

}  // namespace chokepoint::test
