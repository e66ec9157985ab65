#include "chokepoint/scenario/reference.hpp"

#include "field_words.hpp"
#include "node.hpp"

#include <fmt/format.h>

namespace chokepoint::scenario {

std::vector<std::string> keys()
{
    std::vector<std::string> out;
    for (const Field& field : field_table()) out.push_back(field.path);
    return out;
}

std::string key_reference()
{
    std::string out, section;
    for (const Field& field : field_table()) {
        const std::string top = split_path(field.path).front();
        const bool alone = field_at(top)->children.empty();
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

}  // namespace chokepoint::scenario
