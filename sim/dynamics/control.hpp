#pragma once
// Small questions several phases ask of a control and of the links it guards.

#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

#include <algorithm>

namespace chokepoint::dynamics {

[[nodiscard]] inline const world::PostureRow& posture_toward(const world::Structure& structure,
                                                             const world::State& state, std::size_t border)
{
    const std::uint16_t control = structure.border.control[border];
    const std::uint16_t row = state.authority[control].posture[structure.border.destination[border]];
    return structure.policy.controls[control].postures[row];
}

// Whether the goods of a guarded link are under a control list today; otherwise customs may take them for such.
[[nodiscard]] inline bool is_covered(const world::Structure& structure, const world::State& state, std::size_t border)
{
    return state.authority[structure.border.control[border]].covered[structure.border.product[border]] != 0;
}

// How the list a class belongs to stands today; owned firms follow it while the ownership rule is in force.
[[nodiscard]] inline world::Listed listed_as(const world::Control& control, const world::AuthorityState& authority,
                                             const world::ClassRow& row, int day)
{
    if (row.entity == 0xffff) return world::Listed::kNo;
    const world::EntityRow& entity = control.entities[row.entity];
    const bool reached = !row.owned || (day >= entity.ownership_from && day < entity.ownership_until);
    return reached ? authority.listed[row.entity] : world::Listed::kNo;
}
[[nodiscard]] inline world::Listed listed_as(const world::Structure& structure, const world::State& state,
                                             std::size_t border, int day)
{
    const std::uint16_t c = structure.border.control[border];
    const world::Control& control = structure.policy.controls[c];
    return listed_as(control, state.authority[c], control.classes[structure.border.klass[border]], day);
}

// How the authority treats a class's end use before it looks at the file.
[[nodiscard]] inline world::EndUsePolicy end_use_policy(const world::Control& control, const world::ClassRow& row)
{
    switch (static_cast<world::EndUse>(row.end_use)) {
        case world::EndUse::kDefense: return control.defense;
        case world::EndUse::kUnknown: return control.unknown;
        case world::EndUse::kCivil: break;
    }
    return world::EndUsePolicy::kCivil;
}

// Files refused whatever is in them, by end use or by a ban: everyone knows of it.
[[nodiscard]] inline bool refused_in_principle(const world::Control& control, const world::AuthorityState& authority,
                                               const world::ClassRow& row, int day)
{
    return end_use_policy(control, row) == world::EndUsePolicy::kRefuse ||
           control.postures[authority.posture[row.destination]].banned ||
           listed_as(control, authority, row, day) == world::Listed::kBanned;
}

// Whether the exporter of a guarded link, refused in principle before, does not ask again today.
[[nodiscard]] inline bool asks_no_more(const world::Structure& structure, const world::State& state, std::size_t border,
                                       int day)
{
    if (state.border.told_no_until.empty() || day >= state.border.told_no_until[border]) return false;
    const std::uint16_t c = structure.border.control[border];
    const world::Control& control = structure.policy.controls[c];
    return refused_in_principle(control, state.authority[c], control.classes[structure.border.klass[border]], day);
}

// A general licence is void for good once the posture no longer allows any or the client is listed: the
// authority takes it back that day (desk_licences.cpp), so its dates and its cap are all that is asked here.
[[nodiscard]] inline bool has_general_licence(const world::State& state, std::size_t border, int day)
{
    return day < state.border.general_until[border] && state.border.general_left[border] > 0;
}

// Whether goods of a guarded link cross only with an application of their own today.
[[nodiscard]] inline bool needs_application(const world::Structure& structure, const world::State& state,
                                            std::size_t border, int day)
{
    const world::AuthorityState& authority = state.authority[structure.border.control[border]];
    return authority.needed[structure.border.product[border]] != 0 && posture_toward(structure, state, border).licence &&
           !has_general_licence(state, border, day);
}

// What is too little to be told from nothing beside a licence or a batch of `whole` grams [g]: nobody files for it alone, nor
// waits for it.
[[nodiscard]] inline std::int64_t crumb_of(std::int64_t whole) { return whole / 1000; }

// Goods a link may still put before the authority [g]: `held_cap`, or what is there in the days that the rules and a batch of
// up to a fortnight take where that is more. So a review that takes long shifts trade and does not shrink it. In a queue, which
// the budget clears, the length of a review changes nothing as long as it fits in `held_cap`; were it to come on top, who waits
// in a queue could have more in it the longer a review is. What is to be filed again has its place kept.
[[nodiscard]] inline std::int64_t held_room(const world::Structure& structure, const world::State& state,
                                            std::size_t border)
{
    constexpr double kDaysPerWorkingDay = 1.5;  // 7/5, and public holidays
    constexpr double kFortnight = 14;           // [d]
    const auto& b = state.border;
    const world::Control& control = structure.policy.controls[structure.border.control[border]];
    const double by_the_rules = kDaysPerWorkingDay * (control.minimum_review() + control.licence_lag) +
                                std::min({kFortnight, static_cast<double>(control.batch_days), control.batch_cover});
    const double cap = std::max(control.held_cap, by_the_rules) * static_cast<double>(structure.border_base(border));
    const std::int64_t waiting = b.unfiled[border] + b.filed[border] + b.licensed_wait[border] + b.licensed[border] +
                                 b.to_refile[border];
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(cap) - waiting);
}

}  // namespace chokepoint::dynamics
