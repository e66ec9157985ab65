#pragma once
// What can be said about a text before anyone parses it: empty, binary, not UTF-8, tabs.

#include "node.hpp"
#include "report.hpp"

namespace chokepoint::scenario {

// False when the text should not be parsed at all; the report says why.
[[nodiscard]] bool check_text(const SourceText& source, Report& report);

}  // namespace chokepoint::scenario
