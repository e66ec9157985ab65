#include "key_title.hpp"

#include "fields.hpp"

#include <algorithm>

namespace chokepoint::scenario {

namespace {

std::string spaced(std::string id)
{
    std::replace(id.begin(), id.end(), '_', ' ');
    return id;
}

std::string name_of(const Node* node, const std::string& id)
{
    const Node* title = node != nullptr ? node->find("title") : nullptr;
    return title != nullptr && !title->text.empty() ? title->text : spaced(id);
}

// Up to the first comma, semicolon, colon or bracket.
std::string first_clause(const std::string& sentence)
{
    std::string out = sentence.substr(0, sentence.find_first_of(",;:("));
    while (!out.empty() && (out.back() == '.' || out.back() == ' ')) out.pop_back();
    return out;
}

}  // namespace

std::string key_title(const Node& root, std::string_view path)
{
    const FieldNode* field = &field_tree();
    const Node* node = &root;
    std::string names, parameter;
    for (const std::string& key : split_path(path)) {
        node = node != nullptr ? node->find(key) : nullptr;
        const FieldNode* next = field->child_for(key);
        if (next == nullptr) {
            parameter = key;  // of a distribution; the last one stays
        } else {
            if (field->child(key) == nullptr) names += (names.empty() ? "" : ", ") + name_of(node, key);
            field = next;
        }
    }
    const std::string what = first_clause(field->field.sentence) + (parameter.empty() ? "" : ", " + spaced(parameter));
    return names.empty() ? what : what + " (" + names + ")";
}

}  // namespace chokepoint::scenario
