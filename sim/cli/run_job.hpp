#pragma once
// One scenario of a `run` command, made ready: loaded, its world planned, its output named.
//
// prepare() throws InputError when the scenario or its world is wrong. claim_output() throws
// EnvironmentError when running would overwrite something, before anything is computed.

#include "load.hpp"

#include "chokepoint/ensemble/run.hpp"
#include "chokepoint/scenario/scenario_file.hpp"
#include "chokepoint/world/footprint.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::cli {

struct RunRequest {  // the command line of `run`
    std::vector<std::string> files;
    std::string output, against;
    std::vector<std::string> overrides;
    std::optional<std::uint64_t> threads, members, seed;
    bool resume = false, dry_run = false, reproducible = false, force = false, json = false,
         all_buyers = false;
};

struct Job {
    scenario::ScenarioFile file;
    scenario::Scenario central;  // every distribution at its median
    std::uint64_t seed = 0;
    record::ResultHeader header;
    record::Axes axes;
    std::string path;  // of the result
    world::Footprint footprint;  // of a member, planned
    std::size_t n_firms = 0, n_links = 0;
    double tried = 1;  // part of the firms in the world that a dry run builds and tries
};

// Members that are in memory at once.
[[nodiscard]] std::uint64_t members_at_once(const RunRequest& request, std::uint64_t members);

// `members` and `seed` replace those of the file. EnvironmentError, before anything is built, where the members that run at
// once take more memory than there is.
[[nodiscard]] Job prepare(const std::string& file, const std::vector<std::string>& overrides,
                          std::optional<std::uint64_t> members, std::optional<std::uint64_t> seed,
                          const RunRequest& request, Warnings& warnings);

// True when --resume finds the whole result there already.
[[nodiscard]] bool claim_output(const Job& job, const RunRequest& request);

// Why the run would stop before its first member: what claim_output() throws, or no folder to write to.
// Empty when nothing is in the way.
[[nodiscard]] std::string output_obstacle(const Job& job, const RunRequest& request);

// Size before compression: an upper bound in practice [B].
[[nodiscard]] double result_bytes(const Job& job);

}  // namespace chokepoint::cli
