#pragma once
// What `bench` measures on one synthetic world.

#include <cstdint>
#include <vector>

namespace chokepoint::cli {

struct Measurement {
    std::uint64_t firms = 0, links = 0;
    int threads = 0;
    double build = 0;            // [s]
    double processor = 0;        // [s] of all threads over the measured days
    std::vector<double> phases;  // [s] each, over the measured days
    double days = 0;
    double allocated = 0, resident = 0;  // growth [B]
    [[nodiscard]] double ns_per_link_day() const
    {
        double seconds = 0;
        for (const double phase : phases) seconds += phase;
        return seconds * 1e9 / (days * static_cast<double>(links));
    }
};

}  // namespace chokepoint::cli
