#include "effective.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chokepoint::scenario {

namespace {
// A scalar that reads back as the same text without quotes.
bool is_plain(std::string_view text)
{
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL" || text.front() == ' ' || text.back() == ' ') return false;
    if (text.front() == '-' && (text.size() == 1 || text[1] == ' ')) return false;
    constexpr std::string_view kSafe = " +-._/%()";
    return std::string_view("%-.").find(text.front()) != 0 &&
           std::all_of(text.begin(), text.end(), [&](unsigned char c) { return std::isalnum(c) != 0 || kSafe.find(static_cast<char>(c)) != std::string_view::npos; });
}

std::string in_quotes(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '\n') { out += "\\n"; continue; }
        if (c == '\r') { out += "\\r"; continue; }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string scalar(const Node& node) { return node.quoted || !is_plain(node.text) ? in_quotes(node.text) : node.text; }
std::string key_text(const std::string& key) { return is_plain(key) ? key : in_quotes(key); }

std::string flow(const Node& node)
{
    if (node.is_scalar()) return scalar(node);
    if (node.kind == Node::Kind::kNull) return "null";
    std::string out;
    for (const Node& item : node.items) out += (out.empty() ? "" : ", ") + flow(item);
    for (const Entry& entry : node.entries)
        if (!entry.value.from_table) out += (out.empty() ? "" : ", ") + key_text(entry.key) + ": " + flow(entry.value);
    return node.is_list() ? "[" + out + "]" : out.empty() ? "{}" : "{ " + out + " }";
}

std::string origin_note(const Node& node)
{
    const core::Location where = node.mark.location();
    if (where.line == 0) return "  # " + where.file;
    return fmt::format("  # {}:{}:{}", where.file, where.line, where.column);
}

void write_map(const Node& map, int depth, bool with_origins, std::string& out)
{
    for (const Entry& entry : map.entries) {
        if (entry.value.from_table) continue;
        out.append(static_cast<std::size_t>(2 * depth), ' ');
        out += key_text(entry.key) + ":";
        if (entry.value.is_map() && !entry.value.entries.empty()) {
            out += '\n';
            write_map(entry.value, depth + 1, with_origins, out);
            continue;
        }
        out += " " + flow(entry.value);
        if (with_origins) out += origin_note(entry.value);
        out += '\n';
    }
}

struct Leaf {
    std::string key, text;
    core::Location at;
};
using Leaves = std::vector<Leaf>;

void collect(const Node& node, const std::string& path, Leaves& out)
{
    for (const Entry& entry : node.entries) {
        if (entry.value.from_table) continue;
        const std::string here = join_path(path, entry.key);
        if (entry.value.is_map() && !entry.value.entries.empty())
            collect(entry.value, here, out);
        else
            out.push_back({here, flow(entry.value), entry.value.mark.location()});
    }
}

std::unordered_map<std::string_view, const Leaf*> by_key(const Leaves& leaves)
{
    std::unordered_map<std::string_view, const Leaf*> out;
    for (const Leaf& leaf : leaves) out.emplace(leaf.key, &leaf);
    return out;
}
}  // namespace

std::string write_yaml(const Node& root, bool with_origins)
{
    std::string out;
    write_map(root, 0, with_origins, out);
    return out;
}

std::vector<ChangedKey> changes(const Node& from, const Node& to)
{
    Leaves before, after;
    collect(from, "", before);
    collect(to, "", after);
    const auto old_of = by_key(before), new_of = by_key(after);
    std::vector<ChangedKey> out;
    for (const Leaf& leaf : after) {
        const auto old = old_of.find(leaf.key);
        if (old == old_of.end()) out.push_back({leaf.key, "", leaf.text, leaf.at});
        else if (old->second->text != leaf.text) out.push_back({leaf.key, old->second->text, leaf.text, leaf.at});
    }
    for (const Leaf& leaf : before)
        if (!new_of.contains(leaf.key)) out.push_back({leaf.key, leaf.text, "", to.mark.location()});
    return out;
}

std::string difference(const Node& from, const Node& to)
{
    std::string out;
    for (const ChangedKey& change : changes(from, to)) {
        if (change.from.empty()) out += fmt::format("{}: added {}\n", change.key, change.to);
        else if (change.to.empty()) out += fmt::format("{}: removed {}\n", change.key, change.from);
        else out += fmt::format("{}: {} -> {}\n", change.key, change.from, change.to);
    }
    return out;
}

}  // namespace chokepoint::scenario
