// What the good scenarios say, as typed values.

#include "support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

namespace fs = std::filesystem;
using namespace chokepoint;
using scenario::Scenario;

namespace {
std::string date_of(core::Date date) { return date.to_string(); }

template <typename T>
const T& named(const std::vector<T>& all, const std::string& id)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& t) { return t.id == id; });
    REQUIRE(found != all.end());
    return *found;
}
}  // namespace

TEST_CASE("the minimal scenario holds what it says and the defaults of the typed scenario")
{
    const Scenario s = test::load_good("minimal").scenario(0);
    CHECK(s.name == "minimal");
    CHECK(date_of(s.time.start) == "2025-01-01");
    CHECK(s.time.horizon == 120);
    REQUIRE(s.regions.size() == 2);
    CHECK_FALSE(s.regions[0].has_calendar);
    REQUIRE(s.products.size() == 1);
    CHECK(s.products[0].hs == "850511");
    CHECK(s.products[0].price == 60);
    REQUIRE(s.producers.size() == 1);
    CHECK(s.producers[0].capacity == 10e6);  // 10 t/d in g/d
    CHECK_FALSE(s.producers[0].utilisation);
    REQUIRE(s.buyers.size() == 1);
    CHECK(s.buyers[0].output_per_day == 10000);
    CHECK(s.buyers[0].uses.at(0).grams_per_unit == 500);  // 0.5 kg
    CHECK(s.buyers[0].cover.a == 28);
    CHECK(s.lanes.size() == 4);  // 2 x 2, each complete

    // Defaults of the field table are those of the typed scenario.
    const scenario::Behaviour b;
    CHECK(s.behaviour.review_days == b.review_days);
    CHECK(s.behaviour.lead_up == Approx(b.lead_up));
    CHECK(s.behaviour.lead_down_ratio == Approx(b.lead_down_ratio));
    CHECK(s.behaviour.announcement == Approx(b.announcement));
    CHECK(s.behaviour.wait_cap == b.wait_cap);
    CHECK(s.behaviour.gap_share == Approx(b.gap_share));
    CHECK(s.behaviour.order_cap == b.order_cap);
    CHECK(s.behaviour.hoarding == Approx(b.hoarding));
    CHECK(s.behaviour.cover_cap == b.cover_cap);
    CHECK(s.behaviour.sigma == Approx(b.sigma));
    CHECK(s.behaviour.share_adjustment == Approx(b.share_adjustment));
    CHECK(s.behaviour.dispatch_cap == Approx(b.dispatch_cap));
    CHECK(s.behaviour.price_speed == Approx(b.price_speed));
    CHECK(s.behaviour.supply_elasticity == Approx(b.supply_elasticity));
    CHECK(s.behaviour.bid_elasticity == Approx(b.bid_elasticity));
    CHECK(s.behaviour.closures == b.closures);
    CHECK_FALSE(s.behaviour.season.on);
    CHECK(s.ensemble.members == 100);
    CHECK(s.output.quantiles == std::vector<double>{0.05, 0.25, 0.5, 0.75, 0.95});
}

TEST_CASE("duties add up by date, a suspended change comes back when its renewals end")
{
    const Scenario s = test::load_good("licensing").central();
    const auto& tariff = named(s.tariffs, "usa_on_chn");
    const auto& points = named(tariff.layers, "reciprocal").points;
    // +10, +74, +41 make 125 %; on 14 May -91 and -24 leave 10 %; the 24 points return on the day the
    // renewal of 11 August (one day before the 90 days end on 12 August) sets: 10 November.
    const std::vector<std::pair<std::string, double>> expected{
        {"2025-04-05", 0.10}, {"2025-04-09", 0.84}, {"2025-04-10", 1.25}, {"2025-05-14", 0.10}, {"2025-11-10", 0.34}};
    REQUIRE(points.size() == expected.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        CHECK(date_of(points[i].date) == expected[i].first);
        CHECK(points[i].rate == Approx(expected[i].second));
    }
    CHECK(named(tariff.layers, "mfn").products == std::vector<std::string>{"magnet_hre", "magnet_std"});
}

TEST_CASE("without a renewal the change is undone after its days")
{
    const Scenario s = test::load_good("licensing", {"tariffs.usa_on_chn.layers.reciprocal.changes.geneva_suspend.renewals=null"}).central();
    const auto& points = named(named(s.tariffs, "usa_on_chn").layers, "reciprocal").points;
    CHECK(date_of(points.back().date) == "2025-08-12");  // 14 May + 90 d
    CHECK(points.back().rate == Approx(0.34));
}

