#include "value_mark.hpp"

namespace chokepoint::scenario {

Mark mark_of_draw(const Entry& draw)
{
    const Node* numbers = &draw.value;  // a key keeps the mark of the file that first wrote it, its numbers have that of the last
    while (numbers->is_map() && !numbers->entries.empty()) numbers = &numbers->entries.back().value;
    return numbers->mark.source == draw.key_mark.source || numbers->mark.source == nullptr ? draw.key_mark : numbers->mark;
}

Mark mark_of_value(const Node& root, std::string_view dotted)
{
    const Node* vary = find_path(root, "ensemble.vary");
    const Entry* draw = vary == nullptr ? nullptr : vary->entry(dotted);
    return draw == nullptr ? mark_of_path(root, dotted) : mark_of_draw(*draw);
}

}  // namespace chokepoint::scenario
