#pragma once
// Reading a scenario for a command: the data folder, the overrides, the warnings.

#include "chokepoint/scenario/scenario_file.hpp"

#include <string>
#include <vector>

namespace chokepoint::cli {

// Loads and prints the warnings on stderr.
[[nodiscard]] scenario::ScenarioFile load_scenario(const std::string& path,
                                                   const std::vector<std::string>& overrides);
// Those of the overrides that `path` accepts: a baseline need not have the keys of a policy.
[[nodiscard]] std::vector<std::string> overrides_that_fit(const std::string& path,
                                                          const std::vector<std::string>& overrides);

}  // namespace chokepoint::cli