TEST_CASE("a set rate ends what would have come back")
{
    const std::string change = "tariffs.usa_on_chn.layers.reciprocal.changes.baseline_10.";
    const Scenario s =
        test::load_good("licensing", {change + "date=2025-09-01", change + "change=null", change + "rate=0 %"}).central();
    const auto& points = named(named(s.tariffs, "usa_on_chn").layers, "reciprocal").points;
    // 74 + 41 - 91 - 24 leave 0 on 14 May; the law of 1 September sets 0, so the expiry of 10 November
    // gives no 24 points back.
    CHECK(points.back().rate == Approx(0.0).margin(1e-12));
    CHECK(std::all_of(points.begin(), points.end(), [](const auto& point) {
        return date_of(point.date) < "2025-09-01" || std::abs(point.rate) < 1e-12;
    }));
}

TEST_CASE("a change that names products leaves the others of its layer as they were")
{
    // 74 + 41 - 91 - 24 leave 0 on 14 May; the 24 points that come back in November do not reach what is exempt from June on.
    const Scenario s = test::load_good("licensing", {"tariffs.usa_on_chn.layers.reciprocal.changes.baseline_10={ date: 2025-06-01, rate: 0 %, products: magnet_std }"}).central();
    const auto& layers = named(s.tariffs, "usa_on_chn").layers;
    REQUIRE(layers.size() == 4);  // mfn, fentanyl, and two parts
    const auto rates = [](const scenario::TariffLayer& layer) {
        std::vector<std::pair<std::string, int>> out;
        for (const auto& point : layer.points)
            if (date_of(point.date) > "2025-05-01") out.emplace_back(date_of(point.date), static_cast<int>(std::lround(point.rate * 100)));
        return out;
    };
    for (std::size_t i = 2; i < 4; ++i) {
        CHECK(layers[i].id == "reciprocal");
        const bool exempt = layers[i].products == std::vector<std::string>{"magnet_std"};
        if (exempt) CHECK(rates(layers[i]) == std::vector<std::pair<std::string, int>>{{"2025-05-14", 0}, {"2025-06-01", 0}, {"2025-11-10", 0}});
        else CHECK(rates(layers[i]) == std::vector<std::pair<std::string, int>>{{"2025-05-14", 0}, {"2025-11-10", 24}});
    }
    CHECK(layers[2].products.size() + layers[3].products.size() == s.products.size());
    CHECK(layers[0].id == "mfn");
}

TEST_CASE("a key set on the command line no longer varies")
{
    const std::string path = "licensing.mofcom_18.postures.slow.weight";
    const auto file = test::load_good("distributions", {path + "=0.2 x"});
    for (const auto& varied : file.varied()) CHECK(varied.path != path);
    REQUIRE_FALSE(file.warnings().empty());
    CHECK(file.warnings()[0].problem == path + " is set by --set 1, so it no longer varies");
    for (std::uint32_t member = 0; member < 3; ++member) {
        CHECK(named(named(file.scenario(member).licensing, "mofcom_18").postures, "slow").weight == Approx(0.2));
    }
}

TEST_CASE("a control resolves elements to products and postures to destinations")
{
    const Scenario s = test::load_good("licensing").central();
    const auto& control = named(s.licensing, "mofcom_18");
    CHECK(control.products == std::vector<std::string>{"magnet_hre", "dy_oxide"});
    REQUIRE(control.toward.size() == 4);  // five regions without the authority
    CHECK(control.toward[0].region == "USA");
    CHECK(control.toward[0].posture == "suspended");
    REQUIRE(control.toward[0].changes.size() == 1);
    CHECK(control.toward[1].posture == "routine");  // DEU, through the group
    CHECK(control.toward[3].posture == "slow");     // VNM, through other
    CHECK(control.throughput.levels.back().level == Approx(1.19));
    CHECK(control.shipment_size == 2e6);
    const auto& rule = named(s.rules, "truce_breaks");
    CHECK(rule.then.toward == std::vector<std::string>{"USA", "DEU", "EUX"});
    CHECK(rule.when[0].level == Approx(1.0));
    CHECK(s.output.exports_of == std::vector<std::string>{"CHN"});
}

