// From what a user types to the keys of the table it means.

#include "chokepoint/scenario/reference.hpp"

#include "field_words.hpp"
#include "node.hpp"
#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace chokepoint::scenario {

namespace {
using Steps = std::vector<std::string>;

// An id of the shipped scenarios for each map, so that a pattern can be shown as a key one may type.
std::string example_id(const Steps& path)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kIds{{
        {"regions", "CHN"}, {"region_groups", "EU"}, {"products", "magnet_hre"}, {"families", "magnets"}, {"producers", "chn_magnet_hre"},
        {"exporters", "chn_houses"}, {"importers", "usa_distributors"}, {"buyers", "auto_usa"}, {"uses", "magnets"}, {"by_region", "VNM"},
        {"by_sector", "automotive"}, {"tariffs", "usa_on_chn"}, {"layers", "reciprocal"}, {"changes", "geneva_suspend"}, {"renewals", "stockholm"},
        {"licensing", "mofcom_18"}, {"levels", "london"}, {"postures", "slow"}, {"toward", "USA"}, {"enforcement", "may_campaign"},
        {"rules", "snap_back"}}};
    if (path.back() == "changes" && path.front() == "licensing") return "london";
    const auto found = std::find_if(kIds.begin(), kIds.end(), [&](const auto& one) { return one.first == path.back(); });
    if (found != kIds.end()) return std::string(found->second);
    const std::string& map = path.back();
    if (map.ends_with("ies")) return "my_" + map.substr(0, map.size() - 3) + "y";
    return "my_" + map.substr(0, map.size() - (map.ends_with('s') ? 1 : 0));
}

// Matches steps of a pattern with what was typed. A star takes an id or, when `skips`, may be left out; `ids`
// collects what the stars took. Keys must agree to the last one.
bool matches(const Steps& pattern, std::size_t p, const Steps& typed, std::size_t t, bool skips, Steps& ids)
{
    if (p == pattern.size() || t == typed.size()) return p == pattern.size() && t == typed.size();
    if (pattern[p] != "*") return pattern[p] == typed[t] && matches(pattern, p + 1, typed, t + 1, skips, ids);
    ids.push_back(typed[t] == "*" ? "" : typed[t]);
    if (matches(pattern, p + 1, typed, t + 1, skips, ids)) return true;
    ids.pop_back();
    if (!skips || p + 1 == pattern.size()) return false;
    ids.emplace_back();
    if (matches(pattern, p + 1, typed, t, skips, ids)) return true;
    ids.pop_back();
    return false;
}

// What was typed is the end of the key: "deadline", "mofcom_18.deadline".
std::optional<Steps> tail_match(const Steps& pattern, const Steps& typed)
{
    if (pattern.back() == "*") return std::nullopt;
    for (std::size_t from = 1; from < pattern.size(); ++from) {
        Steps ids(static_cast<std::size_t>(std::count(pattern.begin(), pattern.begin() + static_cast<std::ptrdiff_t>(from), "*")));
        if (matches(pattern, from, typed, 0, false, ids)) return ids;
    }
    return std::nullopt;
}

KeyEntry entry_of(const Field& field, const Steps& ids)
{
    KeyEntry out{{}, field.path, field.sentence, type_words(field), default_words(field), bound_words(field), assumption_words(field), {}, {}, false};
    Steps path;
    std::size_t star = 0;
    for (const std::string& step : split_path(field.path)) {
        const bool free = step == "*" && (star >= ids.size() || ids[star].empty());
        const std::string id = step != "*" ? step : free ? example_id(path) : ids[star];
        star += step == "*" ? 1 : 0;
        if (free) out.examples.push_back(id);
        path.push_back(id);
    }
    out.key = fmt::format("{}", fmt::join(path, "."));
    out.varies = field.kind == FieldKind::kQuantity && field.varies;
    if (field.kind == FieldKind::kBlock) out.keys = field_at(field.path)->child_keys();
    return out;
}
}  // namespace

std::string in_words(const KeyEntry& entry)
{
    std::string out = fmt::format("{}\n  {}\n  value:   {}\n", entry.key, entry.sentence, entry.value);
    if (!entry.fallback.empty()) out += fmt::format("  default: {}\n", entry.fallback);
    if (!entry.bounds.empty()) out += fmt::format("  bounds:  {}\n", entry.bounds);
    if (entry.varies) out += "  a distribution may stand here: each member draws its own value\n";
    if (!entry.assumption.empty()) out += fmt::format("  {}\n", entry.assumption);
    if (!entry.keys.empty()) out += fmt::format("  keys:    {}\n", fmt::join(entry.keys, ", "));
    const bool one = entry.examples.size() == 1;
    if (!entry.examples.empty()) out += fmt::format("  ({} {} of your scenario)\n", fmt::join(entry.examples, ", "), one ? "stands for an id" : "stand for ids");
    return out;
}

std::string typed_key(const std::string& pattern)
{
    for (const Field& field : field_table())
        if (field.path == pattern) return entry_of(field, {}).key;
    return pattern;
}

namespace {
// "stockpile" for the things the map "stockpiles" holds.
bool names_things(const Steps& pattern, const std::string& word)
{
    if (pattern.size() != 2 || pattern.back() != "*") return false;
    const std::string& map = pattern.front();
    const bool ies = map.ends_with("ies") && map.substr(0, map.size() - 3) + "y" == word;
    return map == word + "s" || ies;
}
}  // namespace

std::vector<KeyEntry> keys_like(const std::string& key)
{
    const Steps typed = split_path(key);
    if (typed.empty()) return {};
    // Of the keys that match as a whole, those count that take the fewest steps for ids and leave out the fewest.
    std::pair<std::ptrdiff_t, std::size_t> best{PTRDIFF_MAX, SIZE_MAX};
    std::vector<KeyEntry> whole, things, ends;
    for (const Field& field : field_table()) {
        const Steps pattern = split_path(field.path);
        Steps ids;
        if (typed.size() == 1 && names_things(pattern, typed.front())) {
            things.push_back(entry_of(field, {}));
        } else if (matches(pattern, 0, typed, 0, true, ids)) {
            const std::pair cost{static_cast<std::ptrdiff_t>(ids.size()) - std::count(ids.begin(), ids.end(), ""), pattern.size()};
            if (cost < best) whole.clear();
            if (cost <= best) whole.push_back(entry_of(field, ids));
            best = std::min(best, cost);
        } else if (const auto end = tail_match(pattern, typed)) {
            ends.push_back(entry_of(field, *end));
        }
    }
    if (!whole.empty()) return whole;
    things.insert(things.end(), ends.begin(), ends.end());
    return things;
}

std::optional<std::string> explain(const std::string& key)
{
    std::string out;
    for (const KeyEntry& entry : keys_like(key)) out += in_words(entry);
    if (out.empty()) return std::nullopt;
    return out;
}

std::vector<std::string> similar_keys(const std::string& key)
{
    const std::vector<std::string> wanted = split_path(key);
    std::vector<std::pair<int, std::string>> ranked;
    for (const Field& field : field_table()) {
        const std::vector<std::string> pattern = split_path(field.path);
        const int whole = core::edit_distance(key, field.path);
        const int last = wanted.empty() ? whole : core::edit_distance(wanted.back(), pattern.back());
        ranked.emplace_back(std::min(whole, last), typed_key(field.path));
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> out;
    const int limit = std::max(2, static_cast<int>(wanted.empty() ? 0 : wanted.back().size()) / 3);
    for (const auto& [distance, path] : ranked)
        if (distance <= limit && out.size() < 5) out.push_back(path);
    return out;
}

}  // namespace chokepoint::scenario
