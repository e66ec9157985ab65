#pragma once
// What the program says on stderr while it works. Results go to stdout and never through here.

#include <string>

namespace chokepoint::cli {

void say(const std::string& text);  // "chokepoint: text"
[[nodiscard]] bool stderr_is_terminal();
// Colour only on a terminal that can and a user who did not decline (NO_COLOR, TERM=dumb).
[[nodiscard]] bool stderr_has_colour();
// `text` in bold where there is colour.
[[nodiscard]] std::string emphasised(const std::string& text);

}  // namespace chokepoint::cli
