#pragma once
// What the labels of text in the table of variables hold.

#include "chokepoint/record/axes.hpp"
#include "chokepoint/record/variables.hpp"

#include <string>
#include <vector>

namespace chokepoint::record {

// By entity of the label's axis; rows of the second axis together where it has two.
[[nodiscard]] std::vector<std::string> label_texts(const Axes& axes, const Label& label);

}  // namespace chokepoint::record
