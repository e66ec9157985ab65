#pragma once
// The documentation of the scenario keys, made from the one field table that also drives the checks.

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::scenario {

// JSON Schema (draft-07) of a scenario file, for editors; ends with a newline.
[[nodiscard]] std::string json_schema();
// Markdown tables of every key: the generated section of scenarios/README.md.
[[nodiscard]] std::string key_reference();
// What `explain KEY` prints; KEY may name ids ("licensing.mofcom_18.deadline"), stand-ins
// ("licensing.*.deadline") or only the end of a path ("deadline"). Empty when nothing matches.
[[nodiscard]] std::optional<std::string> explain(const std::string& key);
// The closest key patterns to a misspelt one, best first, at most five.
[[nodiscard]] std::vector<std::string> similar_keys(const std::string& key);
// Every key pattern, in the order of the table, for completion.
[[nodiscard]] std::vector<std::string> keys();

}  // namespace chokepoint::scenario
