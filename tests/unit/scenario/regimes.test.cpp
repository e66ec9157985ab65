// Regimes of an authority: drawn for each member, after everything dated, by competing exponential risks.

#include "support.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <map>

namespace chokepoint {

namespace {

using scenario::Licensing;

const std::string kPath = "licensing.mofcom_18.regimes=";
const std::string kStates = "states: { closed: { level: 0 %, to: { open: 60 d, slow: 30 d }, toward: { EU: slow } }, slow: { level: 40 % }, open: { level: 119 %, toward: { USA: suspended, other: routine } } }";

struct Path {  // what a member draws
    std::vector<scenario::LevelChange> levels;
    std::map<std::string, std::vector<scenario::PostureChange>> toward;
};

Path path_of(const scenario::ScenarioFile& file, std::uint32_t member)
{
    const Licensing control = file.scenario(member).licensing.at(0);
    Path out{control.throughput.levels, {}};
    for (const auto& toward : control.toward) out.toward[toward.region] = toward.changes;
    return out;
}

scenario::ScenarioFile with(const std::string& regimes, std::vector<std::string> more = {})
{
    more.insert(more.begin(), kPath + "{ " + regimes + " }");
    return test::load_good("licensing", more);
}

}  // namespace

TEST_CASE("regimes begin after the last dated level, and leave the scenario without draws as it is")
{
    const auto file = with("first: closed, " + kStates);
    CHECK(file.central().licensing[0].throughput.levels.size() == 2);
    bool moved = false;
    for (std::uint32_t member = 0; member < 40; ++member) {
        const Path path = path_of(file, member);
        REQUIRE(path.levels.size() >= 2);
        CHECK(path.levels[1].date == core::Date::from_ymd(2025, 7, 24));
        if (path.levels.size() == 2) continue;
        moved = true;
        REQUIRE(path.levels.size() == 3);  // both regimes it may turn to last for ever
        const auto& change = path.levels[2];
        CHECK(change.date >= core::Date::from_ymd(2025, 7, 25));
        const bool opened = change.level == 1.19;
        CHECK((opened || change.level == 0.4));
        // The regime gives its postures on its first day; a region it does not name keeps its own.
        const auto given = [&](const char* region) { return !path.toward.at(region).empty() && path.toward.at(region).back().date == change.date ? path.toward.at(region).back().posture : ""; };
        CHECK(given("USA") == (opened ? "suspended" : ""));
        CHECK(given("VNM") == (opened ? "routine" : ""));
        CHECK(given("DEU") == (opened ? "routine" : ""));
    }
    CHECK(moved);
}

TEST_CASE("the time in a regime is exponential, and what comes next goes by the rates")
{
    // Rates 1/60 and 1/30 a day: a mean of 20 days, one in three to `open`.
    const auto file = with("first: closed, " + kStates, {"time.horizon=1200 d", "regions.CHN.calendar=null", "behaviour.season=null"});
    constexpr std::uint32_t kMembers = 4000;
    double sum = 0, squares = 0;
    int opened = 0;
    for (std::uint32_t member = 0; member < kMembers; ++member) {
        const Path path = path_of(file, member);
        REQUIRE(path.levels.size() == 3);
        const double days = path.levels[2].date - core::Date::from_ymd(2025, 7, 25);
        sum += days;
        squares += days * days;
        opened += path.levels[2].level == 1.19;
    }
    // Whole days until the first change: geometric with p = 1 - exp(-1/20), mean (1 - p) / p, variance (1 - p) / p^2.
    const double p = 1 - std::exp(-0.05), mean = sum / kMembers, variance = squares / kMembers - mean * mean;
    CHECK(std::abs(mean - (1 - p) / p) < 4 * std::sqrt((1 - p) / (p * p) / kMembers));
    CHECK(variance == Approx((1 - p) / (p * p)).epsilon(0.15));
    CHECK(std::abs(opened / double{kMembers} - 1.0 / 3) < 4 * std::sqrt(2.0 / 9 / kMembers));
}

TEST_CASE("on dated days a change is so many times as likely, and none is at 0 x")
{
    const auto file = with("first: closed, dated: { quiet: { from: 2025-07-25, until: 2025-09-01, factor: 0 x }, talks: { from: 2025-09-01, until: 2025-09-02, factor: 1000 x } }, " + kStates);
    for (std::uint32_t member = 0; member < 20; ++member) {
        const Path path = path_of(file, member);
        REQUIRE(path.levels.size() == 3);
        CHECK(path.levels[2].date == core::Date::from_ymd(2025, 9, 1));
    }
}

TEST_CASE("a path hangs on the seed, the member, the measure and the dates alone")
{
    const std::string all = "from: 2025-09-01, first: closed, " + kStates;
    const auto file = with(all), later = with(all, {"time.start=2025-03-01", "time.horizon=481 d"}), other = with(all, {"buyers.auto_usa.firms=61", "ensemble.vary.behaviour.demand.lag={ uniform: [10 d, 90 d] }"});
    const auto same = [](const Path& a, const Path& b) {
        return a.levels.size() == b.levels.size() && std::equal(a.levels.begin(), a.levels.end(), b.levels.begin(), [](const auto& x, const auto& y) { return x.date == y.date && x.level == y.level; });
    };
    int different = 0;
    for (std::uint32_t member = 0; member < 30; ++member) {
        CHECK(same(path_of(file, member), path_of(later, member)));
        CHECK(same(path_of(file, member), path_of(other, member)));
        different += !same(path_of(file, member), path_of(file, member + 30));
    }
    CHECK(different > 15);
}

TEST_CASE("without a first regime the one nearest to the level in force holds")
{
    const auto file = with(kStates);  // 119 % from 24 July: open
    CHECK(file.scenario(0).licensing[0].regimes.first == 2);
    CHECK(file.scenario(0).licensing[0].throughput.levels.size() == 2);  // and that lasts for ever
}

}  // namespace chokepoint
