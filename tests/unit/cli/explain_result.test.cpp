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

record::Slice no_seller(std::size_t) { return {}; }
std::string text_of(const record::SliceAxes& a, const record::Slice& slice)
{
    return cli::slice_text(a, cli::buyer_of(a, 0), slice, no_seller);
}

std::string sentence(const record::MaterialSlice& m, bool licensing = true)
{
    auto a = axes();
    if (!licensing) a.controls.clear();
    return cli::cause_sentence(a, cli::buyer_of(a, 0), m);
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
    CHECK_THAT(sentence(m), StartsWith("No cause stands out"));
    put(m, Stand::kInTransit, 90);
    CHECK(cli::causes(m).front().kind == CauseKind::kInTransit);
    CHECK(cli::causes(m).front().tonnes == Approx(30));
    CHECK(sentence(m) == "Largest cause: 90.0 t (45.0 d of need) are in transit.");
}

TEST_CASE("fewer tonnes on order than in the first week were not ordered")
{
    auto m = material();
    put(m, Stand::kInTransit, 10);
    CHECK(sentence(m) ==
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
        sentence(m) ==
        "Largest cause: 50.0 t (25.0 d of need) wait for a licence, in 1 file, the oldest 63 days old; then "
        "20.0 t (10.0 d of need) wait at the seller, who rations or has not filed for a licence.");
    put(m, Stand::kAtCustoms, 6);
    CHECK_THAT(sentence(m), Contains("6.00 t (3.00 d of need) are held at customs"));
}

TEST_CASE("licensed goods that have not left are named; without a control the seller only rations")
{
    auto m = material();
    put(m, Stand::kLicensed, 8);
    CHECK_THAT(sentence(m),
               StartsWith("Largest cause: 8.00 t (4.00 d of need) are licensed"));
    put(m, Stand::kAtSeller, 20);
    CHECK_THAT(sentence(m, false), Contains("wait at the seller, who rations; then"));
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
        sentence(m),
        Contains("10.0 t (5.00 d of need) were refused and 5.00 t (2.50 d of need) returned for documents in "
                 "the last four weeks, and such goods go back to the seller, where 70.0 t"));
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
        return one_line(text_of(axes(), slice));
    };
    CHECK(text(even(1e-6)) == "Defense, United States (defense_usa) on 2025-01-01: not short of anything.");
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
        return one_line(text_of(axes(), slice));
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
    const std::string text = one_line(text_of(a, slice));
    CHECK_THAT(text, StartsWith("Defense, United States (defense_usa) on 2025-06-03"));
    CHECK_THAT(text, Contains("short of 0.500 (0.100 to 1.00) t/d, 25.0 % of need."));
    CHECK_THAT(
        text, Contains("Need 2.00 t/d, used 1.50 t/d, stock 4.00 t = 2.00 d of need. Largest cause: 50.0 t"));
    CHECK_THAT(text, Contains("2025-05-14 duty usa_on_chn: rate 125 % becomes 10 % (4 of 4 members)"));
    CHECK_THAT(text, Contains("mofcom_18: 70 % of base flow (one of 2 values; 4 of 4 members)"));
    CHECK_THAT(text, !Contains("mofcom_18.DEU"));
    slice.events.push_back({152, "duty", "usa_on_chn", "+74 pp announced for 2025-06-09", 4});
    slice.events.push_back({152, "duty", "usa_on_chn", "+41 pp announced for 2025-06-10", 4});
    const std::string twice = one_line(cli::slice_text(a, cli::buyer_of(a, 0), slice, no_seller));
    CHECK_THAT(twice, Contains("+74 pp announced for 2025-06-09 (4 of 4 members)") && Contains("+41 pp announced for 2025-06-10 (4 of 4 members)"));
    CHECK_THAT(text, Contains("medians of parts need not add up to the median of the whole"));
    CHECK_THAT(text, Contains("the end of the week that holds the date, 2025-06-03"));
    CHECK_THAT(text, !Contains("covert"));  // the scenario has no route
    a.routes = {"via_mexico"};
    slice.materials[0].route_seized = 3;
    CHECK_THAT(one_line(text_of(a, slice)),
               Contains("seized on covert routes, all users, 28 d 3.00"));
}

