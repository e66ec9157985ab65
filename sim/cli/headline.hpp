#pragma once
// The headline of a result as a table and as JSON: who runs short, when, for how long, at what price.

#include "chokepoint/ensemble/summary.hpp"
#include "chokepoint/scenario/scenario_file.hpp"
#include "width.hpp"

#include <string>
#include <vector>

namespace chokepoint::cli {

struct Headline {
    const record::Axes& axes;
    std::vector<ensemble::BuyerHeadline> buyers;  // the hardest hit first
    ensemble::Spread duty_paid;                   // [USD] of all buyers together
    std::size_t members = 0;                      // done
};

// Orders defense and automotive before the other sectors, then by share of need not met, then by chance
// of a shortfall, then as the axis does.
[[nodiscard]] Headline make_headline(const record::Axes& axes, const std::vector<record::Metrics>& members);

// Unless `all`: buyers that no member leaves short are named below, and of the sectors that compete with
// defense and automotive only the hardest hit are listed. The table is as wide as it must be, the notes below
// it keep to `width`. Where nobody is listed it says what duty was paid.
[[nodiscard]] std::string headline_table(const Headline& headline, bool all, std::size_t width = kPlainWidth);
// What the scenario says of figures it gets wrong, of those that are there: a caveat on vehicles stands by no table without them.
[[nodiscard]] std::string caveats_text(const Headline& headline, const std::vector<scenario::Caveat>& caveats, std::size_t width = kPlainWidth);
inline constexpr std::size_t kOthersListed = 10;  // groups of other sectors that a table lists unless all are asked for
// Its title, or its id where it has none.
[[nodiscard]] std::string label(const record::BuyerAxis& buyer);
// Defense and automotive, which come first.
[[nodiscard]] bool is_focus(const record::BuyerAxis& buyer);
// Below as many members the 5 and 95 % of them lie close to the smallest and the largest, and say little of others.
inline constexpr std::size_t kFewMembers = 20;
// Says so, "" where there are enough or one alone; what: "members" or "pairs of members".
[[nodiscard]] std::string few_text(std::size_t count, const char* what, std::size_t width);
// Lost output as counted: in its unit, else in days of base output.
[[nodiscard]] std::string lost_output_text(const record::BuyerAxis& axis, const ensemble::BuyerHeadline& buyer);
// Value added [million USD], or that none is stated.
[[nodiscard]] std::string value_text(const ensemble::Spread& lost, bool with_sign = false);
inline constexpr const char* kNoValue = "No group above states the value added of a unit of its output, so lost output has no value in money.";
// In some member: a shortfall, or over 1 % of need lost.
[[nodiscard]] bool loses(const ensemble::BuyerHeadline& buyer);

}  // namespace chokepoint::cli
