#include "node.hpp"

#include "quantity.hpp"

#include <algorithm>

namespace chokepoint::scenario {

std::string SourceText::line(int number) const
{
    std::size_t begin = 0;
    for (int at = 1; at < number; ++at) {
        const std::size_t end = text.find('\n', begin);
        if (end == std::string::npos) return {};
        begin = end + 1;
    }
    std::string out = text.substr(begin, text.find('\n', begin) - begin);
    if (!out.empty() && out.back() == '\r') out.pop_back();
    return out;
}

core::Location Mark::location() const
{
    core::Location where;
    if (source == nullptr) return where;
    where.file = source->name;
    if (source->is_override || line <= 0) return where;
    where.line = line;
    where.column = column;
    where.width = width;
    where.text = source->line(line);
    return where;
}

const Entry* Node::entry(std::string_view key) const
{
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [key](const Entry& e) { return e.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

Entry* Node::entry(std::string_view key)
{
    return const_cast<Entry*>(static_cast<const Node*>(this)->entry(key));
}

const Node* Node::find(std::string_view key) const
{
    const Entry* found = entry(key);
    return found == nullptr ? nullptr : &found->value;
}

Node* Node::find(std::string_view key)
{
    return const_cast<Node*>(static_cast<const Node*>(this)->find(key));
}

std::int64_t Node::size() const
{
    std::int64_t total = 1;
    for (const Entry& e : entries) total += 1 + e.value.size();
    for (const Node& item : items) total += item.size();
    return total;
}

std::vector<std::string> split_path(std::string_view dotted)
{
    std::vector<std::string> out;
    while (!dotted.empty()) {
        const std::size_t dot = dotted.find('.');
        out.emplace_back(dotted.substr(0, dot));
        dotted = dot == std::string_view::npos ? std::string_view{} : dotted.substr(dot + 1);
    }
    return out;
}

std::string join_path(const std::string& parent, std::string_view key)
{
    return parent.empty() ? std::string(key) : parent + "." + std::string(key);
}

namespace {
const Node* child(const Node& node, const std::string& key)
{
    if (node.is_map()) return node.find(key);
    if (!node.is_list()) return nullptr;
    const auto index = read_count(key);
    if (!index || *index >= node.items.size()) return nullptr;
    return &node.items[*index];
}
}  // namespace

const Node* find_path(const Node& root, std::string_view dotted)
{
    const Node* node = &root;
    for (const std::string& key : split_path(dotted)) {
        node = child(*node, key);
        if (node == nullptr) return nullptr;
    }
    return node;
}

Node* find_path(Node& root, std::string_view dotted)
{
    return const_cast<Node*>(find_path(static_cast<const Node&>(root), dotted));
}

Mark mark_of_path(const Node& root, std::string_view dotted)
{
    const Node* node = &root;
    Mark mark = root.mark;
    for (const std::string& key : split_path(dotted)) {
        const Entry* entry = node->is_map() ? node->entry(key) : nullptr;
        node = child(*node, key);
        if (node == nullptr || (entry != nullptr && node->from_table)) break;
        mark = entry != nullptr ? entry->mark() : node->mark;
    }
    return mark;
}

}  // namespace chokepoint::scenario
