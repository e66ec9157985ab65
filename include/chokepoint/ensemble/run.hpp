#pragma once
// Runs the members of an ensemble in parallel and leaves one result file.
//
// A member is a function from its number to its result; what simulates it is not known here. Each
// finished member is appended to NAME.part at once, by one writer behind a lock; memory holds one
// result per thread. A member that throws is recorded with its error and the others go on. When a
// stop is asked for, running members finish, the part stays and nothing else is written.
// The final file depends on the members' values alone: not on threads, stops or resumption.

#include "chokepoint/record/axes.hpp"
#include "chokepoint/record/header.hpp"
#include "chokepoint/record/member_result.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace chokepoint::ensemble {

using MemberRunner = std::function<record::MemberResult(std::uint32_t member)>;

struct RunOptions {
    std::string path;                      // of the result; members gather in path + ".part"
    int threads = 0;                       // 0 = all cores
    bool resume = false;                   // keep members a part already holds
    std::vector<std::uint32_t> members;    // to run; empty = all requested
    bool write_final = true;               // a shard leaves its part
    std::function<bool()> stop_requested;  // asked before each member; from several threads
    // Called under the lock after each member, and once at the start with what was resumed.
    std::function<void(std::uint32_t done, std::uint32_t total)> progress;
};

struct Outcome {
    bool interrupted = false;
    std::uint32_t resumed = 0;                                    // members taken from the part
    std::vector<std::pair<std::uint32_t, std::string>> failures;  // member, error
    std::vector<std::uint32_t> done;                              // ascending
    std::vector<record::Metrics> metrics;                         // of each member in `done`
    [[nodiscard]] bool complete() const { return !interrupted && failures.empty(); }
};

// Throws core::EnvironmentError when a file cannot be written; the part then holds what was finished.
Outcome run(const record::ResultHeader& header, const record::Axes& axes, const MemberRunner& runner,
            const RunOptions& options);

}  // namespace chokepoint::ensemble
