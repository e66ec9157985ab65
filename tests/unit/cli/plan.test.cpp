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

TEST_CASE("a lane too long for the terminal shows its rates below, none cut in two")
{
    auto scenario = test::small_world();
    test::add_tariff(scenario, 0.02, {{10, 0.10}, {20, 0.20}, {30, 0.05}});
    CHECK(cli::duty_plan(world::build_structure(scenario), 45) ==
          "duties by lane (importer <- origin), as they change\n"
          "  XBB <- XAA (all products):\n"
          "    2 %, 2025-01-11 10 %, 2025-01-21 20 %,\n"
          "    2025-01-31 5 %\n");
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
    const auto structure = world::build_structure(scenario);
    const auto plan = cli::filings(structure, structure.policy.controls.at(0), {});
    REQUIRE_FALSE(plan.empty());
    // Mon 13: fifth working day after is Mon 20; two more, Tue 21 being a holiday, is Thu 23.
    CHECK(plan[0].filed.to_string() == "2025-01-13");
    CHECK(plan[0].clock_ends.to_string() == "2025-01-20");
    CHECK(plan[0].in_hand.to_string() == "2025-01-23");
    CHECK(cli::deadline_plan(world::build_structure(test::small_world()), {}) == "licensing: none\n");
}

TEST_CASE("every dated step under the control is a day to file on, once, and says what it is")
{
    auto scenario = test::small_world();
    test::add_licensing(scenario, 12).until = scenario.time.start + 40;
    test::add_tariff(scenario, 0.02, {{5, 0.10}, {20, 0.30}, {30, 0.05}, {50, 0.10}});
    const auto structure = world::build_structure(scenario);
    const std::string tariff = structure.policy.tariffs[0].id, layer = structure.policy.tariffs[0].layers[0].id;
    // A truce named in the scenario, twice on the day of its duty; day 30 is the end of something, which no text names.
    const std::vector<scenario::DatedStep> steps{{scenario.time.start + 20, tariff + " " + layer + " truce"},
                                                 {scenario.time.start + 20, "campaign starts"},
                                                 {scenario.time.start + 5, "before the control"}};
    const auto plan = cli::filings(structure, structure.policy.controls.at(0), steps);
    REQUIRE(plan.size() == 3);  // days 12, 20 and 30: not 5, which is before the control, nor 50, which is after it
    CHECK(plan[0].filed == scenario.time.start + 12);
    CHECK(plan[1].filed == scenario.time.start + 20);
    CHECK(plan[1].steps == std::vector<std::string>{tariff + " " + layer + " truce", "campaign starts"});
    CHECK(plan[2].steps == std::vector<std::string>{tariff + " " + layer + " at 5 %"});
}

TEST_CASE("only a hard deadline reads as a promise")
{
    auto scenario = test::small_world();
    auto& control = test::add_licensing(scenario, 12);
    const auto plan_of = [&](scenario::DeadlineMode mode) {
        control.deadline_mode = mode;
        return cli::deadline_plan(world::build_structure(scenario), {});
    };
    const std::string hard = plan_of(scenario::DeadlineMode::kHard);
    CHECK_THAT(hard, Contains("a decision within") && Contains("decided by") && !Contains("no promise"));
    const std::string stopped = plan_of(scenario::DeadlineMode::kStopClock);
    CHECK_THAT(stopped, Contains("it forces no decision") && Contains("no promise") && Contains("2025-01-13"));
    CHECK_THAT(stopped, !Contains("decided by") && !Contains("in hand by"));
    const std::string none = plan_of(scenario::DeadlineMode::kNone);
    CHECK_THAT(none, Contains("no clock and no deadline") && !Contains("2025-01-13"));
    control.from = scenario.time.start + 10000;
    CHECK_THAT(plan_of(scenario::DeadlineMode::kHard), Contains("not in force within the horizon"));
}

TEST_CASE("the plan counts what exists")
{
    const auto plan = cli::counts_plan(world::build_structure(test::small_world()));
    // 8 firms of producers, 3 of exporters, 2 of importers, 16 of buyers.
    CHECK_THAT(plan, Contains("3 regions, 2 products, 7 blocks, 29 firms"));
    CHECK_THAT(plan, Contains("buyers        3 blocks,       16 firms"));
}

TEST_CASE("the plan says what rules watch and do, what is announced and how a commitment is read")
{
    auto scenario = test::small_world();
    test::add_licensing(scenario, 0);
    test::add_tariff(scenario, 0.1, {{100, 0.34}});
    scenario.flags = {{"kept", {}, {}}};
    scenario.commitments = {{"statement", "suspend or cancel", "us", scenario.time.start + 31, {"kept"}}};
    auto& layer = scenario.tariffs[0].layers[0];
    layer.announced = {{scenario.time.start + 10, scenario.time.start + 50, scenario.time.start + 40, 1.0}};
    layer.lapses = {{scenario.time.start + 60, scenario.time.start + 70, scenario.time.start + 100, "kept", 0.24, -1}};
    auto rule = test::tariff_rule(1.0, 5, "suspended", 10);
    rule.when[0].hysteresis = 0.6;
    rule.restored = {{"back", 3, {"XBB"}, {"routine"}, {}, {"kept"}}};
    rule.at_most = 2;
    scenario.rules = {rule};
    CHECK(cli::rules_plan(world::build_structure(scenario)) ==
          "announced on 2025-01-11: xbb_on_xaa.layer +100 pp from 2025-02-20, withdrawn on 2025-02-10\n"
          "renewal on 2025-03-02: xbb_on_xaa.layer moves by +24 pp on 2025-03-12 unless flag kept is raised\n"
          "commitment statement on 2025-02-01: \"suspend or cancel\": the scenario takes the reading it calls us\n"
          "rule rule: when xbb_on_xaa is above 100 % (over at 60 %) for 5 d, 10 wd later control.XBB becomes suspended\n"
          "  when that is over, 3 wd later control.XBB becomes routine, kept is lowered\n"
          "  at most 2 times\n");
    CHECK(cli::rules_plan(world::build_structure(test::small_world())).empty());
}

TEST_CASE("the plan says what an authority may turn to, and after how long")
{
    auto scenario = test::small_world();
    CHECK(cli::regimes_plan(scenario).empty());
    auto& control = test::add_licensing(scenario, 0);
    control.regimes.from = scenario.time.start + 31;
    control.regimes.first = 1;
    control.regimes.states = {{"closed", "", 0, {{"open", 65}, {"slow", 117.5}}, {}}, {"open", "", 1.27, {}, {{"XBB", "routine"}}}, {"slow", "", 0.2, {{"open", 200}}, {}}};
    control.regimes.dated = {{"talks", scenario.time.start + 40, scenario.time.start + 45, 3}};
    CHECK(cli::regimes_plan(scenario) ==
          "regimes control from 2025-02-01: each member draws what the authority turns to, after the mean time in brackets\n"
          "  closed: 0 % of base flow; turns to open (65 d), slow (118 d)\n"
          "  open, in force then: 127 % of base flow, XBB becomes routine; lasts\n"
          "  slow: 20 % of base flow; turns to open (200 d)\n"
          "  2025-02-10 to 2025-02-14: a change is 3 times as likely\n");
}
