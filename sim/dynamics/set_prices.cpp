// Phase 8. A seller's price follows what it is asked for and may deliver, over what it can offer.
//
// Equation  ln p' = ln p + kappa clip(ln((orders + owed / tau_b) / S), -x, x),  S = min(K, S0 (p/p0)^es)
//           over clients that need no licence; S0 is what they order on day 0 times the season, so the
//           ratio is exactly 1 at rest and goods waiting for a licence do not move the origin's price.
// Outside   one index per product for the world beyond the controlling regions, by the same rule on need
//           over receipts: it can leave the origin's price, which goods without a licence do not move.

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::dynamics {

namespace {

using namespace world;

double step(const Parameters& parameters, double ln_ratio)
{
    return parameters.price_speed * std::clamp(ln_ratio, -parameters.price_clip, parameters.price_clip);
}

void set_price(const Structure& structure, State& state, std::size_t firm)
{
    const Parameters& parameters = structure.parameters;
    double& price = state.firm.price[firm];
    const double base_price = state.firm.base_price[firm];
    const double supply0 = state.firm.expected_orders[firm];
    const double asked = static_cast<double>(state.firm.open_orders[firm]) +
                         static_cast<double>(state.firm.owed[firm]) / parameters.price_backlog_days;
    if (supply0 <= 0 || asked <= 0 || (asked == supply0 && price == base_price)) return;
    const double offered = std::min(static_cast<double>(structure.firms.capacity[firm]),
                                    supply0 * std::pow(price / base_price, parameters.supply_elasticity));
    if (offered > 0) price *= std::exp(step(parameters, std::log(asked / offered)));
}

void set_outside_prices(const Structure& structure, State& state)
{
    const Parameters& parameters = structure.parameters;
    std::vector<std::uint8_t> inside(structure.regions.size(), 0);
    for (const Control& control : structure.policy.controls) inside[control.region] = 1;
    std::vector<double> need(structure.products.size(), 0.0);
    std::vector<double> received(structure.products.size(), 0.0);
    const auto& published = state.published;  // of yesterday: today's sums are taken after this phase
    for (std::size_t row = 0; row < structure.rows.size(); ++row) {
        const Block& block = structure.blocks[structure.rows[row].block];
        if (inside[block.region] != 0 || block.role == Role::kExporter) continue;
        need[structure.rows[row].product] += static_cast<double>(published.need[row]);
        received[structure.rows[row].product] += static_cast<double>(published.received[row]);
    }
    for (std::size_t product = 0; product < need.size(); ++product) {
        double& price = state.outside_price[product];
        const double base = structure.products[product].price;
        if (need[product] <= 0 || (need[product] == received[product] && price == base)) continue;
        const double ratio = need[product] / std::max(received[product], need[product] * 1e-3);
        const double pull = (parameters.demand_elasticity + parameters.supply_elasticity) * std::log(price / base);
        price *= std::exp(step(parameters, std::log(ratio) - pull));
    }
}

}  // namespace

void set_prices(const Structure& structure, const StepContext& context, State& state)
{
    const auto history = structure.price_history_days();
    const std::size_t today = static_cast<std::size_t>(context.day) % history;
    const bool fixed = structure.parameters.price_speed == 0;
    core::parallel_for(structure.n_firms(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t firm = begin; firm < end; ++firm) {
            if (structure.blocks[structure.firms.block[firm]].product == kNone) continue;
            if (!fixed) set_price(structure, state, firm);
        }
    });
    if (!fixed) set_outside_prices(structure, state);
    // Dispatch of tomorrow is valued at the price set today.
    core::parallel_for(structure.n_firms(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t firm = begin; firm < end; ++firm) {
            state.firm.price_history[firm * history + (today + 1) % history] = nano_dollars(state.firm.price[firm]);
        }
    });
}

}  // namespace chokepoint::dynamics
