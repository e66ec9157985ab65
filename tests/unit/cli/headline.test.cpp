#include "difference.hpp"
#include "headline.hpp"

#include "support/catch.hpp"

#include "chokepoint/record/variables.hpp"

#include <limits>
#include <sstream>

using namespace chokepoint;
using Catch::Matchers::Contains;

namespace {

record::Axes axes(std::size_t n_buyers)
{
    record::Axes out;
    out.start = core::Date::from_ymd(2025, 1, 1);
    out.days = 100;
    out.products = {{"magnet", "Magnets"}};
    out.regions = {{"USA", "United States"}};
    for (std::size_t i = 0; i < n_buyers; ++i) {
        out.buyers.push_back(
            {"wind_" + std::to_string(i), "Wind " + std::to_string(i), "wind", "USA", "", false, 0});
    }
    out.buyers[0] = {"auto", "Cars", "automotive", "USA", "vehicle", false, 100};
    return out;
}

// Each buyer loses `share[b]` of 1000 t; those that lose anything are short from day 31 on for 20 days.
record::Metrics member(const record::Axes& axes, const std::vector<double>& share)
{
    using record::Quantity;
    const record::MemberLayout layout(axes);
    record::Metrics out;
    for (const auto& array : layout.metrics) out.emplace_back(array.size(), 0.0);
    for (std::size_t b = 0; b < share.size(); ++b) {
        out[layout.metric_index(Quantity::kNeedTotal)][b] = out[layout.metric_index(Quantity::kFullNeedTotal)][b] = 1000;
        out[layout.metric_index(Quantity::kShortfallTotal)][b] = 1000 * share[b];
        out[layout.metric_index(Quantity::kShortfallShare)][b] = share[b];
        out[layout.metric_index(Quantity::kShortfallValue)][b] = 5e7 * share[b];  // 50 USD/kg
        out[layout.metric_index(Quantity::kLackedTotal)][b] = 400 * share[b];
        out[layout.metric_index(Quantity::kFirstShortDay)][b] = share[b] > 0 ? 31 : -1;
        out[layout.metric_index(Quantity::kLongestShortRun)][b] = share[b] > 0 ? 20 : 0;
        out[layout.metric_index(Quantity::kFirstStoppageDay)][b] = -1;
        out[layout.metric_index(Quantity::kDutyPaid)][b] = 2.5e6;
    }
    return out;
}

}  // namespace

TEST_CASE("automotive comes first, then the hardest hit; who is not short is named below")
{
    const auto a = axes(3);
    const std::vector<record::Metrics> members{member(a, {0.1, 0, 0.3})};
    const std::string table = cli::headline_table(cli::make_headline(a, members), false);
    CHECK_THAT(table, Contains("Cars"));
    CHECK(table.find("Cars") < table.find("Wind 2"));
    // 100 t of 1000, worth 5 million USD, most of magnet, first short on day 31 = 1 February, 20 days, every member, 2.5 million.
    CHECK_THAT(table, Contains("100           5.00         10.0 %  magnet                 2025-02-01"));
    CHECK_THAT(table, Contains("2.50"));
    CHECK_THAT(table, Contains("No shortfall, and no more than 1 % of need lost, in any member: Wind 1."));
    CHECK_THAT(cli::headline_table(cli::make_headline(a, members), true), Contains("\nWind 1"));
}

// Members are short first on days 31 and 41: the median is day 36, 6 February.
TEST_CASE("the first short day has a range over members, and a caution stands by the figure it is about")
{
    const auto a = axes(1);
    std::vector<record::Metrics> members{member(a, {0.1}), member(a, {0.1})};
    members[1][record::MemberLayout(a).metric_index(record::Quantity::kFirstShortDay)][0] = 41;
    const cli::Headline headline = cli::make_headline(a, members);
    CHECK_THAT(cli::headline_table(headline, false), Contains("2025-02-06 (2025-02-01 to 2025-02-10)"));  // 5 and 95 %: days 31.5 and 40.5
    const std::vector<scenario::Caveat> caveats{{"need", "lost", "Too much"}, {"cars", "output_lost", "Too many"}};
    CHECK(cli::caveats_text(headline, caveats) == "Need lost, a caution: Too much.\n");  // no output is lost here
    members[0][record::MemberLayout(a).metric_index(record::Quantity::kOutputLostDays)][0] = 3;
    CHECK_THAT(cli::caveats_text(cli::make_headline(a, members), caveats), Contains("Lost output, a caution: Too many."));
    const std::vector<record::Metrics> none{member(a, {0})};
    CHECK(cli::caveats_text(cli::make_headline(a, none), caveats).empty());
}

