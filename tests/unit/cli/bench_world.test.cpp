#include "bench_world.hpp"

#include "support/catch.hpp"

#include "chokepoint/world/build.hpp"

using namespace chokepoint;

TEST_CASE("the synthetic world has the size asked for, about five links a firm, and every mechanism")
{
    const auto structure = world::build_structure(cli::bench_world(5000, 30));
    CHECK(structure.n_firms() == Approx(5000).epsilon(0.02));
    CHECK(static_cast<double>(structure.n_links()) / static_cast<double>(structure.n_firms()) ==
          Approx(5).epsilon(0.1));
    CHECK(structure.n_border() > structure.n_links() / 3);
    CHECK(structure.policy.controls.size() == 1);
    CHECK(structure.policy.duty_changes.size() == 3);
    CHECK_FALSE(structure.parameters.call_sum.empty());
}
