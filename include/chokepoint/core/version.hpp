#pragma once
// Which program this is, fixed at build time.

#include <string_view>

namespace chokepoint::core {

[[nodiscard]] std::string_view version();  // "0.1.0"
// Twelve digits of the commit, "-modified" appended when the sources differ from it; "unknown"
// outside a repository.
[[nodiscard]] std::string_view commit();

}  // namespace chokepoint::core
