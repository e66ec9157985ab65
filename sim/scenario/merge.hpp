#pragma once
// One tree laid over another: maps merge, everything else replaces, null removes.

#include "fields.hpp"
#include "node.hpp"
#include "report.hpp"

#include <string>

namespace chokepoint::scenario {

// Lays `over` onto `base`. Removing what is not there is an error with a suggestion.
void merge_tree(Node& base, Node over, const FieldNode* field, const std::string& path, Report& report);
// Turns a bare value into the map it is short for, e.g. `USA: slow` into `USA: { posture: slow }`.
void expand_shorthand(Node& node, const Field& field);
// True for { uniform: ... } and the like.
[[nodiscard]] bool is_distribution(const Node& node);

}  // namespace chokepoint::scenario
