#pragma once
// Where the program's own data lie, in a checkout and when installed.

#include <filesystem>

namespace chokepoint::core {

// The first that is a folder: $CHOKEPOINT_DATA; ../share/chokepoint/data beside the program's own
// folder; data/ of the checkout it was built from. A set $CHOKEPOINT_DATA that is no folder, or none
// found at all, throws EnvironmentError.
[[nodiscard]] std::filesystem::path data_directory();

}  // namespace chokepoint::core
