#pragma once
// What a run would do and cost, without doing it.
//
// Time and size come from member 0, built here and now and run until its last day or for some seconds; what is left then
// goes on as the last days did. Of a large world a smaller one is tried, and its time grows with the links. Firms, links
// and memory come from the plan of the world then (chokepoint/world/footprint.hpp).
// Time is that of a processor which has nothing else to do.

#include "run_job.hpp"

#include <cstdint>
#include <string>

namespace chokepoint::cli {

struct DryRun {
    const Job* job = nullptr;
    double bytes = 0;           // of the result on disk [B]
    double memory = 0;          // of the members that run at once, and what writing takes [B]
    double member_seconds = 0;  // of one member on one thread [s]
    double seconds = 0;         // of all [s]
    std::uint64_t threads = 1;
    std::string obstacle;  // why the run would stop at once; empty when it would not
};
[[nodiscard]] DryRun dry_run(const Job& job, const RunRequest& request);
[[nodiscard]] std::string dry_run_text(const DryRun& run);

}  // namespace chokepoint::cli
