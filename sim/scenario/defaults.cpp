// scenarios/defaults.yaml: the defaults that belong to no single block of firms, control or route.

#include "chokepoint/scenario/reference.hpp"

#include "field_words.hpp"
#include "node.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace chokepoint::scenario {

namespace {
constexpr std::array<std::string_view, 2> kSections{"behaviour", "transit"};

constexpr const char* kHead =
    "# yaml-language-server: $schema=./chokepoint-scenario-1.schema.json\n"
    "# What the model assumes of behaviour and transit wherever a scenario says nothing else. No scenario by itself.\n"
    "# Every baseline extends this file and a variant names the keys it changes; chokepoint show FILE --origin says which\n"
    "# values stand here. A file that extends nothing gets the same values.\n"
    "#\n"
    "# Above each key: its symbol in section 7 of sim/MODEL.md, [unit or choices], meaning, (range; source). A source is a\n"
    "# key of data/sources.csv or the word assumption. Keys behind a # are examples of what is off unless a file gives it.\n"
    "# Defaults of a single block, control, route or stockpile stand in the reference of keys in README.md.\n"
    "#\n"
    "# Generated from the table of keys, which a test compares. To try another value, override it in a file of your own.\n"
    "chokepoint: 1\nname: defaults\n";

// Examples of numbers that have no default, for what is off unless a scenario gives it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 1> kExamples{{
    {"behaviour.search.by_sector.*", "180 d"}}};

bool has_keys(const Field& field) { return field.kind == FieldKind::kBlock || field.kind == FieldKind::kMap; }

std::string last_step(const std::string& path) { return split_path(path).back(); }

std::string example_of(const Field& field)
{
    if (field.kind == FieldKind::kWord) return field.words.front();
    if (field.kind == FieldKind::kReference) return last_step(typed_key(field.refers_to.front() + ".*"));
    for (const auto& [path, value] : kExamples)
        if (path == field.path) return std::string(value);
    return "?";  // a test says that an example is missing
}

// What stands behind the key; nothing for keys that may be left out.
std::optional<std::string> value_of(const Field& field)
{
    if (field.presence == Presence::kDefault) return field.fallback;
    if (field.presence == Presence::kRequired) return example_of(field);
    return std::nullopt;
}

std::string comment_of(const Field& field)
{
    std::string out = "#";
    if (!field.symbol.empty()) out += " " + field.symbol;
    if (!has_keys(field)) out += fmt::format(" [{}]", type_words(field));
    out += " " + field.sentence;
    if (!field.range.empty()) out += fmt::format(" ({}; {})", field.range, field.basis);
    return out;
}

class Writer {
  public:
    // The keys below a block: its own values first, then the blocks in it.
    void block(const FieldNode& node, int depth)
    {
        for (const auto& [name, below] : node.children)
            if (!has_keys(below->field)) value(*below, name, depth);
        for (const auto& [name, below] : node.children)
            if (has_keys(below->field)) section(*below, name, depth);
    }
    void section(const FieldNode& node, const std::string& name, int depth)
    {
        const bool begins_example = node.field.presence == Presence::kOptional && off_ < 0;
        if (off_ < 0) out_ += '\n';
        line(depth, comment_of(node.field));
        if (begins_example) off_ = depth;
        line(depth, key_of(node, name) + ":");
        block(node, depth + 1);
        if (begins_example) off_ = -1;
    }
    [[nodiscard]] const std::string& text() const { return out_; }

  private:
    static std::string key_of(const FieldNode& node, const std::string& name)
    {
        return name == "*" ? last_step(typed_key(node.field.path)) : name;
    }
    void value(const FieldNode& node, const std::string& name, int depth)
    {
        const auto text = value_of(node.field);
        if (!text) return;
        line(depth, comment_of(node.field));
        line(depth, fmt::format("{}: {}", key_of(node, name), *text));
    }
    void line(int depth, const std::string& text)
    {
        const int outer = off_ < 0 ? depth : off_;
        out_ += fmt::format("{:{}}{}{:{}}{}\n", "", 2 * outer, off_ < 0 ? "" : "#", "", 2 * (depth - outer), text);
    }

    std::string out_ = kHead;
    int off_ = -1;  // depth of the example being written, -1 outside one
};
}  // namespace

std::string defaults_fragment()
{
    Writer writer;
    for (const std::string_view name : kSections) writer.section(*field_tree().child(name), std::string(name), 0);
    return writer.text();
}

}  // namespace chokepoint::scenario