TEST_CASE("data files become calendars, lanes and flows")
{
    const Scenario s = test::load_good("licensing").central();
    CHECK_FALSE(s.regions[0].calendar.is_working_day(core::Date::from_ymd(2025, 5, 1)));
    CHECK(s.regions[0].calendar.is_working_day(core::Date::from_ymd(2025, 4, 27)));  // a Sunday made up
    const auto days = [&s](const std::string& from, const std::string& to) {
        for (const auto& lane : s.lanes)
            if (lane.origin == from && lane.destination == to) return lane.days;
        return -1;
    };
    CHECK(days("CHN", "DEU") == 35);
    CHECK(days("DEU", "CHN") == 35);  // the way back, without a row of its own
    CHECK(days("VNM", "CHN") == 8);   // with one
    CHECK(days("CHN", "VNM") == 7);
    CHECK(days("USA", "DEU") == 30);  // default
    CHECK(days("USA", "USA") == 3);   // domestic
    const auto& family = s.families.at(0);
    REQUIRE(family.flows.size() == 4);
    CHECK(family.flows[1].tonnes_per_year == 10000);
    CHECK(family.flows[0].fixed);
    CHECK_FALSE(family.flows[2].fixed);
    CHECK(family.flows[2].where.line == 4);
    CHECK(family.margins.at(0).is_production);
    CHECK(family.look_alike_share == Approx(0.2));
}

TEST_CASE("a variant changes what it names and keeps where every value was set")
{
    const auto file = test::load_good("variant");
    const Scenario s = file.central();
    CHECK(s.rules.empty());
    CHECK(s.question == "Licences for everyone, later");
    CHECK(named(named(s.tariffs, "usa_on_chn").layers, "fentanyl").points.size() == 1);
    CHECK(named(s.licensing, "mofcom_18").toward[3].changes.at(0).posture == "slow");
    CHECK(file.origin("licensing.mofcom_18.deadline").file.ends_with("licensing.yaml"));
    CHECK(file.origin("licensing.mofcom_18.toward.VNM.posture").file.ends_with("variant.yaml"));
    CHECK(s.origin("licensing.mofcom_18.toward.VNM.posture").line == 12);
    // An absent key is reported at its nearest ancestor.
    CHECK(file.origin("licensing.mofcom_18.minimum_review").line == file.origin("licensing.mofcom_18").line);
    const std::string difference = file.difference_from(test::load_good("licensing"));
    CHECK(difference.find("name: licensing -> variant\n") != std::string::npos);
    CHECK(difference.find("rules.truce_breaks.when.tariff: removed usa_on_chn\n") != std::string::npos);
}

TEST_CASE("a file and the command line say what they change in what is extended")
{
    const auto file = test::load_good("variant", {"ensemble.members=7"});
    const auto find = [&](const std::string& key) {
        const auto& all = file.changes();
        const auto at = std::find_if(all.begin(), all.end(), [&](const auto& change) { return change.key == key; });
        REQUIRE(at != all.end());
        return *at;
    };
    const auto name = find("name");
    CHECK((name.from == "licensing" && name.to == "variant"));
    CHECK(name.at.file.ends_with("variant.yaml"));
    CHECK(name.at.line == 5);
    const auto gone = find("rules.truce_breaks.when.tariff");
    CHECK((gone.from == "usa_on_chn" && gone.to.empty()));
    CHECK(find("ensemble.members").at.file == "--set 1");
    for (const auto& change : file.changes()) CHECK(change.from != change.to);
    CHECK(test::load_good("licensing").changes().empty());  // extends nothing
}

TEST_CASE("the effective text loads and says the same again")
{
    for (const std::string name : {"minimal", "licensing", "variant", "distributions"}) {
        INFO(name);
        const auto file = test::load_good(name);
        const test::TemporaryFolder folder;
        const auto path = folder.write("again.yaml", file.effective_text());
        const auto again = scenario::ScenarioFile::load(path, {}, test::good_folder());
        CHECK(again.effective_text() == file.effective_text());
        CHECK(again.difference_from(file).empty());
        CHECK(again.draw(7, 3) == file.draw(7, 3));
        CHECK(file.effective_text_with_origins().find("# " + (test::good_folder() / "").string()) != std::string::npos);
    }
}

