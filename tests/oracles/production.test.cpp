// A27. Depletion: cover of S days, supply cut by the share f for T days, then full again, nothing to
// substitute. Stock falls by f a day, so the first stop comes after S / f days and f (T - S / f) days of
// output are lost. Output is whole grams of 1000 a day: half a gram a day of rounding at most.

#include "support/catch.hpp"
#include "support/supply.hpp"

using namespace chokepoint;
using namespace chokepoint::test;

TEST_CASE("A27 stock runs out on the day and loses the output the cut implies")
{
    struct Case {
        double cover, cut;
        int days;
        double first_stop, lost;
    };
    for (const Case& c : {Case{30, 0.75, 90, 40, 37.5}, Case{45, 0.75, 120, 60, 45}, Case{60, 1, 63, 60, 3}, Case{20, 1, 63, 20, 43}}) {
        CAPTURE(c.cover, c.cut, c.days);
        Model model(one_buyer(c.cover));
        int first = -1;
        double lost = 0;
        run_supplied(model, 300, cut_from_day_10(1000, c.cut, c.days), [&](int day) {
            lost += days_lost(model);
            if (first < 0 && days_lost(model) > 0) first = day - 10;
        });
        CHECK(first == c.first_stop);
        CHECK(lost == Approx(c.lost).margin(0.0005 * c.days));
    }
}
