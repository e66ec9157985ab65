#pragma once
// What the program says on stderr while it works. Results go to stdout and never through here.

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

namespace chokepoint::cli {

// As fmt::print to stderr, which throws where nobody can be told: a full disk behind stderr ends no run and costs no result.
template <class... Values>
void talk(fmt::format_string<Values...> format, Values&&... values)
{
    std::fputs(fmt::format(format, std::forward<Values>(values)...).c_str(), stderr);
}
void say(const std::string& text);  // "chokepoint: text"
[[nodiscard]] bool stderr_is_terminal();
// Colour only on a terminal that can and a user who did not decline (NO_COLOR, TERM=dumb).
[[nodiscard]] bool stderr_has_colour();
// `text` in bold where there is colour.
[[nodiscard]] std::string emphasised(const std::string& text);

}  // namespace chokepoint::cli