TEST_CASE("the merged tree as JSON is YAML that loads as the same scenario")
{
    for (const std::string name : {"minimal", "licensing", "variant", "distributions"}) {
        INFO(name);
        const auto file = test::load_good(name);
        const test::TemporaryFolder folder;
        const auto again = scenario::ScenarioFile::load(folder.write("again.yaml", file.effective_json(false)), {}, test::good_folder());
        CHECK(again.effective_json(false) == file.effective_json(false));
        CHECK(again.difference_json(file) == "[]\n");
        CHECK(again.draw(7, 3) == file.draw(7, 3));
    }
    const auto file = test::load_good("licensing", {"licensing.mofcom_18.deadline=30 wd"});
    const std::string origins = file.effective_json(true);
    CHECK(origins.find("\"licensing.mofcom_18.deadline\": {\n    \"value\": \"30 wd\",\n    \"origin\": \"--set 1") != std::string::npos);
    CHECK(file.difference_json(test::load_good("licensing")) ==
          "[\n  {\n    \"key\": \"licensing.mofcom_18.deadline\",\n    \"from\": \"45 wd\",\n    \"to\": \"30 wd\"\n  }\n]\n");
}

TEST_CASE("dated steps are listed by their ids")
{
    const auto steps = test::load_good("licensing", {"licensing.mofcom_18.until=2026-01-05", "enforcement.may.from=never"}).dated_steps();
    const auto on = [&steps](const std::string& date) {
        std::vector<std::string> out;
        for (const auto& step : steps)
            if (date_of(step.date) == date) out.push_back(step.name);
        return out;
    };
    CHECK(on("2025-04-04") == std::vector<std::string>{"mofcom_18 starts", "mofcom_18 start"});
    CHECK(on("2025-05-14") == std::vector<std::string>{"usa_on_chn reciprocal geneva_cancel", "usa_on_chn reciprocal geneva_suspend"});
    CHECK(on("2025-08-11") == std::vector<std::string>{"usa_on_chn reciprocal geneva_suspend stockholm"});
    CHECK(on("2025-11-10").empty());  // an end that a renewal moved
    CHECK(on("2025-06-02") == std::vector<std::string>{"mofcom_18 USA june"});
    CHECK(on("2026-01-05") == std::vector<std::string>{"mofcom_18 ends"});
    CHECK(on("2025-05-09").empty());
    CHECK(std::is_sorted(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.date < b.date; }));
}

TEST_CASE("an event outside the horizon is a warning that says so")
{
    const auto file = test::load_good("licensing", {"time.horizon=200 d"});  // last day 2025-07-19
    REQUIRE(file.warnings().size() == 2);  // the renewal of 11 August and the throughput of 24 July
    CHECK(file.warnings()[1].problem == "2025-07-24 is after the last day, 2025-07-19 (it has no effect)");
    CHECK(file.warnings()[1].where.line == 73);
    CHECK(test::load_good("licensing").warnings().empty());
    const auto late = test::load_good("licensing", {"time.start=2025-03-01"});
    CHECK(late.warnings().at(0).problem == "2025-02-04 is before the first day, 2025-03-01 (in force from the start)");
    const auto problems_of_outage = [](const std::string& until) {
        const std::filesystem::path root = CHOKEPOINT_SOURCE_DIR;
        const std::string outage = "producers.sector_1.outages.disaster.";
        const auto shipped = scenario::ScenarioFile::load(root / "scenarios/limits/ario.yaml", {outage + "from=2024-02-04", outage + "until=" + until}, root / "data");
        std::vector<std::string> out;
        for (const auto& warning : shipped.warnings()) out.push_back(warning.problem);
        return out;
    };
    CHECK(problems_of_outage("2025-01-02") == std::vector<std::string>{"2024-02-04 is before the first day, 2025-01-01 (in force from the start)"});
    CHECK(problems_of_outage("2025-01-01") == std::vector<std::string>{"2024-02-04 is before the first day, 2025-01-01 (and over by then: it has no effect)"});
}

TEST_CASE("a calendar that ends before the horizon is named with what is assumed after it")
{
    // The calendar of these tests ends on 2026-10-01, day 639 counted from 2025-01-01.
    CHECK(test::load_good("licensing", {"time.horizon=639 d"}).warnings().empty());
    const auto file = test::load_good("licensing", {"time.horizon=640 d"});
    REQUIRE(file.warnings().size() == 1);
    const auto& warning = file.warnings()[0];
    CHECK(warning.key == "regions.CHN.calendar");
    CHECK(warning.where.line == file.origin("regions.CHN.calendar").line);
    CHECK(warning.problem == "calendars/chn.csv lists no day after 2026-10-01, but the simulated days run to 2026-10-02 (from there every weekday is taken as open and no New Year comes)");
    CHECK(warning.remedy == "add the later days to the file, or set time.horizon to 639 d or less");
}

