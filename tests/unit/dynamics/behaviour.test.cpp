// Buyers and prices: sources, hoarding, waiting, the price outside.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"
#include "support/supply.hpp"

#include <cmath>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

// A buyer in XBB with one source abroad and one at home, half and half.
scenario::Scenario two_sources()
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 100'000}});
    scenario::Producer home = s.producers[0];
    home.id = "home_maker";
    home.region = "XBB";
    s.producers.push_back(home);
    s.behaviour.fixed_shares = false;
    s.behaviour.sigma = 1.45;
    s.behaviour.share_adjustment = 1;
    return s;
}

double share_of(const Model& model, const char* region)
{
    double share = 0;
    for (std::size_t in = 0; in < model.structure.n_links(); ++in) {
        const std::uint32_t seller = model.structure.links.seller[in];
        if (model.structure.blocks[model.structure.firms.block[seller]].region == model.region(region)) {
            share += model.state.link.share[in];
        }
    }
    return share;
}

}  // namespace

// Equal base shares: a duty of 145 % leaves 2.45^-1.45 / (2.45^-1.45 + 1) = 0.214267 for the origin.
TEST_CASE("shares move away from a duty, by the logit, and come back exactly")
{
    scenario::Scenario s = two_sources();
    add_tariff(s, 0, {{20, 1.45}, {60, 0}});
    Model model(s);
    REQUIRE(model.structure.n_links() == 2);
    const double base = share_of(model, "XAA");
    REQUIRE(base == Approx(0.5));
    model.run_to(19);
    CHECK(share_of(model, "XAA") == base);
    model.run_to(20);
    const double weight = std::pow(2.45, -1.45);
    CHECK(share_of(model, "XAA") == Approx(weight / (weight + 1)).epsilon(1e-12));
    CHECK(share_of(model, "XAA") + share_of(model, "XBB") == Approx(1).epsilon(1e-12));
    model.run_to(60);
    CHECK(share_of(model, "XAA") == base);
}

TEST_CASE("shares adjust by a part of the gap at each review")
{
    scenario::Scenario s = two_sources();
    s.behaviour.share_adjustment = 0.1;
    add_tariff(s, 0, {{20, 1.45}});
    Model model(s);
    const double weight = std::pow(2.45, -1.45);
    const double target = weight / (weight + 1);
    for (int n = 1; n <= 30; ++n) {
        model.run_to(19 + n);
        CHECK(share_of(model, "XAA") == Approx(target + (0.5 - target) * std::pow(0.9, n)).epsilon(1e-9));
    }
}

TEST_CASE("a posture that threatens refusal moves shares away")
{
    for (const double weight : {0.0, 2.0}) {
        scenario::Scenario s = two_sources();
        s.behaviour.refusal_weight = weight;
        s.behaviour.lead_weight = 0;
        scenario::Licensing& l = add_licensing(s, 20);
        l.postures[0].signal = 0.4;
        Model model(s);
        model.run_to(25);
        const double odds = std::exp(-weight * 0.4);
        CHECK(share_of(model, "XAA") == Approx(odds / (odds + 1)).epsilon(1e-12));
    }
}

