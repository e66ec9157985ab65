#pragma once
// "did you mean": the closest known word, when it is close enough to be a slip of the hand.

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::core {

// Smallest number of insertions, deletions, substitutions and swaps of neighbours between two words.
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b);
// The candidate nearest to `word`; empty when none is within a third of its length.
[[nodiscard]] std::string closest(std::string_view word, const std::vector<std::string>& candidates);
// Remedy text: did you mean "X"? or a list of the candidates when nothing is close.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                                       const std::string& what);

}  // namespace chokepoint::core
