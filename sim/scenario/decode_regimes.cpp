#include "decode.hpp"

#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint::scenario {

namespace {

std::vector<std::string> names_of(const Regimes& regimes)
{
    std::vector<std::string> out;
    for (const Regime& state : regimes.states) out.push_back(state.id);
    return out;
}

void decode_states(const View& view, const DecodeContext& context, const Scenario& scenario, const Licensing& control, Regimes& out)
{
    view.each("states", [&](const std::string& id, const View& at) {
        Regime state{id, at.has("title") ? at.text("title") : id, at.number("level"), named_numbers(at, "to"), {}};
        if (at.has("toward")) {
            const View toward = at.at("toward");
            for (const auto& [region, by] : most_specific(toward, control.authority, scenario, context))
                if (!by.empty()) state.toward.emplace_back(region, known_posture(toward, by, control, context));
        }
        out.states.push_back(std::move(state));
    });
    const std::vector<std::string> names = names_of(out);
    view.each("states", [&](const std::string& id, const View& at) {
        for (const auto& [to, days] : named_numbers(at, "to")) {
            const std::string path = at.path("to." + to);
            if (to == id) context.error(path, "turns to itself", "name another regime");
            else if (std::find(names.begin(), names.end(), to) == names.end()) context.error(path, fmt::format("\"{}\" is no regime here", to), core::did_you_mean(to, names, "regimes"));
        }
    });
}

// Where the process begins: after everything that is dated.
void decode_start(const View& view, const DecodeContext& context, const Scenario& scenario, const Licensing& control, Regimes& out)
{
    const auto& levels = control.throughput.levels;
    if (control.throughput.mode != ThroughputMode::kTonnage || control.throughput.unlimited || levels.empty())
        return context.error(view.path(), "needs a throughput of mode tonnage with a level (regimes change the level)", "write mode: tonnage, or remove the regimes");
    const core::Date last = levels.back().date;
    out.from = view.has("from") ? view.date("from") : std::max(last + 1, scenario.time.start);
    if (out.from <= last)
        return context.error(view.path("from"), fmt::format("is not after the last dated level, {}: what is dated is known, and regimes come after it", last.to_string()), fmt::format("write \"{}\" or a later date", (last + 1).to_string()));
    const std::vector<std::string> names = names_of(out);
    if (const std::string first = view.text("first"); !first.empty()) {
        const auto found = std::find(names.begin(), names.end(), first);
        if (found == names.end()) return context.error(view.path("first"), fmt::format("\"{}\" is no regime here", first), core::did_you_mean(first, names, "regimes"));
        out.first = static_cast<std::size_t>(found - names.begin());
        return;
    }
    const auto off = [&](const Regime& state) { return std::abs(state.level - levels.back().level); };
    const auto nearest = std::min_element(out.states.begin(), out.states.end(), [&](const Regime& a, const Regime& b) { return off(a) < off(b); });
    out.first = static_cast<std::size_t>(nearest - out.states.begin());
}

}  // namespace

void decode_regimes(const View& licensing, const DecodeContext& context, const Scenario& scenario, Licensing& control)
{
    if (!licensing.has("regimes")) return;
    const View view = licensing.at("regimes");
    Regimes out;
    decode_states(view, context, scenario, control, out);
    if (out.states.empty()) return context.error(view.path("states"), "names no regime", "add one, or remove the regimes");
    decode_start(view, context, scenario, control, out);
    view.each("dated", [&](const std::string& id, const View& at) {
        const RegimeDates days{id, at.date("from"), at.date("until"), at.number("factor")};
        if (days.until <= days.from) context.error(at.path("until"), "is not after `from`", "write a later date");
        out.dated.push_back(days);
    });
    control.regimes = std::move(out);
}

}  // namespace chokepoint::scenario
