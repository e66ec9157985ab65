#pragma once
// The merged tree as JSON, for `show --json`: the same keys and values as the YAML of effective.hpp.

#include "node.hpp"

#include <string>

namespace chokepoint::scenario {

// What was set, not defaults. A quantity stays text ("45 wd"); what reads as a JSON number or truth value is one.
[[nodiscard]] std::string write_json(const Node& root);
// { "key.path": { "value": ..., "origin": "file:line:column" }, ... }
[[nodiscard]] std::string write_origins_json(const Node& root);
// [ { "key": ..., "from": ..., "to": ... }, ... ]; null where a side has no such key.
[[nodiscard]] std::string write_difference_json(const Node& from, const Node& to);

}  // namespace chokepoint::scenario
