#pragma once
// Lines no longer than the terminal is wide.

#include <cstddef>
#include <string>

namespace chokepoint::cli {

inline constexpr std::size_t kPlainWidth = 100;  // of lines that go to a file or a pipe

// Columns of the terminal behind stdout, kPlainWidth when there is none.
[[nodiscard]] std::size_t output_width();
// Breaks `text` at blanks into lines of at most `width` characters where words allow it; every line but the
// first begins with `indent` blanks. Ends with a newline.
[[nodiscard]] std::string wrapped(const std::string& text, std::size_t width, std::size_t indent = 0);

}  // namespace chokepoint::cli
