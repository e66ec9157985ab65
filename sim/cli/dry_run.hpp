#pragma once
// What a run would do and cost, without doing it.
//
// The time comes from building member 0 and running some of its days here and now.

#include "run_job.hpp"

#include <string>

namespace chokepoint::cli {

[[nodiscard]] std::string dry_run_text(const Job& job, const RunRequest& request);

}  // namespace chokepoint::cli
