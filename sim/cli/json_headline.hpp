#pragma once
// The headline as JSON: the figures of the table by id, by material, unrounded. NaN becomes null.

#include "headline.hpp"
#include "run_job.hpp"

#include <string>
#include <vector>

namespace chokepoint::cli {

struct Finished {  // one scenario that was run
    const Job& job;
    const ensemble::Outcome& outcome;
    const Job* baseline;                                 // none: nothing to compare with
    const ensemble::Outcome* baseline_outcome;
    std::string against;                                 // name of the baseline, empty when there is none
    std::vector<ensemble::BuyerDifference> differences;  // policy minus baseline
    ensemble::Spread duty_caused;                        // [USD] of all buyers
};

[[nodiscard]] std::string headline_json(const std::vector<Finished>& runs);

}  // namespace chokepoint::cli
