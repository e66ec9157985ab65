#include "chokepoint/scenario/reference.hpp"

#include "field_words.hpp"
#include "node.hpp"
#include "trade_fields.hpp"

#include <fmt/format.h>

namespace chokepoint::scenario {

std::vector<std::string> keys()
{
    std::vector<std::string> out;
    for (const Field& field : field_table()) out.push_back(field.path);
    return out;
}

namespace {
// Markdown tables of a field table, one per top-level key; keys without others below them share "General".
std::string reference_of(const std::vector<Field>& table)
{
    const std::unique_ptr<FieldNode> tree = tree_of(table);
    std::string out, section;
    for (const Field& field : table) {
        const std::string top = split_path(field.path).front();
        const bool alone = tree->child(top)->children.empty();
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
}  // namespace

std::string key_reference() { return reference_of(field_table()); }
std::string trade_key_reference() { return reference_of(trade_table()); }

}  // namespace chokepoint::scenario
