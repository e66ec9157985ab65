#pragma once
// The documentation of the scenario keys, made from the one field table that also drives the checks.

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::scenario {

// JSON Schema (draft-07) of a scenario file, for editors; ends with a newline.
[[nodiscard]] std::string json_schema();
// The same of a trade file.
[[nodiscard]] std::string trade_json_schema();
// Markdown tables of every key: the generated sections of scenarios/README.md.
[[nodiscard]] std::string key_reference();
[[nodiscard]] std::string trade_key_reference();
// The commented file of defaults that the baselines extend: scenarios/defaults.yaml.
[[nodiscard]] std::string defaults_fragment();

struct KeyEntry {  // one key of the table, told to a user
    std::string key;      // as it may be typed: ids as given, else ids of the shipped scenarios
    std::string pattern;  // with * for ids
    std::string sentence, value, fallback, bounds, assumption;  // "" where there is none
    std::vector<std::string> keys;      // below a block
    std::vector<std::string> examples;  // ids in `key` that were not given
    bool varies = false;                // a distribution may stand here
};
// The keys meant by "licensing.mofcom_18.deadline", the same without its id ("licensing.deadline") or with
// a star for it, a thing ("licensing.mofcom_18"), or the end of a path ("deadline").
[[nodiscard]] std::vector<KeyEntry> keys_like(const std::string& key);
[[nodiscard]] std::string in_words(const KeyEntry& entry);
// The same in words, as `explain KEY` prints it. Empty when nothing matches.
[[nodiscard]] std::optional<std::string> explain(const std::string& key);
// A key pattern with ids of the shipped scenarios for its stars.
[[nodiscard]] std::string typed_key(const std::string& pattern);
// The closest keys to a misspelt one, best first, at most five.
[[nodiscard]] std::vector<std::string> similar_keys(const std::string& key);
// Every key pattern, in the order of the table, for completion.
[[nodiscard]] std::vector<std::string> keys();

}  // namespace chokepoint::scenario
