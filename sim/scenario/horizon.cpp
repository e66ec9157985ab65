#include "horizon.hpp"

#include "chokepoint/core/date.hpp"
#include "fields.hpp"

#include <fmt/format.h>

namespace chokepoint::scenario {

namespace {
struct Period {
    core::Date first, last;
};

void walk(const Node& node, const std::string& path, const Period& period, Report& report)
{
    for (const Entry& entry : node.entries) {
        const std::string here = join_path(path, entry.key);
        const Field* field = entry.value.field;
        // The end of a measure may well lie beyond the horizon; only its start is an event of the run.
        if (field != nullptr && field->kind == FieldKind::kDate && entry.key != "until" && entry.key != "start") {
            const core::Date date{static_cast<int>(entry.value.value)};
            if (date > period.last)
                report.warning(entry.value.mark, here, fmt::format("{} is after the last day, {} (it has no effect)", date.to_string(), period.last.to_string()),
                               "lengthen time.horizon to include it");
            else if (date < period.first)
                report.warning(entry.value.mark, here, fmt::format("{} is before the first day, {} (in force from the start)", date.to_string(), period.first.to_string()));
        }
        walk(entry.value, here, period, report);
    }
}
}  // namespace

void warn_outside_horizon(const Node& root, Report& report)
{
    const Node* time = root.find("time");
    const core::Date first{static_cast<int>(time->find("start")->value)};
    const int days = static_cast<int>(time->find("horizon")->value);
    walk(root, "", {first, first + (days - 1)}, report);
}

}  // namespace chokepoint::scenario
