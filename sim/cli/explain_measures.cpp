// The measures and outages a chain ends at, as they stand on the day.

#include "explain_result.hpp"

#include "format.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace chokepoint::cli {

namespace {

constexpr double kTrifle = 1e-6;  // [t]

// The latest events of a kind and subject, back to where every member has one.
std::vector<PolicyEvent> latest(const SliceAxes& axes, const Slice& slice, const std::string& kind, const std::string& subject)
{
    std::vector<PolicyEvent> out;
    int members = 0;
    for (std::size_t i = slice.history.size(); i-- > 0;) {
        const PolicyEvent& event = slice.history[i];
        if (event.kind != kind || event.subject != subject) continue;
        if (members >= static_cast<int>(axes.members_done) && event.day != out.back().day) break;
        members += event.members;
        out.push_back(event);
    }
    std::reverse(out.begin(), out.end());
    return out;
}

std::string in_members(const SliceAxes& axes, int members)
{
    return members < static_cast<int>(axes.members_done) ? fmt::format(" in {} of {}", members, counted_text(axes.members_done, "member")) : "";
}

// "slow becomes routine, by a rule" -> {"slow", "routine"}.
std::pair<std::string, std::string> postures_of(const std::string& text)
{
    static const std::string kBecomes = " becomes ";
    const std::size_t at = text.find(kBecomes);
    if (at == std::string::npos) return {};
    const std::string rest = text.substr(at + kBecomes.size());
    return {text.substr(0, at), rest.substr(0, rest.find_first_of(" ,:;("))};
}

// Every change says what it leaves and what it comes to, so members can be counted by the posture they are in.
std::string posture_text(const SliceAxes& axes, const Slice& slice, std::size_t control, const std::string& region)
{
    const auto place = static_cast<std::size_t>(std::find(axes.regions.begin(), axes.regions.end(), region) - axes.regions.begin());
    if (place == axes.regions.size()) return {};
    const std::string subject = axes.controls[control] + "." + region;
    std::map<std::string, int> members;
    const std::string& first = axes.posture_start[control * axes.regions.size() + place];
    if (!first.empty()) members[first] = static_cast<int>(axes.members_done);
    for (const PolicyEvent& event : slice.history) {
        if (event.kind != "posture" || event.subject != subject) continue;
        const auto [from, to] = postures_of(event.text);
        members[from] -= event.members;
        members[to] += event.members;
    }
    std::vector<std::pair<std::string, int>> now;
    for (const auto& [posture, count] : members)
        if (count > 0) now.emplace_back(posture, count);
    if (now.empty()) return {};
    std::stable_sort(now.begin(), now.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (now.size() > 1) {
        std::vector<std::string> parts;
        for (const auto& [posture, count] : now) parts.push_back(fmt::format("{} in {}", posture, count));
        return fmt::format("; posture toward {}: {} of {}", region, fmt::join(parts, ", "), counted_text(axes.members_done, "member"));
    }
    const auto events = latest(axes, slice, "posture", subject);
    std::string since;
    if (!events.empty() && events.front().day == events.back().day)
        since = " since " + (axes.start + events.back().day).to_string();
    else if (!events.empty())
        since = fmt::format(", last changed {} to {}", (axes.start + events.front().day).to_string(), (axes.start + events.back().day).to_string());
    return fmt::format("; posture toward {}: {}{}", region, now.front().first, since);
}

std::string throughput_text(const SliceAxes& axes, const Slice& slice, const std::string& control)
{
    const auto levels = told(latest(axes, slice, "throughput", control), static_cast<int>(axes.members_done));
    if (levels.empty()) return {};
    const ToldEvent& level = levels.back();
    return fmt::format("; throughput {} since {}{}", level.text, when_text(axes, level), in_members(axes, level.members));
}

// What a measure holds of a source beyond the first week [t].
double held_up(const SourceSlice& source)
{
    double out = source.refused + source.returned;
    for (std::size_t p = static_cast<std::size_t>(Part::kNotFiled); p < record::kParts; ++p)
        out += std::max(0.0, source.at[p] - source.usual[p]);
    return out;
}

// "flood: 40 % from 2025-06-01 until 2025-07-01": the date after a word, none where it is missing.
std::optional<core::Date> date_after(const std::string& text, const std::string& word)
{
    const std::size_t at = text.find(word);
    return at == std::string::npos ? std::nullopt : core::Date::parse(text.substr(at + word.size(), 10));
}

}  // namespace

std::string measure_text(const SliceAxes& axes, const std::string& region, const Slice& slice, std::size_t control)
{
    const std::string& id = axes.controls[control];
    std::string since = axes.control_from[control], until;
    for (const ToldEvent& event : told(slice.history, static_cast<int>(axes.members_done))) {
        if (event.kind != "control" || event.subject != id) continue;
        if (event.text.find("are required") != std::string::npos) since = when_text(axes, event);
        if (event.text.find("no longer") != std::string::npos) until = when_text(axes, event) + in_members(axes, event.members);
    }
    return fmt::format("{} of {}, in force {} {}{}{}{}.", named(axes.control_titles[control], id), axes.control_regions[control],
                       until.empty() ? "since" : "from", since, until.empty() ? "" : " to " + until, posture_text(axes, slice, control, region),
                       throughput_text(axes, slice, id));
}

std::vector<Measure> measures(const SliceAxes& axes, const Who& who, const Slice& slice, const MaterialSlice& m)
{
    std::vector<double> held(axes.control_titles.size(), 0.0);
    for (const SourceSlice& source : m.sources)
        if (source.control >= 0) held[static_cast<std::size_t>(source.control)] += held_up(source);
    const auto all = causes(m);
    const double largest = all.empty() ? 0 : all.front().tonnes;
    std::vector<Measure> out;
    for (std::size_t c = 0; c < held.size(); ++c) {
        if (held[c] > kTrifle && held[c] >= kWorthNaming * largest) out.push_back({axes.controls[c], "measure", measure_text(axes, who.region, slice, c)});
    }
    return out;
}

std::vector<Measure> outages(const SliceAxes& axes, const Slice& slice)
{
    std::vector<Measure> out;
    const std::string& block = axes.sellers[slice.seller->seller];
    const auto row = static_cast<std::size_t>(std::find(axes.producers.begin(), axes.producers.end(), block) - axes.producers.begin());
    if (row == axes.producers.size()) return out;
    const int since = slice.seller->behind_since >= 0 ? slice.seller->behind_since : slice.day / 7 * 7;
    const std::string& list = axes.producer_outages[row];
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find("; ", at), list.size());
        const std::string one = list.substr(at, end - at);
        at = end + 2;
        const auto from = date_after(one, " from "), until = date_after(one, " until ");
        if (!from || *from - axes.start > slice.week_end || (until && *until - axes.start <= since)) continue;
        const std::size_t colon = one.find(": "), percent = one.find(" from ");
        const std::string key = fmt::format("producers.{}.outages.{}", block.substr(0, block.find(':')), one.substr(0, colon));
        out.push_back({key, "outage", fmt::format("{}: {} of capacity lost{}.", key, one.substr(colon + 2, percent - colon - 2), one.substr(percent))});
    }
    return out;
}

}  // namespace chokepoint::cli
