// Air freight: goods for buyers who run short land sooner, at a premium.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

constexpr int kSea = 30, kAir = 5;

scenario::Scenario flights(double below)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}}, kSea);
    for (auto& lane : s.lanes) lane.air_days = lane.origin == lane.destination || below < 0 ? 0 : kAir;
    s.air_below = below;
    s.air_premium = 5;
    return s;
}

}  // namespace

// Cover is 30 days; below 10 the goods of day 0 fly. They land on day 5 with the ship that left on day -25.
TEST_CASE("goods for a buyer who runs short are flown")
{
    for (const double below : {-1.0, 10.0}) {
        Model model(flights(below));
        model.state.slot.stock[0] = 6000;
        std::vector<std::int64_t> received;
        std::int64_t flown = 0;
        model.run_to(60, [&](int, const world::State& state) {
            received.push_back(state.slot.received[0]);
            flown += state.published.flown[model.region("XBB")];
            CHECK(state.published.exports[model.region("XBB")] == 1000);  // whichever way they go
        });
        CHECK(received[4] == 1000);
        CHECK(received[5] == (below > 0 ? 2000 : 1000));
        CHECK((flown > 0) == (below > 0));
        const std::int64_t sum = std::accumulate(received.begin(), received.end(), std::int64_t{0});
        // What flew before day 55 has come 25 days early, and no gram twice.
        CHECK(sum >= 61'000);
        CHECK(sum <= 61'000 + flown);
        if (below < 0) CHECK(sum == 61'000);
    }
}

TEST_CASE("nothing flies where every buyer has enough")
{
    Model model(flights(10));
    model.run_to(60, [&](int, const world::State& state) {
        CHECK(state.published.flown[model.region("XBB")] == 0);
        CHECK(state.slot.received[0] == 1000);
    });
}

// The ship they land with is found whatever the noise; every gram sent arrives.
TEST_CASE("flights keep the mass balance with noisy lanes")
{
    scenario::Scenario s = flights(10);
    for (auto& lane : s.lanes) lane.noise_sd = 0.4;
    Model model(s);
    model.state.slot.stock[0] = 0;
    std::int64_t sent = 0, received = 0, flown = 0;
    const std::int64_t under_way = kSea * 1000;
    model.run_to(300, [&](int, const world::State& state) {
        sent += state.published.exports[model.region("XBB")];
        received += state.slot.received[0];
        flown += state.published.flown[model.region("XBB")];
        std::int64_t now = 0;
        const auto lane = model.structure.links.out_lane[0];
        for (std::size_t cell = model.structure.links.out_rank[0]; cell < state.link.transit[lane].low.size(); cell += model.structure.lanes[lane].n_links) {
            now += state.link.transit[lane].at(cell);
        }
        CHECK(under_way + sent == received + now);
    });
    CHECK(flown > 0);
}

// A flight as long as the voyage lands with the ship of the day: its goods are in that ship's, and leave once.
TEST_CASE("goods that land with the ship of their own day are exported once")
{
    scenario::Scenario s = flights(10);
    for (auto& lane : s.lanes) {
        if (lane.air_days > 0) lane.air_days = lane.days;
    }
    Model model(s);
    model.state.slot.stock[0] = 6000;
    std::int64_t flown = 0;
    model.run_to(20, [&](int, const world::State& state) {
        flown += state.published.flown[model.region("XBB")];
        CHECK(state.published.exports[model.region("XBB")] == 1000);
    });
    CHECK(flown > 0);
}

// A buyer that keeps five days of stock at rest is below ten on every day, and flies nothing until it has less than five.
TEST_CASE("who keeps little stock does not fly for that")
{
    scenario::Scenario s = flights(10);
    s.buyers[0].cover.a = 5;
    Model model(s);
    model.run_to(60, [&](int, const world::State& state) { CHECK(state.published.flown[model.region("XBB")] == 0); });
    model.state.slot.stock[0] -= 1;
    model.run_to(61);
    CHECK(model.state.published.flown[model.region("XBB")] > 0);
}
