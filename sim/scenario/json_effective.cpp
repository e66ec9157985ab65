#include "json_effective.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace chokepoint::scenario {

namespace {
using Json = nlohmann::ordered_json;

// Read back as YAML, the text must come out the same: 1e6 or 1.50 stay text.
Json scalar(const Node& node)
{
    if (node.quoted) return node.text;
    if (node.text == "true" || node.text == "false") return node.text == "true";
    Json number = Json::parse(node.text, nullptr, false);
    return number.is_number() && number.dump() == node.text ? number : Json(node.text);
}

Json value_of(const Node& node)
{
    if (node.is_scalar()) return scalar(node);
    if (node.is_list()) {
        Json list = Json::array();
        for (const Node& item : node.items) list.push_back(value_of(item));
        return list;
    }
    if (!node.is_map()) return nullptr;
    Json map = Json::object();
    for (const Entry& entry : node.entries)
        if (!entry.value.from_table) map[entry.key] = value_of(entry.value);
    return map;
}

// Calls f(path, node) for every value that is no map with keys.
template <typename F>
void each_value(const Node& node, const std::string& path, F f)
{
    for (const Entry& entry : node.entries) {
        if (entry.value.from_table) continue;
        const std::string here = join_path(path, entry.key);
        if (entry.value.is_map() && !entry.value.entries.empty()) each_value(entry.value, here, f);
        else f(here, entry.value);
    }
}

Json values_by_path(const Node& root)
{
    Json out = Json::object();
    each_value(root, "", [&](const std::string& path, const Node& value) { out[path] = value_of(value); });
    return out;
}

std::string origin_of(const Node& node)
{
    const core::Location where = node.mark.location();
    return where.line == 0 ? where.file : fmt::format("{}:{}:{}", where.file, where.line, where.column);
}
}  // namespace

std::string write_json(const Node& root) { return value_of(root).dump(2) + "\n"; }

std::string write_origins_json(const Node& root)
{
    Json out = Json::object();
    each_value(root, "", [&](const std::string& path, const Node& value) { out[path] = {{"value", value_of(value)}, {"origin", origin_of(value)}}; });
    return out.dump(2) + "\n";
}

std::string write_difference_json(const Node& from, const Node& to)
{
    const Json before = values_by_path(from), after = values_by_path(to);
    Json out = Json::array();
    const auto add = [&out](const std::string& key, const Json& was, const Json& is) { out.push_back({{"key", key}, {"from", was}, {"to", is}}); };
    for (const auto& [key, value] : after.items()) {
        const auto old = before.find(key);
        if (old == before.end() || *old != value) add(key, old == before.end() ? Json(nullptr) : *old, value);
    }
    for (const auto& [key, value] : before.items())
        if (!after.contains(key)) add(key, value, nullptr);
    return out.dump(2) + "\n";
}

}  // namespace chokepoint::scenario
