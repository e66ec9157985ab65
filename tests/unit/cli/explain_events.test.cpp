#include "explain_slices.hpp"

using namespace chokepoint;
using namespace chokepoint::support;
using Catch::Matchers::Contains;

TEST_CASE("an event concerns a group when it acts on what the group buys, directly or through traders")
{
    record::SliceAxes a = axes();
    a.sellers = {"makers", "distributors", "others"};
    a.seller_roles = {"producer", "importer", "producer"};
    a.seller_products = {"magnet", "magnet", "magnet"};
    a.sources = {"distributors>defense_usa", "makers>distributors", "others>defense_usa"};
    a.source_base = {1, 1, 0};
    a.source_acts = {"", "duty usa_on_chn.fentanyl, control mofcom_18, posture mofcom_18.USA, entities mofcom_18.banned", "duty usa_on_eu.reciprocal"};
    a.stockpiles = {"agency"};
    a.stockpile_serves = {"auto_usa magnet, defense_usa magnet"};
    a.routes = {"via_mexico"};
    a.route_serves = {"auto_usa magnet"};
    a.route_enforcement = {"campaign"};
    const auto acts = cli::acts_on(a, "defense_usa", "");
    const auto says = [&](const char* kind, const char* subject) { return cli::concerns({0, kind, subject, "", 1}, acts); };
    CHECK(says("duty", "usa_on_chn.fentanyl"));
    CHECK(says("posture", "mofcom_18.USA"));
    CHECK(says("entities", "mofcom_18.banned"));
    CHECK(says("capacity", "makers"));
    CHECK(says("stockpile", "agency"));
    CHECK_FALSE(says("duty", "usa_on_chn.section_122"));     // on other goods
    CHECK_FALSE(says("duty", "chn_on_usa.fentanyl"));        // on what the region sells
    CHECK_FALSE(says("duty", "usa_on_eu.reciprocal"));       // nothing is bought there
    CHECK_FALSE(says("posture", "mofcom_18.DEU"));
    CHECK_FALSE(says("entities", "mofcom_18.watched"));      // firms of other groups
    CHECK_FALSE(says("commitment", "joint_statement.usa"));
    CHECK_FALSE(says("enforcement", "campaign"));            // on a route to others
    CHECK_FALSE(cli::acts_on(a, "defense_usa", "oxide").contains("duty usa_on_chn.fentanyl"));
}

TEST_CASE("a change of duty on some goods of its layer is told to those who buy them")
{
    auto a = axes();
    a.sellers = {"makers"};
    a.seller_roles = {"producer"};
    a.seller_products = {"magnet"};
    a.sources = {"makers>defense_usa"};
    a.source_base = {1};
    a.source_acts = {"duty usa_on_chn.reciprocal"};
    record::Slice slice;
    slice.materials = {material()};
    const auto told = [&](const char* text) {
        slice.events = {{0, "duty", "usa_on_chn.reciprocal", text, 4}};
        return cli::events_on(a, cli::buyer_of(a, 0), slice, "").size();
    };
    CHECK(told("rate 10 % becomes 0 %") == 1);
    CHECK(told("rate 10 % becomes 0 % for magnet, steel") == 1);
    CHECK(told("rate 10 % becomes 0 % for steel, magnet_std") == 0);
}

TEST_CASE("events that differ by member in day or number are one, with median and range")
{
    const auto of = [](const std::vector<record::PolicyEvent>& events) { return cli::told(events, 4); };
    const auto levels = of({{10, "throughput", "m", "51.5 % of base flow", 1}, {10, "throughput", "m", "60 % of base flow", 1},
                            {10, "throughput", "m", "64.25 % of base flow", 2}});
    REQUIRE(levels.size() == 1);
    CHECK(levels[0].text == "62.1 (51.5 to 64.2) % of base flow");
    CHECK(levels[0].members == 4);
    const auto dates = of({{10, "posture", "m.USA", "slow becomes routine, by rule_2", 1}, {20, "posture", "m.USA", "slow becomes routine, by rule_2", 3}});
    REQUIRE(dates.size() == 1);
    CHECK((dates[0].day == 20 && dates[0].first == 10 && dates[0].last == 20));
    CHECK(dates[0].text == "slow becomes routine, by rule_2");  // a number inside a name is none
    auto a = axes();
    CHECK(cli::when_text(a, dates[0]) == "2025-01-21 (2025-01-11 to 2025-01-21)");
    const auto announced = of({{3, "duty", "t.l", "+10 pp announced for 2025-02-01", 2}, {3, "duty", "t.l", "+10 pp announced for 2025-02-05", 2}});
    REQUIRE(announced.size() == 1);
    CHECK(announced[0].text == "+10 pp announced for 2025-02-03 (2025-02-01 to 2025-02-05)");
    // What all members share stays apart, on one day or on two.
    CHECK(of({{1, "duty", "t.l", "rate 0 % becomes 10 %", 4}, {2, "duty", "t.l", "rate 10 % becomes 20 %", 4}}).size() == 2);
    CHECK(of({{1, "duty", "t.l", "+74 pp announced for 2025-04-09", 4}, {1, "duty", "t.l", "+41 pp announced for 2025-04-10", 4}}).size() == 2);
}

