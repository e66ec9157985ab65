#pragma once
// What one member leaves behind: plain values, in the layout of the table of variables.

#include "chokepoint/world/published.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::record {

enum class MemberStatus : std::uint8_t { kDone, kFailed, kMissing };

using Metrics = std::vector<std::vector<double>>;  // [metric][entity], as MemberLayout::metrics

struct MemberResult {
    std::uint32_t member = 0;
    MemberStatus status = MemberStatus::kDone;
    std::string error;                 // why it failed; empty when done
    std::vector<double> parameters;    // drawn values, in the order of ResultHeader::parameters
    std::vector<world::Event> events;  // what policy did, in order of time
    Metrics metrics;
    std::vector<std::vector<float>> series;  // [series][row * width + entity], as MemberLayout::series
};

// A member that threw.
[[nodiscard]] MemberResult failed_member(std::uint32_t member, std::string error);

}  // namespace chokepoint::record
