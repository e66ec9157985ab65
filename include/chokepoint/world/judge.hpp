#pragma once
// Whether the quantities and prices of a scenario can be true, before anything is built from them.
//
// Judged  trade tables against their margins; what buyers and makers need of a table against what it brings; amounts
//         against the most that is published for the whole world; prices against published prices; needs too small
//         to be counted in whole grams; statements that change nothing
// Result  errors for what cannot be true, warnings for what is beyond what is published; each names the row it blames
//         and the likely slip (kilograms, per month). Everything at the medians of what varies
// Errors  InputError where no world can be planned from the scenario at all
// Cost    that of planning a world without its firms

#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/plausible.hpp"
#include "chokepoint/scenario/scenario.hpp"

#include <string>
#include <vector>

namespace chokepoint::world {

// What a region needs of a table against what the table brings: as much as is needed is shipped.
struct NeedGap {
    std::string family, region;
    std::string key;                   // of the largest need; empty where nobody needs any
    double needed = 0, brought = 0;    // [t/yr]
    core::Location need, flow;         // the largest of either
};

struct Judgement {
    std::vector<core::Diagnostic> diagnostics;
    std::vector<NeedGap> gaps;  // a tenth apart or more
    std::vector<core::Diagnostic> without_effect;  // statements that change nothing: warnings
};

[[nodiscard]] Judgement judge(const scenario::Scenario& scenario, const scenario::Published& published);

}  // namespace chokepoint::world