TEST_CASE("where nobody is short the duty is said all the same, and what was caused of it")
{
    const auto a = axes(3);
    const std::vector<record::Metrics> members{member(a, {0, 0, 0})};
    const cli::Headline headline = cli::make_headline(a, members);
    CHECK(headline.duty_paid.median == 7.5e6);  // three buyers at 2.5 million
    CHECK_THAT(cli::headline_table(headline, false), Contains("Duty paid by all buyers: 7.50 million USD."));
    CHECK_THAT(cli::difference_table(headline, headline, {}, {3e6, 3e6, 3e6}, false),
               Contains("Duty paid by all buyers: +3.00 million USD."));
}

TEST_CASE("the notes below the table keep to the width")
{
    const auto a = axes(40);
    const std::vector<record::Metrics> members{member(a, std::vector<double>(40, 0))};
    const std::string notes = cli::headline_table(cli::make_headline(a, members), false, 60);
    std::istringstream lines(notes);
    std::string all;
    std::size_t n_lines = 0;
    for (std::string line; std::getline(lines, line) && !line.starts_with("Duty"); ++n_lines) {
        CHECK(line.size() <= 60);
        CHECK((n_lines == 0) == (line[0] != ' '));  // later lines stand in
        if (n_lines > 0) all += ' ';
        all += line.substr(line.find_first_not_of(' '));
    }
    CHECK(n_lines > 5);  // 40 names of about 9 characters
    CHECK_THAT(all, Contains("No shortfall, and no more than 1 % of need lost, in any member: Cars; Wind 1; Wind 2;") && Contains("; Wind 39."));
}

TEST_CASE("of the competing sectors only ten are listed unless all are asked for")
{
    const auto a = axes(15);  // one automotive, fourteen wind
    std::vector<double> share(15, 0.2);
    const std::vector<record::Metrics> members{member(a, share)};
    CHECK_THAT(cli::headline_table(cli::make_headline(a, members), false),
               Contains("4 buyers more: --all lists them."));
    CHECK_THAT(cli::headline_table(cli::make_headline(a, members), true), !Contains("--all"));
    const auto b = axes(12);
    const std::vector<record::Metrics> fewer{member(b, std::vector<double>(12, 0.2))};
    CHECK_THAT(cli::headline_table(cli::make_headline(b, fewer), false),
               Contains("1 buyer more: --all lists it."));
}

TEST_CASE("a difference is policy minus baseline, with its sign")
{
    const auto a = axes(2);
    const std::vector<record::Metrics> base{member(a, {0, 0})}, policy{member(a, {0.1, 0})};
    const std::vector<std::uint32_t> done{0};
    const auto differences = ensemble::paired_difference({a, done, base}, {a, done, policy});
    const std::string table = cli::difference_table(cli::make_headline(a, base), cli::make_headline(a, policy), differences, {3e6, 1e6, 5e6}, false);
    CHECK_THAT(table, Contains("+100"));   // [t]
    CHECK_THAT(table, Contains("+10.0"));  // points
    CHECK_THAT(table, Contains("+5.00"));  // million USD
    CHECK_THAT(table, Contains("No loss on either side, and no difference in any member: Wind 1."));
}

// 3 million USD of value added lost by the carmaker; the wind blocks state no value.
TEST_CASE("value added lost is shown where a listed buyer states a value, and only there")
{
    const auto a = axes(3);
    std::vector<record::Metrics> members{member(a, {0.1, 0, 0.3})};
    auto& value = members[0][record::MemberLayout(a).metric_index(record::Quantity::kOutputLostValue)];
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (double& of_buyer : value) of_buyer = nan;
    CHECK_THAT(cli::headline_table(cli::make_headline(a, members), false), !Contains("value added lost") && Contains("No group above states the value added"));
    const std::vector<record::Metrics> base{members};
    value[0] = 3e6;
    const cli::Headline headline = cli::make_headline(a, members);
    CHECK(headline.buyers[0].value_lost.median == 3e6);
    CHECK_THAT(cli::headline_table(headline, false), Contains("value added lost") && Contains("3.00") && Contains("not stated"));
    auto without = base;
    without[0][record::MemberLayout(a).metric_index(record::Quantity::kOutputLostValue)][0] = 1e6;
    const std::vector<std::uint32_t> done{0};
    const auto differences = ensemble::paired_difference({a, done, without}, {a, done, members});
    CHECK_THAT(cli::difference_table(cli::make_headline(a, without), headline, differences, {0, 0, 0}, false), Contains("value added lost") && Contains("+2.00"));
}