TEST_CASE("a key that can do nothing beside the others is named")
{
    const std::string path = "licensing.mofcom_18.";
    const auto warning = [&](const std::vector<std::string>& overrides) {
        const auto file = test::load_good("licensing", overrides);
        std::vector<core::Diagnostic> idle = file.warnings();
        std::erase_if(idle, [](const auto& one) { return one.problem.find("outside its range") != std::string::npos; });
        REQUIRE(idle.size() == 1);
        return idle[0];
    };
    const auto late = warning({path + "deadline_mode=hard", path + "minimum_review=60 wd"});
    CHECK(late.key == path + "minimum_review");
    CHECK(late.where.file == "--set 2");
    CHECK(late.problem == "is longer than the hard deadline of 45 wd (files are decided on the deadline)");
    CHECK(warning({path + "postures.slow.military=1 %"}).key == path + "postures.slow.military");
    CHECK(warning({path + "priorities={ first: { weight: 0 x, strict: true } }"}).key == path + "priorities.first.strict");
    CHECK(warning({"behaviour.sourcing={ rule: ces, fixed_shares: true }"}).key == "behaviour.sourcing.rule");
    CHECK(warning({"behaviour.home_reserve=100 %"}).key == "behaviour.home_reserve");
    CHECK(warning({path + "priorities={ first: { end_users: [auto_usa], weight: 1 x } }"}).key == path + "priorities.first");
    CHECK(warning({path + "deadline_mode=none"}).key == path + "deadline");
    CHECK(warning({"behaviour.search.by_sector={ automotive: 100 d }"}).key == "behaviour.search.by_sector");
    CHECK(warning({"behaviour.switching={ speed: 0.2 %/d, cap: 0 % }"}).key == "behaviour.switching.speed");
    CHECK(warning({"behaviour.substitution={ rate: 5 %/yr, cap: 0 % }"}).key == "behaviour.substitution.rate");
    CHECK(warning({"behaviour.demand={ lag: 20 d }"}).key == "behaviour.demand.lag");
    CHECK(test::load_good("licensing", {path + "postures.slow.military=1 %", path + "end_use.defense=posture"}).warnings().empty());
}

TEST_CASE("a step that never happens is no mistake, and the warning says so")
{
    const std::string from = "licensing.mofcom_18.from=";
    const auto far = test::load_good("licensing", {from + "2030-01-01"});
    REQUIRE(far.warnings().size() == 1);
    CHECK(far.warnings()[0].remedy == "lengthen time.horizon to include it, or write \"never\" to switch it off");
    const auto never = test::load_good("licensing", {from + "never"});
    CHECK(never.warnings().empty());
    CHECK(never.central().licensing[0].from > never.central().time.start + never.central().time.horizon);
    CHECK(never.effective_text().find("from: never") != std::string::npos);
    // One dated step alone: the truce of May never comes, so its 24 points are never taken off.
    const auto alone = test::load_good("licensing", {"tariffs.usa_on_chn.layers.reciprocal.changes.geneva_cancel.date=never"});
    CHECK(alone.warnings().empty());
}

TEST_CASE("every file read is listed once with its content")
{
    const auto inputs = test::load_good("variant").inputs();
    std::vector<std::string> names;
    for (const auto& input : inputs) names.push_back(std::filesystem::path(input.path).filename());
    CHECK(names == std::vector<std::string>{"variant.yaml", "licensing.yaml", "sources.csv", "chn.csv", "transit.csv", "magnets.csv", "magnets_margins.csv"});
    CHECK(inputs[1].content == test::read_text(test::good_folder() / "licensing.yaml"));
}

// Duties of the test scenario reach 145 % beside 0 at the start.
TEST_CASE("what lies beyond an estimate is named: duties, and elasticities outside the published range")
{
    CHECK(test::load_good("licensing").warnings().empty());
    const auto beyond = test::load_good("licensing", {"behaviour.sourcing.estimated_to=50 %"});
    REQUIRE(beyond.warnings().size() == 1);
    CHECK(beyond.warnings()[0].key == "tariffs.usa_on_chn");
    CHECK(beyond.warnings()[0].problem.find("behaviour.sourcing.sigma (1.45) was estimated on rises of up to 50 %") != std::string::npos);
    CHECK(beyond.warnings()[0].problem.find("ban") == std::string::npos);
    const auto ban = test::load_good("licensing", {"tariffs.usa_on_chn.layers.reciprocal.changes.april_9.change=+10000 pp"});
    REQUIRE_FALSE(ban.warnings().empty());
    CHECK(ban.warnings()[0].problem.find("amounts to a ban") != std::string::npos);
    CHECK(test::load_good("licensing", {"behaviour.sourcing.sigma=5"}).warnings().empty());
    const auto far = test::load_good("licensing", {"behaviour.sourcing.sigma=5.1"});
    REQUIRE(far.warnings().size() == 1);
    CHECK(far.warnings()[0].key == "behaviour.sourcing.sigma");
    CHECK(far.warnings()[0].problem == "is outside its range, 1 to 5 (hauk_elasticities)");
}

