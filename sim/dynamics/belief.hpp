#pragma once
// What a buyer believes of approval, from the files it has seen decided.

namespace chokepoint::dynamics {

// Equation  p = (n0 prior + granted) / (n0 + decided): the mean of a Beta belief of strength n0 = 2, so that a
//           prior of one half is Beta(1, 1).   Units  [1]
[[nodiscard]] inline double approval_belief(double prior, double granted, double decided)
{
    constexpr double kStrength = 2;
    return (kStrength * prior + granted) / (kStrength + decided);
}

}  // namespace chokepoint::dynamics