// A duty that ends a flow leaves nobody short and takes need all the same: 300 of 1000 t given up.
TEST_CASE("need given up is lost, is shown beside it, and is no absence of a shortfall")
{
    using record::Quantity;
    const auto a = axes(2);
    std::vector<record::Metrics> members{member(a, {0, 0})};
    CHECK_THAT(cli::headline_table(cli::make_headline(a, members), true), !Contains("given up"));
    members[0][record::MemberLayout(a).metric_index(Quantity::kGivenUpTotal)][0] = 300;
    const std::string table = cli::headline_table(cli::make_headline(a, members), false);
    CHECK_THAT(table, Contains("given up") && Contains("300") && Contains("30.0 %"));
    CHECK_THAT(table, Contains("in any member: Wind 1."));
}

// A group past the tenth is a finding too, and so is one that pays more duty and loses nothing.
TEST_CASE("a difference lists every group that loses on a side or differs, however many there are")
{
    const auto a = axes(15);
    std::vector<double> share(15, 0.2);
    share[14] = 0;
    const std::vector<record::Metrics> base{member(a, std::vector<double>(15, 0))};
    std::vector<record::Metrics> policy{member(a, share)};
    policy[0][record::MemberLayout(a).metric_index(record::Quantity::kDutyPaid)][14] = 4e6;
    const std::vector<std::uint32_t> done{0};
    const auto differences = ensemble::paired_difference({a, done, base}, {a, done, policy});
    const std::string table = cli::difference_table(cli::make_headline(a, base), cli::make_headline(a, policy), differences, {0, 0, 0}, false);
    for (std::size_t b = 1; b < 15; ++b) CHECK_THAT(table, Contains("\nWind " + std::to_string(b) + " "));
    CHECK_THAT(table, Contains("+1.50") && !Contains("--all"));
}

TEST_CASE("below twenty members the 5 to 95 % are called rough, and each column says that it is a median")
{
    const auto a = axes(2);
    const auto table_of = [&](std::size_t n) { return cli::headline_table(cli::make_headline(a, std::vector<record::Metrics>(n, member(a, {0.1, 0}))), false); };
    CHECK_THAT(table_of(19), Contains("Of 19 members the 5 to 95 % are rough; run at least 20."));
    CHECK_THAT(table_of(20), !Contains("rough"));
    CHECK_THAT(table_of(1), !Contains("rough"));
    std::istringstream lines(table_of(20));
    std::string heads;
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("buyer group")) heads = line;
    std::size_t medians = 0;
    for (std::size_t at = heads.find("median"); at != std::string::npos; at = heads.find("median", at + 1)) ++medians;
    CHECK(medians == 8);  // all but the name, the material and the chance
}

// Cars lose 100 t before and nothing after; one group exists before only, another after only.
TEST_CASE("a difference lists who loses on either side, and names who is rescued, and gives the figures of who stands on one side only")
{
    auto before = axes(3), after = axes(3);
    before.buyers[2] = {"mills", "Mills", "industrial", "USA", "", false, 0};
    after.buyers[2] = {"ships", "Ships", "industrial", "USA", "", false, 0};
    const std::vector<record::Metrics> base{member(before, {0.1, 0, 0.2})}, policy{member(after, {0, 0, 0.3})};
    const std::vector<std::uint32_t> done{0};
    const auto differences = ensemble::paired_difference({before, done, base}, {after, done, policy});
    const std::string table = cli::difference_table(cli::make_headline(before, base), cli::make_headline(after, policy), differences, {0, 0, 0}, false);
    CHECK_THAT(table, Contains("\nCars") && Contains("-100") && !Contains("\nWind"));
    CHECK_THAT(table, Contains("Rescued, losing in the baseline and not under the policy: Cars."));
    CHECK_THAT(table, Contains("in the baseline only") && Contains("\nMills") && Contains("200           10.0         20.0 %"));
    CHECK_THAT(table, Contains("under the policy only") && Contains("\nShips") && Contains("300           15.0         30.0 %"));
}
