#pragma once
// The answers of the short commands as JSON: the same as their text, by name. NaN becomes null.
// Each returns one document, indented by two blanks, with a newline at its end.

#include "bench.hpp"
#include "bench_queue.hpp"
#include "dry_run.hpp"
#include "explain_words.hpp"

#include "chokepoint/record/result_file.hpp"

#include <string>
#include <vector>

namespace chokepoint::cli {

// { "keys": [...], "variables": [...], "labels": [...], "lines": [...], "also": [...] }
[[nodiscard]] std::string explain_json(const Found& found);
// { "attributes", "provenance", "inputs", "members_requested", "members_done", "failures", "variables",
//   "problems" }, and "scenario" when asked for
[[nodiscard]] std::string inspect_json(const record::ResultSummary& summary, bool scenario);
[[nodiscard]] std::string version_json();
// { "measurements": [...], "queues": [...] }
[[nodiscard]] std::string bench_json(const std::vector<Measurement>& all, const std::vector<QueueMeasurement>& queues);
// { "dry_runs": [...] }
[[nodiscard]] std::string dry_run_json(const std::vector<DryRun>& runs);

}  // namespace chokepoint::cli
