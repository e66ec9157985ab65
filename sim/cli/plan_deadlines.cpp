#include "plan.hpp"

#include "format.hpp"
#include "table.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <climits>
#include <map>

namespace chokepoint::cli {

namespace {

int first_day(const world::Control& control)
{
    int first = INT_MAX;
    for (const auto& list : control.lists) first = std::min(first, list.from);
    return first;
}
int day_after(const world::Control& control)
{
    int last = INT_MIN;
    for (const auto& list : control.lists) last = std::max(last, list.until);
    return last;
}

using world::Deadline;

constexpr std::size_t kStepsNamed = 2;  // of one day, in the table

// What happens on each day of policy. A duty also changes on days that no text names: when a change ends.
std::map<int, std::vector<std::string>> steps_by_day(const world::Structure& structure,
                                                     const std::vector<scenario::DatedStep>& dated)
{
    std::map<int, std::vector<std::string>> out;
    for (const auto& step : dated) out[step.date - structure.start].push_back(step.name);
    for (const auto& change : structure.policy.duty_changes) {
        const auto& tariff = structure.policy.tariffs[change.tariff];
        const std::string layer = tariff.id + " " + tariff.layers[change.layer].id;
        auto& names = out[change.day];
        const bool named = std::any_of(names.begin(), names.end(),
                                       [&](const std::string& name) { return name.starts_with(layer + " "); });
        if (!named) names.push_back(fmt::format("{} at {} %", layer, core::plain(static_cast<double>(change.ppm) / 1e4)));
    }
    return out;
}

std::string names_text(const std::vector<std::string>& names)
{
    std::vector<std::string> shown(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                      names.size(), kStepsNamed)));
    if (names.size() > kStepsNamed) shown.push_back(fmt::format("{} more", names.size() - kStepsNamed));
    return fmt::format("{}", fmt::join(shown, ", "));
}

std::string filing_table(const std::vector<Filing>& filings, bool hard)
{
    Table table;
    table.column("  filed on", Align::kLeft);
    table.column(hard ? "decided by" : "clock ends\nif not stopped", Align::kLeft);
    table.column(hard ? "if granted,\nin hand by" : "in hand, if\ngranted then", Align::kLeft);
    table.column("days");
    table.column("what happens that day", Align::kLeft);
    for (const Filing& one : filings) {
        table.row({"  " + one.filed.to_string(), one.clock_ends.to_string(), one.in_hand.to_string(),
                   fmt::format("{}", one.in_hand - one.filed), names_text(one.steps)});
    }
    return table.empty() ? "  no step of policy falls into its days\n" : table.to_string();
}

// What keeps a file that is neither refused nor returned.
std::string waits_for(const world::Control& control)
{
    const bool limited = std::any_of(control.stages.begin(), control.stages.end(),
                                     [](const world::StageRow& stage) { return stage.throughput != world::Throughput::kUnlimited; });
    if (limited) return "applications wait for throughput, what the authority reviews in a day";
    if (control.minimum_review() == 0) return "throughput is unlimited, so applications wait for no budget";
    return fmt::format("throughput is unlimited, so applications wait for the minimum review of {} alone",
                       counted_text(static_cast<std::uint64_t>(control.minimum_review()), "working day"));
}

std::string control_plan(const world::Structure& structure, const world::Control& control,
                         const std::vector<scenario::DatedStep>& steps)
{
    const auto days = [](int n) { return counted_text(static_cast<std::uint64_t>(n), "working day"); };
    std::string out = fmt::format("licensing {} by {}: ", control.id, structure.regions[control.region].id);
    if (first_day(control) >= structure.horizon) return out + "not in force within the horizon\n";
    const std::string lag = fmt::format("a licence is in hand {} after the grant", days(control.licence_lag));
    switch (control.deadline_mode) {
        case Deadline::kHard:
            out += fmt::format("a decision within {}; {}\n", days(control.deadline), lag);
            break;
        case Deadline::kStopClock:
            out += fmt::format(
                "a statutory clock of {} that questions stop, so it forces no decision;\n"
                "  {}, and the dates below are no promise; {}\n",
                days(control.deadline), waits_for(control), lag);
            break;
        case Deadline::kNone:
            return out + fmt::format("no clock and no deadline, so no day can be named;\n"
                                     "  {}; {}\n",
                                     waits_for(control), lag);
    }
    return out + filing_table(filings(structure, control, steps), control.deadline_mode == Deadline::kHard);
}

}  // namespace

const char* deadline_mode_name(Deadline mode)
{
    switch (mode) {
        case Deadline::kHard:
            return "hard";
        case Deadline::kStopClock:
            return "stop_clock";
        case Deadline::kNone:
            break;
    }
    return "none";
}

std::vector<Filing> filings(const world::Structure& structure, const world::Control& control,
                            const std::vector<scenario::DatedStep>& steps)
{
    std::vector<Filing> out;
    auto by_day = steps_by_day(structure, steps);
    const int first = std::max(first_day(control), 0);
    if (by_day[first].empty()) by_day[first].push_back(control.id + " in force");
    for (const auto& [day, names] : by_day) {
        if (day < first || day >= std::min(day_after(control), structure.horizon)) continue;
        const core::Date filed = structure.start + day;
        const core::Date ends = control.calendar.add_working_days(filed, control.deadline);
        out.push_back({filed, names, ends, control.calendar.add_working_days(ends, control.licence_lag)});
    }
    return out;
}

std::string deadline_plan(const world::Structure& structure, const std::vector<scenario::DatedStep>& steps)
{
    std::string out;
    for (const auto& control : structure.policy.controls) out += control_plan(structure, control, steps);
    return out.empty() ? "licensing: none\n" : out;
}

}  // namespace chokepoint::cli
