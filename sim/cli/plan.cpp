#include "plan.hpp"

#include "format.hpp"
#include "table.hpp"

#include <fmt/format.h>

#include <array>
#include <set>

namespace chokepoint::cli {

namespace {

using world::Deadline;

const char* mode_text(Deadline mode)
{
    switch (mode) {
        case Deadline::kHard:
            return "hard";
        case Deadline::kStopClock:
            return "stopped by questions";
        case Deadline::kNone:
            break;
    }
    return "none";
}

// Days on which something about the control changes inside the horizon.
std::set<int> policy_days(const world::Control& control, int horizon)
{
    std::set<int> days;
    const auto add = [&](int day) {
        if (day >= control.from && day < control.until && day < horizon) days.insert(std::max(day, 0));
    };
    add(control.from);
    for (const auto& level : control.levels) add(level.day);
    for (const auto& change : control.changes) add(change.day);
    return days;
}

std::string control_plan(const world::Structure& structure, const world::Control& control)
{
    Table table;
    table.column("  filed on", Align::kLeft);
    table.column("decided by", Align::kLeft);
    table.column("licence in hand by", Align::kLeft);
    table.column("days", Align::kRight);
    for (const int day : policy_days(control, structure.horizon)) {
        const core::Date filed = structure.start + day;
        if (control.deadline_mode == Deadline::kNone) {
            table.row({"  " + filed.to_string(), "no deadline", "-", "-"});
            continue;
        }
        const core::Date decided = control.calendar.add_working_days(filed, control.deadline);
        const core::Date in_hand = control.calendar.add_working_days(decided, control.licence_lag);
        table.row({"  " + filed.to_string(), decided.to_string(), in_hand.to_string(),
                   fmt::format("{}", in_hand - filed)});
    }
    return fmt::format("licensing {} by {}: {} working days, {}; licence {} working days after the grant\n{}",
                       control.id, structure.regions[control.region].id, control.deadline,
                       mode_text(control.deadline_mode), control.licence_lag, table.to_string());
}

}  // namespace

std::string counts_plan(const world::Structure& structure)
{
    std::array<std::size_t, 4> blocks{}, firms{};
    for (const auto& block : structure.blocks) {
        ++blocks[static_cast<std::size_t>(block.role)];
        firms[static_cast<std::size_t>(block.role)] += block.n_firms;
    }
    constexpr std::array kRoles{"producers", "exporters", "importers", "buyers"};
    std::string out = fmt::format(
        "{} to {}, {}\n{}, {}, {}, {}, {} ({} over a controlled border)\n",
        structure.start.to_string(), (structure.start + (structure.horizon - 1)).to_string(),
        counted_text(static_cast<std::uint64_t>(structure.horizon), "day"),
        counted_text(structure.regions.size(), "region"), counted_text(structure.products.size(), "product"),
        counted_text(structure.blocks.size(), "block"), counted_text(structure.n_firms(), "firm"),
        counted_text(structure.n_links(), "link"), count_text(structure.n_border()));
    for (std::size_t role = 0; role < kRoles.size(); ++role) {
        out += fmt::format("  {:<10} {:>4} block{} {:>8} firm{}\n", kRoles[role], blocks[role],
                           blocks[role] == 1 ? ", " : "s,", count_text(firms[role]),
                           firms[role] == 1 ? "" : "s");
    }
    return out + fmt::format("flows balanced to known totals; largest relative miss {:.2g}\n",
                             structure.flow_residual);
}

std::string deadline_plan(const world::Structure& structure)
{
    std::string out;
    for (const auto& control : structure.policy.controls) out += control_plan(structure, control);
    return out.empty() ? "licensing: none\n" : out;
}

}  // namespace chokepoint::cli
