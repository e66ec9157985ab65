#include "chokepoint/scenario/reference.hpp"

#include "fields.hpp"
#include "node.hpp"
#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace chokepoint::scenario {

namespace {
std::string type_words(const Field& field)
{
    switch (field.kind) {
    case FieldKind::kText: return "text";
    case FieldKind::kHs: return "quoted digits";
    case FieldKind::kWord: return fmt::format("{}", fmt::join(field.words, ", "));
    case FieldKind::kDate: return "date";
    case FieldKind::kFlag: return "true, false";
    case FieldKind::kCount: return "count";
    case FieldKind::kQuantity: return field.dimension == Dimension::kBare ? (field.whole ? "whole number" : "number") : accepted_units(field.dimension);
    case FieldKind::kCover: return "d, or a distribution over the firms";
    case FieldKind::kReference: return fmt::format("id of {}", fmt::join(field.refers_to, ", "));
    case FieldKind::kReferences: return fmt::format("ids of {}", fmt::join(field.refers_to, ", "));
    case FieldKind::kWords: return "list of texts";
    case FieldKind::kCounts: return "list of counts";
    case FieldKind::kShares: return fmt::format("list, in {}", accepted_units(field.dimension));
    case FieldKind::kPath: return "CSV file";
    case FieldKind::kSources: return "source keys";
    case FieldKind::kBlock: return field.short_for.empty() ? "keys" : fmt::format("{}, or keys", field.short_for);
    case FieldKind::kMap: return field.refers_to.empty() ? "map of named things" : fmt::format("map, keys of {}", fmt::join(field.refers_to, ", "));
    case FieldKind::kVary: return "key path: distribution";
    }
    return {};
}

std::string default_words(const Field& field)
{
    if (field.presence == Presence::kRequired) return "required";
    return field.fallback;
}

std::string bound_words(const Field& field)
{
    const bool numeric = field.kind == FieldKind::kQuantity || field.kind == FieldKind::kCount || field.kind == FieldKind::kCover;
    if (!numeric) return {};
    const auto written = [&field](double value) { return write_quantity(value, field.kind == FieldKind::kCount ? Dimension::kBare : field.dimension); };
    const bool has_low = std::isfinite(field.low);
    const bool has_high = std::isfinite(field.high);
    if (has_low && has_high && !field.open_low) return fmt::format("{} to {}", written(field.low), written(field.high));
    std::string out;
    if (has_low) out = fmt::format("{} {}", field.open_low ? "above" : "from", written(field.low));
    if (has_high) out += fmt::format("{}to {}", out.empty() ? "" : ", ", written(field.high));
    return out;
}

std::string assumption_words(const Field& field)
{
    if (field.range.empty() && field.basis.empty()) return {};
    if (field.range.empty()) return fmt::format("Basis: {}.", field.basis);
    return fmt::format("Range: {} ({}).", field.range, field.basis);
}

// True when `key` ("deadline", "mofcom_18.deadline", ...) names the end of the pattern.
bool ends_like(const std::vector<std::string>& pattern, const std::vector<std::string>& key)
{
    if (key.size() > pattern.size()) return false;
    const auto tail = pattern.end() - static_cast<std::ptrdiff_t>(key.size());
    return key.back() != "*" && std::equal(key.begin(), key.end(), tail, [&](const std::string& k, const std::string& p) { return p == k || p == "*"; }) && pattern.back() == key.back();
}

std::string explained(const Field& field)
{
    std::string out = fmt::format("{}\n  {}\n  value:   {}\n", field.path, field.sentence, type_words(field));
    if (const std::string text = default_words(field); !text.empty()) out += fmt::format("  default: {}\n", text);
    if (const std::string text = bound_words(field); !text.empty()) out += fmt::format("  bounds:  {}\n", text);
    if (field.kind == FieldKind::kQuantity && field.varies) out += "  a distribution may stand here: each member draws its own value\n";
    if (const std::string text = assumption_words(field); !text.empty()) out += fmt::format("  {}\n", text);
    if (const FieldNode* node = field_at(field.path); node != nullptr && field.kind == FieldKind::kBlock)
        out += fmt::format("  keys:    {}\n", fmt::join(node->child_keys(), ", "));
    return out;
}
}  // namespace

std::vector<std::string> keys()
{
    std::vector<std::string> out;
    for (const Field& field : field_table()) out.push_back(field.path);
    return out;
}

std::string key_reference()
{
    std::string out, section;
    for (const Field& field : field_table()) {
        const std::string top = split_path(field.path).front();
        const bool alone = field_at(top)->children.empty();
        const std::string name = alone ? "General" : top;
        if (name != section) {
            section = name;
            out += fmt::format("{}### {}\n\n| key | value | default | meaning |\n|---|---|---|---|\n", out.empty() ? "" : "\n", alone ? name : "`" + name + "`");
        }
        std::string meaning = field.sentence;
        if (const std::string bounds = bound_words(field); !bounds.empty()) meaning += fmt::format(" Bounds: {}.", bounds);
        if (const std::string text = assumption_words(field); !text.empty()) meaning += " " + text;
        out += fmt::format("| `{}` | {} | {} | {} |\n", field.path, type_words(field), default_words(field), meaning);
    }
    return out;
}

std::optional<std::string> explain(const std::string& key)
{
    const std::vector<std::string> wanted = split_path(key);
    if (wanted.empty()) return std::nullopt;
    if (const FieldNode* node = field_at(key); node != nullptr && !node->field.path.empty()) return explained(node->field);
    std::string out;
    for (const Field& field : field_table())
        if (ends_like(split_path(field.path), wanted)) out += explained(field);
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
        ranked.emplace_back(std::min(whole, last), field.path);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> out;
    const int limit = std::max(2, static_cast<int>(wanted.empty() ? 0 : wanted.back().size()) / 3);
    for (const auto& [distance, path] : ranked)
        if (distance <= limit && out.size() < 5) out.push_back(path);
    return out;
}

}  // namespace chokepoint::scenario
