// Rules, flags, commitments and announced changes as they arrive in the typed scenario.

#include "support.hpp"
#include "support/catch.hpp"

using namespace chokepoint;
using scenario::Condition;
using scenario::Scenario;
using Kind = scenario::Condition::Kind;

namespace {

std::string date(core::Date at) { return at.to_string(); }
using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a rule, its way back and its limit")
{
    const Scenario s = test::load_good("rules").central();
    REQUIRE(s.rules.size() == 4);
    const auto& rule = s.rules[0];
    CHECK(rule.when.size() == 1);
    CHECK(rule.when[0].subject == "usa_on_chn");
    CHECK(*rule.when[0].hysteresis == Approx(0.6));
    CHECK(rule.by == "CHN");  // the authority of its control
    REQUIRE(rule.restored.size() == 2);
    CHECK(rule.restored[0].id == "ease");  // by delay, not as written
    CHECK(rule.restored[1].after == 25);
    CHECK(rule.restored[1].toward == Ids{"USA", "DEU", "EUX"});
    CHECK(rule.at_most == 2);
    CHECK(s.rules[1].at_most == 0);
}

TEST_CASE("what a rule can watch")
{
    const Scenario s = test::load_good("rules").central();
    const Condition& shortage = s.rules[2].when.at(0);
    CHECK(shortage.kind == Kind::kShortage);
    CHECK(shortage.buyers == Ids{"auto_usa"});
    CHECK(shortage.products == Ids{"magnet_hre", "magnet_std"});
    CHECK(shortage.window == 20);
    const auto& when = s.rules[3].when;
    REQUIRE(when.size() == 6);
    CHECK(when[0].kind == Kind::kFlag);
    CHECK(when[1].kind == Kind::kGranted);
    CHECK(when[1].toward == Ids{"USA", "DEU", "EUX"});
    CHECK(when[1].below);
    CHECK(*when[1].hysteresis == Approx(0.4));
    CHECK(when[2].kind == Kind::kPrice);
    CHECK(when[2].origin.empty());
    CHECK(when[3].origin == "CHN");
    CHECK(when[4].kind == Kind::kDates);
    CHECK(when[5].lowered);
    CHECK(s.rules[3].then.raise == Ids{"words_only"});
    CHECK(s.rules[3].then.lower == Ids{"alarm"});
    // Left out, a share granted counts every destination of the control.
    const Scenario all = test::load_good("rules", {"rules.answer.when.all.stalled.granted.toward=null"}).central();
    CHECK(all.rules[3].when[1].toward == Ids{"USA", "DEU", "EUX", "VNM"});
    // Regions alone select every buyer there.
    const Scenario there = test::load_good("rules", {"rules.shortage.when.shortage={ region: USA }"}).central();
    CHECK(there.rules[2].when[0].buyers == Ids{"auto_usa", "other_usa", "defense_usa"});
}

TEST_CASE("the reading of a commitment is one line")
{
    const Scenario cn = test::load_good("rules").central();
    const Scenario us = test::load_good("rules", {"commitments.joint_statement.reading=us"}).central();
    CHECK(cn.commitments.at(0).raise == Ids{"words_only"});
    CHECK(us.commitments.at(0).raise == Ids{"licences_resume"});
}

TEST_CASE("an announced change that was withdrawn leaves no duty, a renewal on a flag may lapse")
{
    const Scenario s = test::load_good("rules").central();
    const auto& layer = s.tariffs[0].layers[2];
    REQUIRE(layer.announced.size() == 1);
    CHECK(date(layer.announced[0].announced) == "2025-10-10");
    CHECK(date(layer.announced[0].date) == "2025-11-01");
    CHECK(date(layer.announced[0].until) == "2025-10-30");
    CHECK(layer.announced[0].change == Approx(1.0));
    CHECK(date(layer.points.back().date) == "2026-11-10");
    for (const auto& point : layer.points) CHECK(date(point.date) != "2025-11-01");
    REQUIRE(layer.lapses.size() == 1);
    CHECK(date(layer.lapses[0].decided) == "2025-11-10");
    CHECK(date(layer.lapses[0].from) == "2025-11-10");
    CHECK(date(layer.lapses[0].until) == "2026-11-10");
    CHECK(layer.lapses[0].change == Approx(0.24));
    // Carried out, it is announced until its date, as a level as well.
    const std::string hundred = "tariffs.usa_on_chn.layers.reciprocal.changes.hundred.";
    const Scenario done = test::load_good("rules", {hundred + "withdrawn=null", hundred + "change=null", hundred + "rate=150 %"}).central();
    const auto& with = done.tariffs[0].layers[2];
    CHECK(date(with.announced.at(0).until) == "2025-11-01");
    CHECK(with.announced[0].change == Approx(1.5 - 0.1));  // 10 % are left of the layer under the truce
    CHECK(with.points.back().rate == Approx(1.5));
    // What a set rate swallowed cannot come back when a renewal lapses later.
    CHECK(with.lapses.empty());
}
