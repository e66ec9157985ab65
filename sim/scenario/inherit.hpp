#pragma once
// A scenario file with everything it extends, as one tree.

#include "files.hpp"
#include "node.hpp"
#include "report.hpp"

namespace chokepoint::scenario {

inline constexpr std::size_t kDeepestExtends = 8;

struct Inherited {
    Node root;     // the file over its parents
    Node parents;  // what it extends, alone; no map when it extends nothing
};

// Reads `source` and its parents, lays them over one another from left to right; the key `extends`
// itself does not survive. Cycles and chains deeper than 8 are errors.
[[nodiscard]] Inherited read_with_parents(const SourceText& source, Files& files, Report& report);

}  // namespace chokepoint::scenario
