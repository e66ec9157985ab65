#include "explain_result.hpp"

#include "support/catch.hpp"

#include <sstream>

using namespace chokepoint;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using cli::CauseKind;
using record::Stand;

namespace {

record::Interval even(double value) { return {value, value, value}; }

// Needs 2 t/d and had 60 t on the way in the first week.
record::MaterialSlice material()
{
    record::MaterialSlice m;
    m.product = "magnet";
    m.title = "Magnets";
    m.need = even(2);
    m.unmet = {0.5, 0.1, 1};
    m.stock = even(4);
    m.usual[static_cast<std::size_t>(Stand::kInTransit)] = even(60);
    m.at[static_cast<std::size_t>(Stand::kInTransit)] = even(60);
    return m;
}

void put(record::MaterialSlice& m, Stand stand, double tonnes)
{
    m.at[static_cast<std::size_t>(stand)] = even(tonnes);
}

record::SliceAxes axes()
{
    record::SliceAxes out;
    out.start = core::Date::from_ymd(2025, 1, 1);
    out.days = 200;
    out.members_done = 4;
    out.buyers = {"defense_usa"};
    out.buyer_titles = {"Defense, United States"};
    out.buyer_regions = out.regions = {"USA"};
    out.products = {"magnet"};
    out.product_titles = {"Magnets"};
    out.controls = {"mofcom_18"};
    out.quantiles = {0.05, 0.5, 0.95};
    return out;
}

std::string one_line(const std::string& text)
{
    std::istringstream words(text);
    std::string out;
    for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
    return out;
}

}  // namespace

TEST_CASE("what always stands in transit is no cause; what is beyond it is")
{
    auto m = material();
    CHECK(cli::causes(m).empty());
    CHECK_THAT(cli::cause_sentence(m, true), StartsWith("No cause stands out"));
    put(m, Stand::kInTransit, 90);
    CHECK(cli::causes(m).front().kind == CauseKind::kInTransit);
    CHECK(cli::causes(m).front().tonnes == Approx(30));
    CHECK(cli::cause_sentence(m, true) == "Largest cause: 90.0 t (45.0 d of need) are in transit.");
}

TEST_CASE("fewer tonnes on order than in the first week were not ordered")
{
    auto m = material();
    put(m, Stand::kInTransit, 10);
    CHECK(cli::cause_sentence(m, true) ==
          "Largest cause: 50.0 t (25.0 d of need) less than in the first week are on order: not ordered.");
    put(m, Stand::kInReview, 50);  // ordered, and stuck: 60 again in all
    CHECK(cli::causes(m).size() == 1);
    CHECK(cli::causes(m).front().kind == CauseKind::kInReview);
}

TEST_CASE("waiting for a licence says how many files and how old the oldest is")
{
    auto m = material();
    put(m, Stand::kInReview, 50);
    put(m, Stand::kAtSeller, 20);
    put(m, Stand::kAtCustoms, 4);  // under a tenth of the largest: not worth a word
    m.open_files = even(1);
    m.oldest_file = even(63);
    CHECK(
        cli::cause_sentence(m, true) ==
        "Largest cause: 50.0 t (25.0 d of need) wait for a licence, in 1 file, the oldest 63 days old; then "
        "20.0 t (10.0 d of need) wait at the seller, who rations or has not filed for a licence.");
    put(m, Stand::kAtCustoms, 6);
    CHECK_THAT(cli::cause_sentence(m, true), Contains("6.00 t (3.00 d of need) are held at customs"));
}

TEST_CASE("licensed goods that have not left are named; without a control the seller only rations")
{
    auto m = material();
    put(m, Stand::kLicensed, 8);
    CHECK_THAT(cli::cause_sentence(m, true),
               StartsWith("Largest cause: 8.00 t (4.00 d of need) are licensed"));
    put(m, Stand::kAtSeller, 20);
    CHECK_THAT(cli::cause_sentence(m, false), Contains("wait at the seller, who rations; then"));
}

