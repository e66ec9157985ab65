#pragma once
// Rules of the policy phase: a small machine per rule.
//
//   watching --every condition holds--> deciding --`after` working days--> in effect
//   in effect --a condition is over--> restoring, step by step --> watching
//
// A rule fires once per spell of its condition and `at_most` times in all. Without steps back a decision
// once taken is carried out and stays; with them, a condition that is over before the delay has passed
// cancels it, and one that holds again drops the steps not yet taken. All conditions are read before any
// rule acts, so a flag raised by a rule is seen by others the day after and the order of rules matters
// only where two set one posture on one day (the later one wins).
// Threading: serial. Cost: conditions times what each sums, every day.

#include "chokepoint/dynamics/context.hpp"
#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

#include <string>

namespace chokepoint::dynamics {

// Appends to the dated log of what policy did.
void log(world::State& state, int day, const char* kind, const std::string& subject, std::string text);
// Sets a posture and logs the change with its reason; nothing when it is in force already.
void set_posture(const world::Structure& structure, std::size_t control, std::uint32_t region, std::uint16_t posture,
                 int day, const std::string& why, world::State& state);
// Flags by date, and those of commitments as read.
void raise_flags(const world::Structure& structure, int day, world::State& state);
void watch_rules(const world::Structure& structure, const StepContext& context, world::State& state);

}  // namespace chokepoint::dynamics
