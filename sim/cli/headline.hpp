#pragma once
// The headline of a result as a table and as JSON: who runs short, when, for how long, at what price.

#include "chokepoint/ensemble/summary.hpp"

#include <string>
#include <vector>

namespace chokepoint::cli {

struct Headline {
    const record::Axes& axes;
    std::vector<ensemble::BuyerHeadline> buyers;  // the hardest hit first
};

// Orders by share of need not met, then chance of a shortfall, then the axis.
[[nodiscard]] Headline make_headline(const record::Axes& axes, const std::vector<record::Metrics>& members);

// Buyers that no member leaves short are named in one line below, unless `all`.
[[nodiscard]] std::string headline_table(const Headline& headline, bool all);
// Policy minus baseline, member by member.
[[nodiscard]] std::string difference_table(const record::Axes& axes,
                                           const std::vector<ensemble::BuyerDifference>& differences, bool all);

}  // namespace chokepoint::cli