namespace {

// Two sellers abroad and one at home, one measure: who sells, and to whom, as in a result.
record::SliceAxes with_sellers()
{
    auto a = axes();
    a.regions = {"CHN", "USA"};
    a.buyer_sectors = {"defense"};
    a.sellers = {"chn_makers", "usa_distributors"};
    a.seller_titles = {"Makers, China", "Distributors, United States"};
    a.seller_roles = {"producer", "importer"};
    a.seller_regions = {"CHN", "USA"};
    a.seller_products = {"magnet", "magnet"};
    a.control_titles = {"Announcement 18"};
    a.control_regions = {"CHN"};
    a.control_from = {"2025-01-20"};
    a.control_refuses = {"defense"};
    a.posture_start = {"", "slow"};
    return a;
}

record::SourceSlice source(std::size_t seller, int control, record::Part part, double tonnes)
{
    record::SourceSlice out;
    out.seller = seller;
    out.control = control;
    out.at[static_cast<std::size_t>(part)] = tonnes;
    return out;
}

std::string of(const record::SliceAxes& a, const record::MaterialSlice& m)
{
    return cli::cause_sentence(a, cli::buyer_of(a, 0), m);
}

}  // namespace

TEST_CASE("what waits at sellers names each of them and why: owed, not filed, paused")
{
    const auto a = with_sellers();
    auto m = material();
    put(m, Stand::kAtSeller, 40);
    m.sources = {source(1, -1, record::Part::kOwed, 22), source(0, 0, record::Part::kNotFiled, 10), source(0, 0, record::Part::kPaused, 8)};
    CHECK(of(a, m) == "Largest cause: 40.0 t (20.0 d of need) wait at the seller: Distributors, United States (usa_distributors) owes "
                      "22.0 t, 10.0 t with Makers, China (chn_makers) are not filed for a licence under mofcom_18, for 8.00 t Makers, "
                      "China (chn_makers), refused in principle under mofcom_18, asks no more for a time.");
    m.sources[0].usual[0] = 22;  // it always owes that much
    CHECK_THAT(of(a, m), !Contains("owes"));
}

TEST_CASE("a file that waits, goods at customs and a refusal in principle name the measure")
{
    const auto a = with_sellers();
    auto m = material();
    put(m, Stand::kInReview, 50);
    m.open_files = even(3);
    m.oldest_file = even(63);
    m.sources = {source(0, 0, record::Part::kInReview, 50)};
    CHECK(of(a, m) == "Largest cause: 50.0 t (25.0 d of need) wait for a licence under mofcom_18, in 3 files, the oldest 63 days old.");
    put(m, Stand::kInReview, 0);
    put(m, Stand::kAtCustoms, 5);
    m.sources = {source(0, 0, record::Part::kAtCustoms, 5)};
    CHECK_THAT(of(a, m), Contains("held at customs of the origin under mofcom_18"));
    put(m, Stand::kAtCustoms, 0);
    m.at[static_cast<std::size_t>(Stand::kInTransit)] = even(0);
    m.usual[static_cast<std::size_t>(Stand::kInTransit)] = even(0);
    m.refused = 12;
    m.sources = {source(0, 0, record::Part::kOwed, 0)};
    m.sources[0].refused = 12;
    CHECK_THAT(of(a, m), Contains("12.0 t (6.00 d of need) were refused in the last four weeks under mofcom_18 (mofcom_18 refuses "
                                  "defense in principle)"));
}

TEST_CASE("the measure says since when, and the posture and throughput in force on the day")
{
    const auto a = with_sellers();
    auto m = material();
    put(m, Stand::kInReview, 50);
    m.sources = {source(0, 0, record::Part::kInReview, 50)};
    record::Slice slice;
    slice.history = {{19, "control", "mofcom_18", "licences are required from today", 4}};
    const auto said = [&] { return cli::measures(a, cli::buyer_of(a, 0), slice, m).at(0).sentence; };
    CHECK(said() == "Announcement 18 (mofcom_18) of CHN, in force since 2025-01-20; posture toward USA: slow.");
    slice.history.push_back({40, "posture", "mofcom_18.USA", "slow becomes routine", 4});
    slice.history.push_back({41, "posture", "mofcom_18.DEU", "slow becomes priority", 4});
    slice.history.push_back({50, "throughput", "mofcom_18", "51 % of base flow", 4});
    CHECK(said() == "Announcement 18 (mofcom_18) of CHN, in force since 2025-01-20; posture toward USA: routine since 2025-02-10; "
                    "throughput 51 % of base flow since 2025-02-20.");
    slice.history.push_back({60, "posture", "mofcom_18.USA", "routine becomes slow", 3});
    slice.history.push_back({60, "control", "mofcom_18", "licences are no longer required", 4});
    CHECK_THAT(said(), Contains("in force from 2025-01-20 to 2025-03-02; posture toward USA: slow since 2025-03-02 in 3 of 4 members"));
    m.sources = {source(1, -1, record::Part::kOwed, 50)};
    CHECK(cli::measures(a, cli::buyer_of(a, 0), slice, m).empty());
}