// A signal of 0.6 with eta 0.3 lifts cover from 30 to 35.4 days: 5.4 days of 1000 g, once.
TEST_CASE("hoarding adds cover once")
{
    for (const double eta : {0.0, 0.3}) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
        s.behaviour.gap_share = 1;
        s.behaviour.hoarding = eta;
        s.behaviour.lead_up = 0;
        s.behaviour.announcement = 0;
        scenario::Licensing& l = add_licensing(s, 20);
        l.postures[0].signal = 0.6;
        Model model(s);
        std::int64_t extra = 0;
        model.run_to(80, [&](int, const world::State& state) { extra += state.link.period_order[0] - 1000; });
        CHECK(extra == std::llround(18'000 * eta));
    }
}

// A maker at half of what is asked sets aside 500 of 1000 g ordered a day; what is owed grows by 500 a day, so that from the
// second review on nothing of the last order is set aside: fill 0.5, then 0. Half of the way a review: 0.75, then 0.375.
TEST_CASE("a seller that sets aside a part of what is ordered adds cover as a refusal would")
{
    const auto cover_added = [](double learning) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
        s.behaviour.fill_learning = learning;
        s.behaviour.hoarding = 0.3;
        s.behaviour.gap_share = 1;
        s.behaviour.order_cap = 0;
        s.behaviour.demand_smoothing = 0;
        Model model(s);
        model.run_to(0);
        model.state.link.backlog[0] += 500;
        model.state.slot.on_order[0] += 500;
        model.run_to(1);
        if (learning > 0) CHECK(model.state.link.fill[0] == 1 - learning * 0.5);
        else CHECK(model.state.link.fill.empty());
        return model.state.link.period_order[0] + 500 - 1000;  // 500 g on order too many are ordered less
    };
    CHECK(cover_added(0) == 0);
    CHECK(cover_added(0.5) == 30 * 1000 * 3 / 10 / 4);  // H0 eta rho, rho = 1 - 0.75
}

// Of 1 USD/kg at origin, a duty to 100 % doubles what is paid without freight and adds half with 1 USD/kg of it; a licence
// that costs 1 USD/kg is worth that duty.
TEST_CASE("freight and the cost of a licence are part of the landed cost")
{
    const auto shares = [](double freight, double licence, double duty) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1'000'000}});
        scenario::Producer home = s.producers[0];
        home.id = "home";
        home.region = "XBB";
        s.producers.push_back(home);
        for (scenario::Lane& lane : s.lanes) lane.freight = lane.origin == lane.destination ? 0 : freight;
        s.behaviour.fixed_shares = false;
        s.behaviour.share_adjustment = 1;
        s.behaviour.sigma = 2;
        s.behaviour.refusal_weight = s.behaviour.lead_weight = 0;
        add_tariff(s, 0, {{5, duty}});
        add_licensing(s, 5).cost = licence;
        Model model(s);
        model.run_to(5);
        const std::uint32_t abroad = model.structure.blocks[model.structure.firms.block[model.structure.links.seller[0]]].id == "maker" ? 0 : 1;
        return model.state.link.share[abroad] / model.state.link.share[1 - abroad];
    };
    CHECK(shares(0, 0, 1) == Approx(1 / 4.0));        // (1/2)^sigma
    CHECK(shares(1, 0, 1) == Approx(4 / 9.0));        // (2/3)^sigma
    CHECK(shares(0, 1, 0) == Approx(1 / 4.0));
    CHECK(shares(1, 1, 1) == Approx(4 / 16.0));       // 2 becomes 4
    CHECK(shares(1, 0, 0) == Approx(1));              // freight alone changes nothing
}

TEST_CASE("orders of one review are capped and never negative")
{
    scenario::Scenario s = clients_world({{"buyer", "XAA", 1000}});
    s.behaviour.gap_share = 1;
    s.behaviour.order_cap = 2;
    Model model(s);
    model.state.slot.stock[0] = 0;
    model.run_to(0);
    CHECK(model.state.link.period_order[0] == 2000);
    model.state.slot.stock[0] = 1'000'000;
    model.run_to(1);
    CHECK(model.state.link.period_order[0] == 0);
}

