#pragma once
// The merged tree as text: YAML for `show`, and the keys that differ between two trees.

#include "chokepoint/scenario/scenario_file.hpp"
#include "node.hpp"

#include <string>
#include <vector>

namespace chokepoint::scenario {

// Block YAML of what was set, not of defaults; with_origins adds "# file:line:column" to each value.
[[nodiscard]] std::string write_yaml(const Node& root, bool with_origins);
// Values that differ, in the order of `to`, then those it lacks.
[[nodiscard]] std::vector<ChangedKey> changes(const Node& from, const Node& to);
// One line per key that differs: "key: old -> new", "key: added new", "key: removed old".
[[nodiscard]] std::string difference(const Node& from, const Node& to);

}  // namespace chokepoint::scenario
