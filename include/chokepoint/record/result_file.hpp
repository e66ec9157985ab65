#pragma once
// The result file: HDF5 that is also valid netCDF-4, written in one pass from part files.
//
// Written dataset by dataset with members in index order, into NAME.tmp, then synced and renamed, so
// a name without suffix is whole. Equal inputs give equal bytes, however the members were collected:
// object times are off, creation order is tracked, chunks are compressed by us and written raw.
// All strings are variable-length UTF-8. A variable with an axis of length 0 is left out.
// Memory: one output variable of quantiles, or a batch of members of one variable, at a time.
// Threads: called from one thread; compresses in parallel inside.

#include "chokepoint/record/axes.hpp"
#include "chokepoint/record/header.hpp"
#include "chokepoint/record/member_result.hpp"
#include "chokepoint/record/part_file.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::record {

// Members absent from every part are written as missing. Throws core::EnvironmentError.
void write_result(const std::string& path, const ResultHeader& header, const Axes& axes,
                  std::span<const PartReader> parts);

// What a result will take on disk, from one member that ran its first `days` days [B]: its values packed, once for each
// member or quantile. Other members differ little; quantiles pack somewhat better than a member.
[[nodiscard]] double packed_size(const ResultHeader& header, const Axes& axes, const MemberResult& trial, int days);

struct VariableSummary {
    std::string name, dtype, dims, unit, long_name;  // dims: "quantile, time, buyer"
    std::vector<std::uint64_t> shape;
};
struct ResultSummary {
    std::vector<std::pair<std::string, std::string>> attributes;  // of the root, in file order
    std::vector<std::pair<std::string, std::string>> provenance;  // without the scenario text
    std::vector<InputFile> inputs;
    std::string scenario;
    std::vector<VariableSummary> variables;                       // of the root, in file order
    std::vector<std::pair<std::uint32_t, std::string>> failures;  // member, error
    std::uint32_t members_requested = 0, members_done = 0;
    std::vector<std::string> problems;  // lint: empty when all is well
};
// Reads the header of a result. Throws core::EnvironmentError when it is not a result or its schema
// is newer than this program.
[[nodiscard]] ResultSummary read_summary(const std::string& path);

// What cannot be read of a result, one sentence each: every value of every dataset is read once.
[[nodiscard]] std::vector<std::string> unreadable(const std::string& path);

struct DoneMembers {
    std::vector<std::uint32_t> members;  // ascending
    std::vector<Metrics> metrics;        // of each
};
// The metrics of the members that are done, as they were before writing. Throws as read_summary().
[[nodiscard]] DoneMembers read_metrics(const std::string& path, const Axes& axes);

}  // namespace chokepoint::record
