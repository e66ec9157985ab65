// What a rule can watch, when it fires, what it changes and how that is taken back.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <map>

using namespace chokepoint;
using namespace chokepoint::test;
using core::Date;
using scenario::Condition;
using scenario::Rule;
using scenario::Scenario;
using Kind = scenario::Condition::Kind;

namespace {

// One buyer in XBB, the control with routine, slow and suspended, nothing decided late.
Scenario one_buyer()
{
    Scenario s = clients_world({{"buyer", "XBB", 1000}});
    add_licensing(s, 0).postures.push_back({"slow", 0.3, 1, 0, 0.4});
    return s;
}

Condition condition(Kind kind, const std::string& subject, double level = 0, bool below = false, int window = 0)
{
    Condition out;
    out.kind = kind;
    out.subject = subject;
    out.level = level;
    out.below = below;
    out.window = window;
    return out;
}

Rule rule_of(Condition when, const std::string& posture = "suspended", int after = 0)
{
    Rule rule = tariff_rule(0, 0, posture, after);
    rule.when = {std::move(when)};
    return rule;
}

Rule raises(const std::string& id, Condition when, const std::string& flag)
{
    return {id, {std::move(when)}, "", "", {"then", 0, {}, {}, {flag}, {}}, {}, 0};
}

// Postures toward XBB as they change: day -> posture.
std::map<int, std::string> postures(const Scenario& scenario, int days)
{
    Model model(scenario);
    std::map<int, std::string> out;
    std::string last = "routine";
    model.run_to(days - 1, [&](int day, const world::State& state) {
        const auto& now = model.structure.policy.controls[0].postures[state.authority[0].posture[model.region("XBB")]].id;
        if (now != last) out[day] = last = now;
    });
    return out;
}

using Changes = std::map<int, std::string>;

// Duty of 105 % and 95 % by turns, five days each, from day 20 to day 99; then 30 %.
std::vector<std::pair<int, double>> hovering()
{
    std::vector<std::pair<int, double>> out;
    for (int day = 20; day < 100; day += 5) out.emplace_back(day, day % 10 == 0 ? 1.05 : 0.95);
    out.emplace_back(100, 0.3);
    return out;
}

int firings(const Scenario& s)
{
    Model model(s);
    model.run_to(150);
    return model.state.policy.rules[0].firings;
}

std::string text_of(const Model& model, const std::string& kind, int day)
{
    for (const auto& event : model.state.events)
        if (event.kind == kind && event.day == day) return event.text;
    return "";
}

}  // namespace

TEST_CASE("hysteresis keeps a rule from firing again while its tariff hovers around the level")
{
    Scenario s = one_buyer();
    add_tariff(s, 0.3, hovering());
    s.rules = {tariff_rule(1.0, 0, "suspended", 0)};
    CHECK(firings(s) == 8);  // days 20, 30, ... 90
    s.rules[0].when[0].hysteresis = 0.95;
    CHECK(firings(s) == 8);  // at the second level it is over
    s.rules[0].when[0].hysteresis = 0.94;
    CHECK(firings(s) == 1);
    s.rules[0].when[0].hysteresis.reset();
    s.rules[0].at_most = 3;
    CHECK(firings(s) == 3);
}

// Above the level on days 20-24, 30-34 and 40-44: decided on day 20, in effect 25 days later, whatever comes between.
TEST_CASE("a decision once taken is carried out on its day")
{
    Scenario s = one_buyer();
    std::vector<std::pair<int, double>> rates;
    for (int day = 20; day < 50; day += 10) {
        rates.emplace_back(day, 1.05);
        rates.emplace_back(day + 5, 0.3);
    }
    add_tariff(s, 0.3, rates);
    s.rules = {tariff_rule(1.0, 0, "suspended", 25)};
    CHECK(postures(s, 120) == Changes{{45, "suspended"}});
    CHECK(firings(s) == 1);
}

