// A1. Without events day 0 is a fixed point: nothing ever changes, to the bit.
//
// Expected: with a review every day the end of a day equals the end of the day before in every stock,
// order, queue, belief and price; with a review every R days it equals the end of day t - R. What is
// stored by day is compared by age. Ten years, 3650 days. Also: no day of shortfall in those years.

#include "support/catch.hpp"
#include "support/full_scenario.hpp"
#include "support/model.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"
#include "support/state_compare.hpp"

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

constexpr int kTenYears = 3650;

void check_stationary(scenario::Scenario scenario, int review, int days)
{
    scenario.behaviour.review_days = review;
    scenario.time.horizon = days;
    Model model(scenario);
    std::vector<world::State> cycle;  // ends of the first R days
    model.run_to(days - 1, [&](int day, const world::State& state) {
        CAPTURE(scenario.name, review, day);
        REQUIRE(state.published.use == state.published.need);
        world::State now = by_age(model.structure, state);
        now.published.mass.clear();  // sums since the start
        if (static_cast<int>(cycle.size()) < review) {
            cycle.push_back(std::move(now));
            return;
        }
        REQUIRE(first_difference(cycle[static_cast<std::size_t>(day % review)], now) == "");
    });
    for (const auto& use : model.state.published.use) CHECK(use > 0);
    for (const auto& mass : model.state.published.mass) CHECK(mass.produced > 0);
}

}  // namespace

TEST_CASE("A1 the small world repeats itself for ten years")
{
    check_stationary(small_world(), 1, kTenYears);
    check_stationary(small_world(), 7, kTenYears);
}

TEST_CASE("A1 worlds of log-normal sizes and covers repeat themselves")
{
    check_stationary(random_world(1), 7, kTenYears);
    for (std::uint64_t seed = 2; seed <= 20; ++seed) check_stationary(random_world(seed), seed % 2 == 0 ? 1 : 7, 120);
}

// Products made from each other and from themselves; the refiners of XAA take back magnets as scrap.
scenario::Scenario circular_world()
{
    scenario::Scenario s = small_world();
    scenario::Input scrap = s.producers[0].uses[0];
    scrap.product = "magnet";
    scrap.grams_per_unit = 0.3;
    s.producers[1].uses = {scrap};  // refiners
    scrap.grams_per_unit = 0.11;
    s.producers[0].uses.push_back(scrap);  // makers
    return s;
}

TEST_CASE("A1 a world that takes back what it made repeats itself")
{
    check_stationary(circular_world(), 1, 1000);
    check_stationary(circular_world(), 7, 1000);
}

TEST_CASE("A1 without transport, without a book of orders, with orders that follow use")
{
    for (int options = 1; options < 8; ++options) {
        const auto limited = [&](scenario::Scenario s) {
            s.behaviour.instant_delivery = (options & 1) != 0;
            s.behaviour.backlog_dropped = (options & 2) != 0;
            s.behaviour.output_forecast = (options & 4) != 0;
            return s;
        };
        for (const int review : {1, 7}) {
            check_stationary(limited(circular_world()), review, 200);
            for (std::uint64_t seed = 1; seed <= 6; ++seed) check_stationary(limited(random_world(seed)), review, 60);
        }
    }
}

TEST_CASE("A1 everything on: worlds without events repeat themselves")
{
    check_stationary(full_world(1), 7, 1000);
    for (std::uint64_t seed = 2; seed <= kFullSeeds; ++seed) check_stationary(full_world(seed), seed % 2 == 0 ? 1 : 7, 120);
}

TEST_CASE("A1 a day of 1.45 duty already in force is a steady state too")
{
    scenario::Scenario s = small_world();
    add_tariff(s, 1.45, {});
    check_stationary(s, 7, 100);
}

TEST_CASE("A1 sees a price or an order that moves")
{
    // The same check on a world with one event must find a difference, or it could not find any.
    scenario::Scenario s = small_world();
    add_tariff(s, 0.0, {{50, 1.45}});
    Model model(s);
    model.run_to(48);
    const world::State before = by_age(model.structure, model.state);
    model.run_to(55);
    CHECK(first_difference(before, by_age(model.structure, model.state)) != "");
}