// Nothing is granted: what waits grows, the expected wait follows by 1.5 % a day of the gap and no
// further than the cap; once all is granted it falls five times as slowly.
TEST_CASE("waiting is learnt slowly and forgotten more slowly")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    s.behaviour.wait_cap = 40;
    s.behaviour.announcement = 0;
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.levels.push_back({s.time.start + 120, 1e6});
    Model model(s);
    double previous = 0;
    model.run_to(119, [&](int, const world::State& state) {
        CHECK(state.border.wait[0] >= previous);
        previous = state.border.wait[0];
        CHECK(previous <= 40);
    });
    CHECK(previous == 40);
    // From day 121 on nothing is older than a day: the wait observed is that of one day's goods.
    model.run_to(125);
    const double before = model.state.border.wait[0];
    model.run_to(126);
    const double fall = before - model.state.border.wait[0];
    CHECK(fall > 0);
    CHECK(fall <= 0.2 * 0.015 * before * (1 + 1e-9));
    CHECK(fall > 0.2 * 0.015 * (before - 7));  // at most a week's goods over the slowest rate
}

TEST_CASE("an announced wait is believed in part")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    s.behaviour.lead_up = 0;
    s.behaviour.announcement = 0.3;
    add_licensing(s, 20).announcement_wait = 63;
    Model model(s);
    model.run_to(19);
    CHECK(model.state.border.wait[0] == 0);
    model.run_to(20);
    CHECK(model.state.border.wait[0] == Approx(0.3 * 63));
}

TEST_CASE("a freeze lifts the price outside and leaves the origin's where it was")
{
    scenario::Scenario s = small_world();
    s.behaviour.price_speed = 0.05;
    scenario::Licensing& l = add_licensing(s, 10);
    l.throughput.unlimited = false;
    l.throughput.levels[0].level = 0;
    Model model(s);
    const std::uint32_t magnet = model.product("magnet");
    const double base = model.state.outside_price[magnet];
    model.run_to(9);
    CHECK(model.state.outside_price[magnet] == base);
    model.run_to(100);
    CHECK(model.state.outside_price[magnet] > 1.5 * base);
    for (std::size_t firm = 0; firm < model.structure.n_firms(); ++firm) {
        const auto& block = model.structure.blocks[model.structure.firms.block[firm]];
        if (block.id != "makers") continue;
        CHECK(model.state.firm.price[firm] == Approx(base).epsilon(0.02));
    }
}

