// Options that take away what the daily engine has: transport, a book of orders, learnt demand.

#include "dynamics/composite.hpp"
#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include <cmath>
#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

std::uint32_t maker(const Model& model) { return model.structure.blocks[model.block("maker")].first_firm; }

// A maker of 1000 g/d that is out of order on days [from, until), one client abroad five days away.
scenario::Scenario world_with_outage(int from, int until)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}}, 5);
    s.producers[0].capacity = 1000;
    s.producers[0].finished_cover = 0;
    s.producers[0].growth.outages = {{"stop", "", s.time.start + from, s.time.start + until, 1}};
    return s;
}

}  // namespace

TEST_CASE("instant delivery: what is given out is received, and pays duty, on the day")
{
    scenario::Scenario s = world_with_outage(20, 23);
    add_tariff(s, 0.1, {{10, 0.5}});
    s.output.exports_of = {"XAA"};
    for (const bool instant : {false, true}) {
        CAPTURE(instant);
        s.behaviour.instant_delivery = instant;
        Model model(s);
        const std::size_t cell = model.region("XBB") * model.structure.products.size();
        model.run_to(40, [&](int day, const world::State& state) {
            CAPTURE(day);
            const bool out = day >= 20 && day < 23, lacks = instant ? out : day >= 26 && day < 29;
            const std::int64_t goods = lacks ? 0 : 1000;
            if (day < 23) {
                CHECK(state.slot.received[0] == goods);
                // 1000 g at 1 USD/kg is a dollar: 10 % of it, 50 % from day 10 on, in millionths.
                CHECK(state.published.duty_by_region[model.region("XBB")] == (day < 10 ? 100'000 : 500'000) * goods / 1000);
                if (!out && instant) CHECK(state.published.exports[cell] == 1000);
            }
            if (instant && out) CHECK(state.published.exports[cell] == 0);
        });
        CHECK(model.structure.lanes[0].days == (instant ? 0 : 5));
    }
}

TEST_CASE("instant delivery: stock lasts a day at least, and what is missed is lacked the day after")
{
    scenario::Scenario s = world_with_outage(20, 21);
    s.buyers[0].cover.a = 0;
    s.behaviour.instant_delivery = true;
    s.behaviour.backlog_dropped = true;
    Model model(s);
    CHECK(model.state.slot.stock[0] == 1000);
    model.run_to(40, [&](int day, const world::State& state) {
        CAPTURE(day);
        CHECK(state.slot.use[0] == (day == 21 ? 0 : 1000));
        CHECK(state.slot.on_order[0] == 1000);  // of tomorrow
    });
}

TEST_CASE("a backlog that is dropped is off both books and never delivered")
{
    for (const bool instant : {false, true}) {
        for (const bool dropped : {false, true}) {
            CAPTURE(instant, dropped);
            scenario::Scenario s = world_with_outage(20, 23);
            s.producers[0].capacity = 2000;  // could make up for it
            s.behaviour.instant_delivery = instant;
            s.behaviour.backlog_dropped = dropped;
            Model model(s);
            std::int64_t received = 0, longest_book = 0;
            model.run_to(99, [&](int, const world::State& state) {
                received += state.slot.received[0];
                longest_book = std::max(longest_book, state.link.backlog[0]);
                if (dropped) CHECK(state.firm.owed[maker(model)] == 0);
            });
            CHECK(received == (dropped ? 97'000 : 100'000));
            CHECK(longest_book == (dropped ? 0 : 3000));
            CHECK(model.state.slot.on_order[0] == 1000 * (instant ? 1 : 5));
        }
    }
}

// A maker whose own input is cut by half uses half, and orders half of it; learnt demand would not move.
TEST_CASE("forecasts from output follow what was used and close a gap to what could have been made")
{
    scenario::Scenario s = clients_world({{"buyer", "XAA", 1000}});
    scenario::Product ore = s.products[0];
    ore.id = "ore";
    scenario::Producer mine = s.producers[0];
    mine.id = "mine";
    mine.makes = "ore";
    s.products.push_back(ore);
    s.producers.push_back(mine);
    s.producers[0].cover.a = 4;
    scenario::Input use;
    use.product = "ore";
    use.grams_per_unit = 1;
    s.producers[0].uses = {use};
    s.behaviour.gap_share = 0.25;
    for (const bool output : {false, true}) {
        CAPTURE(output);
        s.behaviour.output_forecast = output;
        Model model(s);
        const std::uint32_t slot = model.structure.firms.slot_begin[maker(model)];
        const std::uint32_t out = model.structure.links.out[model.structure.slots.link_begin[slot]];
        model.run_to(9);
        CHECK(model.state.link.period_order[out] == 1000);
        model.state.slot.stock[slot] = 500;  // of 4000 wanted
        const auto context = model.context(10);
        for (const engine::Phase& phase : engine::phases(model.structure)) {
            if (std::string_view(phase.name) == "arrivals") continue;
            phase.run(model.structure, context, model.state);
            if (std::string_view(phase.name) == "ordering") break;
        }
        // Used 500; nothing left of 4000 wanted, 1000 on the way: 500 + 0.25 (4000 - 1000). Learnt: 1000 + 0.25 (5000 - 1000
        // - 1000 + 500), the 500 of today's orders that could not be made.
        CHECK(model.state.slot.use[slot] == 500);
        CHECK(model.state.link.period_order[out] == (output ? 1250 : 1875));
        model.state.slot.stock[slot] = 9000;  // more than wanted: learnt demand orders less, output what was used
        model.state.slot.use[slot] = 1000;
        dynamics::order(model.structure, context, model.state);
        CHECK((model.state.link.period_order[out] == 1000) == output);
    }
}

// Shares that have left the main source almost wholly: near sigma = 1 the formula has no bound, need has one.
TEST_CASE("a composite that has lost its main source weighs a thousand times as much at most")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    scenario::Producer second = s.producers[0];
    second.id = "second";
    s.producers.push_back(second);
    for (auto& producer : s.producers) producer.capacity = 500;
    for (const auto& [sigma, expected] : {std::pair(4.0, std::pow(2, 4.0 / 3) / 2), {1.01, 1000.0}}) {
        CAPTURE(sigma);
        s.behaviour.sigma = sigma;
        Model model(s);
        REQUIRE(model.structure.n_links() == 2);
        CHECK(dynamics::tonnes_per_unit(model.structure, model.state, 0) == 1);
        model.state.link.share[0] = 0;
        model.state.link.share[1] = 1;
        CHECK(dynamics::tonnes_per_unit(model.structure, model.state, 0) == Approx(expected).epsilon(1e-12));
    }
}

TEST_CASE("an input's own cover is held in place of its block's")
{
    scenario::Scenario s = clients_world({{"buyer", "XAA", 1000}, {"other", "XAA", 1000}});
    s.buyers[0].uses[0].cover = scenario::FirmDistribution{scenario::FirmDistribution::Kind::kConstant, 90, 0, 0};
    Model model(s);
    REQUIRE(model.structure.n_slots() == 2);
    CHECK(model.structure.slots.cover == std::vector<double>{90, 30});
    CHECK(model.state.slot.stock == std::vector<std::int64_t>{90'000, 30'000});
}
