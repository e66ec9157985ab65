// A8. More of what helps never hurts: stock cover, throughput, approval; a lower duty.
//
// Expected: cumulative unmet need of the buyers under control falls or stays as the lever rises, in
// every pair of neighbours (violations 0), and falls strictly from end to end, or the lever were dead.
// Feedbacks can reverse the sign, so orders are constant, shares and prices fixed, one class of buyers.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/small_world.hpp"

#include <functional>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

scenario::Scenario one_class(std::uint64_t seed)
{
    scenario::Scenario s = small_world();
    s.seed = seed;
    s.buyers.erase(s.buyers.begin() + 1, s.buyers.end());  // automotive in XBB
    s.importers.clear();
    s.behaviour.gap_share = 0;
    s.behaviour.fixed_shares = true;
    s.behaviour.price_speed = 0;
    s.behaviour.dispatch_cap = 0;
    scenario::Licensing& l = add_licensing(s, 10);
    l.throughput.unlimited = false;
    l.batch_cover = 0;
    l.shipment_size = 2e5;
    l.resubmit_days = 5;
    l.throughput.levels = {{s.time.start + 10, 0.0}, {s.time.start + 60, 0.6}};
    return s;
}

std::int64_t unmet(const scenario::Scenario& scenario)
{
    Model model(scenario);
    const std::uint32_t row = model.row("auto_b", "magnet");
    std::int64_t sum = 0;
    model.run_to(199, [&](int, const world::State& state) { sum += state.published.need[row] - state.published.use[row]; });
    return sum;
}

// Goods before the authority or waiting to be filed again, summed over the days [g d].
std::int64_t waiting(const scenario::Scenario& scenario)
{
    Model model(scenario);
    std::int64_t sum = 0;
    model.run_to(199, [&](int, const world::State& state) {
        for (std::size_t b = 0; b < model.structure.n_border(); ++b) {
            sum += state.border.unfiled[b] + state.border.filed[b] + state.border.to_refile[b];
        }
    });
    return sum;
}

void check_falls(const std::vector<double>& levels, const std::function<void(scenario::Scenario&, double)>& set,
                 const std::function<std::int64_t(const scenario::Scenario&)>& measure = unmet)
{
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        std::vector<std::int64_t> results;
        for (const double level : levels) {
            scenario::Scenario s = one_class(seed);
            set(s, level);
            results.push_back(measure(s));
            CAPTURE(seed, level);
            if (results.size() > 1) CHECK(results[results.size() - 1] <= results[results.size() - 2]);
        }
        CAPTURE(seed);
        CHECK(results.back() < results.front());
    }
}

}  // namespace

TEST_CASE("A8 more stock cover")
{
    check_falls({5, 10, 20, 30, 45, 60, 90}, [](auto& s, double days) { s.buyers[0].cover.a = days; });
}

TEST_CASE("A8 more throughput")
{
    check_falls({0.1, 0.3, 0.6, 0.8, 1.0, 1.5}, [](auto& s, double level) { s.licensing[0].throughput.levels[1].level = level; });
}

TEST_CASE("A8 earlier throughput")
{
    check_falls({0, 20, 40, 60, 80, 100}, [](auto& s, double earlier) {
        s.licensing[0].throughput.levels[1].date = s.time.start + 120 - static_cast<int>(earlier);
    });
}

TEST_CASE("A8 higher approval")
{
    check_falls({0.1, 0.3, 0.5, 0.7, 0.9, 1.0}, [](auto& s, double p) {
        s.licensing[0].throughput.unlimited = true;
        s.licensing[0].postures[0].approval = p;
    });
}

TEST_CASE("more throughput never raises the total wait")
{
    check_falls({0.1, 0.3, 0.6, 0.8, 1.0, 1.5}, [](auto& s, double level) { s.licensing[0].throughput.levels[1].level = level; },
                waiting);
}

TEST_CASE("higher approval never raises the total wait")
{
    check_falls({0.1, 0.3, 0.5, 0.7, 0.9, 1.0}, [](auto& s, double p) {
        s.licensing[0].throughput.unlimited = true;
        s.licensing[0].postures[0].approval = p;
    }, waiting);
}

TEST_CASE("A8 a lower duty, where a rule answers a high one by suspending licences")
{
    check_falls({1.45, 1.2, 1.01, 0.9, 0.3, 0.0}, [](auto& s, double rate) {
        add_tariff(s, 0.0, {{70, rate}});
        s.rules = {tariff_rule(1.0, 0, "suspended", 5)};
        s.licensing[0].throughput.levels[1].level = 1.5;
    });
}