TEST_CASE("every value outside the range that the reference gives for it is told, unless the file says what it rests on")
{
    const std::string beyond = "behaviour:\n  review: 60 d\n  demand: { elasticity: -5, cost_share: 50 %, by_sector: { automotive: { elasticity: -3, cost_share: 30 % } } }\nbuyers: { auto_usa: { cover: 900 d } }\n";
    const test::TemporaryFolder folder;
    fs::copy(test::good_folder(), folder.path() / "good", fs::copy_options::recursive);
    const auto warned = [&](const std::string& more) {
        const auto file = scenario::ScenarioFile::load(folder.write("good/far.yaml", "chokepoint: 1\nextends: minimal.yaml\nname: far\n" + beyond + more), {}, test::good_folder());
        std::map<std::string, std::string> out;
        for (const auto& one : file.warnings()) out[one.key] = one.problem;
        return out;
    };
    const auto all = warned("");
    CHECK(all.at("behaviour.review") == "is outside its range, 1 to 30 d (assumption)");
    CHECK(all.at("behaviour.demand.elasticity") == "is outside its range, -2 to 0 (assumption)");
    CHECK(all.at("behaviour.demand.cost_share") == "is outside its range, 0.01 to 10 % (assumption)");
    CHECK(all.at("behaviour.demand.by_sector.automotive.elasticity") == "is outside its range, -2 to 0 (assumption)");
    CHECK(all.at("behaviour.demand.by_sector.automotive.cost_share") == "is outside its range, 0.01 to 10 % (assumption)");
    CHECK(all.at("buyers.auto_usa.cover") == "is outside its range, automotive 21 to 35 d, other 20 to 90 d, defense 30 to 365 d (assumption)");
    // The remedy, fed back.
    CHECK(warned("assumptions: { of_this: { key: behaviour, why: a test }, stock: { key: buyers.auto_usa.cover, why: a test } }\n").empty());
}

TEST_CASE("a duty beyond estimates is told with the first day of its rate and the sigma that is drawn")
{
    const std::string vary = "ensemble.vary.behaviour.sourcing.sigma={ uniform: [1.2, 2.4] }";
    const auto file = test::load_good("licensing", {vary, "behaviour.sourcing.estimated_to=50 %", "tariffs.usa_on_chn.layers.reciprocal.changes={ again: { date: 2025-06-01, rate: 84 % }, up: { date: 2025-04-09, rate: 84 % } }"});
    REQUIRE(file.warnings().size() == 1);
    INFO(file.warnings()[0].problem);
    CHECK(file.warnings()[0].problem.find("% on 2025-04-09, and behaviour.sourcing.sigma (drawn: uniform [1.2, 2.4])") != std::string::npos);
}

TEST_CASE("a value that a parent draws is told to do nothing, with the line of the draw")
{
    const test::TemporaryFolder folder;
    fs::copy(test::good_folder(), folder.path() / "good", fs::copy_options::recursive);
    folder.write("good/drawn.yaml", "chokepoint: 1\nextends: minimal.yaml\nname: drawn\nensemble:\n  vary:\n    behaviour.sourcing.sigma: { uniform: [1, 2] }\n");
    const auto warnings = [&](const std::string& text) {
        return scenario::ScenarioFile::load(folder.write("good/set.yaml", "chokepoint: 1\nextends: drawn.yaml\nname: set\nbehaviour: { sourcing: { sigma: 3 } }\n" + text), {}, test::good_folder()).warnings();
    };
    const auto told = warnings("");
    REQUIRE(told.size() == 1);
    CHECK(told[0].key == "behaviour.sourcing.sigma");
    CHECK(told[0].where.line == 4);
    CHECK(told[0].problem.find("drawn.yaml:6) draws a value of its own for every member") != std::string::npos);
    CHECK(warnings("ensemble: { vary: { behaviour.sourcing.sigma: null } }\n").empty());
    CHECK(warnings("ensemble: { vary: { behaviour.sourcing.sigma: { uniform: [2, 4] } } }\n").empty());  // its own draw
}
