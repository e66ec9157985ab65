#pragma once
// One step of a forecast, by buyers of their need and by sellers of their orders.
//
// Equations  f += a_d (x - f)              smoothed
//            f  = mean of the last W x     moving average, W > 0; `last` holds them by row and day modulo W

#include "chokepoint/world/policy.hpp"

#include <cstddef>
#include <vector>

namespace chokepoint::dynamics {

// Moves `forecast` of firm `row` to what it is once `today` is known.
inline void learn_from(const world::Parameters& parameters, std::vector<double>& last, std::size_t row, int day, double today, double& forecast)
{
    if (parameters.forecast_window == 0) {
        forecast += parameters.demand_smoothing * (today - forecast);
        return;
    }
    const auto window = static_cast<std::size_t>(parameters.forecast_window);
    double& oldest = last[row * window + static_cast<std::size_t>(day) % window];
    forecast += (today - oldest) / parameters.forecast_window;
    oldest = today;
}

}  // namespace chokepoint::dynamics
