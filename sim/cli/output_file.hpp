#pragma once
// Where a file may be written: over a file or where nothing is. A link is followed, so that it stays a link.
//
// Errors: core::EnvironmentError for a device, a pipe or a socket, and for a link whose target is missing.

#include <filesystem>

namespace chokepoint::cli {

// What `path` leads to.
[[nodiscard]] std::filesystem::path followed(const std::filesystem::path& path);

// Throws where `path` is there and no file could take its place.
void require_file(const std::filesystem::path& path);

}  // namespace chokepoint::cli
