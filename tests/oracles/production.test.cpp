// A27. Depletion: cover of S days, supply cut by the share f for T days, then full again, nothing to
// substitute. Stock falls by f a day, so the first stop comes after S / f days and f (T - S / f) days of
// output are lost. Output is whole grams of 1000 a day: half a gram a day of rounding at most.

#include "support/catch.hpp"
#include "support/supply.hpp"

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

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

// A28. Precaution: with psi 0.8 and 90 days wanted, output falls in proportion below 72 days of stock.
// The expected numbers are those of S' = S - min(1, S / 72) + supply from S = 90; grams of a flow of 1e9 a
// day leave an error of 1e-9 a day. What arrives on a day of the engine was received the day before there.
TEST_CASE("A28 output is cut in proportion before stock runs out")
{
    const auto outputs = [](double psi, double cut) {
        scenario::Scenario s = one_buyer(90, 1e9);
        s.behaviour.conduct.precaution = psi;
        Model model(s);
        std::vector<double> out;
        const auto arrives = [=](int day) { return day < 10 ? 1'000'000'000 : day == 10 ? 0 : std::llround((1 - cut) * 1e9); };
        run_supplied(model, 10 + 1500, arrives, [&](int day) {
            if (day >= 10) out.push_back(1 - days_lost(model));
        });
        return out;
    };
    const auto total = outputs(0.8, 1);
    const auto at = [](const std::vector<double>& days, std::size_t day) { return days[day]; };
    for (std::size_t day = 0; day <= 18; ++day) CHECK(at(total, day) == 1);
    CHECK(at(total, 19) == Approx(0.986111).margin(1e-6));
    CHECK(at(total, 30) == Approx(0.845493).margin(1e-6));
    CHECK(at(total, 60) == Approx(0.555758).margin(1e-6));
    CHECK(at(total, 180) == Approx(0.103750).margin(1e-6));
    CHECK(std::accumulate(total.begin(), total.end(), 0.0) == Approx(90).margin(1e-6));
    const auto part = outputs(0.8, 0.6);
    CHECK(at(part, 60) == Approx(0.794391).margin(1e-6));
    CHECK(at(part, 120) == Approx(0.570403).margin(1e-6));
    CHECK(part.back() * 72 == Approx(28.8).margin(1e-4));  // the stock the output is in proportion to
    const auto off = outputs(0, 1);
    CHECK(at(off, 89) == 1);
    CHECK(at(off, 90) == 0);
}

// A30. Capacity 100; stocks support 80 of the critical input, 20 of the important one, none of the third.
TEST_CASE("A30 criticality classes")
{
    using scenario::Criticality;
    const auto output = [](Criticality important, Criticality third) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 100}});
        s.buyers[0].makes = "unit";
        s.buyers[0].output_per_day = 100;
        const Criticality classes[] = {Criticality::kCritical, important, third};
        const scenario::Product product = s.products[0];
        const scenario::Producer maker = s.producers[0];
        s.products.clear();
        s.producers.clear();
        s.buyers[0].uses.clear();
        for (int k = 0; k < 3; ++k) {
            s.products.push_back(product);
            s.producers.push_back(maker);
            s.products.back().id = s.producers.back().makes = "input" + std::to_string(k);
            s.producers.back().id = "maker" + std::to_string(k);
            scenario::Input use;
            use.product = s.products.back().id;
            use.grams_per_unit = 1;
            use.critical = classes[k];
            s.buyers[0].uses.push_back(use);
        }
        Model model(s);
        REQUIRE(model.structure.n_slots() == 3);
        model.state.slot.stock = {80, 20, 0};
        dynamics::produce(model.structure, model.context(0), model.state);
        return static_cast<double>(model.state.firm.output[model.structure.slots.firm[0]]) / 1000;
    };
    CHECK(output(Criticality::kCritical, Criticality::kMinor) == 20);      // strict: the important input binds
    CHECK(output(Criticality::kImportant, Criticality::kMinor) == 60);     // half rule
    CHECK(output(Criticality::kMinor, Criticality::kMinor) == 80);          // lenient
    CHECK(output(Criticality::kCritical, Criticality::kCritical) == 0);   // plain Leontief
}
