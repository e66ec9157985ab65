// A3, A6, A7. The same scenario gives the same bits however it is run.
//
// A3  1, 2 and 8 threads, 20 000 firms, 60 days, everything on: identical states.
// A6  400 days at once equal 200 days, a copy of the state, and 200 more on another number of threads.
// A7  switching customs holds or transit noise off leaves every approval draw where it was.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/random_scenario.hpp"
#include "support/random_supply.hpp"
#include "support/small_world.hpp"
#include "support/state_compare.hpp"

#include "chokepoint/core/parallel.hpp"

#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

std::uint64_t sum(const std::vector<std::uint32_t>& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::int64_t total(const std::vector<std::int64_t>& grams) { return std::accumulate(grams.begin(), grams.end(), std::int64_t{0}); }

template <class Row>
std::int64_t total(const std::vector<Row>& rows, std::int64_t Row::*field)
{
    std::int64_t sum = 0;
    for (const Row& row : rows) sum += row.*field;
    return sum;
}

world::State run_on(const scenario::Scenario& scenario, int threads, int last_day)
{
    Model model(scenario);
    core::with_threads(threads, [&] { model.run_to(last_day); });
    return model.state;
}

}  // namespace

TEST_CASE("A3 one, two and eight threads give the same bits")
{
    scenario::Scenario s = busy_with_routes();
    add_supply(s, 3);
    s.world.scale = 330;
    REQUIRE(Model(s).structure.n_firms() >= 20000);
    const world::State one = run_on(s, 1, 59);
    CHECK(sum(one.border.n_decided) > 1000);  // approvals were drawn
    CHECK(sum(one.border.n_refused) > 100);
    CHECK(std::accumulate(one.border.customs.begin(), one.border.customs.end(), std::int64_t{0}) > 0);
    CHECK(total(one.covert.shipped) > 0);
    CHECK(total(one.published.mass, &world::MassBalance::seized) > 0);
    CHECK(first_difference(one, run_on(s, 2, 59)) == "");
    CHECK(first_difference(one, run_on(s, 8, 59)) == "");
}

// The options of the limit cases, which authorities rule out, with a circle of products.
TEST_CASE("A3, A6 without transport or a book of orders bits hang neither on threads nor on a cut")
{
    scenario::Scenario s = small_world();
    scenario::Input scrap = s.producers[0].uses[0];
    scrap.product = "magnet";
    s.producers[1].uses = {scrap};
    s.producers[0].growth.outages = {{"fire", "", s.time.start + 5, s.time.start + 25, 0.6}};
    s.producers[0].growth.stretch = {1.2, 20};
    s.behaviour.review_days = 1;
    s.behaviour.instant_delivery = s.behaviour.backlog_dropped = s.behaviour.output_forecast = true;
    s.world.scale = 300;
    const world::State one = run_on(s, 1, 59);
    REQUIRE(one.firm.output.size() > 3 * dynamics::kFirmGrain);  // several blocks of rows
    CHECK(first_difference(one, run_on(s, 8, 59)) == "");
    Model cut(s);
    cut.run_to(20);
    Model rest(s);
    rest.state = cut.state;
    core::with_threads(4, [&] { rest.run_to(59); });
    CHECK(first_difference(one, rest.state) == "");
}

TEST_CASE("A6 a run can be cut and continued on another number of threads")
{
    scenario::Scenario s = busy_with_routes();
    s.time.horizon = 400;
    const auto days_by_day = [&](bool cut) {
        Model model(s);
        if (!cut) {
            model.run_to(399);
            return model.state;
        }
        core::with_threads(1, [&] { model.run_to(199); });
        Model rest(s);
        rest.state = model.state;
        core::with_threads(4, [&] { rest.run_to(399); });
        return rest.state;
    };
    const world::State whole = days_by_day(false);
    REQUIRE(whole.day == 399);
    CHECK(sum(whole.border.n_decided) > 100);
    CHECK(total(whole.published.mass, &world::MassBalance::seized) > 0);
    CHECK(first_difference(whole, days_by_day(true)) == "");
}

