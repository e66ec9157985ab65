#pragma once
// YAML text to a tree of nodes. The only source that sees the YAML library is behind this header.
//
// Accepted   one document of maps, lists and scalars; anchors and plain aliases.
// Refused    duplicate keys, `<<`, tags, several documents, keys that are not plain words, values left
//            empty, tabs, bytes that are not UTF-8, and aliases that multiply beyond a node budget.

#include "node.hpp"
#include "report.hpp"

namespace chokepoint::scenario {

inline constexpr std::int64_t kNodeBudget = 100'000;    // nodes one file may make, aliases included
inline constexpr std::size_t kLargestFile = 8'000'000;  // [byte]

// Reads a file's text. On an error the report says so and the tree holds what could be read.
[[nodiscard]] Node read_yaml(const SourceText& source, Report& report);

}  // namespace chokepoint::scenario
