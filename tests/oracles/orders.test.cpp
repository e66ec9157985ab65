// A24. A constant base stock passes demand on unchanged: order = demand, Var(orders) / Var(demand) = 1.
//
// Review every day, forecast frozen, the whole gap ordered, no cap, no hoarding: the target never
// moves, so each day's order restores the position by exactly that day's use. Tolerance 0.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"

#include <cmath>
#include <string_view>

using namespace chokepoint;
using namespace chokepoint::test;

TEST_CASE("A24 a constant base stock orders what was used")
{
    for (const int lane_days : {1, 5, 30}) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}}, lane_days);
        s.behaviour.gap_share = 1;
        s.behaviour.order_cap = 0;
        s.behaviour.demand_smoothing = 0;
        s.behaviour.hoarding = 0;
        Model model(s);
        const std::int64_t base = model.structure.slots.base_need[0];
        REQUIRE(model.structure.n_slots() == 1);
        REQUIRE(base == 1000);
        double sum_demand = 0, sum_demand2 = 0, sum_order = 0, sum_order2 = 0;
        constexpr int kDays = 2000;
        for (int day = 0; day < kDays; ++day) {
            const double z = model.random.normal(core::Stream::kParameter, 1, day);
            const std::int64_t demand = std::llround(1000 + 50 * z);
            const auto context = model.context(day);
            for (const engine::Phase& phase : engine::phases()) {
                // The buyer needs this day's demand; its idea of normal demand stays what it was.
                const bool using_up = std::string_view(phase.name) == "production";
                model.structure.slots.base_need[0] = using_up ? demand : base;
                phase.run(model.structure, context, model.state);
            }
            model.state.day = day;
            CAPTURE(lane_days, day);
            REQUIRE(model.state.slot.use[0] == demand);
            const std::int64_t order = model.state.link.period_order[0];
            REQUIRE(order == demand);
            const auto d = static_cast<double>(demand);
            const auto o = static_cast<double>(order);
            sum_demand += d;
            sum_demand2 += d * d;
            sum_order += o;
            sum_order2 += o * o;
        }
        const double var_demand = sum_demand2 / kDays - std::pow(sum_demand / kDays, 2);
        const double var_order = sum_order2 / kDays - std::pow(sum_order / kDays, 2);
        CHECK(var_demand > 2000);  // about 50^2: the demand did move
        CHECK(var_order / var_demand == 1.0);
    }
}
