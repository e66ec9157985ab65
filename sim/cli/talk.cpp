#include "talk.hpp"

#include <fmt/format.h>

#include <unistd.h>
#include <cstdlib>
#include <string_view>

namespace chokepoint::cli {

void say(const std::string& text) { talk("chokepoint: {}\n", text); }

bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

bool stderr_has_colour()
{
    const char* declined = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    return stderr_is_terminal() && (declined == nullptr || *declined == '\0') && terminal != nullptr &&
           std::string_view(terminal) != "dumb";
}

std::string emphasised(const std::string& text)
{
    return stderr_has_colour() ? "\x1b[1m" + text + "\x1b[0m" : text;
}

}  // namespace chokepoint::cli
