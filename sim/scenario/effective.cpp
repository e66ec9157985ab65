#include "effective.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
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

using Leaves = std::vector<std::pair<std::string, std::string>>;

void collect(const Node& node, const std::string& path, Leaves& out)
{
    for (const Entry& entry : node.entries) {
        if (entry.value.from_table) continue;
        const std::string here = join_path(path, entry.key);
        if (entry.value.is_map() && !entry.value.entries.empty())
            collect(entry.value, here, out);
        else
            out.emplace_back(here, flow(entry.value));
    }
}

const std::string* find(const Leaves& leaves, const std::string& key)
{
    const auto found = std::find_if(leaves.begin(), leaves.end(), [&](const auto& leaf) { return leaf.first == key; });
    return found == leaves.end() ? nullptr : &found->second;
}
}  // namespace

std::string write_yaml(const Node& root, bool with_origins)
{
    std::string out;
    write_map(root, 0, with_origins, out);
    return out;
}

std::string difference(const Node& from, const Node& to)
{
    Leaves before, after;
    collect(from, "", before);
    collect(to, "", after);
    std::string out;
    for (const auto& [key, value] : after) {
        const std::string* old = find(before, key);
        if (old == nullptr)
            out += fmt::format("{}: added {}\n", key, value);
        else if (*old != value)
            out += fmt::format("{}: {} -> {}\n", key, *old, value);
    }
    for (const auto& [key, value] : before)
        if (find(after, key) == nullptr) out += fmt::format("{}: removed {}\n", key, value);
    return out;
}

}  // namespace chokepoint::scenario
