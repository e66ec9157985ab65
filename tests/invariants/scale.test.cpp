// A5. Units and the number of firms do not matter.
//
// A5a all quantities (licence size included) x 1000: quantities / 1000 equal within one gram per
//     link and day, event days identical. Rounding is the only difference, so it bounds the gap.
// A5b every firm replaced by ten of a tenth of the size, all the same, one supplier each, a pure
//     licensing lag: block totals equal to 1e-9 and a gram per link and day of rounding.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/small_world.hpp"

#include <cmath>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

// Where oxide runs out, a gram more of it is fifty grams more of magnets (0.02 g of oxide a gram).
constexpr double kMagnetPerOxide = 50;

scenario::Scenario chain()
{
    scenario::Scenario s = small_world();
    s.exporters.clear();
    s.importers.clear();
    s.world.suppliers_min = s.world.suppliers_max = 1;
    s.behaviour.review_days = 1;
    for (auto& producer : s.producers) producer.size_log_sd = 0;
    for (auto& buyer : s.buyers) buyer.size_log_sd = 0;
    scenario::Licensing& l = add_licensing(s, 20);
    l.minimum_review_days = 45;
    l.batch_cover = 0;  // filed every day
    l.shipment_size = 1e12;
    add_tariff(s, 0.0, {{30, 1.45}, {120, 0.3}});
    return s;
}

struct Day {
    std::vector<std::int64_t> use, stock, output, exports;
};
Day read(const world::State& state)
{
    return {state.published.use, state.published.stock, state.published.output, state.published.exports};
}

// Largest gap between `a` / ka and `b` / kb beyond 1e-9 of the value [g].
double gap(const std::vector<std::int64_t>& a, double ka, const std::vector<std::int64_t>& b, double kb)
{
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = static_cast<double>(a[i]) / ka;
        const double y = static_cast<double>(b[i]) / kb;
        worst = std::max(worst, std::abs(x - y) - 1e-9 * std::abs(x));
    }
    return worst;
}

void check_same_run(const scenario::Scenario& one, const scenario::Scenario& other, double factor, double per_day)
{
    Model a(one);
    Model b(other);
    double unmet = 0;
    for (int day = 0; day < 200; ++day) {
        CAPTURE(day);
        a.run_to(day);
        b.run_to(day);
        const Day x = read(a.state);
        const Day y = read(b.state);
        REQUIRE(gap(x.use, 1, y.use, factor) <= per_day);
        REQUIRE(gap(x.output, 1, y.output, factor) <= per_day * kMagnetPerOxide);
        REQUIRE(gap(x.exports, 1, y.exports, factor) <= per_day);
        REQUIRE(gap(x.stock, 1, y.stock, factor) <= per_day * (day + 1));  // a stock sums flows
        for (std::size_t row = 0; row < x.use.size(); ++row) {
            unmet += static_cast<double>(a.state.published.need[row] - x.use[row]);
        }
    }
    CHECK(unmet > 1e6);  // the control bites, so the runs agree about a shortage
    REQUIRE(a.state.events.size() == b.state.events.size());
    for (std::size_t i = 0; i < a.state.events.size(); ++i) CHECK(a.state.events[i].day == b.state.events[i].day);
    for (std::size_t p = 0; p < a.state.outside_price.size(); ++p) {
        CHECK(a.state.outside_price[p] == Approx(b.state.outside_price[p]).epsilon(1e-5));
    }
}

}  // namespace

TEST_CASE("A5a quantities a thousand times as large give the same run")
{
    const scenario::Scenario one = chain();
    scenario::Scenario thousand = one;
    thousand.licensing[0].shipment_size *= 1000;
    for (auto& buyer : thousand.buyers) {
        for (auto& input : buyer.uses) *input.grams_per_day *= 1000;
    }
    const auto n_links = static_cast<double>(Model(one).structure.n_links());
    check_same_run(one, thousand, 1000, n_links);
}

TEST_CASE("A5b ten clones of a tenth of the size give the same run")
{
    const scenario::Scenario one = chain();
    scenario::Scenario ten = one;
    ten.world.scale = 10;
    const auto n_links = static_cast<double>(Model(ten).structure.n_links());
    REQUIRE(Model(ten).structure.n_firms() == 10 * Model(one).structure.n_firms());
    check_same_run(one, ten, 1, n_links);
}

// A budget in tonnes is spent to the last file it cannot yet pay, whatever the number of firms: while
// something waits every day, two scales differ by less than the largest file.
TEST_CASE("tonnage granted does not depend on the number of firms, within one licence")
{
    const auto granted = [](double scale) {
        scenario::Scenario s = small_world();
        s.world.scale = scale;
        scenario::Licensing& l = add_licensing(s, 10);
        l.throughput.unlimited = false;
        l.throughput.levels = {{s.time.start + 10, 0.3}};
        l.batch_cover = 0;
        l.shipment_size = 1e6;
        Model model(s);
        std::int64_t sum = 0;
        model.run_to(150, [&](int day, const world::State& state) {
            std::int64_t waiting = 0;
            for (const auto& counts : state.published.licences) {
                sum += counts.granted_g;
                waiting += counts.in_review;
            }
            if (day > 12) REQUIRE(waiting > 0);
        });
        return sum;
    };
    const std::int64_t few = granted(1);
    REQUIRE(few > 100'000'000);
    for (const double scale : {3.0, 10.0}) CHECK(std::abs(granted(scale) - few) <= 1'000'000);
}
