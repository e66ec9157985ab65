#pragma once
// Where the value of a key that runs was set.

#include "node.hpp"

#include <string_view>

namespace chokepoint::scenario {

// The line of ensemble.vary where that draws the key, else as mark_of_path.
[[nodiscard]] Mark mark_of_value(const Node& root, std::string_view dotted);
// Of one entry of ensemble.vary, in the file that set its numbers.
[[nodiscard]] Mark mark_of_draw(const Entry& draw);

}  // namespace chokepoint::scenario