TEST_CASE("before it holds a condition must be beyond its own level every day")
{
    Scenario s = one_buyer();
    add_tariff(s, 0.3, hovering());
    s.rules = {tariff_rule(1.0, 6, "suspended", 0)};  // it never stays above for six days
    s.rules[0].when[0].hysteresis = 0.5;
    CHECK(firings(s) == 0);
    s.rules[0].when[0].for_days = 5;
    CHECK(firings(s) == 1);
}

TEST_CASE("below is above turned round")
{
    Scenario s = one_buyer();
    add_tariff(s, 1.2, hovering());
    s.rules = {rule_of(condition(Kind::kTariff, "xbb_on_xaa", 1.0, true))};
    CHECK(postures(s, 150) == Changes{{25, "suspended"}});
    CHECK(firings(s) == 8);  // 25, 35, ... 95: the last spell goes on
    s.rules[0].when[0].hysteresis = 1.06;
    CHECK(firings(s) == 1);
    s.rules[0].when[0].level = 0.3;  // just at the level
    CHECK(firings(s) == 0);
}

// Raised on Tuesday 30 September. Working days after it: 9 and 10 October, and Saturday the 11th, made up.
TEST_CASE("a delay counts working days of the authority over a holiday")
{
    Scenario s = one_buyer();
    s.regions[0].calendar = china_2025();
    const auto day = [&](int month, int of) { return Date::from_ymd(2025, month, of) - s.time.start; };
    add_tariff(s, 0.3, {{day(9, 30), 1.45}});
    s.rules = {tariff_rule(1.0, 0, "suspended", 3)};
    CHECK(postures(s, 300) == Changes{{day(10, 11), "suspended"}});
}

TEST_CASE("every condition of a rule must hold")
{
    Scenario s = one_buyer();
    add_tariff(s, 0.3, {{20, 1.45}, {60, 0.3}});
    s.rules = {tariff_rule(1.0, 0, "suspended", 0)};
    Condition dates;
    dates.from = s.time.start + 40;
    dates.until = s.time.start + 50;
    s.rules[0].when.push_back(dates);
    s.rules[0].restored = {{"back", 0, {"XBB"}, {"routine"}, {}, {}}};
    CHECK(postures(s, 100) == Changes{{40, "suspended"}, {50, "routine"}});
    s.rules[0].when[1].from = s.time.start + 60;  // the duty is down again
    s.rules[0].when[1].until.reset();
    CHECK(postures(s, 100).empty());
}

// Every day is a working day here.
TEST_CASE("once restored a destination is slow for some days, then routine")
{
    Scenario s = one_buyer();
    add_tariff(s, 0.3, {{100, 1.45}, {160, 0.3}});
    s.rules = {tariff_rule(1.0, 0, "suspended", 10)};
    s.rules[0].restored = {{"ease", 2, {"XBB"}, {"slow"}, {}, {}}, {"normal", 22, {"XBB"}, {"routine"}, {}, {}}};
    CHECK(postures(s, 250) == Changes{{110, "suspended"}, {162, "slow"}, {182, "routine"}});

    SECTION("a condition that holds again drops the steps not yet taken")
    {
        auto& points = s.tariffs[0].layers[0].points;
        points.push_back({s.time.start + 170, 1.45});
        points.push_back({s.time.start + 200, 0.3});
        CHECK(postures(s, 250) == Changes{{110, "suspended"}, {162, "slow"}, {180, "suspended"}, {202, "slow"}, {222, "routine"}});
    }
    SECTION("a rule that may not fire again finishes its way back")
    {
        s.tariffs[0].layers[0].points.push_back({s.time.start + 170, 1.45});
        s.rules[0].at_most = 1;
        CHECK(postures(s, 250) == Changes{{110, "suspended"}, {162, "slow"}, {182, "routine"}});
    }
    SECTION("a condition that is over before the delay has passed cancels the decision")
    {
        s.tariffs[0].layers[0].points[1].date = s.time.start + 110;
        CHECK(postures(s, 250).empty());
        s.rules[0].restored.clear();  // without a way back it is carried out
        CHECK(postures(s, 250) == Changes{{110, "suspended"}});
    }
}

