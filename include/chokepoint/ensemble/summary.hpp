#pragma once
// What an ensemble says in a table: per buyer group and material, with 5-95 % intervals.
//
// Inputs are the metrics of members that are done, in the layout of record::MemberLayout. A figure of
// a group over all its materials adds tonnes, takes the earliest first short day and the longest run.
// Differences are policy minus baseline, member by member: with common seeds they are paired.

#include "chokepoint/record/axes.hpp"
#include "chokepoint/record/member_result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::ensemble {

struct Spread {                            // over members; NaN without any
    double median = 0, low = 0, high = 0;  // 50 %, 5 %, 95 %
};

struct Figures {
    Spread lost;                 // [t] over the run: unmet and given up
    Spread unmet, given_up;      // [t] each alone
    Spread lost_usd, unmet_usd, given_up_usd;  // [USD] the same at the prices of day 0
    Spread share;                // [1] lost, of full need
    Spread longest_run;          // [d]
    Spread first_short_day;      // [d] over members with one; NaN when there is none
    double short_members = 0;    // [1] share of members with a first short day
    double unmet_members = 0;    // [1] share of members with any unmet need
    double lost_members = 0;     // [1] share of members that lose over 1 % of full need
};
struct ProductFigures {
    std::size_t product = 0;  // into Axes::products
    Figures figures;
};
struct BuyerHeadline {
    std::size_t buyer = 0;  // into Axes::buyers
    Figures all;
    std::vector<ProductFigures> products;  // those it needs
    std::optional<std::size_t> scarcest;   // into Axes::products, see record::Scarcest
    Spread output_lost;                    // stopped and given up [unit of the buyer]; NaN when not counted
    Spread output_stopped, output_given_up;  // each alone
    Spread output_lost_days;               // [d of base output]
    Spread value_lost;                     // [USD] of value added; NaN where none is stated
    Spread value_stopped, value_given_up;  // each alone
    Spread duty_paid;                      // [USD]
    double first_stoppage_day = 0;         // [d] median over members with one; NaN when there is none
    double stopped_members = 0;            // [1] share of members with a stoppage
};
[[nodiscard]] std::vector<BuyerHeadline> headline(const record::Axes& axes,
                                                  std::span<const record::Metrics> members);

// Members of one ensemble, as Outcome gives them.
struct EnsembleView {
    const record::Axes& axes;
    std::span<const std::uint32_t> done;
    std::span<const record::Metrics> metrics;  // of each member in `done`
};
struct BuyerDifference {
    std::string buyer;        // id, in both ensembles
    Spread lost;              // [t]: unmet and given up
    Spread unmet, given_up;   // [t] each alone
    Spread lost_usd, unmet_usd, given_up_usd;  // [USD] the same at the prices of day 0
    Spread share;             // [1] points of full need lost
    Spread output_lost;       // [unit of the buyer]; NaN when not counted
    Spread output_lost_days;  // [d]
    Spread value_lost;        // [USD]; NaN where no value added is stated
    Spread value_stopped, value_given_up;  // each alone
    Spread duty_paid;         // [USD]
    double worse = 0;         // [1] share of pairs that lose more
    double better = 0;        // [1] share of pairs that lose less
    std::size_t pairs = 0;
};
// For each buyer of `policy` that `baseline` has too, over the members done in both.
[[nodiscard]] std::vector<BuyerDifference> paired_difference(const EnsembleView& baseline,
                                                             const EnsembleView& policy);

}  // namespace chokepoint::ensemble
