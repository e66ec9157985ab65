#include "plan.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chokepoint::cli {

namespace {

std::string percent(double share) { return core::plain(share * 100, 3) + " %"; }

std::string state_text(const scenario::Regime& state, bool first)
{
    std::vector<std::string> next;
    for (const auto& [to, days] : state.to) next.push_back(fmt::format("{} ({} d)", to, core::plain(days, 3)));
    std::string out = fmt::format("  {}{}: {} of base flow", state.id, first ? ", in force then" : "", percent(state.level));
    for (const auto& [region, posture] : state.toward) out += fmt::format(", {} becomes {}", region, posture);
    return out + (next.empty() ? "; lasts\n" : fmt::format("; turns to {}\n", fmt::join(next, ", ")));
}

}  // namespace

std::string regimes_plan(const scenario::Scenario& central)
{
    std::string out;
    for (const auto& control : central.licensing) {
        const scenario::Regimes& regimes = control.regimes;
        if (regimes.states.empty()) continue;
        out += fmt::format("regimes {} from {}: each member draws what the authority turns to, after the mean time in brackets\n", control.id, regimes.from.to_string());
        for (std::size_t i = 0; i < regimes.states.size(); ++i) out += state_text(regimes.states[i], i == regimes.first);
        for (const auto& days : regimes.dated)
            out += fmt::format("  {} to {}: a change is {} times as likely\n", days.from.to_string(), (days.until - 1).to_string(), core::plain(days.factor, 3));
    }
    return out;
}

}  // namespace chokepoint::cli
