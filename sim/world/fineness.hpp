#pragma once
// How finely the goods of a world are counted, so that whole numbers take next to nothing from the smallest need.
//
// Goods are whole grams. Where someone needs few grams a day, 0.82 would become 1, and a fifth of the need would be made of
// nothing; so such a world counts all its goods in tenths, hundredths, ... of a gram: the fewest digits with which every need
// is 100 counts a day or more, which bounds what is lost to half of a per cent. Results are stored in tonnes and dollars as
// ever. All scales are one rule, since a world with quantities ten times as large is the same run (test A5a).
// Units  counts a gram, a power of ten, at most 1,000,000. Money goes with goods: it is kept in 1e-6 USD over counts a gram
// Bound  goods and their value over the run must fit 64 bits; a world of both grams and megatonnes gets what fits, and
//        `judge` refuses what is then lost

#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/block_flows.hpp"

#include <cstdint>

namespace chokepoint::world {

inline constexpr double kLeastCounts = 100;  // a day, of the smallest need

[[nodiscard]] std::int64_t counts_per_gram(const scenario::Scenario& scenario, const BlockPlan& plan);

// The same scenario with every quantity of goods, and of what buyers make of them, so many times as large.
[[nodiscard]] scenario::Scenario in_counts(scenario::Scenario scenario, std::int64_t per_gram);

// What whole counts add to or take from a need, as a share of it [1]; nothing where there is no need.
[[nodiscard]] double lost_by_rounding(double grams_per_day, std::int64_t per_gram);

}  // namespace chokepoint::world