TEST_CASE("a way back by rule is the same run as one by date")
{
    Scenario s = clients_world({{"buyer", "XBB", 40e6}});
    add_file_queue(s, 0, 1e6, 60);
    add_tariff(s, 0.30, {{100, 1.45}, {160, 0.30}});
    s.rules = {tariff_rule(1.0, 0, "suspended", 10)};
    Scenario by_date = s;
    by_date.licensing[0].toward[0].changes = {{s.time.start + 160, "routine"}};
    s.rules[0].restored = {{"back", 0, {"XBB"}, {"routine"}, {}, {}}};
    Model a(s), b(by_date);
    std::int64_t granted = 0, differ = 0;
    for (int day = 0; day < 300; ++day) {
        a.run_to(day);
        b.run_to(day);
        granted += a.state.published.licences[1].granted;
        differ += a.state.published.licences[1].granted != b.state.published.licences[1].granted;
    }
    CHECK(granted > 1000);
    CHECK(differ == 0);
}

// Nothing is granted from day 20, so stock runs out; when five days are summed, more than half of need is
// unmet once three days were short, and the rule reads it the morning after.
TEST_CASE("a rule watches published shortage")
{
    Scenario s = one_buyer();
    s.flags = {{"short", {}, {}}};
    s.licensing[0].toward[0].changes = {{s.time.start + 20, "suspended"}};
    Condition shortage = condition(Kind::kShortage, "", 0.5, false, 5);
    shortage.buyers = {"buyer"};
    s.rules = {raises("alarm", shortage, "short")};
    Model model(s);
    int first_short = -1, raised = -1;
    model.run_to(120, [&](int day, const world::State& state) {
        const auto row = model.row("buyer", "magnet");
        const auto unmet = state.published.need[row] - state.published.use[row];
        if (first_short < 0 && unmet == state.published.need[row]) first_short = day;
        if (raised < 0 && state.policy.flags[0] != 0) raised = day;
    });
    REQUIRE(first_short > 20);
    CHECK(raised == first_short + 3);
    const std::string why = text_of(model, "flag", raised);
    CHECK(why.find("unmet need of buyer over 5 d at 60 % (above 50 %)") != std::string::npos);
    Condition other = shortage;
    other.products = {"oxide"};  // nothing else is used, so nothing is short
    s.rules = {raises("alarm", other, "short")};
    Model none(s);
    none.run_to(120);
    CHECK(none.state.policy.rules[0].firings == 0);
}

// Files granted in the window over files decided in it or pending longer than the minimum review, from
// what was published up to the day before.
TEST_CASE("a rule watches the share of files granted")
{
    constexpr int kWindow = 20, kReview = 5;
    Scenario s = clients_world({{"buyer", "XBB", 40e6}});
    s.regions[0].calendar = china_2025();
    s.buyers[0].firms = 20;
    scenario::Licensing& l = add_file_queue(s, 10, 1e6, 20);  // some 40 come a day, weekends as well
    l.minimum_review_days = kReview;
    l.postures[0].approval = 0.95;
    l.resubmit_days = 1;
    s.flags = {{"stalled", {}, {}}};
    Condition granted = condition(Kind::kGranted, "control", 0.5, true, kWindow);
    granted.toward = {"XBB"};
    s.rules = {raises("stall", granted, "stalled")};
    Model model(s);
    std::vector<world::LicenceCounts> published;
    int below = -1, compared = 0;
    model.run_to(150, [&](int day, const world::State& state) {
        CAPTURE(day);
        std::int64_t yes = 0, decided = 0, young = 0;
        int working = 0;
        for (int d = day - 1; d >= 0; --d) {
            const auto& counts = published[static_cast<std::size_t>(d)];
            if (d >= day - kWindow) yes += counts.granted;
            if (d >= day - kWindow) decided += counts.granted + counts.refused;
            if (working < kReview) young += counts.filed;
            working += s.regions[0].calendar.is_working_day(s.time.start + d);
        }
        const std::int64_t pending = day == 0 ? 0 : published.back().in_review - young;
        REQUIRE(pending >= 0);
        if (decided + pending > 0) {
            const double share = 1e6 * static_cast<double>(yes) / static_cast<double>(decided + pending);
            CHECK(state.policy.rules[0].conditions[0].seen == Approx(share));
            if (below < 0 && share < 0.5e6) below = day;
            ++compared;
        }
        CHECK((state.policy.flags[0] != 0) == (below >= 0 && day >= below));
        published.push_back(state.published.licences[1]);
    });
    CHECK(compared > 100);
    CHECK(below > 10);  // not before there are files old enough
}

