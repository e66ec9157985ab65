#include "support/synthetic_run.hpp"

#include "chokepoint/ensemble/summary.hpp"
#include "chokepoint/record/variables.hpp"

#include "support/catch.hpp"

#include <cmath>

using namespace chokepoint;
using record::Quantity;

namespace {

const record::Axes kAxes = record::axes_of(support::synthetic_structure());
const record::MemberLayout kLayout(kAxes);

// Cars (buyer 0) need 10 t of each material; unmet and first short day as given.
record::Metrics member(double unmet_hre, double unmet_std, int first_hre, int first_std, int longest,
                       double lost)
{
    record::Metrics out;
    for (const auto& array : kLayout.metrics) out.emplace_back(array.size(), 0.0);
    const auto set = [&](Quantity quantity, std::size_t entity, double value) {
        out[kLayout.metric_index(quantity)][entity] = value;
    };
    set(Quantity::kFullNeedTotal, 0, 10);
    set(Quantity::kFullNeedTotal, 1, 10);
    set(Quantity::kShortfallTotal, 0, unmet_hre);
    set(Quantity::kShortfallTotal, 1, unmet_std);
    for (auto& day : out[kLayout.metric_index(Quantity::kFirstShortDay)]) day = -1;
    set(Quantity::kFirstShortDay, 0, first_hre);
    set(Quantity::kFirstShortDay, 1, first_std);
    set(Quantity::kLongestShortRun, 0, longest);
    set(Quantity::kOutputLostUnits, 0, lost);
    set(Quantity::kFirstStoppageDay, 0, lost > 0 ? 40 : -1);
    set(Quantity::kFirstStoppageDay, 1, -1);
    return out;
}

}  // namespace

TEST_CASE("The headline adds materials, takes the earliest day and counts members")
{
    const std::vector<record::Metrics> members = {member(4, 2, 30, 20, 12, 500), member(0, 0, -1, -1, 0, 0),
                                                  member(1, 0, -1, -1, 3, 100)};
    const auto rows = ensemble::headline(kAxes, members);
    REQUIRE(rows.size() == 2);
    const auto& cars = rows[0];
    // Totals 6, 0, 1 of 20 t: median 1; 5 % at .1 of the way from 0 to 1; 95 % at .9 from 1 to 6.
    CHECK(cars.all.unmet.median == 1);
    CHECK(cars.all.unmet.low == Approx(0.1));
    CHECK(cars.all.unmet.high == Approx(5.5));
    CHECK(cars.all.share.median == Approx(0.05));
    CHECK(cars.all.first_short_day.median == 20);
    CHECK(cars.all.short_members == Approx(1.0 / 3));
    CHECK(cars.all.unmet_members == Approx(2.0 / 3));
    CHECK(cars.all.longest_run.median == 3);
    CHECK(cars.output_lost.median == 100);
    CHECK(cars.first_stoppage_day == 40);
    CHECK(cars.stopped_members == Approx(2.0 / 3));
    REQUIRE(cars.products.size() == 2);
    CHECK(cars.products[0].figures.first_short_day.median == 30);
    CHECK(cars.products[1].figures.unmet.high == Approx(1.8));  // 2, 0, 0
    CHECK(rows[1].products.empty());                            // defense needs nothing here
    CHECK(std::isnan(rows[1].all.share.median));
    CHECK(std::isnan(rows[1].first_stoppage_day));
}

TEST_CASE("Differences are policy minus baseline over the members done in both")
{
    const std::vector<std::uint32_t> base_done = {0, 1, 2}, policy_done = {1, 2, 3};
    const std::vector<record::Metrics> base = {member(9, 9, 0, 0, 9, 9), member(1, 0, -1, -1, 0, 10),
                                               member(2, 0, -1, -1, 0, 0)};
    const std::vector<record::Metrics> policy = {member(4, 0, -1, -1, 0, 30), member(2, 0, -1, -1, 0, 0),
                                                 member(9, 9, 0, 0, 9, 9)};
    const auto rows = ensemble::paired_difference({kAxes, base_done, base}, {kAxes, policy_done, policy});
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].buyer == "auto_usa");
    CHECK(rows[0].pairs == 2);
    // Members 1 and 2: 4 - 1 = 3 and 2 - 2 = 0.
    CHECK(rows[0].unmet.median == Approx(1.5));
    CHECK(rows[0].unmet.low == Approx(0.15));
    CHECK(rows[0].unmet.high == Approx(2.85));
    CHECK(rows[0].share.median == Approx(1.5 / 20));
    CHECK(rows[0].worse == 0.5);
    CHECK(rows[0].output_lost.median == Approx(10));  // 20 and 0
}

TEST_CASE("A buyer the baseline does not have is left out of the difference")
{
    record::Axes base_axes = kAxes;
    base_axes.buyers[1].id = "defense_jpn";
    const std::vector<std::uint32_t> done = {0};
    const std::vector<record::Metrics> members = {member(1, 0, -1, -1, 0, 0)};
    const auto rows = ensemble::paired_difference({base_axes, done, members}, {kAxes, done, members});
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].buyer == "auto_usa");
    CHECK(rows[0].unmet.median == 0);
}

// 20 t of full need: 2 t unmet and 3 t given up in the baseline, 6 t and none under the policy. It gives up less and loses more.
TEST_CASE("Lost is unmet and given up, and worse off is who loses more")
{
    const std::vector<std::uint32_t> done = {0};
    std::vector<record::Metrics> base = {member(2, 0, -1, -1, 0, 0)}, policy = {member(6, 0, -1, -1, 0, 0)};
    base[0][kLayout.metric_index(Quantity::kGivenUpTotal)][1] = 3;
    base[0][kLayout.metric_index(Quantity::kGivenUpValue)][1] = 60;
    base[0][kLayout.metric_index(Quantity::kShortfallValue)][1] = 40;
    policy[0][kLayout.metric_index(Quantity::kShortfallValue)][1] = 120;
    const auto before = ensemble::headline(kAxes, base)[0], after = ensemble::headline(kAxes, policy)[0];
    CHECK(before.all.lost.median == 5);
    CHECK(before.all.lost_usd.median == 100);
    CHECK(before.all.given_up_usd.median == 60);
    CHECK(before.all.unmet.median == 2);
    CHECK(before.all.given_up.median == 3);
    CHECK(before.all.share.median == Approx(0.25));
    CHECK(before.all.lost_members == 1);
    const auto rows = ensemble::paired_difference({kAxes, done, base}, {kAxes, done, policy});
    CHECK(rows[0].lost.median == Approx(1));
    CHECK(rows[0].lost_usd.median == Approx(20));
    CHECK(rows[0].unmet.median == Approx(4));
    CHECK(rows[0].given_up.median == Approx(-3));
    CHECK(rows[0].worse == 1);
    CHECK(rows[0].better == 0);
    const auto back = ensemble::paired_difference({kAxes, done, policy}, {kAxes, done, base});
    CHECK(back[0].worse == 0);
    CHECK(back[0].better == 1);
}
