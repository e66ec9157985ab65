// Everything on: that it is, and that runs keep their bits with it.
//
// Each behaviour must act in at least one of the scenarios that the invariants use, so that "everything on" cannot become
// "off" unseen. It is also, for each, a test that fails when it is off.

#include "support/behaviours.hpp"
#include "support/catch.hpp"
#include "support/full_scenario.hpp"
#include "support/model.hpp"
#include "support/state_compare.hpp"

#include "chokepoint/core/parallel.hpp"

#include <set>
#include <string>
#include <vector>

using namespace chokepoint;
using namespace chokepoint::test;
using scenario::Scenario;

TEST_CASE("everything is on: each behaviour changes what is published in one of the full scenarios")
{
    REQUIRE(every_behaviour().size() >= 64);
    std::vector<Scenario> all;
    for (std::uint64_t seed = 1; seed <= kFullSeeds; ++seed) all.push_back(full_scenario(seed));
    CHECK(idle_in_all(all, 150) == std::set<std::string>{});
}

TEST_CASE("A3 everything on: one, two and eight threads give the same bits")
{
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        Scenario s = full_scenario(seed);
        s.world.scale = 20;
        const auto run_on = [&](int threads) {
            Model model(s);
            core::with_threads(threads, [&] { model.run_to(119); });
            return model.state;
        };
        const world::State one = run_on(1);
        CAPTURE(seed);
        CHECK(first_difference(one, run_on(2)) == "");
        CHECK(first_difference(one, run_on(8)) == "");
    }
}

TEST_CASE("A6 everything on: a run can be cut and continued on another number of threads")
{
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const Scenario s = full_scenario(seed);
        Model whole(s);
        whole.run_to(159);
        Model first(s);
        core::with_threads(1, [&] { first.run_to(79); });
        Model rest(s);
        rest.state = first.state;
        core::with_threads(4, [&] { rest.run_to(159); });
        CAPTURE(seed);
        CHECK(first_difference(whole.state, rest.state) == "");
    }
}