TEST_CASE("a rule watches a price, outside or at origin, as published the day before")
{
    for (const bool outside : {true, false}) {
        CAPTURE(outside);
        Scenario s = small_world();
        if (outside) {  // a freeze lifts the price outside, growing need the one at origin
            add_licensing(s, 10).toward[0].changes = {{s.time.start + 20, "suspended"}};
            s.licensing[0].toward[1].changes = {{s.time.start + 20, "suspended"}};
        } else {
            for (auto& buyer : s.buyers) buyer.growth = 1;
        }
        s.flags = {{"moved", {}, {}}};
        const double level = outside ? 1.2 : 1.01;
        Condition price = condition(Kind::kPrice, "magnet", level);
        if (!outside) price.origin = "XAA";
        s.rules = {raises("price", price, "moved")};
        Model model(s);
        double before = 50;
        int first = -1;
        model.run_to(150, [&](int day, const world::State& state) {
            CAPTURE(day, before);
            CHECK(state.policy.rules[0].conditions[0].seen == Approx(1e6 * before / 50));
            if (first < 0 && before > 50 * level) first = day;
            CHECK((state.policy.flags[0] != 0) == (first >= 0));
            before = outside ? state.published.price_outside[model.product("magnet")]
                             : state.published.price_origin[model.product("magnet")];
        });
        CHECK(first > 20);
    }
}

TEST_CASE("flags are raised and lowered by date")
{
    Scenario s = one_buyer();
    s.flags = {{"dated", s.time.start + 30, s.time.start + 50}, {"before", s.time.start - 9, s.time.start - 3}, {"still", s.time.start - 9, {}}};
    Rule raised = rule_of(condition(Kind::kFlag, "dated"), "slow");
    Rule lowered = rule_of(condition(Kind::kFlag, "dated"), "suspended");
    lowered.when[0].lowered = true;
    Condition later;
    later.from = s.time.start + 1;
    lowered.when.push_back(later);
    s.rules = {raised, lowered};
    CHECK(postures(s, 100) == Changes{{1, "suspended"}, {30, "slow"}, {50, "suspended"}});
    Model model(s);
    CHECK(model.state.policy.flags == std::vector<std::uint8_t>{0, 0, 1});
}

// The first rule raises its flag on the day of the duty, the second sees it the day after, in either order.
TEST_CASE("a rule may watch a flag that another raises")
{
    Scenario s = one_buyer();
    s.flags = {{"broken", {}, {}}};
    add_tariff(s, 0.3, {{40, 1.45}, {70, 0.3}});
    Rule alarm = raises("alarm", condition(Kind::kTariff, "xbb_on_xaa", 1.0), "broken");
    alarm.restored = {{"calm", 0, {}, {}, {}, {"broken"}}};
    Rule answer = rule_of(condition(Kind::kFlag, "broken"));
    answer.restored = {{"back", 5, {"XBB"}, {"routine"}, {}, {}}};
    for (const bool turned : {false, true}) {
        s.rules = {alarm, answer};
        if (turned) std::reverse(s.rules.begin(), s.rules.end());
        CHECK(postures(s, 120) == Changes{{41, "suspended"}, {76, "routine"}});
    }
}

