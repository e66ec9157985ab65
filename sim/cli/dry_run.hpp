#pragma once
// What a run would do and cost, without doing it.
//
// The time comes from building member 0 and running some of its days here and now.

#include "run_job.hpp"

#include <cstdint>
#include <string>

namespace chokepoint::cli {

struct DryRun {
    const Job* job = nullptr;
    double bytes = 0;           // of the result before compression, at most [B]
    double member_seconds = 0;  // of one member on one thread [s]
    double seconds = 0;         // of all [s]
    std::uint64_t threads = 1;
    std::string obstacle;  // why the run would stop at once; empty when it would not
};
[[nodiscard]] DryRun dry_run(const Job& job, const RunRequest& request);
[[nodiscard]] std::string dry_run_text(const DryRun& run);

}  // namespace chokepoint::cli
