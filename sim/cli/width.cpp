#include "width.hpp"

#include "table.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <sstream>

namespace chokepoint::cli {

std::size_t output_width()
{
    winsize size{};
    const bool terminal = ::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    return terminal && size.ws_col > 0 ? size.ws_col : kPlainWidth;
}

std::string wrapped(const std::string& text, std::size_t width, std::size_t indent)
{
    std::string out, line;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const bool starts = text_width(line) == (out.empty() ? 0 : indent);
        if (!starts && text_width(line) + 1 + text_width(word) > width) {
            out += line + "\n";
            line.assign(indent, ' ');
            line += word;
            continue;
        }
        line += (starts ? "" : " ") + word;
    }
    return out + line + "\n";
}

}  // namespace chokepoint::cli