TEST_CASE("two readings of one commitment are two runs")
{
    std::vector<std::int64_t> granted;
    for (const std::string reading : {"us", "cn", "none"}) {
        Scenario s = clients_world({{"buyer", "XBB", 40e6}});
        add_file_queue(s, 0, 1e6, 60);
        s.licensing[0].toward[0].posture = "suspended";
        s.flags = {{"licences_resume", {}, {}}, {"words_only", {}, {}}};
        if (reading != "none") {
            s.commitments = {{"statement", "will suspend or cancel measures", reading, s.time.start + 50,
                              {reading == "us" ? "licences_resume" : "words_only"}}};
        }
        s.rules = {rule_of(condition(Kind::kFlag, "licences_resume"), "routine", 4)};
        Model model(s);
        std::int64_t sum = 0;
        model.run_to(150, [&](int, const world::State& state) { sum += state.published.licences[1].granted; });
        granted.push_back(sum);
        if (reading == "us") {
            CHECK(text_of(model, "commitment", 50) == "\"will suspend or cancel measures\": the scenario takes the reading it calls us");
            CHECK(text_of(model, "flag", 50) == "raised by commitment statement");
            CHECK(text_of(model, "rule", 50) == "flag licences_resume is raised: acts on 2025-02-24, 4 wd later");
            CHECK(text_of(model, "posture", 54) == "suspended becomes routine by rule rule, 4 wd after flag licences_resume is raised");
        }
    }
    CHECK(granted[0] > 1000);
    CHECK(granted[1] == 0);
    CHECK(granted[2] == 0);
}

TEST_CASE("events say what was seen, against which level, and when the rule acts")
{
    Scenario s = one_buyer();
    add_tariff(s, 0.3, {{20, 1.45}, {60, 0.3}});
    s.rules = {tariff_rule(1.0, 5, "suspended", 3)};
    s.rules[0].restored = {{"back", 2, {"XBB"}, {"routine"}, {}, {}}};
    Model model(s);
    model.run_to(80);
    CHECK(text_of(model, "rule", 24) == "xbb_on_xaa at 145 % (above 100 % for 5 d): acts on 2025-01-28, 3 wd later");
    CHECK(text_of(model, "posture", 27) == "routine becomes suspended by rule rule, 3 wd after xbb_on_xaa at 145 % (above 100 % for 5 d)");
    CHECK(text_of(model, "rule", 60) == "its condition is over: xbb_on_xaa at 30 % (above 100 % for 5 d)");
    CHECK(text_of(model, "posture", 62) == "suspended becomes routine by rule rule (back), 2 wd after its condition was over on 2025-03-02");
}

// A freeze that nobody announced: the posture stops approvals, buyers read little into it.
TEST_CASE("a destination can be frozen without any rule, with a weak signal")
{
    std::vector<std::int64_t> ordered;
    for (const double signal : {0.05, 0.6}) {
        Scenario s = clients_world({{"frozen", "XBB", 1000}, {"free", "XCC", 1000}});
        s.behaviour.gap_share = 1;
        s.behaviour.lead_up = 0;
        add_licensing(s, 0).postures.push_back({"freeze", 0, 0, 0, signal});
        s.licensing[0].toward[0].changes = {{s.time.start + 60, "freeze"}};
        Model model(s);
        std::int64_t sum = 0;
        model.run_to(120, [&](int day, const world::State& state) {
            for (std::size_t in = 0; in < model.structure.n_links(); ++in) sum += state.link.period_order[in];
            if (day < 62) return;
            CHECK(state.published.licences[model.region("XBB")].granted == 0);
        });
        CHECK(model.state.published.licences[model.region("XCC")].in_review == 0);
        for (const auto& event : model.state.events) CHECK(event.kind != "rule");
        ordered.push_back(sum);
    }
    CHECK(ordered[1] > ordered[0]);
}
