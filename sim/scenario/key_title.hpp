#pragma once
// What a key is called where people read and do not look up: "Days of use held in stock (Cars, Germany)".

#include "node.hpp"

#include <string>
#include <string_view>

namespace chokepoint::scenario {

// The first clause of the sentence of the key, of a distribution the parameter the path ends in as well, and in
// brackets the titles of what the path names, or their ids. The path exists in the tree.
[[nodiscard]] std::string key_title(const Node& root, std::string_view path);

}  // namespace chokepoint::scenario
