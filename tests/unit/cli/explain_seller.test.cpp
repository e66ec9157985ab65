#include "explain_slices.hpp"

using namespace chokepoint;
using namespace chokepoint::support;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

// A producer that makes 60 t of the 70 t of the first week.
record::Slice maker()
{
    record::Slice slice;
    slice.user = "usa_distributors";
    slice.day = 150;
    slice.week_end = 153;
    slice.seller = seller_of_week(even(60), even(20), even(5), even(40));
    slice.seller->usual_output = 70;
    slice.seller->usual_finished = 5;
    slice.seller->behind_since = 147;
    slice.seller->capacity = even(60);
    slice.seller->usual_capacity = 75;
    return slice;
}

record::SliceAxes with_maker()
{
    auto a = with_sellers();
    a.seller_roles[1] = "producer";
    a.producers = {"usa_distributors"};
    a.producer_outages = {"flood: 40 % from 2025-05-20 until 2025-08-01; strike: 10 % from 2025-09-01"};
    return a;
}

}  // namespace

namespace {
std::string text_of_seller(const record::Slice& slice)
{
    const auto a = with_maker();
    return cli::slice_text(a, cli::seller_of(a, 1), slice, no_seller);
}
}  // namespace

TEST_CASE("a maker at capacity says how much of it, since when, and which outage takes it")
{
    auto slice = maker();
    const std::string why = cli::seller_reason(with_maker(), slice);
    CHECK_THAT(why, Contains("It lacked no input: it ran at capacity, 60.0 t in the week, which is 80.0 % of that of the first week; it makes less "
                             "than it wants since the week of 2025-05-28."));
    // What is owed is wanted anew every day, so its sum over a week is told only where there is none.
    CHECK_THAT(why, !Contains("It wanted"));
    slice.seller->owed = even(0);
    CHECK_THAT(cli::seller_reason(with_maker(), slice), Contains("It wanted 80.0 t for its orders and its finished stock, against 70.0 t made in the first week."));
    CHECK_THAT(why, Contains("Outage producers.usa_distributors.outages.flood: 40 % of capacity lost from 2025-05-20 until 2025-08-01.") && !Contains("strike"));
    slice.seller->capacity = even(90);
    CHECK_THAT(cli::seller_reason(with_maker(), slice), Contains("firms of it ran at capacity, all together at 66.7 % of 90.0 t in the week"));
    // Its own input lies idle for that reason.
    auto input = material();
    input.lacked = even(0);
    slice.materials = {input};
    CHECK_THAT(one_line(text_of_seller(slice)), Contains("they lie idle because firms of it are at capacity") && !Contains("another reason"));
}

TEST_CASE("a maker that makes less and wants no more says what its goods wait for")
{
    auto slice = maker();
    slice.seller->output_short = even(0);
    CHECK_THAT(cli::seller_reason(with_maker(), slice), StartsWith(" That is 14.3 % less than in the first week, and it wanted no more: it has fewer orders."));
    slice.seller->finished = even(90);
    CHECK_THAT(cli::seller_reason(with_maker(), slice), Contains("it still has 90.0 t of finished goods, against 5.00 t then."));
    slice.seller->clients = {source(1, 0, record::Part::kInReview, 30)};
    slice.seller->clients[0].at[static_cast<std::size_t>(record::Part::kNotFiled)] = 10;
    CHECK_THAT(cli::seller_reason(with_maker(), slice), Contains("wanted no more. Orders of its clients wait under mofcom_18, 40.0 t more than in the "
                                                                 "first week: 30.0 t in review, 10.0 t without an application yet."));
    CHECK(cli::seller_measures(with_maker(), slice).at(0).sentence == "Announcement 18 (mofcom_18) of CHN, in force since 2025-01-20.");
    CHECK_THAT(one_line(text_of_seller(slice)), Contains("not short. In the week to 2025-06-03 it made 60.0 t") && !Contains("needs no input"));
}

TEST_CASE("days of a seller are those of the first week: what it wants later counts work on what it owes")
{
    auto m = material();
    m.need = even(12);
    m.usual_need = 2;
    put(m, Stand::kInReview, 50);
    CHECK_THAT(sentence(m), StartsWith("Largest cause: 50.0 t (25.0 d of first-week need) wait for a licence"));
}
