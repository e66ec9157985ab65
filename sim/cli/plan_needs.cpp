#include "plan.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

namespace chokepoint::cli {

namespace {

std::string tonnes(double value) { return core::plain(value, 3); }

std::string place(const core::Location& at) { return at.line > 0 ? fmt::format("{}:{}", at.file.substr(at.file.rfind('/') + 1), at.line) : std::string{}; }

}  // namespace

std::string needs_plan(const std::vector<world::NeedGap>& gaps)
{
    if (gaps.empty()) return {};
    std::string out = "Needs that a trade table does not tell, in tonnes a year (what is needed is shipped)\n";
    for (const auto& gap : gaps) {
        const std::string who = gap.key.empty() ? "nobody" : fmt::format("{} {}", gap.key, place(gap.need));
        out += fmt::format("  {} to {}: the table brings {} ({}), needed are {} ({})\n", gap.family, gap.region, tonnes(gap.brought), place(gap.flow), tonnes(gap.needed), who);
    }
    return out;
}

}  // namespace chokepoint::cli
