#pragma once
// What a file costs the authority, by how many others wait: it should not depend on that.

#include <cstdint>

namespace chokepoint::cli {

struct QueueMeasurement {
    std::uint64_t waiting = 0;   // files in review, about the same all along
    std::uint64_t decided = 0;   // files over the measured days
    double seconds = 0;          // of the decision phase over those days
    [[nodiscard]] double ns_per_file() const { return seconds * 1e9 / static_cast<double>(decided); }
};

// As many files come each day as are decided; `waiting` of them lie before the desk from the start.
[[nodiscard]] QueueMeasurement measure_queue(std::uint64_t waiting);

}  // namespace chokepoint::cli
