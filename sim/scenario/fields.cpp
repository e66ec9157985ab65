#include "fields.hpp"

#include "node.hpp"

#include <utility>

namespace chokepoint::scenario {

Field of_kind(FieldKind kind, std::string path, std::string sentence)
{
    Field field;
    field.kind = kind;
    field.path = std::move(path);
    field.sentence = std::move(sentence);
    field.presence = Presence::kRequired;
    return field;
}

Field text(std::string path, std::string sentence) { return of_kind(FieldKind::kText, std::move(path), std::move(sentence)).optional(); }
Field date(std::string path, std::string sentence) { return of_kind(FieldKind::kDate, std::move(path), std::move(sentence)); }
Field count(std::string path, std::string sentence) { return of_kind(FieldKind::kCount, std::move(path), std::move(sentence)).whole_number().bounds(0, 1e15).fixed(); }

Field word(std::string path, std::vector<std::string> words, std::string sentence)
{
    Field field = of_kind(FieldKind::kWord, std::move(path), std::move(sentence));
    field.words = std::move(words);
    return field;
}

Field flag(std::string path, std::string fallback, std::string sentence)
{
    return of_kind(FieldKind::kFlag, std::move(path), std::move(sentence)).defaults(std::move(fallback));
}

Field quantity(std::string path, Dimension dimension, std::string sentence)
{
    Field field = of_kind(FieldKind::kQuantity, std::move(path), std::move(sentence));
    field.dimension = dimension;
    if (dimension != Dimension::kPoints && dimension != Dimension::kBare) field.low = 0;
    if (dimension == Dimension::kShare) field.high = 1;
    return field;
}

Field reference(std::string path, std::vector<std::string> maps, std::string sentence)
{
    return of_kind(FieldKind::kReference, std::move(path), std::move(sentence)).keys_of(std::move(maps));
}

Field references(std::string path, std::vector<std::string> maps, std::string sentence)
{
    return of_kind(FieldKind::kReferences, std::move(path), std::move(sentence)).keys_of(std::move(maps));
}

Field block(std::string path, std::string sentence)
{
    return of_kind(FieldKind::kBlock, std::move(path), std::move(sentence)).defaults("");
}

Field map_of(std::string path, std::string sentence)
{
    return of_kind(FieldKind::kMap, std::move(path), std::move(sentence)).optional();
}

void add_notes(std::vector<Field>& table, const std::string& path)
{
    table.push_back(of_kind(FieldKind::kSources, path + ".source", "Source key of data/sources.csv, a list of them, or the word assumption.").optional());
    table.push_back(text(path + ".note", "Free text for readers; the model does not use it."));
}

const FieldNode* FieldNode::child(std::string_view key) const
{
    for (const auto& [name, node] : children)
        if (name == key) return node.get();
    return nullptr;
}

const FieldNode* FieldNode::child_for(std::string_view key) const
{
    const FieldNode* exact = child(key);
    return exact != nullptr ? exact : child("*");
}

std::vector<std::string> FieldNode::child_keys() const
{
    std::vector<std::string> out;
    for (const auto& [name, node] : children)
        if (name != "*") out.push_back(name);
    return out;
}

const std::vector<Field>& field_table()
{
    static const std::vector<Field> table = [] {
        std::vector<Field> out;
        add_frame_fields(out);
        add_place_fields(out);
        add_firm_fields(out);
        add_stockpile_fields(out);
        add_licensing_fields(out);
        add_policy_fields(out);
        add_route_fields(out);
        add_rule_fields(out);
        add_behaviour_fields(out);
        add_conduct_fields(out);
        return out;
    }();
    return table;
}

std::unique_ptr<FieldNode> tree_of(const std::vector<Field>& table)
{
    auto root = std::make_unique<FieldNode>();
    root->field.kind = FieldKind::kBlock;
    for (const Field& field : table) {
        FieldNode* node = root.get();
        for (const std::string& key : split_path(field.path)) {
            auto* next = const_cast<FieldNode*>(node->child(key));
            if (next == nullptr) {
                node->children.emplace_back(key, std::make_unique<FieldNode>());
                next = node->children.back().second.get();
            }
            node = next;
        }
        node->field = field;
    }
    return root;
}

const FieldNode& field_tree()
{
    static const std::unique_ptr<FieldNode> tree = tree_of(field_table());
    return *tree;
}

const FieldNode* field_at(std::string_view dotted)
{
    const FieldNode* node = &field_tree();
    for (const std::string& key : split_path(dotted)) {
        node = node->child_for(key);
        if (node == nullptr) return nullptr;
    }
    return node;
}

}  // namespace chokepoint::scenario