TEST_CASE("need given up is traced to the duties on what the group buys, and to the price outside")
{
    auto a = with_sellers();
    a.buyer_answers_to = {"paid"};
    a.sources = {"chn_makers>usa_distributors", "usa_distributors>defense_usa"};
    a.source_base = {1, 1};
    a.source_acts = {"duty usa_on_chn.fentanyl, duty usa_on_chn.mfn", ""};
    record::Slice distributor, slice;
    auto input = material(), m = material();
    input.sources = {source(0, 0, record::Part::kOwed, 0)};
    input.sources[0].base = 1;
    input.sources[0].duty = 0.121;
    input.sources[0].duty_rise = 0.1;
    input.sources[0].duty_week_before = 0.121;
    distributor.materials = {input};
    m.unmet = m.lacked = m.unmet_week = even(0);
    m.given_up = even(0.1);
    m.price_outside = 60;
    m.price_outside_start = 50;
    m.sources = {source(1, -1, record::Part::kOwed, 0)};
    m.sources[0].base = 1;
    slice.user = "defense_usa";
    slice.materials = {m};
    slice.history = {{30, "duty", "usa_on_chn.fentanyl", "rate 0 % becomes 10 %", 4}, {31, "duty", "usa_on_chn.fentanyl", "+10 pp announced for 2025-03-04", 4}};
    const auto read = [&](std::size_t) { return distributor; };
    const auto found = cli::costs(a, slice, read);
    REQUIRE(found.size() == 1);
    CHECK(found[0] == "Magnets (magnet): duty on goods of CHN is 12.1 % against 2.1 % (usa_on_chn.fentanyl 10 % since 2025-01-31); the price "
                      "outside the countries that control exports is 60.0 USD/kg against 50.0.");
    a.buyer_answers_to = {"outside"};  // then a duty is no reason
    CHECK(cli::costs(a, slice, read).at(0) == "Magnets (magnet): the price outside the countries that control exports is 60.0 USD/kg against 50.0.");
    CHECK_THAT(one_line(cli::slice_text(a, cli::buyer_of(a, 0), slice, read)), Contains("0.100 t/d of need, 4.8 %, were given up for price or duty.") &&
                                                                            Contains("Need is given up because inputs cost more."));
    slice.materials[0].given_up = even(0);
    CHECK(cli::costs(a, slice, read).empty());
}

// The result holds 2.1 % at the end of the week before and 32.1 % at its end; 145 points came on its second day, 115 went on its fifth.
TEST_CASE("a question about a day on which a duty changes names the rate before and after, and what is under way")
{
    auto a = with_sellers();
    a.buyer_answers_to = {"paid"};
    a.sources = {"chn_makers>defense_usa"};
    a.source_base = {1};
    a.source_acts = {"duty usa_on_chn.all"};
    record::Slice slice;
    auto m = material();
    m.unmet = m.lacked = m.unmet_week = even(0);
    m.sources = {source(0, 0, record::Part::kOwed, 0)};
    m.sources[0].base = 1;
    m.sources[0].duty_week_before = 0.021;
    m.sources[0].duty = 0.321;
    m.sources[0].duty_rise = 0.3;
    slice.user = "defense_usa";
    slice.materials = {m};
    slice.history = {{8, "duty", "usa_on_chn.all", "rate 0 % becomes 145 %", 4}, {11, "duty", "usa_on_chn.all", "rate 145 % becomes 30 %", 4}, {11, "duty", "usa_on_chn.all", "rate 1 % becomes 9 % for steel", 4}};
    const auto read = [](std::size_t) { return record::Slice{}; };
    const auto on = [&](int day) {
        slice.day = day;
        return one_line(cli::slice_text(a, cli::buyer_of(a, 0), slice, read));
    };
    CHECK_THAT(on(11), Contains("Magnets (magnet), goods of CHN: 147.1 % the day before, 32.1 % from this day on.") && Contains("at the end of the week 60.0 t of magnet were in transit to it"));
    CHECK_THAT(on(8), Contains("2.1 % the day before, 147.1 % from this day on."));
    CHECK_THAT(on(9), !Contains("the day before"));
    slice.materials[0].given_up = even(0.1);
    CHECK_THAT(on(9), Contains("duty on goods of CHN is 147.1 % against 2.1 %"));  // on that day, not at the end of the week
    slice.history[1].members = 3;  // members differ: no one rate
    CHECK_THAT(on(11), !Contains("the day before"));
}

TEST_CASE("what a trader lacks is a share of what it wanted to use, not of need")
{
    auto m = material();
    m.lacked = m.unmet = even(1.9);
    m.usual_need = 1;
    record::Slice slice;
    slice.user = "usa_distributors";
    slice.seller.emplace();
    slice.materials = {m};
    const auto text = one_line(cli::slice_text(with_sellers(), cli::seller_of(with_sellers(), 1), slice, no_seller));
    CHECK_THAT(text, Contains("short of 1.90 t/d, 95.0 % of what it wanted to use for new and overdue orders.") && !Contains("95.0 % of need"));
}
