#include "check.hpp"

#include "merge.hpp"
#include "chokepoint/core/suggest.hpp"
#include "yaml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace chokepoint::scenario {

namespace {
bool is_id(std::string_view text)
{
    return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80 && (std::isalnum(c) != 0 || c == '_'); });
}

bool is_region_code(std::string_view text)
{
    return text.size() == 3 && std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 'A' && c <= 'Z'; });
}

// An id a user may have meant: what is not allowed becomes an underscore.
std::string as_id(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x80 && std::isalnum(byte) != 0 ? c : '_';
    }
    if (out.empty() || std::isalpha(static_cast<unsigned char>(out[0])) == 0) out.insert(0, "x");
    return out;
}

std::string first_words(const std::string& sentence)
{
    return sentence.substr(0, sentence.find_first_of(".;"));
}

// Text of a default as a node that points to where its parent stands.
Node default_node(const std::string& yaml, const Mark& at)
{
    static const SourceText kTable{"", "", {}, true};
    Report none;
    SourceText text = kTable;
    text.text = yaml;
    Node node = read_yaml(text, none);
    const auto place = [&at](auto&& self, Node& n) -> void {
        n.mark = at;
        n.from_table = true;
        for (Node& item : n.items) self(self, item);
    };
    place(place, node);
    return node;
}
}  // namespace

namespace {
// Keys of earlier versions, and what says the same now.
constexpr std::pair<std::string_view, std::string_view> kRemoved[] = {{"behaviour.duty_response", "behaviour.demand (elasticity, by_sector)"}};

std::string unknown_remedy(const std::string& path, const std::string& key, const FieldNode& field)
{
    for (const auto& [removed, now] : kRemoved)
        if (path == removed) return fmt::format("it is gone: write {} in its place", now);
    return core::did_you_mean(key, field.child_keys(), "keys");
}
}  // namespace

void Checker::check()
{
    const Entry* elasticities = root_.entry("elasticities");
    if (elasticities != nullptr && root_.find("exports") != nullptr && tree_.child("elasticities") == nullptr)
        return report_.error(elasticities->key_mark, "elasticities", "this is a trade file, without days or firms, and no scenario", root_.find("market") != nullptr ? "write chokepoint pe smart FILE" : "write chokepoint pe gsim FILE");
    check_block(root_, tree_, "", root_.mark);
}

void Checker::check_block(Node& node, const FieldNode& field, const std::string& path, const Mark& at)
{
    node.field = &field.field;
    for (Entry& entry : node.entries) {
        const std::string here = join_path(path, entry.key);
        if (const FieldNode* below = field.child(entry.key)) {
            check_value(entry, *below, here);
        } else {
            report_.error(entry.key_mark, here, "unknown key", unknown_remedy(here, entry.key, field));
        }
    }
    add_missing(node, field, path, at);
}

void Checker::add_missing(Node& node, const FieldNode& field, const std::string& path, const Mark& at)
{
    for (const auto& [key, below] : field.children) {
        const Field& f = below->field;
        if (key == "*" || f.presence == Presence::kOptional || node.entry(key) != nullptr) continue;
        const std::string here = join_path(path, key);
        if (f.presence == Presence::kRequired) {
            const std::size_t dot = path.rfind('.');
            const std::string id = path.substr(dot == std::string::npos ? 0 : dot + 1);
            const Node* siblings = dot == std::string::npos ? nullptr : find_path(root_, path.substr(0, dot));
            std::vector<std::string> others;
            if (siblings != nullptr && field.field.path.ends_with("*"))
                for (const Entry& entry : siblings->entries)
                    if (entry.key != id) others.push_back(entry.key);
            const std::string near = core::closest(id, others);
            report_.error(at, here, fmt::format("is missing ({})", first_words(f.sentence)),
                          near.empty() ? fmt::format("add {}:", key) : fmt::format("did you mean \"{}\"? else add {}:", near, key));
            continue;
        }
        Entry entry{key, at, {}};
        if (f.kind == FieldKind::kBlock) {
            entry.value.kind = Node::Kind::kMap;
            entry.value.mark = at;
            entry.value.from_table = true;
        } else {
            entry.value = default_node(f.fallback, at);
        }
        check_value(entry, *below, here);
        node.entries.push_back(std::move(entry));
    }
}