TEST_CASE("a seller's price follows the orders it gets")
{
    for (const std::int64_t stock : {0, 30'000, 1'000'000}) {
        scenario::Scenario s = clients_world({{"buyer", "XAA", 1000}});
        s.behaviour.price_speed = 0.05;
        s.behaviour.gap_share = 1;
        Model model(s);
        const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
        const double base = model.state.firm.price[maker];
        model.state.slot.stock[0] = stock;
        model.run_to(9);
        if (stock < 30'000) CHECK(model.state.firm.price[maker] > base);   // twice its use is ordered
        if (stock == 30'000) CHECK(model.state.firm.price[maker] == base);  // at rest
        if (stock > 30'000) CHECK(model.state.firm.price[maker] < base);   // nothing is ordered
    }
}

// A maker that gives nothing owes 1000 g more a day; each day a tenth of what it owes is withdrawn and ordered anew,
// here from the same maker: what is owed does not change, what was ordered grows by what was withdrawn.
TEST_CASE("a part of the backlog is withdrawn and ordered anew")
{
    for (const double hazard : {0.0, 0.1}) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
        s.behaviour.gap_share = 1;
        s.behaviour.order_cap = 0;
        s.behaviour.demand_smoothing = 0;
        s.behaviour.cancellation = hazard;
        Model model(s);
        std::int64_t owed = 0, cancelled = 0, ordered = 0;
        run_supplied(model, 30, [](int) { return 0; }, [&](int) {
            const auto withdrawn = static_cast<std::int64_t>(model.structure.parameters.cancelled * static_cast<double>(owed));
            owed += 1000;
            cancelled += withdrawn;
            ordered += model.state.link.period_order[0];
            REQUIRE(model.state.link.backlog[0] == owed);
            REQUIRE(model.state.slot.on_order[0] == owed);
            REQUIRE(ordered == owed + cancelled);
        });
        CHECK((cancelled > 0) == (hazard > 0));
    }
}

// Half comes from a maker that stops for good. What waits there counts as ordered, so once stock is gone a buyer that
// keeps it orders less and less; what is withdrawn is ordered by the shares, half of it from the other maker.
TEST_CASE("what is withdrawn from a seller that stopped is ordered from others too")
{
    const auto received = [](double hazard) {
        scenario::Scenario s = two_sources();
        s.behaviour.fixed_shares = true;
        s.behaviour.gap_share = 1;
        s.behaviour.order_cap = 0;
        s.behaviour.cancellation = hazard;
        Model model(s);
        std::int64_t sum = 0;
        run_supplied(model, 120, [](int) { return 0; }, [&](int) { sum += model.state.slot.received[0]; });
        return sum;
    };
    CHECK(10 * received(0.05) > 12 * received(0));
}

// The price outside leaves the origin's in a freeze; contracts lie between, by their share.
TEST_CASE("licensed contracts are priced between origin and outside")
{
    for (const double theta : {0.0, 0.25, 1.0}) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
        s.behaviour.price_speed = 0.05;
        s.behaviour.contract_share = theta;
        scenario::Licensing& l = add_licensing(s, 5);
        l.postures[0].approval = 0;
        l.resubmit = 0;
        Model model(s);
        model.run_to(0);
        CHECK(model.state.published.price_contract[0] == 1);
        model.run_to(120);
        const auto& published = model.state.published;
        REQUIRE(published.price_outside[0] > 1.05 * published.price_origin[0]);
        const double split = (published.price_contract[0] - published.price_origin[0]) /
                             (published.price_outside[0] - published.price_origin[0]);
        CHECK(split == Approx(theta).epsilon(1e-9).margin(1e-12));
    }
}

// Day 0: the client abroad, whose files nobody decides, calls off twice its base of 1000 g and the one at home its 1000 g.
// Demand learnt at once: 2000 (1000 + 2000 u) / (1000 + 1000 u).
TEST_CASE("orders that wait for a licence count in a seller's demand with their weight")
{
    for (const double u : {0.0, 0.5, 1.0}) {
        CAPTURE(u);
        scenario::Scenario s = clients_world({{"abroad", "XBB", 1000}, {"home", "XAA", 1000}});
        s.behaviour.demand_smoothing = 1;
        s.behaviour.unlicensed_weight = u;
        scenario::Licensing& l = add_licensing(s, 0);
        l.throughput.unlimited = false;
        l.throughput.levels[0].level = 0;
        Model model(s);
        for (std::size_t out = 0; out < model.structure.n_links(); ++out) {
            if (model.structure.links.out_abroad[out] != 0) model.state.link.period_order[out] = 2000;
        }
        dynamics::apply_policy(model.structure, model.context(0), model.state);
        dynamics::decide(model.structure, model.context(0), model.state);
        dynamics::allocate(model.structure, model.context(0), model.state);
        dynamics::learn(model.structure, model.context(0), model.state);
        const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
        CHECK(model.state.firm.demand[maker] == Approx(2000 * (1000 + 2000 * u) / (1000 + 1000 * u)).epsilon(1e-12));
    }
}

// Need that falls by nine tenths a year pulls the price down: to 0.8 of the first and no further, where that is the least.
TEST_CASE("no seller goes below its least price")
{
    for (const double least : {0.0, 0.8}) {
        CAPTURE(least);
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1'000'000}});
        s.buyers[0].growth = -0.9;
        s.behaviour.price_speed = 0.05;
        s.behaviour.least_price = least;
        Model model(s);
        const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
        double lowest = 1;
        model.run_to(250, [&](int, const world::State& state) {
            lowest = std::min(lowest, state.firm.price[maker]);
            REQUIRE(state.firm.ln_price[maker] == Approx(std::log(state.firm.price[maker])).margin(1e-12));
        });
        if (least > 0) CHECK(lowest == 0.8);
        if (least == 0) CHECK(lowest < 0.7);
    }
}
