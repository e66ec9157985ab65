#pragma once
// One buyer whose supplier sends what a test says, day by day.

#include "support/model.hpp"
#include "support/one_link.hpp"

#include <cstdint>
#include <functional>

namespace chokepoint::test {

// A buyer in XBB of 1000 g a day that holds `cover` days of it; its output is counted in grams used, and
// goods sent on a day arrive on the next.
[[nodiscard]] scenario::Scenario one_buyer(double cover, double grams_per_day = 1000);

// Runs days [0, days): the only maker has sent(day + 1) grams to give on a day, which arrive on day + 1.
void run_supplied(Model& model, int days, const std::function<std::int64_t(int)>& arrives,
                  const std::function<void(int)>& observe = {});

// What arrives where a share of supply is cut for some days from day 10 on.
[[nodiscard]] std::function<std::int64_t(int)> cut_from_day_10(std::int64_t base, double share, int days);

// Output wanted less output made, over base output, of the block of buyers on the last day.
[[nodiscard]] double days_lost(const Model& model);

}  // namespace chokepoint::test