void Checker::check_id(const Entry& entry, const FieldNode& map, const std::string& path)
{
    const Field& f = map.field;
    if (!f.refers_to.empty()) {
        const std::vector<std::string> ids = ids_of(f.refers_to);
        if (std::find(ids.begin(), ids.end(), entry.key) == ids.end())
            report_.error(entry.key_mark, path, fmt::format("\"{}\" names nothing in this scenario", entry.key), is_inherited(entry.key_mark) ? take_out(path) : core::did_you_mean(entry.key, ids, "names"));
    } else if (f.path == "regions" && !is_region_code(entry.key)) {
        std::string upper = entry.key;
        for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        report_.error(entry.key_mark, path, "a region is three capital letters (ISO-3, or a code of your own like it)",
                      is_region_code(upper) ? fmt::format("write \"{}\"", upper) : "write a code such as USA, DEU or ROW");
    } else if (!is_id(entry.key)) {
        report_.error(entry.key_mark, path, fmt::format("\"{}\" is no id (a letter, then letters, digits, underscores)", entry.key),
                      fmt::format("write \"{}\"", as_id(entry.key)));
    } else if (entry.key == "other") {
        report_.error(entry.key_mark, path, "\"other\" is reserved (everyone not named)", "write \"others\"");
    }
}

void Checker::check_map(Node& node, const FieldNode& field, const std::string& path)
{
    node.field = &field.field;
    const FieldNode* below = field.child("*");
    if (node.entries.empty() && field.field.presence == Presence::kRequired)
        report_.error(node.mark, path, "is empty", "name at least one");
    for (Entry& entry : node.entries) {
        const std::string here = join_path(path, entry.key);
        check_id(entry, field, here);
        check_value(entry, *below, here);
    }
}

void Checker::check_value(Entry& entry, const FieldNode& field, const std::string& path)
{
    Node& node = entry.value;
    const Field& f = field.field;
    node.field = &f;
    switch (f.kind) {
    case FieldKind::kBlock:
    case FieldKind::kMap:
    case FieldKind::kVary:
        expand_shorthand(node, f);
        if (!node.is_map()) {
            report_.error(node.mark, path, fmt::format("wants keys of its own ({})", first_words(f.sentence)),
                          f.kind == FieldKind::kBlock ? core::did_you_mean("", field.child_keys(), "keys") : "write id: { ... }");
        } else if (f.kind == FieldKind::kBlock) {
            check_block(node, field, path, entry.key_mark);
        } else if (f.kind == FieldKind::kMap) {
            check_map(node, field, path);
        }
        return;
    case FieldKind::kQuantity: return check_quantity(node, f, path);
    case FieldKind::kCover: return check_cover(node, field, path);
    case FieldKind::kReferences:
    case FieldKind::kWords:
    case FieldKind::kCounts:
    case FieldKind::kShares:
    case FieldKind::kSources: return check_list(node, f, path);
    default: return check_scalar(node, f, path);
    }
}

std::vector<std::string> Checker::ids_of(const std::vector<std::string>& maps) const
{
    std::vector<std::string> out;
    for (const std::string& map : maps) {
        if (map == "other") out.emplace_back("other");
        if (map == "sectors") {
            const FieldNode* sector = field_at("buyers.x.sector");
            out.insert(out.end(), sector->field.words.begin(), sector->field.words.end());
        }
        if (const Node* node = root_.find(map); node != nullptr && node->is_map())
            for (const Entry& entry : node->entries) out.push_back(entry.key);
    }
    return out;
}

}  // namespace chokepoint::scenario
