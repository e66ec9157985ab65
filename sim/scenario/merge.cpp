#include "merge.hpp"

#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace chokepoint::scenario {

namespace {
std::vector<std::string> keys_of(const Node& node)
{
    std::vector<std::string> out;
    for (const Entry& entry : node.entries) out.push_back(entry.key);
    return out;
}

void remove(Node& base, const Entry& over, const std::string& path, Report& report)
{
    const auto found = std::find_if(base.entries.begin(), base.entries.end(), [&](const Entry& e) { return e.key == over.key; });
    if (found == base.entries.end()) {
        report.error(over.key_mark, path, "there is nothing to remove here (null removes what a parent set)",
                     core::did_you_mean(over.key, keys_of(base), "keys set so far"));
        return;
    }
    base.entries.erase(found);
}

// A distribution of another kind is another value, not more of the same map.
bool merges(const Node& base, const Node& over)
{
    if (!base.is_map() || !over.is_map()) return false;
    return !(is_distribution(base) && is_distribution(over) && base.entries[0].key != over.entries[0].key);
}

Node empty_map(const Mark& mark)
{
    Node node;
    node.kind = Node::Kind::kMap;
    node.mark = mark;
    return node;
}
}  // namespace

bool is_distribution(const Node& node)
{
    static constexpr std::array<std::string_view, 6> kNames{"uniform", "triangular", "normal", "lognormal", "beta", "choice"};
    return node.is_map() && node.entries.size() == 1 && std::find(kNames.begin(), kNames.end(), node.entries[0].key) != kNames.end();
}

void expand_shorthand(Node& node, const Field& field)
{
    if (field.short_for.empty() || !node.is_scalar()) return;
    Node map = empty_map(node.mark);
    map.entries.push_back({field.short_for, node.mark, node});
    node = std::move(map);
}

void merge_tree(Node& base, Node over, const FieldNode* field, const std::string& path, Report& report)
{
    for (Entry& entry : over.entries) {
        const std::string here = join_path(path, entry.key);
        const FieldNode* below = field == nullptr ? nullptr : field->child_for(entry.key);
        if (entry.value.kind == Node::Kind::kNull) {
            remove(base, entry, here, report);
            continue;
        }
        Entry* old = base.entry(entry.key);
        if (old != nullptr && below != nullptr && entry.value.is_map()) expand_shorthand(old->value, below->field);
        if (old != nullptr && merges(old->value, entry.value)) {
            merge_tree(old->value, std::move(entry.value), below, here, report);
            continue;
        }
        Entry fresh{entry.key, entry.key_mark, entry.value};
        if (entry.value.is_map()) {  // merged into nothing, so that a null inside is noticed
            fresh.value = empty_map(entry.value.mark);
            merge_tree(fresh.value, std::move(entry.value), below, here, report);
        }
        if (old != nullptr) {
            *old = std::move(fresh);
        } else {
            base.entries.push_back(std::move(fresh));
        }
    }
}

}  // namespace chokepoint::scenario
