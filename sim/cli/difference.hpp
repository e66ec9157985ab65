#pragma once
// What a policy caused, as a table: policy minus baseline, member by member.

#include "headline.hpp"

#include <string>
#include <vector>

namespace chokepoint::cli {

// Every group that loses on either side or differs, the largest difference first, defense and automotive before the rest.
// Those that lose in the baseline alone are named as rescued; those that only one side has have a table of their levels.
// `all`: also a row for those that neither lose nor differ.
[[nodiscard]] std::string difference_table(const Headline& baseline, const Headline& policy,
                                           const std::vector<ensemble::BuyerDifference>& differences,
                                           const ensemble::Spread& duty_caused, bool all, std::size_t width = kPlainWidth);

}  // namespace chokepoint::cli
