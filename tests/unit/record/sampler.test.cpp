#include "support/synthetic_run.hpp"

#include "chokepoint/record/sampler.hpp"
#include "chokepoint/record/scarcest.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <vector>

using namespace chokepoint;
using record::Quantity;
using record::Span;

namespace {

constexpr std::int64_t kTonne = 1'000'000;

struct Sampled {
    record::MemberLayout layout;
    record::MemberResult result;

    double metric(Quantity quantity, std::size_t entity) const
    {
        return result.metrics[layout.metric_index(quantity)][entity];
    }
    float series(Quantity quantity, Span span, std::size_t row, std::size_t entity) const
    {
        const auto index = layout.series_index(quantity, span);
        return result.series[index][row * layout.series[index].width + entity];
    }
};

template <class Day>
Sampled sampled(const world::Structure& structure, Day day_of)
{
    record::Sampler sampler(structure);
    for (int day = 0; day < structure.horizon; ++day) sampler.sample(day, day_of(day));
    return {record::MemberLayout(record::axes_of(structure)), sampler.finish()};
}

// The first buyer needs a tonne of the first material a day; unmet as given [g].
Sampled with_unmet(const std::vector<std::int64_t>& unmet)
{
    const auto structure = support::synthetic_structure(static_cast<int>(unmet.size()));
    return sampled(structure, [&](int day) {
        auto p = support::empty_published(structure);
        p.need[0] = kTonne;
        p.use[0] = kTonne - unmet[static_cast<std::size_t>(day)];
        return p;
    });
}

}  // namespace

TEST_CASE("What has the title of another, or none, is told apart by its id")
{
    auto structure = support::synthetic_structure();
    for (auto& block : structure.blocks)
        if (block.role == world::Role::kBuyer) block.title = "Cars";
    for (auto& product : structure.products) product.title.clear();
    const auto axes = record::axes_of(structure);
    CHECK(axes.buyers[0].title == "Cars (auto_usa)");
    CHECK(axes.buyers[1].title == "Cars (" + axes.buyers[1].id + ")");
    CHECK(axes.products[0].title == axes.products[0].id);
}

TEST_CASE("Axes take buyers only, with their base output")
{
    const auto axes = record::axes_of(support::synthetic_structure());
    REQUIRE(axes.buyers.size() == 2);
    CHECK(axes.buyers[0].id == "auto_usa");
    CHECK(axes.buyers[0].base_output == 1000);  // 1,000,000 milli-vehicles
    CHECK(axes.buyers[1].id == "defense_usa");
    CHECK(axes.buyers[1].base_output == 0);  // not counted
    CHECK(axes.buyers[1].rated);
    CHECK(axes.origins == std::vector<std::string>{"CHN"});
}

