#include "commands.hpp"
#include "load.hpp"
#include "options.hpp"

#include <fmt/format.h>

namespace chokepoint::cli {

ExitCode show(Arguments arguments)
{
    Options options("show", "Print a scenario as it is after merging its parents and overrides.");
    std::vector<std::string> files, overrides;
    std::string parent;
    bool origin = false, json = false;
    options.positional("FILE", files, 1, 1, "scenario");
    options.text("--diff", "PARENT", parent, "only what differs from this scenario");
    options.flag("--origin", origin, "with the place that set each value");
    options.list("--set", "KEY=VALUE", overrides, "override a value");
    options.flag("--json", json, "print as JSON; it loads as a scenario too");
    if (!options.parse(arguments)) return ExitCode::kDone;
    if (origin && !parent.empty()) throw UsageError("show: give --diff or --origin, not both");
    const auto file = load_scenario(files.front(), overrides);
    if (!parent.empty()) {
        const auto other = load_scenario(parent, {});
        fmt::print("{}", json ? file.difference_json(other) : file.difference_from(other));
    } else if (json) {
        fmt::print("{}", file.effective_json(origin));
    } else {
        fmt::print("{}", origin ? file.effective_text_with_origins() : file.effective_text());
    }
    return ExitCode::kDone;
}

}  // namespace chokepoint::cli