TEST_CASE("the chain goes from a seller that owes to the measure that holds its input")
{
    const auto a = with_sellers();
    auto m = material();
    put(m, Stand::kAtSeller, 40);
    m.sources = {source(1, -1, record::Part::kOwed, 40)};
    record::Slice distributor;
    distributor.day = 150;
    distributor.week_end = 153;
    distributor.seller = record::SellerSlice{1, even(2), even(30), even(0.5), even(40)};
    auto input = material();
    input.lacked = even(1.5);
    input.lacks_since = 140;
    input.usual_stock = 30;
    put(input, Stand::kInReview, 70);
    input.sources = {source(0, 0, record::Part::kInReview, 70)};
    distributor.materials = {input};
    int asked = 0;
    const auto read = [&](std::size_t seller) {
        CHECK(seller == 1);
        ++asked;
        return distributor;
    };
    const auto chain = cli::tiers(a, m, read);
    REQUIRE(chain.size() == 1);
    CHECK(asked == 1);
    CHECK(chain[0].block == "usa_distributors");
    CHECK(chain[0].product == "magnet");
    CHECK_THAT(chain[0].text, StartsWith("Distributors, United States (usa_distributors), an importer of magnet in USA, passed on 2.00 t in the week to 2025-06-03, 30.0 t "
                                         "less than it wanted; it holds 0.500 t of finished goods and owes its clients 40.0 t. It lacked "
                                         "1.50 t/d of Magnets (magnet), 75.0 % of what it needed, without a break since the week of "
                                         "2025-05-21: 4.00 t in stock = 2.00 d of need, against 30.0 t in the first week. Largest cause: "
                                         "70.0 t (35.0 d of need) wait for a licence under mofcom_18"));
    REQUIRE(chain[0].measures.size() == 1);
    CHECK(chain[0].measures[0].id == "mofcom_18");
    // A seller that lacks nothing ends the chain.
    distributor.materials[0].lacked = even(0);
    CHECK_THAT(cli::tiers(a, m, read).at(0).text, !Contains("capacity"));  // a trader has none
    auto maker = a;
    maker.seller_roles[1] = "producer";
    const auto ends = cli::tiers(maker, m, read);
    REQUIRE(ends.size() == 1);
    CHECK(ends[0].product.empty());
    CHECK_THAT(ends[0].text, Contains("It lacked no input: its capacity is the limit."));
}

TEST_CASE("goods that lie idle for want of others are told apart from what lacks")
{
    record::Slice slice;
    auto idle = material(), lacks = material();
    idle.product = "steel";
    idle.title = "Steel";
    idle.stock = even(80);
    idle.lacked = even(0);
    lacks.lacked = {0.5, 0.1, 1};
    put(lacks, Stand::kInReview, 50);
    slice.materials = {idle, lacks};
    const std::string text = one_line(text_of(axes(), slice));
    CHECK_THAT(text, Contains("Steel (steel): not lacking. 0.500 (0.100 to 1.00) t/d of its need are not used, though stock is 80.0 t = "
                              "40.0 d of need: they lie idle for want of Magnets (magnet). Magnets (magnet): short of"));
    CHECK(cli::scarcest(slice)->product == "magnet");
    slice.materials[0].lacked = even(0.2);
    CHECK_THAT(one_line(text_of(axes(), slice)), !Contains("lie idle") && !Contains("lay idle"));
    slice.seller = record::SellerSlice{1, even(1), even(1), even(1), even(1)};  // whose figures are all of the week
    CHECK_THAT(one_line(text_of(with_sellers(), slice)), Contains("In that week 0.200 t/d of it were not there; what else "
                                                                                   "was not used lay idle."));
}
