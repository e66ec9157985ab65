#pragma once
// What a result says about itself: the question, the run, and where it came from.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::record {

struct InputFile {
    std::string path, sha256;
};

struct ChangedKey {
    std::string key, from, to, at;  // at: file:line of the new value
};

struct Provenance {
    std::string scenario;           // effective text, merged, with every override
    std::vector<ChangedKey> changes;  // against what the scenario extends
    std::vector<InputFile> inputs;  // every file that was read
    std::uint64_t seed = 0;
    std::string draws;  // how they are keyed
    std::string version, commit, compiler;
    std::vector<std::pair<std::string, std::string>> libraries;  // name, version
    std::string command_line;
    // Left empty (0) for a reproducible file: these differ between two equal runs.
    std::string created;  // UTC, ISO 8601
    std::string host;
    int threads = 0;
};

struct ResultHeader {
    std::string name, title, question, run_id;
    std::uint32_t members_requested = 0;
    std::vector<double> quantiles;  // [1] ascending
    bool members_daily = false;
    std::vector<std::string> parameters;  // keys that vary between members
    std::vector<std::string> parameter_titles;  // what people call them
    std::vector<std::string> parameter_units;  // of their drawn values: "1", "d", "g/d", "USD/kg", ...
    Provenance provenance;
};

// Hash of effective scenario, seed and program version: equal runs have equal ids.
[[nodiscard]] std::string make_run_id(const std::string& scenario, std::uint64_t seed,
                                      const std::string& version);

// Versions of the libraries that decide the bytes of a result: HDF5, zlib, OpenSSL.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> record_libraries();
[[nodiscard]] std::string compiler_version();

}  // namespace chokepoint::record
