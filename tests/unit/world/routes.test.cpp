// Routes as rows: branches, capacities, senders, and what cannot be built.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/small_world.hpp"

#include "chokepoint/core/error.hpp"

#include <algorithm>
#include <climits>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

// Exports of XAA on day 0: 7 t/d to XBB (6 automotive, 1 defense) and 4 t/d to XCC.
scenario::Scenario world_with(const std::vector<std::string>& to)
{
    scenario::Scenario s = small_world();
    add_licensing(s, 10);
    scenario::Route route;
    route.id = "route";
    route.from = "XAA";
    route.to = to;
    route.products = {"magnet"};
    route.capacity = 1.1e6;
    s.routes = {route};
    return s;
}

std::string problem_of(const scenario::Scenario& s)
{
    try {
        (void)Model(s);
    } catch (const core::InputError& error) {
        CHECK_FALSE(error.diagnostics().at(0).remedy.empty());
        return error.diagnostics().at(0).key + ": " + error.diagnostics().at(0).problem;
    }
    return {};
}

}  // namespace

TEST_CASE("a route has a branch for each destination, with its part of the capacity")
{
    const Model model(world_with({"XCC", "XBB"}));
    const auto& covert = model.structure.covert;
    REQUIRE(covert.branches.size() == 2);
    CHECK(covert.branches[0].destination == model.region("XBB"));
    CHECK(covert.branches[0].capacity == Approx(0.7e6));  // 7 of 11 t/d
    CHECK(covert.branches[1].capacity == Approx(0.4e6));
    CHECK(covert.branches[0].base_flow == Approx(7e6));
    CHECK(covert.branches[0].onset == 40);  // 30 days after the control of day 10
    CHECK(covert.branches[0].transit == 20);
    CHECK(covert.branches[1].transit == 9);
    CHECK(covert.routes[0].opens == 40);
    // Every maker and every trading house of the origin may send on either branch.
    CHECK(covert.n_edges() == 2 * (6 + 3));
    CHECK(covert.sender.size() == 9);
    CHECK(std::is_sorted(covert.sender.begin(), covert.sender.end()));
    // Users are those who use magnets up: the dealers of XBB are not among them.
    CHECK(covert.branches[0].n_users == 8 + 3);
    CHECK(covert.branches[1].n_users == 5);
    auto keys = covert.edge_key;
    std::sort(keys.begin(), keys.end());
    CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
}

TEST_CASE("a share is of the declared flow of day 0")
{
    scenario::Scenario s = world_with({"XBB", "XCC"});
    s.routes[0].capacity.reset();
    s.routes[0].share = 0.5;
    const Model model(s);
    CHECK(model.structure.covert.branches[0].capacity == Approx(3.5e6));
    CHECK(model.structure.covert.branches[1].capacity == Approx(2e6));
}

TEST_CASE("goods that pass a region follow both lanes, and a declared origin sets the duty cell")
{
    scenario::Scenario s = world_with({"XCC"});
    s.routes[0].via = "XBB";
    s.routes[0].declares_via = true;
    const Model model(s);
    CHECK(model.structure.covert.branches[0].transit == 20 + 9);
    CHECK(model.structure.covert.branches[0].duty_cell ==
          model.structure.duty_cell(model.region("XCC"), model.region("XBB"), model.product("magnet")));
}

TEST_CASE("without a control a route never opens")
{
    scenario::Scenario s = world_with({"XCC"});
    s.licensing.clear();
    const Model model(s);
    CHECK(model.structure.covert.routes[0].opens == INT_MAX);
}

TEST_CASE("what cannot be built is said")
{
    scenario::Scenario s = world_with({"XCC"});
    CHECK(problem_of(s).empty());
    s.routes[0].products = {"oxide"};
    CHECK(problem_of(s) == "routes.route.to: no one there uses any of these products (goods would reach nobody)");
    s.routes[0].products = {"magnet"};
    s.routes[0].from = "XBB";
    CHECK(problem_of(s) == "routes.route.products: XBB has no magnet to send (its base flow is zero)");
    s.routes[0].from = "XAA";
    s.routes[0].to = {"XCC"};
    s.buyers.erase(std::remove_if(s.buyers.begin(), s.buyers.end(), [](const auto& b) { return b.region == "XCC"; }), s.buyers.end());
    CHECK(problem_of(s) == "routes.route.to: no one there uses any of these products (goods would reach nobody)");

    // Users in XCC are supplied at home, so the origin sends nothing there.
    s = world_with({"XCC"});
    s.routes[0].capacity.reset();
    s.routes[0].share = 0.1;
    scenario::Family family;
    family.id = "magnets";
    family.controlled = "magnet";
    family.flows = {{"XAA", "XBB", 2555, true, {}}, {"XCC", "XCC", 1460, true, {}}};
    s.families = {family};
    scenario::Producer local = s.producers[0];
    local.id = "local";
    local.region = "XCC";
    s.producers.push_back(local);
    for (auto& buyer : s.buyers) buyer.uses[0].product = "magnets";
    for (auto& producer : s.producers) {
        if (producer.makes == "magnet") producer.makes = "magnets";
    }
    CHECK(problem_of(s) == "routes.route.share: the origin sends nothing to these destinations on day 0 (a share of nothing is nothing)");
    s.routes[0].share.reset();
    s.routes[0].capacity = 1e5;
    CHECK(Model(s).structure.covert.branches.at(0).capacity == Approx(1e5));
}
