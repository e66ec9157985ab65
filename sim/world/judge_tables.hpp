#pragma once
// Trade tables against their margins, and what buyers and makers need of them against what they bring. The row that a slip of
// units explains alone is blamed itself, and no other for it.

#include "chokepoint/world/block_flows.hpp"
#include "findings.hpp"
#include "trade_tables.hpp"

#include <vector>

namespace chokepoint::world {

// A scenario may grow a market tenfold, not to kilograms for tonnes.
inline constexpr double kNeedFalse = 100;

void judge_margins(const scenario::Scenario& scenario, const TradeTables& tables, Findings& findings);
[[nodiscard]] std::vector<NeedGap> judge_needs(const scenario::Scenario& scenario, const TradeTables& tables, const BlockPlan& plan, Findings& findings);

// What one product is needed for, and whose need is the largest.
struct Needed {
    double grams = 0, largest = 0;  // [g/d]
    std::string key = {};           // of the largest

    template <typename Key>
    void add(double more, Key key_of)
    {
        grams += more;
        if (more <= largest) return;
        largest = more;
        key = key_of();
    }
};
// Traders need what they pass on.
[[nodiscard]] bool uses_it(const BlockPlan& plan, const PlannedInput& input);
// The scenario key that states the need of a block.
[[nodiscard]] std::string need_key(const scenario::Scenario& scenario, const TradeTables& tables, const PlannedBlock& block, std::uint32_t product);
// The largest flow of a table that `counts`.
template <typename Counts>
[[nodiscard]] const scenario::Flow* largest_flow(const scenario::Family& family, Counts counts)
{
    const scenario::Flow* out = nullptr;
    for (const auto& flow : family.flows)
        if (counts(flow) && (out == nullptr || flow.tonnes_per_year > out->tonnes_per_year)) out = &flow;
    return out;
}

}  // namespace chokepoint::world
