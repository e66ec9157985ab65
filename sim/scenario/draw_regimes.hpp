#pragma once
// One member's path through the regimes of each authority.

#include "chokepoint/core/random.hpp"
#include "chokepoint/scenario/scenario.hpp"

namespace chokepoint::scenario {

// Adds the levels and postures of the path to those that are dated, as if they had been. A day on which a change is due is
// drawn by its date, so a later start of the process or of the run moves no other day.
//
// From regime i to j the hazard on a day is h_ij = f / m_ij: m_ij the mean time [d], f the product of the factors of the dated
// days it is in. The regime ends that day with probability 1 - exp(-sum_j h_ij) and turns to j with h_ij / sum_j h_ij: competing
// exponential risks, constant over a day.
void draw_regimes(Scenario& scenario, const core::Random& random);

}  // namespace chokepoint::scenario
