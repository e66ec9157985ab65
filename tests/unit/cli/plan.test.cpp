#include "plan.hpp"

#include "support/catch.hpp"
#include "support/small_world.hpp"

#include "chokepoint/world/build.hpp"

using namespace chokepoint;
using Catch::Matchers::Contains;

TEST_CASE("duties are listed by lane with their changes only")
{
    auto scenario = test::small_world();
    // 2025-01-01 + 10 d, + 20 d (no change), + 30 d.
    test::add_tariff(scenario, 0.02, {{10, 0.10}, {20, 0.10}, {30, 0.05}});
    const auto plan = cli::duty_plan(world::build_structure(scenario));
    CHECK(plan ==
          "duties by lane (importer <- origin), as they change\n"
          "  XBB <- XAA (all products): 2 %, 2025-01-11 10 %, 2025-01-31 5 %\n");
    CHECK(cli::duty_plan(world::build_structure(test::small_world())) == "duties: none\n");
}

TEST_CASE("two changes on a day show as one, and those after the horizon not at all")
{
    auto scenario = test::small_world();
    test::add_tariff(scenario, 0.0, {{10, 0.10}, {10, 0.30}, {scenario.time.horizon, 0.5}});
    CHECK_THAT(cli::duty_plan(world::build_structure(scenario)), Contains("): 0 %, 2025-01-11 30 %\n"));
}

TEST_CASE("a licence filed on a policy date matures on working days")
{
    auto scenario = test::small_world();
    auto& control = test::add_licensing(scenario, 12);  // Monday 2025-01-13
    control.deadline_days = 5;
    control.licence_lag_days = 2;
    // Weekends only: a holiday list turns them off without closing any other day in reach.
    scenario.regions[0].calendar = core::WorkingCalendar({core::Date::from_ymd(2025, 1, 21)}, {});
    const auto plan = cli::deadline_plan(world::build_structure(scenario));
    // Mon 13: fifth working day after is Mon 20; two more, Tue 21 being a holiday, is Thu 23.
    CHECK_THAT(plan, Contains("2025-01-13  2025-01-20  2025-01-23            10"));
    CHECK(cli::deadline_plan(world::build_structure(test::small_world())) == "licensing: none\n");
}

TEST_CASE("the plan counts what exists")
{
    const auto plan = cli::counts_plan(world::build_structure(test::small_world()));
    // 8 firms of producers, 3 of exporters, 2 of importers, 16 of buyers.
    CHECK_THAT(plan, Contains("3 regions, 2 products, 7 blocks, 29 firms"));
    CHECK_THAT(plan, Contains("buyers        3 blocks,       16 firms"));
}
