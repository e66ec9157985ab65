#include "horizon.hpp"

#include "fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace chokepoint::scenario {

namespace {
struct Period {
    core::Date first, last;
};

Period period_of(const Node& root)
{
    const Node* time = root.find("time");
    const core::Date first{static_cast<int>(time->find("start")->value)};
    return {first, first + (static_cast<int>(time->find("horizon")->value) - 1)};
}

// The end that stands beside a start, or nothing.
const Entry* until_beside(const Node& root, const std::string& path)
{
    const Node* map = path.ends_with(".from") ? find_path(root, path.substr(0, path.rfind('.'))) : nullptr;
    const Entry* until = map == nullptr ? nullptr : map->entry("until");
    return until == nullptr || until->value.text == kNever ? nullptr : until;
}

// Calls f(entry, path) for every date under the node that says when a step is taken.
template <typename F>
void each_date(const Node& node, const std::string& path, F f)
{
    for (const Entry& entry : node.entries) {
        const std::string here = join_path(path, entry.key);
        const Field* field = entry.value.field;
        const bool is_date = field != nullptr && field->kind == FieldKind::kDate && field->path != "time.start";
        if (is_date && entry.value.text != kNever) f(entry, here);
        each_date(entry.value, here, f);
    }
}
}  // namespace

void warn_outside_horizon(const Node& root, Report& report)
{
    const Period period = period_of(root);
    each_date(root, "", [&](const Entry& entry, const std::string& path) {
        if (entry.key == "until") return;  // the end of a measure may well lie beyond; only its start is an event of the run
        const core::Date date{static_cast<int>(entry.value.value)};
        if (date > period.last)
            report.warning(entry.value.mark, path, fmt::format("{} is after the last day, {} (it has no effect)", date.to_string(), period.last.to_string()),
                           fmt::format("lengthen time.horizon to include it, or write \"{}\" to switch it off", kNever));
        else if (date < period.first) {
            const Entry* until = until_beside(root, path);
            const bool over = until != nullptr && core::Date{static_cast<int>(until->value.value)} <= period.first;
            report.warning(entry.value.mark, path, fmt::format("{} is before the first day, {} ({})", date.to_string(), period.first.to_string(),
                                                               over ? "and over by then: it has no effect" : "in force from the start"));
        }
    });
}

void warn_past_calendars(const Node& root, const Tables& tables, Report& report)
{
    const Period period = period_of(root);
    for (const auto& [key, end] : tables.calendar_ends) {
        if (period.last <= end) continue;
        const Node& file = *find_path(root, key);
        const std::string shorter = end < period.first ? "" : fmt::format(", or set time.horizon to {} d or less", end - period.first + 1);
        report.warning(file.mark, key,
                       fmt::format("{} lists no day after {}, but the simulated days run to {} (from there every weekday is taken as open and no New Year comes)", file.text,
                                   end.to_string(), period.last.to_string()),
                       "add the later days to the file" + shorter);
    }
}

namespace {
// The ids of a path: what stands for a star in the pattern of its field; and for a date that is not called so, what it does.
std::string step_name(const Entry& entry, const std::string& path)
{
    std::vector<std::string> words;
    const std::vector<std::string> pattern = split_path(entry.value.field->path);
    const std::vector<std::string> steps = split_path(path);
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (pattern[i] == "*") words.push_back(steps[i]);
    if (entry.value.field->path == "licensing.*.regimes.from") words.push_back("regimes may change from here");
    else if (entry.key != "date") words.push_back(entry.key == "from" ? "starts" : entry.key == "until" ? "ends" : entry.key);
    return fmt::format("{}", fmt::join(words, " "));
}
}  // namespace

std::vector<DatedStep> dated_steps(const Node& root)
{
    std::vector<DatedStep> out;
    each_date(root, "", [&](const Entry& entry, const std::string& path) {
        if (entry.value.field->path.ends_with(".renewals.*.until")) return;  // moves an end, which a later renewal may move again
        out.push_back({core::Date{static_cast<int>(entry.value.value)}, step_name(entry, path)});
    });
    std::stable_sort(out.begin(), out.end(), [](const DatedStep& a, const DatedStep& b) { return a.date < b.date; });
    return out;
}

}  // namespace chokepoint::scenario