// What is filed does not depend on what arrives, nor what is sent covertly on what is found: no one is
// barred, no one fears, and there is room for all. Approval and holds then stay where they were.
TEST_CASE("A7 finding no lot does not move any other draw")
{
    scenario::Scenario s = busy_with_routes();
    s.behaviour.gap_share = 0;
    s.behaviour.fixed_shares = true;
    s.behaviour.price_speed = 0;
    s.behaviour.demand.all.elasticity = 0;
    for (auto& producer : s.producers) producer.cover = {scenario::FirmDistribution::Kind::kConstant, 400, 0, 0};
    for (auto& house : s.exporters) house.cover = {scenario::FirmDistribution::Kind::kConstant, 400, 0, 0};
    for (auto& route : s.routes) {
        route.capacity = 3e4;
        route.detection = 0.3;
        route.barred_days = 0;
        route.discovers = false;
    }
    scenario::Scenario without = s;
    for (auto& route : without.routes) route.detection = route.detection_volume = 0;
    Model a(s);
    Model b(without);
    for (Model* model : {&a, &b}) model->state.outside_price.assign(a.structure.products.size(), 1000);  // prices stay
    std::int64_t seized = 0, differ = 0, refused = 0;
    for (int day = 0; day < 120; ++day) {
        CAPTURE(day);
        a.run_to(day);
        b.run_to(day);
        REQUIRE(a.state.covert.shipped == b.state.covert.shipped);
        REQUIRE(a.state.border.n_filed == b.state.border.n_filed);
        REQUIRE(a.state.border.n_decided == b.state.border.n_decided);
        REQUIRE(a.state.border.n_refused == b.state.border.n_refused);
        REQUIRE(a.state.border.customs == b.state.border.customs);
        REQUIRE(a.state.transit.arrival == b.state.transit.arrival);
        REQUIRE(total(b.state.covert.seized) == 0);
        seized += total(a.state.covert.seized);
        differ += a.state.covert.arrived != b.state.covert.arrived;
        for (const auto& counts : a.state.published.licences) refused += counts.refused;
    }
    CHECK(seized > 0);
    CHECK(differ > 20);
    CHECK(refused > 10);
}

TEST_CASE("A7 holds and transit noise do not move approval draws")
{
    scenario::Scenario s = busy_scenario();
    // What is filed must not depend on what arrives: constant orders, fixed shares, fixed prices,
    // producers with stock enough never to stop.
    // Rules watch what arrives, so they go as well.
    s.rules.clear();
    s.behaviour.gap_share = 0;
    s.behaviour.fixed_shares = true;
    s.behaviour.price_speed = 0;
    s.behaviour.demand.all.elasticity = 0;
    for (auto& producer : s.producers) producer.cover = {scenario::FirmDistribution::Kind::kConstant, 400, 0, 0};
    for (auto& house : s.exporters) house.cover = {scenario::FirmDistribution::Kind::kConstant, 400, 0, 0};
    scenario::Scenario without = s;
    for (auto& posture : without.licensing[0].postures) posture.hold = 0;
    for (auto& lane : without.lanes) lane.noise_sd = 0;

    Model a(s);
    Model b(without);
    std::int64_t held = 0, arrivals_differ = 0, granted = 0, refused = 0;
    for (int day = 0; day < 150; ++day) {
        CAPTURE(day);
        a.run_to(day);
        b.run_to(day);
        REQUIRE(a.state.border.n_filed == b.state.border.n_filed);
        REQUIRE(a.state.border.n_decided == b.state.border.n_decided);
        REQUIRE(a.state.border.n_refused == b.state.border.n_refused);
        for (std::size_t r = 0; r < a.structure.regions.size(); ++r) {
            REQUIRE(a.state.published.licences[r].granted_g == b.state.published.licences[r].granted_g);
            REQUIRE(a.state.published.licences[r].returned_g == b.state.published.licences[r].returned_g);
            granted += a.state.published.licences[r].granted;
            refused += a.state.published.licences[r].refused;
        }
        for (std::size_t i = 0; i < a.structure.n_border(); ++i) {
            held += a.state.border.customs[i];
            REQUIRE(b.state.border.customs[i] == 0);
        }
        arrivals_differ += a.state.slot.received != b.state.slot.received;
    }
    CHECK(held > 0);
    CHECK(arrivals_differ > 100);
    CHECK(granted > 100);
    CHECK(refused > 10);
}