TEST_CASE("A short day has unmet need above one per cent, the first short day starts five in a row")
{
    // Days 0-1 and 4-7 are runs too short; day 3 misses exactly 1 %, which is not short; 9-13 count.
    const std::int64_t big = 20'000, edge = 10'000;
    const auto s = with_unmet({big, big, 0, edge, big, big, big, big, 0, 10'001, big, big, big, big, 0});
    CHECK(s.metric(Quantity::kFirstShortDay, 0) == 9);
    CHECK(s.metric(Quantity::kLongestShortRun, 0) == 5);
    // 10 days of 20,000 g, one of 10,000, one of 10,001: 220,001 g in 15 t of need.
    CHECK(s.metric(Quantity::kShortfallTotal, 0) == Approx(0.220001).epsilon(1e-14));
    CHECK(s.metric(Quantity::kNeedTotal, 0) == 15);
    CHECK(s.metric(Quantity::kShortfallShare, 0) == Approx(0.220001 / 15).epsilon(1e-14));
}

TEST_CASE("Four short days in a row, or a run cut off by the end, are no first short day")
{
    const std::int64_t big = 500'000;
    const auto s = with_unmet({0, big, big, big, big, 0, big, big, big, big});
    CHECK(s.metric(Quantity::kFirstShortDay, 0) == -1);
    CHECK(s.metric(Quantity::kLongestShortRun, 0) == 4);
}

TEST_CASE("A material the buyer does not need has no share and no short day")
{
    const auto s = with_unmet({500'000, 500'000, 500'000, 500'000, 500'000});
    const std::size_t defense_std = 1 * 2 + 1;
    CHECK(s.metric(Quantity::kNeedTotal, defense_std) == 0);
    CHECK(s.metric(Quantity::kShortfallTotal, defense_std) == 0);
    CHECK(std::isnan(s.metric(Quantity::kShortfallShare, defense_std)));
    CHECK(s.metric(Quantity::kFirstShortDay, defense_std) == -1);
    CHECK(s.metric(Quantity::kFirstShortDay, 0) == 0);
}

TEST_CASE("Rows of other blocks are not reported")
{
    const auto structure = support::synthetic_structure(3);
    const auto s = sampled(structure, [&](int) {
        auto p = support::empty_published(structure);
        p.need[2] = kTonne;      // the producer's row
        p.need[3] = 2 * kTonne;  // defense, first material: entity 1 * 2 + 0
        return p;
    });
    CHECK(s.metric(Quantity::kNeedTotal, 0) == 0);
    CHECK(s.metric(Quantity::kNeedTotal, 2) == 6);
}

TEST_CASE("Unmet need that lacked is kept apart, and what was made up later counts for both")
{
    const auto structure = support::synthetic_structure(3);
    const auto run = [&](std::vector<std::int64_t> unmet, std::vector<std::int64_t> lacked) {
        return sampled(structure, [&](int day) {
            auto p = support::empty_published(structure);
            p.need[0] = kTonne;
            p.use[0] = kTonne - unmet[static_cast<std::size_t>(day)];
            p.lacked[0] = lacked[static_cast<std::size_t>(day)];
            return p;
        }).metric(Quantity::kLackedTotal, 0);
    };
    CHECK(run({kTonne, kTonne, 0}, {kTonne / 4, 0, 0}) == 0.25);
    CHECK(run({kTonne, -kTonne / 2, 0}, {kTonne, 0, 0}) == 0.5);
    CHECK(run({kTonne / 2, -kTonne, 0}, {kTonne / 2, 0, 0}) == 0);
}

TEST_CASE("The scarcest material lacked the largest share of its need over all members, not the most tonnes")
{
    const auto axes = record::axes_of(support::synthetic_structure(3));
    const record::MemberLayout layout(axes);
    record::Scarcest scarcest(axes);
    const auto add = [&](double lacked_first, double lacked_second) {
        record::Metrics member;
        for (const auto& array : layout.metrics) member.emplace_back(array.size(), 0.0);
        auto& need = member[layout.metric_index(Quantity::kNeedTotal)];
        auto& lacked = member[layout.metric_index(Quantity::kLackedTotal)];
        need[0] = 1000, need[1] = 10;
        lacked[0] = lacked_first, lacked[1] = lacked_second;
        scarcest.add(member);
    };
    CHECK_FALSE(scarcest.of(0).has_value());
    add(0, 0);
    CHECK_FALSE(scarcest.of(0).has_value());
    add(100, 0);
    CHECK(scarcest.of(0) == 0);  // 100 of 2000
    add(0, 3);
    CHECK(scarcest.of(0) == 1);  // 3 of 30, against 100 of 3000
    CHECK_FALSE(scarcest.of(1).has_value());
}

TEST_CASE("What rounds to 0.0 % of need in every material names no scarcest material")
{
    const auto axes = record::axes_of(support::synthetic_structure(3));
    const record::MemberLayout layout(axes);
    const auto scarcest_of = [&](double lacked) {
        record::Metrics member;
        for (const auto& array : layout.metrics) member.emplace_back(array.size(), 0.0);
        member[layout.metric_index(Quantity::kNeedTotal)][0] = 1000;
        member[layout.metric_index(Quantity::kLackedTotal)][0] = lacked;
        record::Scarcest scarcest(axes);
        scarcest.add(member);
        return scarcest.of(0);
    };
    CHECK_FALSE(scarcest_of(0.08).has_value());   // 0.008 % reads 0.0 %
    CHECK_FALSE(scarcest_of(0.499).has_value());
    CHECK(scarcest_of(0.5) == 0);                 // 0.05 % reads 0.1 %
}

TEST_CASE("Lost output is in units and in days of base output; one per cent lost is a stoppage")
{
    auto structure = support::synthetic_structure(4);
    structure.blocks[0].value = 9000;
    // Cars: base 1,000,000 milli-vehicles a day; lost 9,999, 10,000, 500,000, 0: one per cent on day 1.
    const std::vector<std::int64_t> lost = {9'999, 10'000, 500'000, 0};
    const auto s = sampled(structure, [&](int day) {
        auto p = support::empty_published(structure);
        p.wanted[0] = 1'000'000;
        p.output[0] = 1'000'000 - lost[static_cast<std::size_t>(day)];
        p.wanted[2] = p.output[2] = 1000;
        p.duty[0] = 1'250'000;
        p.duty_by_region[2] = 3'000'000;
        return p;
    });
    CHECK(s.metric(Quantity::kOutputLostUnits, 0) == Approx(519.999).epsilon(1e-14));
    CHECK(s.metric(Quantity::kOutputLostDays, 0) == Approx(0.519999).epsilon(1e-14));
    CHECK(s.metric(Quantity::kFirstStoppageDay, 0) == 1);
    CHECK(s.metric(Quantity::kOutputLostValue, 0) == Approx(519.999 * 9000).epsilon(1e-14));
    CHECK(std::isnan(s.metric(Quantity::kOutputLostUnits, 1)));  // defense is not counted
    CHECK(std::isnan(s.metric(Quantity::kOutputLostValue, 1)));
    CHECK(s.metric(Quantity::kOutputLostDays, 1) == 0);
    CHECK(s.metric(Quantity::kFirstStoppageDay, 1) == -1);
    CHECK(s.metric(Quantity::kDutyPaid, 0) == 5);         // 4 x 1.25 USD
    CHECK(s.metric(Quantity::kDutyPaidRegion, 2) == 12);  // 4 x 3 USD
    CHECK(s.series(Quantity::kOutputLost, Span::kDay, 2, 0) == 0.5F);
}

TEST_CASE("Weeks start on day 0, months on the first; the last ones keep what there is")
{
    // 2025-01-20 + 16 days: weeks of 7, 7, 2 days; 12 days of January, 4 of February.
    const auto structure = support::synthetic_structure(16);
    const auto s = sampled(structure, [&](int day) {
        auto p = support::empty_published(structure);
        p.need[0] = kTonne;
        p.use[0] = kTonne - 1000 * (day + 1);
        p.stock[0] = kTonne * (100 - day);
        p.exports[4] = kTonne * (day + 1);  // to region 2, product 0
        return p;
    });
    // Sums of day + 1: 1..7 = 28, 8..14 = 77, 15..16 = 31; 1..12 = 78, 13..16 = 58.
    CHECK(s.series(Quantity::kShortfall, Span::kWeekSum, 0, 0) == Approx(0.028));
    CHECK(s.series(Quantity::kShortfall, Span::kWeekSum, 1, 0) == Approx(0.077));
    CHECK(s.series(Quantity::kShortfall, Span::kWeekSum, 2, 0) == Approx(0.031));
    CHECK(s.series(Quantity::kExports, Span::kWeekSum, 1, 4) == 77);
    CHECK(s.series(Quantity::kExports, Span::kMonthSum, 0, 4) == 78);
    CHECK(s.series(Quantity::kExports, Span::kMonthSum, 1, 4) == 58);
    // Stock: the last day of each week: days 6, 13, 15.
    CHECK(s.series(Quantity::kStock, Span::kWeekLast, 0, 0) == 94);
    CHECK(s.series(Quantity::kStock, Span::kWeekLast, 1, 0) == 87);
    CHECK(s.series(Quantity::kStock, Span::kWeekLast, 2, 0) == 85);
    CHECK(s.series(Quantity::kShortfall, Span::kDay, 9, 0) == Approx(0.01));
}

TEST_CASE("Licence files are counted over the run, the wait is the mean over granted files")
{
    const auto structure = support::synthetic_structure(2);
    const auto s = sampled(structure, [&](int day) {
        auto p = support::empty_published(structure);
        auto& cell = p.licences[2];  // toward the third region
        cell.filed = 5;
        cell.granted = day + 1;  // 1 and 2
        cell.wait_days = day == 0 ? 10 : 50;
        cell.refused = 1;
        cell.returned = 2;
        cell.in_review = 7 + day;
        return p;
    });
    CHECK(s.metric(Quantity::kFiledTotal, 2) == 10);
    CHECK(s.metric(Quantity::kGrantedTotal, 2) == 3);
    CHECK(s.metric(Quantity::kRefusedTotal, 2) == 2);
    CHECK(s.metric(Quantity::kReturnedTotal, 2) == 4);
    CHECK(s.metric(Quantity::kGrantedWait, 2) == 20);  // 60 days over 3 files
    CHECK(std::isnan(s.metric(Quantity::kGrantedWait, 0)));
    CHECK(s.series(Quantity::kFilesInReview, Span::kDay, 1, 2) == 8);
}

TEST_CASE("Covert flows are summed over the run, edges found are those of the last day")
{
    const auto structure = support::synthetic_structure(3);
    const auto s = sampled(structure, [&](int day) {
        auto p = support::empty_published(structure);
        p.routes[1] = {kTonne * (day + 1), kTonne * day, 250'000, 7 - day, day};  // second material
        return p;
    });
    CHECK(s.metric(Quantity::kRouteShippedTotal, 1) == 6);
    CHECK(s.metric(Quantity::kRouteArrivedTotal, 1) == 3);
    CHECK(s.metric(Quantity::kRouteSeizedTotal, 1) == 0.75);
    CHECK(s.metric(Quantity::kRouteEdgesFound, 1) == 2);
    CHECK(s.metric(Quantity::kRouteShippedTotal, 0) == 0);
    CHECK(s.series(Quantity::kRouteShipped, Span::kDay, 1, 1) == 2);
    CHECK(s.series(Quantity::kRouteArrived, Span::kMonthSum, 0, 1) == 3);
    CHECK(s.series(Quantity::kRouteSeized, Span::kDay, 2, 1) == 0.25F);
    CHECK(s.series(Quantity::kRouteEdgesOpen, Span::kDay, 2, 1) == 5);
}

// Three short days, two without need, two short ones: five short days in a row of those that count.
TEST_CASE("A day without need neither adds to a run of short days nor ends it")
{
    const auto structure = support::synthetic_structure(8);
    const auto s = sampled(structure, [&](int day) {
        auto p = support::empty_published(structure);
        const bool rests = day == 3 || day == 4;
        p.need[0] = rests ? 0 : kTonne;
        p.use[0] = day == 7 ? kTonne : 0;
        return p;
    });
    CHECK(s.metric(Quantity::kLongestShortRun, 0) == 5);
    CHECK(s.metric(Quantity::kFirstShortDay, 0) == 0);
}

// 2 t flown on each of three days at 5 USD/kg.
TEST_CASE("The premium for what was flown is summed over the run, by destination")
{
    auto structure = support::synthetic_structure(3);
    structure.parameters.air_premium = 5000;  // [1e-6 USD/g]
    const auto s = sampled(structure, [&](int) {
        auto p = support::empty_published(structure);
        p.flown.assign(structure.regions.size(), 0);
        p.flown[0] = 2 * kTonne;
        return p;
    });
    CHECK(s.metric(Quantity::kAirFreight, 0) == Approx(30'000));
    CHECK(s.metric(Quantity::kAirFreight, 1) == 0);
}

TEST_CASE("Who sells is told by week: output, what is owed by client, and inputs")
{
    auto structure = support::synthetic_structure(10);
    structure.blocks[1].product = 0;
    structure.sources = {{0, 1, 0}, {3, 1, world::kUncontrolled}};
    structure.firms.capacity[1] = kTonne;
    const std::size_t lane = structure.duty_cell(2, 0, 0);  // the United States on China
    structure.policy.tariffs = {{"usa_on_chn", {{"mfn", 21'000, {static_cast<std::uint32_t>(lane)}}}}};
    structure.policy.duty_changes = {{-3, 0, 0, 31'000}, {1, 0, 0, 121'000}};
    const auto axes = record::axes_of(structure);
    REQUIRE(axes.sellers.size() == 1);
    CHECK(axes.sellers[0].id == "china_magnets");
    CHECK(axes.sellers[0].role == "producer");
    CHECK(axes.sellers[0].product == "magnet_hre");
    REQUIRE(axes.sources.size() == 2);
    CHECK(axes.sources[0].id == "china_magnets>auto_usa");
    CHECK(axes.sources[0].control == "mofcom_18");
    CHECK(axes.sources[1].id == "china_magnets>defense_usa");
    CHECK(axes.sources[1].control.empty());
    const auto s = sampled(structure, [&](int day) {
        auto p = support::empty_published(structure);
        p.wanted[1] = 3 * kTonne;
        p.output[1] = 2 * kTonne;
        p.finished[1] = day * kTonne;
        p.need[2] = 5 * kTonne;  // the producer's row
        p.use[2] = 4 * kTonne;
        p.lacked[2] = kTonne / 2;
        p.sources[0] = {day * kTonne, 2 * kTonne, 0, 7 * kTonne, 0, 0, 3, 40 + day};
        p.sources[1].owed = kTonne;
        p.source_refused[1] = kTonne;
        p.duty_ppm[lane] = day < 1 ? 31'000 : 121'000;
        return p;
    });
    CHECK(s.series(Quantity::kSellerCapacity, Span::kWeekSum, 0, 0) == 7);
    CHECK(s.series(Quantity::kSourceDuty, Span::kWeekLast, 0, 1) == Approx(0.121));
    CHECK(s.series(Quantity::kSourceDutyRise, Span::kWeekLast, 0, 1) == Approx(0.09));  // over 3.1 % on day 0, raised before it
    CHECK(s.series(Quantity::kSellerOutput, Span::kWeekSum, 0, 0) == 14);
    CHECK(s.series(Quantity::kSellerUnmade, Span::kWeekSum, 1, 0) == 3);  // the last week holds three days
    CHECK(s.series(Quantity::kSellerFinished, Span::kWeekLast, 0, 0) == 6);
    CHECK(s.series(Quantity::kSellerOwed, Span::kWeekLast, 1, 0) == 10);  // 9 and 1
    CHECK(s.series(Quantity::kSellerNeed, Span::kWeekSum, 0, 0) == 35);
    CHECK(s.series(Quantity::kSellerShortfall, Span::kWeekSum, 0, 0) == 7);
    CHECK(s.series(Quantity::kSellerLacked, Span::kWeekSum, 0, 0) == 3.5F);
    CHECK(s.series(Quantity::kSourceOwed, Span::kWeekLast, 1, 0) == 9);
    CHECK(s.series(Quantity::kSourceNotFiled, Span::kWeekLast, 0, 0) == 2);
    CHECK(s.series(Quantity::kSourceInReview, Span::kWeekLast, 0, 0) == 7);
    CHECK(s.series(Quantity::kSourceFiles, Span::kWeekLast, 0, 0) == 3);
    CHECK(s.series(Quantity::kSourceOldest, Span::kWeekLast, 1, 0) == 49);
    CHECK(s.series(Quantity::kSourceRefused, Span::kWeekSum, 0, 1) == 7);
}

// Week 1: 1 of 7 t of full need unmet. Week 2: half of need unmet and as much again given up, so 7 of 10.5 t. Day 14 alone: nothing.
TEST_CASE("The worst week is lost need over full need of one member, in money at the price of day 0")
{
    auto structure = support::synthetic_structure(15);
    structure.products[0].price = 50;
    const auto s = sampled(structure, [&](int day) {
        auto p = support::empty_published(structure);
        p.need[0] = p.use[0] = kTonne;
        if (day == 3) p.use[0] = 0;
        if (day >= 7 && day < 14) p.use[0] = p.given_up[0] = kTonne / 2;
        return p;
    });
    CHECK(s.metric(Quantity::kWorstWeek, 0) == Approx(7.0 / 10.5));
    CHECK(std::isnan(s.metric(Quantity::kWorstWeek, 1)));  // needs nothing in these days
    CHECK(s.metric(Quantity::kShortfallValue, 0) == Approx(4.5 * 50'000));
    CHECK(s.metric(Quantity::kGivenUpValue, 0) == Approx(3.5 * 50'000));
    CHECK(s.metric(Quantity::kLostValue, 0) == Approx(8 * 50'000));
}

// Days 0 to 6 are a Wednesday to a Tuesday. The second, a Thursday, is a holiday: two working days after day 0 are
// days 2 and 5, so a file of day 0 decided on day 5 is in time, six calendar days after it is late.
TEST_CASE("A file is late by the calendar of its authority, a holiday puts the deadline off")
{
    auto structure = support::synthetic_structure(7);
    structure.start = core::Date::from_ymd(2025, 1, 1);
    structure.policy.controls.resize(1);
    auto& control = structure.policy.controls[0];
    control.calendar = core::WorkingCalendar({structure.start + 1}, {});
    control.deadline = 2;
    control.deadline_mode = world::Deadline::kStopClock;
    const auto late = [&] {
        return sampled(structure, [&](int day) {
            auto p = support::empty_published(structure);
            const auto decided = [&](int wait, world::Outcome outcome) { p.decisions.push_back({.outcome = outcome, .wait = wait}); };
            if (day == 5) decided(5, world::Outcome::kGranted);
            if (day == 6) decided(6, world::Outcome::kRefused), decided(6, world::Outcome::kReturned);
            return p;
        });
    };
    const auto s = late();
    CHECK(s.metric(Quantity::kFilesDecided, 0) == 2);
    CHECK(s.metric(Quantity::kFilesLate, 0) == 1);
    control.deadline_mode = world::Deadline::kNone;
    CHECK(std::isnan(late().metric(Quantity::kFilesLate, 0)));
}
