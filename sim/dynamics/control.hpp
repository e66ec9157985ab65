#pragma once
// Small questions several phases ask of a control.

#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

#include <algorithm>
#include <vector>

namespace chokepoint::dynamics {

[[nodiscard]] inline bool in_force(const world::Control& control, int day)
{
    return day >= control.from && day < control.until;
}

// Lots declared before the control date still clear for a few days.
[[nodiscard]] inline bool needs_licence(const world::Control& control, int day)
{
    return day >= control.from + control.declared_lots && day < control.until;
}

// needs_licence of every control [n_controls].
[[nodiscard]] inline std::vector<std::uint8_t> licences_needed(const world::Structure& structure, int day)
{
    std::vector<std::uint8_t> needed;
    for (const world::Control& control : structure.policy.controls) needed.push_back(needs_licence(control, day) ? 1 : 0);
    return needed;
}

[[nodiscard]] inline const world::PostureRow& posture_toward(const world::Structure& structure,
                                                             const world::State& state, std::size_t border)
{
    const std::uint16_t control = structure.border.control[border];
    const std::uint16_t row = state.authority[control].posture[structure.border.destination[border]];
    return structure.policy.controls[control].postures[row];
}

// Goods a link may still put before the authority [g].
[[nodiscard]] inline std::int64_t held_room(const world::Structure& structure, const world::State& state,
                                            std::size_t border, int day)
{
    const auto& b = state.border;
    if (b.refile_after[border] > day) return 0;
    const double cap = structure.policy.controls[structure.border.control[border]].held_cap *
                       static_cast<double>(structure.border.base[border]);
    const std::int64_t waiting = b.unfiled[border] + b.filed[border] + b.licensed_wait[border] + b.licensed[border];
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(cap) - waiting);
}

}  // namespace chokepoint::dynamics
