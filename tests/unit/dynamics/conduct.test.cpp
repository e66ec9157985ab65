// What buyers do about a shortage beside ordering: each behaviour against the same buyer without it.

#include "support/catch.hpp"
#include "support/small_world.hpp"
#include "support/supply.hpp"

#include <algorithm>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

struct Outcome {
    double lost = 0;         // [d of output] less what was made up
    double most_output = 0;  // of a day, over base output
};

// 37.5 days of output are lost (A27, 30 days of cover); after the cut 1200 g a day arrive.
Outcome after_a_stop(const scenario::Scenario& s, int days = 700)
{
    Model model(s);
    Outcome out;
    const auto cut = cut_from_day_10(1000, 0.75, 90);
    run_supplied(model, days, [&](int day) { return day < 100 ? cut(day) : 1200; }, [&](int) {
        out.lost += days_lost(model);
        out.most_output = std::max(out.most_output, 1 - days_lost(model));
    });
    return out;
}

double days_lost_today(const Model& model)
{
    const std::uint32_t firm = model.structure.slots.firm[0];
    return static_cast<double>(model.state.firm.wanted[firm] - model.state.firm.output[firm]) /
           static_cast<double>(model.structure.firms.base_output[firm]);
}

}  // namespace

TEST_CASE("a share of lost output is made up, at most a tenth of base output a day")
{
    scenario::Scenario s = one_buyer(30);
    const Outcome never = after_a_stop(s);
    CHECK(never.lost == Approx(37.5).margin(0.05));
    CHECK(never.most_output == 1);
    s.behaviour.conduct.catch_up = 0.4;
    const Outcome some = after_a_stop(s);
    CHECK(some.lost == Approx(37.5 * 0.6).margin(0.05));
    CHECK(some.most_output == Approx(1.1));
    s.behaviour.conduct.catch_up_cap = 0.05;
    CHECK(after_a_stop(s).most_output == Approx(1.05));
    CHECK(after_a_stop(s, 101 + 100).lost == Approx(37.5 - 5).margin(0.1));  // 100 days at 5 %
    s.buyers[0].conduct.catch_up = 1.0;  // in place of what all do
    CHECK(after_a_stop(s, 1000).lost == Approx(0).margin(0.05));
    s.buyers[0].conduct.catch_up = 0.0;
    CHECK(after_a_stop(s).lost == never.lost);
}

// What is made up was not wanted today: it is no unmet need while it waits, and it is use when it comes.
TEST_CASE("output made up takes its inputs from stock and leaves the need of the day as it is")
{
    scenario::Scenario s = one_buyer(30);
    s.behaviour.conduct.catch_up = 1;
    Model model(s);
    std::int64_t use = 0, output = 0;
    const auto cut = cut_from_day_10(1000, 0.75, 90);
    run_supplied(model, 700, [&](int day) { return day < 100 ? cut(day) : 1200; }, [&](int) {
        REQUIRE(model.state.slot.need[0] == 1000);
        use += model.state.slot.use[0];
        output += model.state.firm.output[model.structure.slots.firm[0]];
    });
    CHECK(output == Approx(700'000).margin(2));
    CHECK(use == output);
}

TEST_CASE("inputs for output made up are bid for like need")
{
    for (const double chi : {0.0, 1.0}) {
        scenario::Scenario s = one_buyer(30);
        s.behaviour.price_speed = 0.05;
        s.behaviour.conduct.catch_up = chi;
        Model model(s);
        const std::uint32_t row = model.row("buyer", "magnet");
        model.state.published.need[row] = 1000;
        model.state.published.use[row] = 1100;
        model.state.published.stock[row] = model.structure.slots.base_stock[0];
        dynamics::set_prices(model.structure, model.context(0), model.state);
        CHECK((model.state.outside_price[0] > 1) == (chi > 0));
    }
}

// An important input that is gone leaves half the output, and uses none of what is not there.
TEST_CASE("an important input halves what a critical one stops")
{
    scenario::Scenario s = one_buyer(10);
    s.buyers[0].uses[0].critical = scenario::Criticality::kImportant;
    Model model(s);
    run_supplied(model, 60, [](int day) { return day < 10 ? 1000 : 0; });
    CHECK(days_lost(model) == 0.5);
    CHECK(model.state.slot.use[0] == 0);
    CHECK(model.state.slot.stock[0] == 0);
}

TEST_CASE("precaution is a buyer's or a maker's, and a block's own counts first")
{
    const auto lost = [](scenario::Scenario s) {
        Model model(s);
        model.state.slot.stock[0] = 15'000;  // half of the 30 days wanted
        dynamics::produce(model.structure, model.context(0), model.state);
        return days_lost_today(model);
    };
    scenario::Scenario s = one_buyer(30);
    CHECK(lost(s) == 0);
    s.behaviour.conduct.precaution = 0.8;
    CHECK(lost(s) == 1 - 15 / 24.0);
    s.buyers[0].conduct.precaution = 0.0;
    CHECK(lost(s) == 0);
    scenario::Scenario chain = small_world();
    chain.behaviour.conduct.precaution = 0.8;
    const Model model(chain);
    CHECK(model.structure.conduct.blocks[model.block("makers")].precaution == 0.8);
    CHECK(model.structure.conduct.blocks[model.block("distributors")].precaution == 0);
}
