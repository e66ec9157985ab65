// Phase 8. A seller's price follows what it is asked for and may deliver, over what it can offer.
//
// Equation  ln p' = ln p + kappa clip(ln((d + owed / tau_b) (p/p0)^eb / S), -x, x),  S = min(K, S0 (p/p0)^es)
//           and p' >= least p0, for makers; a trader asks p0 times what its own purchases cost (demand.hpp). d is the smoothed demand of clients that need no licence, of others with weight u, S0 base output: the ratio is
//           exactly 1 at rest, and goods waiting for a licence do not move the origin's price.

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "capacity.hpp"
#include "outside_price.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace chokepoint::dynamics {

namespace {

using namespace world;

double step(const Parameters& parameters, double ln_ratio)
{
    return parameters.price_speed * std::clamp(ln_ratio, -parameters.price_clip, parameters.price_clip);
}

void set_price(const Structure& structure, State& state, std::size_t firm, int day)
{
    const Parameters& parameters = structure.parameters;
    double& price = state.firm.price[firm];
    const double cost = state.firm.cost_in_price[firm];
    const double base_price = state.firm.base_price[firm] * cost;
    const double ln_cost = cost == 1 ? 0.0 : std::log(cost);
    // Smoothed demand, not the day's call-offs: the rhythm of reviews is not news about the market.
    const double supply0 = offered_at_base(structure, state, firm, day);
    const double asked =
        state.firm.demand[firm] + static_cast<double>(state.firm.owed[firm]) / parameters.price_backlog_days;
    if (supply0 <= 0 || asked <= 0) return;
    const auto capacity = static_cast<double>(capacity_of(structure, state, firm));
    if (asked == supply0 && capacity >= supply0 && price == base_price && ln_received(structure, state, firm, day) <= ln_cost) return;
    const double offered = std::min(capacity, supply0 * std::exp(structure.blocks[structure.firms.block[firm]].supply_elasticity * (ln_received(structure, state, firm, day) - ln_cost)));
    const double pull = parameters.bid_elasticity * (state.firm.ln_price[firm] - ln_cost);
    // Who has nothing to offer asks as under the largest pressure there is; the ratio itself has no logarithm.
    const double pressure = offered > 0 ? std::log(asked / offered) : parameters.price_clip;
    price *= std::exp(step(parameters, pressure + pull));
    price = std::max(price, parameters.least_price * base_price);
    state.firm.ln_price[firm] = std::log(price / state.firm.base_price[firm]);
}

// A trader has no supply of its own that could be scarce: it buys through, at what that costs it and its margin.
bool buys_through(const Structure& structure, std::size_t firm)
{
    const Role role = structure.blocks[structure.firms.block[firm]].role;
    return role == Role::kExporter || role == Role::kImporter;
}

// A trader asks more as what it trades costs it more; its margin stays.
void pass_cost_on(State& state, std::size_t firm)
{
    double& passed = state.firm.cost_in_price[firm];
    if (passed == state.firm.cost[firm]) return;
    state.firm.price[firm] *= state.firm.cost[firm] / passed;
    passed = state.firm.cost[firm];
    state.firm.ln_price[firm] = std::log(state.firm.price[firm] / state.firm.base_price[firm]);
}

}  // namespace

void set_prices(const Structure& structure, const StepContext& context, State& state)
{
    const auto history = structure.price_history_days();
    const std::size_t tomorrow = static_cast<std::size_t>(context.day + 1) % history;
    const bool fixed = structure.parameters.price_speed == 0;
    core::parallel_for(structure.n_firms(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t firm = begin; firm < end; ++firm) {
            if (structure.firms.seller_row[firm] == kNone) continue;
            pass_cost_on(state, firm);
            if (!fixed && !buys_through(structure, firm)) set_price(structure, state, firm, context.day);
            // Dispatch of tomorrow is valued at the price set today.
            state.firm.price_history[structure.price_index(tomorrow, firm)] = nano_dollars(state.firm.price[firm]);
        }
    });
    if (!fixed) set_outside_prices(structure, context.day, state);
    invest(structure, context, state);
}

}  // namespace chokepoint::dynamics
