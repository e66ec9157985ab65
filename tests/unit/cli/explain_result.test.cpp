#include "explain_slices.hpp"

using namespace chokepoint;
using namespace chokepoint::support;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using cli::CauseKind;

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
        "Largest cause: 50.0 t (25.0 d of need) wait for a licence, in 1 application, the oldest 63 days old; then "
        "20.0 t (10.0 d of need) wait at the seller, who rations or has not applied for a licence.");
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
    // What stands there is named once.
    CHECK_THAT(sentence(m), Contains("where 25.0 t (12.5 d of need) stand") && Contains("; then 10.0 t (5.00 d of need) more wait at the seller, among those named"));
    m.refused = 0;
    CHECK_THAT(sentence(m), Contains("25.0 t (12.5 d of need) wait at the seller") && Contains("and such goods are back at the seller, among those that wait there"));
    m.refused = 10;
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

TEST_CASE("a gram unmet is no shortage, and a shortage of few members is told from one of the median")
{
    record::Slice slice;
    slice.materials = {material()};
    const auto text = [&](const record::Interval& unmet) {
        slice.materials[0].unmet = slice.materials[0].lacked = slice.materials[0].unmet_week = unmet;
        return one_line(text_of(axes(), slice));
    };
    CHECK(text(even(1e-6)) == "Defense, United States (defense_usa) on 2025-01-01: not short of anything. In the median it never is.");
    CHECK(text({0, 0, 0.5}) == "Defense, United States (defense_usa) on 2025-01-01: not short of anything. Of Magnets (magnet), 0.500 t/d are "
                               "unmet in the 95 % quantile. In the median it never is.");  // no cause, no table: they are those of the median
    CHECK_THAT(text(even(0.01)), Contains("not short of anything.") && !Contains("where it stands"));  // half a per cent of need
    CHECK_THAT(text(even(2)), Contains("short of 2.00 t/d, 100 % of need."));
    slice.materials[0].unmet = even(0);
    CHECK_THAT(one_line(cli::slice_text(axes(), cli::buyer_of(axes(), 0), slice, no_seller, {"", std::nullopt, {30, 31, 40}})),
               Contains("In the median it is short on 3 days, first on 2025-01-31 and last on 2025-02-10."));
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
    a.sellers = {"makers"};
    a.seller_roles = {"producer"};
    a.seller_products = {"magnet"};
    a.sources = {"makers>defense_usa"};
    a.source_base = {1};
    a.source_acts = {"duty usa_on_chn, throughput mofcom_18"};
    const std::string text = one_line(text_of(a, slice));
    CHECK_THAT(text, StartsWith("Defense, United States (defense_usa) on 2025-06-03"));
    CHECK_THAT(text, Contains("short of 0.500 (0.100 to 1.00) t/d, 25.0 % of need."));
    CHECK_THAT(
        text, Contains("Need 2.00 t/d, used 1.50 t/d, stock 4.00 t = 2.00 d of need. Need, use and stock are sums over its firms: "
                       "some ran short while others held stock. Largest cause: 50.0 t"));
    CHECK_THAT(text, Contains("2025-05-14 duty usa_on_chn: rate 125 % becomes 10 % (4 of 4 members)"));
    CHECK_THAT(text, Contains("mofcom_18: 80.0 (70.0 to 80.0) % of base flow (4 of 4 members)"));
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

TEST_CASE("what waits at sellers names each of them and why: owed, not filed, paused")
{
    const auto a = with_sellers();
    auto m = material();
    put(m, Stand::kAtSeller, 40);
    m.sources = {source(1, -1, record::Part::kOwed, 22), source(0, 0, record::Part::kNotFiled, 10), source(0, 0, record::Part::kPaused, 8)};
    CHECK(of(a, m) == "Largest cause: 40.0 t (20.0 d of need) wait at the seller: Distributors, United States (usa_distributors) owes "
                      "22.0 t, 10.0 t with Makers, China (chn_makers) have no application for a licence under mofcom_18 yet, 8.00 t wait with "
                      "Makers, China (chn_makers) after a refusal in principle under mofcom_18, until it applies again.");
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
    CHECK(of(a, m) == "Largest cause: 50.0 t (25.0 d of need) wait for a licence under mofcom_18, in 3 applications, the oldest 63 days old.");
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
    slice.history.push_back({55, "throughput", "mofcom_18", "60 % of base flow", 3});
    slice.history.push_back({57, "throughput", "mofcom_18", "70 % of base flow", 1});
    CHECK_THAT(said(), Contains("throughput 60.0 (60.0 to 70.0) % of base flow since 2025-02-25 (2025-02-25 to 2025-02-27)"));
    slice.history.push_back({60, "posture", "mofcom_18.USA", "routine becomes slow", 3});
    slice.history.push_back({60, "control", "mofcom_18", "licences are no longer required", 4});
    CHECK_THAT(said(), Contains("in force from 2025-01-20 to 2025-03-02; posture toward USA: slow in 3, routine in 1 of 4 members"));
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
    distributor.seller = seller_of_week(even(2), even(30), even(0.5), even(40));
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
    CHECK_THAT(chain[0].text, StartsWith("Distributors, United States (usa_distributors), an importer of magnet in USA, passed on 2.00 t in the week to 2025-06-03, less "
                                         "than its clients asked for; it holds 0.500 t of finished goods and owes its clients 40.0 t. It lacked "
                                         "1.50 t/d of Magnets (magnet), 75.0 % of what it wanted to use, without a break since the week of "
                                         "2025-05-21: 4.00 t in stock, against 30.0 t in the first week. Largest cause: "
                                         "70.0 t (35.0 d of need) wait for a licence under mofcom_18"));
    REQUIRE(chain[0].measures.size() == 1);
    CHECK(chain[0].measures[0].id == "mofcom_18");
    // A seller that lacks nothing ends the chain.
    distributor.materials[0].lacked = even(0);
    distributor.seller->capacity = even(0);
    CHECK_THAT(cli::tiers(a, m, read).at(0).text, !Contains("capacity"));  // a trader has none
    auto maker = a;
    maker.seller_roles[1] = "producer";
    const auto ends = cli::tiers(maker, m, read);
    REQUIRE(ends.size() == 1);
    CHECK(ends[0].product.empty());
    CHECK_THAT(ends[0].text, !Contains("capacity"));  // none is stated
    distributor.seller->capacity = even(2.02);
    CHECK_THAT(cli::tiers(maker, m, read).at(0).text, Contains("It lacked no input: it ran at capacity, 2.02 t in the week"));
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
    CHECK_THAT(text, !Contains("were not there"));  // of what is short all was missing
    slice.materials[0].lacked = even(0.2);
    CHECK_THAT(one_line(text_of(axes(), slice)),
               Contains("Of 0.500 t/d unmet in the week to 2025-01-01, 0.200 t/d were not there; the rest lay idle for want of Magnets (magnet)."));
    // Asked for the steel alone, the reason is still the magnets.
    const auto alone = one_line(cli::slice_text(axes(), cli::buyer_of(axes(), 0), slice, no_seller, {"steel", {}}));
    CHECK_THAT(alone, Contains("It is most short of Magnets (magnet): 25.0 % of need was not there in the week. Steel (steel)") && Contains("idle for want of Magnets"));
    CHECK_THAT(alone, !Contains("Magnets (magnet): short of"));
}
