// Phase 4. Demand is smoothed from what was wanted, never from what was received (a stop would
// otherwise shrink orders). Waiting is learnt slowly upwards and more slowly downwards.

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "adapt.hpp"
#include "control.hpp"
#include "forecast.hpp"

#include "chokepoint/world/season.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::dynamics {

namespace {

using namespace world;

constexpr double kRateDays = 30;    // averaging of what is granted [d]
constexpr double kLeastRate = 0.15; // of base flow: the slowest clearing a buyer will believe

// Today's activity wanted, with the season taken out.
double deseasonalised(const Structure& structure, const State& state, std::size_t firm, const Block& block, int day)
{
    const auto base = static_cast<double>(structure.firms.base_output[firm]);
    if (block.product != kNone) {
        // From clients that need no licence; what a freeze does to the others says nothing of demand.
        const double expected = state.firm.expected_orders[firm];
        if (expected <= 0) return state.firm.demand[firm];
        const auto orders = static_cast<double>(state.firm.open_orders[firm]);
        return expected == base ? orders : orders * (base / expected);
    }
    const double work = structure.conduct.work_of(structure.firms.block[firm], block.region, day);
    if (work == 0) return state.firm.demand[firm];  // a day of rest says nothing of demand
    const double season = season_of_firm(structure, firm, block.region, day) * work;
    const auto wanted = static_cast<double>(state.firm.wanted[firm]);
    return season == 1.0 ? wanted : wanted / season;
}

bool is_announced_today(const Control& control, std::uint16_t product, int day)
{
    return std::any_of(control.lists.begin(), control.lists.end(), [&](const ControlListRow& list) {
        const bool before_start = day == 0 && list.announced < 0 && list.from > 0;  // known when the run begins
        return list.covers[product] != 0 && (list.announced == day || before_start);
    });
}
bool is_announced(const Control& control, std::uint16_t product, int day)
{
    return std::any_of(control.lists.begin(), control.lists.end(), [&](const ControlListRow& list) {
        return list.covers[product] != 0 && day >= list.announced && day < list.from;
    });
}

void learn_wait(const Structure& structure, State& state, std::size_t border, int day)
{
    const Parameters& parameters = structure.parameters;
    const Control& control = structure.policy.controls[structure.border.control[border]];
    BorderState& b = state.border;
    const auto base = static_cast<double>(structure.border_base(border));
    double& wait = b.wait[border];
    double observed = 0;
    const AuthorityState& authority = state.authority[structure.border.control[border]];
    const bool announced = is_announced_today(control, structure.border.product[border], day);
    if (wait == 0 && b.customs[border] == 0 && !authority.in_force && !announced) return;  // nothing to learn
    if (announced) wait += parameters.announcement * (control.announced_wait - wait);
    if (!is_covered(structure, state, border)) {
        // Announced and not yet in force: what was expected stays expected.
        if (is_announced(control, structure.border.product[border], day)) return;
        observed = static_cast<double>(b.customs[border]) / base;
    } else {
        double& rate = b.grant_rate[border];
        rate += (static_cast<double>(b.granted[border]) - rate) / kRateDays;
        const auto queue = static_cast<double>(b.unfiled[border] + b.filed[border]);
        double age = 0;
        if (b.head[border] != kNoFile) age = day - authority.files[b.head[border]].submitted;
        if (queue > 0) observed = std::max(age, queue / std::max(rate, kLeastRate * base));
    }
    b.granted[border] = 0;
    if (observed == wait) return;
    wait += (observed > wait ? parameters.lead_up : parameters.lead_down) * (observed - wait);
    wait = std::min(wait, parameters.wait_cap);
}

}  // namespace

void learn(const Structure& structure, const StepContext& context, State& state)
{
    core::parallel_for(structure.n_firms(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t firm = begin; firm < end; ++firm) {
            const Block& block = structure.blocks[structure.firms.block[firm]];
            learn_from(structure.parameters, state.firm.last_demand, firm, context.day,
                       deseasonalised(structure, state, firm, block, context.day), state.firm.demand[firm]);
            if (!state.conduct.strained.empty()) adapt(structure, state, firm, context.day);
        }
    });
    core::parallel_for(structure.n_border(), kSlotGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t border = begin; border < end; ++border) {
            learn_wait(structure, state, border, context.day);
        }
    });
}

}  // namespace chokepoint::dynamics