TEST_CASE("refused goods stand at the seller again and are not counted as rationed")
{
    auto m = material();
    put(m, Stand::kAtSeller, 25);
    m.refused = 10;
    m.returned = 5;
    // 60 t pass, so 15 t of the 25 are the refused and 10 are the seller's.
    const auto some = cli::causes(m);
    REQUIRE(some.size() == 2);
    CHECK(some[0].kind == CauseKind::kRefused);
    CHECK(some[0].tonnes == Approx(15));
    CHECK(some[1].kind == CauseKind::kAtSeller);
    CHECK(some[1].tonnes == Approx(10));
    // When less passes than is refused, refusals explain all that stands at the seller.
    put(m, Stand::kInTransit, 2);
    put(m, Stand::kAtSeller, 70);
    const auto all = cli::causes(m);
    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == CauseKind::kRefused);
    CHECK(all[0].tonnes == Approx(70));
    CHECK_THAT(
        cli::cause_sentence(m, true),
        Contains("10.0 t (5.00 d of need) were refused and 5.00 t (2.50 d of need) returned for documents in "
                 "the last four weeks (such goods go back to the seller, where 70.0 t"));
}

TEST_CASE("an event concerns a region its subject names, or a control as a whole")
{
    const std::vector<std::string> controls{"mofcom_18"};
    const auto says = [&](const char* subject) {
        return cli::concerns({0, "posture", subject, "", 1}, "USA", controls);
    };
    CHECK(says("mofcom_18"));
    CHECK(says("mofcom_18.USA"));
    CHECK(says("usa_on_chn.fentanyl"));
    CHECK_FALSE(says("mofcom_18.DEU"));
    CHECK_FALSE(says("usable_on_chn"));
}

TEST_CASE("a gram unmet is no shortage, and a shortage of few members is told from one of the median")
{
    record::Slice slice;
    slice.materials = {material()};
    const auto text = [&](const record::Interval& unmet) {
        slice.materials[0].unmet = unmet;
        return one_line(cli::slice_text(axes(), 0, slice));
    };
    CHECK_THAT(text(even(1e-6)), Contains("Magnets (magnet): not short. ") && !Contains("cause stands out"));
    CHECK_THAT(text({0, 0, 0.5}), Contains("not short in the median (up to 0.500 t/d unmet). "));
    CHECK_THAT(text({0, 0, 0.5}), Contains("No cause stands out"));
    CHECK_THAT(text(even(2)), Contains("short of 2.00 t/d, 100 % of need."));
}

TEST_CASE("goods seized on the way to users are told beside the causes where they matter")
{
    record::Slice slice;
    slice.materials = {material()};
    record::MaterialSlice& m = slice.materials[0];
    m.unmet = even(1);
    const auto text = [&](double seized) {
        m.route_seized = seized;
        return one_line(cli::slice_text(axes(), 0, slice));
    };
    CHECK_THAT(text(3), Contains("3.00 t on covert routes to users of it were seized."));
    CHECK_THAT(text(2), !Contains("were seized"));  // under a tenth of 28 t unmet
    CHECK_THAT(text(0), !Contains("were seized"));
}

TEST_CASE("the answer says need, cause, routes where there are any, events, and what its figures are")
{
    auto a = axes();
    record::Slice slice;
    slice.day = 153;
    slice.week_end = 153;
    auto m = material();
    put(m, Stand::kInReview, 50);
    slice.materials = {m};
    slice.events = {{133, "duty", "usa_on_chn", "rate 125 % becomes 10 %", 4},
                    {140, "posture", "mofcom_18.DEU", "slow becomes routine", 4},
                    {150, "throughput", "mofcom_18", "70 % of base flow", 1},
                    {150, "throughput", "mofcom_18", "80 % of base flow", 3}};
    const std::string text = one_line(cli::slice_text(a, 0, slice));
    CHECK_THAT(text, StartsWith("Defense, United States (defense_usa) on 2025-06-03"));
    CHECK_THAT(text, Contains("short of 0.500 (0.100 to 1.00) t/d, 25.0 % of need."));
    CHECK_THAT(
        text, Contains("Need 2.00 t/d, used 1.50 t/d, stock 4.00 t = 2.00 d of need. Largest cause: 50.0 t"));
    CHECK_THAT(text, Contains("2025-05-14 duty usa_on_chn: rate 125 % becomes 10 % (4 of 4 members)"));
    CHECK_THAT(text, Contains("mofcom_18: 70 % of base flow (one of 2 values; 4 of 4 members)"));
    CHECK_THAT(text, !Contains("mofcom_18.DEU"));
    CHECK_THAT(text, Contains("medians of parts need not add up to the median of the whole"));
    CHECK_THAT(text, Contains("the end of the week that holds the date, 2025-06-03"));
    CHECK_THAT(text, !Contains("covert"));  // the scenario has no route
    a.routes = {"via_mexico"};
    slice.materials[0].route_seized = 3;
    CHECK_THAT(one_line(cli::slice_text(a, 0, slice)),
               Contains("seized on covert routes, all users, 28 d 3.00"));
}
